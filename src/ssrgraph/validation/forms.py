"""Findings, violations of shapes and counted claims as short texts, from which they are read again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.validation.counted import Counted, Period
from ssrgraph.validation.model import Finding, Kind, Severity, ShapeViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.validation.evidence import Term


def of_finding(one: Finding) -> str:
    """Return a finding as a text; equal findings have the same."""
    graph = None if one.graph is None else one.graph.value
    return _text([one.kind, one.severity, str(one.subject), one.message, graph, one.quote, one.check])


def finding(text: str) -> Finding:
    """Return the finding of such a text."""
    kind, severity, subject, message, graph, quote, check = json.loads(text)
    return Finding(
        kind=Kind(kind),
        severity=Severity(severity),
        subject=_resource(subject),
        message=message,
        graph=None if graph is None else NamedNode(graph),
        quote=quote,
        check=check,
    )


def of_violation(one: ShapeViolation) -> str:
    """Return a violation of a shape as a text."""
    value = None if one.value is None else str(one.value)
    return _text([str(one.focus), one.path, value, one.constraint, one.severity, one.message])


def violation(text: str) -> ShapeViolation:
    """Return the violation of such a text."""
    focus, path, value, constraint, severity, message = json.loads(text)
    return ShapeViolation(
        focus=_resource(focus),
        path=path,
        value=None if value is None else _resource(value),
        constraint=constraint,
        severity=severity,
        message=message,
    )


def of_claim(one: Counted, quote: str) -> str:
    """Return what a claim counts, and its words, as a text."""
    return _text([*_of_counted(one), quote])


def claim(text: str) -> tuple[Counted, str]:
    """Return what the claim of such a text counts, and its words."""
    *values, quote = json.loads(text)
    return _counted(values), quote


def _text(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _of_counted(one: Counted) -> list[Any]:
    slots = {name: sorted(map(str, terms)) for name, terms in sorted(one.slots.items())}
    numbers = [None if number is None else str(number) for number in (one.low, one.high)]
    period = [one.period.first, one.period.last, one.period.stated]
    names = [one.claim.value, one.graph.value, one.class_]
    return [*names, one.unit, sorted(one.what), slots, *numbers, one.approximate, period, one.purpose]


def _counted(values: Sequence[Any]) -> Counted:
    claim, graph, class_, unit, what, slots, low, high, approximate, (first, last, stated), purpose = values
    return Counted(
        claim=NamedNode(claim),
        graph=NamedNode(graph),
        class_=class_,
        unit=tuple(unit),
        what=frozenset(what),
        slots={name: frozenset(map(_term, terms)) for name, terms in slots.items()},
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        approximate=approximate,
        period=Period(first=first, last=last, stated=stated),
        purpose=purpose,
    )


def _resource(text: str) -> NamedNode | BlankNode | Literal:
    term = _term(text)
    assert not isinstance(term, Triple)  # noqa: S101 -- tells the type checker
    return term


def _term(text: str) -> Term:
    if text.startswith("<") and not text.startswith("<<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    found: Term = _triple(f"<urn:a> <urn:b> {text}").object
    return found


def _triple(text: str) -> Triple:
    (quad,) = parse(f"{text} .", format=RdfFormat.N_TRIPLES)
    found: Triple = quad.triple
    return found
