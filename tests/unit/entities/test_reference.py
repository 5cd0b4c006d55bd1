"""From a name to the entities that bear it, over the data that ships."""

from __future__ import annotations

import pytest

from ssrgraph.entities import NameRole, fold_name, load_reference


@pytest.fixture(scope="module")
def reference():
    return load_reference()


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Iraq", "organization/iq"),
        ("iraq's", "organization/iq"),
        ("the United States", "organization/us"),
        ("U.S.", "organization/us"),
        ("US", "organization/us"),
        ("Britain", "organization/gb"),
        ("Türkiye", "organization/tr"),
        ("Turkey", "organization/tr"),
        ("Ivory Coast", "organization/ci"),
        ("Cote d'Ivoire", "organization/ci"),
        ("Burma", "organization/mm"),
        ("Swaziland", "organization/sz"),
        ("Cape Verde", "organization/cv"),
        ("Czech Republic", "organization/cz"),
        ("ROK", "organization/kr"),
        ("DRC", "organization/cd"),
        ("The Gambia", "organization/gm"),
        ("St. Lucia", "organization/lc"),
        ("Luxembourg", "organization/lu"),
        ("EU", "organization/european-union"),
        ("UN", "organization/united-nations"),
        ("WHO", "organization/world-health-organization"),
        ("North Atlantic Treaty Organisation", "organization/nato"),
        ("State Department", "organization/us-department-of-state"),
        ("the Pentagon", "organization/us-department-of-defense"),
        ("United States Africa Command", "organization/us-africa-command"),
        ("Da'esh", "organization/isis"),
        ("Peshmerga", "organization/peshmerga"),
        ("IMET", "programme/international-military-education-and-training"),
        ("European Peace Facility", "programme/european-peace-facility"),
        ("NATO Mission in Iraq", "mission/nato-mission-iraq"),
        ("Operation Interflex", "mission/operation-interflex"),
        ("Baghdad", "place/baghdad"),
        ("Kiev", "place/kyiv"),
        ("Gaza", "place/gaza-strip"),
    ],
)
def test_a_name_finds_first_what_it_usually_means(reference, name, entity):
    assert reference.find(name)[0].id == entity


@pytest.mark.parametrize(
    "word", ["us", "who", "eu", "imet", "it", "map", "male", "Ministry of Defence", "Congress", ""]
)
def test_common_words_and_generic_names_find_nothing(reference, word):
    assert reference.find(word) == ()


@pytest.mark.parametrize(
    ("name", "states", "entity"),
    [
        ("Department of Defense", ["US"], "organization/us-department-of-defense"),
        ("Department of Defence", ["AU"], "organization/australian-department-of-defence"),
        ("Congress", ["US", "IQ"], "organization/us-congress"),
        ("ISF", ["IQ"], "organization/iraqi-security-forces"),
        ("ISF", ["LB"], "organization/lebanese-internal-security-forces"),
        ("AFP", ["PH"], "organization/armed-forces-of-the-philippines"),
        ("EDA", ["US"], "programme/excess-defense-articles"),
    ],
)
def test_a_name_that_needs_a_state_is_found_where_the_state_is_prominent(reference, name, states, entity):
    assert reference.find(name, states=states)[0].id == entity


def test_a_name_without_a_usual_meaning_finds_all_that_bear_it(reference):
    assert [entity.code for entity in reference.find("Congo")] == ["CD", "CG"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Iraqi", "IQ"),
        ("Iraqis", "IQ"),
        ("Kenyans", "KE"),
        ("Afghans", "AF"),
        ("Ukrainian", "UA"),
        ("American", "US"),
        ("British", "GB"),
        ("Polish", "PL"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("South Sudanese", "SS"),
        ("Czechs", "CZ"),
        ("Kosovar", "XK"),
        ("Dominican", "DO"),
    ],
)
def test_adjective_finds_its_state(reference, word, code):
    assert reference.adjective(word).code == code


@pytest.mark.parametrize("word", ["polish", "Congolese", "Korean", "Iraq", "Arab", "turkey"])
def test_what_is_no_adjective_of_one_state_finds_none(reference, word):
    assert reference.adjective(word) is None


def test_a_shared_adjective_means_the_one_prominent_state(reference):
    assert reference.adjective("Congolese", states=["CD", "US"]).code == "CD"
    assert reference.adjective("Congolese", states=["CD", "CG"]) is None


def test_get_and_state_go_by_id_and_code(reference):
    assert reference.get("organization/iq") is reference.state("IQ")
    assert reference.state("iq").label == "Iraq"
    assert reference.get("organization/nobody") is None
    assert reference.state("ZZ") is None


def test_states_are_the_countries_by_code(reference):
    codes = [state.code for state in reference.states()]
    assert len(codes) == 197
    assert codes == sorted(codes)


def test_entities_are_sorted_by_id(reference):
    ids = [entity.id for entity in reference.entities]
    assert ids == sorted(set(ids))


def test_names_list_every_form_with_its_flags(reference):
    forms = {(name.text, name.entity): name for name in reference.names()}
    who = forms["WHO", "organization/world-health-organization"]
    assert (who.exact, who.role, who.key) == (True, NameRole.ABBREVIATION, "WHO")
    defense = forms["Department of Defense", "organization/us-department-of-defense"]
    assert (defense.exact, defense.needs_state) == (False, "US")
    assert defense.key == fold_name("the Department of Defence")
    iraqis = forms["Iraqis", "organization/iq"]
    assert (iraqis.exact, iraqis.role, iraqis.shared) == (True, NameRole.ADJECTIVE, False)
    assert forms["Congo", "organization/cd"].shared


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("US$", ["USD"]),
        ("€", ["EUR"]),
        ("C$", ["CAD", "NIO"]),
        ("NOK", ["NOK"]),
        ("Norwegian kroner", ["NOK"]),
        ("Danish Kroner", ["DKK"]),
        ("hryvnias", ["UAH"]),
        ("yen", ["JPY"]),
        ("kroner", ["DKK", "NOK"]),
        ("million", []),
    ],
)
def test_find_currency(reference, text, codes):
    assert [currency.code for currency in reference.find_currency(text)][:2] == codes


@pytest.mark.parametrize(("sign", "code"), [("$", "USD"), ("£", "GBP"), ("¥", "JPY"), ("dollars", "USD")])
def test_a_shared_sign_means_its_usual_currency_first(reference, sign, code):
    found = [currency.code for currency in reference.find_currency(sign)]
    assert found[0] == code
    assert len(found) > 1
