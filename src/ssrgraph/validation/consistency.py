"""Statements that cannot all be true: by themselves, or because documents contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.validation.evidence import resource
from ssrgraph.validation.model import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import NamedNode, Triple

    from ssrgraph.reasoning import Inconsistency

    Stating = Callable[[Triple], tuple[NamedNode, ...]]
    Words = Callable[[NamedNode, Triple], tuple[str, ...]]


def consistency_findings(inconsistencies: Iterable[Inconsistency], stating: Stating, words: Words) -> Iterator[Finding]:
    """Yield a finding for each inconsistency, with the documents and the words behind it.

    Where no single document states all that documents state of it, documents contradict each other: a warning.
    Everything else is a violation.

    Args:
        inconsistencies: What the reasoner found.
        stating: From a triple to the graphs of the documents that state it.
        words: From a document's graph and a triple to the words behind it.
    """
    for one in inconsistencies:
        stated = {triple: graphs for triple in one.triples if (graphs := stating(triple))}
        documents = [set(graphs) for graphs in stated.values()]
        contradiction = len(documents) > 1 and not set.intersection(*documents)
        first_to_last = sorted(set().union(*documents), key=str)
        names = ", ".join(graph.value.rpartition("/")[2] for graph in first_to_last)
        quotes = (quote for triple in stated for graph in stated[triple] for quote in words(graph, triple)[:1])
        yield Finding(
            kind=Kind.CONTRADICTION if contradiction else Kind.INCONSISTENCY,
            severity=Severity.WARNING if contradiction else Severity.VIOLATION,
            subject=resource(next(iter(stated or one.triples)).subject),
            graph=first_to_last[0] if first_to_last else None,
            message=f"{one.message} ({one.rule}{f'; {names}' if names else ''})",
            quote=" | ".join(dict.fromkeys(quotes)),
            check=one.rule,
        )
