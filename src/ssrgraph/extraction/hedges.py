"""What stands around a number: hedges, words of change, and rates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.model import Bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Rate = Literal["year", "month", "day"]

_LAST_WORD = re.compile(r"(?<!\w)(\w++)\W*+$")
_WINDOW = 60  # characters beside a number that are looked at
_PLACES = frozenset({"under", "over", "below", "above"})
_ADDING = re.compile(r"(?<!\w)(?i:add(?:s|ed|ing)?)\s+$")
_PARTICLES = ("over", "under", "up to", "below", "above")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The words in front of a number.

    Attributes:
        start: Where the outermost hedge begins, or the number itself.
        bound: What the hedges make of it.
        additional: Whether it comes on top of another ("an additional").
        difference: Whether it is the difference of two values ("an increase of").
    """

    start: int
    bound: Bound
    additional: bool
    difference: bool


def words_in_front(text: str, start: int, floor: int = 0) -> Front:
    """Read the hedges and words of change that end where a number begins, not looking in front of `floor`."""
    bounds: list[Bound] = []
    outer, position, additional, difference = start, start, False, False
    article = False
    low = max(floor, start - _WINDOW)
    while _may_end(words := text[low:position]) and (match := _front().search(words)) is not None:
        begin = low + match.start()
        kind = next(name for name, value in match.groupdict().items() if value is not None)
        if kind == "difference":
            difference = True
        elif kind == "additional":
            additional = True
        elif article and match[0].strip().lower() in _PLACES:
            break  # "under the $5 million programme"
        elif kind != "filler":
            if match[0].split()[0].lower() in _PARTICLES and _particle().search(text[low:begin]):
                break
            if match[0].split()[0].lower() == "up" and _ADDING.search(text[low:begin]):
                break  # "pledges that add up to $5 million"
            bounds.append(Bound(kind))
            outer = begin
        article = kind == "filler" and match[0].strip().lower() in {"a", "an", "the"}
        position = begin
        if position <= low:
            break
    return Front(start=outer, bound=strongest(bounds), additional=additional, difference=difference)


def bound_behind(text: str, end: int) -> tuple[Bound, int] | None:
    """Return the bound that words behind a number give it ("or more", "+") and where they end."""
    match = _behind().match(text, end)
    if match is None:
        return None
    kind = next(name for name, value in match.groupdict().items() if value is not None)
    return Bound(kind), match.end()


def is_difference(text: str, start: int, end: int) -> bool:
    """Say whether a number is one of a change: "a $15 million increase", "500 more than in 2015"."""
    return _difference_behind().match(text, end) is not None or words_in_front(text, start).difference


def strongest(bounds: list[Bound]) -> Bound:
    """Return the bound of several hedges: a direction says more than "about"."""
    directed = [bound for bound in bounds if bound in {Bound.AT_LEAST, Bound.AT_MOST}]
    return directed[-1] if directed else bounds[-1] if bounds else Bound.EXACT


def rate_after(text: str, position: int) -> Rate | None:
    """Return the rate ("a year", "monthly") that follows within the same clause and before the next number.

    >>> rate_after("trained 500 officers a year.", 11)
    'year'
    """
    clause = _clause().match(text, position, position + _WINDOW)
    stretch = clause[0] if clause else ""
    for match in _rate().finditer(stretch):
        rest = text[position + match.end() :][:_WINDOW]
        if not _no_rate_in_front().search(stretch[: match.start()]) and not _no_rate_behind().match(rest):
            return _rate_of(match)
    return None


def rate_before(text: str, position: int, floor: int = 0) -> Rate | None:
    """Return the rate that stands in front: "an annual contribution of $5 million"."""
    match = _rate_in_front().search(text[max(floor, position - _WINDOW) : position])
    if match is None:
        return None
    adjectives: dict[str, Rate] = load_lexicon("quantities")["rates"]["adjectives"]
    return adjectives[" ".join(match["adjective"].lower().split())]


def _rate_of(match: re.Match[str]) -> Rate:
    return "year" if match["year"] else "month" if match["month"] else "day"


def _may_end(words: str) -> bool:
    """Say whether words end as one of the phrases in front of a number does; hardly any do, and to look is cheap."""
    last = _LAST_WORD.search(words)
    lasts, signs = _ends()
    return (last is not None and last[1].lower() in lasts) or words.rstrip()[-1:] in signs


@cache
def _ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return the last words of the phrases in front of a number, and the last characters of those that are signs."""
    phrases = [phrase for group in _phrases_in_front().values() for phrase in group]
    lasts = frozenset(last[1].lower() for phrase in phrases if (last := _LAST_WORD.search(phrase)) is not None)
    return lasts, frozenset(phrase[-1] for phrase in phrases if not phrase[0].isalnum())


@cache
def _phrases_in_front() -> Mapping[str, Sequence[str]]:
    lexicon = load_lexicon("quantities")
    return {
        "difference": lexicon["change"]["difference_before"],
        **lexicon["hedges"],
        "additional": lexicon["change"]["additional"],
        "filler": lexicon["fillers"]["between"],
    }


@cache
def _front() -> re.Pattern[str]:
    parts = []
    for name, phrases in _phrases_in_front().items():
        words = any_of(phrase for phrase in phrases if phrase[0].isalnum())
        signs = any_of(phrase for phrase in phrases if not phrase[0].isalnum())
        glued = any_of(phrase for phrase in phrases if phrase.endswith("."))
        kinds = [rf"(?<![\w.-])(?i:{words})(?:\s+|-)"]
        kinds += [rf"(?:{signs})\s?"] if signs else []
        kinds += [rf"(?<![\w.-])(?:{glued})"] if glued else []
        parts.append(rf"(?P<{name}>{'|'.join(kinds)})")
    return re.compile(rf"(?:{'|'.join(parts)})$")


@cache
def _particle() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{any_of(load_lexicon('quantities')['particles']['verbs'])})\s+$")


@cache
def _behind() -> re.Pattern[str]:
    groups = load_lexicon("quantities")["hedges_after"]
    parts = []
    for name, phrases in groups.items():
        words = any_of(phrase for phrase in phrases if phrase[0].isalnum())
        signs = any_of(phrase for phrase in phrases if not phrase[0].isalnum())
        choice = rf"\s(?i:{words})(?!\w)" + (rf"|\s?(?:{signs})(?!\w)" if signs else "")
        parts.append(rf"(?P<{name}>{choice})")
    return re.compile("|".join(parts))


@cache
def _difference_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s-](?i:{any_of(load_lexicon('quantities')['change']['difference_after'])})(?!\w)")


@cache
def _clause() -> re.Pattern[str]:
    # A full stop ends the clause unless it stands within a word ("U.S. troops"); a digit begins the next count.
    return re.compile(r"(?:[^.,;:!?()\n\d]|(?<=[A-Z])\.|\.(?=\w)|,(?=\s\w+ing\s))*")


@cache
def _rate() -> re.Pattern[str]:
    rates = load_lexicon("quantities")["rates"]
    parts = []
    for unit in ("year", "month", "day"):
        words = any_of(phrase for phrase in rates[unit] if phrase[0].isalpha())
        signs = any_of(phrase for phrase in rates[unit] if not phrase[0].isalpha())
        parts.append(rf"(?P<{unit}>(?<![\w-])(?i:{words})(?!\w)|(?:{signs})(?!\w))")
    return re.compile("|".join(parts))


@cache
def _no_rate_in_front() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{any_of(load_lexicon('quantities')['rates']['not_after'])})\s+$")


@cache
def _no_rate_behind() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s-]+(?:{any_of(load_lexicon('quantities')['rates']['not_before'])})(?!\w)|['\u2019-])")


@cache
def _rate_in_front() -> re.Pattern[str]:
    rates = load_lexicon("quantities")["rates"]
    link = r"(?:\s+(?:of|is|was|at|to|totals?|totalling|averages?))?"
    nouns = rf"(?:\s+[a-z]+){{0,2}}?\s+(?:{any_of(rates['nouns'])})"
    adverb = r"(?:\s+[a-z]+(?:s|ed|ing)?)?"
    return re.compile(
        rf"(?<![\w-])(?P<adjective>(?i:{any_of(rates['adjectives'])}))(?:{nouns}{link}|,?{adverb}(?:\s+(?:of|to))?)\s+(?:an?\s+)?$"
    )
