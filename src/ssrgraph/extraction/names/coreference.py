"""Phrases that refer back to something named: "the Alliance", "the mission", "It"."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.analysis import Mention
from ssrgraph.extraction.names.heads import head_table
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ssrgraph.extraction.analysis import Sentence
    from ssrgraph.extraction.model import Entity

_CAPITAL = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts)\s+((?:new\s+)?([A-Z][a-z]+))(?![\w-]|\s+(?:of|for|on(?!\s\d)|to|and|[A-Z]))"
)
_LOWER = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+((?:(?:new|current|former|existing|follow-on)\s+)?"
    r"(mission|operation|task force|force|alliance|coalition|programme|program|agreement|country|organization"
    r"|organisation|agency|ministry))(?!\w|-|\s+(?:of|for|to)\s)"
)
_NEW = re.compile(r"\b[Aa]n?\s+((?:new\s+)?\S+-led\s+(?:\w+\s+)?(mission|operation|task force|force))\b")
_HELD = re.compile(r"['’]s\s+((?:new\s+|own\s+)?(?:(\w+)\s+)?(mission|operation))\b(?!\s+to\b)")
_PRONOUN = re.compile(r"(?:It|They)(?=\s)")
# What only a mission does or suffers: "It was commanded by X", "It withdrew in 2019".
_OF_A_MISSION = re.compile(
    r"\s+(?:(?:is|was|has been|had been)\s+(?:\w+ly\s+)?(?:commanded|headed|led|deployed|mandated"
    r"|withdrawn|disbanded|dissolved|terminated|replaced|succeeded)|withdrew|concluded|ended|closed)\b"
)
_NEAR = 500
_LOWER_KINDS = {
    "mission": EntityKind.MISSION,
    "operation": EntityKind.MISSION,
    "task force": EntityKind.MISSION,
    "force": EntityKind.MISSION,
    "programme": EntityKind.PROGRAMME,
    "program": EntityKind.PROGRAMME,
    "agreement": EntityKind.AGREEMENT,
}


def find_references_back(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> list[Mention]:
    """Return mentions by definite phrases and pronouns, each tied to what was named last and fits.

    A capitalised head ("the Ministry") refers to what has this head in its name; a common noun ("the mission") to the
    last of its kind, or to the only one of the document where none came before; "It" at the beginning of a sentence
    to the subject of the sentence before.
    """
    named = _Named([m for m in mentions if m.form == "name"], entities)
    back: list[Mention] = []
    former_subject: Mention | None = None
    for sentence in sentences:
        found = [
            *_definite(text, sentence.span, named),
            *_descriptions(text, sentence.span, named),
        ]
        found = [m for m in found if not named.places.meets(m.span)]
        pronoun = _PRONOUN.match(text, sentence.span.start, sentence.span.end)
        it = pronoun is not None and pronoun.group() == "It"
        mission = it and former_subject is not None and former_subject.kind is EntityKind.MISSION
        acts = it and pronoun is not None and _OF_A_MISSION.match(text, pronoun.end(), sentence.span.end) is not None
        if pronoun and former_subject is not None and it and (mission or not acts):
            span = Span(pronoun.start(), pronoun.end())
            found.append(Mention(span=span, entity=former_subject.entity, kind=former_subject.kind, form="back"))
        elif pronoun and acts:
            last = named.missions("").before(pronoun.start())
            near = last is not None and pronoun.start() - last.span.end < _NEAR
            found += [_back(Span(pronoun.start(), pronoun.end()), last)] if last is not None and near else []
        back += found
        former_subject = _subject(sentence, named.places, found) or (former_subject if pronoun else None)
    return back


def _heads(entity: Entity) -> frozenset[str]:
    """Return first and last words of an entity's names that are known heads, in lower case."""
    table = head_table()
    words: set[str] = set()
    for name in (entity.label, *entity.aliases):
        parts = fold_name(name).split()
        words.update(part for part in (parts[:1] + parts[-1:]) if part in table)
        # "Ministry", "Mission", "Commission": also where a complement or a country follows.
        words.update(
            part for part, after in pairwise(parts) if part in table and after in {"of", "for", "to", "on", "in"}
        )
    return frozenset(words)


def _definite(
    text: str,
    sentence: Span,
    named: _Named,
) -> Iterator[Mention]:
    for match in _CAPITAL.finditer(text, sentence.start, sentence.end):
        head = fold_name(match.group(2))
        if head in head_table():
            before = named.headed(head).before(match.start())
            if before is not None:
                yield _back(Span(match.start(1), match.end(1)), before)
    for match in _LOWER.finditer(text, sentence.start, sentence.end):
        candidates = named.of_kind(match.group(2))
        last = candidates.before(match.start())
        if last is None and candidates.only and match.group(2) == "mission":
            last = candidates.mentions[-1]
        if last is not None:
            yield _back(Span(match.start(1), match.end(1)), last)


def _descriptions(text: str, sentence: Span, named: _Named) -> Iterator[Mention]:
    """Yield "a new X-led mission" where the document has one, and "X's training mission" where one is named so."""
    for match in _NEW.finditer(text, sentence.start, sentence.end):
        if named.missions("").only:
            yield _back(Span(match.start(2), match.end(2)), named.missions("").mentions[0])
    for match in _HELD.finditer(text, sentence.start, sentence.end):
        word = (match.group(2) or "").casefold()
        fitting = named.missions(word)
        exact = named.missions(word, f"{word} {match.group(3)}").before(match.start())
        if exact is not None or fitting.only:
            last = exact or fitting.before(match.start()) or fitting.mentions[-1]
            yield _back(Span(match.start(1), match.end(1)), last)


class _Row:
    """Mentions in order of start, of which one is asked for by what it stands in front of."""

    __slots__ = ("mentions", "only")

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = list(mentions)
        self.only = len({m.entity for m in self.mentions}) == 1

    def before(self, offset: int) -> Mention | None:
        """Return the last mention that begins in front of an offset."""
        place = bisect_left(self.mentions, offset, key=lambda m: m.span.start)
        return self.mentions[place - 1] if place else None


class _Named:
    """The names of a document, by what a phrase that refers back says of them; each sort is gathered once."""

    def __init__(self, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> None:
        self.places = Overlaps(mentions)
        self._mentions = mentions
        self._entities = entities
        self._by_head: dict[str, list[Mention]] = {}
        heads = {id_: _heads(entity) for id_, entity in entities.items()}
        for mention in mentions:
            for head in heads.get(mention.entity, ()):
                self._by_head.setdefault(head, []).append(mention)
        self._rows: dict[tuple[str, ...], _Row] = {}

    def headed(self, head: str) -> _Row:
        """Return the mentions of what has a noun as its head."""
        return self._row(("head", head), lambda: self._by_head.get(head, ()))

    def of_kind(self, noun: str) -> _Row:
        """Return the mentions that a common noun may refer to."""
        kind = _LOWER_KINDS.get(noun)
        if noun == "country":
            return self._row((noun,), lambda: (m for m in self._mentions if self._entities[m.entity].type == "country"))
        if kind is EntityKind.MISSION:
            return self.missions("")
        headed = self._by_head.get(fold_name(noun), ())
        return self._row((noun,), lambda: (m for m in headed if kind is None or m.kind is kind))

    def missions(self, word: str, ending: str = "") -> _Row:
        """Return the mentions of missions that have a word in their names, and end with some words."""
        return self._row(("mission", word, ending), lambda: self._missions(word, ending))

    def _missions(self, word: str, ending: str) -> Iterator[Mention]:
        for mention in self._mentions if not word else self.missions("").mentions:
            label = fold_name(self._entities[mention.entity].label)
            fits = (not word or word in label.split()) and label.endswith(ending)
            if fits and mention.kind is EntityKind.MISSION and not mention.nested:
                yield mention

    def _row(self, key: tuple[str, ...], gather: Callable[[], Iterable[Mention]]) -> _Row:
        if key not in self._rows:
            self._rows[key] = _Row(gather())
        return self._rows[key]


def _back(span: Span, mention: Mention) -> Mention:
    return Mention(span=span, entity=mention.entity, kind=mention.kind, form="back")


def _subject(sentence: Sentence, named: Overlaps[Mention], back: Sequence[Mention]) -> Mention | None:
    """Return the mention that heads the subject of the sentence's main verb."""
    root = sentence.parsed.root
    for token in root.children:
        if token.dep_ in {"nsubj", "nsubjpass"}:
            place = sentence.token_span(token)
            near = [*named.meeting(place), *back]
            holding = [m for m in near if m.span.covers(place) and not m.nested and m.form != "adjective"]
            if holding and holding[0].kind in {EntityKind.ORGANIZATION, EntityKind.MISSION, EntityKind.PROGRAMME}:
                return holding[0]
    return None
