"""Values for the parameters of a query, put in as terms of SPARQL and never as bare text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.errors import QueryError
from ssrgraph.store.clauses import IRI, NO_CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?\d*\.\d+")

_TOKENS = re.compile(
    rf"""
      {IRI} | {NO_CODE}
    | (?P<mark>[?$]) (?P<name>\w+)  # VAR1, VAR2
    """,
    re.VERBOSE | re.DOTALL,
)


def term(value: str, *, text: bool = False) -> NamedNode | Literal:
    """Read a value as a person writes it: `<IRI>`, a whole or decimal number, or else a string.

    Args:
        value: The value; a string may stand in double quotes.
        text: Read what looks like a number as a string.

    Raises:
        ValueError: What stands between the angle brackets is no IRI.

    >>> print(term("<http://example.org/a>"), term("7"), term("7", text=True))
    <http://example.org/a> "7"^^<http://www.w3.org/2001/XMLSchema#integer> "7"
    """
    if value.startswith("<") and value.endswith(">"):
        return NamedNode(value[1:-1])
    if len(value) > 1 and value[0] == value[-1] == '"':
        return Literal(value[1:-1])
    if not text and _INTEGER.fullmatch(value):
        return Literal(value, datatype=NamedNode(f"{_XSD}integer"))
    if not text and _DECIMAL.fullmatch(value):
        return Literal(value, datatype=NamedNode(f"{_XSD}decimal"))
    return Literal(value)


def variables(query: str) -> frozenset[str]:
    """Return the names of the variables that stand in a query, outside strings and comments."""
    return frozenset(match["name"] for match in _TOKENS.finditer(query) if match["name"])


def bind(query: str, values: Mapping[str, NamedNode | Literal]) -> str:
    r"""Put a term in the place of each variable that has a value.

    A parameter written `$name` in the query is put in there only, so that `?name` may be a column of the same name;
    if the query writes it `?name` throughout, each place counts.

    Raises:
        QueryError: The query has no such variable.

    >>> bind('SELECT * { ?s ?p $o }', {"o": Literal('say "so"')})
    'SELECT * { ?s ?p "say \\"so\\"" }'
    """
    present = [(match["name"], match["mark"]) for match in _TOKENS.finditer(query) if match["name"]]
    names = {name for name, _ in present}
    for name in values:
        if name not in names:
            raise QueryError(name, "the query has no parameter or variable of this name")
    marked = {name for name, mark in present if mark == "$"}

    def put_in(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in values or (match["mark"] == "?" and name in marked):
            return match[0]
        value = values[name]
        if isinstance(value, Literal) and value.datatype.value == f"{_XSD}integer":
            return value.value  # As it must stand behind LIMIT.
        return str(value)

    return _TOKENS.sub(put_in, query)
