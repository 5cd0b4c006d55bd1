"""Small parts of the recognition of names: words, brackets, foreign names, governments, names joined by the text."""

from __future__ import annotations

import pytest

from ssrgraph.documents.model import Span
from ssrgraph.entities import load_reference
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.brackets import bracket_at, fits_state
from ssrgraph.extraction.names.foreign import foreign_end
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.governments import merge_governments
from ssrgraph.extraction.names.heads import head_at_end, head_inside
from ssrgraph.extraction.names.instruments import find_instruments
from ssrgraph.extraction.names.known_as import merge_known_as
from ssrgraph.extraction.names.matching import Matcher, short_unions
from ssrgraph.extraction.names.resolving import fullest
from ssrgraph.extraction.names.words import words_of


@pytest.mark.parametrize(
    ("surfaces", "id_", "name"),
    [
        (["UNIFIL"], "mission/united-nations-interim-force-in-lebanon", "UNIFIL"),
        (
            ["UNIFIL", "United Nations Interim Force in Lebanon"],
            "mission/united-nations-interim-force-in-lebanon",
            "United Nations Interim Force in Lebanon",
        ),
        (["U.K.", "UK"], "organization/gb", "United Kingdom"),
        (["Republic of Moldova"], "organization/md", "Republic of Moldova"),
        ([], "organization/md", "Moldova"),
    ],
)
def test_a_body_is_called_what_the_text_calls_it_and_a_state_is_written_out(surfaces, id_, name):
    known = load_reference().get(id_)

    assert fullest(known, surfaces) == name


def words(text):
    return words_of(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraq's MoI", ["Iraq", "'s", "MoI"]),
        ("the NATO-led mission", ["the", "NATO", "-", "led", "mission"]),
        ("Al-Khazaali of PM/WRA", ["Al-Khazaali", "of", "PM/WRA"]),
        ("U.S. troops", ["U.S.", "troops"]),
        ("ISIS/Daesh and EU/NATO", ["ISIS", "/", "Daesh", "and", "EU", "/", "NATO"]),
        ("the forces' (ISF)", ["the", "forces", "'", "(", "ISF", ")"]),
    ],
)
def test_texts_are_cut_into_words_and_marks(text, expected):
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize("text", ["Kosovo Police on Tuesday", "The U.S. Army, Côte d'Ivoire’s navy (CI)"])
def test_words_stand_where_they_say(text):
    assert all(text[word.start : word.end] == word.text for word in words(text))


@pytest.mark.parametrize(
    ("text", "short", "abbreviation"),
    [
        ("(KFOR)", "KFOR", True),
        ("(EUTM Mali)", "EUTM Mali", True),
        ("(Frontex)", "Frontex", True),
        ("(BMVg)", "BMVg", True),
        ("(“the ELN”)", None, None),
        ("(Auswärtiges Amt)", "Auswärtiges Amt", False),
        ("(May 2011)", None, None),
        ("(see below)", None, None),
        ("no bracket", None, None),
    ],
)
def test_brackets_behind_names_give_short_forms_or_other_names(text, short, abbreviation):
    found = bracket_at(words(text), 0)
    assert (found and found.words, found and found.abbreviation) == (short, abbreviation)


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("DRC", "Democratic Republic of the Congo", True),
        ("PNG", "Papua New Guinea", True),
        ("BiH", "Bosnia and Herzegovina", True),
        ("AP", "Haiti", False),
        ("AFP", "France", False),
    ],
)
def test_a_short_form_of_a_state_is_made_of_its_letters(short, name, fits):
    assert fits_state(short, name) is fits


@pytest.mark.parametrize(
    ("text", "run", "name"),
    [
        ("Garde nationale and police", 1, "Garde nationale"),
        ("École de maintien de la paix Alioune Blondin in Bamako", 1, "École de maintien de la paix Alioune Blondin"),
        ("Académie de lutte contre le terrorisme opened", 1, "Académie de lutte contre le terrorisme"),
        ("Forces armées maliennes were", 1, "Forces armées maliennes"),
        ("Police was there", 1, "Police"),
    ],
)
def test_foreign_names_go_on_in_lower_case(text, run, name):
    cut = words(text)
    assert text[: cut[foreign_end(cut, run) - 1].end] == name


def test_the_longest_head_noun_tells_what_is_named():
    assert head_at_end(words("Ghana Armed Forces"))[0].words == "armed forces"
    assert head_at_end(words("Trades Union Congress"))[0].type == "civil"
    assert head_at_end(words("Ministries"))[0].plural
    assert head_at_end(words("Accra")) is None
    assert head_inside(words("Task Force Takuba")) == (head_at_end(words("Task Force"))[0], 2)


def test_long_and_short_forms_of_unions_are_compared_alike():
    assert short_unions("european union training mission in mali") == "eu training mission in mali"
    assert short_unions("european union") == "european union"


def found(text, words_, **rest):
    start = text.index(words_)
    return Found(**{"span": Span(start, start + len(words_)), "label": words_, "kind": EntityKind.ORGANIZATION} | rest)


def state(text, words_):
    return found(text, words_, label="Peru", type="country", reference="organization/pe")


@pytest.fixture(scope="module")
def reference():
    return load_reference()


@pytest.mark.parametrize("text", ["Peru thanked. The Government of Peru paid.", "The Government of Peru paid."])
def test_a_government_by_its_state_is_that_state(text, reference):
    government = found(text, "Government of Peru", head="government", owner="organization/pe")
    merged = merge_governments(text, [government], reference)
    assert [(name.reference, name.label, name.type) for name in merged] == [("organization/pe", "Peru", "country")]


def test_a_government_is_a_body_where_the_text_also_speaks_of_it_alone(reference):
    text = "Peru? The Government of Peru paid; the Government left."
    government = found(text, "Government of Peru", head="government", owner="organization/pe")
    assert merge_governments(text, [state(text, "Peru"), government], reference)[-1] == government


def test_a_name_that_is_also_known_as_another_is_the_same():
    text = "the Framework Agreement, also known as the Dayton Agreement, ended the war"
    names = [found(text, "Framework Agreement"), found(text, "Dayton Agreement")]
    merged = merge_known_as(text, names)
    assert [(name.label, name.inner) for name in merged] == [
        ("Framework Agreement", None),
        ("Framework Agreement", "Dayton Agreement"),
    ]


@pytest.mark.parametrize(
    ("text", "label", "type_"),
    [
        ("under Council Decision (CFSP) 2021/509 they", "Council Decision (CFSP) 2021/509", "law"),
        ("Regulation (EU) No 833/2014 applies", "Regulation (EU) No 833/2014", "law"),
        ("Presidential Decree No. 571 followed", "Presidential Decree No. 571", "law"),
        ("by UNSCR 1325 (2000) they", "UNSCR 1325", "resolution"),
        ("its resolution 2749 says", "resolution 2749", "resolution"),
        ("signed a memorandum of understanding on it", "memorandum of understanding", "agreement"),
        ("adopted a five-year action plan for it", "five-year action plan", "strategy"),
    ],
)
def test_acts_and_plans_are_found_by_number_or_in_lower_case(text, label, type_):
    instruments = list(find_instruments(text, Span(0, len(text)), ()))
    assert [(one.label, one.type) for one in instruments] == [(label, type_)]


@pytest.mark.parametrize("states", [set(), {"US"}, {"GB", "CD"}, {"CG", "KR", "DO"}])
def test_prominent_states_decide_no_more_than_the_words_said_to_depend_on_them(reference, states):
    matcher = Matcher(reference)
    for name in reference.names():
        cut = words(f"{name.text} and {name.text.upper()}")
        for i, word in enumerate(cut):
            if matcher.decided_by_states(word):
                continue
            text = f"{name.text} and {name.text.upper()}"
            assert matcher.at(cut, i, text, frozenset(states)) == matcher.at(cut, i, text, frozenset()), name.text
