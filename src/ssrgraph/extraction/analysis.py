"""What the claim readers see of a document: sentences with their parse, mentions of entities, quantities, periods."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from ssrgraph.documents.model import Block, BlockKind, Document, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Span as ParsedSpan
    from spacy.tokens import Token

    from ssrgraph.entities.model import EntityKind, ReferenceEntity
    from ssrgraph.extraction.model import Entity
    from ssrgraph.extraction.periods import Period
    from ssrgraph.extraction.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where the text names, or refers back to, an entity.

    Attributes:
        span: The name, without a leading "the" and without a possessive ending.
        entity: The entity's id.
        kind: The entity's kind.
        form: `name` for a name or abbreviation; `adjective` for a demonym ("Iraqi"); `back` for a phrase that refers
            back ("the Alliance", "the mission", "it").
        nested: Whether the mention is only a part of a longer name ("NATO" in "NATO Mission Iraq").
        owner: For a name that a possessive or adjective attaches to a holder ("Iraq's Ministry of Interior"): the
            holder's entity id.
    """

    span: Span
    entity: str
    kind: EntityKind
    form: str = "name"
    nested: bool = False
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence.

    Attributes:
        span: Where it stands.
        block: The block that it is in.
        parsed: spaCy's tokens of it with tags and dependencies.
        base: Offset to add to a token's `idx` to get the document's offset.
        tokens: The tokens, made once; `parsed` makes them anew each time that it is walked.
        names: The names that the language model sees in it.
    """

    span: Span
    block: Block
    parsed: ParsedSpan
    base: int
    tokens: tuple[Token, ...] = field(init=False, repr=False, compare=False)
    names: tuple[ParsedSpan, ...] = field(init=False, repr=False, compare=False)
    _places: tuple[Span, ...] = field(init=False, repr=False, compare=False)
    _first: int = field(init=False, repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _ends: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note the tokens and their places: every reader asks for them many times."""
        tokens = tuple(self.parsed)
        starts = tuple(self.base + token.idx for token in tokens)
        ends = tuple(start + len(token) for start, token in zip(starts, tokens, strict=True))
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "names", tuple(self.parsed.ents))
        object.__setattr__(self, "_first", self.parsed.start)
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_ends", ends)
        object.__setattr__(self, "_places", tuple(map(Span, starts, ends)))

    def token_span(self, token: Token) -> Span:
        """Return the place of a token in the document."""
        place = token.i - self._first
        if 0 <= place < len(self._places):
            return self._places[place]
        start = self.base + token.idx
        return Span(start, start + len(token))  # of the block's next sentence

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that lie within a span of the document, in order."""
        return list(self.tokens[bisect_left(self._starts, span.start) : bisect_right(self._ends, span.end)])

    def tokens_meeting(self, span: Span) -> list[Token]:
        """Return the tokens that share a character with a span of the document, in order."""
        return list(self.tokens[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)])

    def tokens_before(self, offset: int) -> list[Token]:
        """Return the tokens that end at an offset or in front of it, in order."""
        return list(self.tokens[: bisect_right(self._ends, offset)])

    def tokens_behind(self, offset: int) -> list[Token]:
        """Return the tokens that begin at an offset or behind it, in order."""
        return list(self.tokens[bisect_left(self._starts, offset) :])


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A document with everything the claim readers build on.

    Attributes:
        document: The document.
        sentences: All sentences of blocks that may yield something, in order.
        mentions: All mentions in order of start; a nested mention follows the one that holds it.
        entities: The entities that mentions refer to, by id.
        quantities: All quantities in order.
        periods: All periods in order.
        parents: For an organization's id the ids of those that the document says it is a part of.
        reference: Reference entities by id, those that the text does not name among them.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    parents: Mapping[str, tuple[tuple[str, Span], ...]] = field(default_factory=dict)
    reference: Mapping[str, ReferenceEntity] = field(default_factory=dict)
    _worked_out: dict[tuple[object, ...], object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return _starts(self.sentences)

    @cached_property
    def _mention_starts(self) -> list[int]:
        return _starts(self.mentions)

    @cached_property
    def _mention_reaches(self) -> list[int]:
        """For each mention, how far into the text it and those before it reach."""
        return list(accumulate((mention.span.end for mention in self.mentions), max))

    @cached_property
    def _quantity_starts(self) -> list[int]:
        return _starts(self.quantities)

    @cached_property
    def _period_starts(self) -> list[int]:
        return _starts(self.periods)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def words(self, span: Span) -> str:
        """Return the words of a span with white space folded."""
        return " ".join(span.of(self.text).split())

    def mentions_in(self, span: Span, *, nested: bool = False) -> tuple[Mention, ...]:
        """Return the mentions that lie within a span, in order; nested ones only on request."""
        found = _within(self.mentions, self._mention_starts, span)
        return tuple(found) if nested else tuple(m for m in found if not m.nested)

    def mention_at(self, offset: int) -> Mention | None:
        """Return the outermost mention that covers an offset."""
        sentence = self.sentence_at(offset)
        first = bisect_left(self._mention_starts, sentence.span.start if sentence else 0)
        # Up to where no mention has reached the offset none is looked at: a line of names may have hundreds.
        first = max(first, bisect_right(self._mention_reaches, offset))
        for mention in self.mentions[first : bisect_right(self._mention_starts, offset)]:
            if mention.span.end > offset and not mention.nested:
                return mention
        return None

    def quantities_in(self, span: Span) -> tuple[Quantity, ...]:
        """Return the quantities that lie within a span, in order."""
        return tuple(_within(self.quantities, self._quantity_starts, span))

    def periods_in(self, span: Span) -> tuple[Period, ...]:
        """Return the periods that lie within a span, in order."""
        return tuple(_within(self.periods, self._period_starts, span))

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that covers an offset."""
        place = bisect_right(self._sentence_starts, offset) - 1
        found = self.sentences[place] if place >= 0 else None
        return found if found is not None and offset < found.span.end else None

    def place_of(self, sentence: Sentence) -> int:
        """Return the index of one of the document's sentences."""
        return bisect_left(self._sentence_starts, sentence.span.start)

    def lead_of(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """Return the sentences of the block that introduces the list in which the sentence is an item; else nothing."""
        lead = sentence.block.lead
        return () if lead is None else tuple(_within(self.sentences, self._sentence_starts, lead))

    def end_before(self, offset: int) -> int:
        """Return where the text in front of an offset ends, white space left out."""
        while offset > 0 and self.text[offset - 1].isspace():
            offset -= 1
        return offset

    def once(self, work: Callable[..., _Result], *about: Hashable) -> _Result:
        """Return what a function of the analysis, and of the values given, returns; it is worked out once a document.

        For what looks through the whole document and is asked for again and again.
        """
        key = (work, *about)
        if key not in self._worked_out:
            self._worked_out[key] = work(self, *about)
        return cast("_Result", self._worked_out[key])

    def body(self) -> Iterator[Sentence]:
        """Yield the sentences that may carry figures: all but those of contact lines."""
        return (s for s in self.sentences if s.block.kind is not BlockKind.CONTACT)


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_Thing = TypeVar("_Thing", bound=_Placed)
_Result = TypeVar("_Result")


def _starts(placed: Iterable[_Placed]) -> list[int]:
    return [one.span.start for one in placed]


def _within(placed: Sequence[_Thing], starts: Sequence[int], span: Span) -> Iterator[_Thing]:
    """Yield what lies within a span; `placed` is in order of start. Costs what begins there, not the document."""
    end = span.end
    return (one for one in placed[bisect_left(starts, span.start) : bisect_left(starts, end)] if one.span.end <= end)
