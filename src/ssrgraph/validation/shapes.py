"""SHACL shapes against a store: node by node, so that neither time nor memory goes into what is sound."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from ssrgraph.validation.model import Finding, Kind, Severity
from ssrgraph.validation.reach import SUB_CLASS_OF, reach
from ssrgraph.validation.screening import Screen, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from ssrgraph.materialize import Changed
    from ssrgraph.validation.content import Content
    from ssrgraph.validation.evidence import Term
    from ssrgraph.validation.model import ShapeViolation
    from ssrgraph.validation.reach import Reach

_SEVERITIES = {"Violation": Severity.VIOLATION}
_NODES = 4000
"""How many nodes that may not conform are validated at a time: enough that the shapes are not read too often."""


def shape_findings(content: Content, violations: Iterable[ShapeViolation]) -> Iterator[Finding]:
    """Yield a finding for each result of a validation."""
    for one in violations:
        graph, quote = content.home(one.focus)
        where = f" ({one.path})" if one.path else ""
        # rdflib names blank nodes anew each time.
        shown = "a blank node" if isinstance(one.value, BlankNode) else one.value
        value = f": {shown}" if shown is not None else ""
        yield Finding(
            kind=Kind.SHAPE,
            severity=_SEVERITIES.get(one.severity, Severity.WARNING),
            subject=one.focus,
            graph=graph,
            message=f"{one.message}{where}{value}",
            quote=quote,
            check=one.constraint,
        )


def shape_violations(
    content: Content, shapes: Sequence[Triple], nodes: Iterable[Term] | None = None
) -> Iterator[ShapeViolation]:
    """Validate what is asserted against shapes, and yield the results.

    Args:
        content: What the store holds.
        shapes: The SHACL shapes.
        nodes: The nodes that may not conform, where `reach` can follow the shapes; None: the whole graph is validated.
    """
    seen = reach(shapes)
    if nodes is None or seen is None:
        from ssrgraph.validation import shacl  # noqa: PLC0415  # loads rdflib and pySHACL, only where they are used

        asserted = (
            one for graph in content.graphs if graph != content.inferred for one in content.store.triples(graph)
        )
        yield from shacl.violations(asserted, shapes)
    else:
        yield from _of_nodes(content, shapes, seen, nodes)


def nodes_to_see_again(content: Content, shapes: Sequence[Triple], changed: Changed) -> set[Term] | None:
    """Return the nodes from which shapes see a change; None: any may be."""
    seen = reach(shapes)
    return None if seen is None or changed.classes else seen.back_from(content.store, changed.nodes)


def shape_violations_of(content: Content, shapes: Sequence[Triple], nodes: Iterable[Term]) -> Iterator[ShapeViolation]:
    """Yield the same for some nodes, where `nodes_to_see_again` says which."""
    screen = Screen(shapes, Surroundings(content.store, content.inferred))
    yield from shape_violations(content, shapes, (node for node in nodes if not screen.is_sound(node)))


def _of_nodes(
    content: Content, shapes: Sequence[Triple], seen: Reach, nodes: Iterable[Term]
) -> Iterator[ShapeViolation]:
    left = iter(nodes)
    hierarchy: list[Triple] = []
    while part := set(islice(left, _NODES)):
        from ssrgraph.validation import shacl  # noqa: PLC0415  # the same

        hierarchy = hierarchy or list(content.store.match(None, NamedNode(SUB_CLASS_OF), None))
        triples = seen.around(content.store, part, content.inferred)
        # What is only there to be looked at is an instance too, but without all that the shapes ask of it.
        yield from (one for one in shacl.violations({*triples, *hierarchy}, shapes) if one.focus in part)
