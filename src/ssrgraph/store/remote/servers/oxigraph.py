"""The server of Oxigraph (`oxigraph serve`).

Every update request is a transaction: done whole or not at all, and others see the data before it or after it.
"""

from __future__ import annotations

from ssrgraph.store.remote.servers.kind import Kind

KIND = Kind(
    name="oxigraph",
    query="/query",
    update="/update",
    graphs="/store",
    atomic=True,
    exact=True,
    # A graph stays when its last triple is gone; to look at one triple of each takes no walk over all of them.
    names="SELECT ?g { GRAPH ?g { } FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }",
    largest=8_000_000,
)
