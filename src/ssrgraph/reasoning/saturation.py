"""Everything that follows from a graph, over sorted arrays of integers.

The schema is closed first, and rules with variable predicates are specialised to it (`plans`). Then, round by round,
a rule is tried only where one of its statements is new. `owl:sameAs` is kept by representatives: terms that are the
same become one integer, and are told apart again where the closure is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.axioms import LIST_PREDICATES, Vocabulary
from ssrgraph.reasoning.columns import joined
from ssrgraph.reasoning.economy import IMPLIED, LIFTING, essential
from ssrgraph.reasoning.lists import Lists
from ssrgraph.reasoning.model import MemoryLimitError
from ssrgraph.reasoning.plans import MEMBER, RulePlans, concluded_directly, matches, new_matches
from ssrgraph.reasoning.relations import Pairs, contained, distinct, pack, unpack
from ssrgraph.reasoning.rules import rules
from ssrgraph.reasoning.sameness import classes_of, grown, rewritten, unite
from ssrgraph.reasoning.statements import packed
from ssrgraph.reasoning.symbols import Symbols
from ssrgraph.reasoning.terms import NOTHING, RDF, SAME_AS, THING, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from ssrgraph.reasoning.columns import Changes
    from ssrgraph.reasoning.plans import Pattern, Plan
    from ssrgraph.reasoning.relations import Bindings, Ids

_EQUALITY, _SCHEMA = 4, 9
"""The numbers of the specification's tables of rules about sameness, and about the schema."""
_NONE = np.empty(0, np.int64)


class Saturation:
    """A graph as relations, and its closure.

    Args:
        triples: What is given.
        complete: Keep what holds of everything.
        memory_limit: How many bytes the relations, and one step of a rule, may take.

    Attributes:
        symbols: The integers of the terms.
        vocabulary: Those that reasoning gives a meaning to.
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
        changes: Makes and remembers the changes of a closed graph.
    """

    def __init__(
        self, triples: Iterable[Triple] | None = None, *, complete: bool, memory_limit: int | None = None
    ) -> None:
        self.symbols = symbols = Symbols()
        self.complete, self.limit = complete, memory_limit
        self._rules = [
            rule
            for rule in rules().values()
            if not rule.special and not rule.contradiction and rule.table != _EQUALITY and rule.name not in IMPLIED
        ]
        # The names of rules get the smallest integers: they represent their class.
        self._plans_of_names = [RulePlans(rule, symbols.of_name) for rule in self._rules]
        self._names = len(symbols)
        self.vocabulary = Vocabulary(symbols)  # before any data, so that every graph has the same integers for it
        self.given: dict[int, Pairs] = {}
        if triples is not None:
            self.start({verb: Pairs(pairs) for verb, pairs in packed(triples, symbols).items()})

    def start(self, given: Mapping[int, Pairs]) -> None:
        """Begin again with what is given, by the integers of texts; nothing is derived yet."""
        symbols = self.symbols
        self.given = dict(given)
        self.asserted = self.by_value(given)
        self._numbers: dict[str | int, int] = {}
        self._extremes: tuple[int, int] | None = None
        mentions = self.vocabulary.mentions(self.asserted)
        self.typed = mentions.datatypes
        self.axioms = self.vocabulary.types(self.asserted, self.typed)
        self.relations = self._with_axioms()
        same_as = self.asserted.get(symbols.of_name(SAME_AS))
        self._terms: Ids = distinct(unpack(same_as.by_subject)) if same_as else _NONE
        self.representative = symbols.identity()
        self.classes: dict[int, list[int]] = {}
        # Membership in owl:Thing has consequences only where owl:Thing has axioms.
        self.with_universe = self.complete or mentions.everything
        self.reflexive = self.complete or mentions.sameness
        self._lists: Lists | None = None
        self._list_verbs: tuple[set[int], set[int]] | None = None
        self.plans: list[RulePlans] = []
        self.changes: Changes | None = None

    def resume(self, given: Mapping[int, Pairs], relations: Mapping[int, Pairs], representative: Ids) -> None:
        """Go on with a graph that was closed elsewhere, over the same integers."""
        self.start(given)
        self.relations = dict(relations)
        self.representative = representative
        self.classes = classes_of(representative, self.symbols.identity())
        self._make_plans()
        for plans in self.plans:
            self._renew(plans)

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

    def _with_axioms(self) -> dict[int, Pairs]:
        """Return what was asserted together with what holds anyhow."""
        type_ = self.symbols.of_name(TYPE)
        known = [self.asserted[type_].by_subject] if type_ in self.asserted else []
        return {**self.asserted, type_: Pairs(distinct([*known, self.axioms]))}

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
        return self.relations.get(self.number(name), Pairs(_NONE))

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
        fresh, first = self._merge(same, fresh)
        self._run(fresh, first=first)

    def _run(self, fresh: dict[int, Pairs], *, first: bool) -> None:
        while fresh:
            if first:
                self._make_plans()
            fresh = fresh | self._renew_lists(fresh)
            same = self._close_schema(fresh) if first else _NONE
            if not len(same):
                same, fresh = self._round(fresh, first=first)
            fresh, first = self._merge(same, fresh)
            self._check_memory()

    def _check_memory(self) -> None:
        needed = sum(len(pairs) for pairs in self.relations.values()) * 16
        if self.limit is not None and needed > self.limit:
            raise MemoryLimitError(self.limit, needed)

    def _make_plans(self) -> None:
        """Forget what the rules were specialised to."""
        names = self.representative[: self._names]
        if np.array_equal(names, np.arange(len(names))):
            self.plans = self._plans_of_names
            for plans in self.plans:
                plans.reset()
        else:
            self.plans = [RulePlans(rule, self.number) for rule in self._rules]

    def _close_schema(self, fresh: dict[int, Pairs]) -> Ids:
        """Add what the rules about the schema conclude, until something is found to be the same; return that."""
        schema = [plans for plans in self.plans if plans.rule.table == _SCHEMA]
        first, same = True, _NONE
        while fresh and not len(same):
            found: dict[int, list[Ids]] = {}
            for plans in schema:
                self._try(plans, fresh, found, first=first)
            same, fresh = self._take_in(found)
            first = False
        return same

    def _round(self, fresh: dict[int, Pairs], *, first: bool) -> tuple[Ids, dict[int, Pairs]]:
        """Try the rules where something is fresh, all of them at first; return what is the same, and what is new."""
        same, lifted = self._lift(fresh, first=first)
        if first:
            fresh = lifted
        elif lifted:
            fresh = joined(fresh, lifted, self.relations)
        found: dict[int, list[Ids]] = {}
        for plans in self.plans:
            if plans.rule.name not in LIFTING:
                self._try(plans, fresh, found, first=first)
        more, fresh = self._take_in(found)
        return distinct([same, more]), fresh

    def _lift(self, fresh: dict[int, Pairs], *, first: bool) -> tuple[Ids, dict[int, Pairs]]:
        """Try the rules that go up a hierarchy; again only where there is more to go up by."""
        hierarchies = {self.number(name) for name in LIFTING.values()}
        same = _NONE
        every: dict[int, Pairs] = {}
        while fresh:
            found: dict[int, list[Ids]] = {}
            for plans in self.plans:
                if plans.rule.name in LIFTING:
                    self._try(plans, fresh, found, first=first)
            more, fresh = self._take_in(found)
            same = distinct([same, more])
            every = joined(every, fresh, self.relations) if every else fresh
            if hierarchies.isdisjoint(fresh):
                break
        return same, every

    def _try(self, plans: RulePlans, fresh: dict[int, Pairs], found: dict[int, list[Ids]], *, first: bool) -> None:
        """Put what a rule concludes to what was found."""
        for plan in plans.plans:
            self._try_plan(plan, fresh, found)
        if (first and not plans.plans) or not plans.schema_predicates.isdisjoint(fresh):
            for plan in self._renew(plans):
                if plan.direct:
                    self._try_plan(plan, self.relations, found)
                else:
                    every = matches(plan.given, plan.patterns, self.relations, self.limit, plan.apart)
                    self.conclude(plan, every, found)

    def _try_plan(self, plan: Plan, fresh: Mapping[int, Pairs], found: dict[int, list[Ids]]) -> None:
        if not plan.direct:
            for bindings in new_matches(plan, self.relations, fresh, self.limit):
                self.conclude(plan, bindings, found)
            return
        verb = plan.patterns[0].predicate
        pairs = fresh.get(verb) if isinstance(verb, int) else None
        if pairs is not None:
            for pattern, concluded in concluded_directly(plan, pairs, self.limit):
                if self.is_wanted(pattern) and isinstance(pattern.predicate, int):
                    found.setdefault(pattern.predicate, []).append(concluded)

    def _renew(self, plans: RulePlans) -> list[Plan]:
        """Return the plans that the schema gives a rule now and did not give before."""
        return plans.renew(essential(plans.rule.name, self.relations, self.number), self.lists)

    def conclude(self, plan: Plan, bindings: Bindings, found: dict[int, list[Ids]]) -> None:
        """Put what a plan concludes under some bindings to what was found."""
        if not bindings.count:
            return
        for pattern in plan.conclusion:
            if self.is_wanted(pattern) and isinstance(pattern.predicate, int):
                pairs = pack(bindings.values(pattern.subject), bindings.values(pattern.object))
                found.setdefault(pattern.predicate, []).append(pairs)

    def is_wanted(self, pattern: Pattern) -> bool:
        """Leave out that a class is below `owl:Thing` and above `owl:Nothing` where nothing follows from it."""
        if self.with_universe:
            return True
        if self._extremes is None:
            self._extremes = self.number(THING), self.number(NOTHING)
        top, bottom = self._extremes
        return pattern.object != top and pattern.subject != bottom

    def _take_in(self, found: Mapping[int, list[Ids]]) -> tuple[Ids, dict[int, Pairs]]:
        """Add what was found; return what is the same, and what is new."""
        every = {predicate: Pairs(distinct(arrays)) for predicate, arrays in found.items()}
        same = self.take_same(every)
        fresh = self.add(every)
        if self.reflexive and fresh:
            fresh |= self.add({self.number(SAME_AS): self._themselves(fresh)})
        return same, fresh | self._renew_lists(fresh)

    def add(self, found: Mapping[int, Pairs]) -> dict[int, Pairs]:
        """Add pairs and return those that are new."""
        fresh = {}
        for predicate, pairs in found.items():
            old = self.relations.get(predicate)
            new = pairs.by_subject
            if old is not None:
                new = new[~contained(new, old.by_subject)]
            if len(new):
                fresh[predicate] = more = Pairs(new) if len(new) < len(pairs) else pairs
                if self.changes is not None:
                    self.relations[predicate] = self.changes.plus(old, more)
                else:
                    self.relations[predicate] = more if old is None else old.plus(more)
        if self.changes is not None and fresh:
            self.changes.added.append(fresh)
        return fresh

    def take_same(self, relations: dict[int, Pairs]) -> Ids:
        """Take the pairs of `owl:sameAs` out, those of a term with itself left aside."""
        pairs = relations.pop(self.number(SAME_AS), None)
        if pairs is None:
            return _NONE
        subjects, objects = unpack(pairs.by_subject)
        found: Ids = pairs.by_subject[subjects != objects]
        return found

    def _merge(self, same: Ids, fresh: dict[int, Pairs]) -> tuple[dict[int, Pairs], bool]:
        """Make one of terms that are the same.

        Returns:
            The pairs that must be tried: those that were fresh, as far as they still stand, and those that have been
            rewritten. And whether the plans must be made again and all pairs be tried, which is so where the schema
            speaks of one of the terms.
        """
        if not len(same):
            return fresh, False
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
        return joined(fresh, self.add(found), self.relations), False

    def _is_schema(self, changed: set[int]) -> bool:
        """Say whether the schema, or a list, speaks of one of these."""
        constants = (plan.constants() for plans in self.plans for plan in plans.plans)
        if not self.plans or not changed.isdisjoint(self.relations) or any(map(changed.intersection, constants)):
            return True
        some = np.array(sorted(changed), np.int64)
        return any(len(self.pairs(RDF + name).about(some)) for name in ("first", "rest"))

    def _again(self) -> dict[int, Pairs]:
        """Return all pairs, for all must be tried again."""
        self._lists = None
        if self.reflexive:
            self.relations[self.number(SAME_AS)] = self._themselves(self.relations, self.representative[self._terms])
        return dict(self.relations)

    def _unite(self, same: Ids) -> set[int]:
        """Make one of terms that are the same; return those that no longer stand for themselves."""
        self.representative = self.representative.copy()
        changed = unite(same, self.representative, self.classes)
        if self.symbols.variants:
            self.representative = self.representative[self.symbols.identity()]
        self._numbers.clear()
        self._extremes = None
        self._list_verbs = None
        return changed

    def _rewrite(self) -> None:
        """Write all relations over representatives, until no more terms are found to be the same."""
        while True:
            self.relations = rewritten(self.relations, self.representative)
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
        if self._lists is None:
            self._lists = Lists(self.pairs(RDF + "first"), self.pairs(RDF + "rest"), self.number(RDF + "nil"))
        return self._lists(head)

    def _renew_lists(self, fresh: dict[int, Pairs]) -> dict[int, Pairs]:
        """Return the members of lists that were not known before; all of them where lists can be read in a new way."""
        if self._list_verbs is None:
            links = {self.number(RDF + "first"), self.number(RDF + "rest")}
            self._list_verbs = links, {self.number(name) for name in LIST_PREDICATES}
        links, takers = self._list_verbs
        if links.isdisjoint(fresh) and takers.isdisjoint(fresh):
            return {}
        if not links.isdisjoint(fresh):
            self._lists = None
        heads = distinct(pairs.objects for one in takers if (pairs := self.relations.get(one)))
        found = [(head << 32) | item for head in heads.tolist() for members in self.lists(head) for item in members]
        if not found:
            return {}
        new = self.add({MEMBER: Pairs(distinct([np.array(found, np.int64)]))})
        # A list with two ends has readings of which each member is known already.
        return new if links.isdisjoint(fresh) else {MEMBER: self.relations[MEMBER]}
