"""Bodies whose names have no head noun: gangs in quotation marks, companies and NGOs that the language model sees."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import head_at_end, word_list
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as ParsedSpan

    from ssrgraph.extraction.analysis import Sentence

_NAME = r"(?:[A-Z0-9][\w'’-]*)(?:\s+(?:[A-Z0-9][\w'’-]*|de|del|la|el|al|los|las|du|des|of|the)){0,3}"
_QUOTED = r"[\"“‘«](?P<quoted>[^\"”’»\n]{2,40})[\"”’»]"
_GANG = (
    r"(?:gangs?|militias?|cartels?|rebels|faction"
    r"|(?:armed|rebel|terrorist|criminal|insurgent|jihadist|paramilitary) group"
    r"|(?:criminal|terrorist) organi[sz]ation)"
)
_QUOTED_GANG = re.compile(rf"{_QUOTED}\s+{_GANG}\b")
_GANG_QUOTED = re.compile(rf"\b{_GANG}\s+(?:called|named|known as)?\s*{_QUOTED}")
_GANG_NAME = re.compile(
    rf"\b(?:gang|militia|cartel|faction|[a-z]+ group)\s+(?:called\s+|named\s+|known as\s+)(?P<quoted>{_NAME})"
)
_MAKER = r"(?P<name>[A-Z][\w&’'-]+(?:\s[A-Z][\w&-]+){0,2})"
_MADE_BY = re.compile(
    rf"\b(?:manufactured|built|made|produced|assembled|developed|sourced) (?:by|through) {_MAKER}"
    r"(?=\s(?:in|at|and|for|of)\b|[,.;)])"
)
# What stands in front of a name and calls it a society, a company or an alliance of such.
_NOUN_IN_FRONT = re.compile(
    r"\b(?:NGO|charity|think[- ]tank|shipbuilder|shipyard|yard|arms maker|manufacturer|contractor|consultancy|watchdog"
    r"|broadcaster|(?:defen[cs]e|security|aerospace|arms|demining|logistics) (?:firm|company|group)"
    r"|coalition|umbrella (?:group|organi[sz]ation)|campaign|network|alliance)"
    rf"\s{_MAKER}(?=\s[a-z]|[,.;)])"
)
_SMALL_MISSION = re.compile(
    r"\b(?:(?:mission|operation|task force)\s(?P<called>(?:known as|called|named|code-?named|dubbed)\s)|operation\s)"
    r"[\"“‘«]?(?P<name>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)"
)
_SHORTEST = 4
# What an apposition behind a name calls a society or a company.
_CALLED = re.compile(
    r"\b(?P<name>[A-Z][\w&-]{2,}(?:\s[A-Z][\w&-]+){0,3})(?:\s\([A-Z]{2,8}\))?,\s(?:an?|the)\s(?:[\w-]+\s){0,3}?"
    r"(?:NGO|non-?governmental\sorgani[sz]ation|non-?profit(?:\sorgani[sz]ation)?|charity|think[ -]tank"
    r"|consultancy|shipbuilder|manufacturer|arms\smaker|defen[cs]e\s(?:company|firm|contractor))\b"
)
_ROLES = {"nsubj", "nsubjpass", "pobj", "dobj", "conj", "appos", "ROOT"}


def find_gangs(text: str, sentence: Span, names: Sequence[Found]) -> Iterator[Found]:
    """Yield armed groups by a quoted name beside a word for such a group: "the “X” gang"."""
    for pattern in (_QUOTED_GANG, _GANG_QUOTED, _GANG_NAME):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span("quoted"))
            label = " ".join(span.of(text).split())
            if label[:1].islower() or any(name.span.meets(span) for name in names if name.form == "name"):
                continue
            yield Found(span=span, label=label, kind=EntityKind.ORGANIZATION, type="armed_group")


def find_makers(text: str, sentence: Span, taken: Overlaps[Found]) -> Iterator[Found]:
    """Yield companies and NGOs that the words in front of their names say: "built by X in Y", "the NGO X"."""
    barred = word_list("openers", "words") | word_list("calendar", "words") | word_list("posts", "words")
    for pattern in (_MADE_BY, _NOUN_IN_FRONT):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span("name"))
            words = words_of(text, span)
            plain = any(word.lower in barred for word in words)
            if not taken.meets(span) and not plain and head_at_end(words) is None and len(span.of(text)) >= _SHORTEST:
                yield Found(span=span, label=span.of(text), kind=EntityKind.ORGANIZATION, type="civil")


def find_small_missions(text: str, sentence: Span, taken: Overlaps[Found]) -> Iterator[Found]:
    """Yield operations whose noun has no capital: "operation Lion Gate", "a task force known as Sandstorm"."""
    for match in _SMALL_MISSION.finditer(text, sentence.start, sentence.end):
        name = Span(*match.span("name"))
        span = name if match["called"] else Span(match.start(), name.end)
        first = words_of(text, name)[0].lower
        if not taken.meets(span) and first not in word_list("openers", "words"):
            yield Found(span=span, label=" ".join(span.of(text).split()), kind=EntityKind.MISSION, head="operation")


def find_companies(text: str, sentences: Sequence[Sentence], names: Sequence[Found]) -> Iterator[Found]:
    """Yield companies and NGOs of one or two words that the language model takes for organizations.

    The model alone is too often wrong: the text must call it a company, an NGO or the like, or let it act as a body
    does and name it twice.
    """
    seen = list(_candidates(text, sentences, Overlaps(names)))
    counts = Counter(one.of_text for one in seen)
    believed = {one.of_text for one in seen if one.called or (one.acts and counts[one.of_text] > 1)}
    for one in seen:
        if one.of_text in believed:
            yield Found(span=one.span, label=one.of_text, kind=EntityKind.ORGANIZATION, type="civil")


def find_called(text: str, sentences: Sequence[Sentence], names: Sequence[Found]) -> Iterator[Found]:
    """Yield names that an apposition calls a society or company: "X, a Belgian non-governmental organization"."""
    taken = Overlaps(names)
    for sentence in sentences:
        for found in _CALLED.finditer(text, sentence.span.start, sentence.span.end):
            span = Span(*found.span("name"))
            words = words_of(text, span)
            barred = word_list("openers", "words") | word_list("calendar", "words") | word_list("posts", "words")
            if taken.meets(span) or not words or any(word.lower in barred for word in words):
                continue
            if all(word.capital for word in words):
                yield Found(
                    span=span,
                    label=" ".join(text[span.start : span.end].split()),
                    kind=EntityKind.ORGANIZATION,
                    type="civil",
                )


class _Candidate:
    """A name that the model takes for an organization."""

    __slots__ = ("acts", "called", "of_text", "span")

    def __init__(self, span: Span, of_text: str, *, acts: bool, called: bool) -> None:
        self.span = span
        self.of_text = of_text
        self.acts = acts
        self.called = called


def _candidates(text: str, sentences: Sequence[Sentence], taken: Overlaps[Found]) -> Iterator[_Candidate]:
    for sentence in sentences:
        if sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}:
            continue
        for name in sentence.names:
            span = Span(sentence.base + name.start_char, sentence.base + name.end_char)
            if name.label_ != "ORG" or not _may_be_company(text, span, name) or taken.meets(span):
                continue
            yield _Candidate(span, name.text, acts=_acts(name), called=_is_called_company(name))


def _may_be_company(text: str, span: Span, name: ParsedSpan) -> bool:
    letters = name.text.replace(" ", "")
    if not letters.isalpha() or letters.isupper() or len(letters) < _SHORTEST:
        return False
    words = words_of(text, span)
    if not words or len(words) > 2 or not all(word.capital for word in words):  # noqa: PLR2004 - longer ones have a head
        return False
    return head_at_end(words) is None and words[0].lower not in word_list("openers", "words")


def _acts(name: ParsedSpan) -> bool:
    """Say whether the name is the subject of a verb of saying, making or giving, and modifies nothing."""
    root = name.root
    return root.dep_ in {"nsubj", "nsubjpass"} and root.head.lemma_.lower() in word_list("companies", "verbs")


def _is_called_company(name: ParsedSpan) -> bool:
    """Say whether a noun beside the name calls it a company or the like."""
    nouns = word_list("companies", "nouns")
    root = name.root
    if root.dep_ not in _ROLES:
        return False
    apposed = [child for child in root.children if child.dep_ == "appos"]
    before = name.doc[name.start - 1] if name.start > 0 else None
    return any(child.lemma_.lower() in nouns for child in apposed) or (
        before is not None and before.lower_ in nouns and before.dep_ in {"compound", "nmod", "appos", "nsubj", "pobj"}
    )
