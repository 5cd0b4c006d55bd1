"""Currencies in text: what stands in front of and behind a number, and which dollar a document means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = ""
"""Stands for a currency that the words leave open, such as "kroner" without a country."""

_MILLION = 1_000_000
_SPACE = r"[ \t\u00a0\u202f\u2009]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrencyWord:
    """A currency as it stands beside a number.

    Attributes:
        end: Offset behind it.
        code: ISO 4217 code, `UNKNOWN` where the words leave it open.
    """

    end: int
    code: str


def currency_in_front(text: str, start: int, *, dollar: str = "USD") -> CurrencyWord | None:
    """Return the symbol or code that stands at `start` in front of a number ("US$ 5", "EUR5").

    Its `end` is where the number begins.
    """
    match = _in_front().match(text, start)
    if match is None:
        return None
    return CurrencyWord(end=match.end(), code=_codes_of_symbols(dollar)[_folded(match["sign"])])


def currency_behind(text: str, end: int, *, scale: int = 1, dollar: str = "USD") -> CurrencyWord | None:
    """Return the symbol, code or words that stand at `end` behind a number ("5 €", "5 million Swiss francs").

    Args:
        text: The text.
        end: Offset behind the number and its scale.
        scale: What the number was multiplied by: "pounds" are money only in millions.
        dollar: Currency of a dollar that names no country.
    """
    match = _behind().match(text, end)
    if match is None:
        return None
    if match["bracketed"]:
        return CurrencyWord(end=match.end(), code=match["bracketed"])
    if match["sign"]:
        return CurrencyWord(end=match.end(), code=_codes_of_symbols(dollar)[_folded(match["sign"])])
    if scale == 1 and re.match(r"-[a-z]", text[match.end() : match.end() + 2]):
        return None  # "eight Yuan-class submarines"
    name = " ".join(match["name"].lower().replace("-", " ").split())
    code = _codes_of_names().get(name)
    if name in load_lexicon("currencies")["bare"]["dollar_nouns"]:
        code = dollar
    elif code is None:
        code = load_lexicon("currencies")["bare"]["with_scale"].get(name) if scale >= _MILLION else None
    return None if code is None else CurrencyWord(end=match.end(), code=code)


def default_dollar(text: str) -> str:
    """Return the currency that "$" means in this text: USD unless the text says otherwise.

    >>> default_dollar("All figures are in Canadian dollars unless noted.")
    'CAD'
    """
    match = _dollar_statement().search(text)
    if match is None:
        return "USD"
    return match["code"] or _codes_of_names()[" ".join(match["name"].lower().split())]


def dollar_of_state(state: str) -> str | None:
    """Return the dollar of a state by its ISO 3166-1 code, or None where it has none of its own.

    >>> dollar_of_state("NZ")
    'NZD'
    """
    rows = load_lexicon("currencies")["currency"]
    return next((row["code"] for row in rows if "dollars" in row["nouns"] and row["code"][:2] == state), None)


def code_within(words: str) -> str | None:
    """Return the first code of a currency in the head of a column, those that are words only in brackets.

    >>> code_within("EU contribution (EUR)")
    'EUR'
    >>> code_within("TOTAL, ALL YEARS"), code_within("Approved (GEL)")
    (None, 'GEL')
    """
    found = _codes().search(words)
    return found[0] if found is not None else None


def shared_codes(words: str) -> tuple[str, ...]:
    """Return the codes that the sign or noun of a sum may stand for, where several states use it; else nothing.

    >>> shared_codes("30 million lei")
    ('RON', 'MDL')
    """
    table = load_lexicon("currencies")
    cfa, signs, nouns = _shared()
    if cfa.search(words) is not None:
        return tuple(table["shared"]["states"])
    sign = signs.match(words)
    if sign is not None:
        return tuple(table["shared"]["signs"][sign[1]])
    named = nouns.search(words)
    if named is None or _codes_of_names().get(" ".join(words.lower().split()[-2:])):
        return ()  # "Jordanian dinars" are those of one state
    codes = tuple(row["code"] for row in table["currency"] if named[0].lower() in row["nouns"])
    return codes if "USD" not in codes and len(codes) > 1 else ()


@cache
def _shared() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the CFA franc, of signs in front of a number, and of nouns at the end."""
    table = load_lexicon("currencies")
    names = {noun: UNKNOWN for row in table["currency"] for noun in row["nouns"]}
    return (
        re.compile(rf"(?<!\w){any_of(table['shared']['cfa'])}(?!\w)"),
        re.compile(rf"(?:\D*[^\w$£¥.])?({any_of(table['shared']['signs'])})(?={_SPACE}?\d)"),
        re.compile(rf"(?<!\w)(?i:{any_of(names)})$"),
    )


def states_of(code: str) -> tuple[str, ...]:
    """Return the ISO 3166-1 codes of the states whose money a currency is."""
    return tuple(load_lexicon("currencies")["shared"]["states"].get(code, [code[:2]]))


def symbols() -> str:
    """Return a regular expression for all signs and codes that stand in front of a number."""
    rows = load_lexicon("currencies")["currency"]
    signs = [symbol for row in rows for symbol in row["symbols"]]
    codes = [row["code"] for row in rows]
    with_sign = [f"{code} {sign}" for code in codes for sign in ("$", "€", "£")]
    bare = load_lexicon("currencies")["bare"]
    doubtful = rf"(?:{any_of(bare['signs_with_scale'])})(?=\d[\d.,]{{0,12}}[ -]?(?:million|billion|m|mn|bn)(?!\w))"
    plain = [*signs, *codes, *with_sign, *bare["dollar_symbols"], *bare["ambiguous_symbols"]]
    return rf"{any_of(plain)}|{doubtful}"


@cache
def _in_front() -> re.Pattern[str]:
    # A sign that ends in a letter is one only in front of digits: "Rs 500", not "RM officers".
    return re.compile(rf"(?P<sign>{symbols()}){_SPACE}?(?=[\d~])")


@cache
def _codes() -> re.Pattern[str]:
    table = load_lexicon("currencies")
    words = set(table["bare"]["not_behind"])
    codes = [row["code"] for row in table["currency"]]
    plain = any_of(code for code in codes if code not in words)
    return re.compile(rf"(?<!\w)(?:{plain})(?!\w)|(?<=\()(?:{any_of(codes)})(?=\))")


@cache
def _behind() -> re.Pattern[str]:
    table = load_lexicon("currencies")
    hidden = set(table["bare"]["not_behind"])
    signs = [symbol for row in table["currency"] for symbol in row["symbols"] if not symbol[-1].isascii()]
    codes = [row["code"] for row in table["currency"] if row["code"] not in hidden]
    names = [*_codes_of_names(), *table["bare"]["dollar_nouns"], *table["bare"]["with_scale"]]
    words = any_of(names).replace(r"\s+", r"[\s-]")
    return re.compile(
        rf"{_SPACE}\((?P<bracketed>{any_of(codes)})\)"  # "$4 billion (CAD)"
        rf"|{_SPACE}?(?P<sign>{any_of(signs)}|(?:{any_of(codes)}|US\$)(?![\w-]))"
        rf"|(?:[\s-]|{_SPACE}of\s)(?P<name>(?i:{words}))(?![\w])"
    )


@cache
def _codes_of_symbols(dollar: str) -> Mapping[str, str]:
    table = load_lexicon("currencies")
    codes = {symbol: row["code"] for row in table["currency"] for symbol in row["symbols"]}
    codes |= {row["code"]: row["code"] for row in table["currency"]}
    codes |= {f"{row['code']} {sign}": row["code"] for row in table["currency"] for sign in ("$", "€", "£")}
    codes |= dict.fromkeys(table["bare"]["ambiguous_symbols"], UNKNOWN)
    codes |= table["bare"]["signs_with_scale"] | dict.fromkeys(table["bare"]["dollar_symbols"], dollar)
    return MappingProxyType({_folded(sign): code for sign, code in codes.items()})


@cache
def _codes_of_names() -> Mapping[str, str]:
    """Return the code of each currency by its names in lower case, with and without its adjective."""
    table = load_lexicon("currencies")
    codes = {noun.lower(): UNKNOWN for noun in table["bare"]["ambiguous_nouns"]}
    for row in table["currency"]:
        codes |= {noun.lower(): row["code"] for noun in row["alone"]}
        codes |= {
            f"{adjective} {noun}".lower(): row["code"] for adjective in row["adjectives"] for noun in row["nouns"]
        }
    return MappingProxyType(codes)


@cache
def _dollar_statement() -> re.Pattern[str]:
    table = load_lexicon("currencies")["currency"]
    names = [f"{adjective} dollars" for row in table if "dollars" in row["nouns"] for adjective in row["adjectives"]]
    codes = any_of(row["code"] for row in table if "dollars" in row["nouns"])
    subject = r"(?:(?:figures?|amounts?|sums?|values?|prices?|costs?|dollars?)(?!\w)|[\"\u201c']?\$[\"\u201d']?)"
    verb = r"(?:are|is|refers?\s+to|denotes?|means?|expressed|stated|given|reported|quoted|shown)"
    # No digit may stand between: "$5 million, or 7 million in Australian dollars" says nothing of the other sums.
    return re.compile(
        rf"(?<!\w)(?i:{subject})(?:[^.\n;$\d]{{0,60}}?\s(?i:{verb}))?\s+(?i:(?:{verb}\s+)?(?:(?:in|as|to)\s+)?)"
        rf"(?:(?P<code>{codes})(?!\w)|(?P<name>(?i:{any_of(names)}))(?!\w))"
    )


def _folded(sign: str) -> str:
    return " ".join(sign.replace("\u00a0", " ").split())
