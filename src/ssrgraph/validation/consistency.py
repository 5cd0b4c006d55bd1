"""Statements that cannot all be true: by themselves, or because documents contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.validation.evidence import resource
from ssrgraph.validation.model import Finding, Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode, Triple

    from ssrgraph.reasoning import Inconsistency

    StatedIn = Mapping[Triple, tuple[NamedNode, ...]]
    Words = Callable[[NamedNode, Triple], tuple[str, ...]]


def consistency_findings(
    inconsistencies: Iterable[Inconsistency], stated_in: StatedIn, words: Words
) -> Iterator[Finding]:
    """Yield a finding for each inconsistency, with the documents and the words behind it.

    Where no single document states all that documents state of it, documents contradict each other: a warning.
    Everything else is a violation.

    Args:
        inconsistencies: What the reasoner found.
        stated_in: For each triple of a document, the graphs of the documents that state it.
        words: From a document's graph and a triple to the words behind it.
    """
    for one in inconsistencies:
        stated = [triple for triple in one.triples if triple in stated_in]
        documents = [set(stated_in[triple]) for triple in stated]
        contradiction = len(documents) > 1 and not set.intersection(*documents)
        graphs = sorted(set().union(*documents), key=str)
        names = ", ".join(graph.value.rpartition("/")[2] for graph in graphs)
        quotes = (quote for triple in stated for graph in stated_in[triple] for quote in words(graph, triple)[:1])
        yield Finding(
            kind=Kind.CONTRADICTION if contradiction else Kind.INCONSISTENCY,
            severity=Severity.WARNING if contradiction else Severity.VIOLATION,
            subject=resource((stated or one.triples)[0].subject),
            graph=graphs[0] if graphs else None,
            message=f"{one.message} ({one.rule}{f'; {names}' if names else ''})",
            quote=" | ".join(dict.fromkeys(quotes)),
            check=one.rule,
        )
