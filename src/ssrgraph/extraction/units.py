"""What a number without a currency is a number of: a count, a share, a measure, an order or a mere name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.numerals import Numeral

_WINDOW = 40  # characters beside a number that are looked at
_LONGEST_PLAIN = 7  # digits in a row; more are a telephone, account or registration number


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The unit of a number.

    Attributes:
        unit: The kind of number.
        end: Offset behind the unit where it belongs to the quantity ("40 per cent"), else behind the number.
        currency: ISO 4217 code of money, "" where it is money of an unknown currency.
        measure: The unit of a measure as it is written.
    """

    unit: Literal["money", "count", "percent", "measure", "ordinal", "identifier"]
    end: int
    currency: str | None = None
    measure: str | None = None


def unit_of(text: str, numeral: Numeral) -> Reading | None:
    """Return what the number counts, or None where its words are no number ("one of the", "two-thirds")."""
    start, end = numeral.start, numeral.end
    before, line = text[max(0, start - _WINDOW) : start], text[text.rfind("\n", 0, start) + 1 : start]
    if numeral.words:
        if _is_pronoun(text, numeral, before) or _fraction().match(text, end):
            return None
        if (ordinal := _ordinal_word().match(text, end)) is not None:
            return Reading(unit="ordinal", end=ordinal.end())
    elif (ordinal := _ordinal().match(text, end)) is not None:
        return Reading(unit="ordinal", end=ordinal.end())
    if (name := _name_end(text, numeral, before, line)) is not None:
        return Reading(unit="identifier", end=name)
    if (percent := _percent().match(text, end)) is not None:
        return Reading(unit="percent", end=percent.end())
    if (adjective := _adjective().match(text, end)) is not None:
        people = adjective["word"].lower() in load_lexicon("quantities")["units"]["people_adjectives"]
        if people:
            return Reading(unit="count", end=end)
        return Reading(unit="measure", end=adjective.end(), measure=adjective["word"])
    if (measure := _measure().match(text, end)) is not None:
        return Reading(unit="measure", end=measure.end(), measure=measure["unit"])
    return Reading(unit="count", end=end)


def _is_pronoun(text: str, numeral: Numeral, before: str) -> bool:
    word = text[numeral.start : numeral.end].lower()
    return word == "one" and bool(_one_before().search(before) or _one_behind().match(text, numeral.end))


def _name_end(text: str, numeral: Numeral, before: str, line: str) -> int | None:
    """Return where the name, time or list number ends that these digits are a part of, or None if they count."""
    end = numeral.end
    if _identifier_before().search(before) or _capitalized_before().search(before):
        return end
    if numeral.words:
        return None
    match = _compound().match(text, numeral.start)
    if match is not None and (numeral.plain or match.end() > end):
        return match.end()
    bracketed = before.endswith(("(", "[")) and text[end : end + 1] in {")", "]"} and numeral.value < 1000  # noqa: PLR2004 - notes and list numbers are small
    if bracketed or (not line.strip() and _list_number().match(text, end)):
        return end
    too_long = numeral.plain and end - numeral.start > _LONGEST_PLAIN
    leading_zero = numeral.plain and text[numeral.start] == "0" and end - numeral.start > 1
    glued = end < len(text) and (text[end].isalpha() or text[end] == "_")
    if too_long or leading_zero or glued or before.endswith(("#", "№", "/", "@", "§", "_")):
        return _chunk().match(text, end).end()  # type: ignore[union-attr] # matches the empty string
    return end if _code_behind().match(text, end) else None


@cache
def _percent() -> re.Pattern[str]:
    words = any_of(load_lexicon("quantities")["units"]["percent"])
    return re.compile(rf"[\s-]?(?:{words})(?!\w)")


@cache
def _measure() -> re.Pattern[str]:
    units = load_lexicon("quantities")["units"]
    return re.compile(rf"[\s\u00a0]?(?P<unit>{any_of([*units['measure'], *units['duration'], *units['other']])})(?!\w)")


@cache
def _adjective() -> re.Pattern[str]:
    return re.compile(r"[-\u2010\u2011](?P<word>[A-Za-z]{2,20})(?!\w)")


@cache
def _ordinal() -> re.Pattern[str]:
    return re.compile(r"(?i:st|nd|rd|th)(?!\w)")


@cache
def _ordinal_word() -> re.Pattern[str]:
    ordinals = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    return re.compile(rf"-(?i:{ordinals})(?!\w)")


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(r"[\s-](?i:thirds?|quarters?|fifths?|tenths?|halves|half|sixths?|eighths?)(?!\w)")


@cache
def _one_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{any_of(load_lexicon('quantities')['one']['before'])})\s+$")


@cache
def _one_behind() -> re.Pattern[str]:
    words = any_of(load_lexicon("quantities")["one"]["after"])
    return re.compile(rf"\s+(?i:{words})(?!\w)|['\u2019-]|\s*(?:[.,;:!?)]|$)")


@cache
def _identifier_before() -> re.Pattern[str]:
    lexicon = load_lexicon("quantities")["identifier"]
    words = set(lexicon["before"]) - set(lexicon["capitalized_only"])
    return re.compile(rf"(?<![\w-])(?i:{any_of(words)})[\s-]*[\u00a0(]?$")


@cache
def _capitalized_before() -> re.Pattern[str]:
    words = load_lexicon("quantities")["identifier"]["capitalized_only"]
    return re.compile(rf"(?<![\w-])(?:{any_of([word[0].upper() + word[1:] for word in words])})[\s-]+$")


@cache
def _compound() -> re.Pattern[str]:
    """Match digits joined to a time, a telephone number, a code, a ratio or a version."""
    return re.compile(
        r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b|GMT\b|UTC\b|CET\b|h\b)"
        r"|\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|o['\u2019]clock\b)|\d{4}\s?hrs?\b"
        r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
        r"|\d+(?:/\d+)+|\d+(?:\.\d+){2,}|\d+:\d+"
        r"|\d{2,4}-\d{2,5}-\d{2,}|\d{1,3}(?:[ -]\(?\d{2,4}\)?){3,}(?!\d)|\d{3}-\d{4}(?!\d)|\d{2,3}-\d{1,3}\b(?=\s?[,)])(?<=P\.L\.)"
        r"|\d{1,3}(?:\.\d+)?\s?[°º]"
    )


@cache
def _list_number() -> re.Pattern[str]:
    return re.compile(r"[.)]\s|\.?\t|\.$")


@cache
def _chunk() -> re.Pattern[str]:
    return re.compile(r"[\w/-]{0,60}")


@cache
def _code_behind() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{any_of(load_lexicon('quantities')['identifier']['after'])})(?!\w)")
