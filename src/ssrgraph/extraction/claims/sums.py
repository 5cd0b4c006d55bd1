"""A sum with what was found about it, and what its words make of it: grant, loan, sale, licence or contribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.genre import is_notice_of_sale
from ssrgraph.extraction.claims.permission import is_law, may_be_given, verb_allowed
from ssrgraph.extraction.claims.purposes import verb_of_sum
from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Bound

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.scopes import Scope
    from ssrgraph.extraction.claims.transfers import Transfer
    from ssrgraph.extraction.clauses import Standing
    from ssrgraph.extraction.quantities import Quantity

_TABLE = "funding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One sum with everything that was found about it."""

    quantity: Quantity
    scope: Scope
    transfer: Transfer
    standing: Standing
    words: frozenset[str]
    programme: Mention | None
    purpose: Span | None


def is_permitted(analysis: Analysis, found: Sum) -> bool:
    """Say whether a law allows it: "up to $5 million may be made available", "may make loans of not more than"."""
    verb = verb_allowed(found.scope.root)
    if verb is None or not may_be_given(found.standing, found.scope.root):
        return False
    capped = found.quantity.bound is Bound.AT_MOST
    lemma = verb.lemma_.lower()
    if lemma in grammar.listed("words", "permitted"):
        return capped or grammar.is_passive(verb)
    giving = load_lexicon(_TABLE)["verbs"]["give"]
    return lemma in giving and analysis.once(is_law)


def is_set_by_law(found: Sum) -> bool:
    """Recognize "$5 million shall be for Jordan", "$5 million shall be available for"."""
    verb = verb_of_sum(found.scope)
    if verb is None or verb.lemma_.lower() not in {"be", "remain"}:
        return False
    modal = any(child.lower_ in {"shall", "is", "are"} and child.i < verb.i for child in verb.children)
    behind = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    return modal and behind.lower_ in {"for", "available"}


def carrying_words(analysis: Analysis, scope: Scope, transfer: Transfer) -> frozenset[str]:
    """Return the words of the nouns that say what the sum is, the ones in front of and behind it among them."""
    nouns = list(transfer.carriers)
    verb = next((each for each in scope.root.ancestors if grammar.is_verb(each)), None)
    if verb is not None:
        subject = any(scope.root in list(token.subtree) for token in verb.children if token.dep_ in grammar.SUBJECTS)
        beside = [child for child in verb.children if child.dep_ in {"attr", "dobj"} and not subject]
        called = [t for p in grammar.phrases_in(verb.children) if p.word == "as" for t in p.objects]  # "as a loan"
        nouns += [*grammar.subjects_of(verb), *beside, *called]
    return frozenset(
        token.lower_ for noun in nouns for token in grammar.noun_phrase(noun) if not _in_body(analysis, scope, token)
    )


def _in_body(analysis: Analysis, scope: Scope, token: Token) -> bool:
    """Say whether a word is of a body's name ("Bureau of International Trade"), or of "in current prices"."""
    named = analysis.mention_at(scope.sentence.token_span(token).start)
    if named is not None and named.kind in HOLDERS and named.form == "name":
        return True
    return token.lower_ == "prices" and token.i > 0 and token.nbor(-1).lower_ in {"current", "constant"}


def modality_of(analysis: Analysis, found: Sum) -> str | None:
    """Return what kind of transfer a sum is by its verbs, nouns and programme, or None where they are silent."""
    verbs, nouns = load_lexicon(_TABLE)["verbs"], load_lexicon(_TABLE)["nouns"]
    lemmas = frozenset(found.transfer.verbs)
    label = set()
    if found.programme is not None:
        label = {word.lower() for word in analysis.entities[found.programme.entity].label.split()}
    said = found.words | label
    exported = said & {"export", "exports", "re-export"} and lemmas & frozenset(verbs["allow"])
    commercial = {"direct", "commercial", "sales"} <= said
    if said & frozenset(nouns["licence"]) or lemmas & frozenset(verbs["license"]) or exported or commercial:
        return "licence"
    if said & frozenset(nouns["loan"]) or lemmas & frozenset(verbs["borrow"]):
        return "loan"
    if said & frozenset(nouns["sale"]) or lemmas & frozenset((*verbs["sell"], *verbs["buy"])):
        return "sale"
    if _contributes(analysis, found, lemmas, said):
        return "contribution"
    given = {"give"} & set(found.transfer.kinds) or said & frozenset(nouns["grant"])
    aided = found.programme is not None and not said & {"budget", "budgets", "ceiling", "cost", "costs", "worth"}
    if analysis.once(is_notice_of_sale):
        return "sale"
    return "grant" if given or aided or "receive" in found.transfer.kinds else None


def _contributes(analysis: Analysis, found: Sum, lemmas: frozenset[str], said: frozenset[str] | set[str]) -> bool:
    nouns, verbs = load_lexicon(_TABLE)["nouns"], load_lexicon(_TABLE)["verbs"]
    funds = tuple(load_lexicon(_TABLE)["words"]["funds"])
    into = [found.programme, *found.transfer.receivers]
    pooled = any(
        m is not None and (m.kind is EntityKind.MISSION or analysis.entities[m.entity].label.lower().endswith(funds))
        for m in into
    )
    contributed = said & frozenset(nouns["contribution"]) or lemmas & frozenset(verbs["contribute"])
    return (bool(contributed) and (pooled or not found.transfer.receivers)) or _paid_in(analysis, found)


def _paid_in(analysis: Analysis, found: Sum) -> bool:
    """Say whether the sum goes "to" or "into" a fund."""
    into = [p for p in grammar.phrases_in(found.scope.sentence.tokens) if p.word in {"to", "into"}]
    near = found.scope.nearest(into, lambda p: found.scope.sentence.token_span(p.preposition))
    if near and near[0].preposition.i > found.scope.root.i and near[0].objects[0].lemma_.lower() == "fund":
        return True
    if found.programme is None or found.programme.span.start < found.quantity.span.end:
        return False
    funds = tuple(load_lexicon(_TABLE)["words"]["funds"])
    label = analysis.entities[found.programme.entity].label.lower()
    fund = label.split(" for ")[0].endswith(funds)
    between = analysis.text[found.quantity.span.end : found.programme.span.start].split()
    return fund and between[:1] in (["to"], ["into"]) and len(between) <= 3  # noqa: PLR2004 - "to", article, adjective
