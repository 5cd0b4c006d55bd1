"""What a reasoner answers: what follows, and what cannot all be true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.errors import InputError

if TYPE_CHECKING:
    from pyoxigraph import Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """Statements that cannot all be true.

    Attributes:
        rule: Name of the OWL 2 RL rule that found it, such as `cax-dw`.
        triples: The statements that meet in it, sorted, as far as the engine tells.
        message: One line for people.
    """

    rule: str
    triples: tuple[Triple, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What follows from a graph.

    Attributes:
        inferred: Triples that follow and are not asserted, sorted by their N-Triples form.
        inconsistencies: What cannot all be true, sorted by rule and message; empty for a consistent graph.
    """

    inferred: tuple[Triple, ...]
    inconsistencies: tuple[Inconsistency, ...]


class EngineError(InputError):
    """There is no reasoner of this name.

    Args:
        engine: The name that was asked for.
        available: The names that there are.
    """

    def __init__(self, engine: str, available: tuple[str, ...]) -> None:
        super().__init__(f"no reasoner is called {engine!r}; choose one of: {', '.join(available)}")
        self.engine = engine
        self.available = available


class MemoryLimitError(InputError):
    """What follows takes more memory than it may.

    Args:
        limit: How many bytes it may take.
        needed: How many it takes at least.
    """

    def __init__(self, limit: int, needed: int) -> None:
        super().__init__(
            f"what follows from this graph takes more than the memory limit of {limit / 2**20:.0f} MB "
            f"(at least {needed / 2**20:.0f} MB); raise the limit or take out the axiom that multiplies it, "
            "such as a chain or transitive property over very many pairs"
        )
        self.limit = limit
        self.needed = needed


class BrokenListError(InputError):
    """A list of an ontology cannot be read, as it has a gap or never ends.

    Args:
        triple: What has the list as its object.
        more: How many others there are.
    """

    def __init__(self, triple: Triple, more: int = 0) -> None:
        others = f" ({more} more lists are broken)" if more else ""
        super().__init__(
            f"the list of {triple.predicate} of {triple.subject}, which begins at {triple.object}, has a gap or never "
            f"ends; each node of a list needs one rdf:first and one rdf:rest, and the last rest is rdf:nil{others}"
        )
        self.triple = triple
        self.more = more
