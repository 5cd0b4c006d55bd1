"""The query page, and the pages of saved queries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ssrgraph.errors import QueryError
from ssrgraph.query.values import ParameterError, ValueType, bound, value_type
from ssrgraph.serve.pages import results
from ssrgraph.serve.pages.contexts import QueriesPage, QueryPage, SavedPage
from ssrgraph.serve.pages.names import Names, query_address
from ssrgraph.serve.pages.parts import Field, Link, SavedLine
from ssrgraph.serve.problems import Problem, unreadable
from ssrgraph.serve.querying import run_query
from ssrgraph.serve.saved_tasks import run_saved, saved_queries
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.query.catalogue import Parameter, SavedQuery
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.pages.parts import Results
    from ssrgraph.store import FinishedStore

_FIRST = """SELECT ?mission ?name
WHERE {
  ?mission a ssr:Mission ;
           skos:prefLabel ?name .
}
ORDER BY ?name
"""
_GROUPS = {
    "questions": ("Questions", "What analysts ask."),
    "tables": ("Fact tables", "The flat view of the graph: each row is a claim of a document, with its quote."),
    "federated": (
        "With Wikidata",
        "What also asks another endpoint, by SERVICE; this server must have been told that it may.",
    ),
    "checks": ("Checks", "What must not be: each row is a problem."),
}


def query_page(store: FinishedStore, job: Values) -> QueryPage:
    """Return the query page: empty, or with the answer to `text`, or with what is wrong with it."""
    text = job.get("text")
    if text is None:
        return _query_page(f"{_declared(_FIRST)}\n{_FIRST}", None, None)
    try:
        found, stable = _answer(store, text, job)
    except Problem as problem:
        return _query_page(text, None, problem)
    return replace(_query_page(text, found, None), is_stable=stable)


def _answer(store: FinishedStore, text: str, job: Values) -> tuple[Results, bool]:
    """Return what a query gives, and whether that is so as long as the store is the same."""
    more = {"default-graph-uri": job.get("default") or (), "named-graph-uri": job.get("named") or ()}
    extra = urlencode({name: values for name, values in more.items() if values}, doseq=True, quote_via=quote)
    tail = f"&{extra}" if extra else ""
    try:
        answer, stable = run_query(store, job)
        return results.shown(answer, Names(store), address=lambda name: f"{query_address(text, name)}{tail}"), stable
    except SyntaxError as error:
        raise unreadable("query-syntax", str(error)) from error
    except (RuntimeError, ValueError) as error:
        words = " ".join(str(error).split())
        raise Problem(400, "query-evaluation", f"The query cannot be evaluated: {words}") from error


def _query_page(text: str, found: Results | None, problem: Problem | None) -> QueryPage:
    line = problem.line if problem else None
    column = problem.column if problem else None
    saved = saved_queries()
    return QueryPage(
        query=text,
        results=found,
        problem=problem.detail if problem else "",
        line=line,
        column=column,
        excerpt=_excerpt(text, line, column),
        prefixes=_declared("".join(f"{name}: " for name in PREFIXES)),
        is_stable=problem is None,
        status=problem.status if problem else 200,
        examples=tuple(
            Link(text=each.title, href=_editor(each), about=each.question)
            for each in saved.values()
            if each.group == "questions"
        ),
    )


def _excerpt(text: str, line: int | None, column: int | None) -> tuple[str, str]:
    lines = text.splitlines()
    if line is None or column is None or not 0 < line <= len(lines):
        return "", ""
    there = lines[line - 1]
    return there[: column - 1], there[column - 1 :]


def _declared(text: str) -> str:
    """Return declarations of the usual prefixes that a text uses."""
    used = (f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"{name}:" in text)
    return "".join(used)


def _editor(query: SavedQuery, text: str = "") -> str:
    """Return the address of the query page with a saved query, its parameters at their defaults."""
    if not text:
        try:
            text = bound(query, {})
        except QueryError:
            text = query.text
    return f"/sparql?{urlencode({'query': f'{_declared(text)}{text}'}, quote_via=quote)}"


def queries_page(_store: FinishedStore, _job: Values) -> QueriesPage:
    """Return the list of saved queries."""
    saved = saved_queries()
    return QueriesPage(
        groups=tuple(
            (
                title,
                about,
                tuple(
                    SavedLine(
                        link=Link(text=each.title or each.name, href=f"/queries/{each.name}"),
                        question=each.question or each.more.get("problem", ""),
                    )
                    for each in saved.values()
                    if each.group == group
                ),
            )
            for group, (title, about) in _GROUPS.items()
        )
    )


def saved_page(store: FinishedStore, job: Values) -> SavedPage:
    """Return a saved query, `name`, with the answer for the values `given`.

    Raises:
        Problem: There is no such query.
    """
    query = saved_queries().get(job["name"])
    if query is None:
        raise Problem(404, "not-found", f"There is no saved query {job['name']}; /queries lists them.")
    # A form sends every field: one that was left empty is as if it had not been sent.
    given = {name: value for name, value in job["given"].items() if value != ""}
    found, problem, text, status, is_stable = None, "", query.text, 200, True
    try:
        text = bound(query, given)
        answer, is_stable = run_saved(store, query, given, job)
        found = results.shown(
            answer, Names(store), address=lambda name: _address(query, given, name), about=query.columns
        )
    except Problem as error:  # The query is told of all the same; it is this server that may not run it.
        problem = error.detail
    except (ParameterError, RuntimeError, OSError) as error:
        problem, status = " ".join(str(error).split()), 400 if isinstance(error, ParameterError) else 503
    return SavedPage(
        name=query.name,
        title=query.title or query.name,
        question=query.question or query.more.get("problem", ""),
        fields=tuple(_field(each, given) for each in query.parameters),
        status=status,
        is_stable=is_stable,
        results=found,
        problem=problem,
        text=query.text,
        more=tuple(query.more.items()),
        open_in_editor=_editor(query, text),
    )


def _address(query: SavedQuery, given: Mapping[str, str], name: str) -> str:
    """Return the address of the answer in a format."""
    return f"/queries/{query.name}?{urlencode({**given, 'format': name}, quote_via=quote)}"


def _field(parameter: Parameter, given: Mapping[str, str]) -> Field:
    default = (parameter.default or "").strip('"')
    return Field(
        name=parameter.name,
        label=parameter.name.replace("_", " ").capitalize(),
        about=parameter.about,
        value=given.get(parameter.name, default),
        is_number=value_type(parameter) is ValueType.NUMBER,
        is_required=parameter.default is None,
    )
