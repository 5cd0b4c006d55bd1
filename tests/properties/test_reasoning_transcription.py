"""The native engine gives what a literal reading of the table of rules gives: nested loops until nothing is new."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.reasoning import closure
from ssrgraph.reasoning.datatypes import DATATYPES
from ssrgraph.reasoning.rules import Members, Name, Number, Statement, Variable, rules

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
COUNT = NamedNode("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")
TYPE = NamedNode(RDF + "type")
SAME_AS = NamedNode(OWL + "sameAs")
NIL = NamedNode(RDF + "nil")
ANNOTATIONS = ["label", "comment", "seeAlso", "isDefinedBy"]
OWL_ANNOTATIONS = ["deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith"]
AXIOMS = {
    *((NamedNode(OWL + name), TYPE, NamedNode(OWL + "Class")) for name in ("Thing", "Nothing")),
    *((NamedNode(RDFS + name), TYPE, NamedNode(OWL + "AnnotationProperty")) for name in ANNOTATIONS),
    *((NamedNode(OWL + name), TYPE, NamedNode(OWL + "AnnotationProperty")) for name in OWL_ANNOTATIONS),
    *((NamedNode(name), TYPE, NamedNode(RDFS + "Datatype")) for name in DATATYPES),
}


class Transcription:
    """The closure of some statements by the rules as they are written; equality is not treated apart."""

    def __init__(self, statements):
        self.facts = set()
        self.by_predicate = {}
        self.add(statements)
        while self.add([fact for rule in rules().values() for fact in self.conclusions(rule)]):
            pass

    def add(self, facts):
        new = set(facts) - self.facts
        self.facts |= new
        for fact in new:
            self.by_predicate.setdefault(fact[1], set()).add(fact)
        return new

    def contradictions(self):
        return {rule.name for rule in rules().values() if rule.contradiction and any(self.solve(rule))}

    def conclusions(self, rule):
        for binding, spread in self.solve(rule) if rule.conclusion else ():
            for one in rule.conclusion:
                yield tuple(self.value(part, binding, spread, 1) for part in (one.subject, one.predicate, one.object))

    def solve(self, rule):
        schema, data = list(rule.schema), list(rule.data)
        every = next((atom for atom in schema if isinstance(atom, Members) and atom.every), None)
        if rule.name.startswith("eq-rep"):
            # What is the same as itself replaces itself by itself, which takes most of the time and adds nothing.
            for x, _, y in tuple(self.by_predicate.get(SAME_AS, ())):
                names = (rule.data[0].subject.name, rule.data[0].object.name)
                if x != y:
                    yield from ((one, 0) for one in self.match(data[1:], dict(zip(names, (x, y), strict=True)), 0))
            return
        if every is None:
            yield from ((binding, 0) for binding in self.match(schema + data, {}, 0))
            return
        schema.remove(every)
        for binding in self.match(schema, {}, 0):
            for members in self.lists(binding[every.list.name]):
                items = {f"{every.names[0].name}[{n}]": item for n, item in enumerate(members, 1)}
                places = [(atom, n) for atom in data for n in range(1, len(members) + 1 if "[i" in str_of(atom) else 2)]
                if members:
                    yield from ((one, len(members)) for one in self.match(places, binding | items, len(members)))

    def match(self, atoms, binding, length):
        if not atoms:
            yield binding
            return
        atom, place = atoms[0] if isinstance(atoms[0], tuple) else (atoms[0], 1)
        for found in self.match_one(atom, place, binding, length):
            yield from self.match(atoms[1:], found, length)

    def match_one(self, atom, place, binding, length):
        if isinstance(atom, Members):
            for members in self.lists(binding[atom.list.name]):
                pairs = [(x,) for x in members]
                if len(atom.names) == 2:
                    pairs = [(x, y) for n, x in enumerate(members) for y in members[n + 1 :]]
                for pair in pairs:
                    found = self.bound(zip(atom.names, pair, strict=True), binding, place, length)
                    if found is not None:
                        yield found
            return
        verb = self.value(atom.predicate, binding, length, place)
        for fact in tuple(self.facts if verb is None else self.by_predicate.get(verb, ())):
            parts = zip((atom.subject, atom.predicate, atom.object), fact, strict=True)
            found = self.bound(parts, binding, place, length)
            if found is not None:
                yield found

    def bound(self, parts, binding, place, length):
        found = dict(binding)
        for part, term in parts:
            known = self.value(part, found, length, place)
            if known is None:
                found[key(part, place, length)] = term
            elif known != term:
                return None
        return found

    def value(self, part, binding, length, place):
        match part:
            case Name():
                return NamedNode(part.iri)
            case Number():
                return Literal(str(part.value), datatype=COUNT)
        return binding.get(key(part, place, length))

    def lists(self, head, passed=()):
        if head == NIL:
            return [()]
        if head in passed:
            return []
        firsts = {o for s, _, o in self.by_predicate.get(NamedNode(RDF + "first"), ()) if s == head}
        rests = {o for s, _, o in self.by_predicate.get(NamedNode(RDF + "rest"), ()) if s == head}
        return [(x, *tail) for rest in rests for tail in self.lists(rest, (*passed, head)) for x in firsts]


def key(variable, place, length):
    where = {"": "", "i": f"[{place}]", "i+1": f"[{place + 1}]", "1": "[1]", "n+1": f"[{length + 1}]"}
    return variable.name + where[variable.place]


def str_of(atom):
    parts = (atom.subject, atom.predicate, atom.object) if isinstance(atom, Statement) else atom.names
    return " ".join(f"{part.name}[{part.place}]" for part in parts if isinstance(part, Variable) and part.place)


def example(name):
    return NamedNode(f"http://example.org/{name}")


individuals = st.sampled_from([example("a"), example("b")])
classes = st.sampled_from([example("C"), example("D"), NamedNode(OWL + "Thing")])
properties = st.sampled_from([example("p"), example("q")])
anything = st.one_of(individuals, classes, properties)


def of(subjects, namespace, names, objects):
    verbs = st.sampled_from([NamedNode(namespace + name) for name in names.split()])
    return st.builds(lambda s, p, o: [Triple(s, p, o)], subjects, verbs, objects)


@st.composite
def with_list(draw):
    subject, verb, members = draw(
        st.one_of(
            st.tuples(properties, st.just("propertyChainAxiom"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(classes, st.just("hasKey"), st.lists(properties, min_size=1, max_size=2)),
            st.tuples(classes, st.sampled_from(["intersectionOf", "unionOf"]), st.lists(classes, max_size=2)),
            st.tuples(classes, st.just("oneOf"), st.lists(individuals, max_size=2)),
        )
    )
    cells = [BlankNode(f"{verb}{n}") for n in range(len(members))]
    ends = [*cells, NIL]
    found = [Triple(subject, NamedNode(OWL + verb), ends[0])]
    for cell, member, rest in zip(cells, members, ends[1:], strict=True):
        found += [Triple(cell, NamedNode(RDF + "first"), member), Triple(cell, NamedNode(RDF + "rest"), rest)]
    return found


@st.composite
def restriction(draw):
    subject = draw(classes)
    found = [Triple(subject, NamedNode(OWL + "onProperty"), draw(properties))]
    name = draw(st.sampled_from(["someValuesFrom", "allValuesFrom", "hasValue", "maxCardinality"]))
    count = Literal(draw(st.sampled_from("01")), datatype=COUNT)
    filler = {"maxCardinality": count, "hasValue": draw(individuals)}.get(name, draw(classes))
    return [*found, Triple(subject, NamedNode(OWL + name), filler)]


KINDS = ["FunctionalProperty", "InverseFunctionalProperty", "SymmetricProperty", "TransitiveProperty"]
NEGATIVE = ["AsymmetricProperty", "IrreflexiveProperty"]
statements = st.one_of(
    st.builds(lambda s, p, o: [Triple(s, p, o)], individuals, properties, individuals),
    of(individuals, RDF, "type", classes),
    of(anything, OWL, "sameAs", anything),
    of(individuals, OWL, "differentFrom", individuals),
    of(classes, RDFS, "subClassOf", classes),
    of(classes, OWL, "equivalentClass disjointWith complementOf", classes),
    of(properties, RDFS, "subPropertyOf", st.one_of(properties, st.just(NamedNode(OWL + "sameAs")))),
    of(properties, OWL, "equivalentProperty inverseOf propertyDisjointWith", properties),
    of(properties, RDFS, "domain range", classes),
    of(properties, RDF, "type", st.sampled_from([NamedNode(OWL + name) for name in (*KINDS, *NEGATIVE)])),
    with_list(),
    restriction(),
)
graphs = st.lists(statements, max_size=6).map(lambda parts: {triple for part in parts for triple in part})


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(graphs)
def test_the_native_engine_reads_the_rules_to_the_letter(triples):
    reference = Transcription({*AXIOMS, *(tuple(one) for one in triples)})
    expected = {
        Triple(*fact) for fact in reference.facts if not isinstance(fact[0], Literal) and isinstance(fact[1], NamedNode)
    }
    found = closure(triples, engine="native", complete=True)
    assert set(found.inferred) | triples == expected
    assert {one.rule for one in found.inconsistencies} == reference.contradictions()
