"""Reasoning by OWL 2 RL over any triples: closure, inconsistencies, and proofs of what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.reasoning.engines import closure, engines
from ssrgraph.reasoning.model import BrokenListError, Closure, EngineError, Inconsistency, MemoryLimitError
from ssrgraph.reasoning.noise import is_noise
from ssrgraph.reasoning.proofs import Fact, Proof, check_proof, explain, explain_inconsistency

if TYPE_CHECKING:
    from ssrgraph.reasoning.reasoner import Difference, Reasoner

__all__ = [
    "BrokenListError",
    "Closure",
    "Difference",
    "EngineError",
    "Fact",
    "Inconsistency",
    "MemoryLimitError",
    "Proof",
    "Reasoner",
    "check_proof",
    "closure",
    "engines",
    "explain",
    "explain_inconsistency",
    "is_noise",
]


def __getattr__(name: str) -> object:
    """Load what needs numpy only where it is used."""
    if name in {"Difference", "Reasoner"}:
        from ssrgraph.reasoning import reasoner  # noqa: PLC0415  # loads numpy

        found: object = getattr(reasoner, name)
        return found
    raise AttributeError(name)
