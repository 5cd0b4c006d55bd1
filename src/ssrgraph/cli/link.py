"""`ssrgraph link`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssrgraph.cli import options, output, reviewing
from ssrgraph.errors import LinksError
from ssrgraph.export.files import make_folder, write_file
from ssrgraph.query.facts import as_json
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.linking import Proposal, Review, Unlinked
    from ssrgraph.linking.finding import Finder

UNFINISHED = 1


@click.command("link", short_help="Find and review links to Wikidata.")
@click.option("--live", is_flag=True, help="Ask Wikidata as well, not only the index that ships: link --live.")
@click.option(
    "--review", is_flag=True, help="Decide on the candidates, one entity after another: link --review --author Ada."
)
@click.option("--author", default="", metavar="NAME", help="Who decides, as the links will say: --author 'Ada Berg'.")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    default=reviewing.FILE,
    show_default=True,
    metavar="FILE",
    help="Where decisions are kept, as SSSOM: --file links/reviewed.sssom.tsv.",
)
@reviewing.links_option
@click.option(
    "--entity", "wanted", multiple=True, metavar="TEXT", help="Only entities with this in a name: --entity Peshmerga."
)
@click.option(
    "--candidates",
    type=click.IntRange(1, 20),
    default=5,
    show_default=True,
    metavar="N",
    help="How many candidates are shown, for instance --candidates 3.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 100),
    default=50,
    show_default=True,
    metavar="SCORE",
    help="The score that a candidate must have, for instance --least 70.",
)
@click.option(
    "--service",
    default=reviewing.SERVICE,
    show_default=True,
    metavar="ADDRESS",
    help="The reconciliation service that --live asks: --service http://localhost:8000/en/api.",
)
@click.option(
    "--contact",
    default="",
    metavar="TEXT",
    help="How the service can reach who asks, sent with each request: --contact ada@example.org.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    default=1,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait between two requests; after a failure twice as long, and longer each time: --pause 2.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=20,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for an answer, for instance --timeout 5.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=reviewing.ANSWERS,
    show_default=True,
    metavar="DIR",
    help="Where answers are kept; the same is not asked again: --cache build/wikidata.",
)
@click.option("--refresh", is_flag=True, help="Ask again what is kept: link --live --refresh.")
@options.format_option("table", "json", default="table", example="json")
@options.store_option
def command(
    *,
    live: bool,
    review: bool,
    author: str,
    path: Path,
    links: tuple[Path, ...],
    wanted: tuple[str, ...],
    candidates: int,
    least: float,
    service: str,
    contact: str,
    pause: float,
    timeout: float,
    cache: Path,
    refresh: bool,
    format_: str,
    store: str,
) -> int:
    """Find and review links to Wikidata.

    Candidates for the entities that documents name and no link has, each with a score and the features that make it
    up. With --review, the command asks for each entity: a number accepts a candidate, r and a number rejects one, r
    alone rejects all that are shown, Enter leaves it open, q ends. Each decision is kept at once; what was rejected is
    never offered again. Give the file to a build: build --links links/. The exit status is 1 if the service could not
    be asked for some entities.

    \b
    Example:
      ssrgraph link --entity Baghdad
      ssrgraph link --live --review --author "Ada Berg" --contact ada@example.org
    """
    from ssrgraph.linking import unlinked  # noqa: PLC0415 -- the help needs none of it
    from ssrgraph.linking.finding import Finder  # noqa: PLC0415
    from ssrgraph.linking.wikidata import Politeness, Wikidata  # noqa: PLC0415

    if review and not author.strip():
        raise options.OptionError("--review", "needs --author NAME: a link says who decided it")
    with open_store(store) as opened:
        entities = [one for one in unlinked(opened) if _is_wanted(one, wanted)]
    decisions = _decisions(path, links, author.strip())
    wikidata = None
    if live:
        wikidata = Wikidata(
            kinds=_kinds(),
            cache=cache,
            sleep=time.sleep,
            clock=time.monotonic,
            service=service,
            contact=contact,
            politeness=Politeness(timeout=timeout, pause=pause, back_off=2 * pause),
            refresh=refresh,
        )
    finder = Finder(decisions, wikidata=wikidata, limit=candidates, least=least, tell=output.say)
    if review:
        _review(finder, decisions, entities)
    else:
        _show([one for _, found in finder.all(entities) for one in found], format_)
    return UNFINISHED if finder.missed else 0


def _kinds() -> dict[str, frozenset[str]]:
    from ssrgraph.linking.shipped import kinds_of_types  # noqa: PLC0415

    return kinds_of_types()


def _is_wanted(entity: Unlinked, wanted: Sequence[str]) -> bool:
    names = [name.casefold() for name in entity.names]
    return not wanted or any(text.casefold() in name for text in wanted for name in names)


def _decisions(path: Path, links: tuple[Path, ...], author: str) -> Review:
    from ssrgraph.entities import sssom  # noqa: PLC0415
    from ssrgraph.linking import Review  # noqa: PLC0415
    from ssrgraph.pipeline.linking import link_files  # noqa: PLC0415

    def write(target: Path, content: bytes) -> None:
        make_folder(target.parent)
        write_file(target, content)

    own = path.resolve()
    others = [link for file in link_files(links) if file.resolve() != own for link in sssom.read(file).links]
    return Review(path, write=write, others=others, author=author, date=datetime.now(UTC).date().isoformat())


def _show(proposals: list[Proposal], format_: str) -> None:
    if format_ == "json":
        output.emit(as_json([_record(one) for one in proposals]))
        return
    rows = [
        (one.entity.label, one.item.id, one.item.label, f"{one.score:.0f}", _features(one), one.item.about)
        for one in proposals
    ]
    output.show_table(("entity", "item", "label", "score", "features", "about"), rows)


def _record(one: Proposal) -> dict[str, object]:
    return {
        "entity": one.entity.subject,
        "label": one.entity.label,
        "item": one.item.id,
        "item_label": one.item.label,
        "about": one.item.about,
        "score": one.score,
        "features": dict(one.features),
    }


def _features(one: Proposal) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in one.features.items())


def _review(finder: Finder, decisions: Review, entities: Sequence[Unlinked]) -> None:
    """Ask about each entity that has candidates, until there are none left or the user ends it."""
    for entity, found in finder.all(entities):
        left = list(found)
        place = ", ".join(filter(None, (entity.kind, *entity.country[:1])))
        if left:
            output.say(f"\n{entity.label} ({place}), named by {output.count(entity.documents, 'document')}")
        while left:
            for number, one in enumerate(left, start=1):
                about = f" – {one.item.about}" if one.item.about else ""
                output.say(f"  {number}  {one.item.id}  {one.item.label}{about}  [{one.score:.0f}: {_features(one)}]")
            answer = _answer()
            if answer in (None, "q"):
                return
            left = _decided(answer, left, decisions)


def _answer() -> str | None:
    """Return what the user writes; None at the end of the input."""
    if sys.stderr is not None:
        sys.stderr.write("1, 2, … accept · r1 reject one · r reject all · Enter leave open · q end > ")
        sys.stderr.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    return line.strip().lower() if line else None


def _decided(answer: str, left: list[Proposal], decisions: Review) -> list[Proposal]:
    """Keep a decision; return the candidates that are still to be decided on."""
    rejects, digits = answer.startswith("r"), answer.removeprefix("r").strip()
    chosen = int(digits) if digits.isascii() and digits.isdigit() else 0
    try:
        if not answer:
            for one in left:
                decisions.leave_open(one)
            return []
        if answer == "r":
            for one in left:
                decisions.reject(one)
            return []
        if 1 <= chosen <= len(left):
            one = left[chosen - 1]
            if rejects:
                decisions.reject(one)
                return [each for each in left if each is not one]
            decisions.accept(one)
            return []
    except LinksError as error:
        output.say(f"Not kept: {error}.")
        return left
    output.say(f"{answer}: write a number from 1 to {len(left)}, r and a number, r, q, or nothing.")
    return left
