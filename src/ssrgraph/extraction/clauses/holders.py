"""From a noun phrase to the entities that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from ssrgraph.entities.model import EntityKind
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_CLOSE = 2  # words between a name and "whose"


def holders(
    analysis: Analysis,
    sentence: Sentence,
    tokens: Iterable[Token],
    *,
    adjectives: bool = False,
    kinds: frozenset[EntityKind] | None = None,
) -> tuple[str, ...]:
    """Return the ids of the entities that noun phrases name, each once, in the order of the text.

    Args:
        analysis: The document.
        sentence: The sentence of the tokens.
        tokens: Heads of noun phrases, as `Clause` gives them; coordinated ones are given each.
        adjectives: Whether a phrase without a name of its own may be held by an adjective, possessive, "of"- or
            "in"-part of it ("Iraqi officers", "the army of Mali", "Iraq's institutions").
        kinds: Only entities of these kinds.
    """
    found: dict[str, None] = {}
    for mention in holding_mentions(analysis, sentence, tokens, adjectives=adjectives):
        if kinds is None or mention.kind in kinds:
            found.setdefault(mention.entity)
    return tuple(found)


def holding_mentions(
    analysis: Analysis, sentence: Sentence, tokens: Iterable[Token], *, adjectives: bool = False
) -> tuple[Mention, ...]:
    """Return the mentions behind `holders`, for their words."""
    found: dict[Span, Mention] = {}
    for token in tokens:
        for mention in _of_head(analysis, sentence, token, adjectives=adjectives):
            found.setdefault(mention.span, mention)
    return tuple(found[span] for span in sorted(found))


def phrase_span(sentence: Sentence, tokens: Iterable[Token]) -> Span:
    """Return the stretch of the document from the first to the last of some tokens."""
    places = [sentence.token_span(token) for token in tokens]
    first, last = min(places), max(places, key=lambda place: place.end)
    return Span(first.start, last.end)


def _of_head(analysis: Analysis, sentence: Sentence, token: Token, *, adjectives: bool) -> Iterator[Mention]:
    mention = analysis.mention_at(sentence.token_span(token).start)
    if mention is not None and mention.form != "adjective":
        yield mention
        # A name that the parse cut in two, or a list that it took for one phrase: "NATO and Ukraine".
        return
    if token.lower_ == "whose":
        named = antecedent(analysis, sentence, token)
        if named is not None:
            yield named
        return
    apposed = [child for child in token.children if child.dep_ == "appos"]
    for child in apposed:
        named = analysis.mention_at(sentence.token_span(child).start)
        if named is not None and named.form != "adjective":
            yield named
            return
    if adjectives:
        if mention is not None:
            yield mention
            return
        yield from _in_phrase(analysis, sentence, token)


def antecedent(analysis: Analysis, sentence: Sentence, whose: Token) -> Mention | None:
    """Return the name right in front of "whose": "Croatia, whose purchase", "Mali (since 2012), whose army"."""
    place = sentence.token_span(whose)
    before = Span(sentence.span.start, place.start)
    last = next(reversed(analysis.mentions_in(before)), None)
    if last is None or last.form == "adjective":
        return None
    between = re.sub(r"\([^()]*\)", "", analysis.text[last.span.end : place.start])
    return last if len(re.findall(r"\w+", between)) < _CLOSE else None


def _in_phrase(analysis: Analysis, sentence: Sentence, token: Token) -> Iterator[Mention]:
    """Mentions among a noun's modifiers: possessors first, then adjectives, then what follows "of" or "in"."""
    ranks = ({"poss"}, {"amod", "compound", "nmod", "npadvmod"}, {"prep"})
    for deps in ranks:
        for child in token.children:
            if child.dep_ not in deps:
                continue
            if "prep" in deps and (child.lower_ not in {"of", "in"} or child.i < token.i):
                continue
            spans = [sentence.token_span(each) for each in child.subtree]
            hits = dict.fromkeys(m for span in spans if (m := analysis.mention_at(span.start)) is not None)
            if hits:
                yield from hits
                return
