from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ssrgraph.query.syntax import prefixes_with, write_quads, write_triples
from ssrgraph.vocabulary import Rdf, SsrClass

EX = "http://example.org/"


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


TRIPLES = [
    Triple(node("b"), node("p"), Literal("2")),
    Triple(node("b"), NamedNode(Rdf.TYPE), NamedNode(SsrClass.FUNDING_CLAIM)),
    Triple(node("a"), node("p"), Literal("one .\n<x>")),
]


def test_turtle_has_sorted_subjects_types_first_and_only_used_prefixes():
    assert write_triples(TRIPLES, RdfFormat.TURTLE).decode() == (
        "@prefix ssr: <https://w3id.org/ssrgraph/ontology#> .\n"
        "\n"
        '<http://example.org/a> <http://example.org/p> "one .\\n<x>" .\n'
        "\n"
        "<http://example.org/b> a ssr:FundingClaim ;\n"
        '\t<http://example.org/p> "2" .\n'
    )


def test_resources_of_a_store_have_prefixes_of_their_own():
    triple = Triple(node("id/organization/nato"), node("p"), node("claim/0af"))
    written = write_triples([triple], RdfFormat.TURTLE, prefixes=prefixes_with(EX)).decode()
    assert "organization:nato <http://example.org/p> claim:0af .\n" in written


def test_trig_sorts_by_graph():
    quads = [Quad(node("s"), node("p"), node("o"), node(f"g{number}")) for number in (2, 1)]
    written = write_quads(quads, RdfFormat.TRIG).decode()
    assert written.index("g1") < written.index("g2")


literals = st.builds(Literal, st.text(st.characters(exclude_categories=["Cs"])))
triples = st.sets(st.builds(Triple, st.sampled_from([node("a"), node("b")]), st.just(node("p")), literals))


@given(triples)
def test_turtle_gives_the_triples_back(given_triples):
    written = write_triples(given_triples, RdfFormat.TURTLE)
    assert {quad.triple for quad in parse(written, format=RdfFormat.TURTLE)} == given_triples


PROGRAM = """
import sys
from pyoxigraph import RdfFormat, parse
from ssrgraph.query.syntax import write_triples
from ssrgraph.resources import shipped
triples = [quad.triple for quad in parse(path=shipped("ontology/alignments.ttl"))]
triples = [triple for triple in triples if "BlankNode" not in repr(triple)]
for kind in (RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.TRIG):
    sys.stdout.buffer.write(write_triples(triples, kind))
"""


def test_two_processes_write_the_same_bytes():
    runs = [subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True) for _ in range(2)]
    assert len(runs[0].stdout) > 1000
    assert runs[0].stdout == runs[1].stdout
