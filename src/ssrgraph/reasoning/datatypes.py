"""The values that literals denote, for the datatypes of OWL 2 RL.

Two literals are the same if they denote the same value: `"1"^^xsd:integer` and `"01.0"^^xsd:decimal` are. The value
spaces of numbers (decimal and all derived from it), `float`, `double`, strings, dates and so on have no value in
common. A literal of a datatype that is not listed denotes what only an equal literal denotes.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from ssrgraph.reasoning.terms import RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN")
_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_DAY = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?P<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)(?P<fraction>\.[0-9]+)?"
_DATE_TIME = re.compile(f"{_DAY}T{_CLOCK}{_ZONE}?")
_DATE = re.compile(f"{_DAY}{_ZONE}?")
_TIME = re.compile(f"{_CLOCK}{_ZONE}?")
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_CHARACTER = _NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_NO_NUMBERS: Final = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
_STRINGS: Final = {
    "normalizedString": re.compile(r"[^\t\n\r]*"),
    "token": re.compile(r"([^\t\n\r ]+( [^\t\n\r ]+)*)?"),
    "language": re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
    "Name": re.compile(f"[:{_NAME_START}][:{_NAME_CHARACTER}]*"),
    "NCName": re.compile(f"[{_NAME_START}][{_NAME_CHARACTER}]*"),
    "NMTOKEN": re.compile(f"[:{_NAME_CHARACTER}]+"),
}
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "nonPositiveInteger": (None, 0),
    "positiveInteger": (1, None),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a literal denotes: a member of one of the primitive value spaces.

    Attributes:
        space: The value space: `decimal`, `string`, `dateTime` and so on.
        key: The value, equal for equal values of a space.
    """

    space: str
    key: object


def value(literal: Literal) -> Value | None:
    """Return what a literal denotes, or None if it is ill-typed.

    >>> from pyoxigraph import Literal, NamedNode
    >>> value(Literal("01", datatype=NamedNode(XSD + "integer")))
    Value(space='decimal', key=Decimal('1'))
    """
    if literal.language:
        return Value("langString", (literal.value, literal.language.lower()))
    datatype = literal.datatype.value
    name = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    if name in _RANGES:
        found = _of_integer(literal.value)
        return found if found is not None and has(datatype, found) else None
    if name in _STRINGS:
        return Value("string", literal.value) if _STRINGS[name].fullmatch(literal.value) else None
    reader = _READERS.get(datatype)
    return Value(datatype, literal.value) if reader is None else reader(literal.value)


def plainest(denoted: Value) -> str:
    """Return the literal, as N-Triples, that writes a value in the plainest way; another for every other value.

    >>> plainest(Value("decimal", Decimal("0.50")))
    '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    key, space = denoted.key, denoted.space
    if space == "string":
        return str(Literal(str(key)))
    if space == "langString" and isinstance(key, tuple):
        return f"{Literal(key[0])}@{key[1]}"
    if isinstance(key, Decimal):
        return _plainest_number(key)
    vocabulary = RDF if space == "XMLLiteral" else "" if ":" in space else XSD
    return str(Literal(_plainest_form(space, key), datatype=NamedNode(vocabulary + space)))


def _plainest_form(space: str, key: object) -> str:
    match key:
        case bytes():
            return base64.b64encode(key).decode()
        case bool():
            return str(key).lower()
        case (*day, _, zone) if space == "date":
            return f"{'-'.join(map(str, day))}{zone}"
        case (*day, clock, fraction, zone):
            return f"{'-'.join(map(str, day))}{'T' if day else ''}{clock}{fraction}{zone}"
        case _:
            text = str(key)
            return _NO_NUMBERS.get(text, text) if space in {"float", "double"} else text


def _plainest_number(number: Decimal) -> str:
    whole, _, rest = format(number, "f").partition(".")
    rest = rest.rstrip("0")
    if rest:
        return f'"{whole}.{rest}"^^<{XSD}decimal>'
    return f'"{"0" if number == 0 else whole}"^^<{XSD}integer>'


def has(datatype: str, denoted: Value) -> bool:
    """Say whether the value space of a datatype has a value; a datatype that is not known may have any."""
    if datatype == RDFS + "Literal" or datatype not in DATATYPES:
        return True
    if datatype == RDF + "PlainLiteral":
        return denoted.space in {"string", "langString"}
    name = datatype.removeprefix(XSD)
    if name in _RANGES:
        low, high = _RANGES[name]
        number = denoted.key
        return (
            denoted.space == "decimal"
            and isinstance(number, Decimal)
            and number == number.to_integral_value()
            and (low is None or number >= low)
            and (high is None or number <= high)
        )
    if name in _STRINGS:
        return denoted.space == "string" and bool(_STRINGS[name].fullmatch(str(denoted.key)))
    if name == "dateTimeStamp":
        return denoted.space == "dateTime" and isinstance(denoted.key, tuple) and bool(denoted.key[-1])
    return denoted.space == _SPACES.get(datatype, name)


def _of_integer(text: str) -> Value | None:
    return Value("decimal", Decimal(text)) if _INTEGER.fullmatch(text) else None


def _of_decimal(text: str) -> Value | None:
    return Value("decimal", Decimal(text)) if _DECIMAL.fullmatch(text) else None


def _of_float(space: str) -> Callable[[str], Value | None]:
    def read(text: str) -> Value | None:
        if not _FLOAT.fullmatch(text):
            return None
        number = float(text.replace("INF", "inf"))
        if space == "float" and abs(number) <= 3.4028235677973366e38:  # noqa: PLR2004  # the largest that rounds to a float
            number = struct.unpack("f", struct.pack("f", number))[0]
        # -0 and 0 are two values, NaN is one: the sign and the text tell them apart.
        return Value(space, repr(number))

    return read


def _of_boolean(text: str) -> Value | None:
    return Value("boolean", text in {"true", "1"}) if text in {"true", "false", "1", "0"} else None


def _of_string(text: str) -> Value | None:
    return Value("string", text)


def _of_plain(text: str) -> Value | None:
    words, at, language = text.rpartition("@")
    if not at:
        return None
    return Value("langString", (words, language.lower())) if language else Value("string", words)


def _of_hex(text: str) -> Value | None:
    return Value("hexBinary", text.upper()) if re.fullmatch(r"([0-9a-fA-F]{2})*", text) else None


def _of_base64(text: str) -> Value | None:
    try:
        return Value("base64Binary", base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return None


def _of_moment(pattern: re.Pattern[str], space: str, *, zone: bool = False) -> Callable[[str], Value | None]:
    def read(text: str) -> Value | None:
        found = pattern.fullmatch(text)
        if not found:
            return None
        parts = found.groupdict()
        if zone and not parts["zone"]:
            return None
        fraction = (parts.pop("fraction", None) or "").rstrip("0").rstrip(".")
        offset = parts.pop("zone") or ""
        if "day" in parts and int(parts["day"]) > _days(int(parts["year"]), int(parts["month"])):
            return None
        return Value(space, (*parts.values(), fraction, "Z" if offset in {"+00:00", "-00:00"} else offset))

    return read


def _days(year: int, month: int) -> int:
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _of_iri(text: str) -> Value | None:
    return Value("anyURI", text)


def _of_markup(text: str) -> Value | None:
    return Value("XMLLiteral", text)


_READERS: dict[str, Callable[[str], Value | None]] = {
    XSD + "decimal": _of_decimal,
    XSD + "float": _of_float("float"),
    XSD + "double": _of_float("double"),
    XSD + "boolean": _of_boolean,
    XSD + "string": _of_string,
    XSD + "hexBinary": _of_hex,
    XSD + "base64Binary": _of_base64,
    XSD + "anyURI": _of_iri,
    XSD + "dateTime": _of_moment(_DATE_TIME, "dateTime"),
    XSD + "dateTimeStamp": _of_moment(_DATE_TIME, "dateTime", zone=True),
    XSD + "date": _of_moment(_DATE, "date"),
    XSD + "time": _of_moment(_TIME, "time"),
    RDF + "PlainLiteral": _of_plain,
    RDF + "XMLLiteral": _of_markup,
}
_SPACES = {RDF + "XMLLiteral": "XMLLiteral", RDF + "langString": "langString"}

DATATYPES: frozenset[str] = frozenset(
    {
        RDFS + "Literal",
        RDF + "langString",
        *_READERS,
        *(XSD + name for name in _RANGES),
        *(XSD + name for name in _STRINGS),
    }
)
"""The datatypes of OWL 2 RL (OWL 2 Profiles, section 4.2), and `rdf:langString` of RDF 1.1."""
