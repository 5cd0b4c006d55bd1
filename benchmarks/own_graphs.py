"""Graphs of any size in the project's own ontology: what the reasoner gets of a store with many documents.

The shipped documents are built once; their graphs are then repeated under other names. The ontology and what the
reference data knows stand once, however many documents there are: states and well-known bodies are shared, claims,
documents and what only one text names are not.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from measuring import ROOT, SSRGRAPH
from pyoxigraph import NamedNode, Triple

from ssrgraph.graph import Iris
from ssrgraph.store import open_store


def shipped_premises() -> tuple[list[Triple], list[list[Triple]]]:
    """Return what holds of all documents (ontology, entities), and the triples of each shipped document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        documents = str(ROOT / "data" / "documents")
        command = [SSRGRAPH, "build", documents, "--store", str(path), "--reasoner", "none"]
        subprocess.run(command, check=True, capture_output=True)
        with open_store(str(path)) as store:
            iris = Iris(store.info.base_iri)
            graphs = sorted((one for one in store.graphs() if iris.is_premise(one)), key=str)
            start = f"{store.info.base_iri}graph/document/"
            shared = [one for graph in graphs if not graph.value.startswith(start) for one in store.triples(graph)]
            documents_ = [list(store.triples(graph)) for graph in graphs if graph.value.startswith(start)]
    return sorted(set(shared), key=str), [sorted(set(one), key=str) for one in documents_]


class Repeated:
    """The shipped documents under as many names as are asked for."""

    def __init__(self) -> None:
        self.shared, self._documents = shipped_premises()
        self._fixed = {one.subject for one in self.shared} | {one.predicate for one in self.shared}
        base = next(one.subject.value for one in self._documents[0] if "/document/" in str(one.subject))
        self._base = base[: base.index("document/")]

    def document(self, number: int) -> list[Triple]:
        """Return the triples of the n-th document."""
        names: dict[object, object] = {}

        def named(term: object) -> object:
            if not isinstance(term, NamedNode) or term in self._fixed or not term.value.startswith(self._base):
                return term
            if term not in names:
                names[term] = NamedNode(f"{term.value}-{number}")
            return names[term]

        found = self._documents[number % len(self._documents)]
        return [Triple(named(one.subject), one.predicate, named(one.object)) for one in found]

    def graph(self, size: int) -> list[Triple]:
        """Return a graph of about so many triples: the shared ones and as many whole documents as fit."""
        found, number = dict.fromkeys(self.shared), 0
        while len(found) < size:
            found.update(dict.fromkeys(self.document(number)))
            number += 1
        return list(found)
