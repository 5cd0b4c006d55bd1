"""The graph of the ontology, its SKOS schemes and its alignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad, parse

from ssrgraph.errors import DataError
from ssrgraph.graph.iris import Iris
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import BASE, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import NamedNode


def ontology_quads(*, base: str = BASE) -> list[Quad]:
    """Return the quads of `graph/ontology`, with the same names for its blank nodes every time.

    Raises:
        DataError: A file of the ontology is missing or cannot be parsed.
    """
    folder = shipped("ontology")
    files = [folder / "ssr.ttl", folder / "alignments.ttl"]
    files += [folder / "schemes" / f"{scheme}.ttl" for scheme in SCHEMES]
    return list(_relabelled(files, Iris(base).graph("ontology")))


def _relabelled(files: list[Path], graph: NamedNode) -> Iterator[Quad]:
    # A parser names blank nodes at random, which would make every build differ.
    names: dict[object, BlankNode] = {}

    def term(value: object) -> object:
        if isinstance(value, BlankNode):
            return names.setdefault(value, BlankNode(f"ontology{len(names)}"))
        return value

    for path in files:
        try:
            quads = list(parse(path=path))
        except (OSError, SyntaxError) as error:
            raise DataError(path, str(error)) from error
        for quad in quads:
            yield Quad(term(quad.subject), quad.predicate, term(quad.object), graph)  # type: ignore[arg-type]
