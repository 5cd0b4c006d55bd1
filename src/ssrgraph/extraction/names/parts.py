"""What the text says of which body is a part of which."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.heads import word_list
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ssrgraph.extraction.analysis import Mention, Sentence
    from ssrgraph.extraction.model import Entity

_BODIES = {"government", "military", "police", "international", "civil"}
_FORCES = {"military", "police"}
_PART_OF = re.compile(
    r"[\s,’']*(?:s\s+)?(?:\(\w+\)\s*)?"
    r"(?:,?\s*(?:which|that|itself)?\s*(?:is|are|was|were)?\s*(?:a |an |the )?(?:\w+ ){0,2}"
    r"(?:part of|(?:branch|component|arm|wing|unit|division|department|agency|body|organ) (?:of|within|in))"
    r"|,?\s*(?:which |that )?(?:belongs? to|reports? to|is subordinate(?:d)? to|sits within|falls under"
    r"|is attached to)"
    r"|,?\s*(?:subordinated? to|answerable to|reporting to|attached to"
    r"|(?:set up|created|established|formed|placed)(?:\s+in\s+(?:19|20)\d\d)?\s+(?:under|within|in))"
    # In a handbook: "National Police, 2,500, under the Ministry", "Gendarmerie, some 1,500 strong, part of".
    r"|,\s+(?:some |about |around )?[\d,]{2,8}(?:\s+(?:strong|men|personnel))?,\s+(?:under|part of))\s+(?:the\s+)?",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|in|within|at) the\s+|\s+of\s+", re.IGNORECASE)
# "the Navy, of which the Marine Corps is part".
_OF_WHICH = re.compile(r"\s*(?:\(\w+\)\s*)?[,(]?\s*of which (?:the )?", re.IGNORECASE)
_OF_WHICH_END = re.compile(
    r"\s+(?:is|are|was|were|forms?)\s+(?:an? )?(?:\w+ )?(?:part|branch|component)\b", re.IGNORECASE
)
_OWNS = re.compile(r"['’]s\s+")
# "Directorate for X, Ministry of Y": an address.
_UNDER = re.compile(r"^(?:\w+ ){0,4}(?:directorate|division|bureau|section|unit|inspectorate)\b", re.IGNORECASE)
_MINISTRY = re.compile(r",\s+(?:the\s+)?(?:[A-Z]\w+\s+)?(?:Ministry|Department) (?:of|for)\b")
_INCLUDING = re.compile(
    r"(?:['’]s?)?(?:\s*\(\w+\))?,?\s+\(?"
    r"(?:including|such as|which include[sd]?|which comprises?|comprising)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\b(?:academy|school|college|institute|university|centre|center|hospital)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:service|unit|division|centre|center|squadron)$", re.IGNORECASE)
_SOLDIERS = re.compile(
    r"\b(?:contingents?|soldiers|troops|service ?members|servicemen|battalion|peacekeepers)\b", re.IGNORECASE
)
_AROUND = 80
_NEAR = 45
_WAR = re.compile(r"\b(?:war|fights?|fighting|fought|rebellion|insurgency|offensive)\b[^.;]{0,30}\bagainst the$")
_COLON = re.compile(r"\s*(?:\([^()]*\))?:\s*")
_NEXT = re.compile(r"\s*(?:\([^()]*\))?,\s*(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?")
_LISTED = re.compile(r"\s*,?\s*(?:and\s+|as well as\s+)?(?:the\s+)?", re.IGNORECASE)


def find_parents(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Mapping[str, Entity],
    known: Mapping[str, tuple[tuple[str, Span], ...]],
) -> dict[str, tuple[tuple[str, Span], ...]]:
    """Return the parents known from names and those that the text states, by the child's id.

    Read are "X, part of Y", "the X of the Y", "Y, including the X", and a body called by the short form of another
    ("MoD Academy"). A state is no parent here: a national adjective or "of Iraq" says whose body it is, not its place.
    """
    parents = {child: dict(of) for child, of in known.items() if entities[child].type != "country"}
    places = Overlaps(m for m in mentions if not m.nested and m.form != "adjective")
    for sentence in sentences:
        inside = places.within(sentence.span)
        for child, parent, words in _stated(text, inside, entities):
            if child != parent and entities[child].type != "country" and child not in dict(parents.get(parent, {})):
                parents.setdefault(child, {}).setdefault(parent, words)
    for child, parent, words in _called_after(mentions, entities):
        if child not in parents:
            parents[child] = {parent: words}
    return {child: tuple(of.items()) for child, of in sorted(parents.items())}


def types_by_holder(
    text: str,
    entities: Mapping[str, Entity],
    mentions: Sequence[Mention],
    parents: Mapping[str, tuple[tuple[str, Span], ...]],
) -> dict[str, Entity]:
    """Return the entities, with the type of what their names or the text say they belong to where that tells more.

    A committee of the African Union is an international body, a school of the police a police one.
    """
    front: dict[str, str] = {}
    for number, mention in enumerate(mentions):
        inner = mentions[number + 1] if number + 1 < len(mentions) else None
        embassy = entities[mention.entity].label.startswith("Delegation of ")
        nested = inner is not None and inner.nested and (embassy or inner.span.start == mention.span.start)
        if inner is not None and nested and not mention.nested and mention.kind is EntityKind.ORGANIZATION:
            front.setdefault(mention.entity, inner.entity)
    typed = {}
    for id_, entity in entities.items():
        holders = [parent for parent, _ in parents.get(id_, ())] + ([front[id_]] if id_ in front else [])
        types = {entities[holder].type for holder in holders if holder != id_}
        above = {entities[parent].type for parent, _ in parents.get(id_, ())}
        typed[id_] = (
            entity if entity.reference else _of_fighters(text, _of_soldiers(text, _typed(entity, types, above)))
        )
    return typed


def _of_soldiers(text: str, entity: Entity) -> Entity:
    """Make a unit a military one where the text speaks of its contingent or soldiers: "the Cedar Unit's soldiers"."""
    if entity.type != "government" or not entity.label.endswith(" Unit"):
        return entity
    around = (text[max(0, span.start - _AROUND) : span.end + _AROUND] for span in entity.mentions)
    soldiers = any(_SOLDIERS.search(words) for words in around)
    return replace(entity, type="military") if soldiers else entity


def _of_fighters(text: str, entity: Entity) -> Entity:
    """Make a front or movement an armed group where the text speaks of its rebels or of a war against it."""
    if entity.type != "civil" or word_list("armed", "names").isdisjoint(entity.label.casefold().split()):
        return entity
    signs, followers = tuple(word_list("armed", "before")), tuple(word_list("armed", "behind"))
    for span in entity.mentions:
        before = " ".join(text[max(0, span.start - _NEAR) : span.start].casefold().split())
        behind = " ".join(text[span.end : span.end + _NEAR].casefold().split())
        if before.endswith(signs) or behind.startswith(followers) or _WAR.search(before):
            return replace(entity, type="armed_group")
    return entity


def _typed(entity: Entity, holders: set[str | None], above: set[str | None]) -> Entity:
    if entity.kind is not EntityKind.ORGANIZATION:
        return entity
    if entity.type == "government" and ("international" in holders or entity.label.startswith("International ")):
        return replace(entity, type="international")
    if "international" in holders and _SCHOOL.search(entity.label):
        return replace(entity, type="international")
    forces = sorted(_FORCES & holders)
    if entity.type == "civil" and forces and _SCHOOL.search(entity.label):
        return replace(entity, type=forces[0])
    units = sorted(_FORCES & above)
    if entity.type == "government" and units and _UNIT.search(entity.label):
        return replace(entity, type=units[0])
    return entity


def _stated(text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> Iterator[tuple[str, str, Span]]:
    for first, second in pairwise(mentions):
        gap = text[first.span.end : second.span.start]
        if not (_is_body(first, entities) and _is_body(second, entities)):
            continue
        both = Span(first.span.start, second.span.end)
        address = _UNDER.search(entities[first.entity].label) and _MINISTRY.match(text, first.span.end)
        part_of = _OF_WHICH.fullmatch(gap) and _OF_WHICH_END.match(text, second.span.end)
        owns = _OWNS.fullmatch(gap) and not entities[second.entity].reference
        if part_of or owns:
            yield second.entity, first.entity, both
        elif (
            (address and gap.strip() == ",")
            or _PART_OF.fullmatch(gap)
            or (_OF.fullmatch(gap) and _may_hold(second, entities))
        ):
            yield first.entity, second.entity, both
    yield from _enumerated(text, mentions, entities)
    for number, whole in enumerate(mentions):
        if not (_is_force(whole, entities) or entities[whole.entity].type == "civil"):
            continue
        yield from _included(text, whole, mentions[number + 1 :], entities)


def _enumerated(
    text: str, mentions: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[tuple[str, str, Span]]:
    """Yield the parts that a line lists behind a body's name and a colon: "Armed Forces: Army, Navy, Air Force"."""
    whole = mentions[0] if mentions else None
    if whole is None or not _is_body(whole, entities):
        return
    line = text.rfind("\n", 0, whole.span.start) + 1
    if text[line : whole.span.start].strip(" \t•*-") or not _COLON.match(text, whole.span.end):
        return
    end, gap = whole.span.end, _COLON
    for part in mentions[1:]:
        if gap.fullmatch(text[end : part.span.start]) is None or not _is_body(part, entities):
            return
        yield part.entity, whole.entity, Span(whole.span.start, part.span.end)
        end, gap = part.span.end, _NEXT


def _included(
    text: str, whole: Mention, behind: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[tuple[str, str, Span]]:
    end, gap = whole.span.end, _INCLUDING
    for part in behind:
        if gap.fullmatch(text[end : part.span.start]) is None or not _may_be_part(whole, part, entities):
            return
        yield part.entity, whole.entity, Span(whole.span.start, part.span.end)
        end, gap = part.span.end, _LISTED


def _may_be_part(whole: Mention, part: Mention, entities: Mapping[str, Entity]) -> bool:
    """Say whether a list of a body's parts may have another one in it: forces and directorates of a force."""
    entity = entities[part.entity]
    if not _is_force(whole, entities):
        return entity.type == "civil"
    return entity.type in _FORCES or (entity.type == "government" and _UNDER.search(entity.label) is not None)


def _called_after(mentions: Sequence[Mention], entities: Mapping[str, Entity]) -> Iterator[tuple[str, str, Span]]:
    for number, mention in enumerate(mentions):
        if mention.kind is not EntityKind.ORGANIZATION or mention.nested or entities[mention.entity].reference:
            continue
        for place in range(number + 1, len(mentions)):
            inner = mentions[place]
            if not mention.span.covers(inner.span):
                break
            front = inner.nested and inner.span.start == mention.span.start and inner.kind is EntityKind.ORGANIZATION
            if front and entities[inner.entity].type in _BODIES and inner.entity != mention.entity:
                yield mention.entity, inner.entity, mention.span


def _is_body(mention: Mention, entities: Mapping[str, Entity]) -> bool:
    return mention.kind is EntityKind.ORGANIZATION and entities[mention.entity].type in _BODIES


def _may_hold(mention: Mention, entities: Mapping[str, Entity]) -> bool:
    return entities[mention.entity].type in {"government", "military", "police", "international"}


def _is_force(mention: Mention, entities: Mapping[str, Entity]) -> bool:
    return mention.kind is EntityKind.ORGANIZATION and entities[mention.entity].type in _FORCES
