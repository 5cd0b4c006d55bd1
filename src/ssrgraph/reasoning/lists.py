"""The lists of a graph, as its relations have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.reasoning.plans import list_readings
from ssrgraph.reasoning.relations import unpack

if TYPE_CHECKING:
    from ssrgraph.reasoning.relations import Pairs


class Lists:
    """Reads lists, and remembers what it has read.

    Args:
        first: The pairs of `rdf:first`.
        rest: The pairs of `rdf:rest`.
        nil: The integer of `rdf:nil`.
    """

    def __init__(self, first: Pairs, rest: Pairs, nil: int) -> None:
        self._first, self._rest, self._nil = _successors(first), _successors(rest), nil
        self._readings: dict[int, tuple[tuple[int, ...], ...]] = {}

    def __call__(self, head: int) -> tuple[tuple[int, ...], ...]:
        """Return every way to read the list that begins at a node."""
        if head not in self._readings:
            self._readings[head] = list_readings(head, self._first, self._rest, self._nil)
        return self._readings[head]


def _successors(pairs: Pairs) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for subject, object_ in zip(*(side.tolist() for side in unpack(pairs.by_subject)), strict=True):
        found[subject] = (*found.get(subject, ()), object_)
    return found
