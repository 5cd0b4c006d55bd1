"""Looking things up by place gives what looking at all of them gives."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ssrgraph.documents.model import Span
from ssrgraph.extraction.overlaps import Overlaps


@dataclass(frozen=True)
class _Thing:
    span: Span


_spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 2000), st.integers(1, 600))


@given(st.lists(st.builds(_Thing, _spans)), _spans)
def test_a_look_up_answers_as_a_scan_does_and_in_the_same_order(things: list[_Thing], span: Span) -> None:
    places = Overlaps(things)
    assert places.within(span) == [thing for thing in things if span.covers(thing.span)]
    assert places.meeting(span) == [thing for thing in things if span.meets(thing.span)]
    assert places.meets(span) == any(span.meets(thing.span) for thing in things)
