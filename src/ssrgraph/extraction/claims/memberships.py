"""Members of alliances, coalitions and multinational missions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nearby import listed_from, mention_after, mention_before, pattern
from ssrgraph.extraction.clauses import status_of
from ssrgraph.extraction.model import Claim, Membership, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_BETWEEN = re.compile(r"\s*(?:,?\s*(?:which|who|that|itself|also|now|and)\s+)*,?\s*")
_FEWEST_IN_A_LIST = 3
_REACH = 25


def read_memberships(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield the members that the document lists for a group, and those of which it says that they belong or joined."""
    seen: set[tuple[str, str]] = set()
    for sentence in analysis.body():
        for claim in (*_lists(analysis, sentence), *_joins(analysis, sentence)):
            if isinstance(claim, Membership):
                if (claim.organization, claim.member) in seen or claim.organization == claim.member:
                    continue
                seen.add((claim.organization, claim.member))
            yield claim


def _lists(analysis: Analysis, sentence: Sentence) -> Iterator[Claim | Rejected]:
    for trigger in pattern("memberships", "lists").finditer(analysis.text, sentence.span.start, sentence.span.end):
        first = mention_after(analysis, sentence, trigger.end(), reach=6, wanted=_may_be_member)
        if first is None:
            continue
        members = list(listed_from(analysis, sentence, first, wanted=_may_be_member))
        countries = sum(analysis.entities[m.entity].type == "country" for m in members)
        if len(members) < _FEWEST_IN_A_LIST or countries * 2 < len(members):
            continue
        group = _group_before(analysis, sentence, trigger.start()) or _named_in(analysis, sentence, trigger.span())
        if group is None:
            yield Rejected(table="memberships", reason="no group for the list", quote=first.span)
            continue
        leader = _leader(analysis, sentence, group, trigger.start())
        for member in [*leader, *members]:
            yield _claim(sentence, group, member, rule="list of members")


def _joins(analysis: Analysis, sentence: Sentence) -> Iterator[Claim | Rejected]:
    for trigger in pattern("memberships", "joins").finditer(analysis.text, sentence.span.start, sentence.span.end):
        group = mention_after(analysis, sentence, trigger.end(), reach=12, wanted=lambda m: _is_group(analysis, m))
        member = mention_before(analysis, sentence, trigger.start(), reach=_REACH, wanted=_may_be_member)
        if group is None or member is None or not _joins_group(analysis, member):
            continue
        if _BETWEEN.fullmatch(analysis.text[member.span.end : trigger.start()]) is None:
            continue
        standing = status_of(analysis, sentence, group.span)
        if standing.planned or standing.doubt:
            yield Rejected(table="memberships", reason="not yet a member", quote=member.span)
            continue
        yield _claim(sentence, group, member, rule="said to belong")


def _joins_group(analysis: Analysis, member: Mention) -> bool:
    return analysis.entities[member.entity].type == "country"


def _group_before(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    wanted = [m for m in analysis.mentions_in(sentence.span) if m.span.end <= at and _is_group(analysis, m)]
    return wanted[-1] if wanted else None


def _named_in(analysis: Analysis, sentence: Sentence, trigger: tuple[int, int]) -> Mention | None:
    inside = [m for m in analysis.mentions_in(sentence.span) if trigger[0] <= m.span.start < trigger[1]]
    return next((m for m in inside if _is_group(analysis, m)), None)


def _leader(analysis: Analysis, sentence: Sentence, group: Mention, at: int) -> list[Mention]:
    """Return the member that leads, where the list of the others follows: "led by A and including B, C and D"."""
    for trigger in pattern("missions", "led_by").finditer(analysis.text, group.span.end, at):
        leader = mention_after(analysis, sentence, trigger.end(), reach=6, wanted=_may_be_member)
        if leader is not None and leader.span.end <= at:
            return [leader]
    return []


def _is_group(analysis: Analysis, mention: Mention) -> bool:
    if mention.kind is EntityKind.MISSION:
        return True
    return mention.kind is EntityKind.ORGANIZATION and analysis.entities[mention.entity].type == "international"


def _may_be_member(mention: Mention) -> bool:
    return mention.kind is EntityKind.ORGANIZATION and mention.form == "name"


def _claim(sentence: Sentence, group: Mention, member: Mention, *, rule: str) -> Membership:
    return Membership(
        quote=member.span,
        passage=sentence.span,
        words={"organization": group.span},
        organization=group.entity,
        member=member.entity,
        confidence=0.9,
        rule=rule,
    )
