"""Claims of two documents, each written in one line, and how they go together."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.validation.counted import read_counted
from ssrgraph.validation.tensions import MOST, TOLERANCE, Grade, compare, tension_findings, tensions
from ssrgraph.vocabulary import BASE, PREFIXES

COMPATIBLE, IN_TENSION, CONTRADICTORY, OTHER = "compatible", "in tension", "contradictory", None

TRAINED = "a ssr:PersonnelClaim ; ssr:measure measure:trained ; ssr:status status:actual"
NATO = f"{TRAINED} ; ssr:group 'Iraqi soldiers' ; ssr:agent :nato"
IN_2017 = f"{NATO} ; ssr:from 2017 ; ssr:to 2017"
GAVE = "a ssr:FundingClaim ; ssr:status status:provided ; ssr:currency 'USD' ; ssr:from 2017 ; ssr:to 2017"
FMF = f"{GAVE} ; ssr:funder :us ; ssr:recipient :iraq ; ssr:programme :fmf"
TRUCKS = "a ssr:EquipmentClaim ; ssr:status status:provided ; ssr:item 'trucks' ; ssr:from 2017 ; ssr:to 2017"
MINES = "a ssr:ResultClaim ; ssr:outcome 'mines cleared' ; ssr:from 2017 ; ssr:to 2017 ; ssr:agent :un"
DEPLOYED = "a ssr:PersonnelClaim ; ssr:measure measure:deployed ; ssr:status status:actual ; ssr:group 'troops'"

NUMBERS = [
    ("1000", "1000", COMPATIBLE),
    ("1000", "1001", IN_TENSION),  # who rounds says no "about"
    ("1000", "1200", IN_TENSION),
    ("1000", "1300", CONTRADICTORY),
    ("1000", "5000", CONTRADICTORY),
    ("about 1000", "1100", COMPATIBLE),
    ("about 1000", "1101", IN_TENSION),
    ("about 1000", "900", COMPATIBLE),
    ("about 1000", "899", IN_TENSION),
    ("about 1000", "about 1200", COMPATIBLE),
    ("about 1000", "about 1300", IN_TENSION),
    ("about 1000", "about 2000", CONTRADICTORY),
    ("at least 1000", "5000", COMPATIBLE),
    ("at least 1000", "990", IN_TENSION),
    ("at least 1000", "500", CONTRADICTORY),
    ("at least 1000", "at least 5000", COMPATIBLE),
    ("at most 1000", "1", COMPATIBLE),
    ("at most 1000", "1050", IN_TENSION),
    ("at most 1000", "2000", CONTRADICTORY),
    ("at most 1000", "at least 2000", CONTRADICTORY),
    ("at most 1000", "at most 5", COMPATIBLE),
    ("60 to 80", "70", COMPATIBLE),
    ("60 to 80", "80 to 100", COMPATIBLE),
    ("60 to 80", "85", IN_TENSION),
    ("60 to 80", "200", CONTRADICTORY),
    ("about 60 to 80", "88", COMPATIBLE),
    ("0.5", "0.75", CONTRADICTORY),
]

SLOTS = [
    ("same measure, group, agent and year", IN_2017, IN_2017, CONTRADICTORY),
    ("words in other case", IN_2017, IN_2017.replace("Iraqi soldiers", "Iraqi  Soldiers"), CONTRADICTORY),
    ("another group", IN_2017, IN_2017.replace("soldiers", "officers"), OTHER),
    ("another measure", IN_2017, IN_2017.replace("trained", "employed"), OTHER),
    ("another agent", IN_2017, IN_2017.replace(":nato", ":eu"), OTHER),
    ("no agent", IN_2017, IN_2017.replace("; ssr:agent :nato", ""), OTHER),
    ("a further agent", IN_2017, IN_2017.replace(":nato", ":nato, :eu"), IN_TENSION),
    ("planned against done", IN_2017, IN_2017.replace("actual", "planned"), OTHER),
    ("a rate against a number", IN_2017, f"{IN_2017} ; ssr:per per:year", OTHER),
    ("a place against none", IN_2017, f"{IN_2017} ; ssr:place :baghdad", IN_TENSION),
    ("two places", f"{IN_2017} ; ssr:place :mosul", f"{IN_2017} ; ssr:place :baghdad", OTHER),
    ("the organization shared", f"{TRAINED} ; ssr:group 'x' ; ssr:organization :isf ; ssr:from 2017 ; ssr:to 2017",
     f"{TRAINED} ; ssr:group 'x' ; ssr:organization :isf ; ssr:from 2017 ; ssr:to 2017", CONTRADICTORY),
    ("same sum, fund and year", FMF, FMF, CONTRADICTORY),
    ("another currency", FMF, FMF.replace("USD", "EUR"), OTHER),
    ("another programme", FMF, FMF.replace(":fmf", ":imet"), OTHER),
    ("another recipient", FMF, FMF.replace(":iraq", ":jordan"), OTHER),
    ("another purpose", f"{FMF} ; ssr:purpose 'radios'", f"{FMF} ; ssr:purpose 'fuel'", IN_TENSION),
    ("a grant against a loan", f"{FMF} ; ssr:modality modality:grant", f"{FMF} ; ssr:modality modality:loan", OTHER),
    ("a grant against money", f"{FMF} ; ssr:modality modality:grant", FMF, IN_TENSION),
    ("materiel", f"{TRUCKS} ; ssr:provider :us", f"{TRUCKS} ; ssr:provider :us", CONTRADICTORY),
    ("materiel of another provider", f"{TRUCKS} ; ssr:provider :us", f"{TRUCKS} ; ssr:provider :eu", OTHER),
    ("results", MINES, MINES, CONTRADICTORY),
    ("two kinds of claims", MINES, IN_2017, OTHER),
]  # fmt: skip

PERIODS = [
    ("two years", (2017, 2017), (2018, 2018), "100", "900", OTHER),
    ("a month of the year, less", (2017, 2017), ("2017-03", "2017-03"), "900", "100", COMPATIBLE),
    ("a month of the year, more", (2017, 2017), ("2017-03", "2017-03"), "100", "900", IN_TENSION),
    ("a year of several, less", ("2015", "2018"), ("2017", "2017"), "900", "100", COMPATIBLE),
    ("a year of several, more", ("2015", "2018"), ("2017", "2017"), "100", "900", IN_TENSION),
    ("periods that overlap", (2015, 2017), (2016, 2018), "100", "900", OTHER),
    ("the same day", ("2017-03-04", "2017-03-04"), ("2017-03-04", "2017-03-04"), "100", "900", CONTRADICTORY),
    ("no period: the year of the documents", (None, None), (None, None), "100", "900", IN_TENSION),
    ("no period against another year", (None, None), (2011, 2011), "100", "900", OTHER),
    ("since then, to the date of the document", (2015, None), (2015, None), "100", "900", IN_TENSION),
]


def read(name, slots, number, issued="2019-06-01"):
    (found,) = counted(name, slots, number, issued)
    return found


def counted(name, slots, number, issued=""):
    header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    node = f"<{BASE}claim/{quote(name)}>"
    text = f"{header}@prefix : <{BASE}id/organization/> .\n{node} {slots} ; {amount(slots, number)} ."
    graph = NamedNode(f"{BASE}graph/document/{quote(name)}")
    return list(read_counted(graph, [quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)], issued))


def amount(slots, number):
    value = "ssr:amount" if "FundingClaim" in slots else "ssr:value"
    hedge, bound = "", "exact"
    for words, name in (("about ", "approximate"), ("at least ", "at_least"), ("at most ", "at_most")):
        if number.startswith(words):
            hedge, bound = words, name
    low, _, high = number.removeprefix(hedge).partition(" to ")
    numbers = f"ssr:valueMin {low} ; ssr:valueMax {high}" if high else f"{value} {low}"
    return f"{numbers} ; ssr:bound bound:{bound}"


def graded(one, other):
    grade = compare(one, other)
    assert compare(other, one) == grade
    return None if grade is None else str(grade)


@pytest.mark.parametrize(("one", "other", "expected"), NUMBERS)
def test_numbers_are_compared_as_intervals(one, other, expected):
    assert graded(read("one", IN_2017, one), read("two", IN_2017, other)) == expected


@pytest.mark.parametrize(("one", "other", "expected"), [case[1:] for case in SLOTS], ids=[case[0] for case in SLOTS])
def test_only_what_is_about_the_same_thing_can_disagree(one, other, expected):
    assert graded(read("one", one, "100"), read("two", other, "900")) == expected


def since(dates):
    begin, end = dates
    return NATO + (f" ; ssr:from '{begin}'" if begin else "") + (f" ; ssr:to '{end}'" if end else "")


@pytest.mark.parametrize(
    ("one", "other", "number", "other_number", "expected"), [case[1:] for case in PERIODS], ids=[c[0] for c in PERIODS]
)
def test_periods_decide_what_can_disagree(one, other, number, other_number, expected):
    assert graded(read("one", since(one), number), read("two", since(other), other_number)) == expected


def test_what_has_gone_on_since_then_grows_from_document_to_document():
    early = read("early", since((2015, None)), "100", issued="2017-01-01")
    assert graded(early, read("late", since((2015, None)), "900", issued="2019-01-01")) == "compatible"
    assert graded(early, read("late", since((2015, None)), "10", issued="2019-01-01")) == "in tension"


def test_how_many_there_are_is_no_sum_over_a_period():
    whole = read("one", f"{DEPLOYED} ; ssr:agent :us ; ssr:from 2017 ; ssr:to 2017", "900")
    month = read("two", f"{DEPLOYED} ; ssr:agent :us ; ssr:from '2017-03' ; ssr:to '2017-03'", "100")
    assert graded(whole, month) == "in tension"


def test_sums_under_no_programme_may_be_any_sums():
    assert counted("one", f"{GAVE} ; ssr:funder :us", "5") == []


def test_a_claim_without_a_number_is_not_compared():
    claim = NamedNode(f"{BASE}claim/x")
    named = Triple(claim, NamedNode(PREFIXES["ssr"] + "item"), Literal("trucks"))
    kind = Triple(claim, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["ssr"] + "EquipmentClaim"))
    assert list(read_counted(NamedNode(f"{BASE}graph/document/x"), [named, kind], "")) == []


def test_two_claims_of_one_document_are_not_held_against_each_other():
    one, other = (read("one", IN_2017, number) for number in ("100", "900"))
    assert list(tensions([one, other])) == []


def test_a_finding_names_both_numbers_documents_and_quotes():
    claims = [read("first report", IN_2017, "100"), read("second", IN_2017, "at least 60,000".replace(",", ""))]
    (found,) = tension_findings(claims, lambda one: f"words of {one.claim.value.rpartition('/')[2]}")
    assert found.message == (
        "contradictory: 100 in first report and at least 60,000 in second for iraqi soldiers (nato)"
    )
    assert found.quote == "words of first%20report | words of second"
    assert (found.kind, found.severity, found.check) == ("contradiction", "warning", "contradictory")


def test_every_two_documents_that_disagree_are_found_once():
    claims = [read(name, IN_2017.replace(":nato", ":nato, :eu"), number) for name, number in NAMED]
    found = [(str(grade), one.claim.value[-1], other.claim.value[-1]) for grade, one, other in tensions(claims)]
    apart = [("contradictory", one, other) for one in "ab" for other in "cd"]
    assert found == [*apart, ("in tension", "c", "d")]


NAMED = [("a", "100"), ("b", "100"), ("c", "900"), ("d", "about 750")]


def test_the_tolerance_is_a_tenth():
    assert Decimal("0.1") == TOLERANCE
    assert [str(grade) for grade in Grade] == [COMPATIBLE, IN_TENSION, CONTRADICTORY]


@pytest.mark.parametrize("differ", [True, False])
def test_the_pairs_of_very_many_documents_do_not_grow_with_their_square(differ):
    many = 4 * MOST
    numbers = [1000 * (number + 1) if differ else 1000 * (number % 2 + 1) for number in range(many)]
    claims = [read(f"d{number:03}", IN_2017, str(value)) for number, value in enumerate(numbers)]
    found = list(tensions(claims))
    assert len(found) <= MOST * many
    assert {str(grade) for grade, _, _ in found} <= {"contradictory", "in tension"}
    assert len({one.claim for _, one, _ in found}) >= (many - MOST if differ else 1)
