"""Is a proof a proof? Knows the table of rules and the given facts; not how proofs are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.reasoning.proofs.model import ASSERTED, Fact
from ssrgraph.reasoning.proofs.values import is_ill_typed, is_number, lacks, rule_without_condition
from ssrgraph.reasoning.rules import Members, Name, Number, Statement, Variable, rules
from ssrgraph.reasoning.terms import RDF, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from ssrgraph.reasoning.proofs.model import Proof, Term
    from ssrgraph.reasoning.rules import Atom, Part, Rule

    Binding = Mapping[str, Term]

_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


def check_proof(proof: Proof, asserted: Container[Fact] | Callable[[Fact], bool]) -> str | None:
    """Return what is wrong with a proof, None if it holds.

    Every leaf must be given, and every other node must follow from its premises by its rule: the premises are the
    rule's condition, statement by statement, under one binding of its variables.

    Args:
        proof: The proof.
        asserted: The facts that were given, or a function that says whether a fact was.
    """
    given = asserted if callable(asserted) else asserted.__contains__
    for node in proof.nodes():
        if problem := _problem(node, given):
            return f"{node.conclusion or 'inconsistency'}: {problem}"
    return "it rests on itself" if _is_circular(proof, frozenset()) else None


def _problem(node: Proof, given: Callable[[Fact], bool]) -> str | None:
    premises = [one.conclusion for one in node.premises]
    facts = [one for one in premises if one is not None]
    if len(facts) != len(premises):
        return "an inconsistency is no premise"
    if node.rule == ASSERTED:
        if facts:
            return "is given, yet has premises"
        return None if node.conclusion is not None and given(node.conclusion) else "is not given"
    rule = rules().get(node.rule)
    if rule is None:
        return f"no rule is called {node.rule}"
    if (node.conclusion is None) != (rule.contradiction or rule.name == "dt-not-type"):
        return f"{node.rule} does not conclude that"
    holds = _special(rule, facts, node.conclusion) if rule.special else _follows(rule, facts, node.conclusion)
    return None if holds else f"does not follow by {node.rule} from its premises"


def _special(rule: Rule, facts: list[Fact], conclusion: Fact | None) -> bool:
    if conclusion is not None:
        return not facts and rule_without_condition(conclusion) == rule.name
    # `dt-not-type`: a literal that occurs is said to be of its own datatype.
    match facts:
        case [fact]:
            typed = fact.predicate == NamedNode(TYPE) and lacks(fact.subject, fact.object)
            return typed or is_ill_typed(fact.object)
        case _:
            return False


def _follows(rule: Rule, facts: list[Fact], conclusion: Fact | None) -> bool:
    for binding, length in _bindings(rule, facts):
        if conclusion is None:
            return True
        for head in rule.conclusion:
            parts = (head.subject, head.predicate, head.object)
            if _bound(parts, conclusion, binding, 1, length) is not None:
                return True
    return False


def _bindings(rule: Rule, facts: list[Fact]) -> Iterator[tuple[Binding, int]]:
    """Yield the bindings under which the facts, in their order, are the condition of the rule."""
    for binding, length, rest in _consumed([*rule.schema], facts, {}, 0):
        spread = [
            (atom, place)
            for atom in rule.data
            for place in range(1, length + 1 if length and _is_repeated(atom) else 2)
        ]
        for found, _, left in _consumed([*spread], rest, binding, length):
            if not left:
                yield found, length


def _is_repeated(atom: Atom) -> bool:
    parts = (atom.subject, atom.predicate, atom.object) if isinstance(atom, Statement) else atom.names
    return any(isinstance(part, Variable) and part.place in {"i", "i+1"} for part in parts)


def _consumed(
    atoms: list[Atom | tuple[Atom, int]], facts: list[Fact], binding: Binding, length: int
) -> Iterator[tuple[Binding, int, list[Fact]]]:
    if not atoms:
        yield binding, length, facts
        return
    atom, place = atoms[0] if isinstance(atoms[0], tuple) else (atoms[0], 1)
    if isinstance(atom, Members):
        head = binding.get(atom.list.name)
        read = _list(head, facts) if head is not None else None
        if read is not None:
            members, left = read
            for found in _chosen(atom, members, binding):
                yield from _consumed(atoms[1:], left, found, len(members) if atom.every else length)
        return
    if facts:
        parts = (atom.subject, atom.predicate, atom.object)
        bound = _bound(parts, facts[0], binding, place, length)
        if bound is not None:
            yield from _consumed(atoms[1:], facts[1:], bound, length)


def _list(head: Term, facts: list[Fact]) -> tuple[list[Term], list[Fact]] | None:
    """Read a list off the front of some facts; return its members and the other facts."""
    members: list[Term] = []
    passed: set[Term] = set()
    while head != _NIL:
        if len(facts) < 2 or head in passed:  # noqa: PLR2004  # a cell is two facts
            return None
        first, rest = facts[:2]
        if first[:2] != (head, _FIRST) or rest[:2] != (head, _REST):
            return None
        passed.add(head)
        members.append(first.object)
        head, facts = rest.object, facts[2:]
    return members, facts


def _chosen(atom: Members, members: list[Term], binding: Binding) -> Iterator[Binding]:
    if atom.every:
        if members:
            yield {**binding, **{f"{atom.names[0].name}[{n}]": one for n, one in enumerate(members, 1)}}
        return
    for places in _places(len(members), len(atom.names)):
        found = {name.name: members[place] for name, place in zip(atom.names, places, strict=True)}
        if all(binding.get(name, term) == term for name, term in found.items()):
            yield {**binding, **found}


def _places(length: int, names: int) -> Iterator[tuple[int, ...]]:
    for one in range(length):
        if names == 1:
            yield (one,)
        else:
            yield from ((one, other) for other in range(one + 1, length))


def _bound(parts: tuple[Part, Part, Part], fact: Fact, binding: Binding, place: int, length: int) -> Binding | None:
    found = dict(binding)
    for part, term in zip(parts, fact, strict=True):
        match part:
            case Name():
                if term != NamedNode(part.iri):
                    return None
            case Number():
                if not is_number(term, part.value):
                    return None
            case Variable():
                if found.setdefault(_key(part, place, length), term) != term:
                    return None
    return found


def _key(variable: Variable, place: int, length: int) -> str:
    where = {"": "", "i": f"[{place}]", "i+1": f"[{place + 1}]", "1": "[1]", "n+1": f"[{length + 1}]"}
    return variable.name + where[variable.place]


def _is_circular(proof: Proof, above: frozenset[Fact]) -> bool:
    if proof.conclusion is None:
        return any(_is_circular(one, above) for one in proof.premises)
    if proof.conclusion in above:
        return True
    return any(_is_circular(one, above | {proof.conclusion}) for one in proof.premises)
