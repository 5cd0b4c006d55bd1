"""From what was extracted to quads: IRIs, evidence, and which graph holds what. RDF begins here."""

from __future__ import annotations

from ssrgraph.graph.accounting import STATED, Evidence
from ssrgraph.graph.iris import Iris
from ssrgraph.graph.links import link_quads, links_in
from ssrgraph.graph.ontology import ontology_quads
from ssrgraph.graph.reference import reference_quads
from ssrgraph.graph.writing import document_quads

__all__ = [
    "STATED",
    "Evidence",
    "Iris",
    "document_quads",
    "link_quads",
    "links_in",
    "ontology_quads",
    "reference_quads",
]
