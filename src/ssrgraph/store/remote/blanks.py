"""Blank nodes on their way to a server and back.

A blank node has a name only within one request, so that one that stands in several graphs would come apart. On the
server it is an IRI that nobody else uses (RDF 1.1 Concepts, 3.5, Replacing Blank Nodes with IRIs).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

if TYPE_CHECKING:
    from pyoxigraph import Literal

    Term = NamedNode | BlankNode | Literal | Triple

GENID = "https://w3id.org/.well-known/genid/ssrgraph/"
_NODE = re.compile(rf"<{re.escape(GENID)}([^<>]+)>")


def named(term: Term) -> Term:
    """Return what stands for a term on a server."""
    if isinstance(term, BlankNode):
        return NamedNode(GENID + term.value)
    if isinstance(term, Triple):
        return Triple(named(term.subject), term.predicate, named(term.object))  # type: ignore[arg-type]
    return term


def blank(term: Term) -> Term:
    """Return the term that a server's term stands for."""
    if isinstance(term, NamedNode) and term.value.startswith(GENID):
        return BlankNode(term.value[len(GENID) :])
    return term


def blank_text(text: bytes) -> bytes:
    """Return N-Triples, as a server writes them, with blank nodes for what stands for them."""
    if GENID.encode() not in text:
        return text
    return _NODE.sub(r"_:\1", text.decode()).encode()
