"""Candidates for one entity after another, from the index that ships and, if wanted, from Wikidata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.linking.proposals import Items, propose
from ssrgraph.linking.shipped import shipped_items
from ssrgraph.linking.wikidata import ServiceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ssrgraph.linking.entities import Unlinked
    from ssrgraph.linking.proposals import Proposal
    from ssrgraph.linking.review import Review
    from ssrgraph.linking.wikidata import Wikidata

_FAILURES = 3
"""After so many entities in a row for which the service does not answer, it is asked no more."""


class Finder:
    """Finds candidates.

    Args:
        decisions: What is decided already.
        wikidata: What is asked besides the index that ships.
        limit: How many candidates of an entity are returned at most.
        least: The score that they must have.
        tell: Told in a line what cannot be asked.

    Attributes:
        missed: The entities for which the service could not be asked.
    """

    def __init__(
        self,
        decisions: Review,
        *,
        wikidata: Wikidata | None,
        limit: int,
        least: float,
        tell: Callable[[str], None],
    ) -> None:
        self._decisions, self._wikidata = decisions, wikidata
        self._limit, self._least, self._tell = limit, least, tell
        self._shipped = {item.id: item for item in shipped_items()}
        self._index = Items(self._shipped.values())
        self._failures = 0
        self.missed: list[Unlinked] = []

    def all(self, entities: Iterable[Unlinked]) -> Iterator[tuple[Unlinked, list[Proposal]]]:
        """Yield each entity that is not decided yet, with its candidates, the best first; none where there are none."""
        for entity in entities:
            if not self._decisions.is_decided(entity.subject):
                yield entity, self._of(entity)

    def _of(self, entity: Unlinked) -> list[Proposal]:
        without = self._decisions.without(entity.subject)
        return propose(entity, self._items(entity), without=without, limit=self._limit, least=self._least)

    def _items(self, entity: Unlinked) -> Items:
        """Return where an entity is looked for: all that ships, and what the service has for its names."""
        if self._wikidata is None:
            return self._index
        try:
            found = self._wikidata.find(entity)
        except ServiceError as error:
            self.missed.append(entity)
            if self._failures < _FAILURES:
                self._failures += 1
                self._tell(f"{entity.label}: {error}")
                if self._failures == _FAILURES:
                    self._wikidata.leave_alone()
                    self._tell(f"{error.service}: is asked no more, after {_FAILURES} failures in a row")
            return self._index
        if self._failures < _FAILURES:
            self._failures = 0
        live = {item.id: item.beside(self._shipped[item.id]) if item.id in self._shipped else item for item in found}
        return Items({**self._shipped, **live}.values())
