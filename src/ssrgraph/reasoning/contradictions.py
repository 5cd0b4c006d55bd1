"""What cannot all be true in a closed graph, with the rule and the triples that meet in it."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.reasoning.datatypes import DATATYPES, has
from ssrgraph.reasoning.model import Inconsistency
from ssrgraph.reasoning.plans import FIRST_OF, PAIR, SECOND_OF, RulePlans, matches
from ssrgraph.reasoning.relations import Pairs, contained, distinct, objects_among, pack, unpack
from ssrgraph.reasoning.rules import rules
from ssrgraph.reasoning.terms import OWL, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode

    from ssrgraph.reasoning.plans import Plan
    from ssrgraph.reasoning.saturation import Saturation

    Term = NamedNode | BlankNode | Literal

_WORDS = {
    "eq-diff1": "{x} and {y} are the same and different",
    "eq-diff2": "{z1} and {z2} are the same and different",
    "eq-diff3": "{z1} and {z2} are the same and different",
    "prp-irp": "{x} has the irreflexive relation {p} to itself",
    "prp-asyp": "{x} and {y} have the asymmetric relation {p} both ways",
    "prp-pdw": "{x} and {y} have the disjoint relations {p1} and {p2}",
    "prp-adp": "{u} and {v} have the disjoint relations {p1} and {p2}",
    "prp-npa1": "{x} {p} {y} is said and denied",
    "prp-npa2": "{x} {p} {y} is said and denied",
    "cls-nothing2": "{x} belongs to owl:Nothing",
    "cls-com": "{x} belongs to the disjoint classes {c1} and {c2}",
    "cls-maxc1": "{u} has {y} as {p}, of which it may have none",
    "cls-maxqc1": "{u} has {y} as {p}, of which it may have none",
    "cls-maxqc2": "{u} has {y} as {p}, of which it may have none",
    "cax-dw": "{x} belongs to the disjoint classes {c1} and {c2}",
    "cax-adc": "{z} belongs to the disjoint classes {c1} and {c2}",
}


def contradictions(graph: Saturation) -> list[Inconsistency]:
    """Return every inconsistency of a closed graph, sorted by rule and message."""
    reader = _Reader(graph)
    found: dict[tuple[str, tuple[Triple, ...]], Inconsistency] = {}
    for one in (*_by_rules(graph, reader), *_by_values(graph, reader)):
        known = found.setdefault((one.rule, one.triples), one)
        if one.message < known.message:  # the same triples in another order
            found[one.rule, one.triples] = one
    return sorted(found.values(), key=lambda one: (one.rule, one.message))


class _Reader:
    """From integers back to terms and triples, those that were asserted before others."""

    def __init__(self, graph: Saturation) -> None:
        self._symbols = graph.symbols
        self._given = graph.given
        self.members = graph.classes
        several = [text for one in graph.symbols.values_with_variants() for text in graph.symbols.written(one)]
        self._unused = set(several) - objects_among(graph.given.values(), several, len(graph.symbols))

    def is_asserted(self, triple: Triple) -> bool:
        """Say whether a triple was given."""
        subject, verb, object_ = (self._symbols.known(str(one)) for one in triple)
        pairs = None if verb is None else self._given.get(verb)
        if pairs is None or subject is None or object_ is None:
            return False
        return bool(contained(pack(np.array([subject]), np.array([object_])), pairs.by_subject)[0])

    def with_object(self, number: int) -> list[Triple | None]:
        """Return the given triples that have a literal of this value as object."""
        texts = np.array(self._symbols.written(number), np.int64)
        found: list[Triple | None] = []
        for verb, pairs in self._given.items():
            subjects, objects = unpack(pairs.by_subject)
            some = np.isin(objects, texts)
            for subject, object_ in zip(subjects[some].tolist(), objects[some].tolist(), strict=True):
                found.append(Triple(*(self._symbols.term(one) for one in (subject, verb, object_))))  # type: ignore[arg-type]
        return found

    def forms(self, number: int) -> list[Term]:
        """Return the terms of an integer: of a value those that were given, if any was."""
        written = self._symbols.written(number)
        used = [one for one in written if one not in self._unused]
        return [self._symbols.term(one) for one in used or written[:1]]

    def terms(self, number: int) -> list[Term]:
        """Return all terms that an integer stands for, sorted."""
        found = [form for one in self.members.get(number, [number]) for form in self.forms(one)]
        return sorted(found, key=str) if len(found) > 1 else found

    def triple(self, subject: int, predicate: int, object_: int) -> Triple | None:
        """Return a triple of these, asserted if there is one; None where RDF has no such triple."""
        possible = [
            Triple(s, p, o)
            for s, p, o in product(self.terms(subject), self.terms(predicate), self.terms(object_))
            if not isinstance(s, Literal) and isinstance(p, NamedNode)
        ]
        return next((one for one in possible if self.is_asserted(one)), possible[0] if possible else None)

    def named(self, number: int) -> str:
        """Return how a message calls what an integer stands for."""
        return self.terms(number)[0].value

    def record(self, rule: str, triples: list[Triple | None], words: str) -> Inconsistency:
        """Return an inconsistency with those of the triples that RDF has."""
        known = sorted({one for one in triples if one is not None}, key=str)
        return Inconsistency(rule=rule, triples=tuple(known), message=words)


def _by_rules(graph: Saturation, reader: _Reader) -> Iterator[Inconsistency]:
    relations = {**graph.relations, **member_pairs(graph)}
    everything = np.flatnonzero(graph.representative == np.arange(len(graph.representative)))
    same = graph.number(OWL + "sameAs")
    relations[same] = Pairs(pack(everything, everything))
    for rule in rules().values():
        if rule.contradiction:
            for plan in RulePlans(rule, graph.number).renew(relations, graph.lists):
                bindings = matches(plan.given, plan.patterns, relations, graph.limit)
                names = list(bindings.columns)
                columns = [bindings.columns[name].tolist() for name in names]
                for row in zip(*columns, strict=True) if names else ():
                    yield _record(plan, dict(zip(names, row, strict=True)), reader, same)


def _record(plan: Plan, row: dict[str, int], reader: _Reader, same: int) -> Inconsistency:
    def value(term: int | str) -> int:
        return row[term] if isinstance(term, str) else term

    triples = [
        reader.triple(value(one.subject), value(one.predicate), value(one.object))
        for one in (*plan.schema, *plan.patterns)
        if isinstance(value(one.predicate), int) and value(one.predicate) >= 0 and value(one.predicate) != same
    ]
    if plan.rule.startswith("eq-"):
        pair = [value(one.subject) for one in plan.patterns if one.predicate == same]
        triples += [one for number in pair for one in _sameness(reader, number)]
    names = {name: reader.named(number) for name, number in row.items() if "&" not in name}
    return reader.record(plan.rule, triples, _WORDS[plan.rule].format_map(names))


def _sameness(reader: _Reader, number: int) -> Iterator[Triple]:
    """Yield what was asserted of the sameness of the terms that are one."""
    terms = reader.terms(number)
    for one, other in product(terms, terms):
        if not isinstance(one, Literal):
            triple = Triple(one, NamedNode(OWL + "sameAs"), other)
            if reader.is_asserted(triple):
                yield triple


def member_pairs(graph: Saturation) -> dict[int, Pairs]:
    """Return the relations from a list to each two of its members."""
    lists, firsts, seconds = [], [], []
    node = len(graph.symbols)
    for name in ("members", "distinctMembers"):
        for head in distinct([unpack(graph.pairs(OWL + name).by_subject)[1]]).tolist():
            for members in graph.lists(head):
                for one, other in combinations(members, 2):
                    lists.append((head << 32) | node)
                    firsts.append((node << 32) | one)
                    seconds.append((node << 32) | other)
                    node += 1
    columns = ((PAIR, lists), (FIRST_OF, firsts), (SECOND_OF, seconds))
    return {name: Pairs(distinct([np.array(found, np.int64)])) for name, found in columns}


def _by_values(graph: Saturation, reader: _Reader) -> Iterator[Inconsistency]:
    """`dt-not-type`, and `eq-diff1` for literals that `dt-diff` says are different."""
    symbols = graph.symbols
    for number, odd in symbols.ill_typed.items():
        found = reader.with_object(number)
        if found:
            yield reader.record("dt-not-type", found, f"{odd} is not a value of its datatype")
    for members in reader.members.values():
        values = [number for number in members if symbols.value(number) is not None]
        for one, other in combinations(values, 2):
            shown = sorted(min(map(str, reader.forms(number))) for number in (one, other))
            words = f"{shown[0]} and {shown[1]} are the same and different"
            yield reader.record("eq-diff1", [*reader.with_object(one), *reader.with_object(other)], words)
    subjects, objects = unpack(graph.pairs(TYPE).by_subject)
    datatypes = {graph.number(name): name for name in sorted(DATATYPES)}
    for datatype, name in datatypes.items():
        written = f'"^^<{name}>'.encode()  # a literal of the datatype itself, which need not be tried
        numbers = subjects[objects == datatype]
        for number, text in zip(numbers.tolist(), symbols.texts.many(numbers), strict=True):
            if number not in reader.members and text.endswith(written):
                continue
            for one in reader.members.get(number, [number]):
                denoted = symbols.value(one)
                if denoted is not None and not has(name, denoted):
                    literal = min(map(str, reader.forms(one)))
                    words = f"{literal} is not a value of {name}"
                    yield reader.record("dt-not-type", reader.with_object(one), words)
