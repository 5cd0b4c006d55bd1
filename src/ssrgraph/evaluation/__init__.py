"""How well the fact tables agree with what people read from the same documents."""

from __future__ import annotations

from ssrgraph.evaluation.conventions import COLUMNS, CORE
from ssrgraph.evaluation.model import (
    Difference,
    DifferenceKind,
    Evaluation,
    Facts,
    Gold,
    GoldRow,
    Quotes,
    Row,
    Score,
)
from ssrgraph.evaluation.reading import GoldError, read_facts, read_gold, read_texts
from ssrgraph.evaluation.report import HEADER, describe, score_records, score_rows
from ssrgraph.evaluation.scoring import evaluate, score

__all__ = [
    "COLUMNS",
    "CORE",
    "HEADER",
    "Difference",
    "DifferenceKind",
    "Evaluation",
    "Facts",
    "Gold",
    "GoldError",
    "GoldRow",
    "Quotes",
    "Row",
    "Score",
    "describe",
    "evaluate",
    "read_facts",
    "read_gold",
    "read_texts",
    "score",
    "score_records",
    "score_rows",
]
