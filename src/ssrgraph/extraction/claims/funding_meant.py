"""Who gives and receives money, and under which programme, where only the rest of the document tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.destinations import to_unnamed
from ssrgraph.extraction.claims.headings import programme_over
from ssrgraph.extraction.claims.letterheads import publisher_of
from ssrgraph.extraction.claims.scopes import scope_of
from ssrgraph.extraction.claims.understood import Flow, Flows, giver_meant, receiver_meant
from ssrgraph.extraction.model import Funding, Rejected

if TYPE_CHECKING:
    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Sentence

_FAINT = 0.6


def completed(analysis: Analysis, found: list[Funding | Rejected]) -> list[Funding | Rejected]:
    """Return claims with the givers and receivers that only the rest of the document tells."""
    flows = Flows(flow_of(each) for each in found if isinstance(each, Funding))
    return [_complete(analysis, each, flows) if isinstance(each, Funding) else each for each in found]


def flow_of(claim: Funding) -> Flow:
    """Return who gives and receives in a claim."""
    return Flow(
        quote=claim.quote,
        givers=claim.funder,
        receivers=claim.recipient,
        programme=claim.programme,
        currency=claim.currency,
    )


def _complete(analysis: Analysis, claim: Funding, flows: Flows) -> Funding:
    words = dict(claim.words)
    # Who lends is only taken from what the document says of the loan, or where it is the lender's own.
    open_ = claim.modality != "loan" or analysis.once(publisher_of) is not None
    if not claim.funder and open_:
        giver = giver_meant(analysis, flow_of(claim), flows)
        if giver is not None:
            words["funder"] = giver.span
            claim = replace(claim, funder=(giver.entity,), words=words, confidence=_FAINT)
    sentence = analysis.sentence_at(claim.quote.start)
    if not claim.programme and sentence is not None and claim.modality not in {"sale", "licence"}:
        programme = programme_over(analysis, sentence, claim.funder)
        if programme is not None:
            words["programme"] = programme.span
            claim = replace(claim, programme=(programme.entity,), words=words)
    if not claim.recipient and sentence is not None and not _to_unnamed(analysis, sentence, claim.quote):
        receiver = receiver_meant(analysis, flow_of(claim), flows, sentence)
        if receiver is not None:
            words["recipient"] = receiver.span
            claim = replace(claim, recipient=(receiver.entity,), words=words, confidence=_FAINT)
    return claim


def _to_unnamed(analysis: Analysis, sentence: Sentence, quote: Span) -> bool:
    sums = [q.span for q in analysis.quantities_in(sentence.span) if q.unit == "money"]
    scope = scope_of(sentence, quote, sums)
    return scope is not None and to_unnamed(scope)
