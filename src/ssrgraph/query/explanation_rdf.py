"""Explanations as RDF in the terms of PROV-O; every node has an IRI made from what it says."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.query.provenance import SourceKind
from ssrgraph.reasoning.proofs import ASSERTED
from ssrgraph.vocabulary import Dct, Oa, Prov, Rdf, Rdfs, Xsd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.query.explanations import Explanation
    from ssrgraph.query.provenance import Source
    from ssrgraph.query.terms import Term
    from ssrgraph.reasoning import Fact, Proof

_RULES = NamedNode("https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules")
_TYPE = NamedNode(Rdf.TYPE)


def as_triples(explanation: Explanation) -> Iterator[Triple]:
    """Yield an explanation in RDF, a triple perhaps more than once.

    Each fact is an `rdf:Statement`; each application of a rule a `prov:Activity` that used its premises and generated
    its conclusion; a given fact is derived from the words of a document, or from what else is its source. A blank
    node of the store has an IRI of its own here.
    """
    writer = _Writer(explanation)
    for proof in explanation.proofs:
        for node in proof.nodes():
            yield from writer.node(node)


class _Writer:
    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._base = explanation.base_iri

    def node(self, proof: Proof) -> Iterator[Triple]:
        if proof.conclusion is not None:
            yield from self._statement(proof.conclusion)
            for source in self._explanation.sources.get(proof.conclusion, ()):
                yield from self._source(self._name(proof.conclusion), source)
        if proof.rule == ASSERTED:
            return
        premises = [one.conclusion for one in proof.premises if one.conclusion]
        parts = [proof.rule, str(proof.conclusion), *map(str, premises)]
        activity = NamedNode(f"{self._base}inference/{_hash(*parts)}")
        yield Triple(activity, _TYPE, NamedNode(Prov.ACTIVITY))
        yield Triple(activity, NamedNode(Rdfs.LABEL), Literal(proof.rule))
        yield Triple(activity, NamedNode(Dct.CONFORMS_TO), _RULES)
        for one in premises:
            yield Triple(activity, NamedNode(Prov.USED), self._name(one))
        if proof.conclusion is not None:
            yield Triple(activity, NamedNode(Prov.GENERATED), self._name(proof.conclusion))
            yield Triple(self._name(proof.conclusion), NamedNode(Prov.WAS_GENERATED_BY), activity)

    def _name(self, fact: Fact) -> NamedNode:
        return NamedNode(f"{self._base}statement/{_hash(*map(str, fact))}")

    def _statement(self, fact: Fact) -> Iterator[Triple]:
        node = self._name(fact)
        yield Triple(node, _TYPE, NamedNode(Rdf.STATEMENT))
        yield Triple(node, _TYPE, NamedNode(Prov.ENTITY))
        for predicate, term in zip((Rdf.SUBJECT, Rdf.PREDICATE, Rdf.OBJECT), fact, strict=True):
            yield Triple(node, NamedNode(predicate), self._named(term))

    def _named(self, term: Term) -> NamedNode | Literal:
        return NamedNode(f"{self._base}.well-known/genid/{term.value}") if isinstance(term, BlankNode) else term

    def _source(self, node: NamedNode, source: Source) -> Iterator[Triple]:
        derived = NamedNode(Prov.WAS_DERIVED_FROM)
        yield Triple(node, derived, source.graph)
        if source.claim is not None:
            yield Triple(node, derived, source.claim)
        if source.words is not None:
            yield Triple(node, derived, source.words)
            yield from _quotation(source.words, source)
        elif source.name and source.kind is not SourceKind.GRAPH:
            yield Triple(node, NamedNode(Dct.SOURCE), Literal(source.name))


def _quotation(words: NamedNode, source: Source) -> Iterator[Triple]:
    document, _, part = words.value.partition("#char=")
    quote, position = (NamedNode(f"{document}#{name}={part}") for name in ("quote", "position"))
    yield Triple(words, _TYPE, NamedNode(Oa.SPECIFIC_RESOURCE))
    yield Triple(words, NamedNode(Oa.HAS_SOURCE), NamedNode(document))
    yield Triple(words, NamedNode(Oa.HAS_SELECTOR), quote)
    yield Triple(words, NamedNode(Oa.HAS_SELECTOR), position)
    yield Triple(quote, _TYPE, NamedNode(Oa.TEXT_QUOTE_SELECTOR))
    yield Triple(quote, NamedNode(Oa.EXACT), Literal(source.quote))
    yield Triple(position, _TYPE, NamedNode(Oa.TEXT_POSITION_SELECTOR))
    for name, offset in ((Oa.START, source.start), (Oa.END, source.end)):
        if offset is not None:
            yield Triple(position, NamedNode(name), Literal(str(offset), datatype=NamedNode(Xsd.INTEGER)))


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
