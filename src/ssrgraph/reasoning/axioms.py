"""What holds without being given: the axioms of the built-in vocabulary, and the datatypes of literals.

Most of it bears on nothing unless a graph speaks of the terms in question, so that it is derived only where one does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.relations import distinct
from ssrgraph.reasoning.terms import NOTHING, OWL, RDF, RDFS, SAME_AS, THING, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.reasoning.relations import Ids, Pairs
    from ssrgraph.reasoning.symbols import Symbols

LIST_PREDICATES = tuple(
    OWL + name
    for name in ("propertyChainAxiom", "hasKey", "intersectionOf", "unionOf", "oneOf", "members", "distinctMembers")
)
"""The predicates whose objects are read as lists."""

_ANNOTATION_PROPERTIES = (
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(
        OWL + name
        for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    ),
)
_BATCH = 1 << 16
"""So many pairs and more are looked at by themselves."""
IDLE = (TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range")
ABOUT_VALUES = (RDFS + "range", OWL + "allValuesFrom", TYPE)
_ALWAYS_KNOWN = (
    *(THING, NOTHING, SAME_AS, *IDLE, *ABOUT_VALUES, *_ANNOTATION_PROPERTIES, *LIST_PREDICATES, *sorted(DATATYPES)),
    *(OWL + name for name in ("differentFrom", "Class", "AnnotationProperty")),
    *(RDF + name for name in ("first", "rest", "nil")),
    RDFS + "Datatype",
    RDFS + "Resource",
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a graph says of terms of the vocabulary that has consequences.

    Attributes:
        everything: Whether `owl:Thing` or `owl:Nothing` have axioms.
        sameness: Whether `owl:sameAs` has axioms.
        datatypes: The datatypes that are used as classes.
    """

    everything: bool
    sameness: bool
    datatypes: frozenset[str]


class Vocabulary:
    """The integers of the terms that reasoning gives a meaning to.

    Args:
        symbols: Gets the terms; as it has no others yet but those of the rules, theirs are the smallest integers.
    """

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols
        for name in _ALWAYS_KNOWN:
            symbols.of_name(name)
        self._size = len(symbols)
        number = symbols.of_name
        self._idle, self._about_values = ({number(one) for one in some} for some in (IDLE, ABOUT_VALUES))
        self._everything = {number(THING), number(NOTHING)}
        self._same_as = number(SAME_AS)
        self._datatypes = {number(name): name for name in sorted(DATATYPES)}
        self._wanted = np.zeros(self._size, np.bool_)
        self._wanted[[*self._everything, self._same_as, *self._datatypes]] = True
        self._types = np.array(list(self._fixed()), np.int64)

    def _fixed(self) -> Iterator[int]:
        """Yield the pairs of `rdf:type` that hold in every graph."""
        number = self._symbols.of_name
        classes = {
            OWL + "Class": (THING, NOTHING),
            OWL + "AnnotationProperty": _ANNOTATION_PROPERTIES,
            RDFS + "Datatype": sorted(DATATYPES),
        }
        for name, members in classes.items():
            yield from ((number(member) << 32) | number(name) for member in members)

    def mentions(self, statements: Mapping[int, Pairs]) -> Mentions:
        """Return what statements say of the vocabulary."""
        found: set[tuple[int, int, bool]] = set()
        for some in _batches(statements):
            every = np.concatenate([pairs.by_subject for pairs in some.values()])
            verb_of = np.array([*some], np.int64).repeat([len(pairs) for pairs in some.values()])
            for side, is_subject in ((every >> 32, True), (every & 0xFFFFFFFF, False)):
                rows = np.flatnonzero(side < self._size)
                rows = rows[self._wanted[side[rows]]]
                mentioned = zip(verb_of[rows].tolist(), side[rows].tolist(), strict=True)
                found.update((verb, term, is_subject) for verb, term in mentioned)
        return Mentions(
            everything=any(
                term in self._everything and (is_subject or verb not in self._idle) for verb, term, is_subject in found
            ),
            sameness=any(term == self._same_as for _, term, _ in found),
            datatypes=frozenset(
                self._datatypes[term]
                for verb, term, _ in found
                if term in self._datatypes and verb not in self._about_values
            ),
        )

    def types(self, statements: Mapping[int, Pairs], datatypes: Iterable[str]) -> Ids:
        """Return the pairs of `rdf:type` that hold without being given: for literals those of some datatypes."""
        wanted = sorted(datatypes)
        if not wanted:
            return distinct([self._types])
        number = self._symbols.of_name
        objects = distinct(pairs.objects for pairs in statements.values())
        values = objects[self._symbols.literal_mask()[objects]].tolist()
        found = self.types_of_literals({*values, number(0), number(1)}, wanted)
        return distinct([self._types, np.array(list(found), np.int64)])

    def types_of_literals(self, numbers: Iterable[int], datatypes: Iterable[str]) -> Iterator[int]:
        """Yield `dt-type2` for those of the integers that are values."""
        values = {one: found for one in numbers if (found := self._symbols.value(one)) is not None}
        for name in datatypes:
            datatype = self._symbols.of_name(name)
            yield from ((one << 32) | datatype for one, denoted in values.items() if has(name, denoted))


def _batches(statements: Mapping[int, Pairs]) -> Iterator[dict[int, Pairs]]:
    """Yield the predicates, those with few pairs together: each look costs, however little there is to see."""
    some: dict[int, Pairs] = {}
    size = 0
    for verb, pairs in statements.items():
        some[verb] = pairs
        size += len(pairs)
        if size > _BATCH:
            yield some
            some, size = {}, 0
    if some:
        yield some
