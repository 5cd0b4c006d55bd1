"""`ssrgraph stats`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import click
from pyoxigraph import QuerySolutions

from ssrgraph.cli import options, output
from ssrgraph.query.facts import as_json
from ssrgraph.query.results import rows
from ssrgraph.store import open_store
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from ssrgraph.store import FinishedStore

_NAMES = {"document": "documents", "inferred": "what was derived"}
_LISTED = 8
"""So many names are shown in a cell of the table."""


@click.command("stats", short_help="Say what a store holds.")
@click.option(
    "--rejected", is_flag=True, help="Instead, count the candidates that were not believed: stats --rejected."
)
@options.format_option("table", "json", default="table", example="json")
@options.store_option
def command(*, rejected: bool, format_: str, store: str) -> None:
    """Say what a store holds.

    Documents, triples by graph, and the ratio of evidence to what is asserted. With --rejected: how many candidates
    were not believed, by fact table and reason; as JSON, each with its words.

    \b
    Example:
      ssrgraph stats
      ssrgraph stats --rejected --format json
    """
    with open_store(store) as opened:
        if rejected:
            _show_rejected(_rejected(opened), format_)
            return
        figures = _figures(opened)
    if format_ == "json":
        output.emit(as_json(figures))
    else:
        output.show_table(("", ""), [(name, _cell(value)) for name, value in figures.items()])


def _figures(store: FinishedStore) -> dict[str, object]:
    base = f"{store.info.base_iri}graph/"
    counts: Counter[str] = Counter()
    for graph in store.graphs():
        counts[graph.value.removeprefix(base).partition("/")[0]] += store.count(graph)
    asserted = counts["document"]
    state = store.info.state
    documents = state.get("documents")
    return {
        "store": store.address,
        "version": store.info.version,
        "base IRI": store.info.base_iri,
        "reasoner": state.get("reasoner"),
        "language model": state.get("model"),
        "triples": store.count(),
        **{f"triples in {_NAMES.get(name, name)}": number for name, number in sorted(counts.items())},
        "evidence triples per asserted triple": round(counts["evidence"] / asserted, 2) if asserted else None,
        "rejected candidates": sum(len(item["rejected"]) for item in _rejected(store)),
        **_links(store),
        "violations": state.get("violations"),
        "warnings": state.get("warnings"),
        "documents": list(documents) if isinstance(documents, dict) else [],
    }


_LINKED = """
SELECT (COUNT(DISTINCT ?one) AS ?all) (COUNT(DISTINCT ?linked) AS ?with) {
  ?document schema:mentions ?one
  OPTIONAL { GRAPH ?links { ?one skos:exactMatch ?other } BIND (?one AS ?linked) }
}"""


def _links(store: FinishedStore) -> dict[str, object]:
    """Count the entities that documents name, with and without a link to what they are elsewhere."""
    found = store.query(_LINKED, prefixes=PREFIXES)
    ((every, linked),) = rows(found) if isinstance(found, QuerySolutions) else (("0", "0"),)
    return {"linked entities": int(linked), "unlinked entities": int(every) - int(linked)}


def _rejected(store: FinishedStore) -> list[dict[str, list[dict[str, str]]]]:
    names = (name for name in store.files() if name.startswith("rejected-"))
    return sorted((json.loads(store.read_file(name)) for name in names), key=lambda item: str(item["document"]))


def _show_rejected(found: list[dict[str, list[dict[str, str]]]], format_: str) -> None:
    if format_ == "json":
        output.emit(as_json(found))
        return
    reasons = Counter((row["table"], row["reason"]) for item in found for row in item["rejected"])
    rows = [(table, reason, f"{number:,}") for (table, reason), number in sorted(reasons.items())]
    output.show_table(("table", "reason", "candidates"), rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        shown = ", ".join(map(str, value[:_LISTED]))
        more = len(value) - _LISTED
        return f"{shown} and {more:,} more (all of them: --format json)" if more > 0 else shown
    return f"{value:,}" if isinstance(value, int) else str(value)
