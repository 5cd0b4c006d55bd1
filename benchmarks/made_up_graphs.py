"""Made-up graphs in the shape of the project's own, with a small ontology: claims about organizations with parts."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        return list(self.triples(size))

    def triples(self, size: int) -> Iterator[Triple]:
        """Yield the triples of the graph."""
        chance = random.Random(1)  # noqa: S311
        count = n = 0
        for some in self._beginning():
            yield from some
            count += len(some)
        while count < size:
            some = self._claim(f"claim/{n}", chance)
            yield from some
            count += len(some)
            n += 1

    def _beginning(self) -> Iterator[list[Triple]]:
        """Yield the ontology, then the organizations."""
        yield [quad.triple for quad in parse(SCHEMA.encode(), format=RdfFormat.TURTLE)]
        organizations = [self._organization(n) for n in range(self._count)]
        for n, one in enumerate(organizations):
            yield [Triple(one, TYPE, name("Organization" if n % 16 else "Country"))]
            if n % 16:
                yield [Triple(one, name("part"), organizations[n - n % 4 if n % 4 else n - n % 16])]

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
