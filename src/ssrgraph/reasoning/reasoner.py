"""A closure that is kept while its graph changes: adding costs what follows, removing what no longer does.

Removing is by overdeleting and rederiving: all that some removed statement had a part in is taken out, and what still
follows from the rest is put back. Where a change touches the schema in a way that no longer holds, lists, or the
sameness of terms, the arrays are closed anew; the result is always that of a closure from scratch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.reasoning import writing
from ssrgraph.reasoning.axioms import LIST_PREDICATES
from ssrgraph.reasoning.columns import Changes, has_some, held_of, minus, together
from ssrgraph.reasoning.contradictions import contradictions
from ssrgraph.reasoning.native_engine import collection_paused, default_memory_limit
from ssrgraph.reasoning.plans import MEMBER, new_matches, supported
from ssrgraph.reasoning.relations import Pairs, contained, distinct, pack, unpack
from ssrgraph.reasoning.saturation import Saturation
from ssrgraph.reasoning.statements import packed
from ssrgraph.reasoning.terms import RDF, SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from ssrgraph.reasoning.axioms import Mentions
    from ssrgraph.reasoning.columns import Columns
    from ssrgraph.reasoning.model import Inconsistency
    from ssrgraph.reasoning.parsing import Lines
    from ssrgraph.reasoning.relations import Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a change did to what follows.

    Attributes:
        inferred: Triples that follow now and did not before, or are asserted no longer; sorted.
        retracted: Triples that no longer follow, or are asserted now; sorted.
    """

    inferred: tuple[Triple, ...]
    retracted: tuple[Triple, ...]


class Reasoner:
    """A graph with its closure.

    >>> from pyoxigraph import NamedNode, Triple
    >>> from ssrgraph.reasoning.terms import RDFS
    >>> human, mortal, socrates = (NamedNode(f"http://example.org/{name}") for name in ("Human", "Mortal", "socrates"))
    >>> reasoner = Reasoner([Triple(human, NamedNode(RDFS + "subClassOf"), mortal)])
    >>> [str(one.object) for one in reasoner.add([Triple(socrates, NamedNode(TYPE), human)]).inferred]
    ['<http://example.org/Mortal>']

    Args:
        triples: What is asserted at first.
        complete: Keep what holds of everything (see `noise.is_noise`).
        memory_limit: How many bytes the relations, and one step of a rule, may take; None for three quarters of the
            machine's memory.

    Attributes:
        graph: What is known, over integers.
        left_out: What is about triple terms and takes no part, as N-Triples lines, where `of_parts` read it.

    Raises:
        MemoryLimitError: What follows takes more; the same from every method that derives. The reasoner must not be
            used afterwards.
    """

    def __init__(
        self, triples: Iterable[Triple] = (), *, complete: bool = False, memory_limit: int | None = None
    ) -> None:
        self.left_out: list[str] = []
        with collection_paused():
            self.graph = Saturation(triples, complete=complete, memory_limit=memory_limit or default_memory_limit())
            self.graph.saturate()

    @classmethod
    def of_parts(
        cls,
        parts: Iterable[Iterable[Triple | Quad] | Lines],
        *,
        complete: bool = False,
        memory_limit: int | None = None,
    ) -> Self:
        """Return the closure of several graphs together; blank nodes of the n-th get the prefix `f{n}x`.

        Triples about triple terms stay in `left_out`, as N-Triples lines.
        """
        with collection_paused():
            reasoner = cls(complete=complete, memory_limit=memory_limit)
            columns: dict[int, list[Ids]] = {}
            for number, part in enumerate(parts):
                found = packed(part, reasoner.graph.symbols, blank_prefix=f"f{number}x", left_out=reasoner.left_out)
                for verb, pairs in found.items():
                    columns.setdefault(verb, []).append(pairs)
            reasoner._close_anew({verb: Pairs(distinct(arrays)) for verb, arrays in columns.items()})
            return reasoner

    def asserted(self) -> tuple[Triple, ...]:
        """Return what is asserted, sorted by N-Triples form."""
        with collection_paused():
            return self._triples(writing.asserted(writing.View.of(self.graph)))

    def size(self) -> tuple[int, int]:
        """Return how many triples are asserted, and how many follow and are not."""
        view = writing.View.of(self.graph)
        found = writing.inferred(view)
        return sum(len(pairs) for pairs in view.given.values()), sum(len(pairs) for pairs in found.values())

    def n_triples(self, *, with_asserted: bool) -> Iterator[bytes]:
        """Yield what follows as N-Triples, sorted by subject, its type first, then predicate and object."""
        with collection_paused():
            view = writing.View.of(self.graph)
            found = writing.inferred(view)
            for verb, pairs in writing.asserted(view).items() if with_asserted else ():
                found[verb] = distinct([found[verb], pairs]) if verb in found else pairs
            statements = writing.for_reading(view.symbols, found)
            del found
            yield from writing.lines(statements)

    def inferred(self) -> tuple[Triple, ...]:
        """Return what follows and is not asserted, sorted by N-Triples form."""
        with collection_paused():
            return self._triples(writing.inferred(writing.View.of(self.graph)))

    def broken_lists(self) -> tuple[Triple, ...]:
        """Return what has a list as its object that has a gap or never ends, sorted; nothing follows from those."""
        graph = self.graph
        found = []
        for name in LIST_PREDICATES:
            for subject, head in zip(*(side.tolist() for side in unpack(graph.pairs(name).by_subject)), strict=True):
                whole, start = graph.symbols.term(subject), graph.symbols.term(head)
                if not isinstance(whole, Literal) and not graph.lists(head):
                    found.append(Triple(whole, NamedNode(name), start))
        return tuple(sorted(found, key=str))

    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """Return what cannot all be true, sorted by rule and message."""
        return tuple(contradictions(self.graph))

    def add(self, triples: Iterable[Triple]) -> Difference:
        """Assert further triples; those that are asserted already change nothing."""
        with collection_paused():
            return self._add(triples)

    def remove(self, triples: Iterable[Triple]) -> Difference:
        """Take triples back; those that are not asserted change nothing."""
        with collection_paused():
            return self._remove(triples)

    def _add(self, triples: Iterable[Triple]) -> Difference:
        graph = self.graph
        before = writing.View.of(graph)
        new = {}
        for verb, pairs in packed(triples, graph.symbols).items():
            known = graph.given.get(verb)
            left = pairs if known is None else pairs[~contained(pairs, known.by_subject)]
            if len(left):
                new[verb] = left
        if not new:
            return Difference(inferred=(), retracted=())
        changes = Changes()
        given = dict(graph.given)
        for verb, pairs in new.items():
            given[verb] = changes.plus(given.get(verb), Pairs(pairs))
        if self._switches(new):
            self._close_anew(given)
            return self._compared(before)
        touched = self._add_facts(new, given, changes)
        return self._compared(before) if touched is None else self._difference(before, touched)

    def _remove(self, triples: Iterable[Triple]) -> Difference:
        graph = self.graph
        before = writing.View.of(graph)
        gone = {}
        for verb, pairs in packed(triples, graph.symbols).items():
            known = graph.given.get(verb)
            left = pairs[contained(pairs, known.by_subject)] if known is not None else pairs[:0]
            if len(left):
                gone[verb] = left
        if not gone:
            return Difference(inferred=(), retracted=())
        graph.grow()
        changes = Changes()
        given = dict(graph.given)
        for verb, pairs in gone.items():
            given[verb] = changes.minus(given[verb], pairs)
            if not len(given[verb]):
                del given[verb]
        touched = None if self._is_tangled(gone) else self._remove_facts(gone, given, changes)
        if touched is None:
            self._close_anew(given)
            return self._compared(before)
        return self._difference(before, touched)

    def _close_anew(self, given: Mapping[int, Pairs]) -> None:
        with collection_paused():
            self.graph.start(given)
            self.graph.saturate()

    def _add_facts(self, new: Columns, given: Mapping[int, Pairs], changes: Changes) -> Columns | None:
        """Add to the closed graph; return all that is touched, or None where terms became the same."""
        graph = self.graph
        graph.grow()
        values = graph.by_value({verb: Pairs(pairs) for verb, pairs in new.items()})
        graph.given = dict(given)
        for verb, pairs in values.items():
            known = graph.asserted.get(verb)
            left = pairs.by_subject
            if known is not None:
                left = left[~contained(left, known.by_subject)]
            graph.asserted[verb] = changes.plus(known, Pairs(left))
        found: dict[int, list[Ids]] = {}
        for verb, pairs in values.items():
            subjects, objects = (graph.representative[side] for side in unpack(pairs.by_subject))
            found.setdefault(int(graph.representative[verb]), []).append(pack(subjects, objects))
        types = self._types_of_new_literals(values)
        graph.axioms = distinct([graph.axioms, types])
        subjects, objects = (graph.representative[side] for side in unpack(types))
        found.setdefault(graph.number(TYPE), []).append(pack(subjects, objects))
        facts = {verb: Pairs(distinct(arrays)) for verb, arrays in found.items()}
        touched = {verb: pairs.by_subject for verb, pairs in facts.items()}
        representative, graph.changes = graph.representative, changes
        try:
            same = graph.take_same(facts)
            fresh = graph.add(facts)
            graph.saturate_from(fresh, same)
        finally:
            graph.changes = None
        return together(touched, *changes.added) if graph.representative is representative else None

    def _types_of_new_literals(self, values: Mapping[int, Pairs]) -> Ids:
        graph = self.graph
        if not graph.typed:
            return np.empty(0, np.int64)
        objects = distinct(pairs.objects for pairs in values.values()).tolist()
        return np.array(list(graph.vocabulary.types_of_literals(objects, sorted(graph.typed))), np.int64)

    def _mentions(self, statements: Columns) -> Mentions:
        return self.graph.vocabulary.mentions({verb: Pairs(pairs) for verb, pairs in statements.items()})

    def _switches(self, new: Columns) -> bool:
        """Say whether something new is mentioned that changes what is derived at all."""
        found, graph = self._mentions(new), self.graph
        return (
            (found.everything and not graph.with_universe)
            or (found.sameness and not graph.reflexive)
            or not found.datatypes.issubset(graph.typed)
            or (graph.reflexive and graph.symbols.of_name(SAME_AS) in new)
        )

    def _is_tangled(self, gone: Columns) -> bool:
        """Say whether something is taken back that only closing anew can follow."""
        graph = self.graph
        found = self._mentions(gone)
        if graph.reflexive or graph.typed or found.everything or found.sameness or found.datatypes:
            return True
        if graph.symbols.of_name(SAME_AS) in gone:
            return True
        written = {text for one in graph.symbols.values_with_variants() for text in graph.symbols.written(one)}
        if not written:
            return False
        several = np.array(sorted(written), np.int64)
        return any(bool(np.isin(unpack(pairs)[1], several).any()) for pairs in gone.values())

    def _remove_facts(self, gone: Columns, given: Mapping[int, Pairs], changes: Changes) -> Columns | None:
        """Take out of the closed graph; return all that is touched, or None where that does not do."""
        graph = self.graph
        merged = np.array(sorted(one for members in graph.classes.values() for one in members), np.int64)
        if any(has_some(pairs, merged) for pairs in gone.values()) or np.isin(list(gone), merged).any():
            return None
        asserted = dict(graph.asserted)
        for verb, pairs in gone.items():
            asserted[verb] = changes.minus(asserted[verb], pairs)
        over = self._overdeleted(gone, asserted)
        if over is None:
            return None
        graph.given = dict(given)
        graph.asserted = {verb: pairs for verb, pairs in asserted.items() if len(pairs)}
        for verb, pairs in over.items():
            left = changes.minus(graph.relations[verb], pairs)
            graph.relations[verb] = left
            if not len(left):
                del graph.relations[verb]
        wanted = {verb: Pairs(pairs) for verb, pairs in over.items()}
        graph.saturate_from(graph.add(self._rederived(wanted)), np.empty(0, np.int64))
        return together(gone, wanted)

    def _rederived(self, wanted: Mapping[int, Pairs]) -> dict[int, Pairs]:
        """Return those that follow in one step from what is left."""
        graph = self.graph
        found: dict[int, list[Ids]] = {}
        for plans in graph.plans:
            for plan in plans.plans:
                for bindings in supported(plan, graph.relations, wanted, graph.limit):
                    graph.conclude(plan, bindings, found)
        again = {}
        for verb, arrays in found.items():
            if verb in wanted:
                pairs = distinct(arrays)
                again[verb] = Pairs(pairs[contained(pairs, wanted[verb].by_subject)])
        return again

    def _overdeleted(self, gone: Columns, asserted: Mapping[int, Pairs]) -> dict[int, Ids] | None:
        """Return all that what is gone has a part in, but for what is asserted; None where that does not do."""
        graph = self.graph
        type_ = graph.number(TYPE)
        in_class = np.array(sorted(graph.classes), np.int64)
        over: dict[int, Ids] = {}
        fresh = {verb: self._unasserted(verb, pairs, asserted, type_) for verb, pairs in gone.items()}
        while fresh := {verb: pairs for verb, pairs in fresh.items() if len(pairs)}:
            for verb, pairs in fresh.items():
                if self._is_structure(verb, pairs) or has_some(pairs, in_class):
                    return None
                over[verb] = distinct([over.get(verb, pairs), pairs])
            found: dict[int, list[Ids]] = {}
            frontier = {verb: Pairs(pairs) for verb, pairs in fresh.items()}
            for plans in graph.plans:
                for plan in plans.plans:
                    for bindings in new_matches(plan, graph.relations, frontier, graph.limit):
                        graph.conclude(plan, bindings, found)
            fresh = {}
            for verb, arrays in found.items():
                pairs = distinct(arrays)
                if verb == graph.number(SAME_AS):
                    if has_some(pairs, in_class):
                        return None
                    continue
                pairs = self._unasserted(verb, pairs, asserted, type_)
                fresh[verb] = pairs[~contained(pairs, over[verb])] if verb in over else pairs
        return over

    def _unasserted(self, verb: int, pairs: Ids, asserted: Mapping[int, Pairs], type_: int) -> Ids:
        """Return those that hold and are neither asserted nor axioms."""
        graph = self.graph
        held = graph.relations.get(verb)
        pairs = pairs[contained(pairs, held.by_subject)] if held is not None else pairs[:0]
        for one in graph.members_of(verb):
            known = asserted.get(one)
            if known is not None:
                pairs = pairs[~contained(pairs, known.by_subject)]
        return pairs[~contained(pairs, graph.axioms)] if verb == type_ else pairs

    def _is_structure(self, verb: int, pairs: Ids) -> bool:
        """Say whether rules were specialised by some of these, or lists are made of them."""
        graph = self.graph
        if verb in {graph.number(RDF + "first"), graph.number(RDF + "rest"), MEMBER}:
            return True
        if verb in {graph.number(name) for name in LIST_PREDICATES}:
            return True
        subjects, objects = unpack(pairs)
        for plans in graph.plans:
            for pattern in plans.schema:
                if pattern.predicate == verb:
                    fits = np.ones(len(pairs), np.bool_)
                    for term, side in ((pattern.subject, subjects), (pattern.object, objects)):
                        if isinstance(term, int):
                            fits &= side == term
                    if fits.any():
                        return True
        return False

    def _difference(self, before: writing.View, touched: Columns) -> Difference:
        """Return what changed in what follows, where no terms became the same or ceased to be."""
        before, after = before.now(), writing.View.of(self.graph)
        symbols = after.symbols
        several = list(symbols.values_with_variants())
        if several and any(has_some(pairs, after.representative[several]) for pairs in touched.values()):
            return self._compared(before)
        old, new = (held_of(touched, view.relations) for view in (before, after))
        now = writing.without_given(after, writing.entailed(after, new))
        then = writing.without_given(before, writing.entailed(before, old))
        return Difference(inferred=self._triples(minus(now, then)), retracted=self._triples(minus(then, now)))

    def _compared(self, before: writing.View) -> Difference:
        """Return what changed in what follows, all of it compared."""
        with collection_paused():
            then, now = writing.inferred(before.now()), writing.inferred(writing.View.of(self.graph))
            return Difference(inferred=self._triples(minus(now, then)), retracted=self._triples(minus(then, now)))

    def _triples(self, found: Columns) -> tuple[Triple, ...]:
        return writing.triples(self.graph.symbols, writing.by_text(self.graph.symbols, found))
