from __future__ import annotations

import pytest

from ssrgraph.serve.pages import results
from ssrgraph.serve.pages.names import Names
from ssrgraph.store import MemoryStore


def shown(query):
    store = MemoryStore()
    return results.shown(store.query(query), Names(store), address=lambda name: f"/there?format={name}")


def test_figures_are_grouped_and_stand_in_columns_of_figures():
    found = shown("SELECT ?name ?amount { VALUES (?name ?amount) { ('a' 1250000000) ('b' 0.5) } }")
    assert [(name, number) for name, _, number in found.columns] == [("name", False), ("amount", True)]
    assert [cell.link.text for cell in found.rows[0]] == ["a", "1,250,000,000"]
    assert [bar.label for bar in found.plot.bars] == ["a", "b"]
    assert found.plot.bars[0].value == "1.25 billion"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ("(?amount ?currency ?name) { (1 'USD' 'a') (2 'EUR' 'b') }", "sums in two currencies"),
        ("(?year ?name) { (2015 'a') (2016 'b') }", "years are no amounts"),
        ("(?amount ?name) { (1 'a') }", "one bar compares nothing"),
        ("(?amount ?name) { (1 'a') ('many' 'b') }", "not all are numbers"),
        ("(?amount ?other) { (1 2) (3 4) }", "nothing says what the figures are of"),
    ],
)
def test_what_cannot_be_compared_is_not_plotted(values, why):
    assert shown(f"SELECT * {{ VALUES {values} }}").plot is None, why


def test_a_rate_is_left_out_of_a_plot_and_that_is_said():
    found = shown(
        "SELECT ?name ?value ?per { VALUES (?name ?value ?per) { ('a' 1 UNDEF) ('b' 2 'year') ('c' 3 UNDEF) } }"
    )
    assert [bar.label for bar in found.plot.bars] == ["a", "c"]
    assert found.plot_note == "Rates are left out."


def test_only_the_first_rows_are_shown_and_that_is_said():
    digits = " ".join(map(str, range(10)))
    found = shown(
        f"SELECT * {{ VALUES ?a {{ {digits} }} VALUES ?b {{ {digits} }} VALUES ?c {{ {digits} }} VALUES ?d {{ 1 2 }} }}"
    )
    assert (len(found.rows), found.is_cut) == (results.MOST, True)


def test_an_answer_of_yes_or_no_and_a_graph_have_their_own_formats():
    assert shown("ASK {}").boolean is True
    graph = shown("CONSTRUCT { <urn:a> <urn:b> 'c' } {}")
    assert [cell.link.text for cell in graph.rows[0]] == ["urn:a", "urn:b", "c"]
    assert "/there?format=turtle" in [link.href for link in graph.downloads]
