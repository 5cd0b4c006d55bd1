"""Missions, operations, task forces and programme offices: who leads, where, since when, on whose request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.acting import acting_mission
from ssrgraph.extraction.claims.command import find_commander
from ssrgraph.extraction.claims.mandates import find_mandate, is_subject
from ssrgraph.extraction.claims.nearby import (
    listed_from,
    mention_after,
    mention_before,
    pattern,
    run_to,
    sentences_naming,
)
from ssrgraph.extraction.claims.profile import dates_of, entries_of
from ssrgraph.extraction.claims.terms import find_predecessor, find_terms
from ssrgraph.extraction.model import Claim, Mission, Rejected
from ssrgraph.extraction.names.heads import is_operation, word_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_HOST_BEHIND = re.compile(
    r"(?:\s*\([^)]*\))?(?:\s+(?:mission|operation|force))?,?\s+(?:in|to|for|inside|across)\s+(?:the\s+)?", re.IGNORECASE
)
_IN = re.compile(r"\b(?:in|across|throughout|inside)\s+(?:the\s+)?", re.IGNORECASE)
_LED_BEFORE = re.compile(r"([-‑])led\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_LED_BEHIND = re.compile(
    r"([-‑])led\s+(?:[\w-]+\s+){0,3}(?:mission|operation|force|task force|coalition)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"|\s*(?:\([^)]*\))?,?\s+(?:(?:which\s+)?(?:is|was|remains)\s+)?(?:a|an|the)\s+(?:\w+\s+){0,2}", re.IGNORECASE
)
_SEAT = re.compile(r"(?:headquarter\w*|based|seat|offices?)\s*$", re.IGNORECASE)
_ACTIVE_IN = re.compile(
    r"\b(?:operat\w+|deployed|works?|working|active|stationed|serving|present|patrols?|based)\s+(?:\w+\s+){0,2}?(?:in|across|throughout)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\s+$")
_THE = re.compile(r"(?:\s*\([^)]*\))?,\s+(?:the\s+)?")
_ITS_MISSION = re.compile(
    r"(?:['’]s?)?\s+(?:[\w-]+\s+){0,4}(?:mission|operation|task force|training effort|force)\b",
    re.IGNORECASE,
)
# "M, the Union's training mission at X in Y".
_WORKS_AT = re.compile(
    r"(?:\s*\([^)]*\))?,\s+(?:the|an?|its)\s+(?:[\w'’.-]+\s+){0,8}?(?:mission|operation|task force|force)\s+"
    r"(?:at\s+\w+\s+)?in\s+(?:the\s+)?",
    re.IGNORECASE,
)
# "in X under M", "deployed to X with M".
_WITH_IT = re.compile(r"\s+(?:under|with|as part of|within)\s+(?:the\s+)?$")
_TOGETHER = re.compile(r"(?:jointly |co-?)", re.IGNORECASE)
_IN_PLACE = re.compile(r"\b(?:in|to)\s+(?:the\s+)?$", re.IGNORECASE)
# Between a verb's "by" and its agent nothing ends a phrase.
_APART = re.compile(r"[,;\d]")
_WHICH = re.compile(r"(?:\s*\([^)]*\))?,?\s+(?:which|that)\s+(?:the\s+)?(?=(?P<leader>[A-Z]))")
_LEADS_IT = re.compile(
    r"(?:\s*\([^)]*\))?\s+(?:\w+ly\s+)?(?:has |have |had |also |first |now |jointly )*"
    r"(?:leads?|led|launched|established|set up|runs?|commands?|heads?|created|mounted|conducts?|began|started"
    r"|initiated)\b"
)
# "Niger, where Operation M": the host.
_WHERE = re.compile(r",\swhere\s(?:the\s|its\s)?$")
_NEAR = 90
# "the Peruvian authorities": the state.
_AUTHORITIES = re.compile(r"\s+(?:authorities|government|side)\b", re.IGNORECASE)
_UNION = "organization/european-union"
_LEADERS = {"country", "international", "government", "military", "police"}


@dataclass(slots=True)
class _Slots:
    """Slots as they fill up; the first that is said stays."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, Span] = field(default_factory=dict)

    def put(self, slot: str, value: str, words: Span) -> None:
        if slot not in self.values:
            self.values[slot] = (value,)
            self.words[slot] = words


def read_missions(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each mission that the document names."""
    named: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        if mention.kind is EntityKind.MISSION and mention.form == "name" and not mention.nested:
            named.setdefault(mention.entity, []).append(mention)
    for entity_id, names in sorted(named.items(), key=lambda item: item[1][0].span):
        yield _claim(analysis, entity_id, names)


def _claim(analysis: Analysis, entity_id: str, names: list[Mention]) -> Mission:
    entity = analysis.entities[entity_id]
    slots = _Slots()
    _profile(analysis, entity_id, slots)
    naming = sentences_naming(analysis, entity_id)
    for sentence, mentions in naming:
        for mention in mentions:
            _held(analysis, sentence, mention, slots)
            _lead(analysis, sentence, mention, slots)
            _leads(analysis, sentence, mention, slots)
            _which_leads(analysis, sentence, mention, slots)
            _host(analysis, sentence, mention, slots)
        _request(analysis, sentence, mentions, slots)
    commander = find_commander(analysis, entity_id, naming)
    if commander is not None:
        slots.put("commander", commander.entity, commander.span)
    former = find_predecessor(analysis, entity_id)
    if former is not None:
        slots.put("predecessor", former.entity, former.span)
    for holder, span in analysis.parents.get(entity_id, ()):
        if _is_leader(analysis, holder):
            slots.put("lead", holder, span)
    for mention in names:
        _from_name(analysis, mention, slots)
    for slot, (value, span) in find_terms(analysis, naming).items():
        slots.put(slot, value, span)
    for sentence, mentions in naming:
        _works_in(analysis, sentence, mentions, slots)
    mandate = find_mandate(analysis, entity_id, naming)
    quote = next(
        (m.span for m in names if entity.abbreviation and f"({entity.abbreviation})" in m.span.of(analysis.text)),
        names[0].span,
    )
    first = analysis.sentence_at(quote.start)
    one = {slot: values[0] for slot, values in slots.values.items()}
    return Mission(
        quote=quote,
        passage=first.span if first else quote,
        words=slots.words,
        mission=entity_id,
        abbreviation=entity.abbreviation,
        lead=slots.values.get("lead", ()),
        host=slots.values.get("host", ()),
        start=one.get("start"),
        end=one.get("end"),
        commander=slots.values.get("commander", ()),
        requested_by=slots.values.get("requested_by", ()),
        mandate=mandate,
        predecessor=slots.values.get("predecessor", ()),
        confidence=0.85,
        rule="named mission",
    )


def _profile(analysis: Analysis, entity_id: str, slots: _Slots) -> None:
    """Fill the slots that the lines of a profile name: "Start date: …", "Head of Mission: …"."""
    for entry in entries_of(analysis, entity_id):
        if entry.slot in {"start", "end", "term"}:
            begins, ends = dates_of(analysis, entry)
            if begins is not None and begins.from_ is not None:
                slots.put("start", begins.from_, begins.span)
            if ends is not None and ends.to is not None:
                slots.put("end", ends.to, ends.span)
            continue
        fits = _FITS.get(entry.slot)
        named = [m for m in analysis.mentions_in(entry.value) if fits is not None and fits(analysis, m)]
        # Several places say where people are, and not where the mission works.
        if named and (entry.slot != "host" or len(named) == 1):
            slots.put(entry.slot, named[0].entity, named[0].span)


def _may_lead(analysis: Analysis, mention: Mention) -> bool:
    return mention.kind is EntityKind.ORGANIZATION and _is_leader(analysis, mention.entity)


def _may_head(analysis: Analysis, leader: Mention, mission: Mention) -> bool:
    """Say whether a mention may lead a mission: a body, or the task force that runs an operation."""
    force = leader.kind is EntityKind.MISSION and "force" in analysis.entities[leader.entity].label.casefold()
    if leader.kind is EntityKind.MISSION and is_operation(analysis.entities[mission.entity].label):
        force = force or not is_operation(analysis.entities[leader.entity].label)  # a mission's own operation
    return _may_lead(analysis, leader) or (force and leader.entity != mission.entity)


def _is_leader(analysis: Analysis, entity_id: str) -> bool:
    return analysis.entities[entity_id].type in _LEADERS


def _held(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    """Fill the lead from "X's Operation M" and "M, X's training mission", and the host."""
    text = analysis.text
    if _POSSESSIVE.search(text, sentence.span.start, mention.span.start):
        holder = mention_before(analysis, sentence, mention.span.start, reach=4, wanted=lambda m: m.form == "name")
        if holder is not None and _may_lead(analysis, holder):
            slots.put("lead", holder.entity, holder.span)
    link = _THE.match(text, mention.span.end, sentence.span.end)
    if link is not None:
        apposed = mention_after(analysis, sentence, link.end(), reach=1, wanted=lambda m: _may_lead(analysis, m))
        if apposed is not None and _ITS_MISSION.match(text, apposed.span.end, sentence.span.end):
            slots.put("lead", apposed.entity, apposed.span)
    _placed(analysis, sentence, mention, slots)


def _placed(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    """Fill the host from "M, a mission at X in Y", "in Y under M" and "in Y (M)"."""
    text = analysis.text
    working = _WORKS_AT.match(text, mention.span.end, sentence.span.end)
    if working is not None:
        place = mention_after(analysis, sentence, working.end(), reach=1, wanted=lambda m: _is_place(analysis, m))
        if place is not None:
            slots.put("host", place.entity, place.span)
    where = _WHERE.search(text, max(sentence.span.start, mention.span.start - _NEAR // 4), mention.span.start)
    if where is not None:
        place = mention_before(analysis, sentence, where.start(), reach=0, wanted=lambda m: _is_place(analysis, m))
        if place is not None:
            slots.put("host", place.entity, place.span)
    with_it = _WITH_IT.search(text, max(sentence.span.start, mention.span.start - _NEAR), mention.span.start)
    if with_it is not None:
        place = mention_before(analysis, sentence, with_it.start(), reach=1, wanted=lambda m: _is_place(analysis, m))
        if place is not None and _IN_PLACE.search(text, sentence.span.start, place.span.start):
            slots.put("host", place.entity, place.span)
    if text[mention.span.start - 1 : mention.span.start] == "(" and mention.span.start > 1:
        place = mention_before(analysis, sentence, mention.span.start, reach=2, wanted=lambda m: _is_place(analysis, m))
        if place is not None and _IN_PLACE.search(text, sentence.span.start, place.span.start):
            slots.put("host", place.entity, place.span)


def _lead(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    """Fill the lead from "led by", "the X-led M" and "M, an X-led mission"."""
    text = analysis.text
    for trigger in pattern("missions", "led_by").finditer(text, mention.span.end, sentence.span.end):
        if trigger.start() - mention.span.end > _NEAR:
            break
        behind = mention_after(analysis, sentence, trigger.end(), reach=45, wanted=lambda m: m.form != "adjective")
        if (
            behind is not None
            and not _APART.search(text, trigger.end(), behind.span.start)
            and _may_head(analysis, behind, mention)
            and _is_said_of(analysis, sentence, trigger, mention)
        ):
            slots.put("lead", behind.entity, behind.span)
    before = _LED_BEFORE.search(text, sentence.span.start, mention.span.start)
    behind_led = _LED_BEHIND.search(text, mention.span.end, min(mention.span.end + _NEAR, sentence.span.end))
    for led in (before, behind_led):
        if led is None:
            continue
        leader = mention_before(
            analysis, sentence, led.start(1), reach=2, wanted=lambda m: m.kind is EntityKind.ORGANIZATION
        )
        gap = text[mention.span.end : leader.span.start] if leader is not None and led is behind_led else ""
        if leader is not None and _may_lead(analysis, leader) and _APPOSED.fullmatch(gap):
            slots.put("lead", leader.entity, leader.span)


def _leads(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    """Fill the lead from "X leads M" and "X has established M"."""
    for trigger in pattern("missions", "leads").finditer(analysis.text, sentence.span.start, mention.span.start):
        if mention.span.start - trigger.end() > 2:  # noqa: PLR2004 - only white space may stand between
            continue
        leader = mention_before(
            analysis,
            sentence,
            trigger.start(),
            reach=_NEAR // 2,
            wanted=lambda m: _may_lead(analysis, m) and m.form != "adjective",
        )
        if leader is not None and _TOGETHER.match(trigger.group()):
            leader = run_to(analysis, sentence, leader)[0]
        if leader is not None and leader.entity != mention.entity:
            slots.put("lead", leader.entity, leader.span)


def _which_leads(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    """Fill the lead from "M, which X launched" and "M, which X and Y lead"."""
    link = _WHICH.match(analysis.text, mention.span.end, sentence.span.end)
    leader = analysis.mention_at(link.start("leader")) if link is not None else None
    if leader is None or not _may_lead(analysis, leader) or leader.form == "adjective":
        return
    last = list(listed_from(analysis, sentence, leader, wanted=lambda m: _may_lead(analysis, m)))[-1]
    if _LEADS_IT.match(analysis.text, last.span.end, sentence.span.end):
        slots.put("lead", leader.entity, leader.span)


def _is_said_of(analysis: Analysis, sentence: Sentence, trigger: re.Match[str], mention: Mention) -> bool:
    acting = acting_mission(analysis, sentence, trigger.start(), trigger.end())
    return acting is not None and acting.entity == mention.entity


def _host(analysis: Analysis, sentence: Sentence, mention: Mention, slots: _Slots) -> None:
    link = _HOST_BEHIND.match(analysis.text, mention.span.end, sentence.span.end)
    if link is None:
        return
    place = mention_after(analysis, sentence, link.end(), reach=1, wanted=lambda m: _is_place(analysis, m))
    if place is not None:
        slots.put("host", place.entity, place.span)


def _works_in(analysis: Analysis, sentence: Sentence, mentions: list[Mention], slots: _Slots) -> None:
    """Fill the host from the first "in" with a place behind the verb of which the mission is the subject."""
    for active in _ACTIVE_IN.finditer(analysis.text, mentions[0].span.end, sentence.span.end):
        acting = acting_mission(analysis, sentence, active.start(), active.end())
        place = mention_after(analysis, sentence, active.end(), reach=1, wanted=lambda m: _is_place(analysis, m))
        if acting is not None and acting in mentions and place is not None:
            slots.put("host", place.entity, place.span)
            return
    if not is_subject(sentence, mentions):
        return
    verb = sentence.token_span(sentence.parsed.root)
    for link in _IN.finditer(analysis.text, verb.end, sentence.span.end):
        if _SEAT.search(analysis.text, verb.start, link.start()):
            continue
        place = mention_after(analysis, sentence, link.end(), reach=1, wanted=lambda m: _is_place(analysis, m))
        if place is not None:
            slots.put("host", place.entity, place.span)
            return


def _is_place(analysis: Analysis, mention: Mention) -> bool:
    return mention.kind is EntityKind.PLACE or (
        analysis.entities[mention.entity].type == "country" and mention.form != "adjective"
    )


_FITS: dict[str, Callable[[Analysis, Mention], bool]] = {
    "commander": lambda _, mention: mention.kind is EntityKind.PERSON,
    "lead": _may_lead,
    "requested_by": _may_lead,
    "host": _is_place,
}


def _request(analysis: Analysis, sentence: Sentence, mentions: list[Mention], slots: _Slots) -> None:
    for trigger in pattern("missions", "requested").finditer(analysis.text, sentence.span.start, sentence.span.end):
        acting = acting_mission(analysis, sentence, trigger.start(), trigger.end())
        if acting is not None and acting not in mentions:
            continue
        who = mention_after(analysis, sentence, trigger.end(), reach=8, wanted=lambda m: _may_lead(analysis, m))
        if who is not None and (who.form == "name" or _AUTHORITIES.match(analysis.text, who.span.end)):
            slots.put("requested_by", who.entity, who.span)


def _from_name(analysis: Analysis, mention: Mention, slots: _Slots) -> None:
    """Fill lead and host from the name itself: the body it begins with, the state it ends with or is called after."""
    union = analysis.text[mention.span.start : mention.span.end].split()[0]
    if union.isupper() and union.casefold() in word_list("links", "union_missions") and _UNION in analysis.entities:
        slots.put("lead", _UNION, mention.span)
    inside = [m for m in analysis.mentions_in(mention.span, nested=True) if m.nested]
    for part in inside:
        entity = analysis.entities[part.entity]
        at_front = part.span.start == mention.span.start
        if (
            at_front
            and entity.type in {"international", "country"}
            and not (entity.type == "country" and _called_after(analysis, mention, part))
        ):
            slots.put("lead", part.entity, part.span)
        elif entity.type == "country" and part.form == "name":
            slots.put("host", part.entity, part.span)


def _called_after(analysis: Analysis, mention: Mention, part: Mention) -> bool:
    """Say whether a state in front of a mission's name is where it works ("Kosovo Force"), and not who leads it."""
    name = analysis.entities[mention.entity].label
    return part.form == "name" and len(name.split()) <= 3 and name.split()[-1].casefold() in {"force", "mission"}  # noqa: PLR2004
