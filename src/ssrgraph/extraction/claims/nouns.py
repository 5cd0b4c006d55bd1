"""Nouns by the word lists: which count people, and whether a token is one of a list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence

# Nouns that only announce a number: "a total of 212 recruits", "some of them".
TRANSPARENT = frozenset({"of", "total", "some", "number", "group", "combined"})


@cache
def word_set(lexicon: str, table: str, key: str) -> frozenset[str]:
    """Return one list of a lexicon as a set."""
    return frozenset(load_lexicon(lexicon)[table][key])


def is_people(analysis: Analysis, sentence: Sentence, head: Token) -> bool:
    """Say whether a noun counts people: a noun of the lexicon in the plural, a collective, or a people's name."""
    word = head.lower_
    if word in _things():
        return False
    if word in word_set("personnel", "people", "collective") or word in people_plurals():
        return True
    if lemma_in(head, word_set("personnel", "lost", "heads")) and head.tag_ == "NNS":
        return True
    if word == "helmets":
        return head.i > head.sent.start and head.nbor(-1).lower_ == "blue"
    if head.tag_ in {"NNPS", "NNP", "NNS", "JJ"}:
        mention = analysis.mention_at(sentence.token_span(head).start)
        if mention is not None and mention.form == "adjective":
            return word.endswith(("s", "ese", "ish", "ch", "men"))
    return False


def sounds_like_people(head: Token) -> bool:
    """Say whether a plural noun ends as names of trades and posts do: enough where the text says they were taught."""
    word = head.lower_
    ends = tuple(load_lexicon("personnel")["people"]["suffixes"])
    return head.tag_ in {"NNS", "NNPS"} and word.endswith(ends) and word not in _things()


@cache
def _things() -> frozenset[str]:
    return word_set("personnel", "people", "suffix_things") | word_set("personnel", "people", "no_people")


@cache
def people_plurals() -> frozenset[str]:
    """Return the plurals of all nouns that count people."""
    nouns = load_lexicon("personnel")["people"]
    return frozenset(plural_of(noun) for noun in (*nouns["nouns"], *nouns["groups"]) if " " not in noun)


def plural_of(noun: str) -> str:
    """Return the regular plural of a noun.

    >>> [plural_of(noun) for noun in ("policeman", "attorney", "deputy", "coach", "child")]
    ['policemen', 'attorneys', 'deputies', 'coaches', 'children']
    """
    if noun.endswith("man"):
        return noun.removesuffix("man") + ("men" if noun != "human" else "mans")
    if noun == "child":
        return "children"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun.removesuffix("y") + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def lemma_in(token: Token, words: frozenset[str]) -> bool:
    """Say whether a noun or verb is one of the words, by its lemma or as it stands."""
    lemma = token.lemma_.lower()
    return (
        lemma in words
        or token.lower_ in words
        or (token.tag_ in {"NNS", "NNPS", "NNP"} and _singular(token.lower_) in words)
    )


def _singular(word: str) -> str:
    # The tagger leaves many capitalized plurals as they are.
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return word.removesuffix("s")
