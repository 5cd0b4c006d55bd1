"""Packed texts are what a dictionary from texts to integers is, also where all hashes are the same."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ssrgraph.reasoning import texts as module
from ssrgraph.reasoning.datatypes import DATATYPES, plainest, value
from ssrgraph.reasoning.symbols import Symbols
from ssrgraph.reasoning.texts import Texts, joined

batches = st.lists(st.lists(st.text(max_size=20), max_size=12), max_size=4)


@pytest.fixture(params=["spread", "alike"])
def _hashes(request, monkeypatch):
    if request.param == "alike":
        monkeypatch.setattr(module, "_FACTOR", 0)


@pytest.mark.usefixtures("_hashes")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches, st.lists(st.text(max_size=20), max_size=4))
def test_texts_have_the_integers_in_which_they_come(lots, others):
    texts, expected = Texts(), defaultdict(lambda: len(expected))
    for lot in lots:
        numbers = texts.numbers(*joined(lot))
        assert len(set(numbers.tolist())) == len(set(lot))
        assert [texts[one] for one in numbers.tolist()] == lot
        for one in lot:
            expected[one]
    for one in others:
        number = texts.number(one)
        assert texts[number] == one
        expected[one]
    assert len(texts) == len(expected)
    every = [texts[one] for one in range(len(texts))]
    assert sorted(every) == sorted(expected)
    assert texts.many(np.arange(len(texts))) == [one.encode() for one in every]
    assert texts.find_many([one.encode() for one in every]).tolist() == list(range(len(texts)))
    assert [texts.find(one) for one in every] == list(range(len(texts)))
    assert texts.find("a text of more than twenty characters") is None
    assert texts.find_many([b"a text of more than twenty characters"]).tolist() == [-1]
    # And they are the same where somebody goes on with them, who has other hashes at first.
    other = Texts()
    other.numbers(*joined(lots[0] if lots else []))
    other.resume(texts.arrays())
    assert [other.find(one) for one in every] == list(range(len(texts)))
    assert other.numbers(*joined(["a text of more than twenty characters", *every, "one more"])).tolist() == [
        len(texts),
        *range(len(texts)),
        len(texts) + 1,
    ]


def test_texts_keep_their_order_while_the_table_grows():
    texts, every = Texts(), [f"<http://example.org/{number}>" for number in range(20_000)]
    for start in range(0, len(every), 3000):
        assert texts.numbers(*joined(every[: start + 3000])).tolist() == list(range(min(start + 3000, len(every))))
    with pytest.raises(IndexError):
        texts[len(every)]
    other = Texts()
    other.number("another")
    with pytest.raises(ValueError, match="1"):
        other.resume(texts.arrays())


forms = st.one_of(
    st.sampled_from(
        ["true", "1", "0", "-0", "+01", "1.0", "0.50", ".5", "1e0", "INF", "NaN", "-INF", "0F", "0f", "YQ=="]
    ),
    st.sampled_from(
        ["2020-02-29", "2020-02-29Z", "2020-02-29+00:00", "2020-02-29T24:00:00", "2020-02-29T01:02:03.450Z"]
    ),
    st.sampled_from(["01:02:03", "01:02:03.0", "01:02:03-14:00", "a b", "a@en", "a@EN", "a@", "é", 'q"\n']),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda one: format(one, "f")),
)
literals = st.one_of(
    st.builds(
        lambda form, name: Literal(form, datatype=NamedNode(name)),
        forms,
        st.sampled_from([*sorted(DATATYPES - {"http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}), "urn:own"]),
    ),
    st.builds(lambda form, tag: Literal(form, language=tag), forms, st.sampled_from(["en", "EN", "de-AT"])),
    st.builds(Literal, forms),
)


@settings(max_examples=300)
@given(literals, literals)
def test_the_plainest_text_is_the_same_for_the_same_value_only(one, other):
    values = value(one), value(other)
    if None not in values:
        assert (plainest(values[0]) == plainest(values[1])) == (values[0] == values[1])
    if values[0] is not None:
        (quad,) = parse(f"<x:x> <x:x> {plainest(values[0])} .", format=RdfFormat.N_TRIPLES)
        assert value(quad.object) == values[0]


@settings(max_examples=300)
@given(st.lists(st.lists(literals, max_size=8), max_size=3))
def test_literals_have_the_integer_of_the_first_of_their_value(lots):
    symbols, first = Symbols(), {}
    for lot in lots:
        numbers = symbols.of_texts([str(one) for one in lot]).tolist()
        for literal, number in zip(lot, numbers, strict=True):
            denoted = value(literal)
            if denoted is None:
                assert symbols.ill_typed[number] == literal
            else:
                top = symbols.variants.get(number, number)
                assert first.setdefault(denoted, top) == top
                assert symbols.value(top) == denoted
    assert len(set(first.values())) == len(first)
    for top in first.values():
        assert top == min(symbols.written(top))
        assert {symbols.variants.get(one, one) for one in symbols.written(top)} == {top}


def test_a_number_of_very_many_digits_is_a_value():
    many = "1" * 5000
    found = value(Literal(many, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    assert found is not None
    assert found.key == Decimal(many)
    assert plainest(found).startswith(f'"{many}"')
