"""In what servers differ, as far as it matters here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        names: The query for the names `?g` of the graphs that hold a triple.
        largest: How many bytes of triples one update request may hold.
    """

    name: str
    query: str = ""
    update: str = ""
    graphs: str = ""
    merge: NamedNode | None = None
    atomic: bool = False
    names: str = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    largest: int = 2_000_000
