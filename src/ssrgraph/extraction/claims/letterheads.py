"""Under whose name a document appears: its publisher, its letterhead, and who is said to pay for all of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.states import state_of
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention

_HEAD = 6  # blocks at the top in which a letterhead may stand
_FOOT = 4  # blocks at the end in which it may stand who pays
_LONG = 30  # words of a block that is the text itself
_BEHIND_NAME = re.compile(  # of a body with its abbreviation in brackets, of an embassy with its town
    r"^\s*(?:\([A-Z][A-Za-z-]{1,11}\)|(?i:in|at)\s+[A-Z][\w-]+(?=\s*$))"
)


def publisher_of(analysis: Analysis) -> str | None:
    """Return the id of the state or international body under whose name a document appears; for `Analysis.once`.

    Its name stands alone in a line at the top, or opens the title: "Ministry of Defence | News", "Norway's support".
    """
    return next((found for m in analysis.once(letterheads) if (found := _speaks_for(analysis, m)) is not None), None)


def payer_of(analysis: Analysis) -> str | None:
    """Return the id of who is said at the top or the end to pay for all of it: "This project is funded by Japan"."""
    blocks = [*analysis.document.blocks[:_HEAD], *analysis.document.blocks[-_FOOT:]]
    for block in blocks:
        match = _paid_by().search(analysis.text, block.span.start, block.span.end)
        named = analysis.mention_at(match.end()) if match is not None else None
        if named is not None and named.kind is EntityKind.ORGANIZATION:
            return named.entity
    return None


@cache
def _paid_by() -> re.Pattern[str]:
    return re.compile(
        r"(?i:(?:this|the) (?:action|initiative|mission|programme|program|project|training|document|publication) "
        r"(?:is|was|has been) (?:entirely |fully |generously |wholly |jointly )?"
        r"(?:funded|financed|paid for|made possible|supported) by (?:a grant from )?(?:the )?(?:government of )?)"
    )


def letterhead(analysis: Analysis) -> Mention | None:
    """Return the first body, no state, under whose name a document appears; for `Analysis.once`."""
    named = (m for m in analysis.once(letterheads) if analysis.entities[m.entity].type != "country")
    return next(named, None)


def letterheads(analysis: Analysis) -> tuple[Mention, ...]:
    """Return the names under which a document appears, in order; for `Analysis.once`."""
    return tuple(_on_top(analysis))


def _on_top(analysis: Analysis) -> Iterator[Mention]:
    """Yield the names that stand alone in a line at the top, or open the title."""
    blocks = [b for b in analysis.document.blocks if b.kind is not BlockKind.FURNITURE][:_HEAD]
    for block in blocks:
        words = analysis.words(block.span)
        if block.kind is BlockKind.PARAGRAPH and (len(words.split()) > _LONG or words.endswith(".")):
            return
        if "|" in block.span.of(analysis.text)[:1]:
            return  # a table has begun
        for mention in analysis.mentions_in(block.span):
            opens = block.kind is BlockKind.TITLE and _opens(mention, block.span)
            reports = _report().match(analysis.text, block.span.start, mention.span.start) is not None
            if mention.kind in HOLDERS and (_alone(analysis, mention, block.span) or opens or reports):
                yield mention


@cache
def _report() -> re.Pattern[str]:
    """Match what stands in front of whose report it is: "Annual report of", "Newsletter by the"."""
    words = any_of(load_lexicon("funding")["lines"]["reports"])
    return re.compile(rf"(?i:[\w\s]*\b(?:{words})s? (?:of|by|from) (?:the )?)$")


def _alone(analysis: Analysis, mention: Mention, block: Span) -> bool:
    """Say whether a name fills a line, or a part of it between strokes or behind "From:"."""
    text = analysis.text
    before = text[block.start : mention.span.start].lower().removesuffix("the ").rstrip()
    after = _BEHIND_NAME.sub("", text[mention.span.end : block.end]).lstrip()
    if before.endswith(" of") and before.split()[0] in load_lexicon("funding")["lines"]["letterhead"]:
        return after[:1] in {"", "|", "/", ","}  # "Ministry of Foreign Affairs of Japan"
    begins = not before or before.endswith(("|", "/", "from:"))
    state = analysis.entities[mention.entity].type == "country"  # a state's name alone heads a section on it
    return begins and not state and after[:1] in {"", "|", "/", ","}


def _opens(mention: Mention, title: Span) -> bool:
    return mention.span.start <= title.start + len("The ")


def _speaks_for(analysis: Analysis, mention: Mention) -> str | None:
    if mention.kind is not EntityKind.ORGANIZATION:
        return None
    state = state_of(analysis, mention.entity)
    if state is not None and state in analysis.entities:
        return state
    entity = analysis.entities[mention.entity]
    return entity.id if entity.type == "international" else None
