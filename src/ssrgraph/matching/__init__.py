"""From a name to the entities of a graph that it may mean, scored by named features that say why."""

from __future__ import annotations

from ssrgraph.matching.index import Index
from ssrgraph.matching.model import Candidate, Feature, Match, Name, Role, Strictness, Wanted
from ssrgraph.matching.reading import Graph
from ssrgraph.matching.scoring import matches

__all__ = ["Candidate", "Feature", "Graph", "Index", "Match", "Name", "Role", "Strictness", "Wanted", "matches"]
