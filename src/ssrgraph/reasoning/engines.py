"""The one way into reasoning: choose an engine by name and get the closure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.reasoning.model import Closure, EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

_ENGINES = ("native", "owlrl")


def engines() -> tuple[str, ...]:
    """Return the names of the reasoners, the default first."""
    return _ENGINES


def closure(
    triples: Iterable[Triple], *, engine: str = "native", complete: bool = False, memory_limit: int | None = None
) -> Closure:
    """Return what follows from the triples by the rules of OWL 2 RL/RDF.

    Args:
        triples: The graph, ontology and data together. Triples about RDF 1.2 triple terms take no part.
        engine: One of `engines()`: `native`, or `owlrl` for comparison (`owlrl_engine` says where it departs from the
            specification).
        complete: Keep the triples that hold of everything (see `noise.is_noise`).
        memory_limit: How many bytes the native engine's relations, and one step of a rule, may take; None for three
            quarters of the machine's memory.

    Returns:
        The triples that follow and were not given, and what is inconsistent. The same input gives the same answer,
        in the same order; blank nodes keep their labels.

    Raises:
        EngineError: There is no such engine.
        MemoryLimitError: What follows takes more than the memory limit.
    """
    if engine not in _ENGINES:
        raise EngineError(engine, _ENGINES)
    if engine == "native":
        from ssrgraph.reasoning import native_engine  # noqa: PLC0415  # loads numpy, only where it is used

        return native_engine.close(triples, complete=complete, memory_limit=memory_limit)
    from ssrgraph.reasoning import owlrl_engine  # noqa: PLC0415  # loads rdflib, only where it is used

    return owlrl_engine.close(triples, complete=complete)
