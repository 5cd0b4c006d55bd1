"""Nanopublications that were published, as a server answers for their names: loaded once, looked up by each process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from ssrgraph.errors import GraphFileError
from ssrgraph.query.syntax import prefixes_with, write_quads
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.querying import GRAPH_WRITERS
from ssrgraph.vocabulary import Np, Rdf

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore

_READERS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
_PARTS = (Np.HAS_ASSERTION, Np.HAS_PROVENANCE, Np.HAS_PUBLICATION_INFO)


def load(file: Path, folder: Path) -> None:
    """Load a file of nanopublications into a folder, from which processes read them.

    Raises:
        GraphFileError: It cannot be read, or holds none.
    """
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise GraphFileError(file, f"nanopublications are read from files that end in {' or '.join(_READERS)}")
    store = Store(str(folder))
    try:
        store.bulk_load(path=str(file), format=reader)
    except (OSError, SyntaxError, ValueError) as error:
        raise GraphFileError(file, " ".join(str(error).split())) from error
    if not any(store.quads_for_pattern(None, NamedNode(Rdf.TYPE), NamedNode(Np.NANOPUBLICATION))):
        raise GraphFileError(file, "holds no nanopublication")
    store.flush()


def nanopublication(store: FinishedStore, job: Values) -> tuple[NamedNode, list[Quad]]:
    """Return the name of the nanopublication at `path`, and its quads.

    Raises:
        Problem: There is none of this name.
    """
    try:
        this = NamedNode(f"{store.info.base_iri}{job['path']}")
    except ValueError:
        raise _unknown(job) from None
    published = _opened(job["nanopubs"])
    heads = [quad.graph_name for quad in published.quads_for_pattern(this, NamedNode(Rdf.TYPE), None)]
    head = next((graph for graph in heads if isinstance(graph, NamedNode)), None)
    if head is None:
        raise _unknown(job)
    told = [quad for part in _PARTS for quad in published.quads_for_pattern(this, NamedNode(part), None, head)]
    graphs = [head, *(quad.object for quad in told if isinstance(quad.object, NamedNode))]
    return this, [quad for graph in graphs for quad in published.quads_for_pattern(None, None, None, graph)]


def write_nanopublication(store: FinishedStore, job: Values, out: Output) -> None:
    """Write the nanopublication at `path` in the format `format`.

    Raises:
        Problem: There is none of this name.
    """
    _, quads = nanopublication(store, job)
    written = write_quads(quads, GRAPH_WRITERS[job["format"]], prefixes=prefixes_with(store.info.base_iri))
    out.head(format=job["format"], kind="graph", stable=True)
    out.write(written)


@lru_cache(maxsize=1)
def _opened(folder: str) -> Store:
    return Store.read_only(folder)


def _unknown(job: Values) -> Problem:
    return Problem(404, "not-found", f"No nanopublication /{job['path']} is published here.")
