"""Namespaces and prefixes."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/ssrgraph/"
"""Where resources live unless a build is given a base of its own."""
ONTOLOGY: Final = "https://w3id.org/ssrgraph/ontology"
SCHEME: Final = "https://w3id.org/ssrgraph/scheme/"
SSR: Final = ONTOLOGY + "#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ORG: Final = "http://www.w3.org/ns/org#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
DCT: Final = "http://purl.org/dc/terms/"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
SPDX: Final = "http://spdx.org/rdf/terms#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMAT: Final = "http://www.w3.org/ns/formats/"
TIME: Final = "http://www.w3.org/2006/time#"
PAV: Final = "http://purl.org/pav/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
SSSOM: Final = "https://w3id.org/sssom/"
WIKIDATA: Final = "http://www.wikidata.org/entity/"
"""What the IRIs of Wikidata's items and properties begin with."""
WIKIDATA_DIRECT: Final = "http://www.wikidata.org/prop/direct/"

SCHEMES: Final = ("bound", "kind", "mandate", "materiel", "measure", "modality", "per", "status")
"""The SKOS schemes of `ontology/schemes`, by file name."""

PREFIXES: Final[dict[str, str]] = {
    "ssr": SSR,
    **{name: f"{SCHEME}{name}#" for name in SCHEMES},
    "dc": DC,
    "dcat": DCAT,
    "dct": DCT,
    "foaf": FOAF,
    "np": NP,
    "npx": NPX,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "semapv": SEMAPV,
    "skos": SKOS,
    "spdx": SPDX,
    "sssom": SSSOM,
    "time": TIME,
    "void": VOID,
    "wd": WIKIDATA,
    "wdt": WIKIDATA_DIRECT,
    "xsd": XSD,
}
"""The usual prefixes, for files that people read and for queries."""
