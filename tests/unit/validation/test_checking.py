"""A sound graph gives no finding; each kind of damage gives the finding that it should."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.documents.model import Document, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.errors import DataError
from ssrgraph.extraction.model import Entity, Extraction, Funding, Mission
from ssrgraph.graph import document_quads, ontology_quads
from ssrgraph.resources import shipped
from ssrgraph.store import MemoryStore
from ssrgraph.validation import Kind, Severity, check, load_checks, read_shapes
from ssrgraph.vocabulary import BASE, PREFIXES, Oa, Rdf, Schema, Ssr

TEXT = "Émile 🙂 says: Spain gave $5 million to the mission EUTM Mali, which began on 18 February 2013."
SHAPES = """
ssr:FundingShape a sh:NodeShape ; sh:targetClass ssr:FundingClaim ;
    sh:property [ sh:path ssr:amount ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:decimal ;
                  sh:message "A funding claim has one amount." ] ;
    sh:property [ sh:path ssr:funder ; sh:class org:Organization ] .
"""


def turtle(text):
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    header += "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@base <https://w3id.org/ssrgraph/> .\n"
    return [quad.triple for quad in parse((header + text).encode(), format=RdfFormat.TURTLE)]


def span(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


def extraction(document, start="2013-02-18"):
    spain = Entity(
        id="organization/es",
        kind=EntityKind.ORGANIZATION,
        label="Spain",
        type="country",
        mentions=(span("Spain"),),
    )
    mission = Entity(id="mission/eutm-mali", kind=EntityKind.MISSION, label="EUTM Mali", mentions=(span("EUTM Mali"),))
    funding = Funding(
        quote=span("$5 million"),
        passage=Span(0, len(TEXT)),
        funder=(spain.id,),
        amount=Decimal(5000000),
        currency="USD",
    )
    begun = Mission(quote=span("18 February 2013"), passage=Span(0, len(TEXT)), mission=mission.id, start=start)
    return Extraction(document_id=document, entities=(mission, spain), claims=(funding, begun))


def add_document(store, document="one", **slots):
    read = Document(id=document, text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), blocks=())
    quads = document_quads(extraction(document, **slots), read, source=None, version="1")
    for graph in {quad.graph_name for quad in quads}:
        store.replace_graph(graph, [quad.triple for quad in quads if quad.graph_name == graph])


def graph(name):
    return NamedNode(f"{BASE}graph/{name}")


@pytest.fixture
def store():
    store = MemoryStore(BASE)
    store.replace_graph(graph("ontology"), [quad.triple for quad in ontology_quads()])
    add_document(store)
    return store


@pytest.fixture
def found(store):
    """Check the store and return the findings shortly."""

    def run():
        report = check(store, shapes=turtle(SHAPES))
        return report, [(one.kind, one.severity, one.check) for one in report.findings]

    return run


def change(store, name, edit):
    """Replace each triple of a graph by those that `edit` gives for it."""
    changed = [new for triple in store.triples(graph(name)) for new in edit(triple)]
    store.replace_graph(graph(name), changed)


def objects_to(predicate, value):
    """Return an edit that gives every triple with the predicate another object."""
    return lambda one: [Triple(one.subject, one.predicate, value)] if one.predicate.value == predicate else [one]


def test_a_sound_graph_has_no_finding(found):
    report, _ = found()
    assert report.findings == ()
    assert report.conforms


def test_a_text_that_was_changed_is_found_and_its_quotes_count_no_more(store, found):
    change(store, "evidence/one", objects_to(Schema.TEXT, Literal(TEXT + "!")))
    report, findings = found()
    assert findings[0] == (Kind.TEXT, Severity.VIOLATION, "text")
    assert "not the one whose checksum was kept" in report.findings[0].message
    assert {kind for kind, _, _ in findings} == {Kind.TEXT, Kind.QUOTE, Kind.EVIDENCE}
    assert not report.conforms


def test_a_checksum_that_was_changed_is_found(store, found):
    change(store, "evidence/one", objects_to(Schema.SHA256, Literal("0" * 64)))
    assert found()[1][0] == (Kind.TEXT, Severity.VIOLATION, "text")


def test_a_missing_text_is_found(store, found):
    change(store, "evidence/one", lambda one: [] if one.predicate.value == Schema.TEXT else [one])
    report, _ = found()
    assert (
        report.findings[0].message
        == f"document {BASE}document/one: has 0 stored texts and 1 checksums, not one of each"
    )


def test_a_text_read_from_a_file_with_a_byte_order_mark_is_sound(store, found):
    change(
        store,
        "evidence/one",
        objects_to(Schema.SHA256, Literal(hashlib.sha256(b"\xef\xbb\xbf" + TEXT.encode()).hexdigest())),
    )
    assert found()[0].findings == ()


def test_one_broken_quote_is_found_with_what_leans_on_it(store, found):
    change(
        store,
        "evidence/one",
        lambda one: (
            [Triple(one.subject, one.predicate, Literal("$6 million"))]
            if one.object == Literal("$5 million")
            else [one]
        ),
    )
    report, findings = found()
    first = report.findings[0]
    assert (first.kind, first.quote, first.graph) == (Kind.QUOTE, "$6 million", graph("evidence/one"))
    assert first.message == "the quote does not stand at 25 to 35: the text has '$5 million', not '$6 million'"
    assert {kind for kind, _, _ in findings} == {Kind.QUOTE, Kind.EVIDENCE}
    claims = {one.subject.value for one in report.findings if one.kind is Kind.EVIDENCE}
    assert len(claims) == 1
    assert next(iter(claims)).startswith(BASE + "claim/")


def test_one_shifted_offset_is_found(store, found):
    start, end = (Literal(str(n), datatype=NamedNode(PREFIXES["xsd"] + "integer")) for n in (26, 36))

    def shift(one):
        if one.subject.value.endswith("#position=25,35") and one.predicate.value in {Oa.START, Oa.END}:
            return [Triple(one.subject, one.predicate, start if one.predicate.value == Oa.START else end)]
        return [one]

    change(store, "evidence/one", shift)
    assert found()[0].findings[0].message == (
        "the quote does not stand at 26 to 36: the text has '5 million ', not '$5 million'"
    )


@pytest.mark.parametrize(("predicate", "where"), [(Oa.PREFIX, "in front of"), (Oa.SUFFIX, "behind")])
def test_wrong_words_around_a_quote_are_found(store, found, predicate, where):
    change(store, "evidence/one", objects_to(predicate, Literal("elsewhere")))
    report, _ = found()
    assert report.findings[0].kind is Kind.QUOTE
    assert report.findings[0].message.startswith(where)


@pytest.mark.parametrize("predicate", [Oa.HAS_SOURCE, Oa.EXACT, Oa.START])
def test_evidence_that_lacks_a_part_is_found(store, found, predicate):
    change(store, "evidence/one", lambda one: [] if one.predicate.value == predicate else [one])
    report, _ = found()
    assert report.findings[0].kind is Kind.QUOTE
    assert report.findings[0].message.endswith("needs one source, one quote and one position")


def test_one_triple_without_evidence_is_found(store, found):
    extra = Triple(
        NamedNode(f"{BASE}id/mission/eutm-mali"), NamedNode(Ssr.HOST), NamedNode(f"{BASE}id/organization/es")
    )
    store.replace_graph(graph("document/one"), [*store.triples(graph("document/one")), extra])
    (finding,) = found()[0].findings
    assert (finding.kind, finding.severity, finding.graph) == (Kind.EVIDENCE, Severity.VIOLATION, graph("document/one"))
    assert (finding.subject, finding.message) == (extra.subject, f"no evidence for: {extra}")


def test_a_statement_whose_evidence_is_gone_is_found(store, found):
    change(store, "evidence/one", lambda one: [] if one.predicate.value == Rdf.OBJECT else [one])
    (finding,) = found()[0].findings
    assert finding.kind is Kind.EVIDENCE
    assert Ssr.START in finding.message


def test_a_document_without_an_evidence_graph_is_found(store, found):
    store.drop_graph(graph("evidence/one"))
    report, _ = found()
    assert len(report.findings) == store.count(graph("document/one"))
    assert {one.kind for one in report.findings} == {Kind.EVIDENCE}


def test_a_violated_shape_is_found_with_the_words_of_the_claim(store, found):
    change(store, "document/one", lambda one: [] if one.predicate.value == Ssr.AMOUNT else [one])
    (finding,) = found()[0].findings
    assert (finding.kind, finding.severity, finding.check) == (
        Kind.SHAPE,
        Severity.VIOLATION,
        "MinCountConstraintComponent",
    )
    assert (finding.graph, finding.quote) == (graph("document/one"), "$5 million")
    assert finding.message == f"A funding claim has one amount. ({Ssr.AMOUNT})"


def test_a_value_of_another_class_violates_a_shape(store):
    shapes = turtle(
        "ssr:S a sh:NodeShape ; sh:targetClass ssr:FundingClaim ;"
        " sh:property [ sh:path ssr:funder ; sh:class ssr:Mission ] ."
    )
    (finding,) = check(store, shapes=shapes).findings
    assert finding.check == "ClassConstraintComponent"
    assert finding.message.endswith(f"<{BASE}id/organization/es>")


def test_a_closed_shape_sees_every_property(store):
    shapes = turtle(
        "ssr:S a sh:NodeShape ; sh:targetClass ssr:FundingClaim ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ."
    )
    found = check(store, shapes=shapes).findings
    assert {one.check for one in found} == {"ClosedConstraintComponent"}
    assert any(Ssr.AMOUNT in one.message for one in found)


def test_statements_that_cannot_all_be_true_are_found_with_their_words(store, found):
    mission = NamedNode(f"{BASE}id/mission/eutm-mali")
    statement = Triple(mission, NamedNode(Ssr.PREDECESSOR), mission)
    store.replace_graph(graph("entities"), [statement])
    report, findings = found()
    assert (Kind.INCONSISTENCY, Severity.VIOLATION, "prp-irp") in findings
    assert report.findings[0].subject == mission


def test_documents_that_contradict_each_other_are_a_warning(store, found):
    one, two = (NamedNode(f"{BASE}id/mission/{name}") for name in ("a", "b"))
    before = NamedNode(Ssr.PREDECESSOR)
    add_document(store, "two")
    for name, triple in (("one", Triple(one, before, two)), ("two", Triple(two, before, one))):
        state(store, name, triple)
    report, findings = found()
    assert findings == [(Kind.CONTRADICTION, Severity.WARNING, "prp-asyp")]
    assert report.conforms
    assert report.findings[0].message.endswith("(prp-asyp; one, two)")
    assert report.findings[0].quote == "18 February 2013"


def test_a_document_that_contradicts_itself_is_a_violation(store, found):
    one, two = (NamedNode(f"{BASE}id/mission/{name}") for name in ("a", "b"))
    before = NamedNode(Ssr.PREDECESSOR)
    for triple in (Triple(one, before, two), Triple(two, before, one)):
        state(store, "one", triple)
    report, findings = found()
    assert findings == [(Kind.INCONSISTENCY, Severity.VIOLATION, "prp-asyp")]
    assert not report.conforms


def state(store, document, triple):
    """State a triple in a document, with the quote of the mission's beginning as its evidence."""
    node = NamedNode(f"{BASE}claim/{document}{len(store.graphs())}{triple.subject.value[-1]}#predecessor")
    words = next(
        one.object
        for one in store.triples(graph(f"evidence/{document}"))
        if one.predicate.value == Ssr.EVIDENCE and one.subject.value.endswith("mission/eutm-mali")
    )
    parts = ((Rdf.SUBJECT, triple.subject), (Rdf.PREDICATE, triple.predicate), (Rdf.OBJECT, triple.object))
    extra = [Triple(node, NamedNode(predicate), value) for predicate, value in (*parts, (Ssr.EVIDENCE, words))]
    store.replace_graph(graph(f"evidence/{document}"), [*store.triples(graph(f"evidence/{document}")), *extra])
    store.replace_graph(graph(f"document/{document}"), [*store.triples(graph(f"document/{document}")), triple])


def test_a_mission_with_two_beginnings_is_a_warning_with_the_words_of_both_documents(store, found):
    add_document(store, "two", start="2014")
    report, findings = found()
    assert findings == [(Kind.CONTRADICTION, Severity.WARNING, "mission-dates")]
    (finding,) = report.findings
    assert finding.message == "has two dates that do not agree: 2013-02-18 and 2014 in two"
    assert (finding.subject.value, finding.graph) == (f"{BASE}id/mission/eutm-mali", graph("document/one"))
    assert finding.quote == "18 February 2013"


def test_a_year_agrees_with_a_day_in_it(store, found):
    add_document(store, "two", start="2013")
    assert found()[0].findings == ()


def test_findings_are_in_the_same_order_each_time(store, found):
    store.drop_graph(graph("evidence/one"))
    assert found()[0] == found()[0]
    keys = [(one.kind, str(one.subject), one.message) for one in found()[0].findings]
    assert keys == sorted(keys)


def test_every_shipped_check_has_a_severity_problem_and_remedy():
    checks = load_checks(shipped("queries"))
    assert {one.query.name: one.severity for one in checks} == {
        "agreement-dates": Severity.WARNING,
        "event-dates": Severity.WARNING,
        "mission-dates": Severity.WARNING,
        "organization-kinds": Severity.WARNING,
        "period-reversed": Severity.VIOLATION,
        "range-reversed": Severity.VIOLATION,
    }
    assert all(one.query.more["problem"] and one.query.more["remedy"] for one in checks)


CLAIM = "<claim/x> a ssr:PersonnelClaim ; "
SHIPPED = [
    ("agreement-dates", "<id/a> a ssr:Agreement ; ssr:date '2015'^^xsd:gYear .", "<id/a> ssr:date '2016'^^xsd:gYear ."),
    ("event-dates", "<id/e> a schema:Event ; ssr:date '2015'^^xsd:gYear .", "<id/e> ssr:date '2016'^^xsd:gYear ."),
    ("mission-dates", "<id/m> a ssr:Mission ; ssr:end '2015'^^xsd:gYear .", "<id/m> ssr:end '2016'^^xsd:gYear ."),
    (
        "organization-kinds",
        "<id/o> a org:Organization ; ssr:kind kind:military .",
        "<id/o> ssr:kind kind:police .",
    ),
    ("period-reversed", CLAIM + "ssr:from '2016'^^xsd:gYear ; ssr:to '2015'^^xsd:gYear .", ""),
    ("range-reversed", CLAIM + "ssr:valueMin 80 ; ssr:valueMax 60 .", ""),
]


@pytest.mark.parametrize(("name", "one", "two"), SHIPPED[:4], ids=[case[0] for case in SHIPPED[:4]])
def test_each_document_that_disagrees_is_told_but_not_with_each_of_the_others(name, one, two):
    store = MemoryStore(BASE)
    for _ in range(20):
        for text in (one, two):
            store.replace_graph(graph(f"document/{len(store.graphs())}"), turtle(text))
    found = [one for one in check(store, shapes=[]).findings if one.check == name]
    assert len(found) == 39  # each of the 20 of a side with the first of the other, once
    others = {one.message.rpartition(" in ")[2] for one in found}
    assert {one.graph.value.rpartition("/")[2] for one in found} | others == {str(number) for number in range(40)}


@pytest.mark.parametrize(("name", "one", "two"), SHIPPED, ids=[case[0] for case in SHIPPED])
def test_each_shipped_check_finds_what_it_is_for_and_only_that(name, one, two):
    store = MemoryStore(BASE)
    store.replace_graph(graph("document/one"), turtle(one))
    store.replace_graph(graph("document/two"), turtle(two))
    found = [one for one in check(store, shapes=[]).findings if one.kind is not Kind.EVIDENCE]
    assert [finding.check for finding in found] == [name]


@pytest.mark.parametrize(
    ("header", "severity", "problem"),
    [
        ("# problem: p\n# remedy: r\n", "", "each check has one severity"),
        ("# problem: p\n", 'odd = "warning"', "says nothing of: remedy"),
        ("# problem: p\n# remedy: r\n", 'odd = "dreadful"', "is no severity"),
        ("# problem: p\n# remedy: r\n", "odd =", "severity.toml"),
    ],
)
def test_a_check_that_is_not_whole_is_named(tmp_path, header, severity, problem):
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "odd.rq").write_text(header + "SELECT ?subject { }")
    (tmp_path / "checks" / "severity.toml").write_text(severity)
    with pytest.raises(DataError, match=problem):
        load_checks(tmp_path)


def test_missing_or_broken_shapes_are_named(tmp_path):
    with pytest.raises(DataError, match=r"shapes\.ttl"):
        read_shapes(tmp_path / "shapes.ttl")
    (tmp_path / "broken.ttl").write_text("ssr:Shape a")
    with pytest.raises(DataError, match=r"broken\.ttl"):
        read_shapes(tmp_path / "broken.ttl")
