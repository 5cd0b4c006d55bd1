"""What the next sentence says of a sum: "The funding, drawn from the Security Fund, will pay for radios."."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.purposes import until_stop
from ssrgraph.extraction.claims.scopes import scope_of
from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Funding


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What a sentence says of the sum of the one before.

    Attributes:
        purpose: What it pays for.
        programme: Where it comes from.
    """

    purpose: Span | None = None
    programme: Mention | None = None


def speaks_of_money(sentence: Sentence) -> Token | None:
    """Return the verb of a sentence whose subject is the money of the one before: "The grant will finance"."""
    root = sentence.parsed.root
    cut = [c for c in root.children if c.dep_ == "acl" and c.tag_ == "VBD"]
    if not grammar.is_verb(root) and cut and root.lemma_.lower() in load_lexicon("funding")["words"]["money"]:
        return cut[0]  # "The funding paid for", parsed as a noun with its description
    verbs = load_lexicon("funding")["purpose"]
    spending = {*verbs["serving"], *verbs["flowing"], "pay", "use", "buy", "purchase", "provide", "go"}
    if not grammar.is_verb(root) or root.lemma_.lower() not in spending:
        return None
    for subject in grammar.subjects_of(root):
        determined = any(c.lower_ in {"the", "this", "these"} for c in subject.children)
        money = subject.lemma_.lower() in load_lexicon("funding")["words"]["money"]
        if (money and determined) or subject.lower_ in {"it", "this"}:
            return root
    return None


def following(analysis: Analysis, sentence: Sentence) -> Following:
    """Return what the sentence behind one says of the latter's sum."""
    place = analysis.place_of(sentence) + 1
    if place >= len(analysis.sentences):
        return Following()
    after = analysis.sentences[place]
    verb = speaks_of_money(after)
    if verb is None or any(q.unit == "money" for q in analysis.quantities_in(after.span)):
        return Following()
    scope = scope_of(after, after.token_span(verb))
    rest = [token for token in after.tokens if token.i > verb.i]
    while rest and (rest[0].lower_ in {"for", "towards", "toward", "to", "into", "on"} or rest[0].is_space):
        rest = rest[1:]
    named = [m for m in analysis.mentions_in(after.span) if m.kind is EntityKind.PROGRAMME]
    drawn = [m for m in named if m.span.end <= after.token_span(verb).start]
    purpose = until_stop(analysis, scope, rest) if scope is not None and not grammar.is_passive(verb) else None
    return Following(purpose=purpose, programme=drawn[0] if drawn else None)


def with_following(analysis: Analysis, claim: Funding, sentence: Sentence) -> Funding:
    """Return a claim with the slots that only the next sentence fills."""
    if claim.purpose is not None and claim.programme:
        return claim
    more = following(analysis, sentence)
    words = dict(claim.words)
    if more.purpose is not None and claim.purpose is None:
        words["purpose"] = more.purpose
        claim = replace(claim, purpose=analysis.words(more.purpose), words=words)
    if more.programme is not None and not claim.programme:
        words["programme"] = more.programme.span
        claim = replace(claim, programme=(more.programme.entity,), words=words)
    spans = [claim.passage, *words.values()]
    return replace(claim, passage=Span(min(s.start for s in spans), max(s.end for s in spans)))


def part_of_former(analysis: Analysis, claim: Funding, former: Funding | None, sentence: Sentence) -> Funding:
    """Return a claim on a part of the sum before with what was said of the whole: "a first tranche of £5 million"."""
    if former is None or not sentence.block.span.covers(former.quote):
        return claim
    front = analysis.text[sentence.span.start : claim.quote.start].lower().split()[-6:]
    parts = load_lexicon("funding")["words"]["parts"]
    of_it = re.search(r"\bof (?:which|this|that|these|the (?:total|amount|sum))\b", " ".join(front)) is not None
    another = set(claim.funder) - set(former.funder)
    if another or not (of_it or any(word in parts for word in front)):
        return claim
    words = dict(claim.words)
    slots: dict[str, tuple[str, ...]] = {}
    for slot in ("funder", "recipient", "programme"):
        if not getattr(claim, slot) and getattr(former, slot) and slot in former.words:
            slots[slot] = getattr(former, slot)
            words[slot] = former.words[slot]
    spans = [claim.passage, *words.values()]
    return replace(
        claim,
        funder=slots.get("funder", claim.funder),
        recipient=slots.get("recipient", claim.recipient),
        programme=slots.get("programme", claim.programme),
        modality=former.modality or claim.modality,
        words=words,
        passage=Span(min(s.start for s in spans), max(s.end for s in spans)),
    )


def programme_meant(analysis: Analysis, sentence: Sentence, front: Span) -> Mention | None:
    """Return the programme that "the first measure" or "the scheme" goes back to, from the sentences just before."""
    nouns = load_lexicon("funding")["words"]["parcels"]
    tokens = sentence.tokens_in(front)
    back = [
        t
        for t in tokens
        if t.lemma_.lower() in nouns and any(c.lower_ in {"the", "this", "that", "both"} for c in t.children)
    ]
    if not back:
        return None
    place = analysis.place_of(sentence)
    for before in reversed(analysis.sentences[max(0, place - 3) : place]):
        named = [m for m in analysis.mentions_in(before.span) if m.kind is EntityKind.PROGRAMME]
        if named:
            return named[-1]
    return None
