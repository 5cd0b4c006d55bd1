"""The task behind `/queries/{name}`: answer a saved query."""

from __future__ import annotations

from functools import cache
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import QueryBoolean, QuerySolutions

from ssrgraph.query import catalogue
from ssrgraph.query.values import bound
from ssrgraph.resources import shipped
from ssrgraph.serve.formats import GRAPHS, ROWS, media_types
from ssrgraph.serve.guard import guard
from ssrgraph.serve.problems import not_acceptable
from ssrgraph.serve.querying import ROW_WRITERS, write_statements
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import Store


@cache
def saved_queries() -> Mapping[str, SavedQuery]:
    """Return the saved queries; they are read once in the life of a process."""
    return catalogue.load(shipped("queries"))


def answer_saved(store: Store, job: Values, out: Output) -> None:
    """Run the saved query `name` with the values `given`; `rows` and `graph` are as for any query.

    What the query may do is looked up with its values put in: one of them may be the address of a `SERVICE`.

    Raises:
        Problem: It may not be run here, or the client accepts nothing that it yields.
    """
    query = saved_queries()[job["name"]]
    guarded = guard(bound(query, job["given"]), hosts=job["hosts"], nesting=job["nesting"])
    if guarded.refusal is not None:
        raise guarded.refusal
    answer = store.query(guarded.text, prefixes=PREFIXES)
    is_graph = not isinstance(answer, QuerySolutions | QueryBoolean)
    name = job["graph" if is_graph else "rows"]
    if name is None:
        raise not_acceptable(media_types(GRAPHS if is_graph else ROWS))
    if isinstance(answer, QuerySolutions | QueryBoolean):
        out.head(format=name, kind="rows", stable=guarded.is_stable)
        answer.serialize(cast("IO[bytes]", out), ROW_WRITERS[name])
    else:
        out.head(format=name, kind="graph", stable=guarded.is_stable)
        write_statements(answer, name, out)
