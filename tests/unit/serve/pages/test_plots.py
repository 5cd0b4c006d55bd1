"""Which bars a plot has when not all can be drawn."""

from __future__ import annotations

from decimal import Decimal

from ssrgraph.serve.pages.plots import bar_plot


def drawn(labels, limit):
    values = [(label, Decimal(number), "") for number, label in enumerate(labels, 1)]
    plot = bar_plot("p", "A plot", values, limit=limit)
    return [bar.label for bar in plot.bars], plot.more, plot.latest


def test_of_names_the_first_are_drawn():
    assert drawn(["Fiji", "Chad", "Oman"], 2) == (["Fiji", "Chad"], 1, False)


def test_of_years_the_last_are_drawn():
    assert drawn(["1990", "2019", "2020"], 2) == (["2019", "2020"], 1, True)


def test_what_has_no_year_stands_behind_the_years():
    assert drawn(["1990", "2019", "2020", "no year"], 3) == (["2019", "2020", "no year"], 1, True)


def test_names_among_which_is_a_year_are_no_series_of_years():
    assert drawn(["2020", "Fiji", "Chad"], 2) == (["2020", "Fiji"], 1, False)


def test_numbers_out_of_order_are_no_series_of_years():
    assert drawn(["2020", "1990", "2019"], 2) == (["2020", "1990"], 1, False)


def test_a_plot_of_nothing_has_no_bar():
    assert drawn([], 2) == ([], 0, False)
