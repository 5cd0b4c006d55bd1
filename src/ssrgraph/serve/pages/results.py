"""What a query gave, as a table and, where the columns allow it, as a plot."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from ssrgraph.query.results import is_number, plain
from ssrgraph.serve.pages.maps import map_of_rows, map_of_triples
from ssrgraph.serve.pages.parts import Cell, Link, Results
from ssrgraph.serve.pages.plots import bar_plot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyoxigraph import BlankNode, QueryTriples, Triple

    from ssrgraph.serve.pages.names import Names
    from ssrgraph.serve.pages.plots import BarPlot

    Term = NamedNode | BlankNode | Literal | Triple | None
    Row = tuple[Term, ...]

MOST = 1_000
"""How many rows a page shows; a download has all."""
_ROWS = (("JSON", "json"), ("CSV", "csv"), ("TSV", "tsv"), ("XML", "xml"))
_GRAPHS = (
    ("Turtle", "turtle"),
    ("JSON-LD", "jsonld"),
    ("N-Triples", "ntriples"),
    ("RDF/XML", "rdfxml"),
    ("TriG", "trig"),
    ("N-Quads", "nquads"),
)
_UNPLOTTED = frozenset({"start", "end", "confidence", "from", "to", "year", "line", "hedged"})
"""Columns whose figures are no amounts."""
_UNNAMED = frozenset(
    {"document", "claim", "currency", "bound", "status", "modality", "per", "quote", "passage", "words", "attributed"}
)
"""Columns that do not say what a figure is of."""
_PLOTTED = 20


def shown(
    answer: QuerySolutions | QueryTriples | QueryBoolean,
    names: Names,
    *,
    address: Callable[[str], str],
    about: Mapping[str, str] | None = None,
) -> Results:
    """Return what a query gave as a page shows it.

    Args:
        answer: The answer; no more of it is read than is shown.
        names: Labels for what stands in it.
        address: From the name of a format to the address of the answer in it.
        about: What the columns mean.
    """
    about = about or {}
    if isinstance(answer, QueryBoolean):
        return _results(
            boolean=bool(answer), downloads=tuple(Link(text=title, href=address(name)) for title, name in _ROWS[:1])
        )
    if isinstance(answer, QuerySolutions):
        columns = [each.value for each in answer.variables]
        coming = (tuple(solution[place] for place in range(len(columns))) for solution in answer)
        formats: tuple[tuple[str, str], ...] = _ROWS
    else:
        columns = ["subject", "property", "object"]
        coming = (tuple(triple) for triple in answer)
        formats = _GRAPHS
    rows: list[Row] = list(islice(coming, MOST + 1))
    cut, rows = len(rows) > MOST, rows[:MOST]
    numeric = [_is_numeric(rows, place) for place in range(len(columns))]
    plot, note = _plot(columns, rows, numeric, about)
    is_graph = formats is _GRAPHS
    return _results(
        columns=tuple((name.replace("_", " "), about.get(name, ""), numeric[at]) for at, name in enumerate(columns)),
        rows=tuple(
            tuple(_cell(columns[at], term, names, number=numeric[at]) for at, term in enumerate(row)) for row in rows
        ),
        is_cut=cut,
        plot=plot,
        plot_note=note,
        map=map_of_triples(rows, names) if is_graph else map_of_rows(columns, rows, names),
        downloads=tuple(Link(text=title, href=address(name)) for title, name in formats),
    )


def _results(**given: object) -> Results:
    empty = {
        "columns": (),
        "rows": (),
        "is_cut": False,
        "boolean": None,
        "plot": None,
        "plot_note": "",
        "map": None,
        "downloads": (),
    }
    return Results(**{**empty, **given})  # type: ignore[arg-type]


def _cell(column: str, term: Term, names: Names, *, number: bool) -> Cell:
    if term is None:
        return Cell(link=Link(text=""), is_number=number)
    link = names.link(term)
    if column == "document" and isinstance(term, Literal):
        href = names.href(f"{names.base}document/{term.value}")
        link = Link(text=term.value, href=href)
    return Cell(link=link, is_number=number)


def _is_numeric(rows: Sequence[Row], place: int) -> bool:
    values = [row[place] for row in rows if row[place] is not None]
    return bool(values) and all(is_number(value) for value in values)


def _plot(
    columns: Sequence[str], rows: Sequence[Row], numeric: Sequence[bool], about: Mapping[str, str]
) -> tuple[BarPlot | None, str]:
    """Return a plot of the first column of amounts; none where amounts in different units would be compared.

    A rate is left out: it is no amount.
    """
    amount = next((at for at, name in enumerate(columns) if numeric[at] and name not in _UNPLOTTED), None)
    labels = [at for at, name in enumerate(columns) if not numeric[at] and name not in _UNNAMED][:2]
    if amount is None or not labels or len(rows) < 2:  # noqa: PLR2004 -- one bar compares nothing
        return None, ""
    units = {plain(row[columns.index("currency")]) for row in rows} if "currency" in columns else {""}
    if len(units) != 1:
        return None, ""
    counted = [row for row in rows if "per" not in columns or row[columns.index("per")] is None]
    values = [
        (_label(row, labels), value, "")
        for row in counted
        if (value := _decimal(row[amount])) is not None and value >= 0
    ]
    if len(values) < 2:  # noqa: PLR2004
        return None, ""
    name = columns[amount].replace("_", " ")
    of = ", ".join(columns[at].replace("_", " ") for at in labels)
    plot = bar_plot("plot", f"{name.capitalize()} by {of}", values, unit=units.pop(), limit=_PLOTTED)
    told = about.get(columns[amount], "")
    notes = [f"{told[0].upper()}{told[1:]}." if told else "", "Rates are left out." if len(counted) < len(rows) else ""]
    return plot, " ".join(filter(None, notes))


def _label(row: Row, places: Sequence[int]) -> str:
    return ", ".join(text for at in places if (text := plain(row[at]))) or "not named"


def _decimal(term: Term) -> Decimal | None:
    if not is_number(term):
        return None
    try:
        value = Decimal(plain(term))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
