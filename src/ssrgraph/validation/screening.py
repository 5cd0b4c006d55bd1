"""Which nodes surely conform to SHACL shapes, so that pySHACL need only be asked about the others.

Nearly all nodes of a sound graph conform, and to see that takes a small part of what pySHACL takes to say so. Here a
shape answers with yes, no or "not sure"; whatever is not a sure yes is put to pySHACL, whose word counts. So what is
not known here, or what libraries may read differently, such as odd literals, is never sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from ssrgraph.validation.reach import SH, SUB_CLASS_OF, TARGET_CLASS
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from ssrgraph.store import Store
    from ssrgraph.validation.reach import Term

    Answer = bool | None
    """Whether something conforms; None: not sure."""
    Test = Callable[[Term], Answer]
    Check = Callable[[Term, Sequence[Term]], Answer]
    """From a node and the values that a shape finds there to whether they are as a constraint has it."""

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = {
    f"{_XSD}decimal": re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?"),
    f"{_XSD}integer": re.compile(r"-?[0-9]{1,30}"),
}
_WORDS: Final = (f"{_XSD}string", f"{_RDF}langString")
_FORMS: Final = {
    **_NUMBERS,
    f"{_XSD}gYear": re.compile(r"[1-9][0-9]{3}"),
    f"{_XSD}gYearMonth": re.compile(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])"),
}
"""Literals of these forms every library takes for well-formed."""
_SILENT: Final = frozenset(
    {Rdf.TYPE, *(SH + name for name in ("targetClass", "path", "message", "severity", "qualifiedMinCount"))}
) | {SH + "qualifiedMaxCount"}
"""What says nothing of a value, or is read with another part of the shape."""
_HELD: Final = 5_000
"""Of so many nodes the triples are held at a time."""
_HUB: Final = 100
"""Of a node with more triples only the properties are read that are asked for: a state may have as many as there are
documents, which would be read once for each of these."""


class Surroundings:
    """What a store asserts of its nodes: the merge of all graphs without what was inferred."""

    def __init__(self, store: Store, without: NamedNode) -> None:
        self._store = store
        self._without = without
        self._inferred = next(iter(store.triples(without)), None) is not None
        self._held: dict[Term, Mapping[str, Sequence[Term]] | None] = {}
        self._held_of_hubs: dict[tuple[Term, str], Sequence[Term]] = {}
        self._near: Mapping[Term, Mapping[str, Sequence[Term]]] = {}

    def hold(self, near: Mapping[Term, Mapping[str, Sequence[Term]]]) -> None:
        """Take from here, and not from the store, what is asserted of these nodes: all of it, by node and property."""
        self._near = near

    def values(self, node: Term, predicate: str) -> Sequence[Term]:
        """Return the values of a node's property."""
        found = self._near.get(node) or self._of(node)
        return self._of_hub(node, predicate) if found is None else found.get(predicate, ())

    def hierarchy(self) -> Iterator[tuple[Term, Term]]:
        """Yield each class with a class that it is a sub-class of."""
        for one in self._store.match(None, NamedNode(SUB_CLASS_OF), None):
            if one.object in self.values(one.subject, SUB_CLASS_OF):
                yield one.subject, one.object

    def _of(self, node: Term) -> Mapping[str, Sequence[Term]] | None:
        """Return the properties of a node, None if they have very many values."""
        if node not in self._held:
            if len(self._held) >= _HELD:
                self._held.clear()
            self._held[node] = self._read(node) if isinstance(node, NamedNode | BlankNode) else {}
        return self._held[node]

    def _of_hub(self, node: Term, predicate: str) -> Sequence[Term]:
        """Return the values of one property of a node that has very many others."""
        found = self._held_of_hubs.get((node, predicate))
        if found is None and isinstance(node, NamedNode | BlankNode):
            if len(self._held_of_hubs) >= _HELD:
                self._held_of_hubs.clear()
            verb = NamedNode(predicate)
            derived = set(self._store.match(node, verb, None, self._without)) if self._inferred else ()
            found = [one.object for one in self._store.match(node, verb, None) if one not in derived]
            self._held_of_hubs[node, predicate] = found
        return found or ()

    def _read(self, node: NamedNode | BlankNode) -> Mapping[str, Sequence[Term]] | None:
        triples = list(islice(self._store.match(node, None, None), _HUB + 1))
        if len(triples) > _HUB:
            return None
        derived = set(self._store.match(node, None, None, self._without)) if self._inferred else ()
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for triple in triples:
            if not derived or triple not in derived:
                found[triple.predicate.value].append(triple.object)
        return dict(found)


class Screen:
    """Tells which nodes of a store surely conform to shapes.

    Args:
        shapes: Shapes that `reach` can follow.
        around: What the store asserts.
    """

    def __init__(self, shapes: Iterable[Triple], around: Surroundings) -> None:
        self._around = around
        self._parts: defaultdict[Term, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for one in shapes:
            self._parts[one.subject][one.predicate.value].append(one.object)
        self._below: defaultdict[Term, set[Term]] = defaultdict(set)
        for lower, higher in around.hierarchy():
            self._below[higher].add(lower)
        self._of_class: defaultdict[Term, list[Test]] = defaultdict(list)
        for shape, parts in tuple(self._parts.items()):
            for target in parts.get(TARGET_CLASS, ()):
                for class_ in self._with_lower(target):
                    self._of_class[class_].append(self._test(shape))

    @property
    def classes(self) -> frozenset[Term]:
        """The classes whose instances shapes are about, with their sub-classes."""
        return frozenset(self._of_class)

    def is_sound(self, node: Term) -> bool:
        """Say whether a node surely conforms to all shapes whose target it is."""
        tests = [test for class_ in self._around.values(node, Rdf.TYPE) for test in self._of_class.get(class_, ())]
        return all(test(node) is True for test in tests)

    def _with_lower(self, class_: Term) -> frozenset[Term]:
        found: set[Term] = set()
        left = {class_}
        while left:
            found |= left
            left = {lower for one in left for lower in self._below.get(one, ())} - found
        return frozenset(found)

    def _test(self, shape: Term) -> Test:
        """Return the test of a shape: whether a node conforms to it."""
        parts = self._parts[shape]
        checks = [
            self._check(predicate, value, parts)
            for predicate, values in parts.items()
            if predicate not in _SILENT
            for value in values
        ]
        paths = parts.get(f"{SH}path", ())
        if not paths:
            return lambda node: _all(check(node, (node,)) for check in checks)
        path = paths[0].value if len(paths) == 1 and isinstance(paths[0], NamedNode) else None
        if path is None:
            return _not_sure

        def of_values(node: Term) -> Answer:
            values = self._around.values(node, path)
            return _all(check(node, values) for check in checks)

        return of_values

    def _check(self, predicate: str, value: Term, parts: Mapping[str, Sequence[Term]]) -> Check:
        """Return what a shape asks by one of its parameters."""
        name = predicate.removeprefix(SH)
        if name == "qualifiedValueShape":
            bounds = [_whole(one) for end in ("Min", "Max") for one in parts.get(f"{SH}qualified{end}Count", ())]
            least, most = bounds if len(bounds) == 2 else (None, None)  # noqa: PLR2004 -- both ends
            return _counted(self._test(value), least, most)
        if name == "lessThan" and isinstance(value, NamedNode):
            return lambda node, values: _below(values, self._around.values(node, value.value))
        test = self._test_of_parts(name, value) or _test_of_value(name, value)
        return _each(test) if test else _check_of_number(name, value)

    def _test_of_parts(self, name: str, value: Term) -> Test | None:
        """Return the test for a parameter that names other shapes, a class or a list."""
        match name:
            case "property" | "node":
                return self._test(value)
            case "or":
                return _any_of([self._test(one) for one in self._list(value)])
            case "xone":
                return _one_of([self._test(one) for one in self._list(value)])
            case "class":
                return self._is_of(self._with_lower(value))
            case "in":
                return _sure(frozenset(self._list(value)).__contains__)
        return None

    def _is_of(self, classes: frozenset[Term]) -> Test:
        return lambda node: any(one in classes for one in self._around.values(node, Rdf.TYPE))

    def _list(self, head: Term) -> Iterator[Term]:
        while head in self._parts and (first := self._parts[head].get(f"{_RDF}first")):
            yield first[0]
            head = self._parts[head][f"{_RDF}rest"][0]


def _test_of_value(name: str, value: Term) -> Test | None:
    """Return the test for a parameter that looks at nothing but a value."""
    if name == "datatype" and isinstance(value, NamedNode):
        return lambda one: _has_datatype(one, value.value)
    if name == "nodeKind" and value == NamedNode(f"{SH}IRI"):
        return lambda one: isinstance(one, NamedNode)
    if name == "pattern" and isinstance(value, Literal):
        pattern = re.compile(value.value)
        return _sure(lambda one: (words := _words(one)) is not None and pattern.search(words) is not None)
    limit = _number(value)
    if limit is None or name not in {"minLength", "minExclusive", "minInclusive"}:
        return None
    if name == "minLength":
        return _sure(lambda one: (words := _words(one)) is not None and len(words) >= limit)
    itself = name == "minInclusive"
    return _sure(lambda one: (number := _number(one)) is not None and (number > limit or (itself and number == limit)))


def _check_of_number(name: str, value: Term) -> Check:
    """Return the check for a parameter that looks at the values together."""
    limit = _whole(value)
    if name == "uniqueLang":
        return lambda _node, values: _differ(values)
    if name == "minCount" and limit is not None:
        return lambda _node, values: _enough(values, limit)
    if name == "maxCount" and limit is not None:
        return lambda _node, values: len(values) <= limit or None
    return lambda _node, _values: None


def _sure(holds: Callable[[Term], bool]) -> Test:
    """Return a test that says yes where something holds, and otherwise is not sure."""
    return lambda one: holds(one) or None


def _not_sure(_node: Term) -> Answer:
    return None


def _each(test: Test) -> Check:
    return lambda _node, values: _all(test(one) for one in values)


def _all(answers: Iterable[Answer]) -> Answer:
    """Return True if all are, otherwise the first that is not."""
    return next((answer for answer in answers if answer is not True), True)


def _any_of(tests: Sequence[Test]) -> Test:
    def test(node: Term) -> Answer:
        answers = [one(node) for one in tests]
        return True if True in answers else None if None in answers else False

    return test


def _one_of(tests: Sequence[Test]) -> Test:
    def test(node: Term) -> Answer:
        answers = [one(node) for one in tests]
        return None if None in answers else answers.count(True) == 1

    return test


def _counted(test: Test, least: int | None, most: int | None) -> Check:
    """Ask for a number of values that conform to a shape."""

    def check(_node: Term, values: Sequence[Term]) -> Answer:
        answers = [test(one) for one in values]
        if least is None or most is None or None in answers or any(isinstance(one, Literal) for one in values):
            return None
        return least <= answers.count(True) <= most

    return check


def _enough(values: Sequence[Term], least: int) -> Answer:
    # Literals that differ in writing only may count as one.
    sure = least <= 1 or not any(isinstance(one, Literal) for one in values)
    return False if len(values) < least else True if sure else None


def _differ(values: Sequence[Term]) -> Answer:
    languages = [one.language.lower() for one in values if isinstance(one, Literal) and one.language]
    return len(set(languages)) == len(languages) or None


def _below(values: Sequence[Term], others: Sequence[Term]) -> Answer:
    numbers, limits = [_number(one) for one in values], [_number(one) for one in others]
    sure = all(number is not None and limit is not None and number < limit for number in numbers for limit in limits)
    return sure or None


def _has_datatype(one: Term, datatype: str) -> Answer:
    if not isinstance(one, Literal) or one.datatype.value != datatype:
        return None if isinstance(one, Literal) else False
    if datatype in _WORDS:
        return True
    if datatype == f"{_XSD}date":
        return _is_day(one.value) or None
    form = _FORMS.get(datatype)
    return (form is not None and form.fullmatch(one.value) is not None) or None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _words(one: Term) -> str | None:
    """Return the text of a string or an IRI."""
    if isinstance(one, NamedNode):
        return one.value
    return one.value if isinstance(one, Literal) and one.datatype.value in _WORDS else None


def _number(one: Term) -> Decimal | None:
    form = _NUMBERS.get(one.datatype.value) if isinstance(one, Literal) else None
    return Decimal(one.value) if form is not None and isinstance(one, Literal) and form.fullmatch(one.value) else None


def _whole(one: Term) -> int | None:
    number = _number(one)
    return int(number) if number is not None and number == int(number) else None
