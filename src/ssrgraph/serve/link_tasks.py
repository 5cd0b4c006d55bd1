"""What the review of links does with a store: which entities have no link, what they may be, and what was decided.

Candidates come from the index that ships and from what `ssrgraph link --live` has kept of Wikidata's answers; a server
asks nobody.
"""

from __future__ import annotations

import json
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ssrgraph.entities import sssom
from ssrgraph.errors import InputError, LinksError
from ssrgraph.export.files import make_folder, write_file
from ssrgraph.linking import Review, unlinked
from ssrgraph.linking.finding import Finder
from ssrgraph.linking.shipped import kinds_of_types
from ssrgraph.linking.wikidata import Wikidata
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.tasks import kept_with_store
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.linking import Proposal, Unlinked
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore

CHOICES = ("accept", "reject", "open")
"""What may be decided about a candidate."""
SPACE = f"{BASE}id/"
_LOOKED_AT = 50
"""How many entities are looked at for the next one that has candidates."""

_without_link = kept_with_store(unlinked)


class Desk:
    """What a reviewer has before them.

    Args:
        store: The store.
        job: What the front says: `author`, `day`, and `review` with the values of `settings.LinkReview`.

    Raises:
        Problem: A file of links cannot be read.
    """

    def __init__(self, store: FinishedStore, job: Values) -> None:
        known = job["review"]
        try:
            others = [link for path in known["links"] for link in sssom.read(Path(path)).links]
            self.decisions = Review(
                Path(known["file"]), write=_write, others=others, author=job["author"], date=job["day"]
            )
        except LinksError as error:
            raise Problem(503, "links", f"The links cannot be read: {error}.") from error
        self._asked = Wikidata(
            kinds=kinds_of_types(),
            cache=Path(known["answers"]),
            sleep=time.sleep,
            clock=time.monotonic,
            service=known["service"],
        )
        self._asked.leave_alone()
        decided = self.decisions.decided()
        self.entities = [one for one in _without_link(store) if one.subject not in decided]

    def entity(self, path: str) -> Unlinked:
        """Return the entity of a path below `/links/`.

        Raises:
            Problem: There is none without a link.
        """
        for each in self.entities:
            if path_of(each) == path or unquote(path_of(each)) == unquote(path):
                return each
        raise Problem(404, "not-found", "There is no entity of this path that documents name and that has no link.")

    def candidates(self, entities: Iterable[Unlinked]) -> Iterator[tuple[Unlinked, list[Proposal], bool]]:
        """Yield each entity with its candidates, the best first, and whether Wikidata was asked about it."""
        finder = Finder(self.decisions, wikidata=self._asked, limit=5, least=50, tell=lambda _: None)
        for entity, found in finder.all(entities):
            yield entity, found, not finder.missed or finder.missed[-1] is not entity

    def behind(self, entity: Unlinked | None) -> Unlinked | None:
        """Return the next entity in the list that has candidates, if it is near; behind None: the first one."""
        place = 0 if entity is None else self.entities.index(entity) + 1
        near = islice(self.entities, place, place + _LOOKED_AT)
        return next((one for one, found, _ in self.candidates(near) if found), None)


def path_of(entity: Unlinked) -> str:
    """Return the path of an entity below `/id/` and `/links/`."""
    return entity.subject.removeprefix(SPACE)


def write_decisions(store: FinishedStore, job: Values, out: Output) -> None:
    """Keep the decisions `choices` about candidates of the entity at `path`; write the path of the next entity.

    Raises:
        Problem: They contradict each other or another link, or are about something that is not offered.
    """
    desk = Desk(store, job)
    entity = desk.entity(job["path"])
    following = desk.behind(entity)
    [(_, found, _)] = desk.candidates([entity])
    offered = {one.item.id: one for one in found}
    choices: Mapping[str, str] = job["choices"]
    if not choices.keys() <= offered.keys():
        raise Problem(409, "not-offered", "What was decided on is not offered any more; look at what is offered now.")
    if list(choices.values()).count("accept") > 1:
        raise Problem(409, "links", "An entity can be one item only; accept one of them.")
    try:
        _decide(desk.decisions, offered, choices)
    except LinksError as error:
        raise Problem(409, "links", f"Not kept: {error}.") from error
    except InputError as error:
        raise Problem(503, "links", f"Not kept: {error}.") from error
    answer: dict[str, Any] = {"next": None if following is None else path_of(following)}
    out.head(format="json", kind="record", stable=False)
    out.write(json.dumps(answer).encode())


def _decide(decisions: Review, offered: Mapping[str, Proposal], choices: Mapping[str, str]) -> None:
    steps = {"accept": decisions.accept, "reject": decisions.reject, "open": decisions.leave_open}
    for choice in CHOICES:  # An acceptance first: if it contradicts another link, nothing is kept.
        for item, chosen in choices.items():
            if chosen == choice:
                steps[choice](offered[item])


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    write_file(path, content)
