"""What is matched: candidates with their names, what is wanted, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a name is for its entity; also the name of the feature that compares it."""

    LABEL = "label"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"


class Strictness(StrEnum):
    """How the wanted types count."""

    ANY = "any"
    """A candidate has at least one of them."""
    ALL = "all"
    """A candidate has all of them."""
    SHOULD = "should"
    """A candidate that has none of them scores less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of an entity.

    Attributes:
        text: As it is written.
        role: What it is for the entity.
    """

    text: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entity that may be meant.

    Attributes:
        id: Its IRI.
        label: What it is called.
        names: All its names, the label among them.
        types: The IRIs of its classes.
    """

    id: str
    label: str
    names: tuple[Name, ...]
    types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for.

    Attributes:
        text: A name; "" if only properties are given.
        types: The IRIs of classes.
        strictness: How they count.
        properties: Values that it should have: the property, and its values, each a name or an IRI.
    """

    text: str = ""
    types: tuple[str, ...] = ()
    strictness: Strictness = Strictness.ANY
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A reason for a score.

    Attributes:
        id: What was compared: `label`, `alias`, `abbreviation`, `type`, or a property such as `country`.
        value: How well it agrees, from 0 to 1.
    """

    id: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A candidate with its score.

    Attributes:
        candidate: The candidate.
        score: From 0 to 100.
        features: Why.
        is_certain: Whether nothing else comes near: one of its names is the same, all that was asked for agrees, and
            no other candidate has that name.
    """

    candidate: Candidate
    score: float
    features: tuple[Feature, ...] = field(default=())
    is_certain: bool = False
