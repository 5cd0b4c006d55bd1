"""Exports that are sorted on the disk and written part by part are those that are made in memory, to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from ssrgraph.export import graphs
from ssrgraph.export.sorting import in_order
from ssrgraph.query import syntax
from ssrgraph.query.syntax import prefixes_with, write_quads, write_triples
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import BASE, PREFIXES, Rdf

names = st.sampled_from(
    [
        *(
            NamedNode(f"{BASE}{name}")
            for name in ("claim/a", "claim/ab", "id/organization/us", "id/é", "id/𝄞", "id/\uffee")
        ),
        *(NamedNode(f"{PREFIXES[prefix]}x") for prefix in ("ssr", "skos", "prov", "xsd")),
        NamedNode(Rdf.TYPE),
        NamedNode("urn:x:a"),
    ]
)
nodes = st.one_of(names, st.builds(BlankNode, st.sampled_from("abc")))
words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["", " .\n", "<rdf:x", "skos:", "a\tb", '"', "\\", "é\r\n", "_:a", "@prefix a: <b> .\n"]),
)
literals = st.one_of(
    st.builds(Literal, words),
    st.builds(lambda text, language: Literal(text, language=language), words, st.sampled_from(["en", "en-GB", "uk"])),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), words, names),
)
graph_names = st.sampled_from([NamedNode(f"{BASE}graph/{name}") for name in ("entities", "document/a", "document/a-b")])
datasets = st.lists(st.builds(Quad, nodes, names, st.one_of(nodes, literals), graph_names), max_size=12, unique_by=str)


def filled(quads):
    store = MemoryStore(BASE)
    for graph in {quad.graph_name for quad in quads}:
        store.replace_graph(graph, [quad.triple for quad in quads if quad.graph_name == graph])
    return store


@pytest.mark.parametrize(("name", "kind"), [("nquads", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG)])
@given(quads=datasets)
def test_a_dataset_in_parts_is_that_made_in_memory(name, kind, quads):
    assert graphs.export(filled(quads), name) == write_quads(quads, kind, prefixes=prefixes_with(BASE))


@pytest.mark.parametrize(("name", "kind"), [("ntriples", RdfFormat.N_TRIPLES), ("turtle", RdfFormat.TURTLE)])
@given(quads=datasets)
def test_a_merge_in_parts_is_that_made_in_memory(name, kind, quads):
    merged = [quad.triple for quad in quads]
    assert graphs.export(filled(quads), name) == write_triples(merged, kind, prefixes=prefixes_with(BASE))


@given(quads=datasets)
def test_turtle_in_parts_says_what_is_in_the_graphs(quads):
    found = parse(graphs.export(filled(quads), "turtle"), format=RdfFormat.TURTLE, rename_blank_nodes=False)
    assert {quad.triple for quad in found} == {quad.triple for quad in quads}


@pytest.mark.parametrize("kind", [RdfFormat.TURTLE, RdfFormat.TRIG])
@given(quads=datasets, size=st.integers(1, 60))
def test_where_a_text_is_cut_while_it_is_tidied_does_not_matter(kind, quads, size):
    write = write_quads if kind.supports_datasets else write_triples
    statements = quads if kind.supports_datasets else [quad.triple for quad in quads]
    whole = write(statements, kind, prefixes=prefixes_with(BASE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(syntax, "_PART", size)
        assert write(statements, kind, prefixes=prefixes_with(BASE)) == whole
    head, _, body = whole.decode().partition("\n\n")
    if kind == RdfFormat.TURTLE and head.startswith("@prefix "):
        blocks = body.removesuffix("\n").split("\n\n")
        assert len(blocks) == len({quad.subject for quad in quads})


@given(quads=datasets)
def test_canonical_quads_in_parts_are_those_of_the_whole_dataset(quads):
    whole = Dataset(quads)
    whole.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(whole, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    assert graphs.canonical(filled(quads)) == b"".join(sorted(lines))


@given(lines=st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n")), run=st.integers(1, 30))
def test_lines_that_wait_on_the_disk_come_in_order_and_once(lines, run):
    assert list(in_order(lines, run=run)) == sorted(set(lines))


def test_blank_nodes_of_several_graphs_are_one_where_they_have_one_name():
    one, other = NamedNode(f"{BASE}graph/one"), NamedNode(f"{BASE}graph/other")
    triple = Triple(BlankNode("x"), NamedNode("urn:p"), NamedNode("urn:o"))
    quads = [Quad(*triple, one), Quad(*triple, other)]
    assert graphs.canonical(filled(quads)).decode() == (
        f"_:c14n0 <urn:p> <urn:o> {one} .\n_:c14n0 <urn:p> <urn:o> {other} .\n"
    )
