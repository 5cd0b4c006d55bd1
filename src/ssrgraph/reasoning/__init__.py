"""Reasoning by OWL 2 RL over any triples: closure, inconsistencies, and proofs of what follows."""

from __future__ import annotations

from ssrgraph.reasoning.engines import closure, engines
from ssrgraph.reasoning.model import Closure, EngineError, Inconsistency
from ssrgraph.reasoning.noise import is_noise
from ssrgraph.reasoning.proofs import Fact, Proof, check_proof, explain, explain_inconsistency

__all__ = [
    "Closure",
    "EngineError",
    "Fact",
    "Inconsistency",
    "Proof",
    "check_proof",
    "closure",
    "engines",
    "explain",
    "explain_inconsistency",
    "is_noise",
]
