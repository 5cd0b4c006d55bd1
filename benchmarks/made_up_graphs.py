"""Made-up graphs in the shape of the project's own, with a small ontology: claims about organizations with parts."""

from __future__ import annotations

import random

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

NAMESPACE = "http://example.org/"
SCHEMA = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Claim a owl:Class . :Agent a owl:Class .
:FundingClaim a owl:Class ; rdfs:subClassOf :Claim ; owl:disjointWith :Agent .
:Organization a owl:Class ; rdfs:subClassOf :Agent . :Country a owl:Class ; rdfs:subClassOf :Organization .
:funder a owl:ObjectProperty ; rdfs:domain :FundingClaim ; rdfs:range :Agent ; owl:inverseOf :funderOf .
:recipient a owl:ObjectProperty ; rdfs:domain :Claim ; rdfs:range :Agent ; owl:inverseOf :recipientOf .
:amount a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain :FundingClaim ; rdfs:range xsd:decimal .
:part a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:subPropertyOf :related ; owl:inverseOf :hasPart .
:attributed a owl:ObjectProperty ; owl:propertyChainAxiom (:funder :part) .
:assists a owl:ObjectProperty ; owl:propertyChainAxiom (:funderOf :recipient) .
[] a owl:Restriction ; owl:onProperty :funderOf ; owl:someValuesFrom :FundingClaim ; rdfs:subClassOf :Donor .
"""
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def name(text: str) -> NamedNode:
    """Return an IRI of the made-up graph."""
    return NamedNode(NAMESPACE + text)


class Claims:
    """A graph of about so many triples, and documents that may be added to it."""

    def __init__(self, size: int) -> None:
        self._count = max(16, size // 30)

    def graph(self, size: int) -> list[Triple]:
        """Return the graph; the same in every run."""
        chance = random.Random(1)  # noqa: S311
        found = [quad.triple for quad in parse(SCHEMA.encode(), format=RdfFormat.TURTLE)]
        organizations = [self._organization(n) for n in range(self._count)]
        for n, one in enumerate(organizations):
            found.append(Triple(one, TYPE, name("Country" if n % 16 == 0 else "Organization")))
            if n % 16:
                found.append(Triple(one, name("part"), organizations[n - n % 4 if n % 4 else n - n % 16]))
        n = 0
        while len(found) < size:
            found += self._claim(f"claim/{n}", chance)
            n += 1
        return found

    def document(self, number: int) -> list[Triple]:
        """Return 200 triples of a document more; the same in every run."""
        chance = random.Random(number)  # noqa: S311
        return [one for n in range(40) for one in self._claim(f"document/{number}/claim/{n}", chance)]

    @staticmethod
    def _organization(n: int) -> NamedNode:
        return name(f"organization/{n}")

    def _claim(self, path: str, chance: random.Random) -> list[Triple]:
        claim = name(path)
        return [
            Triple(claim, TYPE, name("FundingClaim")),
            Triple(claim, name("funder"), self._organization(chance.randrange(self._count))),
            Triple(claim, name("recipient"), self._organization(chance.randrange(self._count))),
            Triple(claim, name("amount"), Literal(str(chance.randrange(10**6)), datatype=DECIMAL)),
            Triple(claim, name("currency"), Literal("USD")),
        ]
