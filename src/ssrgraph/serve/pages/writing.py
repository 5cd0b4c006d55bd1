"""The task behind every page: it reads the store and writes HTML, in a process of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ssrgraph.serve.pages.rendering import render

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore

VIEWS = {
    "start": "overview:start_page",
    "resource": "resources:resource_page",
    "explain": "explaining:explain_page",
    "search": "searching:search_page",
    "sparql": "asking:query_page",
    "queries": "asking:queries_page",
    "saved": "asking:saved_page",
    "vocabulary": "vocabularies:vocabulary_page",
    "nanopub": "nanopubs:nanopub_page",
    "sign-in": "linking:sign_in_page",
    "links": "linking:links_page",
    "candidates": "linking:candidates_page",
}
"""Each page with the function that gives its context, as `module:name` within this package."""

RECORDS = {"explain": "explaining:write_explanation", "neighbours": "neighbours:write_neighbours"}
"""What is written as JSON, with the function that writes it."""


def write_page(store: FinishedStore, job: Values, out: Output) -> None:
    """Write the page `view` of a job."""
    context = _function(VIEWS[job["view"]])(store, job)
    page = render(context, has_review=job["has_review"])
    status = getattr(context, "status", 200)
    stable = status == 200 and getattr(context, "is_stable", True)  # noqa: PLR2004
    out.head(format="html", kind="page", stable=stable, status=status)
    out.write(page)


def write_record(store: FinishedStore, job: Values, out: Output) -> None:
    """Write the record `view` of a job as JSON."""
    record = _function(RECORDS[job["view"]])(store, job)
    out.head(format="json", kind="record", stable=True)
    out.write(record)


def _function(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- each has a context or record of its own
    module, _, function = name.partition(":")
    return getattr(import_module(f"ssrgraph.serve.pages.{module}"), function)
