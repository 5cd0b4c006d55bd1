"""SHACL by pySHACL: the only module of `validation` that knows rdflib. Nothing is fetched from a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import NamespaceManager

from ssrgraph.validation.model import ShapeViolation
from ssrgraph.validation.reach import SH as _SH
from ssrgraph.validation.reach import SUB_CLASS_OF
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Iterable


def violations(data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> list[ShapeViolation]:
    """Validate data against shapes (SHACL Core) and return the results, sorted.

    Only triples that the shapes can see are handed to pySHACL: those whose predicate the shapes name, types and the
    class hierarchy. Shapes that are closed see every triple.
    """
    shapes = list(shapes)
    seen = {one.object.value for one in shapes if isinstance(one.object, ox.NamedNode)} | {Rdf.TYPE, SUB_CLASS_OF}
    closed = any(one.predicate.value == _SH + "closed" for one in shapes)
    data_graph = _graph(one for one in data if closed or one.predicate.value in seen)
    _, results, _ = pyshacl.validate(
        data_graph,
        shacl_graph=_graph(shapes),
        inference="none",
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
        inplace=True,
    )
    if not isinstance(results, rdflib.Graph):
        raise TypeError(results)
    found = [_violation(results, node) for node in results.objects(None, rdflib.URIRef(_SH + "result"))]
    return sorted(found, key=lambda one: (str(one.focus), one.path, one.constraint, str(one.value), one.message))


def _violation(results: rdflib.Graph, node: rdflib.term.Node) -> ShapeViolation:
    def one(name: str) -> rdflib.term.Node | None:
        return next(iter(sorted(results.objects(node, rdflib.URIRef(_SH + name)), key=str)), None)

    focus, path, value = one("focusNode"), one("resultPath"), one("value")
    return ShapeViolation(
        focus=_term(focus) if focus is not None else ox.Literal(""),
        path=str(path) if isinstance(path, rdflib.URIRef) else "",
        value=None if value is None else _term(value),
        constraint=str(one("sourceConstraintComponent") or "").removeprefix(_SH),
        severity=str(one("resultSeverity") or "").removeprefix(_SH),
        message=" ".join(str(one("resultMessage") or "").split()),
    )


def _graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return the triples as an rdflib graph; serializing is quicker than turning over each term in Python."""
    graph = rdflib.Graph()
    graph.namespace_manager = _FullNames(graph)
    graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt11")
    return graph


class _FullNames(NamespaceManager):
    """Writes names in full: pySHACL puts many into messages that nobody reads, and prefixes take ever more time."""

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 - as rdflib calls them
        return f"<{rdfTerm}>"


def _term(node: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match node:
        case rdflib.URIRef():
            return ox.NamedNode(str(node))
        case rdflib.BNode():
            return ox.BlankNode(str(node))
        case rdflib.Literal() if node.language:
            return ox.Literal(str(node), language=node.language)
        case rdflib.Literal() if node.datatype:
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
        case _:
            return ox.Literal(str(node))
