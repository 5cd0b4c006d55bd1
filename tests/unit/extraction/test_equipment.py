"""Materiel in noun phrases and lists, and what is asked of its claims beside the case tables."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.claims.equipment import read_equipment
from ssrgraph.extraction.claims.materiel import item_groups
from ssrgraph.extraction.claims.materiel_nouns import head_of, kind_of, names_materiel
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Bound, Equipment
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse


@pytest.fixture(scope="module")
def analysed():
    model, reference = load_model(), load_reference()
    return lambda text: analyse(parse_document(text.encode(), name=Path("text.txt")), model, reference)


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("helicopter", "aircraft"),
        ("patrol boat", None),
        ("boat", "ships"),
        ("howitzers", "weapons"),
        ("body armor", "protection"),
        ("equipment", "loose"),
        ("system", "systems"),
        ("workshop", None),
    ],
)
def test_nouns_of_materiel_have_a_kind(noun, kind):
    assert kind_of(noun) == kind


def test_a_sentence_that_is_passed_over_has_no_head_for_materiel(analysed):
    nouns = [noun for kind in load_lexicon("equipment")["heads"].values() for noun in kind]
    names = list(load_lexicon("equipment")["names"]["known"])
    models = ["T-72", "Mi-8s", "Leopard 2"]
    text = "\n\n".join(f"They sent {name.title()} and {name}s." for name in (*nouns, *names, *models))
    for sentence in analysed(text).sentences:
        tokens = list(sentence.tokens)
        runs = [run for size in (1, 2, 3) for at in range(len(tokens)) if (run := tokens[at : at + size])]
        assert all(any(map(names_materiel, run)) for run in runs if head_of(run) is not None), sentence.parsed.text


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("It gave 18 Leopard 2 tanks and 20 sets of body armor.", [["18 Leopard 2 tanks", "20 sets of body armor"]]),
        ("It gave ten boats to Mali and five trucks to Niger.", [["ten boats"], ["five trucks"]]),
        ("It gave 2,000 Javelin, 1,000 rifles and ammunition.", [["2,000 Javelin", "1,000 rifles", "ammunition"]]),
        ("It gave 70 trucks and other vehicles.", [["70 trucks and other vehicles"]]),
        ("It gave 200 mortar and artillery rounds.", [["200 mortar and artillery rounds"]]),
        ("It gave 20 Bushmaster vehicles (MRAPs).", [["20 Bushmaster vehicles (MRAPs)"]]),
        ("It gave air defense systems.", [["air defense systems"]]),
        ("It reformed the court system.", []),
        ("It gave Iraq twelve new helicopters.", [["twelve new helicopters"]]),
        ("It held a round of talks.", []),
    ],
)
def test_items_are_found_with_their_counts_and_lists(analysed, text, groups):
    analysis = analysed(text)
    found = item_groups(analysis, analysis.sentences[0])
    assert [[analysis.words(item.quote) for item in group] for group in found] == groups


def test_a_hedge_in_front_of_a_list_belongs_to_the_first_item(analysed):
    analysis = analysed("Norway gave Mali about 20 trucks, 5 boats and radios.")
    claims = [each for each in read_equipment(analysis) if isinstance(each, Equipment)]
    assert [(claim.item, claim.value, claim.bound) for claim in claims] == [
        ("trucks", Decimal(20), Bound.APPROXIMATE),
        ("boats", Decimal(5), Bound.EXACT),
        ("radios", None, None),
    ]


def test_each_word_of_a_slot_stands_where_the_claim_says(analysed):
    analysis = analysed("In 2021, Norway gave Mali 20 trucks.")
    (claim,) = read_equipment(analysis)
    assert isinstance(claim, Equipment)
    said = {slot: analysis.words(span) for slot, span in claim.words.items()}
    assert said == {"provider": "Norway", "recipient": "Mali", "from_": "2021", "item": "trucks"}
    assert analysis.words(claim.quote) == "20 trucks"


def test_a_list_item_takes_giver_and_standing_from_its_lead(analysed):
    analysis = analysed("Norway will provide to Mali:\n\n- 20 trucks\n- five boats\n")
    claims = [each for each in read_equipment(analysis) if isinstance(each, Equipment)]
    assert [(claim.item, claim.status) for claim in claims] == [("trucks", "planned"), ("boats", "planned")]
    labels = [[analysis.entities[each].label for each in (*claim.provider, *claim.recipient)] for claim in claims]
    assert labels == [["Norway", "Mali"], ["Norway", "Mali"]]
