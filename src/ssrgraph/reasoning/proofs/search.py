"""The search for proofs: backwards from a goal, with the fewest rule applications first.

A goal is tried with a budget of one rule application, then two, and so on. What is found within a budget is therefore
shortest; what is not found within it need not be tried with it again, wherever else it is wanted. A premise always
has a smaller budget than what it is a premise of, so that nothing rests on itself.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.reasoning.proofs import conditions
from ssrgraph.reasoning.proofs.model import Fact, Proof
from ssrgraph.reasoning.proofs.values import is_ill_typed, lacks, rule_without_condition
from ssrgraph.reasoning.terms import SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.reasoning.proofs.model import Graph, Term

MOST_STEPS = 64
"""A proof with more rule applications is not looked for."""
EXTRA_STEPS = 4
"""By how many rule applications a further proof may be longer than the shortest."""


class Prover:
    """Finds proofs in one closed graph, and remembers what it has found.

    Args:
        graph: What was given and what follows.
        width: How many facts are tried for one statement of a condition; 0 for all. Proofs are shortest among those
            that these facts allow.
    """

    def __init__(self, graph: Graph, *, width: int = 0) -> None:
        self._graph = graph
        self._width = width
        self._matches: dict[tuple[Term | None, Term | None, Term | None], _Lazy] = {}
        self._asserted: dict[Fact, bool] = {}
        self._steps: dict[Fact, int] = {}
        self._best: dict[Fact, tuple[str, tuple[Fact, ...]]] = {}
        self._least: dict[Fact, int] = {}

    def holds(self, fact: Fact) -> bool:
        """Say whether a fact is in the graph, or holds whatever the graph says."""
        return self.is_asserted(fact) or any(True for _ in self.match(*fact))

    def is_asserted(self, fact: Fact) -> bool:
        """Say whether a fact was given."""
        known = self._asserted.get(fact)
        if known is None:
            known = self._asserted[fact] = self._graph.is_asserted(fact)
        return known

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        """Yield the facts that hold and have these terms."""
        key = (subject, predicate, object_)
        found = self._matches.get(key)
        if found is None:
            found = self._matches[key] = _Lazy(self._matching(*key), self._width)
        return iter(found)

    def _matching(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        if subject is not None and predicate is not None and object_ is not None:
            fact = Fact(subject, predicate, object_)
            if rule_without_condition(fact):
                yield fact
                return
        yield from self._graph.match(subject, predicate, object_)

    def least(self, fact: Fact) -> int:
        """Return a number of rule applications below which a fact has no proof."""
        if self.is_asserted(fact):
            return 0
        return self._steps.get(fact) or self._least.get(fact, 1)

    def prove(self, fact: Fact) -> Proof | None:
        """Return a proof with the fewest rule applications; None if the graph does not have the fact."""
        if not self.holds(fact) or self._found(fact, MOST_STEPS) is None:
            return None
        return self._built(fact)

    def proofs(self, fact: Fact, limit: int) -> tuple[Proof, ...]:
        """Return different proofs, those with the fewest rule applications first; what was given has one only."""
        shortest = self.prove(fact)
        if shortest is None:
            return ()
        found = {shortest: None}
        for steps in range(shortest.steps, shortest.steps + EXTRA_STEPS + 1):
            for proof in self._all(fact, steps, frozenset()):
                if len(found) >= limit:
                    return tuple(found)
                found.setdefault(proof)
        return tuple(found)

    def inconsistent(self, name: str, facts: frozenset[Fact]) -> Proof | None:
        """Return a proof that the condition of a rule holds which must not.

        Args:
            name: The rule.
            facts: What meets in it, as a reasoner reports it; the premises have as many of these as they can.
        """
        meeting = self._values(facts) if name == "dt-not-type" else self._meeting(name, facts)
        best: tuple[tuple[int, int, str], tuple[Fact, ...]] | None = None
        for premises in dict.fromkeys(meeting):
            steps = [self._found(one, MOST_STEPS) for one in premises]
            if None not in steps:
                key = (-len(facts.intersection(premises)), sum(one or 0 for one in steps), str(premises))
                best = min(best, (key, premises)) if best else (key, premises)
        if best is None:
            return None
        return Proof(conclusion=None, rule=name, premises=tuple(map(self._built, best[1])))

    def _meeting(self, name: str, facts: frozenset[Fact]) -> Iterator[tuple[Fact, ...]]:
        rule = conditions.contradicting(name)
        # Two literals that are said to be the same: that they are not is in no graph.
        literals = sorted({one.object for one in facts if isinstance(one.object, Literal)}, key=str)
        same = {Fact(one, NamedNode(SAME_AS), other) for one, other in combinations(literals, 2)}
        for fact in sorted(facts | same, key=str):
            for item in rule.items:
                binding = conditions.bound(item.pattern, fact, {}) if item.pattern else None
                if binding is not None:
                    yield from conditions.premises(rule, binding, self, MOST_STEPS)

    def _values(self, facts: frozenset[Fact]) -> Iterator[tuple[Fact, ...]]:
        """Yield what `dt-not-type` needs: that a literal occurs which has no value, or that one has a wrong type."""
        for fact in sorted(facts, key=str):
            if is_ill_typed(fact.object):
                yield (fact,)
            yield from ((one,) for one in self.match(fact.object, NamedNode(TYPE), None) if lacks(*one[::2]))

    def _found(self, goal: Fact, budget: int) -> int | None:
        """Return the fewest rule applications that prove a goal, None if they are more than the budget."""
        if self.is_asserted(goal):
            return 0
        known = self._steps.get(goal)
        if known is not None:
            return known if known <= budget else None
        for steps in range(self._least.get(goal, 1), budget + 1):
            way = self._way(goal, steps)
            if way is not None:
                self._best[goal] = way
                self._steps[goal] = steps
                return steps
            self._least[goal] = steps + 1
        return None

    def _way(self, goal: Fact, steps: int) -> tuple[str, tuple[Fact, ...]] | None:
        for name, premises in self._applications(goal, steps - 1):
            left = steps - 1 - sum(map(self.least, premises))
            for one in premises:
                if left < 0:
                    break
                least = self.least(one)
                needed = self._found(one, least + left)
                left = -1 if needed is None else left - (needed - least)
            if left >= 0:
                return name, premises
        return None

    def _applications(self, goal: Fact, budget: int) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Yield the rules that conclude a goal, each with what it needs."""
        special = rule_without_condition(goal)
        if special is not None:
            yield special, ()
            return
        table = conditions.backward_rules()
        name = goal.predicate.value if isinstance(goal.predicate, NamedNode) else ""
        for rule in (*table.get(name, ()), *table[None]):
            binding = conditions.bound(rule.head, goal, {}) if rule.head else None
            if binding is not None:
                for premises in conditions.premises(rule, binding, self, budget):
                    if goal not in premises:
                        yield rule.name, premises

    def _built(self, goal: Fact) -> Proof:
        if self.is_asserted(goal):
            return Proof(conclusion=goal)
        name, premises = self._best[goal]
        return Proof(conclusion=goal, rule=name, premises=tuple(map(self._built, premises)))

    def _all(self, goal: Fact, steps: int, above: frozenset[Fact]) -> Iterator[Proof]:
        """Yield all proofs of exactly so many rule applications that do not need what they are needed for."""
        if self.is_asserted(goal):
            if steps == 0:
                yield Proof(conclusion=goal)
            return
        if steps < self.least(goal) or goal in above:
            return
        for name, premises in self._applications(goal, steps - 1):
            for parts in self._shared(premises, steps - 1, above | {goal}):
                yield Proof(conclusion=goal, rule=name, premises=parts)

    def _shared(self, premises: tuple[Fact, ...], steps: int, above: frozenset[Fact]) -> Iterator[tuple[Proof, ...]]:
        if not premises:
            if steps == 0:
                yield ()
            return
        first, rest = premises[0], premises[1:]
        needed = sum(map(self.least, rest))
        for share in range(self.least(first), steps - needed + 1):
            for proof in self._all(first, share, above):
                for others in self._shared(rest, steps - share, above):
                    yield (proof, *others)


class _Lazy:
    """What an iterator gives, kept, so that it can be gone through again, or only in part."""

    __slots__ = ("_kept", "_left", "_more")

    def __init__(self, more: Iterator[Fact], width: int) -> None:
        self._kept: list[Fact] = []
        self._more = more
        self._left = width or -1

    def __iter__(self) -> Iterator[Fact]:
        place = 0
        while True:
            if place == len(self._kept):
                if not self._left:
                    return
                one = next(self._more, None)
                if one is None:
                    self._left = 0
                    return
                self._left -= 1
                self._kept.append(one)
            yield self._kept[place]
            place += 1
