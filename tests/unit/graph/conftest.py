"""One made-up document with a row in every fact table, and what was read from it."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from ssrgraph.documents.model import Block, BlockKind, Document, Span
from ssrgraph.documents.sources import Source
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction import model as m

TEXT = """Norland and the Lake Union

Since May 2016 Norland's Ministry of Peace (MoP) has given the Sudland Guard about 2.5 million euros for radios
under the Border Fund. Norland trained 60 to 80 Sudland guards a year in Port Ebb.
It will hand over 12 trucks. More than 300 mines were cleared.
The Lake Union Assistance Mission (LUAM), led by the Lake Union, began on 3 June 2017 at the request of Sudland.
Colonel Ada Berg, Commander of LUAM, opened the Ebb Conference of 4 June 2017 with Norland and Sudland.
The Ebb Accord of 2015 binds Norland and Sudland. Members of the Lake Union: Norland, Sudland.
"""


def span(words: str, number: int = 1) -> Span:
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def entity(entity_id, label, *mentions, **more):
    kind = EntityKind(entity_id.split("/")[0])
    return m.Entity(id=entity_id, kind=kind, label=label, mentions=mentions or (span(label),), **more)


@pytest.fixture
def document() -> Document:
    title = span("Norland and the Lake Union")
    block = Block(kind=BlockKind.TITLE, span=title, sentences=(title,))
    return Document(
        id="made-up",
        text=TEXT,
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        blocks=(block,),
        title=title,
        date="2017-06",
    )


@pytest.fixture
def source() -> Source:
    return Source(
        id="made-up", title="Norland", publisher="A press office", date="2017-06-04", language="en", reuse="CC0"
    )


@pytest.fixture
def extraction() -> m.Extraction:
    entities = (
        entity("agreement/ebb-accord", "Ebb Accord", type="agreement"),
        entity("event/ebb-conference", "Ebb Conference"),
        entity(
            "mission/lake-union-assistance-mission", "Lake Union Assistance Mission", span("LUAM"), abbreviation="LUAM"
        ),
        entity("organization/lake-union", "Lake Union", span("Lake Union"), span("Lake Union", 2), reference=True),
        entity(
            "organization/ministry-of-peace-norland",
            "Ministry of Peace",
            aliases=("Norland's Ministry of Peace",),
            abbreviation="MoP",
            type="government",
        ),
        entity(
            "organization/nd",
            "Norland",
            span("Norland"),
            span("Norland", 3),
            aliases=("Kingdom of Norland",),
            type="country",
            code="ND",
            reference=True,
        ),
        entity("organization/sd", "Sudland", span("Sudland"), span("Sudland", 3), type="country", reference=True),
        entity("organization/sudland-guard", "Sudland Guard", type="military"),
        entity("person/ada-berg", "Ada Berg"),
        entity("place/port-ebb", "Port Ebb"),
        entity("programme/border-fund", "Border Fund"),
    )
    return m.Extraction(document_id="made-up", entities=entities, claims=_claims(), model="en_core_web_sm 3.8.0")


def _claims() -> tuple[m.Claim, ...]:
    norland, sudland, union = "organization/nd", "organization/sd", "organization/lake-union"
    mission = "mission/lake-union-assistance-mission"
    return (
        m.Funding(
            quote=span("about 2.5 million euros"),
            passage=Span(span("Since May 2016").start, span("Border Fund.").end),
            words={"funder": span("Ministry of Peace"), "from_": span("Since May 2016")},
            confidence=0.9,
            rule="give",
            funder=("organization/ministry-of-peace-norland", norland),
            recipient=("organization/sudland-guard",),
            programme=("programme/border-fund",),
            amount=Decimal("2.5E+6"),
            currency="EUR",
            bound=m.Bound.APPROXIMATE,
            modality="grant",
            from_="2016-05",
            purpose="radios",
        ),
        m.Personnel(
            quote=span("60 to 80 Sudland guards"),
            passage=span("60 to 80 Sudland guards"),
            measure="trained",
            group="Sudland guards",
            agent=(norland,),
            value=None,
            value_min=Decimal(60),
            value_max=Decimal(80),
            per="year",
            place=("place/port-ebb",),
        ),
        m.Equipment(
            quote=span("12 trucks"),
            passage=span("12 trucks"),
            provider=(norland,),
            item="trucks",
            value=Decimal(12),
            bound=m.Bound.EXACT,
            status="planned",
        ),
        m.Result(
            quote=span("More than 300 mines"),
            passage=span("More than 300 mines"),
            measure="mines cleared",
            value=Decimal(300),
            bound=m.Bound.AT_LEAST,
        ),
        m.Mission(
            quote=span("Lake Union Assistance Mission (LUAM)"),
            passage=span("Lake Union Assistance Mission (LUAM)"),
            words={"start": span("3 June 2017")},
            mission=mission,
            abbreviation="LUAM",
            lead=(union,),
            start="2017-06-03",
            requested_by=(sudland,),
            mandate=("training", "rule of law"),
        ),
        m.Agreement(
            quote=span("Ebb Accord of 2015"),
            passage=span("Ebb Accord of 2015"),
            agreement="agreement/ebb-accord",
            kind="agreement",
            parties=(norland, sudland),
            date="2015",
        ),
        m.Role(
            quote=span("Colonel Ada Berg, Commander of LUAM"),
            passage=span("Colonel Ada Berg, Commander of LUAM"),
            person="person/ada-berg",
            title="Colonel",
            role="Commander",
            organization=(mission,),
        ),
        m.Event(
            quote=span("Ebb Conference of 4 June 2017"),
            passage=span("Ebb Conference of 4 June 2017"),
            event="event/ebb-conference",
            date="2017-06-04",
            participants=(norland, sudland),
        ),
        m.Organization(
            quote=span("Ministry of Peace (MoP)"),
            passage=span("Ministry of Peace (MoP)"),
            organization="organization/ministry-of-peace-norland",
            abbreviation="MoP",
            kind="government",
            parent=(norland,),
        ),
        m.Organization(
            quote=span("Norland"),
            passage=span("Norland"),
            organization=norland,
            kind="country",
        ),
        m.Membership(
            quote=span("Norland, Sudland"),
            passage=span("Norland, Sudland"),
            organization=union,
            member=norland,
            rule="member-list",
        ),
    )
