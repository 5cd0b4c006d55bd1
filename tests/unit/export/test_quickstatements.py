"""Only what a document says exactly, between linked items, with a reference; the rest is a comment with its reason."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from quickstatements import Command, parse
from ssrgraph.documents.model import Document, Span
from ssrgraph.documents.sources import Source
from ssrgraph.entities.links import Link
from ssrgraph.entities.model import EntityKind
from ssrgraph.export import quickstatements
from ssrgraph.extraction import model as m
from ssrgraph.graph import document_quads, link_quads
from ssrgraph.resources import shipped
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import BASE, WIKIDATA, Semapv, Skos

TEXT = 'Norland, of the "Union", gave the Guard money. The Guard has 1,200 staff. The Mission began in May 2019.'
ITEMS = {
    "organization/norland": "Q1",
    "organization/union": "Q2",
    "organization/guard": "Q3",
    "organization/corps": "Q4",
    "mission/mission": "Q5",
    "organization/sudland": "Q6",
}
SOURCE = Source(
    id="doc",
    title='The "Union" at 10',
    url="https://example.org/a?b=c",
    date="2020-03",
    retrieved="2021-05-06",
    language="en-GB",
)
REFERENCE = {
    "S854": ("string", '"https://example.org/a?b=c"'),
    "S1476": ("monolingual", 'en:"The "Union" at 10"'),
    "S577": ("time", "+2020-03-00T00:00:00Z/10"),
    "S813": ("time", "+2021-05-06T00:00:00Z/11"),
}


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def entity(entity_id, **more):
    name = entity_id.split("/")[1]
    return m.Entity(id=entity_id, kind=EntityKind(entity_id.split("/")[0]), label=name, mentions=(Span(0, 7),), **more)


def personnel(**more):
    given = {"measure": "employed", "group": "staff", "organization": ("organization/guard",), "value": Decimal(1200)}
    return m.Personnel(quote=span("1,200 staff"), passage=span("1,200 staff"), **(given | more))


def funding(**more):
    given = {
        "funder": ("organization/norland",),
        "recipient": ("organization/guard",),
        "modality": "grant",
        "amount": Decimal(5),
        "currency": "USD",
    }
    return m.Funding(quote=span("money"), passage=span("money"), **(given | more))


def written(*claims, source=SOURCE, items=ITEMS, base=BASE):
    """Return what is written of a document that makes these claims."""
    document = Document(id="doc", text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), blocks=())
    known = [entity(each) for each in ITEMS if each != "organization/sudland"]
    known.append(entity("organization/sudland", type="country"))
    extraction = m.Extraction(document_id="doc", entities=tuple(known), claims=claims)
    links = [
        Link(
            subject=f"{BASE}{name if name.startswith('document/') else f'id/{name}'}",
            predicate=Skos.EXACT_MATCH,
            object=WIKIDATA + item,
            justification=Semapv.MANUAL_MAPPING_CURATION,
        )
        for name, item in items.items()
    ]
    graphs: dict[object, list] = {}
    for quad in (
        *document_quads(extraction, document, source=source, version="1", base=base),
        *link_quads(links, is_there=lambda _node: True, base=base),
    ):
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    store = MemoryStore(base)
    for graph, triples in graphs.items():
        store.replace_graph(graph, triples)
    return parse(quickstatements.export(store).decode())


def left_out(comments):
    return [comment for comment in comments if "left out" in comment]


@pytest.mark.parametrize("base", [BASE, "https://data.example.org/"])
def test_a_membership_is_said_of_the_member_with_its_reference(base):
    membership = m.Membership(
        quote=span("Norland"),
        passage=span("Norland"),
        organization="organization/union",
        member="organization/norland",
    )
    commands, comments = written(membership, base=base)
    quotation = {"S1683": ("monolingual", 'en:"Norland"')}
    assert commands == [Command("Q1", "P463", "item", "Q2", {}, REFERENCE | quotation)]
    assert left_out(comments) == []


def test_relations_and_dates_of_a_mission():
    claim = m.Mission(
        quote=span("The Mission"),
        passage=span("The Mission"),
        mission="mission/mission",
        lead=("organization/union",),
        start="2019-05",
    )
    commands, _ = written(claim)
    assert {(one.subject, one.property, one.value) for one in commands} == {
        ("Q5", "P137", "Q2"),
        ("Q5", "P580", "+2019-05-00T00:00:00Z/10"),
    }


def test_an_exact_number_of_all_people_has_its_point_in_time():
    commands, comments = written(personnel(from_="2018", to="2018"))
    assert [(one.subject, one.property, one.kind, one.value) for one in commands] == [
        ("Q3", "P1128", "quantity", "1200")
    ]
    assert commands[0].qualifiers == {"P585": ("time", "+2018-00-00T00:00:00Z/9")}
    assert commands[0].reference["S1683"] == ("monolingual", 'en:"1,200 staff"')
    assert left_out(comments) == []


def test_a_period_has_start_and_end():
    commands, _ = written(funding(from_="2018-02-01", to="2019"))
    assert [(one.subject, one.property, one.value) for one in commands] == [("Q3", "P8324", "Q1")]
    assert commands[0].qualifiers == {
        "P580": ("time", "+2018-02-01T00:00:00Z/11"),
        "P582": ("time", "+2019-00-00T00:00:00Z/9"),
    }


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (personnel(bound=m.Bound.AT_LEAST), "the number is at least"),
        (personnel(bound=m.Bound.AT_MOST), "the number is at most"),
        (personnel(bound=m.Bound.APPROXIMATE), "the number is approximate"),
        (personnel(status="planned"), "it is planned"),
        (personnel(per="year"), "it is a rate"),
        (personnel(group="officers"), "it counts officers, perhaps not everybody"),
        (funding(status="planned"), "it is planned"),
        (funding(modality="sale"), "it is a sale"),
        (funding(modality=None), "it does not say that it is given"),
    ],
)
def test_what_is_not_exact_is_a_comment_with_its_reason_and_the_words(claim, reason):
    commands, comments = written(claim)
    assert commands == []
    [comment] = left_out(comments)
    assert comment.startswith("Q3 P")
    assert f"left out, {reason}: " in comment
    assert comment.endswith(("1,200 staff", "money"))


@pytest.mark.parametrize(
    "claim",
    [
        personnel(value=None, value_min=Decimal(10), value_max=Decimal(20)),
        personnel(measure="trained"),
        personnel(measure="deployed"),  # A body is no mission.
        funding(recipient=("organization/sudland",)),  # To pay for something in a state is not to fund the state.
    ],
)
def test_what_wikidata_has_no_property_for_is_not_there_at_all(claim):
    commands, comments = written(claim)
    assert (commands, left_out(comments)) == ([], [])


def test_people_posted_to_a_mission_are_its_participants():
    commands, _ = written(personnel(measure="deployed", group="personnel", organization=("mission/mission",)))
    assert [(one.subject, one.property, one.value) for one in commands] == [("Q5", "P1132", "1200")]


@pytest.mark.parametrize("missing", ["organization/norland", "organization/union"])
def test_an_entity_without_a_link_is_never_written(missing):
    membership = m.Membership(
        quote=span("Norland"),
        passage=span("Norland"),
        organization="organization/union",
        member="organization/norland",
    )
    items = {name: item for name, item in ITEMS.items() if name != missing}
    commands, comments = written(membership, items=items)
    assert (commands, left_out(comments)) == ([], [])


def test_a_document_that_is_an_item_is_stated_in():
    commands, _ = written(personnel(), items={**ITEMS, "document/doc": "Q77"}, source=None)
    assert commands[0].reference["S248"] == ("item", "Q77")


def test_without_address_item_or_title_there_is_no_reference_and_so_no_command():
    commands, comments = written(personnel(), source=replace(SOURCE, title=None, url=None))
    assert commands == []
    assert left_out(comments) == [
        "Q3 P1128 1200: left out, the document doc has no address, item or title: 1,200 staff"
    ]


def test_only_verified_properties_are_written():
    names = [value for name, value in vars(quickstatements).items() if name.isupper() and isinstance(value, str)]
    identifiers = {value.replace("S", "P") for value in names if value[1:].isdigit()}
    verified = {line.split(",")[0] for line in (shipped("data/links") / "items.csv").read_text().splitlines()}
    assert len(identifiers) > 15
    assert identifiers <= verified


@pytest.mark.parametrize(
    "line",
    [
        "Q1\tP1",
        "Q0\tP1\tQ2",
        "Q1\tP1\tQ2\tS1",
        'Q1\tP1\tQ2\tS854\t"a"\tP585\t+2018-00-00T00:00:00Z/9',
        "Q1\tP1\tQ2\tP585\t+2018-00-00T00:00:00Z/11",
        "/* a */ b */",
        "CREATE",
    ],
)
def test_the_parser_of_the_tests_is_strict(line):
    with pytest.raises(ValueError, match="line 1"):
        parse(f"{line}\n")
