"""The `native` engine: the rules of `rules`, over sorted arrays of integers.

A literal is the value that it denotes. Where a conclusion has a literal that the graph writes in several ways, it is
written as the graph writes it for the same subject, or else in one of the ways; `complete` gives all of them.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssrgraph.reasoning import writing
from ssrgraph.reasoning.contradictions import contradictions
from ssrgraph.reasoning.model import Closure
from ssrgraph.reasoning.saturation import Saturation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple


def close(triples: Iterable[Triple], *, complete: bool, memory_limit: int | None = None) -> Closure:
    """Return the closure of the triples; `complete` keeps what holds of everything."""
    with collection_paused():
        graph = Saturation(triples, complete=complete, memory_limit=memory_limit or default_memory_limit())
        graph.saturate()
        found = writing.by_text(graph.symbols, writing.inferred(writing.View.of(graph)))
        return Closure(
            inferred=writing.triples(graph.symbols, found),
            inconsistencies=tuple(contradictions(graph)),
        )


def default_memory_limit() -> int | None:
    """Return three quarters of this machine's memory in bytes, None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4
    except (AttributeError, ValueError, OSError):
        return None


@contextmanager
def collection_paused() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: very many terms are made, none in a cycle, and looking takes longer."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
