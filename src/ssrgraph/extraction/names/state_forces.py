"""Bodies named by their state and a common noun, with or without capitals: "Kenyan armed forces", "Peru's Navy"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import word_list
from ssrgraph.extraction.names.national import distributed, holders_before, national_label, phrase_at
from ssrgraph.extraction.names.words import span_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

    class _Reference(Protocol):
        def __call__(self, match: Match, *, nested: bool = False) -> Found: ...

    class _Label(Protocol):
        def __call__(self, first: int, behind: int) -> str: ...


class StateForces:
    """Reads the bodies of states in the words of one sentence.

    Args:
        words: The words.
        matches: The reference names by the index at which they begin.
        modifiers: Offsets of the words that modify a noun behind them.
        reference: Makes a name of a match.
        label: Gives the words between two indices as a label.
    """

    def __init__(
        self,
        words: Sequence[Word],
        matches: Mapping[int, Match],
        modifiers: frozenset[int],
        *,
        reference: _Reference,
        label: _Label,
    ) -> None:
        self._words = words
        self._matches = matches
        self._modifiers = modifiers
        self._reference = reference
        self._label = label

    def national(self, match: Match) -> tuple[list[Found], int] | None:
        """Read a force by its state and a common noun: "Kenyan armed forces", "the U.S. military", "Dutch police"."""
        body = match.entity.type in {"police", "military"} and match.behind - match.first == 1
        found = phrase_at(self._words, match.behind) if match.entity.type == "country" or body else None
        if found is None:
            return None
        behind, phrase, type_ = found
        words = self._words
        modifies = words[behind - 1].start in self._modifiers or (
            match.first and words[match.first - 1].lower in {"a", "an"}
        )
        if modifies and not self._is_spoken_for(behind, phrase):
            return None
        if self._counts_people(match.first, behind):
            return None
        span = span_of(words[match.first : behind])
        if phrase == "government" and not match.adjective and match.entity.type == "country":
            return [replace(self._reference(match), span=span, surface=match.entity.label)], behind
        national = Found(
            span=span,
            label=self._label(match.first, behind),
            kind=EntityKind.ORGANIZATION,
            type=type_,
            head=phrase.split()[-1],
            owner=None if body else match.entity.id,
        )
        return [national, self._reference(match, nested=True)], behind

    def _is_spoken_for(self, behind: int, phrase: str) -> bool:
        """Say whether who speaks for a body stands behind it: "a Kenyan interior ministry official"."""
        follower = self._words[behind].lower if behind < len(self._words) else ""
        speakers = word_list("national", "speakers")
        officials = word_list("national", "officials")
        return follower in speakers or (
            follower in officials and phrase.rsplit(maxsplit=1)[-1] in {"ministry", "embassy"}
        )

    def _counts_people(self, first: int, behind: int) -> bool:
        """Say whether a phrase in small letters speaks of people: "400 French special forces", "army and police"."""
        words = self._words
        if words[behind - 1].capital:
            return False
        counted = first > 0 and words[first - 1].number
        joined = [word.lower for word in words[behind : behind + 2]] in (["and", "civilian"], ["and", "police"])
        return joined or (counted and words[behind - 1].lower.endswith("forces"))

    def _of_the_state(self, i: int) -> tuple[list[Found], int] | None:
        """Read a force in small letters with its state behind "of": "the armed forces of the Republic of Chad"."""
        words = self._words
        if i == 0 or words[i].capital or words[i - 1].lower != "the":
            return None
        behind = next((k for k in (i + 2, i + 1) if _words_are(words[i:k], "of_states")), None)
        if behind is None or behind >= len(words) or words[behind].lower != "of":
            return None
        at = behind + 1 + (behind + 1 < len(words) and words[behind + 1].lower == "the")
        match = self._matches.get(at)
        if match is None or match.adjective or match.entity.type != "country":
            return None
        follower = words[match.behind : match.behind + 2]
        listed = bool(follower) and follower[0].text in {",", "and"} and follower[-1].capital
        if listed or (follower and follower[0].what == "possessive"):
            return None
        phrase = " ".join(word.lower for word in words[i:behind])
        found = Found(
            span=span_of(words[i : match.behind]),
            label=national_label(match.entity, phrase, capital=False),
            surface=self._label(i, match.behind),
            kind=EntityKind.ORGANIZATION,
            type="police" if phrase in {"national police", "gendarmerie"} else "military",
            head=phrase.split()[-1],
            owner=match.entity.id,
        )
        return [found, self._reference(match, nested=True)], match.behind

    def of_states(self, i: int) -> tuple[list[Found], int] | None:
        """Read bodies by the states in front: "Cameroon's Army", "Colombia's and Ecuador's Navies"."""
        words = self._words
        behind_of = self._of_the_state(i)
        if behind_of is not None:
            return behind_of
        several = list(distributed(words, self._matches, i))
        if several:
            behind = several[0][0]
            span = span_of(words[i:behind])
            return [
                Found(
                    span=span,
                    label=label,
                    kind=EntityKind.ORGANIZATION,
                    type=type_,
                    head=words[i].lower,
                    owner=state.id,
                )
                for _, label, type_, state in several
            ], behind
        if i == 0 or words[i - 1].what != "possessive":
            return None
        holders = holders_before(words, self._matches, i)
        found = phrase_at(words, i) if len(holders) == 1 else None
        if found is None or found[2] == "government" or words[found[0] - 1].start in self._modifiers:
            return None
        behind, phrase, type_ = found
        if not words[behind - 1].capital and behind < len(words) and words[behind].capital:
            return None
        label = national_label(holders[0], phrase, words[i].capital)
        span = span_of(words[i:behind])
        head = phrase.split()[-1]
        return [
            Found(span=span, label=label, kind=EntityKind.ORGANIZATION, type=type_, head=head, owner=holders[0].id)
        ], behind


def _words_are(words: Sequence[Word], name: str) -> bool:
    return " ".join(word.lower for word in words) in word_list("national", name)
