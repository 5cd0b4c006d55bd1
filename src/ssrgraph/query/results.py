"""What a query yields, written in a format of the W3C by pyoxigraph's own serializers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from ssrgraph.errors import QueryError
from ssrgraph.query.syntax import write_triples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, NamedNode, QueryTriples, Triple

ROW_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""How the rows of SELECT and the answer of ASK can be written, besides `table`."""

GRAPH_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
"""How the graph of CONSTRUCT and DESCRIBE can be written."""

_NUMBERS = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in (
        *("decimal", "integer", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


def write(answer: QuerySolutions | QueryTriples | QueryBoolean, name: str) -> bytes:
    """Write an answer in the format of this name.

    Raises:
        QueryError: The format is for the other kind of answer.
    """
    if isinstance(answer, QuerySolutions | QueryBoolean):
        if name not in ROW_FORMATS:
            raise QueryError(name, f"this query yields rows; choose table, {', '.join(ROW_FORMATS)}")
        return answer.serialize(format=ROW_FORMATS[name]) or b""
    if name not in GRAPH_FORMATS:
        raise QueryError(name, f"this query yields a graph; choose {', '.join(GRAPH_FORMATS)}")
    return write_triples(answer, GRAPH_FORMATS[name])


def plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    """Return a term as a person writes it in a cell: a number without exponent, an IRI without brackets.

    >>> plain(Literal(1.25e9)), plain(Literal("Iraq", language="en")), plain(None)
    ('1250000000', 'Iraq', '')
    """
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS:
        return _plain_number(term.value)
    return str(getattr(term, "value", term))


def is_number(term: object) -> bool:
    """Say whether a term is a literal of a numeric datatype."""
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def rows(answer: QuerySolutions) -> Iterable[tuple[str, ...]]:
    """Yield the rows of an answer as plain cells."""
    width = len(answer.variables)
    for solution in answer:
        yield tuple(plain(solution[index]) for index in range(width))


def _plain_number(lexical: str) -> str:
    try:
        number = Decimal(lexical)
    except InvalidOperation:
        return lexical
    if not number.is_finite():
        return lexical
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number:f}".rstrip("0")
