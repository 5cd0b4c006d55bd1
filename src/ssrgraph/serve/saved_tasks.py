"""The task behind `/queries/{name}`: answer a saved query, with what was made ahead or by running it."""

from __future__ import annotations

from functools import cache
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import QueryBoolean, QuerySolutions

from ssrgraph.query import catalogue, parameters, prepared
from ssrgraph.query.values import terms
from ssrgraph.resources import shipped
from ssrgraph.serve.formats import GRAPHS, ROWS, media_types
from ssrgraph.serve.guard import guard
from ssrgraph.serve.problems import not_acceptable
from ssrgraph.serve.querying import ROW_WRITERS, write_statements
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QueryTriples

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import Store


@cache
def saved_queries() -> Mapping[str, SavedQuery]:
    """Return the saved queries; they are read once in the life of a process."""
    return catalogue.load(shipped("queries"))


def run_saved(
    store: Store, query: SavedQuery, given: Mapping[str, str], job: Values
) -> tuple[QuerySolutions | QueryBoolean | QueryTriples, bool]:
    """Return what a saved query yields, made ahead or now, and whether it is so as long as the store is the same.

    What the query may do is looked up with its values put in: one of them may be the address of a `SERVICE`.

    Raises:
        ParameterError: There is no such parameter, it lacks a value, or cannot take this one.
        Problem: It may not be run here.
    """
    values = terms(query, given)
    guarded = guard(parameters.bind(query.text, values), hosts=job["hosts"], nesting=job["nesting"])
    if guarded.refusal is not None:
        raise guarded.refusal
    made = prepared.answer(store, query, values) if guarded.is_stable else None
    return made or store.query(guarded.text, prefixes=PREFIXES), guarded.is_stable


def answer_saved(store: Store, job: Values, out: Output) -> None:
    """Answer the saved query `name` with the values `given`; `rows` and `graph` are as for any query.

    Raises:
        Problem: It may not be run here, or the client accepts nothing that it yields.
    """
    answer, is_stable = run_saved(store, saved_queries()[job["name"]], job["given"], job)
    is_graph = not isinstance(answer, QuerySolutions | QueryBoolean)
    name = job["graph" if is_graph else "rows"]
    if name is None:
        raise not_acceptable(media_types(GRAPHS if is_graph else ROWS))
    if isinstance(answer, QuerySolutions | QueryBoolean):
        out.head(format=name, kind="rows", stable=is_stable)
        answer.serialize(cast("IO[bytes]", out), ROW_WRITERS[name])
    else:
        out.head(format=name, kind="graph", stable=is_stable)
        write_statements(answer, name, out)
