"""Literals and concepts: from the values of slots to RDF terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.vocabulary import Xsd, concept

if TYPE_CHECKING:
    from decimal import Decimal

_DECIMAL = NamedNode(Xsd.DECIMAL)
_INTEGER = NamedNode(Xsd.INTEGER)
_DATES = (
    (re.compile(r"\d{4}"), NamedNode(Xsd.G_YEAR)),
    (re.compile(r"\d{4}-\d\d"), NamedNode(Xsd.G_YEAR_MONTH)),
    (re.compile(r"\d{4}-\d\d-\d\d"), NamedNode(Xsd.DATE)),
)
_SCHEME_OF_SLOT = {
    "bound": "bound",
    "modality": "modality",
    "status": "status",
    "per": "per",
    "kind": "kind",
    "mandate": "mandate",
}


def date(value: str) -> Literal:
    """Return a year, month or day as a literal of its own datatype.

    >>> date("2018-10").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'

    Raises:
        ValueError: The value has none of the three forms.
    """
    for form, datatype in _DATES:
        if form.fullmatch(value):
            return Literal(value, datatype=datatype)
    message = f"no date of the form YYYY, YYYY-MM or YYYY-MM-DD: {value}"
    raise ValueError(message)


def number(value: Decimal) -> Literal:
    """Return a number in the shortest plain form, so that equal numbers are equal terms.

    >>> import decimal
    >>> number(decimal.Decimal("1.250E+9")).value
    '1250000000'
    """
    return Literal(format(value.normalize(), "f"), datatype=_DECIMAL)


def integer(value: int) -> Literal:
    """Return a whole number, such as an offset."""
    return Literal(str(value), datatype=_INTEGER)


def english(text: str) -> Literal:
    """Return a label in English."""
    return Literal(text, language="en")


def scheme_of(table: str, slot: str) -> str | None:
    """Return the SKOS scheme whose concepts fill a slot, or None: the measure of a result is a phrase."""
    if slot == "measure":
        return "measure" if table == "personnel" else None
    return _SCHEME_OF_SLOT.get(slot)


def concept_node(scheme: str, notation: str) -> NamedNode:
    """Return a concept of a SKOS scheme by its notation."""
    return NamedNode(concept(scheme, notation))
