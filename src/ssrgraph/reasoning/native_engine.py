"""The `native` engine: the rules of `rules`, over sorted arrays of integers.

A literal is the value that it denotes. Where a conclusion has a literal that the graph writes in several ways, it is
written as the graph writes it for the same subject, or else in one of the ways; `complete` gives all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.reasoning.contradictions import contradictions
from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.model import Closure
from ssrgraph.reasoning.noise import is_noise
from ssrgraph.reasoning.relations import Pairs, contained, unpack
from ssrgraph.reasoning.saturation import Saturation
from ssrgraph.reasoning.terms import SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def close(triples: Iterable[Triple], *, complete: bool) -> Closure:
    """Return the closure of the triples; `complete` keeps what holds of everything."""
    asserted = frozenset(triples)
    graph = Saturation(asserted, complete=complete)
    graph.saturate()
    entailed = _Writer(graph, asserted, complete=complete)
    found = [triple for triple in entailed.triples() if triple not in asserted and (complete or not is_noise(triple))]
    return Closure(
        inferred=tuple(sorted(dict.fromkeys(found), key=str)),
        inconsistencies=tuple(contradictions(graph, asserted)),
    )


class _Writer:
    """Turns the closure back into triples, each term that is the same as others written out for all of them."""

    def __init__(self, graph: Saturation, asserted: frozenset[Triple], *, complete: bool) -> None:
        self._graph = graph
        self._complete = complete
        self._written: dict[tuple[int, int], list[Literal]] = {}
        symbols, representative = graph.symbols, graph.representative
        members: dict[int, list[int]] = {}
        for number, one in enumerate(representative.tolist()):
            if number != one:
                members.setdefault(one, [one]).append(number)
        self._members = members
        for triple in asserted if symbols.has_variants else ():
            if isinstance(triple.object, Literal) and len(symbols.forms(symbols.of(triple.object))) > 1:
                key = (int(representative[symbols.of(triple.subject)]), symbols.of(triple.object))  # type: ignore[arg-type]
                self._written.setdefault(key, []).append(triple.object)

    def triples(self) -> Iterator[Triple]:
        """Yield every entailed triple that RDF can have."""
        for predicate, every in self._graph.relations.items():
            pairs = every if self._members or self._complete else self._not_asserted(predicate, every)
            if predicate >= 0 and predicate != self._graph.number(SAME_AS):
                for one in self._same(predicate):
                    (verb,) = self._graph.symbols.forms(one)[:1]
                    if isinstance(verb, NamedNode):
                        yield from self._of_predicate(verb, pairs)
        yield from self._same_as()
        yield from self._values_with_names()

    def _not_asserted(self, predicate: int, pairs: Pairs) -> Pairs:
        given = self._graph.asserted.get(predicate)
        return pairs if given is None else Pairs(pairs.by_subject[~contained(pairs.by_subject, given.by_subject)])

    def _of_predicate(self, verb: NamedNode, pairs: Pairs) -> Iterator[Triple]:
        subjects, objects = (side.tolist() for side in unpack(pairs.by_subject))
        forms, members, symbols = self._graph.symbols.forms, self._members, self._graph.symbols
        for subject, object_ in zip(subjects, objects, strict=True):
            for one in members.get(subject, (subject,)):
                term = forms(one)[0]
                if isinstance(term, Literal):
                    continue
                for other in members.get(object_, (object_,)):
                    if symbols.is_literal(other):
                        for literal in self._literals(subject, other):
                            yield Triple(term, verb, literal)
                    else:
                        yield Triple(term, verb, forms(other)[0])

    def _literals(self, subject: int, number: int) -> list[Literal]:
        every = [one for one in self._graph.symbols.forms(number) if isinstance(one, Literal)]
        if self._complete or len(every) == 1:
            return every
        return self._written.get((subject, number)) or [min(every, key=str)]

    def _same_as(self) -> Iterator[Triple]:
        verb = NamedNode(SAME_AS)
        for members in self._members.values():
            for one in members:
                term = self._graph.symbols.forms(one)[0]
                if isinstance(term, Literal):
                    continue
                for other in members:
                    if one != other or self._complete:
                        for same in self._graph.symbols.forms(other):
                            yield Triple(term, verb, same)
        pairs = self._graph.relations.get(self._graph.number(SAME_AS))
        if self._complete and pairs is not None:
            for number in unpack(pairs.by_subject)[0].tolist():
                term = self._graph.symbols.forms(number)[0]
                if not isinstance(term, Literal):
                    yield Triple(term, verb, term)

    def _values_with_names(self) -> Iterator[Triple]:
        """`dt-type2` for what is the same as a literal: it has the datatypes of the literal."""
        verb = NamedNode(TYPE)
        for members in self._members.values():
            values = [one for member in members if (one := self._graph.symbols.value(member)) is not None]
            terms = [self._graph.symbols.forms(member)[0] for member in members]
            for name in sorted(DATATYPES) if values else ():
                if any(has(name, one) for one in values):
                    for term in terms:
                        if not isinstance(term, Literal):
                            yield Triple(term, verb, NamedNode(name))

    def _same(self, number: int) -> list[int]:
        return self._members.get(number, [number])
