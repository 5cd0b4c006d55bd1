from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.documents.model import Span
from ssrgraph.extraction.names.occasions import find_occasions
from ssrgraph.extraction.names.persons import find_persons, find_short_names
from ssrgraph.extraction.names.titles import title_start
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.parsing import load_model, parse


@pytest.fixture(scope="module")
def persons_in():
    model = load_model()

    def read(text):
        document = parse_document(text.encode(), name=Path("case.txt"))
        found = [one for sentence in parse(document, model) for one in find_persons(document.text, sentence)]
        return [one.label for one in found]

    return read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lieutenant General Karim Abdul Razzaq spoke.", ["Karim Abdul Razzaq"]),
        ("H.E. Anton Petrov opened the school.", ["Anton Petrov"]),
        ("Gen. (ret.) David Marsh left.", ["David Marsh"]),
        ("Gen. Mark A. Dunne met his counterpart.", ["Mark A. Dunne"]),
        ("President Joseph L. Adams, Jr. spoke.", ["Joseph L. Adams, Jr."]),
        ("Vice Admiral (Upper Half) Jan van der Berg spoke.", ["Jan van der Berg"]),
        ("Leader Juan “El Toro” Gómez Ruiz was arrested.", ["Juan “El Toro” Gómez Ruiz"]),
        ("Assistant Secretary of State for African Affairs Carla Dennison testified.", ["Carla Dennison"]),
        ("Maria Lopez, head of the office, agreed.", ["Maria Lopez"]),
        ("The Inspector General of Police, Usman Danjuma, agreed.", ["Usman Danjuma"]),
        ("“We agree,” said Erik Holm.", ["Erik Holm"]),
        ("Generals Tom Parrish and Oleh Bondar met.", ["Tom Parrish", "Oleh Bondar"]),
        ("Prime Minister John Major resigned.", ["John Major"]),
        ("The members of the board are:\n\n• Peter Otieno\n\n• Sir David Hale\n", ["Peter Otieno", "David Hale"]),
    ],
)
def test_names_persons_without_title_or_post(text, names, persons_in):
    assert persons_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Vice Presidents met the Deputy Senior Civilian.",
        "General Staff officers and the Major Projects Board met.",
        "Kenya is a Major Non-NATO Ally.",
        "Mr. Chairman, we thank you.",
        "Kigali- Informed by the reform, the ministry began.",
        "FACT SHEET",
        "Mobile Training Teams offer courses.",
    ],
)
def test_names_nobody_where_no_person_is_meant(text, persons_in):
    assert persons_in(text) == []


def test_a_last_name_alone_is_found_where_the_full_name_is_known():
    text = "Colonel Erik Holm spoke. Later Holm left. Holm Street is closed."
    document = parse_document(text.encode(), name=Path("case.txt"))
    sentences = parse(document, load_model())
    known = [one for sentence in sentences for one in find_persons(text, sentence)]
    found = list(find_short_names(text, sentences, known, ()))
    assert [(one.label, one.span.start) for one in found] == [("Holm", text.index("Holm left"))]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Commander General X", "General"),
        ("Secretary General X", ""),
        ("Lieutenant General X", "Lieutenant General"),
        ("General Sir X", "General Sir"),
        ("Lt. Col. X", "Lt. Col."),
        ("Brig Gen (Res.) X", "Brig Gen (Res.)"),
        ("Staff Sgt. X", "Staff Sgt."),
        ("His Excellency X", "His Excellency"),
    ],
)
def test_a_title_is_the_rank_or_form_of_address_directly_in_front(text, title):
    words = words_of(text, Span(0, len(text)))
    first = title_start(words, len(words) - 1)
    assert text[words[first].start : -2].strip() == title


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("They held an inaugural workshop in Oslo.", ["inaugural workshop"]),
        ("The next high-level dialogue is near.", ["high-level dialogue"]),
        ("The summit meeting of NATO Heads of State took place.", ["summit meeting of NATO Heads of State"]),
        ("The two met today in Rome.", ["meeting"]),
        ("The conference room is new.", []),
        ("Meetings are held.", []),
    ],
)
def test_occasions_are_named_by_their_kind_and_what_describes_it(text, labels):
    assert [one.label for one in find_occasions(text, Span(0, len(text)), ())] == labels
