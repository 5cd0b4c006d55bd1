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
_LARGEST_NOTE = 1000  # "(12)" is a note or list number, "(1000)" a count
_LONGEST_PLAIN = 7  # digits in a row; more are a telephone, account or registration number


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The unit of a number.

    Attributes:
        unit: The kind of number.
        end: Offset behind the unit where it belongs to the quantity ("40 per cent"), else behind the number.
        currency: ISO 4217 code of money, "" where it is money of an unknown currency.
        measure: The unit of a measure as it is written.
        series: Whether more numbers of the same kind may follow ("Resolutions 2098 and 2100").
    """

    unit: Literal["money", "count", "percent", "measure", "ordinal", "identifier"]
    end: int
    currency: str | None = None
    measure: str | None = None
    series: bool = False


def unit_of(text: str, numeral: Numeral) -> Reading | None:
    """Return what the number counts, or None where its words are no number ("one of the", "two-thirds")."""
    if numeral.words and (_is_pronoun(text, numeral) or _fraction().match(text, numeral.end)):
        return None
    for reader in (_as_ordinal, _as_name, _as_share, _as_adjective, _as_measure):
        reading = reader(text, numeral)
        if reading is not None:
            return reading
    return Reading(unit="count", end=numeral.end)


def _as_ordinal(text: str, numeral: Numeral) -> Reading | None:
    match = (_ordinal_word() if numeral.words else _ordinal()).match(text, numeral.end)
    return Reading(unit="ordinal", end=match.end()) if match else None


def _as_name(text: str, numeral: Numeral) -> Reading | None:
    """Read numbers that name one thing: "Resolution 2098", "10:30", "(3)", "552(c)"."""
    before = text[max(0, numeral.start - _WINDOW) : numeral.start]
    series = _series_before().search(before) is not None
    if series or _identifier_before().search(before) or _capitalized_before().search(before):
        return Reading(unit="identifier", end=numeral.end, series=series)
    end = None if numeral.words else _name_end(text, numeral, before)
    return Reading(unit="identifier", end=end) if end is not None else None


def _as_share(text: str, numeral: Numeral) -> Reading | None:
    match = _percent().match(text, numeral.end)
    return Reading(unit="percent", end=match.end()) if match else None


def _as_adjective(text: str, numeral: Numeral) -> Reading | None:
    """Read "12-month" as a measure and "150-strong" as a count."""
    match = _adjective().match(text, numeral.end)
    if match is None:
        return None
    if match["word"].lower() in load_lexicon("quantities")["units"]["people_adjectives"]:
        return Reading(unit="count", end=numeral.end)
    return Reading(unit="measure", end=match.end(), measure=match["word"])


def _as_measure(text: str, numeral: Numeral) -> Reading | None:
    match = _measure().match(text, numeral.end)
    return Reading(unit="measure", end=match.end(), measure=match["unit"]) if match else None


def _is_pronoun(text: str, numeral: Numeral) -> bool:
    word, before = text[numeral.start : numeral.end].lower(), text[max(0, numeral.start - _WINDOW) : numeral.start]
    return word == "one" and bool(_one_before().search(before) or _one_behind().match(text, numeral.end))


def _name_end(text: str, numeral: Numeral, before: str) -> int | None:
    """Return where the name, time or list number ends that these digits are a part of, or None if they count."""
    end = numeral.end
    match = _compound().match(text, numeral.start)
    if match is not None and (numeral.plain or match.end() > end):
        return match.end()
    bracketed = before.endswith(("(", "[")) and text[end : end + 1] in {")", "]"} and numeral.value < _LARGEST_NOTE
    first_in_line = not before.rpartition("\n")[2].strip() and _list_number().match(text, end) is not None
    if bracketed or first_in_line or _subsection().match(text, end) or _is_nickname(text, end, before):
        return end
    digits = end - numeral.start
    is_code = numeral.plain and (digits > _LONGEST_PLAIN or (text[numeral.start] == "0" and digits > 1))
    glued = end < len(text) and (text[end].isalpha() or text[end] == "_") and not _counted_behind().match(text, end)
    if is_code or glued or before.endswith(("#", "№", "/", "@", "§", "_")):
        chunk = _chunk().match(text, end)
        return chunk.end() if chunk else end
    return end if _code_behind().match(text, end) else None


def _is_nickname(text: str, end: int, before: str) -> bool:
    """Say whether the digits stand in a quoted name: the "400 Lions" gang, Juan "el 12" Perez."""
    if before.endswith(("\u201c", '"')):
        return _quoted_name().match(text, end) is not None
    return text[end : end + 1] in {"\u201d", '"'} and _quote_open().search(before) is not None


@cache
def _percent() -> re.Pattern[str]:
    words = any_of(load_lexicon("quantities")["units"]["percent"])
    return re.compile(rf"[\s-]?(?:{words})(?!\w)")


@cache
def _measure() -> re.Pattern[str]:
    units = load_lexicon("quantities")["units"]
    return re.compile(
        rf"[\s\u00a0]?(?P<unit>{any_of([*units['measure'], *units['duration'], *units['other']])})(?!\w|-hand)"
    )


@cache
def _counted_behind() -> re.Pattern[str]:
    """Match letters that may be glued to a number that counts: "105mm" and "3x Mi-8"."""
    return re.compile(rf"{_measure().pattern}|[x\u00d7](?=\s)")


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
    forms = [form for word in words for form in (word[0].upper() + word[1:], word.upper())]
    return re.compile(rf"(?<![\w-])(?:{any_of(forms)})[\s-]+$")


@cache
def _series_before() -> re.Pattern[str]:
    before = set(load_lexicon("quantities")["identifier"]["before"])
    words = [word for word in before if word[:-1] in before or f"{word[:-2]}." in before]
    return re.compile(rf"(?<![\w-])(?i:{any_of(words)})\s*$")


@cache
def _subsection() -> re.Pattern[str]:
    return re.compile(r"\([a-z\d]{1,3}\)")


@cache
def _quoted_name() -> re.Pattern[str]:
    return re.compile(r"(?:\s[A-Z]\w{1,20}){1,3}[\u201d\"]")


@cache
def _quote_open() -> re.Pattern[str]:
    return re.compile(r"[\u201c\"]\w{1,12}\s$")


@cache
def _compound() -> re.Pattern[str]:
    """Match digits joined to a time, a telephone number, a code, a ratio or a version."""
    return re.compile(
        r"\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|hrs?\b|hours\b|GMT\b|UTC\b|CET\b|h\b)"
        r"|\d{1,2}\s?(?:[ap]\.m\.|[ap]m\b|o['\u2019]clock\b)|\d{4}\s?hrs?\b"
        r"|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
        r"|\d+\+\d+|\d+(?:/\d+)+|\d+(?:\.\d+){2,}|\d+:\d+"
        r"|\d{2,4}-\d{2,5}-\d{2,}|\d{1,3}(?:[ -]\(?\d{2,4}\)?){3,8}(?!\d)|\d{3}-\d{4}(?!\d)"
        r"|\d{1,3}(?:\.\d+)?\s?[°º](?:\s?\d{1,2}(?:\.\d+)?)?"
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
