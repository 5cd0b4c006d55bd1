"""Numbers as they are written: digits in every grouping, words, fractions, and the scales behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACES = " \u00a0\u202f\u2009"
_FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_DIGITS = (
    rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?![\d]|,\d)"
    rf"|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d+)?(?![\d]|,\d)"  # 12,34,567: Indian grouping
    rf"|\d{{1,3}}(?:\.\d{{3}})+,\d{{1,2}}(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d]|\.\d)"
    rf"|\d{{1,3}}(?:['\u2019]\d{{3}})+(?:\.\d+)?(?!\d)"
    rf"|[1-9]\d{{0,2}}(?:(?P<space>[{_SPACES}])\d{{3}})(?:(?P=space)\d{{3}}){{0,4}}(?:[.,]\d{{1,2}})?(?![\d]|[.,]\d)"
    rf"|\d+[.,]\d+(?![\d]|[.,]\d)|\d*[½¼¾]|\d+"
)
_LONGEST = 20  # characters; longer rows of digits are no numbers that anybody counts to
_MOST_SCALES = 2  # "hundred thousand", "thousand million"
_GROUP = 3  # digits between two separators of thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """One number.

    Attributes:
        start: Offset in the text.
        end: Offset behind the number and its scale.
        value: With the scale multiplied in.
        scale: What it was multiplied by; 1 without a scale.
        words: Whether it is written in words.
        plain: Whether it is written as digits without separators and scale ("2098").
    """

    start: int
    end: int
    value: Decimal
    scale: int = 1
    words: bool = False
    plain: bool = False


def plain_number(value: Decimal) -> Decimal:
    """Return the value without an exponent and without zeros behind the point.

    >>> plain_number(Decimal("1.250") * 1000)
    Decimal('1250')
    """
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def read_numeral(text: str, start: int, *, money: bool = False) -> Numeral | None:
    """Return the number that begins at this offset, with its scale.

    Args:
        text: The text.
        start: Where a digit, a fraction or a word of a number begins.
        money: Whether a currency stands in front: "5m" is then five million, else it is left to `read_unit`.
    """
    digits = _digits().match(text, start)
    if digits is not None and len(digits[0]) > _LONGEST:
        return None
    if digits is not None:
        numeral: Numeral | None = _scaled(text, start, digits.end(), digits[0], money=money)
    else:
        numeral = _phrase(text, start) or _words(text, start)
    return None if numeral is None else replace(numeral, value=plain_number(numeral.value))


def number_words() -> str:
    """Return a regular expression for the words that a number in words may begin with."""
    lexicon = load_lexicon("quantities")
    scales = any_of(word for word in lexicon["scales"] if not word.endswith("s"))
    small = any_of([*lexicon["words"], *lexicon["tens"]])
    of_a = rf"half[\s-]an?\s+(?:{scales})|(?:an?|one|three)[\s-]quarters?\s+of\s+a\s+(?:{scales})"
    return rf"(?i:{small}|{of_a}|an?\s+(?:half[\s-])?(?:{scales})|half[\s-](?:{scales}))(?!\w)"


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(_DIGITS)


def _scaled(text: str, start: int, end: int, digits: str, *, money: bool) -> Numeral:
    scale, behind = _scale(text, end, money=money)
    and_half = _and_half().match(text, end) if behind == end else None
    value = _decimal(digits, scaled=scale > 1)
    if and_half is not None:
        scale, behind = int(load_lexicon("quantities")["scales"][and_half["scale"].lower()]), and_half.end()
        value += Decimal("0.5")
    return Numeral(start=start, end=behind, value=value * scale, scale=scale, plain=digits.isdigit() and scale == 1)


def _decimal(digits: str, *, scaled: bool) -> Decimal:
    """Read digits with their separators; three digits behind a full stop are thousands unless a scale follows."""
    if digits[-1] in _FRACTIONS:
        return Decimal(digits[:-1] or 0) + _FRACTIONS[digits[-1]]
    cleaned = re.sub(rf"[{_SPACES}'\u2019]", "", digits)
    commas, stops = cleaned.count(","), cleaned.count(".")
    if commas and stops:
        point = max(cleaned.rfind(","), cleaned.rfind("."))
        return Decimal(re.sub("[.,]", "", cleaned[:point]) + "." + cleaned[point + 1 :])
    if commas + stops == 1:
        whole, fraction = re.split("[.,]", cleaned)
        groups = len(fraction) == _GROUP and len(whole) <= _GROUP and not whole.startswith("0")
        if groups and (commas or not scaled):
            return Decimal(whole + fraction)
        return Decimal(f"{whole}.{fraction}")
    return Decimal(re.sub("[.,]", "", cleaned))


def _scale(text: str, end: int, *, money: bool) -> tuple[int, int]:
    """Return the product of the scales at this offset ("hundred thousand") and where they end."""
    lexicon = load_lexicon("quantities")
    scale = 1
    for _ in range(_MOST_SCALES):
        match = _scale_word().match(text, end)
        if match is None:
            break
        scale, end = scale * int(lexicon["scales"][match["scale"].lower()]), match.end()
    if scale > 1:
        return scale, end
    short = _short_scale().match(text, end)
    if short is not None and short["scale"] in {"k", "K"} and text[short.end() : short.end() + 1] in {"€", "£", "$"}:
        return int(lexicon["short_scales"][short["scale"]]), short.end()  # "300 k€"
    if short is None or (not money and not _is_scale_without_currency(text, short)):
        return 1, end
    return int(lexicon["short_scales"][short["scale"]]), short.end()


def _is_scale_without_currency(text: str, short: re.Match[str]) -> bool:
    """Say whether "5m" counts: "5bn" and "10k" always do, "5m people" does, "5m long", "5 m" and "5b" do not."""
    if short["scale"] not in {"m", "M", "b", "B", "K", "mil"}:
        return not short["space"] or short["scale"] != "k"
    if short["space"]:
        return _currency_follows().match(text, short.end()) is not None
    return _counted_follows().match(text, short.end()) is not None


@cache
def _scale_word() -> re.Pattern[str]:
    return re.compile(rf"[\s-]?[\s]?(?P<scale>(?i:{any_of(load_lexicon('quantities')['scales'])}))(?!\w)")


@cache
def _short_scale() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<space>[{_SPACES}]?)(?P<scale>{any_of(load_lexicon('quantities')['short_scales'])})\.?(?![\w'\u2019/])"
    )


@cache
def _currency_follows() -> re.Pattern[str]:
    codes = any_of(row["code"] for row in load_lexicon("currencies")["currency"])
    return re.compile(rf"\s(?:{codes}|euros?|dollars?|US\s?dollars?)(?!\w)|\s?[€$£]")


@cache
def _counted_follows() -> re.Pattern[str]:
    adjectives = "deep|long|wide|high|tall|above|below|away|from|of|in|and|or|to|apart|thick|by|at|on|radius|resolution"
    plural = r"(?:[a-z-]{2,20}\s)?(?!does|this|always|its)[a-z-]{3,20}s|people|men|women|children"
    return re.compile(rf"\s(?!(?:{adjectives})\b)(?:{plural})(?!\w)|\s?[€$£]|\s[A-Z]{{3}}(?!\w)")


@cache
def _and_half() -> re.Pattern[str]:
    return re.compile(rf"\s+and\s+a\s+half\s+(?P<scale>(?i:{any_of(load_lexicon('quantities')['scales'])}))(?!\w)")


@cache
def _phrases() -> re.Pattern[str]:
    scales = any_of(load_lexicon("quantities")["scales"])
    return re.compile(
        rf"(?i:(?P<part>half[\s-]an?|(?:an?|one|three)[\s-]quarters?\s+of\s+a|an?\s+half|half|an?)[\s-](?P<scale>{scales})"
        rf"(?P<more>\s+and\s+a\s+half)?)(?!\w)"
    )


def _phrase(text: str, start: int) -> Numeral | None:
    """Read "half a million", "a quarter of a million", "a dozen", "a million and a half"."""
    match = _phrases().match(text, start)
    if match is None:
        return None
    part = match["part"].lower()
    factor = Decimal("0.5") if "half" in part else Decimal("0.25") if "quarter" in part else Decimal(1)
    if part.startswith("three"):
        factor *= 3
    if match["more"]:
        factor += Decimal("0.5")
    scale = int(load_lexicon("quantities")["scales"][match["scale"].lower()])
    if part in {"a", "an"} and not match["more"]:
        return _words(text, start) or Numeral(
            start=start, end=match.end(), value=Decimal(scale), scale=scale, words=True
        )
    return Numeral(start=start, end=match.end(), value=factor * scale, scale=scale, words=True)


@cache
def _word() -> re.Pattern[str]:
    lexicon = load_lexicon("quantities")
    scales = [word for word in lexicon["scales"] if word not in {"millions", "billions", "lakhs", "crores"}]
    words = any_of([*lexicon["words"], *lexicon["tens"], *scales])
    return re.compile(rf"(?P<join>\s+and\s+|[\s-]\s*)?(?P<word>(?i:{words}|an?(?=\s)))(?!\w)")


@cache
def _values() -> Mapping[str, int]:
    lexicon = load_lexicon("quantities")
    return {word: int(value) for group in ("words", "tens", "scales") for word, value in lexicon[group].items()}


def _words(text: str, start: int) -> Numeral | None:
    """Read a number in words: "twenty-five", "a hundred and twenty", "two and a half million"."""
    values, hundred = _values(), 100
    total = group = scale = 0
    end, last = start, ""
    while (match := _word().match(text, end)) is not None:
        word, join = match["word"].lower(), match["join"] or ""
        if (join == "") != (end == start) or not _may_follow(last, word, join):
            break
        value = values.get(word, 1)
        if value < hundred and word != "dozen":
            group += value
        elif value == hundred or word == "dozen":
            group = max(group, 1) * value
        else:
            total, group = ((total + group) or 1) * value if total < value else total + max(group, 1) * value, 0
        scale = max(scale, value if word in load_lexicon("quantities")["scales"] else 1)
        end, last = match.end(), word
    if last in {"", "a", "an"}:
        return None
    half = _and_half().match(text, end) if total == 0 and group < hundred else None
    if half is not None:
        scale = int(load_lexicon("quantities")["scales"][half["scale"].lower()])
        return Numeral(start=start, end=half.end(), value=(group + Decimal("0.5")) * scale, scale=scale, words=True)
    return Numeral(start=start, end=end, value=Decimal(total + group), scale=scale, words=True)


def _may_follow(last: str, word: str, join: str) -> bool:
    """Say whether a word continues the number: "twenty" + "five", "hundred" + "and" + "fifty"; not "two" + "three"."""
    lexicon = load_lexicon("quantities")
    if not last:
        return True
    if word in {"a", "an"}:
        return False
    ones, tens, scales = lexicon["words"], lexicon["tens"], lexicon["scales"]
    if word in scales:
        larger_only = last not in scales or scales[word] > scales[last] or last == "hundred"
        return "and" not in join and larger_only
    if last in tens:
        return "and" not in join and word in ones and ones[word] < len(("ten", *range(9)))
    return last in scales and last != "dozen" and "\n" not in join
