"""Scores by named features.

The name counts first: the best of label, alias and abbreviation. What was asked for besides, a type or the value of a
property, takes a part of the score away where it does not agree, and half that part where nothing is known of it; it
never adds to a name that does not agree.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Protocol

from ssrgraph.entities.naming import exact_name, fold_name
from ssrgraph.matching.model import Feature, Match, Role, Strictness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ssrgraph.matching.index import Index
    from ssrgraph.matching.model import Candidate, Name, Wanted

    Values = Callable[[Candidate, str], Iterable[str]]

_WEIGHTS = {Role.LABEL: 1.0, Role.ALIAS: 0.97, Role.ABBREVIATION: 0.95}
"""How much a name is worth by its role: an abbreviation is shared more often than a label."""
_OTHER_CASE = 0.8
"""What an abbreviation is worth in small letters: `who` is a word."""
_UNEQUAL = 0.95
"""What names that are not the same are worth at most."""
_ALIKE = 0.84
"""From here on two words count as spellings of one."""
_LENGTH = 2
"""By how many letters they may be longer or shorter."""
_LEAST = 0.4
"""Names that agree less are no candidates."""
_TYPE_PART, _PROPERTY_PART = 0.25, 0.35
"""How much of a score is lost where a type or a property does not agree at all."""
_UNKNOWN = 0.5
"""How a property counts of which nothing is known."""
_SAME = 0.999
_GAP = 5.0
"""How far behind the next candidate must be for the first to be certain."""


class Rarity(Protocol):
    """How much a word tells: the rarer, the more."""

    def __call__(self, word: str) -> float:
        """Return the weight of a word."""
        ...


def matches(wanted: Wanted, index: Index, values: Values, *, limit: int) -> list[Match]:
    """Return the candidates that may be meant, the best first.

    Args:
        wanted: What is looked for.
        index: The candidates.
        values: The values that a candidate has for a property, each as names or IRIs.
        limit: How many are returned at most.
    """
    found = (_match(wanted, each, index.rarity, values) for each in index.near(wanted.text) if _is_wanted(wanted, each))
    ranked = sorted((each for each in found if each), key=lambda one: (-one.score, one.candidate.label))
    if ranked and _is_certain(ranked, asked=bool(wanted.types) + len(wanted.properties)):
        ranked[0] = replace(ranked[0], is_certain=True)
    return ranked[:limit]


def similarity(left: str, right: str, rarity: Rarity) -> float:
    """Return how much two names agree, from 0 to 1; 1 only if they are the same but for spelling.

    >>> similarity("The Ministry of Defence", "Ministry of Defense", lambda word: 1)
    1.0
    """
    one, other = fold_name(left), fold_name(right)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    mine, theirs = one.split(), other.split()
    weights = sum(map(rarity, mine)) + sum(map(rarity, theirs))
    shared = sum(2 * rarity(word) * _closest(word, theirs) for word in mine)
    return min(_UNEQUAL, shared / weights) if weights else 0.0


def _closest(word: str, words: Sequence[str]) -> float:
    if word in words:
        return 1.0
    alike = (each for each in words if each[0] == word[0] and abs(len(each) - len(word)) <= _LENGTH)
    best = max((SequenceMatcher(None, word, each).ratio() for each in alike), default=0.0)
    return best if best >= _ALIKE else 0.0


def _is_wanted(wanted: Wanted, candidate: Candidate) -> bool:
    if not wanted.types or wanted.strictness is Strictness.SHOULD:
        return True
    has = [each in candidate.types for each in wanted.types]
    return all(has) if wanted.strictness is Strictness.ALL else any(has)


def _match(wanted: Wanted, candidate: Candidate, rarity: Rarity, values: Values) -> Match | None:
    names = _of_names(wanted.text, candidate.names, rarity) if wanted.text else {}
    score = 100.0
    if wanted.text:
        best = max((_WEIGHTS[role] * value for role, value in names.items()), default=0.0)
        if best < _LEAST:
            return None
        score *= max(best, 1.0 if max(names.values()) >= _SAME else 0.0)
    features = [Feature(id=role.value, value=round(value, 4)) for role, value in names.items()]
    if wanted.types:
        value = 1.0 if candidate.types.intersection(wanted.types) else 0.0
        features.append(Feature(id="type", value=value))
        score *= 1 - _TYPE_PART * (1 - value)
    agreed = [(name, _agreement(given, values(candidate, name), rarity)) for name, given in wanted.properties]
    features += [Feature(id=name, value=round(value, 4)) for name, value in agreed if value is not None]
    if not wanted.text:
        if not any(value for _, value in agreed):
            return None
        score *= sum(value or 0.0 for _, value in agreed) / len(agreed)
    else:
        for _, share in agreed:
            score *= 1 - _PROPERTY_PART * (1 - (_UNKNOWN if share is None else share))
    return Match(candidate=candidate, score=round(score, 2), features=tuple(features))


def _of_names(text: str, names: Iterable[Name], rarity: Rarity) -> dict[Role, float]:
    found: dict[Role, float] = {}
    for name in names:
        value = _of_abbreviation(text, name.text) if name.role is Role.ABBREVIATION else None
        if value is None:
            value = similarity(text, name.text, rarity)
        found[name.role] = max(found.get(name.role, 0.0), value)
    return found


def _of_abbreviation(text: str, abbreviation: str) -> float:
    if exact_name(text) == exact_name(abbreviation):
        return 1.0
    return _OTHER_CASE if fold_name(text) == fold_name(abbreviation) else 0.0


def _agreement(given: Iterable[str], has: Iterable[str], rarity: Rarity) -> float | None:
    """Return how well values agree; None where nothing is known."""
    theirs = list(has)
    if not theirs:
        return None
    return max((_equal(one, other, rarity) for one in given for other in theirs), default=0.0)


def _equal(one: str, other: str, rarity: Rarity) -> float:
    return 1.0 if one == other else similarity(one, other, rarity)


def _is_certain(ranked: Sequence[Match], *, asked: int) -> bool:
    first = ranked[0]
    roles = {role.value for role in Role}
    names = [one.value for one in first.features if one.id in roles]
    others = [one.value for one in first.features if one.id not in roles]
    if not names or max(names) < _SAME or len(others) < asked or min(others, default=1.0) < _SAME:
        return False
    return len(ranked) == 1 or ranked[1].score <= first.score - _GAP
