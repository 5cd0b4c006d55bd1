"""Everything that follows from a graph, over sorted arrays of integers.

Semi-naive: in each round a rule is tried only where one of its statements is new. Rules with variable predicates are
specialised to the schema (`plans`). `owl:sameAs` is kept by representatives: terms that are the same become one
integer, and are told apart again where the closure is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Triple

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.plans import MEMBER, RulePlans, list_readings, matches, new_matches
from ssrgraph.reasoning.relations import Pairs, contained, distinct, merged, pack, unpack
from ssrgraph.reasoning.rules import rules
from ssrgraph.reasoning.symbols import Symbols
from ssrgraph.reasoning.terms import NOTHING, OWL, RDF, RDFS, SAME_AS, THING, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.reasoning.plans import Pattern, Plan
    from ssrgraph.reasoning.relations import Bindings, Ids

_ANNOTATION_PROPERTIES = (
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(
        OWL + name
        for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    ),
)
_LIST_PREDICATES = tuple(
    OWL + name
    for name in ("propertyChainAxiom", "hasKey", "intersectionOf", "unionOf", "oneOf", "members", "distinctMembers")
)
_ABOUT_VALUES = (RDFS + "range", OWL + "allValuesFrom", TYPE)


class Saturation:
    """A graph as relations, and its closure.

    Attributes:
        symbols: The integers of the terms.
        relations: The pairs of each predicate, over representatives.
        asserted: The pairs of each predicate that were given.
        representative: For each integer the one that stands for all that are the same.
    """

    def __init__(self, triples: frozenset[Triple], *, complete: bool) -> None:
        self.symbols = symbols = Symbols()
        self.relations: dict[int, Pairs] = {}
        self._numbers: dict[str | int, int] = {}
        self.asserted: dict[int, Pairs] = {}
        self._rules = [
            rule
            for rule in rules().values()
            if not rule.special and not rule.contradiction and rule.table != 4  # noqa: PLR2004
        ]
        for rule in self._rules:
            RulePlans(rule, symbols.of_name)  # the names of rules get the smallest integers: they represent their class
        for name in (
            THING,
            NOTHING,
            OWL + "differentFrom",
            RDF + "first",
            RDF + "rest",
            RDF + "nil",
            *_LIST_PREDICATES,
        ):
            symbols.of_name(name)
        self._load(triples)
        self.representative: Ids = np.arange(len(symbols), dtype=np.int64)
        # Membership in owl:Thing has consequences only where owl:Thing has axioms.
        idle = (TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range")
        self._with_universe = complete or bool(self._mentioned((THING, NOTHING), not_as_object_of=idle))
        self.reflexive = complete or bool(self._mentioned((SAME_AS,)))
        self._readings: dict[int, tuple[tuple[int, ...], ...]] = {}
        self._links: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] | None = None
        self._plans: list[RulePlans] = []

    def _load(self, triples: frozenset[Triple]) -> None:
        of, symbols = self.symbols.of, self.symbols
        columns: dict[int, list[int]] = {}
        for triple in triples:
            if isinstance(triple.object, Triple) or isinstance(triple.subject, Triple):
                continue
            columns.setdefault(of(triple.predicate), []).append((of(triple.subject) << 32) | of(triple.object))
        relations = {one: Pairs(distinct([np.array(pairs, np.int64)])) for one, pairs in columns.items()}
        self.asserted = dict(relations)
        type_, class_ = symbols.of_name(TYPE), symbols.of_name(OWL + "Class")
        types = [(symbols.of_name(name) << 32) | class_ for name in (THING, NOTHING)]
        annotation = symbols.of_name(OWL + "AnnotationProperty")
        types += [(symbols.of_name(name) << 32) | annotation for name in _ANNOTATION_PROPERTIES]
        datatype = symbols.of_name(RDFS + "Datatype")
        types += [(symbols.of_name(name) << 32) | datatype for name in sorted(DATATYPES)]
        types += self._types_of_literals()
        known = [relations[type_].by_subject] if type_ in relations else []
        self.relations = {**relations, type_: Pairs(distinct([*known, np.array(types, np.int64)]))}
        same_as = relations.get(symbols.of_name(SAME_AS))
        self._terms: Ids = distinct(unpack(same_as.by_subject)) if same_as else np.empty(0, np.int64)

    def _types_of_literals(self) -> Iterator[int]:
        """Yield `dt-type2` for the datatypes that are used as classes; that of others bears on nothing."""
        used = self._mentioned(DATATYPES, not_as_subject_of=_ABOUT_VALUES, not_as_object_of=_ABOUT_VALUES)
        for name in sorted(used):
            datatype = self.symbols.of_name(name)
            for number, denoted in self.symbols.values().items():
                if has(name, denoted):
                    yield (number << 32) | datatype

    def _mentioned(
        self, names: Iterable[str], *, not_as_subject_of: tuple[str, ...] = (), not_as_object_of: tuple[str, ...] = ()
    ) -> set[str]:
        """Return those of the names that asserted triples have as subject or object, but for some predicates."""
        numbers = {self.symbols.of_name(name): name for name in names}
        skipped = [{self.symbols.of_name(one) for one in some} for some in (not_as_subject_of, not_as_object_of)]
        wanted = np.zeros(len(self.symbols), np.bool_)
        wanted[list(numbers)] = True
        found: set[str] = set()
        for predicate, pairs in self.asserted.items():
            for side, skip in zip(unpack(pairs.by_subject), skipped, strict=True):
                if predicate not in skip:
                    found |= {numbers[one] for one in np.unique(side[wanted[side]]).tolist()}
        return found

    def number(self, name: str | int) -> int:
        """Return what represents an IRI or a count."""
        known = self._numbers.get(name)
        if known is None:
            number = self.symbols.of_name(name)
            known = int(self.representative[number]) if number < len(self.representative) else number
            self._numbers[name] = known
        return known

    def pairs(self, name: str) -> Pairs:
        """Return the pairs of a predicate."""
        return self.relations.get(self.number(name), Pairs(np.empty(0, np.int64)))

    def saturate(self) -> None:
        """Add everything that follows."""
        fresh = self._merge(self._take_same(self.relations)) or dict(self.relations)
        first = True
        while fresh:
            if first:
                self._plans = [RulePlans(rule, self.number) for rule in self._rules]
            fresh |= self._renew_lists(fresh)
            found = self._round(fresh, first=first)
            same = self._take_same(found)
            fresh = self._add(found)
            if self.reflexive and fresh:
                fresh |= self._add({self.number(SAME_AS): self._themselves(fresh)})
            merged_anew = self._merge(same)
            first = bool(merged_anew)
            fresh = merged_anew or fresh

    def _round(self, fresh: dict[int, Pairs], *, first: bool) -> dict[int, Pairs]:
        """Return what the rules conclude from what is fresh."""
        found: dict[int, list[Ids]] = {}
        for plans in self._plans:
            old = list(plans.plans)
            for plan in old:
                for bindings in new_matches(plan, self.relations, fresh):
                    self._conclude(plan, bindings, found)
            if first or not plans.schema_predicates.isdisjoint(fresh):
                for plan in plans.renew(self.relations, self.lists):
                    self._conclude(plan, matches(plan.given, plan.patterns, self.relations), found)
        return {predicate: Pairs(distinct(arrays)) for predicate, arrays in found.items()}

    def _conclude(self, plan: Plan, bindings: Bindings, found: dict[int, list[Ids]]) -> None:
        if not bindings.count:
            return
        for pattern in plan.conclusion:
            if self._is_wanted(pattern) and isinstance(pattern.predicate, int):
                pairs = pack(bindings.values(pattern.subject), bindings.values(pattern.object))
                found.setdefault(pattern.predicate, []).append(pairs)

    def _is_wanted(self, pattern: Pattern) -> bool:
        """Leave out that a class is below `owl:Thing` and above `owl:Nothing` where nothing follows from it."""
        if self._with_universe:
            return True
        return pattern.object != self.number(THING) and pattern.subject != self.number(NOTHING)

    def _add(self, found: dict[int, Pairs]) -> dict[int, Pairs]:
        """Add pairs and return those that are new."""
        fresh = {}
        for predicate, pairs in found.items():
            old = self.relations.get(predicate)
            new = pairs.by_subject
            if old is not None:
                new = new[~contained(new, old.by_subject)]
            if len(new):
                fresh[predicate] = Pairs(new)
                self.relations[predicate] = fresh[predicate] if old is None else Pairs(merged(old.by_subject, new))
        return fresh

    def _take_same(self, relations: dict[int, Pairs]) -> Ids:
        """Take the pairs of `owl:sameAs` out, those of a term with itself left aside."""
        pairs = relations.pop(self.number(SAME_AS), None)
        if pairs is None:
            return np.empty(0, np.int64)
        subjects, objects = unpack(pairs.by_subject)
        found: Ids = pairs.by_subject[subjects != objects]
        return found

    def _merge(self, same: Ids) -> dict[int, Pairs]:
        """Make one of terms that are the same; return all pairs if anything changed, for all must be tried again."""
        if self.reflexive and not len(same) and self.number(SAME_AS) not in self.relations:
            return self._with_reflexive()
        if not len(same):
            return {}
        while len(same):
            self._unite(same)
            self.relations = self._rewritten()
            same = self._take_same(self.relations)
        self._readings.clear()
        self._links = None
        return self._with_reflexive() if self.reflexive else dict(self.relations)

    def _unite(self, same: Ids) -> None:
        parent = self.representative.tolist()

        def root(number: int) -> int:
            while parent[number] != number:
                parent[number] = parent[parent[number]]
                number = parent[number]
            return number

        for one, other in zip(*(side.tolist() for side in unpack(same)), strict=True):
            low, high = sorted((root(one), root(other)))
            parent[high] = low
        self._numbers.clear()
        self.representative = np.array([root(number) for number in range(len(parent))], np.int64)

    def _rewritten(self) -> dict[int, Pairs]:
        columns: dict[int, list[Ids]] = {}
        for predicate, pairs in self.relations.items():
            if predicate != MEMBER:
                subjects, objects = unpack(pairs.by_subject)
                mapped = pack(self.representative[subjects], self.representative[objects])
                columns.setdefault(int(self.representative[predicate]), []).append(mapped)
        return {predicate: Pairs(distinct(arrays)) for predicate, arrays in columns.items()}

    def _with_reflexive(self) -> dict[int, Pairs]:
        """Add that every term is the same as itself, which matters where `owl:sameAs` has axioms.

        Terms of which nothing is said but that they are the same as others count, too.
        """
        everything = self._themselves(self.relations, self.representative[self._terms])
        self.relations[self.number(SAME_AS)] = everything
        return dict(self.relations)

    def _themselves(self, relations: dict[int, Pairs], *more: Ids) -> Pairs:
        """Return each term of some relations paired with itself."""
        terms = [np.array([self.number(SAME_AS), *(one for one in relations if one >= 0)], np.int64), *more]
        terms += [side for one, pairs in relations.items() if one >= 0 for side in unpack(pairs.by_subject)]
        everything = distinct(terms)
        return Pairs(pack(everything, everything))

    def lists(self, head: int) -> tuple[tuple[int, ...], ...]:
        """Return the lists that begin at a node."""
        if self._links is None:
            self._links = self._successors(RDF + "first"), self._successors(RDF + "rest")
        if head not in self._readings:
            self._readings[head] = list_readings(head, *self._links, self.number(RDF + "nil"))
        return self._readings[head]

    def _successors(self, name: str) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for subject, object_ in zip(*(side.tolist() for side in unpack(self.pairs(name).by_subject)), strict=True):
            found[subject] = (*found.get(subject, ()), object_)
        return found

    def _renew_lists(self, fresh: dict[int, Pairs]) -> dict[int, Pairs]:
        """Return the members of lists that were not known before."""
        links = {self.number(RDF + "first"), self.number(RDF + "rest")}
        takers = {self.number(name) for name in _LIST_PREDICATES}
        if (links | takers).isdisjoint(fresh):
            return {}
        if not links.isdisjoint(fresh):
            self._readings.clear()
            self._links = None
        heads = distinct(unpack(pairs.by_subject)[1] for one in takers if (pairs := self.relations.get(one)))
        found = [(head << 32) | item for head in heads.tolist() for members in self.lists(head) for item in members]
        return self._add({MEMBER: Pairs(distinct([np.array(found, np.int64)]))}) if found else {}
