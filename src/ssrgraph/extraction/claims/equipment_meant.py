"""Who gives and receives materiel, and under which programme, where only the rest of the document tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
from ssrgraph.extraction.claims.funding import funding_flows
from ssrgraph.extraction.claims.headings import programme_over
from ssrgraph.extraction.claims.understood import Flow, Flows, giver_meant, receiver_meant
from ssrgraph.extraction.model import Equipment, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis

_FAINT = 0.6


def completed(analysis: Analysis, found: Sequence[Equipment | Rejected]) -> Iterator[Equipment | Rejected]:
    """Yield claims with the giver, the receiver and the programme that only the rest of the document tells."""
    own = (_flow_of(each) for each in found if isinstance(each, Equipment))
    flows = Flows([*analysis.once(funding_flows), *own])
    for each in _once_said(analysis, found):
        yield _complete(analysis, each, flows) if isinstance(each, Equipment) else each


def _once_said(analysis: Analysis, found: Sequence[Equipment | Rejected]) -> Iterator[Equipment | Rejected]:
    """Yield claims, but what a title or heading names and the text below names again only as the text has it."""
    claims = [each for each in found if isinstance(each, Equipment)]
    heads = [analysis.once(_heading_at, each.quote) for each in claims]
    below = [(_kind(each), each.value, each.quote.start) for each, head in zip(claims, heads, strict=True) if not head]
    again = {
        each.quote
        for each, head in zip(claims, heads, strict=True)
        if head
        and any(
            kind == _kind(each) and start > each.quote.end and (each.value is None or each.value == value)
            for kind, value, start in below
        )
    }
    for each in found:
        named_again = isinstance(each, Equipment) and each.quote in again
        yield Rejected(table="equipment", reason="said twice", quote=each.quote) if named_again else each


def _kind(claim: Equipment) -> str:
    return claim.item.lower().rpartition(" ")[2].removesuffix("s")


def _heading_at(analysis: Analysis, quote: Span) -> bool:
    sentence = analysis.sentence_at(quote.start)
    return sentence is not None and sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}


def _flow_of(claim: Equipment) -> Flow:
    return Flow(quote=claim.quote, givers=claim.provider, receivers=claim.recipient, programme=claim.programme)


def _complete(analysis: Analysis, claim: Equipment, flows: Flows) -> Equipment:
    """Return a claim with the giver and the receiver that only the rest of the document tells."""
    words = dict(claim.words)
    if not claim.provider:
        giver = giver_meant(analysis, _flow_of(claim), flows)
        if giver is not None:
            words["provider"] = giver.span
            claim = replace(claim, provider=(giver.entity,), words=words, confidence=_FAINT)
    sentence = analysis.sentence_at(claim.quote.start)
    if not claim.programme and sentence is not None:
        programme = programme_over(analysis, sentence, claim.provider)
        if programme is not None:
            words["programme"] = programme.span
            claim = replace(claim, programme=(programme.entity,), words=words)
    if not claim.recipient and sentence is not None:
        receiver = receiver_meant(analysis, _flow_of(claim), flows, sentence)
        if receiver is not None:
            words["recipient"] = receiver.span
            claim = replace(claim, recipient=(receiver.entity,), words=words, confidence=_FAINT)
    return claim
