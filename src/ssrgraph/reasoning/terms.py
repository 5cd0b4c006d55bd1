"""The names of RDF, RDFS and OWL that reasoning gives a meaning to, as constants of plain strings."""

from __future__ import annotations

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARIES = (RDF, RDFS, OWL, XSD)
"""Namespaces whose own terms need no explanation in a result."""

TYPE = RDF + "type"
SAME_AS = OWL + "sameAs"
THING = OWL + "Thing"
NOTHING = OWL + "Nothing"

REFLEXIVE = frozenset(
    {
        SAME_AS,
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
    }
)
"""Relations that every term, class or property has to itself."""

UNIVERSAL = frozenset({THING, RDFS + "Resource"})
"""Classes that everything belongs to."""
