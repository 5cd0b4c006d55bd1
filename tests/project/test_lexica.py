from __future__ import annotations

import tomllib

import pytest

LEXICA = ["currencies", "layout", "names", "periods", "quantities"]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def lists(value, name=""):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from lists(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        yield name, value


def lexica(root):
    return sorted((root / "data" / "lexicon").glob("*.toml"))


def test_the_lexica_are_there(root):
    assert set(LEXICA) <= {path.stem for path in lexica(root)}


def test_the_lexicon_holds_nothing_but_word_lists(root):
    assert [path.name for path in (root / "data" / "lexicon").iterdir() if path.suffix != ".toml"] == []


def test_every_lexicon_says_where_its_words_come_from(root):
    silent = []
    for path in lexica(root):
        comment = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        if "source" not in " ".join(comment).casefold():
            silent.append(path.name)
    assert silent == []


def test_no_word_of_a_lexicon_is_empty_or_has_white_space_around_it(root):
    for path in lexica(root):
        words = list(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
        assert words, path.name
        assert [word for word in words if not word or word != word.strip()] == [], path.name


def test_no_list_of_a_lexicon_has_a_word_twice(root):
    twice = []
    for path in lexica(root):
        for name, items in lists(tomllib.loads(path.read_text(encoding="utf-8"))):
            words = [item for item in items if isinstance(item, str)]
            twice += [f"{path.name}: {name}: {word}" for word in set(words) if words.count(word) > 1]
    assert sorted(twice) == []


@pytest.mark.parametrize("character", ["\t", "\r", "\u00a0"])
def test_no_lexicon_has_invisible_characters(root, character):
    assert [path.name for path in lexica(root) if character in path.read_text(encoding="utf-8")] == []
