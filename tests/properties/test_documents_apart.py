"""What a document says depends on no other document: any choice of documents is the union of its documents."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from ssrgraph.pipeline.building import build
from ssrgraph.pipeline.inputs import Options, find_inputs
from ssrgraph.pipeline.reading import Reader
from ssrgraph.store import LocalStore
from ssrgraph.vocabulary import BASE

OPTIONS = Options(validate=False)


@pytest.fixture(scope="module")
def paths(root):
    return sorted((root / "data" / "documents").glob("*.txt"))


def graphs(store) -> dict[str, set]:
    with LocalStore.open(store) as opened:
        return {graph.value.removeprefix(f"{BASE}graph/"): set(opened.triples(graph)) for graph in opened.graphs()}


@pytest.fixture(scope="module")
def whole(five):
    return graphs(five)


@pytest.fixture(scope="module")
def parts(paths, tmp_path_factory):
    """Return the graphs of a build of some of the documents, and of a build of the others."""
    place = tmp_path_factory.mktemp("parts")
    found = []
    for name, chosen in [("some", paths[::2]), ("others", paths[1::2])]:
        build(chosen, store=place / name, options=OPTIONS)
        found.append(graphs(place / name))
    return found


def own(part: dict[str, set]) -> dict[str, set]:
    return {name: triples for name, triples in part.items() if name.startswith(("document/", "evidence/"))}


def test_a_document_read_last_reads_as_a_document_read_first(paths, whole):
    # One reader for all, in the opposite order: nothing of a document stays behind in it.
    reader = Reader(OPTIONS)
    for item in reversed(find_inputs(paths)):
        quads = parse(reader.read(item).quads, format=RdfFormat.N_QUADS)
        found: dict[str, set] = {}
        for quad in quads:
            found.setdefault(quad.graph_name.value.removeprefix(f"{BASE}graph/"), set()).add(quad.triple)
        assert found == {name: whole[name] for name in (f"document/{item.id}", f"evidence/{item.id}")}


def test_a_build_of_some_documents_holds_the_graphs_that_they_have_among_all(parts, whole):
    assert own(parts[0]) | own(parts[1]) == own(whole)
    assert own(parts[0]).keys().isdisjoint(own(parts[1]))


def test_the_reference_entities_of_all_are_those_of_the_parts(parts, whole):
    assert parts[0]["entities"] | parts[1]["entities"] == whole["entities"]
    assert parts[0]["ontology"] == parts[1]["ontology"] == whole["ontology"]


def test_what_follows_from_some_documents_follows_from_all(parts, whole):
    known = set().union(*whole.values())
    for part in parts:
        assert len(part["inferred"]) > 100
        assert part["inferred"] <= known
