"""What the templates of the review of links are given."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """`sign-in.html`: showing the token, to review links.

    Attributes:
        problem: What was wrong the last time.
        author: The name that was given then.
        status: The HTTP status.
        is_stable: Whether the page is the same as long as the store is.
    """

    problem: str
    author: str
    status: int
    is_stable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage:
    """`links.html`: the entities without a link, and what was decided.

    Attributes:
        author: Who reviews.
        word: What forms must send back.
        lines: The entities.
        first: The number of the first of them.
        total: How many there are.
        before: The page with those before them; "" if there are none.
        behind: The page with those behind them; "" if there are none.
        begin: The page of the first entity that has candidates; "" if none near the beginning has any.
        not_asked: About how many of them Wikidata was not asked.
        file: Where decisions are kept.
        decided: The latest decisions.
        is_stable: Whether the page is the same as long as the store is.
    """

    author: str
    word: str
    lines: tuple[UnlinkedLine, ...]
    first: int
    total: int
    before: str
    behind: str
    begin: str
    not_asked: int
    file: str
    decided: tuple[DecisionLine, ...]
    is_stable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesPage:
    """`candidates.html`: what an entity may be, to decide on.

    Attributes:
        author: Who reviews.
        word: What forms must send back.
        entity: The entity, leading to its page.
        path: Its path below `/links/`.
        known: What is known of it and was compared, by the name of the feature.
        candidates: What it may be, the best first.
        is_asked: Whether Wikidata was asked about it.
        behind: The page of the next entity that has candidates, or of all.
        problem: Why the last decision was not kept.
        status: The HTTP status.
        is_stable: Whether the page is the same as long as the store is.
    """

    author: str
    word: str
    entity: Link
    path: str
    known: tuple[tuple[str, str], ...]
    candidates: tuple[CandidateCard, ...]
    is_asked: bool
    behind: str
    problem: str
    status: int
    is_stable: bool = False
