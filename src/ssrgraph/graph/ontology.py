"""The graph of the ontology, its SKOS schemes and its alignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad, Triple, parse

from ssrgraph.errors import DataError
from ssrgraph.graph.iris import Iris
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import BASE, SCHEMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def ontology_quads(*, base: str = BASE) -> list[Quad]:
    """Return the quads of `graph/ontology`, with the same names for its blank nodes every time.

    Raises:
        DataError: A file of the ontology is missing or cannot be parsed.
    """
    graph = Iris(base).graph("ontology")
    return [Quad(one.subject, one.predicate, one.object, graph) for _, one in _relabelled(_files())]


def ontology_files() -> dict[Triple, str]:
    """Return for each triple of the ontology the file that says it, such as `ontology/ssr.ttl`.

    Raises:
        DataError: A file of the ontology is missing or cannot be parsed.
    """
    folder = shipped("ontology").parent
    return {triple: path.relative_to(folder).as_posix() for path, triple in _relabelled(_files())}


def _files() -> list[Path]:
    folder = shipped("ontology")
    schemes = (folder / "schemes" / f"{scheme}.ttl" for scheme in SCHEMES)
    return [folder / "ssr.ttl", folder / "alignments.ttl", *schemes]


def _relabelled(files: list[Path]) -> Iterator[tuple[Path, Triple]]:
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
            yield path, Triple(term(quad.subject), quad.predicate, term(quad.object))  # type: ignore[arg-type]
