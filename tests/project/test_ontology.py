"""The ontology is small, documented, used, and within OWL 2 RL."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest

from ssrgraph import vocabulary as v
from ssrgraph.graph import ontology_quads
from ssrgraph.resources import shipped

OWL, RDFS, RDF, SKOS = (v.PREFIXES[name] for name in ("owl", "rdfs", "rdf", "skos"))
TERMS = sorted(str(term) for term in (*v.SsrClass, *v.Ssr))
TYPE = RDF + "type"
CHARACTERISTICS = {"Functional", "Transitive", "Asymmetric", "Irreflexive"}


@pytest.fixture(scope="module")
def own():
    return list(ox.parse(path=shipped("ontology") / "ssr.ttl"))


@pytest.fixture(scope="module")
def everything():
    return ontology_quads()


@pytest.fixture(scope="module")
def saved_questions(root):
    found = {path.stem for path in (root / "queries/questions").glob("*.rq")}
    if not found:
        pytest.skip("no saved questions yet")
    return found


def values(quads, subject, predicate):
    return [quad.object for quad in quads if quad.subject.value == subject and quad.predicate.value == predicate]


def subjects(quads, predicate, value):
    found = (quad for quad in quads if quad.predicate.value == predicate)
    return {quad.subject.value for quad in found if getattr(quad.object, "value", None) == value}


def members(quads, head):
    found = []
    while head.value != RDF + "nil":
        (first,), (head,) = values(quads, head.value, RDF + "first"), values(quads, head.value, RDF + "rest")
        found.append(first)
    return found


def test_it_stays_small():
    assert len(TERMS) <= 75


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_a_label_a_definition_and_its_ontology(own, term):
    [label] = values(own, term, RDFS + "label")
    [definition] = values(own, term, SKOS + "definition")
    assert label.language == definition.language == "en"
    assert definition.value.endswith(".")
    assert values(own, term, RDFS + "isDefinedBy") == [ox.NamedNode(v.ONTOLOGY)]


def test_no_two_terms_have_the_same_label(own):
    labels = [values(own, term, RDFS + "label")[0].value for term in TERMS if term[len(v.ONTOLOGY) + 1].islower()]
    assert len(set(labels)) == len(labels)


def test_a_label_is_its_local_name_in_words(own):
    classes = {quad.subject.value for quad in own if quad.object.value == OWL + "Class"}
    others = {"minimum value", "maximum value", "recipient of assistance"}
    for term in TERMS:
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", term.rsplit("#")[1]).lower()
        assert values(own, term, RDFS + "label")[0].value in {name, *others}
        assert (term in classes) == term.rsplit("#")[1][0].isupper()


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.usefixtures("saved_questions")
def test_a_term_is_used_by_the_graph_a_query_or_another_terms_axiom(root, own, term):
    name = term.rsplit("#")[1]
    member = next(f"{type(each).__name__}.{each.name}" for each in (*v.SsrClass, *v.Ssr) if each == term)
    written = any(
        re.search(rf"\b{re.escape(member)}\b", path.read_text(encoding="utf-8"))
        for path in (root / "src/ssrgraph/graph").glob("*.py")
    )
    slot = any(term in slots.values() for slots in v.SLOTS.values())
    asked = any(
        re.search(rf"ssr:{name}\b", path.read_text(encoding="utf-8")) for path in (root / "queries").rglob("*.rq")
    )
    axiom = any(quad.object.value == term and quad.subject.value != term for quad in own)
    assert written or slot or asked or axiom


# ---------------------------------------------------------------- OWL 2 RL (the profile's grammar, section 4.2)


def test_only_constructors_of_owl_2_rl_occur(everything):
    used = {
        term.value.removeprefix(OWL)
        for quad in everything
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(OWL)
    }
    assert used <= {
        *("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Restriction"),
        *("AllDisjointClasses", "members", "onProperty", "someValuesFrom", "hasValue", "equivalentClass"),
        *("inverseOf", "propertyChainAxiom", "versionInfo"),
        *(f"{each}Property" for each in CHARACTERISTICS),
    }


def test_an_existential_restriction_is_only_a_sub_class(everything):
    restrictions = {quad.subject for quad in everything if quad.predicate.value == OWL + "someValuesFrom"}
    uses = {(quad.predicate.value, quad.object) for quad in everything if quad.object in restrictions}
    assert len(restrictions) == 3
    assert uses == set()
    assert {quad.subject for quad in everything if quad.predicate.value == RDFS + "subClassOf"} >= restrictions


def test_an_equivalent_class_is_a_restriction_to_a_value(everything):
    for quad in everything:
        if quad.predicate.value == OWL + "equivalentClass":
            assert len(values(everything, quad.object.value, OWL + "hasValue")) == 1


def test_the_ranges_of_datatype_properties_are_datatypes_of_owl_2_rl(own):
    datatypes = {quad.subject.value for quad in own if quad.object.value == OWL + "DatatypeProperty"}
    ranges = {value.value for term in datatypes for value in values(own, term, RDFS + "range")}
    assert ranges == {v.Xsd.STRING, v.Xsd.DECIMAL}


def test_every_class_and_property_that_axioms_speak_of_is_declared(everything):
    declared = {
        quad.subject.value
        for quad in everything
        if quad.predicate.value == TYPE and quad.object.value.startswith(OWL) and isinstance(quad.subject, ox.NamedNode)
    }
    # Schemes are concepts of SKOS and so individuals; datatypes and annotations need no declaration here.
    axioms = {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain")} | {
        OWL + "inverseOf",
        OWL + "onProperty",
    }
    spoken = {
        term.value
        for quad in everything
        if quad.predicate.value in axioms
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode)
    }
    assert spoken - declared - {RDFS + "label"} == set()


# ---------------------------------------------------------------- OWL 2 DL: only simple properties may be so restricted


def test_asymmetric_irreflexive_and_functional_properties_are_simple(everything):
    chains = {quad.subject.value for quad in everything if quad.predicate.value == OWL + "propertyChainAxiom"}
    composite = subjects(everything, TYPE, OWL + "TransitiveProperty") | chains
    pairs = [quad for quad in everything if quad.predicate.value == RDFS + "subPropertyOf"]
    for _ in pairs:
        composite |= {quad.object.value for quad in pairs if quad.subject.value in composite}
    restricted = {
        quad.subject.value
        for quad in everything
        if quad.predicate.value == TYPE
        and quad.object.value in {OWL + f"{each}Property" for each in ("Functional", "Asymmetric", "Irreflexive")}
    }
    assert len(restricted) > 5
    assert restricted & composite == set()


def test_property_chains_are_regular(everything):
    order = ("subOrganizationOf", "actsFor", "funder", "funderOf", "providerOf", "recipient", "leads", "host")
    rank = {name: number for number, name in enumerate(order)} | {"attributedFunder": 8, "assists": 9}
    for quad in everything:
        if quad.predicate.value == OWL + "propertyChainAxiom":
            super_property = quad.subject.value.rsplit("#")[1]
            chain = [each.value.rsplit("#")[1] for each in members(everything, quad.object)]
            rest = [name for name in chain if name != super_property]
            assert len(rest) in {len(chain), len(chain) - 1}
            assert chain in ([*rest, super_property], [super_property, *rest], rest)
            assert all(rank[name] < rank[super_property] for name in rest)


# ---------------------------------------------------------------- Schemes, shapes, context, competency questions


@pytest.mark.parametrize("scheme", v.SCHEMES)
def test_a_concept_has_notation_label_definition_and_scheme(scheme):
    quads = list(ox.parse(path=shipped("ontology") / "schemes" / f"{scheme}.ttl"))
    concepts = subjects(quads, TYPE, SKOS + "Concept")
    assert concepts
    for concept in concepts:
        for name in ("notation", "prefLabel", "definition"):
            assert len(values(quads, concept, SKOS + name)) == 1
        assert values(quads, concept, SKOS + "inScheme") == [ox.NamedNode(v.SCHEME + scheme)]


def test_the_shapes_speak_only_of_declared_terms_and_concepts(everything):
    known = {quad.subject.value for quad in everything}
    shapes = ox.parse(path=shipped("ontology") / "shapes.ttl")
    spoken = {term.value for quad in shapes for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    own = {iri for iri in spoken if iri.startswith((v.ONTOLOGY + "#", v.SCHEME))}
    assert own - known == set()
    assert {f"{v.ONTOLOGY}#{name}" for name in ("Claim", "Mission", "Programme", "Agreement", "Document")} <= own


def test_the_context_has_a_key_for_every_term_and_no_other_own_term():
    context = json.loads((shipped("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    iris = [entry["@id"] if isinstance(entry, dict) else entry for key, entry in context.items() if key != "@version"]
    own = [iri.removeprefix("ssr:") for iri in iris if iri.startswith("ssr:")]
    assert sorted(v.ONTOLOGY + "#" + name for name in own) == TERMS


def test_the_contexts_keys_are_the_names_of_slots():
    context = json.loads((shipped("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    slots = {slot for slots in v.SLOTS.values() for slot in slots}
    renamed = {"amount_min", "amount_max"}
    assert slots - renamed <= set(context)


def test_every_saved_question_is_a_competency_question_and_the_other_way_round(root, saved_questions):
    page = (root / "ontology/README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| .* \| `([a-z-]+)` \|$", page, flags=re.MULTILINE))
    assert named == saved_questions
