from __future__ import annotations

import gzip
import subprocess

import pytest
from made_up_graphs import Claims
from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize

from clusters import PROGRAM, cluster
from ssrgraph.reasoning import closure

pytestmark = pytest.mark.nightly

ODD = """
@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:chain owl:propertyChainAxiom ( :p :t :s ) . :t a owl:TransitiveProperty . :s a owl:SymmetricProperty .
:sub rdfs:subPropertyOf :t . :p rdfs:domain :A ; rdfs:range :E ; owl:inverseOf :q . :A rdfs:subClassOf :B .
:f a owl:FunctionalProperty . :irr a owl:IrreflexiveProperty . :meta rdfs:subClassOf owl:TransitiveProperty .
:R a owl:Restriction ; owl:onProperty :t ; owl:someValuesFrom :E ; rdfs:subClassOf [ a owl:Class ; rdfs:label "odd" ] .
:I owl:intersectionOf ( :A :E ) . :Key owl:hasKey ( :k :l ) . :B owl:disjointWith :D . :num rdfs:subPropertyOf :number .
:num rdfs:range xsd:integer . :M a owl:Restriction ; owl:onProperty :m ; owl:maxCardinality 1 .
:x :p :y . :y :sub :z . :z :t :w . :w :s :v . :y a :A . :x :f :f1 , :f2 . :f1 :p :f3 .
:f2 :num "05"^^xsd:integer . :f9 :num 5.0 . :k1 a :Key ; :k "a" ; :l 1 . :k2 a :Key ; :k "a" ; :l 1.0 .
:mx a :M ; :m :m1 , :m2 . :m1 :p [ :p :y ] . :mt a :meta . :a :mt :b . :b :mt :c . :x a :D ; :irr :x . :n :num "abc" .
"""


def reason(*arguments: object) -> tuple[int, str]:
    done = subprocess.run([PROGRAM, "reason", *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def written(out) -> set[Triple]:
    shards = sorted(out.glob("*.nt.gz"))
    return {quad.triple for shard in shards for quad in parse(gzip.decompress(shard.read_bytes()), RdfFormat.N_TRIPLES)}


def labelled(triple: Triple) -> Triple:
    """Label blank nodes as those of a first file."""
    subject, value = (
        BlankNode(f"f0x{one.value}") if isinstance(one, BlankNode) else one for one in (triple.subject, triple.object)
    )
    return Triple(subject, triple.predicate, value)


def odd(_) -> list[Triple]:
    return [quad.triple for quad in parse(ODD, format=RdfFormat.TURTLE)]


def claims(_) -> list[Triple]:
    return Claims(2000).graph(2000)


def many_claims(_) -> list[Triple]:
    return Claims(100_000).graph(100_000)


def lubm_1(request) -> list[Triple]:
    return lubm(request, "lubm-1.nt.gz")


def lubm_10(request) -> list[Triple]:
    return lubm(request, "lubm-10.nt.gz")


def lubm(request, name) -> list[Triple]:
    packed = request.getfixturevalue("shared") / "benchmarks" / name
    return [quad.triple for quad in parse(gzip.decompress(packed.read_bytes()), format=RdfFormat.N_TRIPLES)]


@pytest.mark.parametrize(
    ("graph", "kind"),
    [
        (odd, "local[2]"),
        (odd, "standalone"),
        (many_claims, "local[2]"),
        (claims, "standalone"),
        (lubm_1, "local[2]"),
        (lubm_10, "local[2]"),
    ],
)
def test_the_closure_is_that_of_the_native_engine(graph, kind, request, tmp_path):
    given = graph(request)
    path = tmp_path / "given.nt"
    path.write_bytes(serialize(given, format=RdfFormat.N_TRIPLES))
    native = closure(map(labelled, given))
    with cluster(kind, tmp_path) as master:
        options = ("--engine", "spark", "--master", master, "--conf", "spark.sql.shuffle.partitions=4")
        status, said = reason(path, *options, "--out", tmp_path / "out", "--only-inferred")
    found, expected = written(tmp_path / "out"), set(native.inferred)
    assert expected
    # By a name, for pytest would take minutes to tell in what two large sets differ.
    alike = found == expected
    assert alike, f"{len(expected - found)} missing, {len(found - expected)} too many; {said}"
    assert status == (3 if native.inconsistencies else 0)
    told = [line for line in said.splitlines() if line.startswith("inconsistent: ")]
    assert told == [f"inconsistent: {one.message}" for one in native.inconsistencies]


def test_a_literal_that_is_the_same_as_another_is_refused(tmp_path):
    path = tmp_path / "given.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <x:f> a owl:FunctionalProperty . <x:a> <x:f> 1, 2 ."
    )
    status, said = reason(path, "--engine", "spark", "--master", "local[1]", "--out", tmp_path / "out")
    assert status == 2
    assert said.splitlines()[-1].startswith('ssrgraph: --engine spark cannot follow what this graph says of "')
