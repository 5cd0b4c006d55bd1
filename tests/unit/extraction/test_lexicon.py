"""Word lists: reading, keeping and complaining."""

from __future__ import annotations

import pytest

from ssrgraph.errors import DataError
from ssrgraph.extraction.lexicon import any_of, load_lexicon


def test_a_lexicon_holds_its_groups_and_its_lists_cannot_be_changed(tmp_path):
    (tmp_path / "verbs.toml").write_text('[give]\ndone = ["gave", "provided"]\n', encoding="utf-8")
    lexicon = load_lexicon("verbs", tmp_path)
    assert lexicon["give"]["done"] == ("gave", "provided")
    with pytest.raises(TypeError):
        lexicon["give"]["done"] = ()


def test_a_lexicon_is_read_once(tmp_path):
    path = tmp_path / "verbs.toml"
    path.write_text('words = ["gave"]\n', encoding="utf-8")
    first = load_lexicon("verbs", tmp_path)
    path.write_text('words = ["lent"]\n', encoding="utf-8")
    assert load_lexicon("verbs", tmp_path) is first


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param(b"words = [", "is no valid TOML", id="cut off"),
        pytest.param(b'words = ["caf\xe9"]', "is not UTF-8 at byte 13", id="Latin-1"),
    ],
)
def test_a_broken_lexicon_is_named_with_its_problem(tmp_path, content, problem):
    path = tmp_path / "broken.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=problem) as caught:
        load_lexicon("broken", tmp_path)
    assert caught.value.path == path


@pytest.mark.parametrize("name", ["quantities", "periods", "currencies"])
def test_no_shipped_list_says_a_word_twice(name):
    def lists(table, path=()):
        for key, value in table.items():
            if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
                yield (*path, key), value
            elif hasattr(value, "items"):
                yield from lists(value, (*path, key))

    repeated = {
        path: sorted({word for word in words if words.count(word) > 1}) for path, words in lists(load_lexicon(name))
    }
    assert {path: words for path, words in repeated.items() if words} == {}


def test_no_hedge_has_two_meanings():
    hedges = load_lexicon("quantities")["hedges"]
    phrases = [phrase for group in hedges.values() for phrase in group]
    assert sorted(phrase for phrase in set(phrases) if phrases.count(phrase) > 1) == []


def test_every_currency_has_a_code_of_three_capitals_and_no_sign_belongs_to_two():
    rows = load_lexicon("currencies")["currency"]
    assert [row["code"] for row in rows if not (len(row["code"]) == 3 and row["code"].isupper())] == []
    signs = [sign for row in rows for sign in row["symbols"]]
    assert sorted(sign for sign in set(signs) if signs.count(sign) > 1) == []


def test_longer_phrases_come_first_and_any_white_space_joins_their_words():
    assert any_of(["more", "more than"]) == r"more\s+than|more"
