"""The links of a graph as an SSSOM file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities import sssom
from ssrgraph.entities.model import EntityKind
from ssrgraph.graph import Iris, links_in
from ssrgraph.vocabulary import BASE, PREFIXES, SCHEMES, WIKIDATA

if TYPE_CHECKING:
    from ssrgraph.store import Store

_LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"


def export(store: Store) -> bytes:
    """Write the links that a store holds, with the IRIs that its entities have there."""
    base = store.info.base_iri
    links = links_in(store.triples(Iris(base).graph("links")), base=base, under=base)
    kinds = {kind: f"{base}id/{kind}/" for kind in (*map(str, EntityKind), "currency")}
    prefixes = {**kinds, **{name: PREFIXES[name] for name in (*SCHEMES, "ssr")}, "wd": WIKIDATA}
    ends = [end for link in links for end in (link.subject, link.object)]
    used = {name: iri for name, iri in prefixes.items() if any(end.startswith(iri) for end in ends)}
    about = {
        "mapping_set_id": f"{base}links",
        "mapping_set_title": "Links of a graph of security-sector assistance",
        "license": _LICENSE,
        **({} if base == BASE else {"comment": f"The entities are those of {base}"}),
    }
    return sssom.write(links, prefixes=used, about=about).encode()
