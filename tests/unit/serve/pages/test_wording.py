from __future__ import annotations

import pytest

from ssrgraph.serve.pages.parts import Link
from ssrgraph.serve.pages.wording import sentence

CASES = [
    (
        "funding",
        {
            "funder": "Norway",
            "amount": "2,000,000",
            "currency": "NOK",
            "recipient": "Mali;Niger",
            "from": "2015",
            "to": "2017",
        },
        {"bound": "at_least", "modality": "grant", "status": "provided"},
        "Norway provided at least NOK 2,000,000 to Mali and Niger as a grant from 2015 to 2017",
    ),
    (
        "funding",
        {
            "amount_min": "60",
            "amount_max": "80",
            "currency": "EUR",
            "purpose": "clearing mines",
            "from": "2019",
            "to": "2019",
        },
        {"bound": "exact", "status": "planned"},
        "EUR 60 to 80 to be provided for “clearing mines” in 2019",
    ),
    (
        "personnel",
        {"agent": "Kenya", "value": "300", "group": "police officers", "place": "Haiti", "from": "2024"},
        {"bound": "approximate", "measure": "deployed", "status": "actual"},
        "Kenya deployed about 300 police officers in Haiti since 2024",
    ),
    (
        "personnel",
        {"value": "500", "group": "cadets"},
        {"bound": "at_most", "measure": "trained", "status": "planned", "per": "year"},
        "at most 500 cadets a year to be trained",
    ),
    (
        "equipment",
        {"provider": "Japan", "item": "patrol boats", "value": "6", "recipient": "Viet Nam"},
        {"bound": "exact", "status": "planned"},
        "Japan is to provide 6 patrol boats to Viet Nam",
    ),
    ("results", {"value": "11", "measure": "workshops held", "agent": "Chile"}, {}, "11 workshops held by Chile"),
    ("roles", {"title": "Ms.", "person": "Ana Ruiz", "role": "Chair"}, {}, "Ms. Ana Ruiz: Chair"),
]


@pytest.mark.parametrize(("table", "slots", "codes", "expected"), CASES)
def test_a_claim_is_a_sentence_with_its_hedge_period_and_status(table, slots, codes, expected):
    links = {name: tuple(Link(text=each) for each in value.split(";")) for name, value in slots.items()}
    assert "".join(part.text for part in sentence(table, None, links, codes)) == expected


def test_an_entity_s_row_begins_with_the_entity_and_keeps_its_link():
    mission = Link(text="EUTM Mali", href="/id/mission/eutm-mali")
    slots = {"lead": (Link(text="European Union"),), "start": (Link(text="February 2013"),)}
    found = sentence("missions", mission, slots, {})
    assert "".join(part.text for part in found) == "EUTM Mali: mission led by European Union from February 2013"
    assert found[0] is mission
