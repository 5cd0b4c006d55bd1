"""The start page: what is inside, in figures that lead on to what they are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import QuerySolutions

from ssrgraph.graph import Iris
from ssrgraph.query.results import plain
from ssrgraph.query.running import run
from ssrgraph.serve.pages import figures
from ssrgraph.serve.pages.contexts import StartPage
from ssrgraph.serve.pages.parts import DocumentLine, Figure, Link, SavedLine
from ssrgraph.serve.pages.plots import bar_plot
from ssrgraph.serve.pages.reading import TITLES, Reader
from ssrgraph.serve.saved_tasks import saved_queries
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore

    Record = dict[str, str]

_DOCUMENTS = 50
_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?node) AS ?n) {
  VALUES ?class { ssr:FundingClaim ssr:PersonnelClaim ssr:EquipmentClaim ssr:ResultClaim org:Membership
                  ssr:Mission ssr:Agreement schema:Event }
  ?node a ?class
} GROUP BY ?class
"""
_TABLES = {
    "FundingClaim": "funding",
    "PersonnelClaim": "personnel",
    "EquipmentClaim": "equipment",
    "ResultClaim": "results",
    "Membership": "roles",
    "Mission": "missions",
    "Agreement": "agreements",
    "Event": "events",
}
_NOTE_CLAIMS = "Claims are what documents say, not facts."
_NOTE_SUMS = (
    "Sums of claims in one currency. Documents may claim the same money twice, and running totals are claims too."
)
_NOTE_PEOPLE = "Each bar adds up claims of people trained; a range counts with its lower end, a rate is left out."


def start_page(store: FinishedStore, job: Values) -> StartPage:
    """Return the start page; `version` of the job is what the state of the store is called."""
    reader = Reader(store)
    saved = saved_queries()
    documents = _rows(store, saved["documents"])
    counts = _counts(store)
    return StartPage(
        counts=(_counted("documents", "documents", len(documents)), *_claims_counted(counts)),
        figures=tuple(_figures(store, saved, counts)),
        documents=tuple(_line(reader, row) for row in documents[:_DOCUMENTS]),
        more_documents=max(0, len(documents) - _DOCUMENTS),
        questions=tuple(
            SavedLine(link=Link(text=each.title, href=f"/queries/{each.name}"), question=each.question)
            for each in saved.values()
            if each.group == "questions"
        ),
        version=job["shown_version"],
    )


def _claims_counted(counts: dict[str, int]) -> Iterable[tuple[Link, str]]:
    for table, name in _COUNTED.items():
        if counts.get(table):
            yield _counted(name, table, counts[table])


def _counted(name: str, query: str, count: int) -> tuple[Link, str]:
    return Link(text=name, href=f"/queries/{query}"), figures.number(str(count))


_COUNTED = {
    "funding": "claims of money",
    "personnel": "claims of people",
    "equipment": "claims of equipment",
    "results": "claims of results",
    "roles": "posts",
    "missions": "missions",
    "agreements": "agreements",
    "events": "events",
}


def _counts(store: FinishedStore) -> dict[str, int]:
    answer = store.query(_COUNTS, prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 -- the text above is a SELECT
    found = {}
    for solution in answer:
        name = str(getattr(solution["class"], "value", ""))
        table = next((table for end, table in _TABLES.items() if name.endswith((f"#{end}", f"/{end}"))), "")
        found[table] = int(plain(solution["n"]))
    return found


def _line(reader: Reader, row: Record) -> DocumentLine:
    node = Iris(reader.names.base).document(row["document"])
    return DocumentLine(
        link=Link(text=" ".join(row["title"].split()) or reader.names.label(node), href=reader.names.href(node.value)),
        publisher=row["publisher"],
        date=figures.date(row["date"]),
        claims=int(row["claims"]),
        entities=int(row["entities"]),
    )


def _figures(store: FinishedStore, saved: Mapping[str, SavedQuery], counts: dict[str, int]) -> Iterable[Figure]:
    plotted = ("funding", "personnel", "equipment", "results", "roles")
    kinds = [(TITLES[table], Decimal(counts[table])) for table in plotted if counts.get(table)]
    if kinds:
        yield _figure(_Told("claims", "Claims by kind", "Kind", _NOTE_CLAIMS, "document-claims"), kinds)
    money = _rows(store, saved["funding-by-programme-year"])
    sums = [row for row in money if row["amount_min"] and not row["per"]]
    for currency in _most_frequent(row["currency"] for row in sums)[:1]:
        mine = [row for row in sums if row["currency"] == currency]
        years = _added(mine, _year, "amount_min", order=lambda one: one[0])
        yield _figure(_Told("years", "Money by year", "Year", _NOTE_SUMS, "funding-by-programme-year"), years, currency)
        programmes = _added(mine, lambda row: row["programme"] or "no programme named", "amount_min")
        told = _Told("programmes", "Money by programme", "Programme", _NOTE_SUMS, "funding-by-programme-year")
        yield _figure(told, programmes, currency)
    people = [row for row in _rows(store, saved["trained-by-trainer"]) if not row["per"]]
    people = [{**row, "people": row["value"] or row["value_min"]} for row in people]
    trained = _added((row for row in people if row["people"]), _trainer, "people")
    if trained:
        told = _Told("people", "People trained by trainer", "Trainer", _NOTE_PEOPLE, "trained-by-trainer")
        yield _figure(told, trained)


def _year(row: Record) -> str:
    return row["from"][:4] or row["to"][:4] or "no year"


def _trainer(row: Record) -> str:
    trainer = row["trainer"].replace(";", ", ") or "trainer not named"
    return f"{trainer} (planned)" if row["status"] == "planned" else trainer


def _most_frequent(values: Iterable[str]) -> list[str]:
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return sorted(counted, key=lambda value: (-counted[value], value))


def _added(
    rows: Iterable[Record],
    by: Callable[[Record], str],
    column: str,
    *,
    order: Callable[[tuple[str, Decimal]], object] = lambda one: (-one[1], one[0]),
) -> list[tuple[str, Decimal]]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[by(row)] = sums.get(by(row), Decimal(0)) + Decimal(row[column])
    return sorted(sums.items(), key=order)  # type: ignore[arg-type]


class _Told(NamedTuple):
    """What is told of a figure.

    Attributes:
        name: Its id within the page.
        title: What it shows.
        head: What its bars stand for.
        note: What must be known to read it rightly.
        query: The saved query that gives it.
    """

    name: str
    title: str
    head: str
    note: str
    query: str


def _figure(told: _Told, values: list[tuple[str, Decimal]], unit: str = "") -> Figure:
    return Figure(
        plot=bar_plot(told.name, told.title, [(label, value, "") for label, value in values], unit=unit),
        headings=(told.head, unit or "Number"),
        rows=tuple(
            (Link(text=label), Link(text=figures.number(str(value)), is_number=True)) for label, value in values
        ),
        note=told.note,
        source=Link(text="the saved query", href=f"/queries/{told.query}"),
    )


def _rows(store: FinishedStore, query: SavedQuery) -> list[Record]:
    """Return the rows of a saved query, cells as plain text."""
    answer = run(store, query)
    assert isinstance(answer, QuerySolutions)  # noqa: S101 -- saved queries are SELECT
    columns = [each.value for each in answer.variables]
    return [{name: plain(solution[name]) for name in columns} for solution in answer]
