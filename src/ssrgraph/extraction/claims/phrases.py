"""Noun phrases by the order of their words: where they end, which noun heads them, what is joined to them.

The parse of a small model often cuts the phrase behind a number wrongly; the tags of its words are more reliable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.nouns import is_people, lemma_in, people_plurals, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_MODIFIERS = frozenset({"JJ", "JJR", "JJS", "HYPH", "POS", "AFX", "FW"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'", "\u2019"})
_STOPS = frozenset(
    {"last", "next", "this", "each", "every", "per", "annually", "past", "previous", "following", "due", "today"}
)
_LONGEST = 12  # tokens of a noun phrase; what is longer is a parse gone wrong


_OWNERS = frozenset({"DT", "PRP$", "WP$"})


def behind_partitive(rest: list[Token]) -> list[Token]:
    """Skip "of the", "of its" and "of whose" in front of those of whom some are counted, and "of 14" in "3 of 14"."""
    start = 2 if len(rest) > 1 and rest[1].tag_ in _OWNERS else 1
    if rest[0].lower_ == "of" and len(rest) > start + 1:
        hedged = start + 1 if rest[start].pos_ == "ADV" and len(rest) > start + 2 else start  # "its roughly 220"
        if rest[hedged].like_num:
            return rest[hedged + 1 :]
    partitive = rest[0].lower_ == "of" and len(rest) > 2 and rest[1].tag_ in _OWNERS  # noqa: PLR2004
    return rest[2:] if partitive else rest


def phrase_at(analysis: Analysis, sentence: Sentence, rest: list[Token]) -> list[Token]:
    """Return the tokens of the noun phrase that begins here, ending with its head, or nothing."""
    taken: list[Token] = []
    for index, token in enumerate(rest[:_LONGEST]):
        following = rest[index + 1] if index + 1 < len(rest) else None
        if taken and _bracketed(rest, index):
            taken.append(token)
            continue
        if token.lower_ in _STOPS or not _belongs(token, taken, following):
            break
        taken.append(token)
        plural = token.lower_ in people_plurals() and token.tag_ in NOUNS and not token.lower_.endswith("men")
        if plural and not (following is not None and following.lower_ in HYPHENS | _POSSESSIVES):
            break
    while taken and not (
        (taken[-1].tag_ in NOUNS and taken[-1].lower_ not in HYPHENS) or _names_people(analysis, sentence, taken[-1])
    ):
        taken.pop()
    return taken


def _bracketed(rest: list[Token], index: int) -> bool:
    """Say whether a token is of an abbreviation in brackets within a phrase: "Federal Police (AFP) officers"."""
    start = index
    while start > 0 and rest[start].lower_ != "(" and index - start < 2:  # noqa: PLR2004
        start -= 1
    return (
        rest[start].lower_ == "("
        and len(rest) > start + 3
        and rest[start + 2].lower_ == ")"
        and rest[start + 1].is_upper
        and rest[start + 3].tag_ in NOUNS
    )


def _names_people(analysis: Analysis, sentence: Sentence, token: Token) -> bool:
    return token.lower_ in word_set("personnel", "people", "collective") or is_people(analysis, sentence, token)


def _belongs(token: Token, taken: list[Token], following: Token | None) -> bool:
    """Say whether a token goes on with the phrase that was taken so far."""
    hyphen = bool(taken) and taken[-1].lower_ in HYPHENS
    opens_hyphen = following is not None and following.lower_ in HYPHENS and token.is_alpha  # "at-risk youth"
    if token.tag_ in NOUNS | _MODIFIERS or token.lower_ in HYPHENS or hyphen or opens_hyphen:
        return True
    nounless = not any(t.tag_ in NOUNS for t in taken)
    if token.lower_ in people_plurals() | word_set("personnel", "people", "collective"):
        return nounless  # a noun that the tagger took for a verb
    if token.pos_ == "AUX" or following is None:
        return False
    if token.tag_ == "VBG" and taken and taken[-1].tag_ == "NN" and following.tag_ == "NNS":
        # "community policing officers", but not "troops guarding bases"
        return taken[-1].lower_ not in word_set("personnel", "people", "collective")
    if token.lower_ in {"and", "or", ","}:
        return nounless and bool(taken) and following.tag_ in NOUNS | {"JJ"}
    opens = following.tag_ in NOUNS | _MODIFIERS | _PARTICIPLES
    return nounless and opens and token.tag_ in _PARTICIPLES | {"RB", "RBR"}


def last_noun(phrase: list[Token]) -> Token:
    """Return the last noun of a phrase in front of its "of"."""
    own = [t for t in phrase if not any(o.lower_ == "of" and o.i < t.i for o in phrase)]
    return next((t for t in reversed(own) if t.tag_ in NOUNS), phrase[-1])


def with_conjuncts(
    analysis: Analysis, sentence: Sentence, phrase: list[Token], head: Token, *, people: bool
) -> list[Token]:
    """Add nouns coordinated under the same number, and what "members of" needs to be understood."""
    after = [t for t in sentence.tokens if t.i > phrase[-1].i]
    joined = list(phrase)
    while True:
        more = _conjunct(analysis, sentence, after, people=people)
        if not more:
            break
        joined += more
        after = [t for t in after if t.i > joined[-1].i]
    if len(joined) == len(phrase) and lemma_in(head, word_set("personnel", "people", "complemented")):
        joined += _complement(analysis, sentence, after)
    return joined


def _conjunct(analysis: Analysis, sentence: Sentence, after: list[Token], *, people: bool) -> list[Token]:
    opening = 0
    while opening < len(after) and after[opening].lower_ in {",", "and", "or", "&"} and opening < 2:  # noqa: PLR2004
        opening += 1
    if opening == 0 or opening == len(after):
        return []
    listed = after[0].lower_ == "," and "and" not in {t.lower_ for t in after[:opening]}
    phrase = phrase_at(analysis, sentence, after[opening:])
    if not phrase or phrase[0].i != after[opening].i:
        return []
    if is_people(analysis, sentence, phrase[-1]) != people or phrase[-1].tag_ not in {"NNS", "NNPS", "NN"}:
        return []
    rest = [t for t in after if t.i > phrase[-1].i][:2]
    if listed and not any(t.lower_ in {"and", "or", ","} for t in rest):
        return []
    if not people and (listed or phrase[-1].tag_ != "NNS" or len(phrase) > 2):  # noqa: PLR2004
        return []
    return [*after[:opening], *phrase]


def _complement(analysis: Analysis, sentence: Sentence, after: list[Token]) -> list[Token]:
    """Return "of the Guard" behind "members"."""
    if not after or after[0].lower_ != "of":
        return []
    mention = next((m for t in after[1:4] if (m := analysis.mention_at(sentence.token_span(t).start))), None)
    if mention is not None:
        return [t for t in after if sentence.token_span(t).start < mention.span.end]
    phrase = phrase_at(analysis, sentence, [t for t in after[1:] if t.i > after[1].i or t.tag_ not in {"DT", "PRP$"}])
    return [t for t in after if phrase and t.i <= phrase[-1].i]
