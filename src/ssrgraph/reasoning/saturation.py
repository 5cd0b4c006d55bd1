"""Everything that follows from a graph, over sorted arrays of integers.

Semi-naive: in each round a rule is tried only where one of its statements is new. Rules with variable predicates are
specialised to the schema (`plans`). `owl:sameAs` is kept by representatives: terms that are the same become one
integer, and are told apart again where the closure is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.model import MemoryLimitError
from ssrgraph.reasoning.plans import MEMBER, RulePlans, list_readings, matches, new_matches
from ssrgraph.reasoning.relations import Pairs, contained, distinct, pack, unpack
from ssrgraph.reasoning.rules import rules
from ssrgraph.reasoning.statements import packed
from ssrgraph.reasoning.symbols import Symbols
from ssrgraph.reasoning.terms import NOTHING, OWL, RDF, RDFS, SAME_AS, THING, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from ssrgraph.reasoning.plans import Pattern, Plan
    from ssrgraph.reasoning.relations import Bindings, Ids

_ANNOTATION_PROPERTIES = (
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(
        OWL + name
        for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    ),
)
LIST_PREDICATES = tuple(
    OWL + name
    for name in ("propertyChainAxiom", "hasKey", "intersectionOf", "unionOf", "oneOf", "members", "distinctMembers")
)
_IDLE = (TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range")
_ABOUT_VALUES = (RDFS + "range", OWL + "allValuesFrom", TYPE)
_ALWAYS_KNOWN = (
    *(THING, NOTHING, SAME_AS, *_IDLE, *_ABOUT_VALUES, *_ANNOTATION_PROPERTIES, *LIST_PREDICATES, *sorted(DATATYPES)),
    *(OWL + name for name in ("differentFrom", "Class", "AnnotationProperty")),
    *(RDF + name for name in ("first", "rest", "nil")),
    RDFS + "Datatype",
    RDFS + "Resource",
)


class Saturation:
    """A graph as relations, and its closure.

    Args:
        triples: What is given.
        complete: Keep what holds of everything.
        memory_limit: How many bytes the relations, and one step of a rule, may take.

    Attributes:
        symbols: The integers of the terms.
        given: The pairs of each predicate that were given, by the integers of their texts.
        asserted: The same by values, and before terms became the same.
        axioms: What holds without being given.
        relations: The pairs of each predicate, over representatives.
        representative: For each integer the one that stands for all that are the same.
        classes: Of terms that became the same, the members by their representative, sorted.
        plans: The rules, specialised to the schema.
        with_universe: Whether membership in `owl:Thing` is derived.
        reflexive: Whether terms are related to themselves by `owl:sameAs`.
        typed: The datatypes that are used as classes.
    """

    def __init__(
        self, triples: Iterable[Triple] | None = None, *, complete: bool, memory_limit: int | None = None
    ) -> None:
        self.symbols = symbols = Symbols()
        self.complete = complete
        self.limit = memory_limit
        self._rules = [
            rule
            for rule in rules().values()
            if not rule.special and not rule.contradiction and rule.table != 4  # noqa: PLR2004
        ]
        for rule in self._rules:
            RulePlans(rule, symbols.of_name)  # the names of rules get the smallest integers: they represent their class
        for name in _ALWAYS_KNOWN:  # before any data, so that every graph has the same integers for them
            symbols.of_name(name)
        self.given: dict[int, Pairs] = {}
        if triples is not None:
            self.start({verb: Pairs(pairs) for verb, pairs in packed(triples, symbols).items()})

    def start(self, given: Mapping[int, Pairs]) -> None:
        """Begin again with what is given, by the integers of texts; nothing is derived yet."""
        symbols = self.symbols
        self.given = dict(given)
        self.asserted = self.by_value(given)
        self._numbers: dict[str | int, int] = {}
        self.axioms = self._axioms()
        self.relations = self.with_axioms()
        same_as = self.asserted.get(symbols.of_name(SAME_AS))
        self._terms: Ids = distinct(unpack(same_as.by_subject)) if same_as else np.empty(0, np.int64)
        self.representative = symbols.identity()
        self.classes: dict[int, list[int]] = {}
        # Membership in owl:Thing has consequences only where owl:Thing has axioms.
        self.with_universe = self.complete or bool(self.mentions_of_everything())
        self.reflexive = self.complete or bool(self.mentioned((SAME_AS,)))
        self._readings: dict[int, tuple[tuple[int, ...], ...]] = {}
        self._links: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] | None = None
        self.plans: list[RulePlans] = []
        self.constants: set[int] = set()
        self.added: list[dict[int, Pairs]] | None = None

    def resume(self, given: Mapping[int, Pairs], relations: Mapping[int, Pairs], representative: Ids) -> None:
        """Go on with a graph that was closed elsewhere, over the same integers."""
        self.start(given)
        self.relations = dict(relations)
        self.representative = representative
        values = self.symbols.identity()
        for number in np.flatnonzero(representative != values).tolist():
            top = int(representative[number])
            if values[number] == number:
                self.classes.setdefault(top, [top]).append(number)
        self.plans = [RulePlans(rule, self.number) for rule in self._rules]
        for plans in self.plans:
            for plan in plans.renew(self.relations, self.lists):
                self._note_constants(plan)

    def by_value(self, pairs: Mapping[int, Pairs]) -> dict[int, Pairs]:
        """Return pairs by values instead of texts."""
        if not self.symbols.variants:
            return dict(pairs)
        lookup = self.symbols.identity()
        found = {}
        for verb, one in pairs.items():
            subjects, objects = unpack(one.by_subject)
            values = lookup[objects]
            found[verb] = one if np.array_equal(values, objects) else Pairs(distinct([pack(subjects, values)]))
        return found

    def with_axioms(self) -> dict[int, Pairs]:
        """Return what was asserted together with what holds anyhow."""
        type_ = self.symbols.of_name(TYPE)
        known = [self.asserted[type_].by_subject] if type_ in self.asserted else []
        return {**self.asserted, type_: Pairs(distinct([*known, self.axioms]))}

    def _axioms(self) -> Ids:
        """Return the pairs of `rdf:type` that hold without being given."""
        symbols = self.symbols
        class_ = symbols.of_name(OWL + "Class")
        types = [(symbols.of_name(name) << 32) | class_ for name in (THING, NOTHING)]
        annotation = symbols.of_name(OWL + "AnnotationProperty")
        types += [(symbols.of_name(name) << 32) | annotation for name in _ANNOTATION_PROPERTIES]
        datatype = symbols.of_name(RDFS + "Datatype")
        types += [(symbols.of_name(name) << 32) | datatype for name in sorted(DATATYPES)]
        # The datatypes that are used as classes; membership in others bears on nothing.
        self.typed = self.mentions_of_datatypes()
        types += self._types_of_literals()
        return distinct([np.array(types, np.int64)])

    def _types_of_literals(self) -> Iterator[int]:
        """Yield `dt-type2` for the datatypes that are used as classes."""
        if not self.typed:
            return
        present = set(distinct(unpack(pairs.by_subject)[1] for pairs in self.asserted.values()).tolist())
        counts = {self.symbols.of_name(0), self.symbols.of_name(1)}
        values = {number: one for number, one in self.symbols.values().items() if number in present | counts}
        for name in sorted(self.typed):
            datatype = self.symbols.of_name(name)
            for number, denoted in values.items():
                if has(name, denoted):
                    yield (number << 32) | datatype

    def mentioned(
        self,
        names: Iterable[str],
        *,
        within: Mapping[int, Pairs] | None = None,
        not_as_subject_of: tuple[str, ...] = (),
        not_as_object_of: tuple[str, ...] = (),
    ) -> set[str]:
        """Return those of the names that statements have as subject or object, but for some predicates.

        Args:
            names: IRIs.
            within: The statements; None for those that were asserted.
            not_as_subject_of: Predicates whose subjects do not count.
            not_as_object_of: Predicates whose objects do not count.
        """
        skipped = [{self.symbols.of_name(one) for one in some} for some in (not_as_subject_of, not_as_object_of)]
        numbers = {self.symbols.of_name(name): name for name in names}
        wanted = np.zeros(len(self.symbols), np.bool_)
        wanted[list(numbers)] = True
        found: set[str] = set()
        for predicate, pairs in (self.asserted if within is None else within).items():
            for side, skip in zip(unpack(pairs.by_subject), skipped, strict=True):
                if predicate not in skip:
                    found |= {numbers[one] for one in distinct([side[wanted[side]]]).tolist()}
        return found

    def mentions_of_everything(self, within: Mapping[int, Pairs] | None = None) -> set[str]:
        """Return `owl:Thing` and `owl:Nothing` where they have axioms."""
        return self.mentioned((THING, NOTHING), within=within, not_as_object_of=_IDLE)

    def mentions_of_datatypes(self, within: Mapping[int, Pairs] | None = None) -> set[str]:
        """Return the datatypes that are used as classes."""
        return self.mentioned(DATATYPES, within=within, not_as_subject_of=_ABOUT_VALUES, not_as_object_of=_ABOUT_VALUES)

    def grow(self) -> None:
        """Let terms that are new stand for themselves."""
        self.representative = grown(self.representative, self.symbols)

    def members_of(self, number: int) -> list[int]:
        """Return all that a representative stands for."""
        return self.classes.get(number, [number])

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
        """Add everything that follows from all relations."""
        same = self.take_same(self.relations)
        if len(same):
            self._unite(same)
            self._rewrite()
        self._run(self._again(), first=True)

    def saturate_from(self, fresh: dict[int, Pairs], same: Ids) -> None:
        """Add everything that follows from some pairs that were added to a closed graph, and from sameness."""
        if self.reflexive and fresh:
            fresh = fresh | self.add({self.number(SAME_AS): self._themselves(fresh)})
        merged_anew, first = self._merge(same)
        self._run(merged_anew if first else _joined(fresh, merged_anew, self.relations), first=first)

    def _run(self, fresh: dict[int, Pairs], *, first: bool) -> None:
        while fresh:
            if first:
                self.plans = [RulePlans(rule, self.number) for rule in self._rules]
                self.constants.clear()
            fresh |= self._renew_lists(fresh)
            found = self._round(fresh, first=first)
            same = self.take_same(found)
            fresh = self.add(found)
            if self.reflexive and fresh:
                fresh |= self.add({self.number(SAME_AS): self._themselves(fresh)})
            merged_anew, first = self._merge(same)
            fresh = merged_anew if first else _joined(fresh, merged_anew, self.relations)
            self._check_memory()

    def _check_memory(self) -> None:
        if self.limit is not None:
            needed = sum(len(pairs) for pairs in self.relations.values()) * 16
            if needed > self.limit:
                raise MemoryLimitError(self.limit, needed)

    def _round(self, fresh: dict[int, Pairs], *, first: bool) -> dict[int, Pairs]:
        """Return what the rules conclude from what is fresh."""
        found: dict[int, list[Ids]] = {}
        for plans in self.plans:
            old = list(plans.plans)
            for plan in old:
                for bindings in new_matches(plan, self.relations, fresh, self.limit):
                    self.conclude(plan, bindings, found)
            if first or not plans.schema_predicates.isdisjoint(fresh):
                for plan in plans.renew(self.relations, self.lists):
                    self._note_constants(plan)
                    self.conclude(plan, matches(plan.given, plan.patterns, self.relations, self.limit), found)
        return {predicate: Pairs(distinct(arrays)) for predicate, arrays in found.items()}

    def _note_constants(self, plan: Plan) -> None:
        for column in plan.given.columns.values():
            self.constants.update(column.tolist())
        for pattern in (*plan.patterns, *plan.conclusion):
            parts = (pattern.subject, pattern.predicate, pattern.object)
            self.constants.update(one for one in parts if isinstance(one, int))

    def conclude(self, plan: Plan, bindings: Bindings, found: dict[int, list[Ids]]) -> None:
        """Put what a plan concludes under some bindings to what was found."""
        if not bindings.count:
            return
        for pattern in plan.conclusion:
            if self._is_wanted(pattern) and isinstance(pattern.predicate, int):
                pairs = pack(bindings.values(pattern.subject), bindings.values(pattern.object))
                found.setdefault(pattern.predicate, []).append(pairs)

    def _is_wanted(self, pattern: Pattern) -> bool:
        """Leave out that a class is below `owl:Thing` and above `owl:Nothing` where nothing follows from it."""
        if self.with_universe:
            return True
        return pattern.object != self.number(THING) and pattern.subject != self.number(NOTHING)

    def add(self, found: Mapping[int, Pairs]) -> dict[int, Pairs]:
        """Add pairs and return those that are new."""
        fresh = {}
        for predicate, pairs in found.items():
            old = self.relations.get(predicate)
            new = pairs.by_subject
            if old is not None:
                new = new[~contained(new, old.by_subject)]
            if len(new):
                fresh[predicate] = Pairs(new)
                self.relations[predicate] = fresh[predicate] if old is None else old.plus(new)
        if self.added is not None and fresh:
            self.added.append(fresh)
        return fresh

    def take_same(self, relations: dict[int, Pairs]) -> Ids:
        """Take the pairs of `owl:sameAs` out, those of a term with itself left aside."""
        pairs = relations.pop(self.number(SAME_AS), None)
        if pairs is None:
            return np.empty(0, np.int64)
        subjects, objects = unpack(pairs.by_subject)
        found: Ids = pairs.by_subject[subjects != objects]
        return found

    def _merge(self, same: Ids) -> tuple[dict[int, Pairs], bool]:
        """Make one of terms that are the same.

        Returns:
            The pairs that have been rewritten and must be tried, and whether the plans must be made again and all
            pairs be tried, which is so where the schema speaks of one of the terms.
        """
        if not len(same):
            return {}, False
        changed = self._unite(same)
        if self._is_schema(changed):
            self._rewrite()
            return self._again(), True
        gone = np.array(sorted(changed), np.int64)
        found: dict[int, Pairs] = {}
        reflexive = self.number(SAME_AS)
        for predicate in [one for one in self.relations if one >= 0]:
            pairs = self.relations[predicate]
            old = pairs.about(gone)
            if len(old):
                subjects, objects = unpack(old)
                self.relations[predicate] = pairs.minus(old)
                new = distinct([pack(self.representative[subjects], self.representative[objects])])
                if predicate != reflexive:
                    found[predicate] = Pairs(new)
                else:
                    self.relations[predicate] = Pairs(distinct([self.relations[predicate].by_subject, new]))
        return self.add(found), False

    def _is_schema(self, changed: set[int]) -> bool:
        """Say whether the schema, or a list, speaks of one of these."""
        if not changed.isdisjoint(self.constants) or not changed.isdisjoint(self.relations) or not self.plans:
            return True
        some = np.array(sorted(changed), np.int64)
        return any(len(self.pairs(RDF + name).about(some)) for name in ("first", "rest"))

    def _again(self) -> dict[int, Pairs]:
        """Return all pairs, for all must be tried again."""
        self._readings.clear()
        self._links = None
        if self.reflexive:
            self.relations[self.number(SAME_AS)] = self._themselves(self.relations, self.representative[self._terms])
        return dict(self.relations)

    def _unite(self, same: Ids) -> set[int]:
        """Make one of terms that are the same; return those that no longer stand for themselves."""
        subjects, objects = (self.representative[side].tolist() for side in unpack(same))
        parent: dict[int, int] = {}

        def root(number: int) -> int:
            while (above := parent.get(number, number)) != number:
                parent[number] = parent.get(above, above)
                number = above
            return number

        for one, other in zip(subjects, objects, strict=True):
            low, high = sorted((root(one), root(other)))
            if low != high:
                parent[high] = low
        self.representative = self.representative.copy()
        for number in parent:
            top = root(number)
            members = self.classes.pop(number, [number])
            self.representative[members] = top
            self.classes[top] = sorted([*self.classes.get(top, [top]), *members])
        if self.symbols.variants:
            self.representative = self.representative[self.symbols.identity()]
        self._numbers.clear()
        return set(parent)

    def _rewrite(self) -> None:
        """Write all relations over representatives, until no more terms are found to be the same."""
        same = np.empty(0, np.int64)
        while True:
            columns: dict[int, list[Ids]] = {}
            for predicate, pairs in self.relations.items():
                if predicate != MEMBER:
                    subjects, objects = unpack(pairs.by_subject)
                    mapped = pack(self.representative[subjects], self.representative[objects])
                    columns.setdefault(int(self.representative[predicate]), []).append(mapped)
            self.relations = {predicate: Pairs(distinct(arrays)) for predicate, arrays in columns.items()}
            same = self.take_same(self.relations)
            if not len(same):
                return
            self._unite(same)

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
        takers = {self.number(name) for name in LIST_PREDICATES}
        if (links | takers).isdisjoint(fresh):
            return {}
        if not links.isdisjoint(fresh):
            self._readings.clear()
            self._links = None
        heads = distinct(unpack(pairs.by_subject)[1] for one in takers if (pairs := self.relations.get(one)))
        found = [(head << 32) | item for head in heads.tolist() for members in self.lists(head) for item in members]
        return self.add({MEMBER: Pairs(distinct([np.array(found, np.int64)]))}) if found else {}


def grown(representative: Ids, symbols: Symbols) -> Ids:
    """Return what represents each integer where some were added: the new ones themselves, or their values."""
    known = len(representative)
    if known == len(symbols):
        return representative
    values = symbols.identity()[known:]
    found = np.concatenate([representative, values])
    found[known:] = found[values]
    return found


def _joined(some: Mapping[int, Pairs], more: Mapping[int, Pairs], current: Mapping[int, Pairs]) -> dict[int, Pairs]:
    """Return what two sets of pairs have together, as far as it still holds."""
    if not more:
        return dict(some)
    found = {}
    for predicate in sorted({*some, *more}):
        pairs = distinct(one[predicate].by_subject for one in (some, more) if predicate in one)
        held = current.get(predicate)
        pairs = pairs[contained(pairs, held.by_subject)] if held is not None else pairs[:0]
        if len(pairs):
            found[predicate] = Pairs(pairs)
    return found
