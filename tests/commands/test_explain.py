"""`ssrgraph explain` from outside."""

from __future__ import annotations

import json

from pyoxigraph import NamedNode, RdfFormat, parse

PROV = "http://www.w3.org/ns/prov#"
US = "organization:us"


def test_the_tree_goes_from_what_was_derived_to_the_words(run):
    done = run("explain", US, "a", "ssr:Donor")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "organization:us “United States”  rdf:type  ssr:Donor “donor”"
    assert lines[1] == "  by cax-sco, from"
    assert any(line.endswith("ontology: ontology/ssr.ttl") for line in lines)
    assert "  └─ organization:us “United States”  rdf:type  _:" in done.out
    assert "“funder of some funding claim”" in done.out
    assert any("said in document alpha" in line for line in lines)
    assert any(line.endswith("“$5 million”") for line in lines)
    assert "  cax-sco: ?c1 rdfs:subClassOf ?c2 . ?x rdf:type ?c1 => ?x rdf:type ?c2" in lines


def test_json_holds_the_offsets_of_the_words(run, built):
    done = run("explain", US, "rdf:type", "<https://w3id.org/ssrgraph/ontology#Donor>", "--format", "json")
    assert done.status == 0
    (proof,) = json.loads(done.out)["proofs"]
    waiting, sources = [proof["proof"]], []
    while waiting:
        node = waiting.pop()
        waiting += node.get("premises", [])
        sources += node.get("sources", [])
    text = (built / "documents" / "alpha.txt").read_text()
    (said,) = {(one["start"], one["end"], one["quote"]) for one in sources if one["kind"] == "document"}
    assert text[said[0] : said[1]] == said[2] == "$5 million"


def test_turtle_says_in_prov_which_rules_were_applied(run):
    done = run("explain", US, "a", "ssr:Donor", "--format", "turtle")
    assert done.status == 0
    triples = [quad.triple for quad in parse(done.out.encode(), format=RdfFormat.TURTLE)]
    activities = {one.subject for one in triples if one.object == NamedNode(PROV + "Activity")}
    labels = {
        one.object.value for one in triples if one.subject in activities and one.predicate.value.endswith("#label")
    }
    assert labels == {"cax-sco", "cls-svf1", "prp-inv1"}
    assert done.out == run("explain", US, "a", "ssr:Donor", "--format", "turtle").out


def test_several_proofs_are_numbered(run):
    done = run("explain", US, "a", "prov:Agent", "--proofs", "2")
    assert done.status == 0
    assert "Proof 1: " in done.out
    assert "Proof 2: " in done.out
    assert run("explain", US, "a", "prov:Agent").out.count("Proof ") == 0


def test_a_triple_that_does_not_hold_is_said_in_one_line(run):
    done = run("explain", US, "a", "ssr:ArmedGroup")
    assert (done.status, done.out) == (1, "")
    assert done.err == "ssrgraph: organization:us rdf:type ssr:ArmedGroup: does not hold\n"
    assert run("explain", "organization:nobody", "a", "ssr:Donor").status == 1


def test_a_term_that_cannot_be_read_is_wrong_input(run):
    for terms, problem in (
        ((US, "a", "nothing:Donor"), "nothing:Donor: the prefix nothing: is not known"),
        ((US, "words", "ssr:Donor"), "words: only an IRI is a predicate"),
        (("<a b>", "a", "ssr:Donor"), "<a b>: is no term; write <IRI>, a prefixed name or a literal"),
    ):
        done = run("explain", *terms)
        assert (done.status, done.out, done.err) == (2, "", f"ssrgraph: {problem}\n")


def test_a_triple_without_its_object_is_wrong_input(run):
    done = run("explain", US, "a")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("ssrgraph: --inconsistencies or SUBJECT, PREDICATE and OBJECT are needed")


def test_a_store_without_inconsistencies_has_none_to_explain(run):
    done = run("explain", "--inconsistencies")
    assert (done.status, done.out, done.err) == (0, "", "Nothing is inconsistent.\n")
    assert json.loads(run("explain", "--inconsistencies", "--format", "json").out) == []


def test_a_store_that_is_not_there_is_wrong_input(run):
    done = run("explain", US, "a", "ssr:Donor", "--store", "nowhere")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("ssrgraph: nowhere")
    assert done.err.count("\n") == 1
