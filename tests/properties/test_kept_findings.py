"""Documents that speak of the same, put in and taken out in any order: what is kept is what a check of all finds."""

from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ssrgraph.materialize import Changes
from ssrgraph.store import MemoryStore
from ssrgraph.validation import check, kept_report, renewing, tensions
from ssrgraph.validation.checking import check_after
from ssrgraph.vocabulary import BASE, PREFIXES

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
HEADER += f"@prefix : <{BASE}id/organization/> . @prefix claim: <{BASE}claim/> .\n"


def said(chance, claims):
    """Return what a document says: few things, and each in another way, so that many documents do not agree."""
    for number in claims:
        agents = ", ".join(chance.sample([":nato", ":eu", ":un"], chance.randint(1, 2)))
        value, year = chance.choice([100, 120, 500, 900]), chance.choice([2016, 2017])
        yield (
            f"claim:{number} a ssr:PersonnelClaim ; ssr:measure measure:trained ; ssr:status status:actual ;"
            f" ssr:group 'soldiers', '{chance.choice(['soldiers', 'officers'])}' ; ssr:agent {agents} ;"
            f" ssr:value {value} ; ssr:from {year} ; ssr:to {chance.choice([2015, 2017])} ."
        )
    yield f":nato a org:Organization ; ssr:kind kind:{chance.choice(['alliance', 'agency'])} ."
    yield f":eutm a ssr:Mission ; ssr:start '{chance.choice([2012, 2013])}'^^xsd:gYear ."


def graphs(chance, name):
    # Two documents may hold one claim, and one may be quoted with the words of another.
    claims = {chance.choice(["shared", f"{name}-1"]), f"{name}-2", f"{name}-3"}
    text = "\n".join(said(chance, sorted(claims)))
    mentions = f":nato ssr:mention <urn:{name}:nato> . " if chance.random() < 0.5 else ""
    for folder, content in (("document", text), ("evidence", mentions)):
        quads = parse((HEADER + content).encode(), format=RdfFormat.TURTLE)
        yield NamedNode(f"{BASE}graph/{folder}/{name}"), {quad.triple for quad in quads}


@pytest.mark.parametrize("seed", range(4))
def test_documents_that_do_not_agree_in_any_order(monkeypatch, seed):
    chance = random.Random(seed)  # noqa: S311 - the same changes each time
    monkeypatch.setattr(tensions, "MOST", 2)  # So that of many pairs only some are reported.
    store, kept, found = MemoryStore(BASE), b"", set()
    for _ in range(25):
        monkeypatch.setattr(renewing, "_MANY_DOCUMENTS", chance.choice([1, 500]))
        changes = Changes(store, remember=False, watch=True)
        for name in chance.sample("abcdefgh", chance.randint(1, 2)):
            gone = chance.random() < 0.3
            for graph, triples in graphs(chance, name):
                changes.replace_graph(graph, set() if gone else triples)
        counts, kept = check_after(store, changes.changed, kept, inconsistencies=())
        whole = check(store, inconsistencies=())
        assert kept_report(kept) == whole
        assert sum(counts.values()) == len(whole.findings)
        found |= {one.check for one in whole.findings}
    assert {"contradictory", "in-tension", "organization-kinds", "mission-dates", "period-reversed"} <= found
