"""How sure a claim is: of claims read alike, the share that hand-made gold confirmed in every slot.

A rule says how plain its reading is, in a few steps. What such a reading is worth is measured, not felt:
`data/reference/confidence.csv` holds the shares, by table, by table and step, and by table, step and rule, the finer
ones drawn towards the coarser where few claims were seen. `benchmarks/calibration.py --fit` renews it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssrgraph.errors import DataError
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

COLUMNS = ("table", "step", "rule", "claims", "right", "confidence", "source")
"""The columns of the file. Empty `step` and `rule`: of all claims of the table; `right`: in every slot."""

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Claims that were read alike.

    Attributes:
        claims: How many there were.
        right: How many of them are right in every slot.
    """

    claims: int = 0
    right: int = 0

    def drawn_to(self, share: float, weight: float) -> float:
        """Return the share that is right, as if `weight` further claims had had another share."""
        return (self.right + weight * share) / (self.claims + weight)


class Confidences:
    """The measured shares.

    Args:
        shares: By table, step (as text) and rule; rule, or step and rule, may be empty.
    """

    def __init__(self, shares: Mapping[_Key, float] | None = None) -> None:
        self._shares = dict(shares or {})

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the shipped shares, or those of a file.

        Raises:
            DataError: The file cannot be read, lacks a column or has a share that is not between 0 and 1.
        """
        path = path or shipped("data/reference") / "confidence.csv"
        shares: dict[_Key, float] = {}
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    share = float(row["confidence"])
                    if not 0 <= share <= 1:
                        raise DataError(path, f"{share} is no share between 0 and 1")
                    shares[row["table"], row["step"], row["rule"]] = share
        except OSError as error:
            raise DataError(path, f"cannot be read: {error.strerror or error}") from error
        except (KeyError, ValueError) as error:
            raise DataError(path, f"cannot be read: {error}") from error
        return cls(shares)

    def of(self, table: str, step: float, rule: str) -> float:
        """Return the share for claims of a table that were read alike; the step itself where none was measured."""
        text = step_text(step)
        for key in ((table, text, rule), (table, text, ""), (table, "", "")):
            if key in self._shares:
                return self._shares[key]
        return step


def step_text(step: float) -> str:
    """Return a step as the file has it."""
    return f"{step:.2f}"


def fitted(outcomes: Iterable[tuple[str, float, str, bool]], *, weight: float = 10.0) -> list[dict[str, str]]:
    """Return the rows of the file, without their source, for claims that were compared with gold.

    Args:
        outcomes: Of each claim its table, step and rule, and whether it is right in every slot.
        weight: How many claims of its coarser group weigh as much as a group's own.
    """
    tallies: dict[_Key, Tally] = {}
    for table, step, rule, right in outcomes:
        text = step_text(step)
        for key in {(table, "", ""), (table, text, ""), (table, text, rule)}:
            former = tallies.get(key, Tally())
            tallies[key] = Tally(claims=former.claims + 1, right=former.right + right)
    shares: dict[_Key, float] = {}
    for key in sorted(tallies):  # what is coarser comes first
        name, group, single = key
        coarser = shares[name, group if single else "", ""] if group else 0.5
        shares[key] = tallies[key].drawn_to(coarser, weight if group else 2.0)
    return [
        {
            **dict(zip(COLUMNS[:3], key, strict=True)),
            "claims": str(tallies[key].claims),
            "right": str(tallies[key].right),
            "confidence": f"{min(max(share, 0.01), 0.99):.2f}",
        }
        for key, share in shares.items()
    ]
