"""All names of one sentence: those of the reference data, composed ones, and national forces in lower case."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.brackets import ABBREVIATION, Bracket, bracket_at, fits_state, foreign_at
from ssrgraph.extraction.names.compose import Composed, Composer
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.headings import plainly_a_name
from ssrgraph.extraction.names.heads import head_at_end, word_list
from ssrgraph.extraction.names.matching import is_article_of_name
from ssrgraph.extraction.names.no_names import as_used, is_no_name
from ssrgraph.extraction.names.plain_programmes import holds_known
from ssrgraph.extraction.names.state_forces import StateForces
from ssrgraph.extraction.names.words import Word, span_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ssrgraph.extraction.names.matching import Match, Matcher

_COLUMN = 3
_NOT_HOLDERS = {"country", None}


def find_names(
    text: str,
    sentence: Span,
    matcher: Matcher,
    *,
    states: frozenset[str],
    modifiers: frozenset[int] = frozenset(),
    composed: bool = True,
    known: Mapping[int, Match] | None = None,
) -> list[Found]:
    """Return the names in a sentence in order of their start, the nested ones behind those that hold them.

    Args:
        text: The document's text.
        sentence: The sentence.
        matcher: Finds the names of the reference data.
        states: Codes of the states that are prominent in the document.
        modifiers: Offsets of the words that modify a noun behind them; "military" in "military schools" names no force.
        composed: Whether to compose names by pattern without further signs; not where every word has a capital.
        known: What the matcher finds without prominent states, by the index of its first word, where that has been
            asked for all capitalised words and numbers already; most words need not be asked for again.
    """
    words = words_of(text, sentence)
    begins = (i for i, word in enumerate(words) if word.capital or word.number or is_article_of_name(words, i))
    if known is None:
        found = [(i, matcher.at(words, i, text, states)) for i in begins]
    else:
        asked = ((i, words[i]) for i in begins)
        found = [
            (i, known.get(i))
            if (word.capital or word.number) and not matcher.decided_by_states(word)
            else (i, matcher.at(words, i, text, states))
            for i, word in asked
        ]
    matches = {i: as_used(words, match) for i, match in found if match is not None and not is_no_name(words, match)}
    return list(
        _Scan(text, words, matches, matcher=matcher, states=states, modifiers=modifiers, composed=composed).run()
    )


class _Scan:
    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        matches: dict[int, Match],
        *,
        matcher: Matcher,
        states: frozenset[str],
        modifiers: frozenset[int],
        composed: bool,
    ) -> None:
        self._text = text
        self._matcher = matcher
        self._states = states
        self._words = words
        self._matches = matches
        gaps = ((i, text[a.end : b.start]) for i, (a, b) in enumerate(pairwise(words), 1) if b.start - a.end >= _COLUMN)
        self._composer = Composer(words, matches, frozenset(i for i, gap in gaps if "\n" not in gap))
        self._everywhere = composed
        self._forces = StateForces(words, matches, modifiers, reference=self._reference, label=self._label)
        self._last: Found | None = None
        self._last_behind = -1

    def run(self) -> Iterator[Found]:
        i = 0
        while i < len(self._words):
            founds, behind = self._at(i)
            if not founds:
                i += 1
                continue
            founds, behind = self._with_abbreviation(founds, behind)
            main = self._held(founds[0], i)
            yield main
            yield from founds[1:]
            self._last, self._last_behind = (main if len(founds) == 1 or founds[1].nested else founds[-1]), behind
            i = behind

    def _at(self, i: int) -> tuple[list[Found], int]:
        match = self._matches.get(i)
        if match is not None and not self._everywhere and self._is_end_of_a_name(match):
            match = None
        composed = self._composer.at(i)
        if composed is not None and holds_known(self._words, self._matches.values(), composed):
            composed = None
        if composed is not None and not self._everywhere and not plainly_a_name(self._words, composed):
            composed = None
        if match is not None and composed is not None and self._splits(match, composed):
            composed = None
        if match is not None and composed is not None and self._is_the_state(match, composed):
            span = span_of(self._words[match.first : composed.behind])
            return [replace(self._reference(match), span=span)], composed.behind
        if match is not None and composed is not None and self._has_legal_form(match, composed):
            span = span_of(self._words[match.first : composed.behind])
            return [replace(self._reference(match), span=span)], composed.behind
        if composed is not None and (match is None or match.adjective or composed.behind > match.behind):
            return self._composed(composed), composed.behind
        if match is None:
            return self._forces.of_states(i) or ([], i + 1)
        national = self._forces.national(match)
        if national is not None:
            return national
        return [self._reference(match), *self._within(match)], match.behind

    def _is_end_of_a_name(self, match: Match) -> bool:
        """Say whether a known body's name is only the end of another one in a heading: "NATIONAL SECURITY COUNCIL"."""
        before = self._words[match.first - 1] if match.first else None
        if before is None or not before.capital or match.first in {other.behind for other in self._matches.values()}:
            return False
        body = match.entity.kind is EntityKind.ORGANIZATION and match.entity.type != "country" and not match.adjective
        several = match.behind - match.first > 1
        return body and several and before.lower not in word_list("openers", "words") and not head_at_end((before,))

    def _is_the_state(self, match: Match, composed: Composed) -> bool:
        """Say whether a name is a state's name with "Government": another name of the state."""
        return (
            match.entity.type == "country"
            and not match.adjective
            and composed.head.words == "government"
            and composed.behind == match.behind + 1
        )

    def _has_legal_form(self, match: Match, composed: Composed) -> bool:
        """Say whether a company's name is followed by its legal form only: "Rheinmetall AG"."""
        behind = self._words[match.behind : composed.behind]
        if match.entity.type == "armed_group" and composed.behind > match.behind:
            # "Boko Haram Terrorist Group"
            return all(word.lower in word_list("links", "groups") for word in behind)
        legal = composed.head.words in word_list("companies", "legal_forms")
        return match.entity.type == "civil" and not match.adjective and legal and composed.behind == match.behind + 1

    def _within(self, match: Match) -> Iterator[Found]:
        """Yield the names within a name of the reference data: "NATO" and "Iraq" in "NATO Mission Iraq"."""
        if match.behind - match.first < 2 or match.adjective or match.entity.kind is EntityKind.PLACE:  # noqa: PLR2004 - one word holds none
            return
        i = match.first
        while i < match.behind:
            inner = self._inner(i, match)
            if inner is None:
                i += 1
                continue
            yield self._reference(inner, nested=True)
            i = inner.behind

    def _inner(self, i: int, match: Match) -> Match | None:
        """Return the longest name of another entity that begins at a word within a known name."""
        inner = self._matches.get(i)
        end = match.behind
        while inner is not None and (inner.behind > match.behind or inner.entity is match.entity):
            end = min(end, inner.behind) - 1
            inner = self._matcher.at(self._words[:end], i, self._text, self._states) if end > i else None
        return inner

    def _splits(self, match: Match, composed: Composed) -> bool:
        """Say whether a body's name is followed by the name of its part: "State Department Bureau of …"."""
        if match.adjective or match.entity.type in _NOT_HOLDERS or match.entity.kind is not EntityKind.ORGANIZATION:
            return False
        if composed.behind <= match.behind:
            return False
        if self._is_short_word(match):
            # "State Committee" in a document that calls the Department of State "State".
            return False
        rest = self._composer.at(match.behind)
        if composed.head.kind is EntityKind.AGREEMENT and composed.head.type == "agreement":
            return False
        known = self._matches.get(match.behind)
        if (
            known is not None
            and not known.adjective
            and known.behind >= composed.behind
            and head_at_end(self._words[known.first : known.first + 1])
        ):
            return True
        return (
            rest is not None
            and rest.head_behind - match.behind == len(rest.head.words.split())
            and rest.behind > rest.head_behind
            and self._words[rest.head_behind].lower in word_list("links", "complement")
        )

    def _reference(self, match: Match, *, nested: bool = False) -> Found:
        words = self._words[match.first : match.behind]
        entity = match.entity
        return Found(
            span=span_of(words),
            label=entity.label,
            surface=self._label(match.first, match.behind),
            kind=entity.kind,
            type=entity.type,
            reference=entity.id,
            form="adjective" if match.adjective else "name",
            nested=nested,
        )

    def _composed(self, composed: Composed) -> list[Found]:
        words = self._words
        inner = None
        if composed.skip and composed.skip[0][1] < composed.behind:
            at = composed.skip[0]
            inner = " ".join([words[at[0] + 1].text, *(w.text for w in words[at[1] : composed.behind])])
        first = self._matches.get(composed.first)
        owner = first.entity.id if first is not None and first.entity.type == "country" else None
        last = next(
            (m for m in self._matches.values() if m.behind == composed.behind and m.first > composed.head_behind), None
        )
        if (
            owner is None
            and last is not None
            and last.entity.type == "country"
            and composed.head.kind is EntityKind.ORGANIZATION
        ):
            owner = last.entity.id
        base = Found(
            span=span_of(words[composed.first : composed.behind]),
            label=self._label(composed.first, composed.behind, composed.skip),
            kind=composed.head.kind,
            type=composed.head.type,
            head=composed.head.words,
            inner=inner,
            owner=owner,
        )
        if composed.skip and composed.skip[-1][1] == composed.behind - 1:
            base = replace(base, abbreviation=words[composed.skip[-1][0] + 1].text, inner=None)
        names = [base]
        if composed.head.plural and len(composed.items) > 1:
            names = self._distributed(composed, base)
        return [*names, *self._nested(composed)]

    def _label(self, first: int, behind: int, skip: tuple[tuple[int, int], ...] = ()) -> str:
        cut = [w for i, w in enumerate(self._words[first:behind], first) if not any(a <= i < b for a, b in skip)]
        label = cut[0].text
        for former, word in pairwise(cut):
            gap = "" if self._text[former.end : word.start] == "" else " "
            label += f"{gap}{word.text}"
        return label

    def _distributed(self, composed: Composed, base: Found) -> list[Found]:
        """Make one name of each complement of a plural head: "Ministries of Defence and Justice" are two."""
        head_words = self._words[composed.first : composed.head_behind]
        plural = head_words[-1].text
        single = composed.head.words.split()[-1]
        front = [w.text for w in head_words[:-1]] + [single.capitalize() if plural[0].isupper() else single]
        link = [w.text for w in self._words[composed.head_behind : composed.items[0][0]]]
        names = []
        for number, (a, b) in enumerate(composed.items):
            start = composed.first if number == 0 else a
            label = " ".join([*front, *link, self._label(a, b)])
            name = replace(base, span=span_of(self._words[start:b]), label=label, inner=None)
            known = self._matcher.lookup(label, self._states)
            if known is not None:
                name = replace(name, label=known.label, surface=label, type=known.type, reference=known.id)
            bracket = bracket_at(self._words, b) if number + 1 < len(composed.items) else None
            names.append(name if bracket is None else replace(name, abbreviation=bracket.words))
        return names

    def _nested(self, composed: Composed) -> Iterator[Found]:
        i = composed.first
        while i < composed.behind:
            match = self._matches.get(i)
            if (
                match is None
                or match.behind > composed.behind
                or match.entity.kind not in {EntityKind.ORGANIZATION, EntityKind.PLACE}
                or (i > composed.first and self._is_end_of_a_name(match))
                or self._is_short_word(match)
            ):
                yield from self._joined_by_hyphen(self._words[i])
                i += 1
                continue
            short = next((self._words[a + 1].text for a, _ in composed.skip if a == match.behind), None)
            yield replace(self._reference(match, nested=True), abbreviation=short)
            i = match.behind

    def _is_short_word(self, match: Match) -> bool:
        """Say whether a match is a word that the document uses as a body's short name: "State", "Defense"."""
        short = self._words[match.first].text
        return match.behind - match.first == 1 and short == match.entity.abbreviation and not short.isupper()

    def _joined_by_hyphen(self, word: Word) -> Iterator[Found]:
        """Yield the states in "Japan-Australia"."""
        parts = word.text.split("-")
        states = [self._matcher.lookup(part, self._states) for part in parts] if len(parts) > 1 else []
        if not all(state is not None and state.type == "country" for state in states):
            return
        at = word.start
        for part, state in zip(parts, states, strict=False):
            if state is not None:
                span = Span(at, at + len(part))
                yield Found(
                    span=span,
                    label=state.label,
                    surface=part,
                    kind=state.kind,
                    type=state.type,
                    reference=state.id,
                    nested=True,
                )
            at += len(part) + 1

    def _with_abbreviation(self, founds: list[Found], behind: int) -> tuple[list[Found], int]:
        """Take what stands in brackets behind a name, also behind its possessive: "Security Forces' (ISF)"."""
        words = self._words
        at = behind + (behind < len(words) and words[behind].what == "possessive")
        last = next((i for i in range(len(founds) - 1, -1, -1) if not founds[i].nested), 0)
        name = founds[last]
        bracket = bracket_at(words, at) or foreign_at(words, at)
        if bracket is None or name.form == "adjective" or name.kind in {EntityKind.PLACE, EntityKind.PERSON}:
            return founds, behind
        other = self._matches.get(at + 1)
        if other is not None and other.behind == bracket.close and other.entity.type == "country":
            if name.type == "country":
                return founds, behind
            founds[last] = replace(name, owner=other.entity.id)
            return [*founds, self._reference(other)], bracket.close + 1
        if not self._short_form(name, bracket, other):
            return founds, behind
        span = Span(name.span.start, words[bracket.close].end)
        if bracket.abbreviation:
            founds[last] = replace(name, abbreviation=bracket.words, span=span)
        else:
            founds[last] = replace(name, inner=bracket.words, span=span)
        return founds, bracket.close + 1

    @staticmethod
    def _short_form(name: Found, bracket: Bracket, other: Match | None) -> bool:
        """Say whether what stands in brackets may be a short form or another name of what stands before them."""
        words = name.surface or name.label
        if name.type == "country":
            return bracket.abbreviation and fits_state(bracket.words, words)
        if ABBREVIATION.match(bracket.words):
            return other is None or other.entity.kind is not EntityKind.PLACE
        if other is not None and other.entity.id != name.reference:
            return False
        if name.type == "law":
            return bracket.words.startswith(("Law ", "Act ", "Decree ")) and bracket.words[-1].isdigit()
        return name.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION} and " " in words

    def _held(self, found: Found, first: int) -> Found:
        """Tie a name to the one before it: "Iraq's Ministry …", "State Department Bureau …", "X, Office of Y"."""
        last = self._last
        if last is None or found.kind not in {
            EntityKind.ORGANIZATION,
            EntityKind.MISSION,
            EntityKind.PROGRAMME,
            EntityKind.AGREEMENT,
        }:
            return found
        if found.type == "country":
            return found
        between = self._words[self._last_behind : first]
        said = [word.lower for word in between]
        possessive = bool(between) and between[0].what == "possessive" and len(between) <= 2  # noqa: PLR2004 - one adjective
        adjacent = not between
        apposed = (
            said == [","]
            and found.head in {"office", "directorate", "division", "bureau", "unit", "department"}
            and last.kind is EntityKind.ORGANIZATION
            and self._ends_phrase(found)
        )
        if last.kind is EntityKind.ORGANIZATION and last.type == "country":
            fits = possessive or (adjacent and last.form == "name")
            return replace(found, owner=found.owner or last.reference) if fits else found
        if possessive or adjacent or apposed:
            return replace(found, holder=last.span)
        if (
            said in (["of"], ["of", "the"], ["in", "the"], ["within", "the"])
            and last.kind is EntityKind.ORGANIZATION
            and found.type != "country"
        ):
            self._last = None
        return found

    def _ends_phrase(self, found: Found) -> bool:
        behind = next((w for w in self._words if w.start >= found.span.end), None)
        return head_at_end(()) is None and (behind is None or behind.lower not in {",", "and", "or"})
