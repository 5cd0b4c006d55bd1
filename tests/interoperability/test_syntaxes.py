"""What is written in Turtle, TriG and JSON-LD is read alike by the libraries of others."""

from __future__ import annotations

import json
import subprocess

import pytest
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse


def canonical(quads):
    """Return quads so that equal graphs are equal whatever their blank nodes are called."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def read(content, kind):
    return canonical(parse(content, format=kind))


@pytest.fixture(scope="module")
def merge(published):
    """Return the merge of all graphs as Turtle."""
    return published.parent / "graph.turtle"


@pytest.fixture(scope="module")
def node(npm, program):
    """Return what runs a script of the folder `node`."""
    folder, command = npm("node"), program("node")

    def run(script, *arguments):
        done = subprocess.run([command, script, *arguments], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


def test_turtle_by_n3(merge, node):
    found = read(node("parse.mjs", str(merge), "Turtle"), RdfFormat.N_QUADS)
    assert found == read(merge.read_bytes(), RdfFormat.TURTLE)
    assert len(found) > 5_000


def test_trig_by_n3(published, node):
    found = read(node("parse.mjs", str(published / "graph.trig"), "TriG"), RdfFormat.N_QUADS)
    assert found == read((published / "graph.nq").read_bytes(), RdfFormat.N_QUADS)


def test_the_description_by_n3(published, node):
    path = published / "dataset.ttl"
    assert read(node("parse.mjs", str(path), "Turtle"), RdfFormat.N_QUADS) == read(path.read_bytes(), RdfFormat.TURTLE)


@pytest.mark.parametrize("name", ["graph.turtle", "set/dataset.ttl"])
def test_turtle_by_raptor(published, program, name):
    path = published.parent / name
    command = [program("rapper"), "--quiet", "--input", "turtle", "--output", "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[:2000]
    assert read(done.stdout, RdfFormat.N_TRIPLES) == read(path.read_bytes(), RdfFormat.TURTLE)


@pytest.mark.parametrize("path", ["ssr.ttl", "alignments.ttl", "alignment.ttl", "shapes.ttl"])
def test_the_ontology_by_raptor_and_n3(root, program, node, path):
    file = root / "ontology" / path
    command = [program("rapper"), "--quiet", "--input", "turtle", "--output", "ntriples", str(file)]
    raptor = subprocess.run(command, capture_output=True, check=True).stdout
    ours = read(file.read_bytes(), RdfFormat.TURTLE)
    assert read(raptor, RdfFormat.N_TRIPLES) == ours
    assert read(node("parse.mjs", str(file), "Turtle"), RdfFormat.N_QUADS) == ours


def unordered(value):
    """Return expanded JSON-LD with its sets in a fixed order; a list keeps its own."""
    if isinstance(value, dict):
        return {key: value[key] if key == "@list" else unordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((unordered(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def test_json_ld_by_jsonld_js_and_pyld(published, node):
    path = published.parent / "graph.jsonld"
    theirs = json.loads(node("expand.mjs", str(path)))
    document = json.loads(path.read_text(encoding="utf-8"))
    # Without `is True` the difference of the two documents would be made, which takes minutes.
    assert (unordered(theirs["expanded"]) == unordered(jsonld.expand(document))) is True
    ours = jsonld.to_rdf(document, {"format": "application/n-quads"})
    as_quads = read(theirs["nquads"].encode(), RdfFormat.N_QUADS)
    assert as_quads == read(ours.encode(), RdfFormat.N_QUADS)
    assert as_quads == read((published / "graph.nq").read_bytes(), RdfFormat.N_QUADS)
