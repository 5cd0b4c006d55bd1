"""What stands near a name: text patterns from the lexicon, and the mentions around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_LIST_GAP = re.compile(
    r"(?:\s|,|;|\band\b|\bor\b|\bas well as\b|\bthe\b|\bboth\b|['’]s?\b|\*|\([\d., ]+\)|\()*",
    re.IGNORECASE,
)
# Classes of characters and blanks: a blank within a class stays as it is.
_BLANK = re.compile(r"\[[^\]]*\]| ")


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    r"""Return a list of regular expressions of `relations.toml` as one, case ignored; a blank is any white space.

    >>> pattern("agreements", "dated").search("entered\ninto force") is not None
    True
    """
    return wrapped("|".join(f"(?:{one})" for one in load_lexicon("relations")[section][name]))


def wrapped(expression: str) -> re.Pattern[str]:
    """Return a regular expression, case ignored, whose blanks also stand for the end of a line in a wrapped text."""
    parts = _BLANK.sub(lambda m: m.group() if m.group() != " " else r"\s", expression)
    return re.compile(parts, re.IGNORECASE)


def mention_after(
    analysis: Analysis, sentence: Sentence, at: int, *, reach: int, wanted: Callable[[Mention], bool]
) -> Mention | None:
    """Return the first mention of the wanted sort that begins within `reach` characters behind an offset."""
    window = Span(at, min(at + reach, sentence.span.end))
    if window.end <= window.start:
        return None
    return next(
        (m for m in analysis.mentions_in(sentence.span) if at <= m.span.start <= window.end and wanted(m)), None
    )


def mention_before(
    analysis: Analysis, sentence: Sentence, at: int, *, reach: int, wanted: Callable[[Mention], bool]
) -> Mention | None:
    """Return the last mention of the wanted sort that ends within `reach` characters in front of an offset."""
    found = [m for m in analysis.mentions_in(sentence.span) if at - reach <= m.span.end <= at and wanted(m)]
    return found[-1] if found else None


def listed_from(
    analysis: Analysis, sentence: Sentence, first: Mention, *, wanted: Callable[[Mention], bool]
) -> Iterator[Mention]:
    """Yield a mention and those that follow it in a list: only commas, "and" and articles between them."""
    yield first
    end = first.span.end
    for mention in (
        analysis.mentions_in(Span(first.span.end, sentence.span.end)) if first.span.end < sentence.span.end else ()
    ):
        if mention.span.start < end:
            continue
        gap = analysis.text[end : mention.span.start]
        if not wanted(mention) or _LIST_GAP.fullmatch(gap) is None:
            return
        yield mention
        end = mention.span.end


def run_to(analysis: Analysis, sentence: Sentence, last: Mention) -> list[Mention]:
    """Return the states of a list that ends with a mention: "Finland and Sweden" in front of "joined"."""
    run = [last]
    for other in reversed([m for m in analysis.mentions_in(sentence.span) if m.span.end <= last.span.start]):
        listed = list(listed_from(analysis, sentence, other, wanted=lambda m: m.form == "name"))
        if run[0] not in listed or analysis.entities[other.entity].type != "country":
            break
        run.insert(0, other)
    return run


def sentences_naming(analysis: Analysis, entity: str) -> list[tuple[Sentence, list[Mention]]]:
    """Return the sentences that name or refer back to an entity, each with those mentions."""
    return analysis.once(_naming).get(entity, [])


def _naming(analysis: Analysis) -> dict[str, list[tuple[Sentence, list[Mention]]]]:
    """Return for each entity the sentences that name it."""
    naming: dict[str, list[tuple[Sentence, list[Mention]]]] = {}
    for sentence in analysis.sentences:
        inside: dict[str, list[Mention]] = {}
        for mention in analysis.mentions_in(sentence.span, nested=True):
            inside.setdefault(mention.entity, []).append(mention)
        for entity, mentions in inside.items():
            naming.setdefault(entity, []).append((sentence, mentions))
    return naming
