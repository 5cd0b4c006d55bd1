"""To whom something goes, in whose favour and on whose behalf, by the prepositions of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.clauses import Phrase, grammar, holding_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.scopes import Scope

HOLDERS = frozenset({EntityKind.ORGANIZATION, EntityKind.MISSION})
_WORDS = (("to", "into", "onto"), ("for", "towards", "toward"), ("with",))
_DESTINATIONS = ("to", "for", "towards", "toward", "into", "onto", "with", "behalf", "benefit")
_FAVOURS = frozenset({"aid", "benefit", "favour", "favor", "support"})


def named_in(
    analysis: Analysis, sentence: Sentence, tokens: Iterable[Token], *, adjectives: bool = False
) -> list[Mention]:
    """Return the bodies and missions that noun phrases name; the state in a sum's currency is none of them."""
    found = holding_mentions(analysis, sentence, tokens, adjectives=adjectives)
    sums = [quantity.span for quantity in analysis.quantities_in(sentence.span)]  # "US$3 million" names no state
    return [m for m in found if m.kind in HOLDERS and not any(m.span.meets(span) for span in sums)]


def destinations(analysis: Analysis, scope: Scope, given: set[str], *, behind: bool = False) -> list[Mention]:
    """Return where a value goes by its "to", "for", "into" or "with", who is not among those who give it."""
    sentence = scope.sentence
    phrases = [
        p
        for p in grammar.phrases_in(sentence.tokens)
        if p.word in _DESTINATIONS and not _inside_name(analysis, sentence, p)
    ]
    if behind:
        phrases = [p for p in phrases if p.preposition.i > scope.root.i]
    ranked = scope.nearest(phrases, lambda p: sentence.token_span(p.preposition))
    for words in _WORDS[:1] if behind else _WORDS:
        for phrase in ranked:
            if phrase.word not in words or (phrase.word == "with" and not _of_value(scope, phrase)):
                continue
            named = _of_programme(analysis, scope, phrase)
            named = named or named_in(analysis, sentence, phrase.objects)
            named = named or named_in(analysis, sentence, phrase.objects, adjectives=True)
            named = [m for m in named if m.entity not in given]
            if named or (phrase.word == "to" and _unnamed_group(phrase)):
                return named
    return []


def _inside_name(analysis: Analysis, sentence: Sentence, phrase: Phrase) -> bool:
    """Say whether a preposition is a part of a name: "the Fund for Development"."""
    named = analysis.mention_at(sentence.token_span(phrase.preposition).start)
    return named is not None and named.kind in HOLDERS


def favoured(analysis: Analysis, scope: Scope, given: set[str]) -> list[Mention]:
    """Return in whose support or favour it is: "in support of the Malian army", "for the benefit of Kosovo"."""
    phrases = [
        p
        for p in grammar.phrases_in(scope.sentence.tokens)
        if p.word == "of"
        and p.head.lemma_.lower() in _FAVOURS
        and p.head.dep_ == "pobj"
        and p.head.head.lower_ in {"in", "to", "for", "as"}
    ]
    for phrase in scope.nearest(phrases, lambda p: scope.sentence.token_span(p.preposition)):
        named = named_in(analysis, scope.sentence, phrase.objects)
        if not named and phrase.preposition.i > scope.root.i:
            named = named_in(analysis, scope.sentence, phrase.objects, adjectives=True)
        named = [m for m in named if m.entity not in given]
        if named:
            return named
    return []


def acting_for(analysis: Analysis, scope: Scope) -> list[Mention]:
    """Return on whose behalf it is done: "on behalf of the Government of Japan"."""
    phrases = [
        p for p in grammar.phrases_in(scope.sentence.tokens) if p.word == "of" and p.head.lemma_.lower() == "behalf"
    ]
    for phrase in phrases:
        named = named_in(analysis, scope.sentence, phrase.objects)
        named = named or named_in(analysis, scope.sentence, phrase.objects, adjectives=True)
        if named:
            return named
    return []


def _of_programme(analysis: Analysis, scope: Scope, phrase: Phrase) -> list[Mention]:
    """Return whom a fund is for by its name: "the Trust Fund for Ukraine"."""
    for token in phrase.objects:
        fund = analysis.mention_at(scope.sentence.token_span(token).start)
        if fund is not None and fund.kind is EntityKind.PROGRAMME:
            inside = [m for m in analysis.mentions_in(fund.span, nested=True) if m.nested and m.kind in HOLDERS]
            return [m for m in inside if analysis.text[fund.span.start : m.span.start].rstrip().endswith(" for")]
    return []


def _unnamed_group(phrase: Phrase) -> bool:
    """Say whether a phrase names a group that is no entity: "to African countries", "to allied forces"."""
    return bool(phrase.objects) and all(token.tag_ == "NNS" for token in phrase.objects)


def to_unnamed(scope: Scope) -> bool:
    """Say whether the value goes to a group without a name: "to African countries"."""
    phrases = [
        p for p in grammar.phrases_in(scope.sentence.tokens) if p.word == "to" and p.preposition.i > scope.root.i
    ]
    near = scope.nearest(phrases, lambda p: scope.sentence.token_span(p.preposition))
    return bool(near) and _unnamed_group(near[0])


def _of_value(scope: Scope, phrase: Phrase) -> bool:
    """Say whether a phrase hangs on the value's own nouns: "sales cases with Iraq", not "work with Iraq"."""
    before = phrase.preposition.nbor(-1) if phrase.preposition.i > 0 else phrase.preposition
    if before.lemma_.lower() in {"contract", "agreement", "deal", "memorandum"}:
        return True  # "signed a contract with"
    return phrase.preposition.i > scope.root.i and phrase.head.i in {t.i for t in carriers_of(scope)}


def carriers_of(scope: Scope) -> tuple[Token, ...]:
    """Return the nouns that say what a value is of: those it stands in front of, behind "of", or that hold it."""
    root = scope.root
    nouns: list[Token] = []
    for token in (root, *root.ancestors):
        if grammar.is_verb(token) and token.dep_ != "acl":
            break
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.ent_type_ != "MONEY":
            nouns.append(token)
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "of"} and child.i > scope.root.i and token is root:
                nouns += [each for noun in child.children if noun.dep_ == "pobj" for each in grammar.conjuncts(noun)]
            if child.dep_ == "appos" and token is root:
                nouns.append(child)
    behind = [t for t in scope.sentence.tokens_in(scope.own) if not t.is_space][:1]
    if behind and behind[0].lower_ in {"in", "of", "worth"}:  # whatever the parse hung it on
        nouns += [each for noun in behind[0].children if noun.dep_ == "pobj" for each in grammar.conjuncts(noun)]
    return tuple(dict.fromkeys(nouns))
