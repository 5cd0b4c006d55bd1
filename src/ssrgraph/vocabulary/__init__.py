"""Every IRI that the project uses, by namespace, as plain strings; the lowest layer, without any RDF library.

The classes are string enumerations, so that a term is a string wherever one is wanted and a misspelt term fails at
once. `SsrClass` and `Ssr` hold exactly the terms that `ontology/ssr.ttl` declares; a test compares the two.
"""

from __future__ import annotations

from ssrgraph.vocabulary.namespaces import BASE, ONTOLOGY, PREFIXES, SCHEME, SCHEMES, WIKIDATA
from ssrgraph.vocabulary.own import SLOTS, Ssr, SsrClass, concept
from ssrgraph.vocabulary.standards import (
    FORMATS,
    Dc,
    Dcat,
    Dct,
    Foaf,
    Np,
    Oa,
    Org,
    OrgClass,
    Owl,
    Pav,
    Prov,
    Rdf,
    Rdfs,
    Schema,
    Sd,
    Semapv,
    Skos,
    Spdx,
    Sssom,
    Void,
    Xsd,
)

__all__ = [
    "BASE",
    "FORMATS",
    "ONTOLOGY",
    "PREFIXES",
    "SCHEME",
    "SCHEMES",
    "SLOTS",
    "WIKIDATA",
    "Dc",
    "Dcat",
    "Dct",
    "Foaf",
    "Np",
    "Oa",
    "Org",
    "OrgClass",
    "Owl",
    "Pav",
    "Prov",
    "Rdf",
    "Rdfs",
    "Schema",
    "Sd",
    "Semapv",
    "Skos",
    "Spdx",
    "Ssr",
    "SsrClass",
    "Sssom",
    "Void",
    "Xsd",
    "concept",
]
