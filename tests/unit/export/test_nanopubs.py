"""Nanopublications of single claims, and the trusty URIs that name them."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from ssrgraph.errors import DataError, QueryError
from ssrgraph.export import nanopubs
from ssrgraph.export.publication.about import About
from ssrgraph.export.trusty import PLACE, trusty_code, with_code
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Dct, Np, Oa, Prov, Rdf, Rdfs, Skos, Ssr, SsrClass

BASE = "https://data.example.org/"
ABOUT = About(
    title="Boats",
    description="Boats.",
    licence="https://spdx.org/licenses/CC0-1.0",
    publisher="A library",
    publisher_url="https://library.example/",
)


def node(name):
    return NamedNode(BASE + name)


def statement(subject, predicate, value):
    return Triple(node(subject), NamedNode(predicate), value if isinstance(value, NamedNode) else Literal(value))


def filled(name, store):
    words = f"document/{name}#char=1,9"
    store.replace_graph(
        node(f"graph/document/{name}"),
        [
            statement(f"claim/{name}1", Rdf.TYPE, NamedNode(SsrClass.FUNDING_CLAIM)),
            statement(f"claim/{name}1", Ssr.FUNDER, node("id/organization/us")),
            statement("id/organization/us", Skos.PREF_LABEL, "United States"),
            statement("id/mission/m", Ssr.LEAD, node("id/organization/us")),
        ],
    )
    store.replace_graph(
        node(f"graph/evidence/{name}"),
        [
            statement(f"document/{name}", Dct.IDENTIFIER, name),
            statement(f"document/{name}", "https://schema.org/text", "the whole text"),
            statement(f"graph/document/{name}", Prov.WAS_GENERATED_BY, node("activity")),
            statement(f"claim/{name}1", Ssr.EVIDENCE, node(words)),
            statement(words, Oa.HAS_SELECTOR, node(f"document/{name}#quote=1,9")),
            statement(f"document/{name}#quote=1,9", Oa.EXACT, "the\nwords"),
            statement(f"claim/{name}2#lead", Ssr.EVIDENCE, node(words)),
            statement(f"claim/{name}2#lead", Rdf.SUBJECT, node("id/mission/m")),
            statement(f"claim/{name}2#lead", Rdf.PREDICATE, NamedNode(Ssr.LEAD)),
            statement(f"claim/{name}2#lead", Rdf.OBJECT, node("id/organization/us")),
            statement("id/mission/m", Ssr.EVIDENCE, node(words)),
        ],
    )
    return store


@pytest.fixture
def store():
    return filled("b", filled("a", MemoryStore(BASE)))


def parts(content):
    """Return the triples of each graph by its name, for each nanopublication."""
    found = {}
    for quad in parse(content, format=RdfFormat.TRIG):
        this, _, name = quad.graph_name.value.partition("#")
        found.setdefault(this, {}).setdefault(name, set()).add(quad.triple)
    return found


def test_every_claim_and_every_statement_is_a_nanopublication_of_four_graphs(store):
    found = parts(nanopubs.export(store, ABOUT, today="2026-05-01"))
    assert len(found) == 4
    for this, graphs in found.items():
        assert set(graphs) == {"Head", "assertion", "provenance", "pubinfo"}
        head = {(one.predicate.value, one.object.value) for one in graphs["Head"]}
        assert head == {
            (Rdf.TYPE, Np.NANOPUBLICATION),
            (Np.HAS_ASSERTION, f"{this}#assertion"),
            (Np.HAS_PROVENANCE, f"{this}#provenance"),
            (Np.HAS_PUBLICATION_INFO, f"{this}#pubinfo"),
        }


def test_an_assertion_is_one_claim_and_nothing_else(store):
    found = parts(nanopubs.export(store, ABOUT, today="2026-05-01", graphs=["document/a"]))
    assertions = sorted((graphs["assertion"] for graphs in found.values()), key=len)
    assert assertions == [
        {statement("id/mission/m", Ssr.LEAD, node("id/organization/us"))},
        {
            statement("claim/a1", Rdf.TYPE, NamedNode(SsrClass.FUNDING_CLAIM)),
            statement("claim/a1", Ssr.FUNDER, node("id/organization/us")),
        },
    ]


def test_the_provenance_leads_to_the_words(store):
    for this, graphs in parts(nanopubs.export(store, ABOUT, today="2026-05-01", graphs=["document/a"])).items():
        told = graphs["provenance"]
        assert {
            Triple(NamedNode(f"{this}#assertion"), NamedNode(Prov.WAS_DERIVED_FROM), node("document/a#char=1,9")),
            Triple(NamedNode(f"{this}#assertion"), NamedNode(Prov.HAD_PRIMARY_SOURCE), node("document/a")),
            Triple(NamedNode(f"{this}#assertion"), NamedNode(Prov.WAS_GENERATED_BY), node("activity")),
            statement("document/a#quote=1,9", Oa.EXACT, "the\nwords"),
            statement("document/a", Dct.IDENTIFIER, "a"),
        } <= told
        assert "the whole text" not in {getattr(one.object, "value", "") for one in told}


def test_the_publication_says_when_by_whom_and_under_which_licence(store):
    for this, graphs in parts(nanopubs.export(store, ABOUT, today="2026-05-01")).items():
        told = {(one.predicate.value, one.object.value) for one in graphs["pubinfo"] if one.subject.value == this}
        assert {
            (Dct.CREATED, "2026-05-01T00:00:00Z"),
            (Dct.CREATOR, "https://library.example/"),
            (Dct.LICENSE, ABOUT.licence),
        } <= told
        assert statement("id/organization/us", Rdfs.LABEL, "United States") in graphs["pubinfo"]


def test_only_documents_that_are_asked_for_are_written(store):
    one = nanopubs.export(store, ABOUT, today="2026-05-01", graphs=["document/b"])
    assert len(parts(one)) == 2
    assert nanopubs.export(store, ABOUT, today="2026-05-01", graphs=["evidence/a"]) == b""
    with pytest.raises(QueryError, match="no such graph"):
        nanopubs.export(store, ABOUT, today="2026-05-01", graphs=["document/c"])


def test_a_claim_of_which_nothing_is_known_is_told(store):
    store.replace_graph(node("graph/document/a"), [statement("id/organization/us", Skos.PREF_LABEL, "United States")])
    with pytest.raises(DataError, match=f"{BASE}claim/a1: has evidence, but nothing that it is evidence of"):
        nanopubs.export(store, ABOUT, today="2026-05-01")


def this_of(quads):
    (found,) = {quad.graph_name.value for quad in quads}
    return found


@pytest.mark.parametrize(
    "changed",
    [
        Literal("other"),
        Literal("x", language="en"),
        Literal("x", datatype=NamedNode("https://example.org/t")),
        node("x"),
    ],
)
def test_the_code_changes_with_any_change(changed):
    this = node(f"np/{PLACE}")
    before = [Quad(this, node("p"), Literal("x"), this)]
    code = trusty_code(before)
    assert trusty_code([Quad(this, node("p"), changed, this)]) != code
    assert trusty_code([*before, Quad(this, node("p"), changed, this)]) != code
    assert trusty_code([*before, *before]) == code
    assert this_of(with_code(before, code)) == f"{BASE}np/{code}"


def test_the_code_can_be_computed_from_what_bears_it():
    this = node(f"np/{PLACE}")
    quads = [Quad(this, node("p"), Literal(text), this) for text in ("b", "a\\n", "a\n", "ä")]
    code = trusty_code(quads)
    assert trusty_code(reversed(with_code(quads, code)), place=code) == code


def test_what_has_no_name_has_no_code():
    with pytest.raises(ValueError, match="has no name"):
        trusty_code([Quad(BlankNode("x"), node("p"), node("o"), node("g"))])
