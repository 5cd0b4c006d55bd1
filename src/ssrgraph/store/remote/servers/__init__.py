"""What is known of servers: one module for each kind, and how a server is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.store.remote.servers import oxigraph, standard, virtuoso

if TYPE_CHECKING:
    from ssrgraph.store.remote.servers.kind import Kind

KINDS: dict[str, Kind] = {each.name: each for each in (oxigraph.KIND, standard.KIND, virtuoso.KIND)}
"""The kinds of servers by their names."""


def kind_of(header: str) -> Kind:
    """Return the kind of a server that calls itself so in the header `Server` of its answers."""
    name = header.strip().partition("/")[0].lower()
    return KINDS.get(name, standard.KIND)
