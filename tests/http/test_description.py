from __future__ import annotations

import gzip

from pyoxigraph import NamedNode, RdfFormat, Store, parse

VOID = "http://rdfs.org/ns/void#"
SD = "http://www.w3.org/ns/sparql-service-description#"


def described(answer):
    assert (answer.status, answer.content_type) == (200, "text/turtle; charset=utf-8")
    store = Store()
    store.extend(parse(answer.body, RdfFormat.TURTLE))
    return store


def objects(store, predicate):
    return {quad.object.value for quad in store.quads_for_pattern(None, NamedNode(predicate), None)}


def test_the_endpoint_describes_itself(server):
    store = described(server.get("/sparql", accept="text/turtle"))
    assert objects(store, f"{SD}endpoint") == {f"{server.address}sparql"}
    assert objects(store, f"{SD}supportedLanguage") == {f"{SD}SPARQL11Query"}
    assert f"{SD}UnionDefaultGraph" in objects(store, f"{SD}feature")
    names = {row["g"] for row in server.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows}
    assert objects(store, f"{SD}name") == names


def test_the_dataset_is_described_with_its_figures(server):
    store = described(server.get("/.well-known/void", accept="text/turtle"))
    dataset = NamedNode(f"{server.address}.well-known/void#dataset")
    (triples,) = [quad.object.value for quad in store.quads_for_pattern(dataset, NamedNode(f"{VOID}triples"), None)]
    assert triples == server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"]
    assert objects(store, f"{VOID}dataDump") == {f"{server.address}dump.nq.gz"}
    assert "https://w3id.org/ssrgraph/ontology#FundingClaim" in objects(store, f"{VOID}class")


def test_the_dataset_is_described_with_its_terms_and_sources(server):
    store = described(server.get("/.well-known/void", accept="text/turtle"))
    dct = "http://purl.org/dc/terms/"
    assert "https://spdx.org/licenses/Apache-2.0" in objects(store, f"{dct}license")
    assert {"Wikidata", "mledoze/countries: demonyms"} <= objects(store, f"{dct}title")
    every = server.query("SELECT ?d { ?d a <https://w3id.org/ssrgraph/ontology#Document> }")
    documents = {row["d"] for row in every.rows}
    assert objects(store, "http://www.w3.org/ns/prov#wasDerivedFrom") == documents
    assert any("17 U.S.C. 105" in words for words in objects(store, "http://purl.org/dc/elements/1.1/rights"))


def test_a_plain_store_is_described_by_what_it_holds_alone(serving, tmp_path):
    token = tmp_path / "token"
    token.write_text("secret-token-of-the-test", encoding="utf-8")
    options = ("--writable", "--token-file", str(token), "--dataset", "separate")
    with serving(tmp_path / "store", *options) as running:
        store = described(running.get("/.well-known/void", accept="text/turtle"))
    dct = "http://purl.org/dc/terms/"
    assert objects(store, f"{dct}license") == objects(store, f"{dct}title") == set()
    assert objects(store, f"{VOID}triples") == {"0"}


def test_the_whole_dataset_can_be_had(server):
    answer = server.get("/dump.nq.gz", accept_encoding="gzip")
    assert (answer.status, answer.content_type) == (200, "application/gzip")
    assert "content-encoding" not in answer.headers
    quads = {str(quad) for quad in parse(gzip.decompress(answer.body), RdfFormat.N_QUADS)}
    count = server.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows[0]["n"]
    assert len(quads) == int(count)
    assert server.get("/dump.nq.gz", if_none_match=answer.headers["etag"]).status == 304
