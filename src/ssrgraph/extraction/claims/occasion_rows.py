"""What is gathered on one occasion of a document, and the row that it gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from ssrgraph.documents.model import Span
from ssrgraph.extraction.model import Event


@dataclass(slots=True)
class Occasion:
    """What a document says of one occasion."""

    entity: str
    quote: Span
    passage: Span
    date: str | None = None
    dated: bool = False
    place: tuple[str, ...] = ()
    organizer: tuple[str, ...] = ()
    participants: list[str] = field(default_factory=list)
    words: dict[str, Span] = field(default_factory=dict)
    last: Span | None = None


def claim_of(occasion: Occasion) -> Event:
    """Return the row of an occasion."""
    return Event(
        quote=occasion.quote,
        passage=occasion.passage,
        words=occasion.words,
        event=occasion.entity,
        date=occasion.date,
        place=occasion.place,
        organizer=occasion.organizer,
        participants=tuple(dict.fromkeys(occasion.participants)),
        confidence=0.8 if occasion.date else 0.65,
        rule="dated occasion" if occasion.dated else "occasion with place and participants",
    )


def same_occasion(a: Occasion, b: Occasion) -> bool:
    """Say whether two mentions may be of one occasion: the same name, and no two days."""
    if a.entity != b.entity:
        return False
    return a.date is None or b.date is None or a.date.startswith(b.date) or b.date.startswith(a.date)


def fill(known: Occasion, new: Occasion) -> None:
    """Add what a later mention says; the mention with the day carries the quote."""
    if new.dated and not known.dated:
        known.quote = new.quote
    known.passage = Span(min(known.passage.start, new.passage.start), max(known.passage.end, new.passage.end))
    if known.date is None or (new.date and len(new.date) > len(known.date)):
        known.date = new.date or known.date
    known.dated = known.dated or new.dated
    known.place = known.place or new.place
    known.organizer = known.organizer or new.organizer
    known.participants += new.participants
    known.words = {**new.words, **known.words}
