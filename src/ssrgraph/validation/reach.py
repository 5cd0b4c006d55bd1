"""How far SHACL shapes look from a node, so that a large graph can be validated part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Literal, Triple

    from ssrgraph.store import Store

    Term = NamedNode | BlankNode | Literal | Triple

SH: Final = "http://www.w3.org/ns/shacl#"
SUB_CLASS_OF: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_PATH: Final = f"{SH}path"
TARGET_CLASS: Final = f"{SH}targetClass"
_ELSEWHERE: Final = frozenset(
    SH + name
    for name in ("closed", "sparql", "target", "targetNode", "targetObjectsOf", "targetSubjectsOf", "js", "rule")
)
"""What makes a shape look at more than the instances of a class and what leads on from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a set of shapes sees of a graph.

    Attributes:
        steps: Over how many triples in a row it looks from the node that it validates.
        predicates: The predicates of the triples that it sees.
        classes: The classes whose instances it validates; those of their sub-classes are validated too.
    """

    steps: int
    predicates: frozenset[str]
    classes: frozenset[Term]

    def around(self, store: Store, nodes: Iterable[Term], without: NamedNode) -> set[Triple]:
        """Return the triples of a store's merge that the shapes see from these nodes.

        Args:
            store: The store.
            nodes: What is validated.
            without: A graph that does not count.
        """
        found: set[Triple] = set()
        known: set[Term] = set()
        edge = set(nodes)
        for _ in range(self.steps + 1):
            known |= edge
            fresh = {triple for node in edge for triple in self._of(store, node, without)}
            found |= fresh
            edge = {one.object for one in fresh} - known
        return found

    def back_from(self, store: Store, nodes: Iterable[Term]) -> set[Term]:
        """Return the nodes of a store's merge from which the shapes may see one of these, with these themselves."""
        found: set[Term] = set()
        edge: set[Term] = set(nodes)
        for _ in range(self.steps):
            found |= edge
            edge = {
                one.subject
                for node in edge
                if isinstance(node, NamedNode | BlankNode)
                for one in store.match(None, None, node)
                if one.predicate.value in self.predicates and one.subject not in found
            }
        return found | edge

    def _of(self, store: Store, node: Term, without: NamedNode) -> Iterator[Triple]:
        if isinstance(node, NamedNode | BlankNode):
            derived = set(store.match(node, None, None, without))
            for triple in store.match(node, None, None):
                if triple.predicate.value in self.predicates and triple not in derived:
                    yield triple


def reach(shapes: Sequence[Triple]) -> Reach | None:
    """Return what shapes see, None if they see more than what leads on from the instances of classes.

    >>> reach([])
    Reach(steps=0, predicates=frozenset(), classes=frozenset())
    """
    if any(one.predicate.value in _ELSEWHERE for one in shapes):
        return None
    paths: dict[Term, Term] = {one.subject: one.object for one in shapes if one.predicate.value == _PATH}
    targets = [one for one in shapes if one.predicate.value == TARGET_CLASS]
    if not all(isinstance(path, NamedNode) for path in paths.values()):
        return None
    parts: dict[Term, list[Term]] = {}
    for one in shapes:
        if one.predicate.value not in {_PATH, TARGET_CLASS, Rdf.TYPE}:
            parts.setdefault(one.subject, []).append(one.object)
    try:
        steps = max((_longest(one.subject, parts, paths) for one in targets), default=0)
    except RecursionError:  # A shape that refers to itself.
        return None
    named = {one.object.value for one in shapes if isinstance(one.object, NamedNode)}
    return Reach(
        steps=steps,
        predicates=frozenset(named | {Rdf.TYPE, SUB_CLASS_OF} if shapes else ()),
        classes=frozenset(one.object for one in targets),
    )


def _longest(shape: Term, parts: Mapping[Term, Sequence[Term]], paths: Mapping[Term, Term]) -> int:
    """Return over how many triples in a row a shape looks, with the shapes that are parts of it."""
    deepest = max((_longest(part, parts, paths) for part in parts.get(shape, ())), default=0)
    return deepest + (shape in paths)
