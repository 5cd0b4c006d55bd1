"""Links as inputs of a build: read, settled, kept with the store, and brought into its graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.entities import sssom
from ssrgraph.entities.links import settled
from ssrgraph.graph import Iris, link_quads
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import Owl, Rdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ssrgraph.entities.links import Link
    from ssrgraph.materialize import Changes
    from ssrgraph.pipeline.inputs import Options
    from ssrgraph.store import Draft

KEPT = "links.sssom.tsv"
"""The file in which a store keeps the links that count, so that a document that is added later gets its own."""
SAME_AS = "same-as"
"""The graph of those `owl:sameAs` that the reasoner is given."""


def link_files(further: tuple[Path, ...]) -> Iterator[Path]:
    """Yield the files of links that ship with the project, then those that a user names.

    Raises:
        LinksError: A folder has none.
    """
    for path in (shipped("data/links"), *further):
        yield from sssom.files(path)


def load_links(further: tuple[Path, ...] = ()) -> tuple[Link, ...]:
    """Return the links that count: those that are shipped and those of further files and folders.

    Raises:
        LinksError: A file cannot be read, or its links cannot all be right.
    """
    return settled((path, sssom.read(path).links) for path in link_files(further))


def keep_links(draft: Draft, links: tuple[Link, ...]) -> None:
    """Keep the links that count with a store."""
    draft.write_file(KEPT, sssom.write(links, prefixes={}, about={}).encode())


def place_links(draft: Draft, changes: Changes, options: Options) -> None:
    """Make the graph of links hold those links, of all that are kept with the store, whose subjects it describes."""
    base = options.base_iri
    iris = Iris(base)
    kept = sssom.parse(draft.read_file(KEPT).decode(), name=KEPT).links if draft.has_file(KEPT) else ()

    inferred = iris.graph("inferred")

    def is_there(node: NamedNode) -> bool:
        types = draft.match(node, NamedNode(Rdf.TYPE), None)
        return any(graph != inferred for one in types for graph in draft.graphs_of(one))

    quads = link_quads(kept, is_there=is_there, base=base, same_as=options.same_as or options.same_as_reasoned)
    changes.replace_graph(iris.graph("links"), (quad.triple for quad in quads))
    same = (quad.triple for quad in quads if quad.predicate.value == Owl.SAME_AS and options.same_as_reasoned)
    changes.replace_graph(iris.graph(SAME_AS), same)
