"""How names are compared and how they become parts of IRIs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssrgraph.entities import exact_name, fold_name, is_abbreviation, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Netherlands", "netherlands"),
        ("Iraq's", "Iraq"),
        ("United States\u2019", "United States"),
        ("Türkiye", "Turkiye"),
        ("Côte d'Ivoire", "Cote d\u2019Ivoire"),
        ("Da'esh", "Daesh"),
        ("U.S. Army", "US Army"),
        ("Trinidad & Tobago", "Trinidad and Tobago"),
        ("Bosnia-Herzegovina", "Bosnia Herzegovina"),
        ("Ministry of Defence", "Ministry of Defense"),
        ("Organisation for Security", "Organization for Security"),
        ("NATO Training Mission \u2013 Iraq", "NATO Training Mission-Iraq"),
        ("Brčko", "Brcko"),
        ("Łódź", "Lodz"),
    ],
)
def test_ways_of_writing_one_name_fold_to_one_form(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Niger", "Nigeria"), ("Guinea", "Guinea-Bissau"), ("Theatre", "atre"), ("Iraq", "Iraqi"), ("Mali", "Malis")],
)
def test_different_names_stay_different(one, other):
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize(
    ("text", "form"), [("the U.S.", "US"), ("U.N.", "UN"), ("us", "us"), ("NATO's", "NATO"), ("MNF-I", "MNF I")]
)
def test_exact_names_keep_their_capitals(text, form):
    assert exact_name(text) == form


@pytest.mark.parametrize("name", ["EU", "U.S.", "WHO", "MNF-I", "G7", "MINUSMA", "E-IMET"])
def test_short_forms_in_capitals_are_abbreviations(name):
    assert is_abbreviation(name)


@pytest.mark.parametrize("name", ["Iraq", "DoD", "UN Women", "UNITED STATES OF AMERICA", "333", "Peshmerga"])
def test_other_names_are_no_abbreviations(name):
    assert not is_abbreviation(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO", "nato"),
        ("U.S. Department of State", "us-department-of-state"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("New People's Army", "new-peoples-army"),
        ("Multi-National Force \u2013 Iraq", "multi-national-force-iraq"),
        ("Хмельницький", "u425-u43c-u435-u43b-u44c-u43d-u438-u446-u44c-u43a-u438-u439"),
        ("", "unnamed"),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_a_long_slug_is_cut_between_words():
    assert slug("word " * 40) == "-".join(["word"] * 16)


@given(st.text())
def test_a_slug_is_ascii_short_and_stable(text):
    result = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", result)
    assert len(result) <= 80
    assert slug(result) == result


@given(st.text())
def test_folding_twice_is_folding_once(text):
    folded = fold_name(text)
    assert fold_name(folded) == folded
    assert folded == folded.strip()


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_case_does_not_count_in_folded_names(text):
    assert fold_name(text.upper()) == fold_name(text.lower())
