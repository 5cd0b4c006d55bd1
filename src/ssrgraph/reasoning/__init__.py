"""Reasoning by OWL 2 RL over any triples: closure and inconsistencies, behind one interface for all engines."""

from __future__ import annotations

from ssrgraph.reasoning.engines import closure, engines
from ssrgraph.reasoning.model import Closure, EngineError, Inconsistency
from ssrgraph.reasoning.noise import is_noise

__all__ = ["Closure", "EngineError", "Inconsistency", "closure", "engines", "is_noise"]
