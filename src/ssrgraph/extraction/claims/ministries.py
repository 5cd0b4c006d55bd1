"""Ministries and departments of which a post's words name the portfolio: "Deputy Minister of Interior"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis

_SAME = {"defense": "defence", "labor": "labour"}
_SMALL = {"of", "the", "for", "and"}


def find_ministry(analysis: Analysis, role: str, state: str | None) -> str | None:
    """Return the ministry or department of which a post's words name the portfolio, if the document names it."""
    portfolios, nouns = _portfolios(role), _words("state", "bodies")
    if not portfolios:
        portfolios, nouns = _directed(role), frozenset({"directorate"})
    if not portfolios:
        return None
    code = analysis.entities[state].code if state else None
    countries, bodies = analysis.once(_countries), analysis.once(_bodies)
    for portfolio in portfolios:
        for id_ in bodies:
            if code is None or _state_code(analysis, id_) in {None, code}:
                entity = analysis.entities[id_]
                if any(_is_for(name, portfolio, countries, nouns) for name in (entity.label, *entity.aliases)):
                    return id_
    return None


def _countries(analysis: Analysis) -> frozenset[str]:
    return frozenset(fold_name(entity.label) for entity in analysis.entities.values() if entity.type == "country")


def _bodies(analysis: Analysis) -> list[str]:
    return [id_ for id_, entity in sorted(analysis.entities.items()) if entity.type == "government"]


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_lexicon("roles")[section][name])


def _state_code(analysis: Analysis, id_: str) -> str | None:
    """Return the code of the state that a body belongs to, if it is known."""
    known = analysis.reference.get(id_)
    if known is not None:
        return known.state
    ending = re.search(r"-([a-z]{2})$", id_)
    return ending.group(1).upper() if ending else None


def _is_for(name: str, portfolio: tuple[str, ...], countries: frozenset[str], nouns: frozenset[str]) -> bool:
    """Say whether a ministry's or department's name has a portfolio, with or without its state behind it."""
    words = [_SAME.get(word, word) for word in fold_name(name).split()]
    at = next((i for i, word in enumerate(words) if word in nouns), None)
    if at is None:
        return False
    behind = tuple(word for word in words[at + 1 :] if word not in _SMALL)
    if not behind:
        return tuple(words[max(0, at - len(portfolio)) : at]) == portfolio
    rest = " ".join(behind[len(portfolio) :])
    return behind[: len(portfolio)] == portfolio and (not rest or rest in countries)


def _directed(role: str) -> list[tuple[str, ...]]:
    """Return of what somebody is the director: "Director of Military Intelligence", of a directorate so called."""
    words = [_SAME.get(word, word) for word in fold_name(role).split()]
    at = next((i for i, word in enumerate(words[:-2]) if word == "director" and words[i + 1] in {"of", "for"}), None)
    portfolio = tuple(word for word in words[at + 2 :] if word not in _SMALL) if at is not None else ()
    return [portfolio] if portfolio else []


def _portfolios(role: str) -> list[tuple[str, ...]]:
    """Return what the words of a minister's or secretary's post may name, the likeliest first."""
    words = [_SAME.get(word, word) for word in fold_name(role).split()]
    at = next((i for i, word in enumerate(words) if word in _words("state", "ministers")), None)
    if at is None:
        return []
    found: list[tuple[str, ...]] = []
    parts: list[list[str]] = [[]]
    for word in words[at + 1 :]:
        if word in {"of", "for"}:
            parts.append([])
        elif word not in _SMALL:
            parts[-1].append(word)
    found += [tuple(part) for part in reversed(parts[1:]) if part]
    front = [
        word
        for word in words[:at]
        if word
        not in {
            "deputy",
            "senior",
            "acting",
            "assistant",
            "under",
            "prime",
            "former",
            "first",
            "vice",
            "permanent",
            "parliamentary",
        }
    ]
    if front:
        found.append(("foreign", "affairs") if front == ["foreign"] else tuple(front))
    return found
