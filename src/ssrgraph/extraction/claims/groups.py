"""What memberships are made of: groups, those who may belong to them, and the claim itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.model import Membership

if TYPE_CHECKING:
    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

# What may stand between a member and the verb that says that it joins.
BETWEEN = re.compile(
    r"\s*(?:,?\s*(?:which|who|that|itself|also|now|and|both|is|are|was|were|remains|has been)\s+)*,?\s*"
)

_NOT_OF_THE_MISSION = re.compile(
    r"\b(?:withdr\w+|pull\w*|remov\w+|evacuat\w+|repatriat\w+|against|train(?:s|ed)?|training (?:of|for)|graduat\w+"
    r"|prepar\w*|instruct(?:s|ed)?|mentor\w*|equip\w*|coach\w*|certif\w+|teach\w*|taught|courses? (?:for|of)"
    r"|attended by|invit\w+|hosted|welcom\w+|kill\w*|fought)\b",
    re.IGNORECASE,
)
_AROUND = 40


def sent_elsewhere(analysis: Analysis, sentence: Sentence, at: int) -> bool:
    """Say whether the staff behind a verb are trained or withdrawn, and are not those who do the mission's work."""
    return _NOT_OF_THE_MISSION.search(analysis.text, max(sentence.span.start, at - _AROUND), at) is not None


def is_group(analysis: Analysis, mention: Mention) -> bool:
    """Say whether states may be members of what a mention names: a mission, or a body of several states."""
    if mention.kind is EntityKind.MISSION:
        return True
    if mention.kind is not EntityKind.ORGANIZATION:
        return False
    type_ = analysis.entities[mention.entity].type
    known = analysis.reference.get(mention.entity)
    # A force of no state is one of several states: "Combined Maritime Forces".
    return type_ == "international" or (type_ == "military" and known is not None and known.state is None)


def may_be_member(mention: Mention) -> bool:
    """Say whether a mention names a body or state."""
    return mention.kind is EntityKind.ORGANIZATION and mention.form == "name"


def joins_group(analysis: Analysis, member: Mention) -> bool:
    """Say whether a mention is one of a state."""
    return analysis.entities[member.entity].type == "country"


def membership(
    sentence: Sentence, group: Mention, member: Mention, *, rule: str, quote: Span | None = None
) -> Membership:
    """Return the claim that a member belongs to a group."""
    return Membership(
        quote=quote or member.span,
        passage=sentence.span,
        words={"organization": group.span},
        organization=group.entity,
        member=member.entity,
        confidence=0.9,
        rule=rule,
    )
