"""How far SHACL shapes look from a node, so that a large graph can be validated part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Literal, Triple

    from ssrgraph.store import Store

    Term = NamedNode | BlankNode | Literal | Triple
    _Node = NamedNode | BlankNode | Triple

SH: Final = "http://www.w3.org/ns/shacl#"
SUB_CLASS_OF: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_PATH: Final = f"{SH}path"
_CLASS: Final = f"{SH}class"
_OF_THE_NODE: Final = frozenset(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
"""What compares the values of a path with those of another property of the same node."""
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
        chains: The predicates of the triples in a row over which it looks from the node that it validates; each
            beginning of such a row is one too.
        predicates: The predicates of the triples that it sees.
        classes: The classes whose instances it validates; those of their sub-classes are validated too.
    """

    chains: frozenset[tuple[str, ...]]
    predicates: frozenset[str]
    classes: frozenset[Term]

    @property
    def steps(self) -> int:
        """Over how many triples in a row it looks."""
        return max(map(len, self.chains), default=0)

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

    def back_from(self, store: Store, changed: Mapping[_Node, Collection[str]]) -> set[Term]:
        """Return the nodes of a store's merge from which the shapes may see a change, and those that changed.

        Only rows of triples are walked back over which a shape looks at what changed: many thousand claims name one
        state, and what another document says of that state is nothing that a shape asks of whoever is named.

        Args:
            store: The store after the change.
            changed: Subjects of triples that came or went, with the predicates of those.
        """
        found: set[Term] = set(changed)
        for chain in self.chains:
            *way, last = chain
            edge: set[Term] = {node for node, predicates in changed.items() if last in predicates} if way else set()
            for predicate in reversed(way):
                edge = {
                    one.subject
                    for node in edge
                    if isinstance(node, NamedNode | BlankNode)
                    for one in store.match(None, NamedNode(predicate), node)
                }
            found |= edge
        return found

    def _of(self, store: Store, node: Term, without: NamedNode) -> Iterator[Triple]:
        if isinstance(node, NamedNode | BlankNode):
            derived = set(store.match(node, None, None, without))
            for triple in store.match(node, None, None):
                if triple.predicate.value in self.predicates and triple not in derived:
                    yield triple


def reach(shapes: Sequence[Triple]) -> Reach | None:
    """Return what shapes see, None if they see more than what leads on from the instances of classes.

    >>> reach([])
    Reach(chains=frozenset(), predicates=frozenset(), classes=frozenset())
    """
    if any(one.predicate.value in _ELSEWHERE for one in shapes):
        return None
    paths: dict[Term, Term] = {one.subject: one.object for one in shapes if one.predicate.value == _PATH}
    targets = [one for one in shapes if one.predicate.value == TARGET_CLASS]
    if not all(isinstance(path, NamedNode) for path in paths.values()):
        return None
    parts: dict[Term, list[Triple]] = {}
    for one in shapes:
        if one.predicate.value not in {_PATH, TARGET_CLASS, Rdf.TYPE}:
            parts.setdefault(one.subject, []).append(one)
    try:
        chains = frozenset(chain for one in targets for chain in _chains(one.subject, parts, paths))
    except RecursionError:  # A shape that refers to itself.
        return None
    named = {one.object.value for one in shapes if isinstance(one.object, NamedNode)}
    return Reach(
        chains=chains,
        predicates=frozenset(named | {Rdf.TYPE, SUB_CLASS_OF} if shapes else ()),
        classes=frozenset(one.object for one in targets),
    )


def _chains(shape: Term, parts: Mapping[Term, Sequence[Triple]], paths: Mapping[Term, Term]) -> set[tuple[str, ...]]:
    """Return over which triples in a row a shape looks, with the shapes that are parts of it."""
    of_values: set[tuple[str, ...]] = set()
    of_node: set[tuple[str, ...]] = set()
    for part in parts.get(shape, ()):
        if part.predicate.value in _OF_THE_NODE and isinstance(part.object, NamedNode):
            of_node.add((part.object.value,))
        elif part.predicate.value == _CLASS:
            of_values.add((Rdf.TYPE,))
        else:
            of_values |= _chains(part.object, parts, paths)
    path = paths.get(shape)
    if isinstance(path, NamedNode):
        of_node |= {(path.value, *chain) for chain in of_values} | {(path.value,)}
    else:
        of_node |= of_values
    return of_node
