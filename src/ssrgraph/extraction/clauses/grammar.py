"""Grammar over spaCy's parse: subjects, objects, coordination, noun phrases.

The parse of a small model is often wrong about attachments, seldom about the words themselves; what is asked here is
answered from the nearest evidence and never walks out of the sentence.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.clauses.model import Phrase
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_OPEN_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "xcomp", "acl", "pcomp", "csubj", "parataxis", "conj"})
_RELATIVES = frozenset({"which", "who", "that", "whom"})


@cache
def listed(group: str, name: str) -> frozenset[str]:
    """Return one word list of the lexicon of clauses."""
    return frozenset(load_lexicon("clauses")[group][name])


def is_verb(token: Token) -> bool:
    """Say whether a token is a verb that can be a predicate; forms that stand in front of a noun are none."""
    if token.dep_ in {"amod", "compound", "aux", "auxpass", "case", "nmod", "prep", "mark"}:
        return False
    return token.pos_ in {"VERB", "AUX"}


def root_of(tokens: Iterable[Token]) -> Token:
    """Return the token that the others of a phrase hang on, the last such one where the parse has several."""
    inside = list(tokens)
    places = {token.i for token in inside}
    roots = [token for token in inside if token.head.i not in places or token.head.i == token.i]
    nouns = [token for token in roots if token.pos_ in NOMINAL]
    if not nouns:  # "not exceeding $5 million": the number, not its hedge
        nouns = [token for token in inside if token.pos_ in NOMINAL and token.dep_ in {"dobj", "pobj", "attr"}]
    return (nouns or roots or inside)[-1]


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Return a token and those coordinated behind it, in order."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return tuple(sorted(found, key=lambda each: each.i))


def first_conjunct(token: Token) -> Token:
    """Return the first member of the coordination that a token is in."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def noun_phrase(token: Token) -> tuple[Token, ...]:
    """Return the tokens of a noun's own phrase, in order: what stands in front of it and its "of"-parts.

    Relative clauses, participles, appositions, coordinated nouns and other prepositions stay out.
    """
    kept = [token]
    for child in token.children:
        in_front = child.i < token.i and child.dep_ not in {"conj", "cc", "punct", "relcl", "advcl", "prep", "appos"}
        if in_front or (child.dep_ == "prep" and child.lower_ == "of"):
            kept += child.subtree
    return tuple(sorted(kept, key=lambda each: each.i))


def is_passive(verb: Token) -> bool:
    """Say whether a verb is passive, a bare participle behind a noun ("boats donated by") among them."""
    deps = {child.dep_ for child in verb.children}
    if verb.lemma_.lower() in listed("verbs", "intransitive"):
        return False  # "the army parted with its tanks", where the tagger has a participle
    if deps & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.tag_ != "VBN" or any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False
    if verb.dep_ == "conj" and is_verb(verb.head) and not deps & SUBJECTS:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "relcl"} or (verb.dep_ in {"ROOT", "ccomp"} and "dobj" not in deps)


def subjects_of(verb: Token, *, depth: int = 0) -> tuple[Token, ...]:
    """Return the heads of a verb's subject as it stands in the text, found through whatever governs the verb.

    A relative pronoun gives the noun it refers to; a participle, infinitive or coordinated verb without a subject of
    its own shares that of the verb that governs it, or its object ("asked Kenya to lead").
    """
    own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if own is not None:
        if own.lower_ in _RELATIVES and own.tag_ in {"WDT", "WP", "IN", "DT"}:
            clause = first_conjunct(verb)
            antecedent = clause.head if clause.dep_ in {"relcl", "acl", "advcl", "ccomp"} else None
            return _antecedent(antecedent, own)
        return conjuncts(own)
    if depth > 6 or verb.head.i == verb.i:  # noqa: PLR2004 - deeper than any real sentence: a parse gone wrong
        return ()
    return _governed(verb, depth=depth + 1)


def _antecedent(noun: Token | None, pronoun: Token) -> tuple[Token, ...]:
    if noun is None:
        return ()
    if noun.pos_ in NOMINAL and noun.i < pronoun.i:
        # "boats and vehicles, which": the parse hangs the clause on the last one.
        return (noun,)
    return ()


def _governed(verb: Token, *, depth: int) -> tuple[Token, ...]:
    head = verb.head
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in NOMINAL:
        infinitive = verb.tag_ == "VB"
        return _through_noun(head, depth=depth) if infinitive else conjuncts(head)
    if verb.dep_ == "pcomp":
        head = head.head  # "by providing", "for clearing": behind a preposition
    if head.pos_ in {"ADJ", "ADV"}:
        if head.dep_ == "amod":
            return (head.head,)
        head = head.head
    if is_verb(head):
        controlled = listed("verbs", "object_control")
        if verb.dep_ in {"xcomp", "ccomp", "advcl"} and verb.tag_ == "VB" and head.lemma_.lower() in controlled:
            objects = _children(head, {"dobj", "dative"})
            if objects and objects[0].i < verb.i:
                return conjuncts(objects[0])
        return subjects_of(head, depth=depth)
    if head.pos_ in NOMINAL:
        return _through_noun(head, depth=depth)
    return ()


def _through_noun(noun: Token, *, depth: int) -> tuple[Token, ...]:
    """Return whose plan, effort or commitment a noun is: its possessor, or the subject of the verb above it."""
    owners = _children(noun, {"poss"})
    if owners:
        return conjuncts(owners[0])
    above = governor(noun)
    return subjects_of(above, depth=depth) if above is not None else ()


def governor(token: Token) -> Token | None:
    """Return the nearest verb above a token, or None."""
    for above in token.ancestors:
        if is_verb(above):
            return above
    return None


def _children(token: Token, deps: set[str]) -> list[Token]:
    return [child for child in token.children if child.dep_ in deps]


def objects_of(verb: Token) -> tuple[Token, ...]:
    """Return the heads of a verb's direct objects; for a relative clause the noun that it describes."""
    objects = _children(verb, {"dobj", "obj"})
    if objects and objects[0].lower_ not in _RELATIVES:
        return conjuncts(objects[0])
    if first_conjunct(verb).dep_ == "relcl" and not is_passive(verb) and not _tells_where(verb):
        subjects = _children(verb, {"nsubj"})
        if subjects and subjects[0].lower_ not in _RELATIVES and not _children(verb, {"attr", "acomp"}):
            return (first_conjunct(verb).head,)
    return ()


def _tells_where(verb: Token) -> bool:
    """Say whether a relative clause describes its noun as where or how it happens: "a course in which 40 learned"."""
    governed = (g for child in verb.children if child.dep_ == "prep" for g in child.children)
    adverbs = (child for child in verb.children if child.dep_ == "advmod" and child.lower_ in {"where", "when"})
    return any(g.lower_ in {"which", "whom"} for g in governed) or any(adverbs)


def datives_of(verb: Token) -> tuple[Token, ...]:
    """Return the heads of who gets something without a preposition ("gave [Iraq] boats")."""
    found = [child for child in verb.children if child.dep_ == "dative" and child.pos_ in NOMINAL]
    return conjuncts(found[0]) if found else ()


def by_agents(verb: Token, tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return the heads behind the "by" of a passive; the parse may have hung it on a noun in between."""
    for child in verb.children:
        if child.dep_ == "agent":
            found = _governed_nouns(child)
            if found:
                return found
    for token in tokens:
        if token.lower_ == "by" and token.i > verb.i:
            found = _governed_nouns(token)
            if found and found[0].ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL"}:
                return found
    return ()


def _governed_nouns(preposition: Token) -> tuple[Token, ...]:
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"} and child.pos_ in NOMINAL:
            return conjuncts(child)
    return ()


def own_tokens(predicate: Token) -> tuple[Token, ...]:
    """Return the tokens of a predicate's clause in order, without the clauses inside it."""
    found: list[Token] = []

    def gather(token: Token) -> None:
        found.append(token)
        for child in token.children:
            inner = child.dep_ in _OPEN_CLAUSES and is_verb(child) and child.i != predicate.i
            if not inner:
                gather(child)

    gather(predicate)
    return tuple(sorted(found, key=lambda each: each.i))


def phrases_in(tokens: Iterable[Token]) -> Iterator[Phrase]:
    """Yield the prepositional phrases among tokens, in order."""
    for token in tokens:
        if token.dep_ in {"prep", "agent", "dative"} and token.pos_ in {"ADP", "SCONJ", "PART", "VERB"}:
            objects = _governed_nouns(token)
            if not objects:  # "up to", "because of": the object hangs on the inner preposition
                inner = next((child for child in token.children if child.dep_ == "prep"), None)
                objects = _governed_nouns(inner) if inner is not None else ()
            if objects:
                yield Phrase(word=token.lower_, preposition=token, objects=objects, head=token.head)
