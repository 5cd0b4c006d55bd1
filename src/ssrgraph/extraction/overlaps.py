"""What lies within a span, or shares a character with it, without looking through the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssrgraph.documents.model import Span

# Characters of text that are looked up together: about a line.
_STRETCH = 128


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_Thing = TypeVar("_Thing", bound=_Placed)


class Overlaps(Generic[_Thing]):
    """Things that have a place in a text, looked up by place.

    A look-up costs what lies near the span that is asked for, not what the document holds.

    Args:
        things: In any order, which the answers keep.
    """

    __slots__ = ("_by_stretch", "_things")

    def __init__(self, things: Iterable[_Thing] = ()) -> None:
        self._things: list[_Thing] = []
        self._by_stretch: dict[int, list[int]] = {}
        for thing in things:
            self.add(thing)

    def add(self, thing: _Thing) -> None:
        """Take in one more thing, behind all others."""
        for stretch in _stretches(thing.span):
            self._by_stretch.setdefault(stretch, []).append(len(self._things))
        self._things.append(thing)

    def within(self, span: Span) -> list[_Thing]:
        """Return the things that lie within a span, in the order they were given in."""
        return [thing for thing in self._near(span) if span.covers(thing.span)]

    def meeting(self, span: Span) -> list[_Thing]:
        """Return the things that share a character with a span, in the order they were given in."""
        return [thing for thing in self._near(span) if span.meets(thing.span)]

    def meets(self, span: Span) -> bool:
        """Say whether a thing shares a character with a span."""
        things, empty = self._things, ()
        return any(
            span.meets(things[number].span)
            for stretch in _stretches(span)
            for number in self._by_stretch.get(stretch, empty)
        )

    def _near(self, span: Span) -> list[_Thing]:
        numbers = {number for stretch in _stretches(span) for number in self._by_stretch.get(stretch, ())}
        return [self._things[number] for number in sorted(numbers)]


def _stretches(span: Span) -> range:
    return range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1)
