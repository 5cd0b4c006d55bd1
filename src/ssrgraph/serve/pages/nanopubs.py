"""The page of a nanopublication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat

from ssrgraph.query.syntax import prefixes_with, write_quads
from ssrgraph.serve.formats import DATASETS
from ssrgraph.serve.nanopub_tasks import nanopublication
from ssrgraph.serve.pages.contexts import NanopubPage
from ssrgraph.serve.pages.names import Names
from ssrgraph.serve.pages.parts import Link
from ssrgraph.vocabulary import Dct, Np, Oa, Prov

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore

_SHOWN = {
    "claim": Np.INTRODUCES,
    "document": Prov.HAD_PRIMARY_SOURCE,
    "words": Oa.EXACT,
    "made": Dct.CREATED,
    "licence": Dct.LICENSE,
    "published by": Dct.CREATOR,
}


def nanopub_page(store: FinishedStore, job: Values) -> NanopubPage:
    """Return the page of the nanopublication at `path`.

    Raises:
        Problem: There is none of this name.
    """
    this, quads = nanopublication(store, job)
    names = Names(store)
    return NanopubPage(
        iri=this.value,
        told=tuple(
            (name, _link(store, names, term))
            for name, predicate in _SHOWN.items()
            for term in dict.fromkeys(quad.object for quad in quads if quad.predicate.value == predicate)
        ),
        text=write_quads(quads, RdfFormat.TRIG, prefixes=prefixes_with(store.info.base_iri)).decode(),
        data=tuple(Link(text=each.name, href=f"/{job['path']}.{each.ending}") for each in DATASETS.values()),
    )


def _link(store: FinishedStore, names: Names, term: object) -> Link:
    """Return what is meant, leading to its page if the store still knows it."""
    if not isinstance(term, NamedNode):
        return Link(text=term.value if isinstance(term, Literal) else str(term))
    if not term.value.startswith(names.base):
        is_address = term.value.startswith(("http://", "https://"))
        return Link(text=term.value, href=term.value if is_address else "", is_outside=True)
    is_known = any(True for _ in store.match(term, None, None))
    return Link(text=names.label(term) if is_known else term.value, href=names.href(term.value) if is_known else "")
