"""Phrases that refer back to something named: "the Alliance", "the mission", "It"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.analysis import Mention
from ssrgraph.extraction.names.heads import head_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ssrgraph.extraction.analysis import Sentence
    from ssrgraph.extraction.model import Entity

_CAPITAL = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Ii]ts)\s+((?:new\s+)?([A-Z][a-z]+))(?![\w-]|\s+(?:of|for|on|to|and|[A-Z]))"
)
_LOWER = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+((?:(?:new|current|former|existing|follow-on)\s+)?"
    r"(mission|operation|task force|force|alliance|coalition|programme|program|agreement|country|organization"
    r"|organisation|agency|ministry))(?!\w|-|\s+(?:of|for|to)\s)"
)
_NEW = re.compile(r"\b[Aa]n?\s+((?:new\s+)?\S+-led\s+(?:\w+\s+)?(mission|operation|task force|force))\b")
_HELD = re.compile(r"['’]s\s+((?:new\s+|own\s+)?(?:(\w+)\s+)?(mission|operation))\b(?!\s+to\b)")  # noqa: RUF001 - typographic signs are meant
_PRONOUN = re.compile(r"(?:It|They)(?=\s)")
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
    named = [m for m in mentions if m.form == "name"]
    heads = {id_: _heads(entity) for id_, entity in entities.items()}
    back: list[Mention] = []
    former_subject: Mention | None = None
    for sentence in sentences:
        found = [
            *_definite(text, sentence.span, named, entities, heads),
            *_descriptions(text, sentence.span, named, entities),
        ]
        found = [m for m in found if not any(m.span.meets(other.span) for other in named)]
        pronoun = _PRONOUN.match(text, sentence.span.start, sentence.span.end)
        if pronoun and former_subject is not None and pronoun.group() == "It":
            span = Span(pronoun.start(), pronoun.end())
            found.append(Mention(span=span, entity=former_subject.entity, kind=former_subject.kind, form="back"))
        back += found
        former_subject = _subject(sentence, [*named, *found]) or (former_subject if pronoun else None)
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
    named: Sequence[Mention],
    entities: Mapping[str, Entity],
    heads: Mapping[str, frozenset[str]],
) -> Iterator[Mention]:
    for match in _CAPITAL.finditer(text, sentence.start, sentence.end):
        head = fold_name(match.group(2))
        if head in head_table():
            before = [m for m in named if m.span.start < match.start() and head in heads.get(m.entity, ())]
            if before:
                yield _back(Span(match.start(1), match.end(1)), before[-1])
    for match in _LOWER.finditer(text, sentence.start, sentence.end):
        candidates = _of_kind(match.group(2), named, entities, heads)
        before = [m for m in candidates if m.span.start < match.start()]
        only = len({m.entity for m in candidates}) == 1
        if before or (only and match.group(2) == "mission"):
            yield _back(Span(match.start(1), match.end(1)), (before or candidates)[-1])


def _descriptions(
    text: str, sentence: Span, named: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[Mention]:
    """Yield "a new X-led mission" where the document has one, and "X's training mission" where one is named so."""
    missions = [m for m in named if m.kind is EntityKind.MISSION and not m.nested]
    for match in _NEW.finditer(text, sentence.start, sentence.end):
        if len({m.entity for m in missions}) == 1:
            yield _back(Span(match.start(2), match.end(2)), missions[0])
    for match in _HELD.finditer(text, sentence.start, sentence.end):
        word = (match.group(2) or "").casefold()
        fitting = [m for m in missions if not word or word in fold_name(entities[m.entity].label).split()]
        before = [m for m in fitting if m.span.start < match.start()]
        exact = [m for m in before if fold_name(entities[m.entity].label).endswith(f"{word} {match.group(3)}")]
        if exact or len({m.entity for m in fitting}) == 1:
            yield _back(Span(match.start(1), match.end(1)), (exact or before or fitting)[-1])


def _of_kind(
    noun: str, named: Sequence[Mention], entities: Mapping[str, Entity], heads: Mapping[str, frozenset[str]]
) -> list[Mention]:
    if noun == "country":
        return [m for m in named if entities[m.entity].type == "country"]
    kind = _LOWER_KINDS.get(noun)
    if kind is EntityKind.MISSION:
        return [m for m in named if m.kind is kind and not m.nested]
    return [m for m in named if fold_name(noun) in heads.get(m.entity, ()) and (kind is None or m.kind is kind)]


def _back(span: Span, mention: Mention) -> Mention:
    return Mention(span=span, entity=mention.entity, kind=mention.kind, form="back")


def _subject(sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that heads the subject of the sentence's main verb."""
    root = sentence.parsed.root
    for token in root.children:
        if token.dep_ in {"nsubj", "nsubjpass"}:
            place = sentence.token_span(token)
            holding = [m for m in mentions if m.span.covers(place) and not m.nested and m.form != "adjective"]
            if holding and holding[0].kind in {EntityKind.ORGANIZATION, EntityKind.MISSION, EntityKind.PROGRAMME}:
                return holding[0]
    return None
