"""Members of alliances, coalitions and multinational missions."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.contributors import contributors
from ssrgraph.extraction.claims.founding import founders, in_brackets
from ssrgraph.extraction.claims.groups import (
    BETWEEN,
    is_group,
    joins_group,
    may_be_member,
    membership,
    sent_elsewhere,
)
from ssrgraph.extraction.claims.membership_phrases import by_phrases
from ssrgraph.extraction.claims.nearby import listed_from, mention_after, mention_before, pattern, run_to
from ssrgraph.extraction.claims.profile import entries
from ssrgraph.extraction.claims.senders import allies, senders
from ssrgraph.extraction.claims.sending_clauses import by_clauses
from ssrgraph.extraction.claims.taking_part import beside, taking_part
from ssrgraph.extraction.claims.terms import former_missions, mission_spoken_of
from ssrgraph.extraction.clauses import status_of
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Claim, Membership, Rejected
from ssrgraph.extraction.names.heads import is_operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

# What may stand between a group and the list of its members beside it: "EU Member States A and B", "the Quad (A, B".
_NOUN = re.compile(
    r"(?:['’]s?)?\s*(?:(?:founding|full|current|core|original|new)\s+)?"
    r"(?:(?:member|partner|participating|framework)\s+)?"
    r"(?P<noun>countr(?:y|ies)|states?|nations?|members?|partners|allies|ally)?\s*(?P<mark>[–—(:]|-(?=\s))?\s*(?:namely\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
# Staff of several states, whose mission the sentences before may name.
_STAFF = re.compile(
    r"(?:instructors|trainers|troops|contingents|personnel|advis[eo]rs|training teams|soldiers|forces)\b", re.IGNORECASE
)
_CONTRIBUTORS = re.compile(
    r"\b(?:(?:troop|police)[ -])?(?:contribut\w+|participa\w+|member|framework)(?:\s+(?:states|countries|nations))?\b|"
    rf"^{_STAFF.pattern}",
    re.IGNORECASE,
)
# Words of membership, one of which must stand between a group and a list that is further away.
_LIKELY = re.compile(
    r"member|contribut|particip|nation|countr|coalition|alli|state|troop|personnel|\bled\b|made up|compris|compos"
    r"|partner",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r",?\s*of which (?:(?P<both>both|both (?:countries|states|sides))|(?P<it>it|the country)|(?P<who>[^,.;]{3,60}?))"
    r" (?:is|are|were|was|has been|became) (?:an? )?(?:(?!not\b|no\b)\w+ )?(?:members?|part)\b",
    re.IGNORECASE,
)
# "NATO ally X", "EU member state Y": one alone will do.
_SINGULAR = re.compile(r"^\s(?:member|ally|member (?:state|country|nation))\s$", re.IGNORECASE)
_WHOSE = re.compile(r",?\s+whose\s+(?:[\w-]+\s+)?$")
_IT = re.compile(r",\s(?:it|they|both|the country)\s$", re.IGNORECASE)
# Two states that the sentences before have named: "Both countries are members of".
_BOTH = re.compile(
    r"\b(?:both|both (?:of them|countries|states|nations|sides|partners|neighbours|neighbors)|the two"
    r" (?:countries|states|nations|partners|neighbours|neighbors|sides))(?: \w+ly)?\s$",
    re.IGNORECASE,
)
_PARTNERS = re.compile(r"\bpartners?\b", re.IGNORECASE)
_FEWEST_IN_A_LIST = 3
_FEWEST_IN_APPOSITION = 2
_REACH = 25
_OPENING = 4
_FAR = 25


def read_memberships(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield the members that the document lists for a group, and those of which it says that they belong or joined."""
    seen: set[tuple[str, str]] = set()
    said = [*_profiles(analysis), *_said(analysis), *contributors(analysis)]
    for claim in sorted(said, key=lambda each: each.quote):
        if isinstance(claim, Membership):
            if (claim.organization, claim.member) in seen or claim.organization == claim.member:
                continue
            seen.add((claim.organization, claim.member))
        yield claim


def _said(analysis: Analysis) -> Iterator[Claim | Rejected]:
    for sentence in analysis.body():
        if not analysis.mentions_in(sentence.span):
            continue
        yield from _lists(analysis, sentence)
        yield from _apposed(analysis, sentence)
        yield from _joins(analysis, sentence)
        yield from _of_which(analysis, sentence)
        yield from senders(analysis, sentence)
        yield from by_clauses(analysis, sentence)
        yield from by_phrases(analysis, sentence)
        yield from allies(analysis, sentence)
        for group, member, quote in (*founders(analysis, sentence), *in_brackets(analysis, sentence)):
            yield membership(sentence, group, member, rule="said to belong", quote=quote)
        for group, member, quote in taking_part(analysis, sentence, lambda m: is_group(analysis, m)):
            passage = Span(min(sentence.span.start, member.span.start), max(sentence.span.end, member.span.end))
            yield replace(membership(sentence, group, member, rule="takes part", quote=quote), passage=passage)


def _profiles(analysis: Analysis) -> Iterator[Membership]:
    """Yield the members that a line of a mission's profile lists: "Contributing countries: A, B and C"."""
    for entry in entries(analysis):
        if entry.slot != "contributors":
            continue
        named = [m for m in analysis.mentions_in(entry.value) if may_be_member(m) and joins_group(analysis, m)]
        first = named[0] if named and named[0].span.start - entry.value.start <= _OPENING else None
        listed = listed_from(analysis, entry.sentence, first, wanted=may_be_member) if first is not None else ()
        for member in [m for m in listed if joins_group(analysis, m)]:
            yield membership(entry.sentence, entry.mission, member, rule="line of a profile")


def _lists(analysis: Analysis, sentence: Sentence) -> Iterator[Claim | Rejected]:
    """Yield the members behind "comprises", "members are", "contributing nations include"."""
    for trigger in pattern("memberships", "lists").finditer(analysis.text, sentence.span.start, sentence.span.end):
        first = mention_after(analysis, sentence, trigger.end(), reach=6, wanted=may_be_member)
        if first is None or (_STAFF.match(trigger.group()) and sent_elsewhere(analysis, sentence, trigger.start())):
            continue
        members = list(listed_from(analysis, sentence, first, wanted=may_be_member))
        society = _society_before(analysis, sentence, trigger)
        if society is not None and len(members) >= _FEWEST_IN_APPOSITION:
            for member in members:
                yield membership(sentence, society, member, rule="list of members")
            continue
        countries = sum(analysis.entities[m.entity].type == "country" for m in members)
        contributors = _CONTRIBUTORS.search(trigger.group()) is not None
        fewest = _FEWEST_IN_APPOSITION if contributors else _FEWEST_IN_A_LIST
        if (
            len(members) < fewest
            or countries * 2 < len(members)
            or (_STAFF.match(trigger.group()) and countries < fewest)
        ):
            continue
        group = _group_of_list(analysis, sentence, trigger, contributors=contributors)
        if group is None:
            yield Rejected(table="memberships", reason="no group for the list", quote=first.span)
            continue
        leader = _leader(analysis, sentence, group, trigger.start())
        for member in [*leader, *members]:
            yield membership(sentence, group, member, rule="list of members")


def _society_before(analysis: Analysis, sentence: Sentence, trigger: re.Match[str]) -> Mention | None:
    """Return the alliance of societies of "the coalition X, whose members include A and B"."""
    whose = _WHOSE.search(analysis.text, sentence.span.start, trigger.start())
    found = analysis.mention_at(whose.start() - 1) if whose is not None else None
    if found is None or found.kind is not EntityKind.ORGANIZATION or found.form == "adjective":
        return None
    return found if analysis.entities[found.entity].type in {"civil", "international"} else None


def _group_of_list(
    analysis: Analysis, sentence: Sentence, trigger: re.Match[str], *, contributors: bool
) -> Mention | None:
    before = _group_before(analysis, sentence, trigger.start())
    if before is not None and contributors and _is_operation(analysis, before):
        # Contributing countries are those of the force, not of one of its operations.
        before = next(
            (m for m in _groups_before(analysis, sentence, trigger.start()) if not _is_operation(analysis, m)), before
        )
    if before is not None:
        gap = analysis.text[before.span.end : trigger.end()]
        near = len(gap) - len(trigger.group()) <= _FAR
        outside = _PARTNERS.search(gap) is not None and _has_partners(before)
        if _STAFF.match(trigger.group()) and ". " in gap:
            return None
        return before if (near or _LIKELY.search(gap)) and not outside else None
    named = _named_in(analysis, sentence, trigger.span())
    if named is not None or not contributors:
        return named
    # "Participating states: A, B and C" belongs to the mission or alliance that was named last.
    groups = analysis.once(_groups)
    if _STAFF.match(trigger.group()):
        # Staff "from A and B" are a mission's only where the document has named one so far.
        before_it = {m.entity: m for m in groups if m.span.end <= sentence.span.start}
        one = next(iter(before_it.values())) if len(before_it) == 1 else None
        return one if one is not None and one.kind is EntityKind.MISSION else None
    return mission_spoken_of(analysis, sentence.span.start) or _group_around(analysis, sentence, groups, trigger.end())


def _group_around(analysis: Analysis, sentence: Sentence, groups: list[Mention], end: int) -> Mention | None:
    """Return the group that was named last in front of a sentence, or else the mission that it names itself."""
    place = bisect_right(groups, sentence.span.start, key=lambda m: m.span.end)
    if place:
        # The first of a sentence is what it is about: "MINUSCA took over from MISCA. The largest contributors are".
        last = analysis.sentence_at(groups[place - 1].span.start)
        return next((m for m in groups if last is not None and last.span.covers(m.span)), groups[place - 1])
    behind = analysis.mentions_in(Span(end, sentence.span.end))
    return next((m for m in behind if m.kind is EntityKind.MISSION and m.form == "name"), None)


def _groups(analysis: Analysis) -> list[Mention]:
    """Return the mentions of missions, or where there are none of all groups, in order."""
    groups = [m for m in analysis.mentions if is_group(analysis, m) and not m.nested and m.form != "adjective"]
    return [m for m in groups if m.kind is EntityKind.MISSION] or groups


def _apposed(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the members that stand beside the group's name: "the Quad (A, B and C)", "EU Member States A and B"."""
    mentions = analysis.mentions_in(sentence.span)
    for group in mentions:
        if not is_group(analysis, group) or group.form == "back":
            continue
        link = _NOUN.match(analysis.text, group.span.end, sentence.span.end)
        if link is None or not (link.group("noun") or link.group("mark")):
            continue
        noun = link.group("noun") or ""
        if _PARTNERS.search(noun) and _has_partners(group):
            continue
        first = mention_after(analysis, sentence, link.end(), reach=1, wanted=may_be_member)
        members = list(listed_from(analysis, sentence, first, wanted=may_be_member)) if first is not None else []
        one = _SINGULAR.search(link.group()) is not None
        fewest = 1 if one else _FEWEST_IN_APPOSITION if noun else _FEWEST_IN_A_LIST
        if len(members) >= fewest and all(analysis.entities[m.entity].type == "country" for m in members):
            for member in members:
                yield membership(sentence, group, member, rule="list beside the name")


def _of_which(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the members of "the Z, of which both are members" and "of which A and B are members"."""
    for trigger in _OF_WHICH.finditer(analysis.text, sentence.span.start, sentence.span.end):
        group = _group_before(analysis, sentence, trigger.start())
        if group is None:
            continue
        if trigger.group("both"):
            members = _two_states(analysis, sentence)
        elif trigger.group("it"):
            members = _state_meant(analysis, sentence, trigger.start())
        else:
            members = [
                m
                for m in analysis.mentions_in(Span(trigger.start("who"), trigger.end("who")))
                if may_be_member(m) and joins_group(analysis, m)
            ]
        for member in members:
            yield membership(sentence, group, member, rule="said to belong", quote=Span(*trigger.span()))


def _state_meant(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the state that "it" means: the subject of the sentence, or where that is "it" too, of the one before."""
    place = analysis.place_of(sentence)
    for each in reversed(analysis.sentences[max(0, place - 1) : place + 1]):
        for token in each.parsed.root.children:
            found = analysis.mention_at(each.token_span(token).start) if token.dep_ == "nsubj" else None
            if (
                found is not None
                and found.span.end <= at
                and joins_group(analysis, found)
                and found.form != "adjective"
            ):
                return [found]
    return []


def _is_state_named(analysis: Analysis, mention: Mention) -> bool:
    return joins_group(analysis, mention) and mention.form != "adjective"


def _two_states(analysis: Analysis, sentence: Sentence) -> list[Mention]:
    """Return the two states of which a document treats: those named by far the most often up to a sentence."""
    named: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        if mention.span.end <= sentence.span.end and joins_group(analysis, mention):
            named.setdefault(mention.entity, []).append(mention)
    ranked = sorted(named.values(), key=len, reverse=True)
    third = len(ranked[2]) if len(ranked) > 2 else 0  # noqa: PLR2004 - the third
    if len(ranked) < 2 or len(ranked[1]) <= third:  # noqa: PLR2004 - a pair
        return []
    return sorted((mentions[0] for mentions in ranked[:2]), key=lambda m: m.span)


def _has_partners(group: Mention) -> bool:
    """Say whether the group's "partners" are states that do not belong to it."""
    return group.entity in load_lexicon("relations")["memberships"]["partners_outside"]


def _joins(analysis: Analysis, sentence: Sentence) -> Iterator[Claim | Rejected]:
    """Yield who is said to have joined a group, or to be a member of it."""
    for trigger in pattern("memberships", "joins").finditer(analysis.text, sentence.span.start, sentence.span.end):
        group = mention_after(analysis, sentence, trigger.end(), reach=12, wanted=lambda m: is_group(analysis, m))
        if group is None:
            continue
        member, others = _who_joins(analysis, sentence, trigger.start())
        if member is None and _BOTH.search(analysis.text, sentence.span.start, trigger.start()):
            for one in _two_states(analysis, sentence):
                yield membership(sentence, group, one, rule="said to belong", quote=Span(*trigger.span()))
        if member is None or not joins_group(analysis, member):
            continue
        stated = BETWEEN.fullmatch(f"{analysis.text[member.span.end : trigger.start()]} ") is not None
        if not stated and _IT.search(analysis.text, member.span.end, trigger.start()) is None:
            continue
        standing = status_of(analysis, sentence, group.span)
        if standing.planned or standing.doubt:
            yield Rejected(table="memberships", reason="not yet a member", quote=member.span)
            continue
        groups = list(
            listed_from(analysis, sentence, group, wanted=lambda m: is_group(analysis, m) and m.form == "name")
        )
        for each in groups:
            for one in [*run_to(analysis, sentence, member), *others]:
                yield membership(sentence, each, one, rule="said to belong")


def _who_joins(analysis: Analysis, sentence: Sentence, at: int) -> tuple[Mention | None, list[Mention]]:
    """Return the member named in front of a verb of joining, and the states beside it."""
    member = mention_before(analysis, sentence, at, reach=_REACH, wanted=may_be_member)
    others = beside(analysis, sentence)
    if member is not None and member in others:
        member = None
    if member is None and others and _IT.search(analysis.text, others[-1].span.end, at):
        member = others.pop()  # who "it" is, the sentences before say; those beside it stand here
    return member, others


def _is_operation(analysis: Analysis, mention: Mention) -> bool:
    return mention.kind is EntityKind.MISSION and is_operation(analysis.entities[mention.entity].label)


def _groups_before(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the groups that a sentence names in front of an offset, the nearest first."""
    wanted = [m for m in analysis.mentions_in(sentence.span) if m.span.end <= at and is_group(analysis, m)]
    former = former_missions(analysis)
    # "M, which replaced N, with troops from": those are M's.
    return [m for m in wanted[::-1] if m.entity not in former] or wanted[::-1]


def _group_before(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    wanted = _groups_before(analysis, sentence, at)
    return wanted[0] if wanted else None


def _named_in(analysis: Analysis, sentence: Sentence, trigger: tuple[int, int]) -> Mention | None:
    inside = [m for m in analysis.mentions_in(sentence.span) if trigger[0] <= m.span.start < trigger[1]]
    return next((m for m in inside if is_group(analysis, m)), None)


def _leader(analysis: Analysis, sentence: Sentence, group: Mention, at: int) -> list[Mention]:
    """Return the member that leads, where the list of the others follows: "led by A and including B, C and D"."""
    for trigger in pattern("missions", "led_by").finditer(analysis.text, group.span.end, at):
        leader = mention_after(analysis, sentence, trigger.end(), reach=6, wanted=may_be_member)
        if leader is not None and leader.span.end <= at:
            return [leader]
    return []
