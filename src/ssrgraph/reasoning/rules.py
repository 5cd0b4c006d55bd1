"""The rules of OWL 2 RL/RDF, each once: OWL 2 Profiles, section 4.3, tables 4 to 9.

A rule reads `condition => conclusion`. `?x` is a variable; `false` as the conclusion means that the condition must not
hold. Where the predicate of a statement is a variable, `|` parts the statements that bind it (the schema) from those
that use it. Lists:

- `?c in ?x`: the list at `?x` has the member `?c`;
- `?a , ?b in ?x`: two members of it at different places;
- `every ?c[i] in ?x`: statements with `[i]` hold for every member; `[i+1]` is the next, `[1]` and `[n+1]` the ends.

Rules without a condition, and those about all literals, are described by words in `condition`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ssrgraph.reasoning.terms import OWL, RDF, RDFS, XSD

_PREFIXES = {"owl:": OWL, "rdf:": RDF, "rdfs:": RDFS, "xsd:": XSD}
_COUNT = re.compile(r'"([01])"')


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable; `place` is the index of a variable that runs over a list."""

    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """An IRI of RDF, RDFS, OWL or XSD."""

    iri: str


@dataclass(frozen=True, slots=True)
class Number:
    """A literal with this value, `xsd:nonNegativeInteger`."""

    value: int


Part = Variable | Name | Number


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple of a rule."""

    subject: Part
    predicate: Variable | Name
    object: Part


@dataclass(frozen=True, slots=True)
class Members:
    """`names in list`: one or two members of a list; or every member, in order."""

    names: tuple[Variable, ...]
    list: Variable
    every: bool = False


Atom = Statement | Members


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the specification.

    Attributes:
        name: Its name there.
        table: The number of its table there.
        text: The rule as it is written here.
        schema: What binds the variables that stand as predicates.
        data: The rest of the condition.
        conclusion: What follows; empty if the condition must not hold, or if `special` says what follows.
        contradiction: Whether the condition must not hold.
        special: Words for a rule that is not a pattern over triples.
    """

    name: str
    table: int
    text: str
    schema: tuple[Atom, ...] = ()
    data: tuple[Atom, ...] = ()
    conclusion: tuple[Statement, ...] = ()
    contradiction: bool = False
    special: str = ""


_SPECIAL = {
    "prp-ap": (5, "true => ?p rdf:type owl:AnnotationProperty for each built-in annotation property"),
    "cls-thing": (6, "true => owl:Thing rdf:type owl:Class"),
    "cls-nothing1": (6, "true => owl:Nothing rdf:type owl:Class"),
    "dt-type1": (8, "true => ?dt rdf:type rdfs:Datatype for each datatype"),
    "dt-type2": (8, "true => ?lt rdf:type ?dt for each literal and datatype whose value space has its value"),
    "dt-eq": (8, "true => ?lt1 owl:sameAs ?lt2 for literals of the same value"),
    "dt-diff": (8, "true => ?lt1 owl:differentFrom ?lt2 for literals of different values"),
    "dt-not-type": (8, "?lt rdf:type ?dt => false for a literal whose value the datatype does not have"),
}

_PATTERNS = {
    4: """
eq-ref: ?s ?p ?o => ?s owl:sameAs ?s . ?p owl:sameAs ?p . ?o owl:sameAs ?o
eq-sym: ?x owl:sameAs ?y => ?y owl:sameAs ?x
eq-trans: ?x owl:sameAs ?y . ?y owl:sameAs ?z => ?x owl:sameAs ?z
eq-rep-s: ?s owl:sameAs ?s2 . ?s ?p ?o => ?s2 ?p ?o
eq-rep-p: ?p owl:sameAs ?p2 . ?s ?p ?o => ?s ?p2 ?o
eq-rep-o: ?o owl:sameAs ?o2 . ?s ?p ?o => ?s ?p ?o2
eq-diff1: ?x owl:sameAs ?y . ?x owl:differentFrom ?y => false
eq-diff2: ?x rdf:type owl:AllDifferent . ?x owl:members ?y . ?z1 , ?z2 in ?y . ?z1 owl:sameAs ?z2 => false
eq-diff3: ?x rdf:type owl:AllDifferent . ?x owl:distinctMembers ?y . ?z1 , ?z2 in ?y . ?z1 owl:sameAs ?z2 => false
""",  # one rule a line
    5: """
prp-dom: ?p rdfs:domain ?c | ?x ?p ?y => ?x rdf:type ?c
prp-rng: ?p rdfs:range ?c | ?x ?p ?y => ?y rdf:type ?c
prp-fp: ?p rdf:type owl:FunctionalProperty | ?x ?p ?y1 . ?x ?p ?y2 => ?y1 owl:sameAs ?y2
prp-ifp: ?p rdf:type owl:InverseFunctionalProperty | ?x1 ?p ?y . ?x2 ?p ?y => ?x1 owl:sameAs ?x2
prp-irp: ?p rdf:type owl:IrreflexiveProperty | ?x ?p ?x => false
prp-symp: ?p rdf:type owl:SymmetricProperty | ?x ?p ?y => ?y ?p ?x
prp-asyp: ?p rdf:type owl:AsymmetricProperty | ?x ?p ?y . ?y ?p ?x => false
prp-trp: ?p rdf:type owl:TransitiveProperty | ?x ?p ?y . ?y ?p ?z => ?x ?p ?z
prp-spo1: ?p1 rdfs:subPropertyOf ?p2 | ?x ?p1 ?y => ?x ?p2 ?y
prp-spo2: ?p owl:propertyChainAxiom ?x . every ?p[i] in ?x | ?u[i] ?p[i] ?u[i+1] => ?u[1] ?p ?u[n+1]
prp-eqp1: ?p1 owl:equivalentProperty ?p2 | ?x ?p1 ?y => ?x ?p2 ?y
prp-eqp2: ?p1 owl:equivalentProperty ?p2 | ?x ?p2 ?y => ?x ?p1 ?y
prp-pdw: ?p1 owl:propertyDisjointWith ?p2 | ?x ?p1 ?y . ?x ?p2 ?y => false
prp-adp: ?x rdf:type owl:AllDisjointProperties . ?x owl:members ?y . ?p1 , ?p2 in ?y | ?u ?p1 ?v . ?u ?p2 ?v => false
prp-inv1: ?p1 owl:inverseOf ?p2 | ?x ?p1 ?y => ?y ?p2 ?x
prp-inv2: ?p1 owl:inverseOf ?p2 | ?x ?p2 ?y => ?y ?p1 ?x
prp-key: ?c owl:hasKey ?u . every ?p[i] in ?u | ?x rdf:type ?c . ?x ?p[i] ?z[i] . ?y ?p[i] ?z[i] . ?y rdf:type ?c => ?x owl:sameAs ?y
prp-npa1: ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetIndividual ?y | ?x ?p ?y => false
prp-npa2: ?n owl:sourceIndividual ?x . ?n owl:assertionProperty ?p . ?n owl:targetValue ?y | ?x ?p ?y => false
""",  # noqa: E501  # one rule a line
    6: """
cls-nothing2: ?x rdf:type owl:Nothing => false
cls-int1: ?c owl:intersectionOf ?x . every ?c[i] in ?x | ?y rdf:type ?c[i] => ?y rdf:type ?c
cls-int2: ?c owl:intersectionOf ?x . ?c1 in ?x . ?y rdf:type ?c => ?y rdf:type ?c1
cls-uni: ?c owl:unionOf ?x . ?c1 in ?x . ?y rdf:type ?c1 => ?y rdf:type ?c
cls-com: ?c1 owl:complementOf ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2 => false
cls-svf1: ?x owl:someValuesFrom ?y . ?x owl:onProperty ?p | ?u ?p ?v . ?v rdf:type ?y => ?u rdf:type ?x
cls-svf2: ?x owl:someValuesFrom owl:Thing . ?x owl:onProperty ?p | ?u ?p ?v => ?u rdf:type ?x
cls-avf: ?x owl:allValuesFrom ?y . ?x owl:onProperty ?p | ?u rdf:type ?x . ?u ?p ?v => ?v rdf:type ?y
cls-hv1: ?x owl:hasValue ?y . ?x owl:onProperty ?p | ?u rdf:type ?x => ?u ?p ?y
cls-hv2: ?x owl:hasValue ?y . ?x owl:onProperty ?p | ?u ?p ?y => ?u rdf:type ?x
cls-maxc1: ?x owl:maxCardinality "0" . ?x owl:onProperty ?p | ?u rdf:type ?x . ?u ?p ?y => false
cls-maxc2: ?x owl:maxCardinality "1" . ?x owl:onProperty ?p | ?u rdf:type ?x . ?u ?p ?y1 . ?u ?p ?y2 => ?y1 owl:sameAs ?y2
cls-maxqc1: ?x owl:maxQualifiedCardinality "0" . ?x owl:onProperty ?p . ?x owl:onClass ?c | ?u rdf:type ?x . ?u ?p ?y . ?y rdf:type ?c => false
cls-maxqc2: ?x owl:maxQualifiedCardinality "0" . ?x owl:onProperty ?p . ?x owl:onClass owl:Thing | ?u rdf:type ?x . ?u ?p ?y => false
cls-maxqc3: ?x owl:maxQualifiedCardinality "1" . ?x owl:onProperty ?p . ?x owl:onClass ?c | ?u rdf:type ?x . ?u ?p ?y1 . ?y1 rdf:type ?c . ?u ?p ?y2 . ?y2 rdf:type ?c => ?y1 owl:sameAs ?y2
cls-maxqc4: ?x owl:maxQualifiedCardinality "1" . ?x owl:onProperty ?p . ?x owl:onClass owl:Thing | ?u rdf:type ?x . ?u ?p ?y1 . ?u ?p ?y2 => ?y1 owl:sameAs ?y2
cls-oo: ?c owl:oneOf ?x . ?y in ?x => ?y rdf:type ?c
""",  # noqa: E501  # one rule a line
    7: """
cax-sco: ?c1 rdfs:subClassOf ?c2 . ?x rdf:type ?c1 => ?x rdf:type ?c2
cax-eqc1: ?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c1 => ?x rdf:type ?c2
cax-eqc2: ?c1 owl:equivalentClass ?c2 . ?x rdf:type ?c2 => ?x rdf:type ?c1
cax-dw: ?c1 owl:disjointWith ?c2 . ?x rdf:type ?c1 . ?x rdf:type ?c2 => false
cax-adc: ?x rdf:type owl:AllDisjointClasses . ?x owl:members ?y . ?c1 , ?c2 in ?y . ?z rdf:type ?c1 . ?z rdf:type ?c2 => false
""",  # noqa: E501  # one rule a line
    9: """
scm-cls: ?c rdf:type owl:Class => ?c rdfs:subClassOf ?c . ?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing . owl:Nothing rdfs:subClassOf ?c
scm-sco: ?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c3 => ?c1 rdfs:subClassOf ?c3
scm-eqc1: ?c1 owl:equivalentClass ?c2 => ?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1
scm-eqc2: ?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1 => ?c1 owl:equivalentClass ?c2
scm-op: ?p rdf:type owl:ObjectProperty => ?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p
scm-dp: ?p rdf:type owl:DatatypeProperty => ?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p
scm-spo: ?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p3 => ?p1 rdfs:subPropertyOf ?p3
scm-eqp1: ?p1 owl:equivalentProperty ?p2 => ?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1
scm-eqp2: ?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1 => ?p1 owl:equivalentProperty ?p2
scm-dom1: ?p rdfs:domain ?c1 . ?c1 rdfs:subClassOf ?c2 => ?p rdfs:domain ?c2
scm-dom2: ?p2 rdfs:domain ?c . ?p1 rdfs:subPropertyOf ?p2 => ?p1 rdfs:domain ?c
scm-rng1: ?p rdfs:range ?c1 . ?c1 rdfs:subClassOf ?c2 => ?p rdfs:range ?c2
scm-rng2: ?p2 rdfs:range ?c . ?p1 rdfs:subPropertyOf ?p2 => ?p1 rdfs:range ?c
scm-hv: ?c1 owl:hasValue ?i . ?c1 owl:onProperty ?p1 . ?c2 owl:hasValue ?i . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2 => ?c1 rdfs:subClassOf ?c2
scm-svf1: ?c1 owl:someValuesFrom ?y1 . ?c1 owl:onProperty ?p . ?c2 owl:someValuesFrom ?y2 . ?c2 owl:onProperty ?p . ?y1 rdfs:subClassOf ?y2 => ?c1 rdfs:subClassOf ?c2
scm-svf2: ?c1 owl:someValuesFrom ?y . ?c1 owl:onProperty ?p1 . ?c2 owl:someValuesFrom ?y . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2 => ?c1 rdfs:subClassOf ?c2
scm-avf1: ?c1 owl:allValuesFrom ?y1 . ?c1 owl:onProperty ?p . ?c2 owl:allValuesFrom ?y2 . ?c2 owl:onProperty ?p . ?y1 rdfs:subClassOf ?y2 => ?c1 rdfs:subClassOf ?c2
scm-avf2: ?c1 owl:allValuesFrom ?y . ?c1 owl:onProperty ?p1 . ?c2 owl:allValuesFrom ?y . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2 => ?c2 rdfs:subClassOf ?c1
scm-int: ?c owl:intersectionOf ?x . ?c1 in ?x => ?c rdfs:subClassOf ?c1
scm-uni: ?c owl:unionOf ?x . ?c1 in ?x => ?c1 rdfs:subClassOf ?c
""",  # noqa: E501  # one rule a line
}


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by their names, in the order of the specification's tables."""
    found = [
        _parse(table, *line.split(": ", 1)) for table, lines in _PATTERNS.items() for line in lines.strip().splitlines()
    ]
    found += [Rule(name=name, table=table, text=text, special=text) for name, (table, text) in _SPECIAL.items()]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.table)}


def _parse(table: int, name: str, text: str) -> Rule:
    condition, conclusion = text.split(" => ")
    schema, _, data = condition.rpartition(" | ")
    contradiction = conclusion == "false"
    return Rule(
        name=name,
        table=table,
        text=text,
        schema=_atoms(schema),
        data=_atoms(data),
        conclusion=() if contradiction else tuple(one for one in _atoms(conclusion) if isinstance(one, Statement)),
        contradiction=contradiction,
    )


def _atoms(text: str) -> tuple[Atom, ...]:
    return tuple(_atom(part.split()) for part in text.split(" . ")) if text else ()


def _atom(words: list[str]) -> Atom:
    match words:
        case ["every", member, "in", where]:
            return Members((_variable(member),), _variable(where), every=True)
        case [*members, "in", where]:
            return Members(tuple(_variable(member) for member in members if member != ","), _variable(where))
        case [subject, predicate, object_]:
            verb = _part(predicate)
            if isinstance(verb, Number):
                raise TypeError(words)
            return Statement(_part(subject), verb, _part(object_))
        case _:
            raise ValueError(words)


def _part(word: str) -> Part:
    if word.startswith("?"):
        return _variable(word)
    if count := _COUNT.fullmatch(word):
        return Number(int(count[1]))
    prefix, _, local = word.partition(":")
    return Name(_PREFIXES[prefix + ":"] + local)


def _variable(word: str) -> Variable:
    name, _, place = word.removeprefix("?").partition("[")
    return Variable(name, place.removesuffix("]"))
