"""In what servers differ, as far as it matters here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pyoxigraph import NamedNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of server.

    Attributes:
        name: Its name, as `SSRGRAPH_SERVER` and the header `Server` have it.
        query: Where its query service is, from the address on.
        update: Where its update service is.
        graphs: Where its Graph Store service is.
        merge: The graph that holds the merge of the others; None for the default graph.
        atomic: Whether one update request is done whole or not at all, and seen so by others.
        exact: Whether it gives back every literal as it was given.
        digest: Whether it wants user and password by HTTP Digest.
        loads: Whether triples are added by the Graph Store service, for want of updates that can hold enough.
        names: A query for the names `?g` of the graphs that hold a triple; "" if it takes too long.
        largest: How many bytes of triples one update request may hold.
        page: How many rows of an answer are asked for at a time; None: all.
        short: From the headers of an answer to what is wrong with it, "" if it is all of the answer.
        unfinished: The same of an answer that is no page of it either.
        mended: From results in JSON to results in JSON as the standard has them.
        dataset: From a query to what the protocol is told of its dataset, so that its default graph is the merge.
        is_trusted: Whether it is known to answer such a query as the standard says; others are answered from a copy.
    """

    name: str
    query: str = ""
    update: str = ""
    graphs: str = ""
    merge: NamedNode | None = None
    atomic: bool = False
    exact: bool = False
    digest: bool = False
    loads: bool = False
    names: str = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    largest: int = 2_000_000
    page: int | None = None
    short: Callable[[Mapping[str, str]], str] = lambda _headers: ""
    unfinished: Callable[[Mapping[str, str]], str] = lambda _headers: ""
    mended: Callable[[bytes], bytes] = lambda content: content
    dataset: Callable[[str], Mapping[str, Sequence[str]]] = lambda _query: {}
    is_trusted: Callable[[str], bool] = lambda _query: True
