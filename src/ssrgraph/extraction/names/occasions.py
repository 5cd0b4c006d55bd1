"""Meetings and ceremonies that a text names without capitals: "inaugural workshop", "high-level dialogue"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import word_list
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.names.words import Word

_LONGEST = 5
_MET = re.compile(
    r"(?:(?<!was )(?<!were )(?<!been )(?<!is )\b(met|convened)|\b(?:will|to|would|shall)\s+(meet|convene)"
    r"|,\s+(meeting))\s+"
    r"(?:(?:today|yesterday|again|virtually|bilaterally|separately|jointly|formally|in person|for the \w+ time"
    r"|at the level of [\w ]{3,40}?)\s+)*(?:with|in|at|on)\b"
)
# A series by its short form and number: "COP28, to be held in Dubai"; the format "2+2".
_SERIES = re.compile(
    r"\b([A-Z]{3,10}[ -]?\d{1,2})"
    r"(?=,?\s+(?:(?:which\s+)?(?:is|was|will be)\s+)?(?:to be\s+)?(?:held|hosted|convened)\b)"
)
_FORMAT = re.compile(
    r"(?:\b(?:inaugural|first|second|third|fourth|fifth|\d{1,2}(?:st|nd|rd|th))\s+)?[“\"'‘]?\b(2\s?\+\s?2)\b"
    r"(?=[”\"'’]?,?\s+(?:was|were|is|will|convened|held|took|between|in [A-Z]|on \d))"
)
_ACT = re.compile(r"\b((?:official\s+)?(?:launch|inauguration|opening|signing))\s+of\s+(?:the\s+)?(?=[A-Z])")
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)")
# Between an occasion and the verb that says of it that it was convened.
_OWN_VERB = re.compile(r"[”\"'’\s]*|[^.;:]{0,60}?\s(?:which|that)\s(?:[^.;:,]{2,60}\s)?", re.DOTALL)
_ORDER_ALONE = re.compile(
    r"\b[Tt]he\s+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|\d{1,3}(?:st|nd|rd|th))\s+"
    r"(?:(?:will|would|is|to)\s+){0,3}$"
)
# Behind a complement, which is then only a part of a longer one: "of the second Rapid Action Group (GAR) course".
_OF_A_COURSE = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:courses?|class|training|programme|program|exercise|project|cohort)\b"
)
_UNKNOWN = 2
_ARTICLES = {"a", "an", "the", "its", "their", "this", "his", "her", "our"}
_FUNCTION = {
    *("a", "an", "the", "its", "their", "this", "that", "his", "her", "our", "and", "or", "as", "who", "which", "all"),
    *("of", "in", "on", "at", "to", "for", "by", "from", "with", "after", "before", "during", "about", "under", "over"),
    *("was", "were", "is", "are", "be", "been", "has", "had", "have", "will"),
}
_SMALL = {"of", "and", "the", "for"}


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(load_lexicon('events')['kinds']['nouns'])})\b", re.IGNORECASE)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("events")["kinds"][name])


def find_occasions(text: str, sentence: Span, names: Sequence[Found]) -> Iterator[Found]:
    """Yield the occasions of a sentence that are no part of a name, each with the words that describe it.

    >>> text = "At a high-level dialogue on 2 May in Oslo, the two sides met."
    >>> [found.label for found in find_occasions(text, Span(0, len(text)), ())]
    ['high-level dialogue']
    """
    inside = [name for name in names if sentence.covers(name.span) and not name.nested and name.form == "name"]
    words = words_of(text, sentence)
    taken: list[Span] = []
    for match in _kinds().finditer(text, sentence.start, sentence.end):
        found = _noun(text, words, Span(*match.span()), inside)
        if found is not None and not any(found.span.meets(span) for span in taken):
            taken.append(found.span)
            yield found
    for pattern, head in ((_SERIES, "conference"), (_FORMAT, "meeting")):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span(1))
            if not any(name.span.meets(span) for name in inside) and not any(span.meets(other) for other in taken):
                taken.append(span)
                yield _found(span, re.sub(r"[“\"'‘]", "", " ".join(match.group().split())), head)
    for match in _MET.finditer(text, sentence.start, sentence.end):
        # "The summit convened in", "the meeting that X convened in", "the fourth will meet": no second occasion.
        front = [text[span.end : match.start()] for span in taken if span.end <= match.start()]
        if not any(_OWN_VERB.fullmatch(words_) for words_ in front) and not _ORDER_ALONE.search(
            text, sentence.start, match.start(match.lastindex or 0)
        ):
            yield _found(Span(*match.span(match.lastindex or 0)), "meeting", "meeting")
    for match in _ACT.finditer(text, sentence.start, sentence.end):
        name = next((n for n in inside if n.span.start == match.end()), None)
        if name is not None and name.kind is not EntityKind.EVENT:
            words_ = " ".join(match.group(1).split()).casefold()
            yield _found(Span(*match.span(1)), f"{words_} of {name.surface or name.label}", words_.split()[-1])


def _found(span: Span, label: str, head: str) -> Found:
    return Found(span=span, label=label, kind=EntityKind.EVENT, head=head)


def _noun(text: str, words: Sequence[Word], span: Span, names: Sequence[Found]) -> Found | None:
    at = next((i for i, word in enumerate(words) if word.start == span.start), None)
    behind = next((i + 1 for i, word in enumerate(words) if word.end == span.end), None)
    if at is None or behind is None or any(name.span.meets(span) for name in names):
        return None
    first = _first(text, words, at, names)
    if first is None:
        return None
    before = words[first - 1] if first else None
    if not _is_one(words, first, at, before) or (behind < len(words) and _compounded(words, behind)):
        return None
    while first < at and words[first].lower in _words("dropped"):
        first += 1
    label = " ".join(text[words[first].start : span.end].split())
    holder = next(
        (n for n in names if before is not None and n.span.end == before.end and n.kind is EntityKind.ORGANIZATION),
        None,
    )
    if before is not None and before.text in {"'", "’"} and first > 1:
        label = _with_holders(words, first - 1) + label
    if holder is not None:
        label = f"{holder.surface or holder.label} {label}"
    return _found(
        Span(words[first].start, span.end), label + _complement(text, words, behind), span.of(text).casefold()
    )


def _first(text: str, words: Sequence[Word], at: int, names: Sequence[Found]) -> int | None:
    """Return the index of the first word of an occasion with the noun at `at`; nothing for a mere heading's word."""
    if words[at].capital:
        proper = None if words[at].lower in _words("bodies") else _proper(text, words, at, names)
        if proper is not None or words[at].lower not in _words("back"):
            return proper
    named = next((n for n in names if at and n.span.end == words[at - 1].end), None)
    if named is not None and named.kind is EntityKind.EVENT:
        return None
    first = at
    while first > 0 and at - first < _LONGEST and _modifies(words[first - 1], names):
        first -= 1
    described = first
    while described > 0 and first - described < _UNKNOWN and _may_describe(words[described - 1]):
        described -= 1
    if described < first and described > 0 and words[described - 1].lower in _ARTICLES:
        return described
    if first > 0 and _order(text, words, first - 1):
        return first - 1
    if first > 1 and words[first - 1].what == "possessive" and words[first - 2].text in _words("modifiers"):
        # "donors' meeting"
        return first - 2
    return first


def _proper(text: str, words: Sequence[Word], at: int, names: Sequence[Found]) -> int | None:
    """Return the index at which a phrase in capitals begins that ends in the noun at `at`, if it has two words more."""
    first = at
    while first > 0 and _in_capitals(text, words, first, names):
        first -= 1
    while first < at and not (words[first].number or _order(text, words, first)):
        if words[first].capital and words[first].lower not in word_list("openers", "words"):
            break
        first += 1
    return first if at - first > 1 else None


def _in_capitals(text: str, words: Sequence[Word], first: int, names: Sequence[Found]) -> bool:
    """Say whether the word in front of `first` is part of the same phrase in capitals: "the 3rd Chiefs' Conference"."""
    word = words[first - 1]
    if text[word.end : words[first].start].strip() or "\n\n" in text[word.end : words[first].start]:
        return False
    if any(n.span.covers(Span(word.start, word.end)) and n.kind is EntityKind.PERSON for n in names):
        return False
    return word.capital or word.number or word.what == "possessive" or word.text in {"+", "-", "–"}


def _may_describe(word: Word) -> bool:
    return word.what == "word" and not word.capital and not word.number and word.lower not in _FUNCTION


def _order(text: str, words: Sequence[Word], i: int) -> bool:
    """Say whether a word is an ordinal in digits: "12th"."""
    return _ORDINAL.fullmatch(words[i].text) is not None and text[words[i].end : words[i].end + 1].isspace()


def _with_holders(words: Sequence[Word], behind: int) -> str:
    """Return "NATO Defence Ministers' " where officials in the plural hold a meeting."""
    first = behind
    while first > 0 and words[first - 1].capital and words[first - 1].lower not in word_list("openers", "words"):
        first -= 1
    if first == behind or not words[behind - 1].text.endswith("s"):
        return ""
    return " ".join(word.text for word in words[first:behind]) + "' "


def _modifies(word: Word, names: Sequence[Found]) -> bool:
    if word.what != "word" or any(name.span.covers(Span(word.start, word.end)) for name in names):
        return False
    return (
        word.lower in _words("modifiers")
        or word.lower in _words("dropped")
        or (word.capital and word.lower in {"summit", "ministerial"})
    )


def _is_one(words: Sequence[Word], first: int, at: int, before: Word | None) -> bool:
    """Say whether a certain occasion is meant: an article, a number or a holder stands in front, or it is described."""
    if before is None or first < at:
        return True
    if (
        before.lower
        in {"a", "an", "the", "this", "their", "its", "his", "her", "our", "during", "at", "after", "following"}
        or before.what == "possessive"
    ):
        return True
    if words[at].lower in {"talks", "consultations"} and before.lower in {
        "held",
        "hold",
        "holds",
        "began",
        "opened",
        "for",
    }:
        return True
    return before.number or before.capital


def _compounded(words: Sequence[Word], behind: int) -> bool:
    """Say whether the noun only modifies another one: "meeting room", "conference call"."""
    word = words[behind]
    if word.lower in _words("nouns"):
        return True
    return word.what == "word" and word.lower in {
        "room",
        "rooms",
        "call",
        "calls",
        "hall",
        "centre",
        "center",
        "participants",
        "organizers",
        "organisers",
        "series",
        "agenda",
        "report",
        "venue",
        "package",
        "declaration",
        "communiqué",
        "communique",
        "outcomes",
        "fatigue",
        "sponsor",
    }


def _collective(words: Sequence[Word], first: int) -> int | None:
    """Return the index behind a body in small letters from a word on: "of the [joint military staff committee]"."""
    for behind in range(first + 1, min(first + _LONGEST + 2, len(words) + 1)):
        word = words[behind - 1]
        if word.what != "word" or word.lower in _FUNCTION:
            return None
        if word.lower in _words("collective"):
            return behind if behind - first > 1 else None
    return None


def _complement(text: str, words: Sequence[Word], at: int) -> str:
    """Return " of X Y", where a capitalised phrase says whose meeting it is."""
    if at + 1 >= len(words) or words[at].lower != "of":
        return ""
    end = at + 1 + (words[at + 1].lower == "the")
    first = end
    while end < len(words) and (
        words[end].capital
        or (words[end].lower in _SMALL and end > first and end + 1 < len(words) and words[end + 1].capital)
    ):
        end += 1
    proper = words[first:end]
    if not proper or words[first].number or len([w for w in proper if w.capital]) < 2:  # noqa: PLR2004 - one name alone is a party
        behind = _collective(words, first)
        whole = behind is not None and _OF_A_COURSE.match(text, words[behind - 1].end) is None
        return (
            "" if behind is None or not whole else " " + " ".join(text[words[at].start : words[behind - 1].end].split())
        )
    return " " + " ".join(text[words[at].start : words[end - 1].end].split())
