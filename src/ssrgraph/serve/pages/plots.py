"""Bar plots: what is drawn where, as numbers; the template draws it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ssrgraph.serve.pages import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW = 44
_BAR = 18
_TOP = 4
_LONGEST = 44
_ROOM = 60
"""How much of the width the longest bar takes, of a hundred; its figure stands behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar.

    Attributes:
        label: What it stands for.
        value: How much, in words.
        href: Where it leads.
        y: Its upper edge.
        width: How long it is, of a hundred.
    """

    label: str
    value: str
    href: str
    y: int
    width: float

    @property
    def text_y(self) -> int:
        """Where the base line of its label lies: above the bar."""
        return self.y - 6

    @property
    def value_y(self) -> int:
        """Where the base line of its figure lies: in the middle of the bar."""
        return self.y + 14


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPlot:
    """A plot of horizontal bars.

    Attributes:
        name: Its id within a page.
        title: What it shows.
        unit: What is counted.
        bars: The bars, from the top.
        height: How many pixels it is high.
        more: How many bars there would be beyond those that are drawn.
        latest: Whether these are the last ones and not the first ones.
    """

    name: str
    title: str
    unit: str
    bars: tuple[Bar, ...]
    height: int
    more: int = 0
    latest: bool = False

    @property
    def bar_height(self) -> int:
        """How high a bar is."""
        return _BAR

    @property
    def summary(self) -> str:
        """The plot in a sentence, for who cannot see it."""
        if not self.bars:
            return f"{self.title}: nothing."
        most = max(self.bars, key=lambda bar: bar.width)
        return f"{self.title}: {len(self.bars)} bars; the longest is {most.label} with {most.value}."


def bar_plot(
    name: str,
    title: str,
    values: Sequence[tuple[str, Decimal, str]],
    *,
    unit: str = "",
    limit: int = 12,
) -> BarPlot:
    """Return a plot.

    Args:
        name: Its id within a page.
        title: What it shows.
        values: For each bar its label, how much, and where it leads.
        unit: What is counted; put before the figures.
        limit: How many bars are drawn: the first ones, and of a series of years the last ones.
    """
    latest = _are_years([label for label, _, _ in values])
    drawn = values[-limit:] if latest else values[:limit]
    most = max((value for _, value, _ in drawn), default=Decimal(0))
    bars = tuple(
        Bar(
            label=_cut(label),
            value=f"{unit} {figures.short(value)}".strip(),
            href=href,
            y=_TOP + place * _ROW + (_ROW - _BAR),
            width=_length(value, most),
        )
        for place, (label, value, href) in enumerate(drawn)
    )
    return BarPlot(
        name=name,
        title=title,
        unit=unit,
        bars=bars,
        height=_TOP + len(bars) * _ROW + 12,
        more=len(values) - len(drawn),
        latest=latest,
    )


def _are_years(labels: Sequence[str]) -> bool:
    """Say whether labels are years, in their order; one more may stand behind them, for what has no year."""
    years = [label for label in labels if re.fullmatch(r"\d{4}", label)]
    return len(labels) - len(years) <= 1 < len(labels) and sorted(years) == list(labels[: len(years)])


def _length(value: Decimal, most: Decimal) -> float:
    if most <= 0 or value <= 0:
        return 0.0
    return max(0.5, round(float(value / most) * _ROOM, 2))


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
