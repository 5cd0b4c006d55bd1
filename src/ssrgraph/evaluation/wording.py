"""When two names, phrases, numbers, dates or quotes count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UNITED_STATES = {"us", "usa"}
_RANKS = {
    "maj": "major",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "brig": "brigadier",
    "sgt": "sergeant",
    "adm": "admiral",
    "cdr": "commander",
    "cmdr": "commander",
    "amb": "ambassador",
    "doctor": "dr",
    "mister": "mr",
}
_NUMERALS = {
    "zero": 0.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "eleven": 11.0,
    "twelve": 12.0,
}
_APOSTROPHES = "[\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`\N{ACUTE ACCENT}]"
_HALF = 0.5


def fold(text: str | None) -> str:
    """Return a text with its white space folded to single spaces."""
    return " ".join((text or "").split())


def words(name: str) -> list[str]:
    """Return the words of a name as they are compared.

    >>> words("the U.S. Army's 1,000 Émigrés")
    ['united', 'states', 'army', '1000', 'emigres']
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(_APOSTROPHES, "'", plain).replace("&", " and ")
    plain = re.sub(r"'s\b", "", plain)
    plain = re.sub(r"(?<=\d),(?=\d)", "", plain)
    plain = re.sub("['.]", "", plain)
    found = re.findall(r"\w+", plain)
    while len(found) > 1 and found[0] == "the":
        found = found[1:]
    spelled = [part for word in found for part in (("united", "states") if word in _UNITED_STATES else (word,))]
    if spelled[:4] == ["united", "states", "of", "america"]:
        del spelled[2:4]
    return spelled


def same_name(left: str, right: str) -> bool:
    """Say whether two names have the same words, in whatever order.

    >>> same_name("Iraq's Army", "the Army, Iraq"), same_name("Iraq", "Iran")
    (True, False)
    """
    one, other = words(left), words(right)
    return bool(one) and set(one) == set(other)


def same_phrase(left: str, right: str) -> bool:
    """Say whether two phrases share half of their words."""
    one, other = Counter(words(left)), Counter(words(right))
    shared = (one & other).total()
    return shared > 0 and 2 * shared / (one.total() + other.total()) >= _HALF


def same_title(left: str, right: str) -> bool:
    """Say whether two titles are the same, abbreviated or not.

    >>> same_title("Maj. Gen.", "Major General")
    True
    """
    return _ranks(left) == _ranks(right)


def _ranks(title: str) -> list[str]:
    return [_RANKS.get(word, word) for word in words(title)]


def parts(joined: str) -> list[str]:
    """Return the parts of a list joined by `;`."""
    return [part.strip() for part in joined.split(";") if part.strip()]


def same_set(left: str, right: str) -> bool:
    """Say whether two lists joined by `;` have the same members."""
    return {tuple(words(part)) for part in parts(left)} == {tuple(words(part)) for part in parts(right)}


def same_names(accepted: Iterable[Sequence[str]], joined: str) -> bool:
    """Say whether each accepted name stands once in a list joined by `;`, and nothing else."""
    left = parts(joined)
    wanted = list(accepted)
    if len(left) != len(wanted):
        return False
    for forms in wanted:
        hit = next((part for part in left if any(same_name(form, part) for form in forms)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def same_date(left: str, right: str) -> bool:
    """Say whether one date is a beginning of the other."""
    return left.startswith(right) or right.startswith(left)


def number(text: str | None) -> float | None:
    """Return a number, or None where there is none.

    >>> number("1,250"), number("many"), number("")
    (1250.0, None, None)
    """
    try:
        return float((text or "").replace(",", "").strip())
    except ValueError:
        return None


def same_number(left: str | None, right: str | None, *, tolerance: float = 1e-9) -> bool:
    """Say whether both are missing, or both are there and differ at most by the tolerance."""
    one, other = number(left), number(right)
    if one is None or other is None:
        return one is other
    return one == other or abs(one - other) <= tolerance * max(1, abs(one))


def quotes_meet(left: str, right: str, text: str | None = None) -> bool:
    """Say whether two quotes speak of the same place.

    One lies within the other, they share a number, or they overlap somewhere in the text (white space folded).
    """
    one, other = fold(left), fold(right)
    if not one or not other:
        return False
    if one in other or other in one or _numbers(one) & _numbers(other):
        return True
    return bool(text) and any(
        a < d and c < b for a, b in _places(one, text or "") for c, d in _places(other, text or "")
    )


def _numbers(quote: str) -> set[float]:
    plain = quote.casefold()
    digits = {float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", plain)}
    return digits | {_NUMERALS[word] for word in re.findall("[a-z]+", plain) if word in _NUMERALS}


def _places(quote: str, text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(re.escape(quote), text)]
