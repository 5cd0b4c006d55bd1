"""The graph of the ontology is read from the shipped files, the same each time."""

from __future__ import annotations

import pyoxigraph as ox

from ssrgraph.graph import Iris, ontology_quads
from ssrgraph.vocabulary import SCHEMES, Rdf, SsrClass, concept


def test_it_holds_ontology_schemes_and_alignments_in_one_graph():
    quads = ontology_quads(base="https://example.org/")
    assert {quad.graph_name for quad in quads} == {Iris("https://example.org/").graph("ontology")}
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert {SsrClass.CLAIM, concept("bound", "at_most"), "http://www.w3.org/ns/org#Organization"} <= subjects
    schemes = [
        quad for quad in quads if quad.predicate.value == Rdf.TYPE and quad.object.value.endswith("ConceptScheme")
    ]
    assert len(schemes) == len(SCHEMES)


def test_blank_nodes_have_the_same_names_each_time():
    assert [str(quad) for quad in ontology_quads()] == [str(quad) for quad in ontology_quads()]
