"""SPARQL 1.1 Update on a draft: as it is written on a separate dataset; on a merged one, keeping the merge true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ssrgraph.store.interface import SEPARATE
from ssrgraph.store.merge import graph_triples
from ssrgraph.store.repairs import repaired
from ssrgraph.store.rewriting import into_graph, operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Store, Triple

    from ssrgraph.store.local import Draft

Differences = dict[NamedNode, tuple[set["Triple"], set["Triple"]]]
"""What was added to named graphs, and what was taken out."""


def update(draft: Draft, text: str, *, base_iri: str | None, added: NamedNode) -> Differences:
    """Run an update, whole or not at all.

    Args:
        draft: What is changed.
        text: The update.
        base_iri: What relative IRIs are resolved against.
        added: In a merged dataset, the graph to which is written what names no graph.

    Returns:
        What changed, graph by graph; nothing for a separate dataset.

    Raises:
        SyntaxError: The text is no SPARQL 1.1 Update; the message has line and column.
        OSError, RuntimeError, ValueError: It cannot be done; nothing of it is.
    """
    if draft.info.dataset == SEPARATE:
        _run(draft, repaired(text), given=text, base_iri=base_iri)
        return {}
    rewritten = into_graph(repaired(text), added.value)
    touched = _touched(rewritten)
    before = _contents(draft.data, touched)
    _run(draft, rewritten, given=text, base_iri=base_iri)
    after = _contents(draft.data, touched)
    found = {
        name: (after.get(name, set()) - before.get(name, set()), before.get(name, set()) - after.get(name, set()))
        for name in {*before, *after}
    }
    differences = {name: change for name, change in found.items() if any(change)}
    # To clear all graphs clears the merge as well, so that it gets back all that the graphs hold now.
    _merge(draft.data, differences, held=after.values() if touched is None else ())
    return differences


def _run(draft: Draft, text: str, *, given: str, base_iri: str | None) -> None:
    try:
        draft.data.update(text, base_iri=base_iri)
    except SyntaxError:
        pyoxigraph.Store().update(given, base_iri=base_iri)  # Says where in the text as it was given.
        raise


def _touched(text: str) -> set[NamedNode] | None:
    """Return the graphs that an update can change; None: any."""
    names: set[NamedNode] = set()
    for operation in operations(text):
        first = operation.tokens[0]
        if first.is_word("CREATE"):
            continue
        if not first.is_word("INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP"):
            return None
        for token, after in zip(operation.tokens, operation.tokens[1:], strict=False):
            if token.is_word("ALL"):
                return None
            if not token.is_word("GRAPH", "WITH"):
                continue
            if after.kind != "iri" or ":" not in after.text:
                return None
            names.add(NamedNode(after.text[1:-1]))
        if operation.tokens[-1].is_word("ALL"):
            return None
    return names


def _contents(data: Store, names: Iterable[NamedNode] | None) -> dict[NamedNode, set[Triple]]:
    every = (name for name in data.named_graphs() if isinstance(name, NamedNode)) if names is None else names
    return {name: set(graph_triples(data, name)) for name in every}


def _merge(data: Store, differences: Differences, *, held: Iterable[set[Triple]]) -> None:
    """Make the default graph the merge again."""
    default = DefaultGraph()
    for added in (*held, *(added for added, _ in differences.values())):
        data.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in added)
    for _, removed in differences.values():
        for triple in removed:
            holding = data.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            if all(quad.graph_name == default for quad in holding):
                data.remove(Quad(triple.subject, triple.predicate, triple.object))
