"""The search for proofs: backwards from a goal, with the fewest rule applications first.

A goal is tried with a budget of one rule application, then two, and so on. What is found within a budget is therefore
shortest; what is not found within it need not be tried with it again, wherever else it is wanted. A premise always
has a smaller budget than what it is a premise of, so that nothing rests on itself.

That is quick for the short proofs that most facts have. Where it takes too long, all that the goal could rest on is
gathered, and the fewest rule applications are found for one fact after the other, from what was given upwards
(D. E. Knuth, A generalization of Dijkstra's algorithm, 1977).
"""

from __future__ import annotations

from contextlib import suppress
from heapq import heapify, heappop, heappush
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.reasoning.proofs import conditions
from ssrgraph.reasoning.proofs.model import NO_PROOF, Fact, Proof
from ssrgraph.reasoning.proofs.values import is_ill_typed, lacks, rule_without_condition
from ssrgraph.reasoning.terms import SAME_AS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.reasoning.proofs.model import Graph, Term

MOST_STEPS = 64
"""A proof with more rule applications is not looked for backwards."""
EFFORT = 100_000
"""How often facts are looked up before the search backwards gives up."""
EXTRA_STEPS = 4
"""By how many rule applications a further proof may be longer than the shortest."""


class _TooMuchEffortError(Exception):
    """A proof with the fewest rule applications is not found quickly by going backwards."""


class Prover:
    """Finds proofs in one closed graph, and remembers what it has found.

    Args:
        graph: What was given and what follows.
        width: How many facts are tried for one statement of a condition; 0 for all. Proofs are shortest among those
            that these facts allow.
        effort: How often facts are looked up backwards from a goal. After that the search goes upwards, or, where not
            all facts are tried, it is given up.
    """

    def __init__(self, graph: Graph, *, width: int = 0, effort: int = EFFORT) -> None:
        self._effort = effort
        self._graph = graph
        self._width = width
        self._matches: dict[tuple[Term | None, Term | None, Term | None], _Lazy] = {}
        self._steps: dict[Fact, int] = {}
        self._best: dict[Fact, tuple[str, tuple[Fact, ...]]] = {}
        self._least: dict[Fact, int] = {}
        self._left = NO_PROOF  # how often facts may still be looked up

    def holds(self, fact: Fact) -> bool:
        """Say whether a fact is in the graph, or holds whatever the graph says."""
        return self.least(fact) != NO_PROOF and (self.is_asserted(fact) or any(True for _ in self.match(*fact)))

    def is_asserted(self, fact: Fact) -> bool:
        """Say whether a fact was given."""
        return self.least(fact) == 0

    def match(self, subject: Term | None, predicate: Term | None, object_: Term | None) -> Iterator[Fact]:
        """Yield the facts that hold and have these terms."""
        self._left -= 1
        if not self._left:
            raise _TooMuchEffortError
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
        known = self._least.get(fact)
        if known is None:
            known = self._graph.least(fact)
            if known == NO_PROOF and rule_without_condition(fact):
                known = 1
            self._least[fact] = known
        return known

    def prove(self, fact: Fact) -> Proof | None:
        """Return a proof with the fewest rule applications; None if the graph does not have the fact."""
        if not self.holds(fact) or self._fewest(fact) is None:
            return None
        return self._built(fact)

    def proofs(self, fact: Fact, limit: int) -> tuple[Proof, ...]:
        """Return different proofs, those with the fewest rule applications first; what was given has one only."""
        shortest = self.prove(fact)
        if shortest is None:
            return ()
        found = {shortest: None}
        least = self._steps.get(fact, 0)
        self._left = self._effort
        with suppress(_TooMuchEffortError):
            for steps in range(least, least + EXTRA_STEPS + 1):
                for proof in self._all(fact, steps, frozenset()) if len(found) < limit else ():
                    found.setdefault(proof)
                    if len(found) == limit:
                        break
        self._left = NO_PROOF
        return tuple(found)

    def inconsistent(self, name: str, facts: frozenset[Fact]) -> Proof | None:
        """Return a proof that the condition of a rule holds which must not.

        Args:
            name: The rule.
            facts: What meets in it, as a reasoner reports it; the premises have as many of these as they can.
        """
        self._left = NO_PROOF
        meeting = self._values(facts) if name == "dt-not-type" else self._meeting(name, facts)
        best: tuple[tuple[int, int, str], tuple[Fact, ...]] | None = None
        for premises in dict.fromkeys(meeting):
            steps = [self._fewest(one) for one in premises]
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
                    yield from conditions.premises(rule, binding, self, NO_PROOF - 1)

    def _values(self, facts: frozenset[Fact]) -> Iterator[tuple[Fact, ...]]:
        """Yield what `dt-not-type` needs: that a literal occurs which has no value, or that one has a wrong type."""
        for fact in sorted(facts, key=str):
            if is_ill_typed(fact.object):
                yield (fact,)
            yield from ((one,) for one in self.match(fact.object, NamedNode(TYPE), None) if lacks(*one[::2]))

    def _fewest(self, goal: Fact) -> int | None:
        """Return the fewest rule applications that prove a goal, None if it has no proof."""
        self._left = self._effort
        try:
            return self._found(goal, MOST_STEPS)
        except _TooMuchEffortError:
            self._left = NO_PROOF
            return None if self._width else self._upwards(goal)
        finally:
            self._left = NO_PROOF

    def _upwards(self, goal: Fact) -> int | None:
        """Return the same, by way of all that the goal could rest on."""
        ways: list[tuple[Fact, str, tuple[Fact, ...]]] = []
        uses: dict[Fact, list[int]] = {}
        seen, waiting = {goal}, [goal]
        while waiting:
            one = waiting.pop()
            for name, premises in () if self.is_asserted(one) else self._applications(one, NO_PROOF - 1):
                for premise in dict.fromkeys(premises):
                    uses.setdefault(premise, []).append(len(ways))
                ways.append((one, name, premises))
                waiting += [premise for premise in premises if premise not in seen]
                seen.update(premises)
        settled: dict[Fact, int] = {}
        lacking = [len(set(premises)) for _, _, premises in ways]
        heap = [(0, number, fact, -1) for number, fact in enumerate(sorted(seen, key=str)) if self.is_asserted(fact)]
        heap += [(1, way, ways[way][0], way) for way, count in enumerate(lacking) if not count]
        heapify(heap)
        while heap and goal not in settled:
            steps, _, fact, way = heappop(heap)
            if fact in settled:
                continue
            settled[fact] = steps
            if way >= 0:
                self._best[fact] = ways[way][1:]
                self._steps[fact] = self._least[fact] = steps
            for use in uses.get(fact, ()):
                lacking[use] -= 1
                if not lacking[use]:
                    needed = 1 + sum(settled[premise] for premise in ways[use][2])
                    heappush(heap, (needed, use, ways[use][0], use))
        return settled.get(goal)

    def _found(self, goal: Fact, budget: int) -> int | None:
        """Return the fewest rule applications that prove a goal, None if they are more than the budget."""
        if self.is_asserted(goal):
            return 0
        known = self._steps.get(goal)
        if known is not None:
            return known if known <= budget else None
        for steps in range(self.least(goal), budget + 1):
            way = self._way(goal, steps)
            if way is not None:
                self._best[goal] = way
                self._steps[goal] = self._least[goal] = steps
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
