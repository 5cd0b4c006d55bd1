"""Whether two answers say the same: rows and graphs up to the names of blank nodes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal, InvalidOperation

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

ROW_FORMATS = {
    ".srx": (QueryResultsFormat.XML, "application/sparql-results+xml"),
    ".srj": (QueryResultsFormat.JSON, "application/sparql-results+json"),
    ".tsv": (QueryResultsFormat.TSV, "text/tab-separated-values"),
}
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
FLOATS = {"double", "float"}
NUMBERS = FLOATS | {"decimal", "integer", "boolean"}
_KIND = "tag:kind:"


def canonical(quads):
    """Return quads as a set in which blank nodes have names that depend on what they are only."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def same_graphs(ours, theirs):
    """Say whether two sets of triples are the same graph."""
    return canonical(Quad(*each) for each in ours) == canonical(Quad(*each) for each in theirs)


def rows_of(content, format_):
    """Return an answer: a truth value, or its variables and rows, numbers by their value."""
    found = parse_query_results(content, format=format_)
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = sorted(variable.value for variable in found.variables)
    return names, [tuple(by_value(row[name]) for name in names) for row in found]


def rows_of_graph(triples):
    """Return an answer that is written as a graph, in the vocabulary of result sets."""
    values = {}
    for each in triples:
        values.setdefault((each.subject, each.predicate.value.removeprefix(RS)), []).append(each.object)
    (result,) = {subject for subject, name in values if name == "resultVariable"}
    names = sorted(each.value for each in values[result, "resultVariable"])
    rows = []
    for solution in values.get((result, "solution"), []):
        bindings = values.get((solution, "binding"), [])
        row = {values[each, "variable"][0].value: values[each, "value"][0] for each in bindings}
        rows.append(tuple(by_value(row.get(name)) for name in names))
    return names, rows


def by_value(term):
    """Return a number or truth value in one of its spellings: which one a result has is not laid down."""
    if not isinstance(term, Literal) or term.datatype.value.removeprefix(XSD) not in NUMBERS:
        return term
    if term.datatype.value == f"{XSD}boolean":
        return Literal({"0": "false", "1": "true"}.get(term.value, term.value), datatype=term.datatype)
    try:
        number = float(term.value) if term.datatype.value.removeprefix(XSD) in FLOATS else Decimal(term.value)
    except (ValueError, InvalidOperation):
        return term
    plain = repr(number) if isinstance(number, float) else format(number.normalize(), "f")
    return Literal(plain, datatype=term.datatype)


def same_rows(ours, theirs, *, ordered=False):
    """Say whether two answers are the same, rows counted; in the same order only where that is asked for."""
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if ours[0] != theirs[0] or len(ours[1]) != len(theirs[1]):
        return False
    if not _has_blank(ours[1]) and not _has_blank(theirs[1]):
        return ours[1] == theirs[1] if ordered else Counter(map(str, ours[1])) == Counter(map(str, theirs[1]))
    return canonical(_as_quads(ours, ordered=ordered)) == canonical(_as_quads(theirs, ordered=ordered))


def same_csv(ours, theirs):
    """Say whether two tables in CSV have the same rows, whatever blank nodes are called."""

    def table(content):
        head, *cells = csv.reader(io.StringIO(content.decode(), newline=""))
        columns = sorted(range(len(head)), key=head.__getitem__)  # SELECT * does not lay their order down.
        head, rows = sorted(head), [[row[place] for place in columns] for row in cells]
        names = {}
        plain = [tuple(re.sub(r"^_:.*", "_:", cell) for cell in row) for row in rows]
        blank = [[names.setdefault(cell, len(names)) for cell in row if cell.startswith("_:")] for row in rows]
        return head, Counter(plain), len(names), Counter(len(each) for each in blank)

    return table(ours) == table(theirs)


def _has_blank(rows):
    return any(isinstance(term, BlankNode) for row in rows for term in row)


def _as_quads(answer, *, ordered):
    names, rows = answer
    for place, row in enumerate(rows):
        node = BlankNode()
        yield Quad(node, NamedNode(_KIND + "place"), Literal(place if ordered else 0))
        for name, term in zip(names, row, strict=True):
            if isinstance(term, Triple):
                raise TypeError(term)
            if term is not None:
                yield Quad(node, NamedNode(_KIND + name), term)
