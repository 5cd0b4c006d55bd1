"""Parts of the pages on which links are reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssrgraph.serve.pages.parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedLine:
    """An entity without a link.

    Attributes:
        link: Its name, leading to its candidates.
        kind: What it is.
        documents: How many documents name it.
        candidates: How many candidates there are.
        best: The score of the best one; "" without any.
    """

    link: Link
    kind: str
    documents: int
    candidates: int
    best: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """An item that an entity may be.

    Attributes:
        item: Its identifier.
        link: Its name, leading to Wikidata.
        about: What it is, in words.
        score: From 0 to 100.
        features: What makes up the score: the name of each feature and its value.
        is_open: Whether somebody has looked at it and left it open.
    """

    item: str
    link: Link
    about: str
    score: str
    features: tuple[tuple[str, str], ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """What somebody has decided.

    Attributes:
        subject: The entity.
        is_accepted: Whether it is the item; else it is not.
        object: The item.
        author: Who decided it.
        date: When.
    """

    subject: str
    is_accepted: bool
    object: Link
    author: str
    date: str
