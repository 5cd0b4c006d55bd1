"""Which words account for an asserted triple.

The rule, for a triple of `graph/document/{id}` and the quads of `graph/evidence/{id}`:

1. A relation between entities, or a date of one, is accounted for by each `rdf:Statement` with the same
   subject, predicate and object, and by nothing else.
2. Every other triple is accounted for by its subject's `ssr:evidence`: a claim's slots, a membership's, a post's, and
   the type and labels of an entity that has a row of its own.
3. An entity without a row is accounted for by its `ssr:mention`.
4. `<document> schema:mentions <entity>` is accounted for as the entity is.

A stretch of text that is not described, with quote and offsets, accounts for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.vocabulary import Oa, Rdf, Schema, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from ssrgraph.graph.iris import Iris

STATED: frozenset[str] = frozenset(
    {
        Ssr.LEAD,
        Ssr.HOST,
        Ssr.START,
        Ssr.END,
        Ssr.COMMANDER,
        Ssr.REQUESTED_BY,
        Ssr.PREDECESSOR,
        Ssr.PARTY,
        Ssr.DATE,
        Ssr.PLACE,
        Ssr.ORGANIZER,
        Ssr.PARTICIPANT,
        Ssr.PARENT,
        Ssr.MEMBER,
    }
)
"""Properties that need a statement of their own where their subject is an entity."""


class Evidence:
    """The evidence graph of one document, arranged for asking what accounts for a triple.

    Args:
        quads: The quads of `graph/evidence/{id}`.
        iris: The IRIs of the build.
    """

    __slots__ = ("_evidence", "_iris", "_mentions", "_statements")

    def __init__(self, quads: Iterable[Quad], iris: Iris) -> None:
        self._iris = iris
        evidence: dict[object, list[NamedNode]] = {}
        mentions: dict[object, list[NamedNode]] = {}
        parts: dict[object, dict[str, object]] = {}
        described: set[object] = set()
        for quad in quads:
            predicate = quad.predicate.value
            if predicate == Ssr.EVIDENCE and isinstance(quad.object, NamedNode):
                evidence.setdefault(quad.subject, []).append(quad.object)
            elif predicate == Ssr.MENTION and isinstance(quad.object, NamedNode):
                mentions.setdefault(quad.subject, []).append(quad.object)
            elif predicate == Oa.HAS_SELECTOR:
                described.add(quad.subject)
            elif predicate in {Rdf.SUBJECT, Rdf.PREDICATE, Rdf.OBJECT}:
                parts.setdefault(quad.subject, {})[predicate] = quad.object
        self._evidence = _described(evidence, described)
        self._mentions = _described(mentions, described)
        self._statements: dict[tuple[object, object, object], list[NamedNode]] = {}
        for statement, part in parts.items():
            key = (part.get(Rdf.SUBJECT), part.get(Rdf.PREDICATE), part.get(Rdf.OBJECT))
            self._statements.setdefault(key, []).extend(self._evidence.get(statement, ()))

    def of(self, triple: Triple | Quad) -> tuple[NamedNode, ...]:
        """Return the stretches of text that account for a triple; none where nothing does."""
        subject, predicate = triple.subject, triple.predicate.value
        if predicate in STATED and not self._iris.is_claim(getattr(subject, "value", "")):
            return tuple(self._statements.get((subject, triple.predicate, triple.object), ()))
        if predicate == Schema.MENTIONS:
            return self._of_node(triple.object)
        return self._of_node(subject)

    def _of_node(self, node: object) -> tuple[NamedNode, ...]:
        return tuple(self._evidence.get(node) or self._mentions.get(node) or ())


def _described(found: dict[object, list[NamedNode]], described: set[object]) -> dict[object, list[NamedNode]]:
    return {node: [words for words in stretches if words in described] for node, stretches in found.items()}
