"""Keeps the inferred graph of a store true after a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.graph import Iris
from ssrgraph.reasoning import Inconsistency, closure
from ssrgraph.reasoning.findings import INCONSISTENCIES, read_inconsistencies, write_inconsistencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Triple

    from ssrgraph.reasoning import Reasoner
    from ssrgraph.store import Draft, FinishedStore, MutableStore, Store


REASONER = "reasoner.npz"
"""The file in which a store keeps what its reasoner knows, so that the next change costs what it derives."""
FINDINGS = "findings.kept"
"""The file in which a store keeps what its last check found, so that the next one costs what the change touches."""
_OF_OLD = ("findings.z",)
"""Names that earlier versions used for that."""
NAMED = "named.json"
"""The file in which a store keeps what its documents name, so that the next build need not ask all of them."""
_SUB_CLASS_OF = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Materialization:
    """What a run of the reasoner came to.

    Attributes:
        read: How many triples it was given.
        inferred: How many triples follow that nobody asserts.
        inconsistencies: What cannot all be true.
        kept: What the native reasoner knows, for the next run; empty for others.
        reasoner: The native reasoner itself, for a next run in the same process; None for others.
    """

    read: int
    inferred: int
    inconsistencies: tuple[Inconsistency, ...]
    kept: bytes = b""
    reasoner: Reasoner | None = None


@dataclass(slots=True, kw_only=True)
class Changed:
    """Where a store holds something else than before.

    Attributes:
        graphs: The named graphs that hold other triples.
        subjects: The subjects of the triples that graphs hold now and did not, or the other way round; with those of
            what is inferred.
        inferred_anew: Whether what is inferred was written anew, so that any of it may be another.
        nodes: The subjects of triples that some graph asserts now and none did, or the other way round, with the
            predicates of those triples.
        classes: Whether the hierarchy of classes is another.
    """

    graphs: set[NamedNode] = field(default_factory=set)
    subjects: set[NamedNode | BlankNode | Triple] = field(default_factory=set)
    inferred_anew: bool = False
    nodes: dict[NamedNode | BlankNode | Triple, set[str]] = field(default_factory=dict)
    classes: bool = False


class Changes:
    """Changes a store's graphs and remembers which triples of the reasoner's premises that concerns.

    Args:
        store: The store; it must be changed by this only.
        remember: Whether anybody will ask; if not, nothing is held in memory.
        watch: Whether anybody will ask for `changed`.

    Attributes:
        changed: Where the store holds something else than before, if that is watched.
    """

    def __init__(self, store: MutableStore, *, remember: bool = True, watch: bool = False) -> None:
        self._store = store
        self._remember = remember
        self._watch = watch
        self._iris = Iris(store.info.base_iri)
        self._inferred = inferred_graph(store)
        self._touched: set[Triple] = set()
        self.changed = Changed()

    @property
    def are_remembered(self) -> bool:
        """Whether `since` tells what changed."""
        return self._remember

    @property
    def are_followed(self) -> bool:
        """Whether anybody will ask what changed, so that all has to go through here."""
        return self._remember or self._watch

    def replace_graph(self, graph: NamedNode, triples: Iterable[Triple]) -> None:
        """Make a named graph hold exactly these triples."""
        new = set(triples)
        if self._is_asked_for(graph):
            self._take(graph, new ^ set(self._store.triples(graph)))
        self._store.replace_graph(graph, new)

    def drop_graph(self, graph: NamedNode) -> None:
        """Take a named graph away."""
        if self._is_asked_for(graph):
            self._take(graph, set(self._store.triples(graph)))
        self._store.drop_graph(graph)

    def _is_asked_for(self, graph: NamedNode) -> bool:
        return self._watch or (self._remember and self._iris.is_premise(graph))

    def _take(self, graph: NamedNode, differing: set[Triple]) -> None:
        """Remember triples that are about to be put into a named graph, or taken out of it."""
        if self._remember and self._iris.is_premise(graph):
            self._touched |= differing
        if not self._watch or not differing:
            return
        self.changed.graphs.add(graph)
        self.changed.subjects.update(triple.subject for triple in differing)
        for triple in differing:
            if all(other in {graph, self._inferred} for other in self._store.graphs_of(triple)):
                self.changed.nodes.setdefault(triple.subject, set()).add(triple.predicate.value)
                self.changed.classes |= triple.predicate.value == _SUB_CLASS_OF

    def note(self, graph: NamedNode, changed: Iterable[Triple]) -> None:
        """Remember triples that somebody else has put into a named graph or taken out of it."""
        if self._remember and self._iris.is_premise(graph):
            self._touched.update(changed)

    def note_inferred(self, changed: Iterable[Triple] | None) -> None:
        """Remember that these triples were put into what is inferred or taken out of it; None: nobody knows which."""
        if changed is None:
            self.changed.inferred_anew = True
        elif self._watch:
            self.changed.subjects.update(triple.subject for triple in changed)

    def since(self) -> tuple[set[Triple], set[Triple]]:
        """Return the triples that premises hold and may not have held, and those that they no longer hold."""
        held = {one for one in self._touched if self._is_held(one)}
        return held, self._touched - held

    def _is_held(self, triple: Triple) -> bool:
        return any(self._iris.is_premise(graph) for graph in self._store.graphs_of(triple))


def materialize(
    store: MutableStore,
    *,
    engine: str = "native",
    changes: Changes | None = None,
    kept: bytes = b"",
    reasoner: Reasoner | None = None,
) -> Materialization:
    """Make the store's inferred graph hold what follows from its ontology, entities and documents, and nothing else.

    Args:
        store: The store; its merge is true afterwards.
        engine: One of `ssrgraph.reasoning.engines()`, or `none` for an empty inferred graph.
        changes: All that changed since the run that gave `kept`, after which the inferred graph was true.
        kept: `Materialization.kept` of that run; without it, all is derived again. The result is the same.
        reasoner: `Materialization.reasoner` of that run, which counts before `kept`; it must not be used again.
    """
    target = inferred_graph(store)
    if engine == "none":
        if changes is not None and store.has_graph(target):
            changes.note_inferred(None)
        store.drop_graph(target)
        return Materialization(read=0, inferred=0, inconsistencies=())
    if engine == "native":
        return _by_reasoner(store, target, changes, _resumed(changes, kept, reasoner))
    if changes is not None:
        changes.note_inferred(None)
    given = set(premises(store))
    result = closure(given, engine=engine)
    store.replace_graph(target, result.inferred)
    return Materialization(read=len(given), inferred=len(result.inferred), inconsistencies=result.inconsistencies)


def materialize_draft(
    draft: Draft, *, engine: str, changes: Changes, reasoner: Reasoner | None = None
) -> Materialization:
    """Do the same for a store in a folder, which keeps what the reasoner knows and what it found contradictory.

    Args:
        draft: The store.
        engine: As for `materialize`.
        changes: All that changed since the draft was begun, or since the run that gave `reasoner`.
        reasoner: What the former run on the same draft returned, so that it need not be read from its file.
    """
    kept = b"" if reasoner is not None else kept_of(draft, engine)
    result = materialize(draft, engine=engine, changes=changes, kept=kept, reasoner=reasoner)
    if result.kept:
        draft.write_file(REASONER, result.kept)
    else:
        draft.remove_file(REASONER)
    draft.write_file(INCONSISTENCIES, write_inconsistencies(result.inconsistencies))
    # These are of what was there before; whoever knows better writes them anew.
    for name in (FINDINGS, NAMED, *_OF_OLD):
        draft.remove_file(name)
    return result


def kept_of(draft: Draft, engine: str) -> bytes:
    """Return what the native reasoner knew when the store was last changed; nothing for another engine."""
    return draft.read_file(REASONER) if engine == "native" and draft.has_file(REASONER) else b""


def inconsistencies_of(store: FinishedStore) -> tuple[Inconsistency, ...]:
    """Return what the reasoner found contradictory when the store was last changed."""
    return read_inconsistencies(store.read_file(INCONSISTENCIES)) if INCONSISTENCIES in store.files() else ()


def _resumed(changes: Changes | None, kept: bytes, reasoner: Reasoner | None) -> Reasoner | None:
    from ssrgraph.reasoning.keeping import resumed  # noqa: PLC0415  # loads numpy

    if reasoner is None and changes is not None and kept:
        reasoner = resumed(kept)
    return reasoner if changes is not None else None


def _by_reasoner(
    store: MutableStore, target: NamedNode, changes: Changes | None, former: Reasoner | None
) -> Materialization:
    from ssrgraph.reasoning import Reasoner  # noqa: PLC0415  # loads numpy
    from ssrgraph.reasoning.keeping import kept  # noqa: PLC0415

    if former is None or changes is None:
        reasoner = Reasoner(premises(store))
        if changes is not None:
            changes.note_inferred(None)
        if store.has_graph(target):
            store.replace_graph(target, reasoner.inferred())
        else:
            store.fill_graph(target, reasoner.n_triples(with_asserted=False))
    else:
        reasoner = former
        held, gone = changes.since()
        first, second = reasoner.remove(gone), reasoner.add(held)
        added = set(first.inferred) - set(second.retracted) | set(second.inferred)
        removed = {*first.retracted, *second.retracted} - added
        store.change_graph(target, added, removed)
        changes.note_inferred(added | removed)
    read, inferred = reasoner.size()
    return Materialization(
        read=read,
        inferred=inferred,
        inconsistencies=reasoner.inconsistencies(),
        kept=kept(reasoner),
        reasoner=reasoner,
    )


def inferred_graph(store: Store) -> NamedNode:
    """Return the name of the graph of what was derived."""
    return NamedNode(f"{store.info.base_iri}graph/inferred")


def premises(store: Store) -> Iterator[Triple]:
    """Yield what the reasoner is given: every graph but evidence, links and what was inferred before.

    A triple that several graphs hold is repeated.
    """
    iris = Iris(store.info.base_iri)
    for graph in store.graphs():
        if iris.is_premise(graph):
            yield from store.triples(graph)
