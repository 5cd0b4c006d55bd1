"""From a span to the clauses it stands in, the innermost first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.clauses.model import Clause, Phrase, Role
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Sentence


def clause_of(sentence: Sentence, span: Span) -> Clause | None:
    """Return the innermost clause that a span stands in, or None where nothing governs it.

    Args:
        sentence: The sentence.
        span: A quantity, a name or another phrase in it, as a span of the document.
    """
    return next(clauses_of(sentence, span), None)


def clauses_of(sentence: Sentence, span: Span) -> Iterator[Clause]:
    """Yield the clauses that a span stands in, from the innermost predicate outwards.

    "plans to support the provision of $5 million": provision, support, plan.
    A predicate is a verb or a noun of action; the verb "be" counts.
    """
    tokens = sentence.tokens_meeting(span)
    if not tokens:
        return
    root = grammar.root_of(tokens)
    inside = {token.i for token in tokens}
    below = root
    for token in (root, *root.ancestors):
        if token.i in inside and token is not root:
            continue
        if is_predicate(token) and (token.i not in inside or grammar.is_verb(token)):
            yield build_clause(token, below=below)
        below = token


def describing_clauses(noun: Token) -> Iterator[Clause]:
    """Yield the clauses that describe a noun: "boats [donated by Japan]", "boats, [which will arrive in May]"."""
    for child in noun.children:
        if child.dep_ in {"acl", "relcl", "advcl"} and grammar.is_verb(child) and child.i > noun.i:
            for verb in grammar.conjuncts(child):
                if grammar.is_verb(verb) and not tells_of_another(verb):
                    yield build_clause(verb, below=noun)


def tells_of_another(verb: Token) -> bool:
    """Say whether a relative clause has all its parts: "€24 million, of which €10 million is provided by Spain"."""
    relatives = {"which", "who", "that", "whom"}
    own = [child for child in verb.children if child.dep_ in {"nsubjpass", "dobj"} and child.lower_ not in relatives]
    return verb.dep_ == "relcl" and bool(own) and any(token.lower_ == "which" for token in verb.subtree)


def main_clause(sentence: Sentence) -> Clause | None:
    """Return the clause of a sentence's main verb, or of the noun of action that heads a title."""
    root: Token = sentence.parsed.root
    return build_clause(root, below=root) if is_predicate(root) else None


def lead_clause(analysis: Analysis, sentence: Sentence) -> tuple[Sentence, Clause] | None:
    """Return the clause that introduces the list in which a sentence is an item, with its sentence."""
    for lead in reversed(analysis.lead_of(sentence)):
        clause = main_clause(lead)
        if clause is not None:
            return lead, clause
    return None


def is_predicate(token: Token) -> bool:
    """Say whether a token is a verb or a noun that names an action."""
    if grammar.is_verb(token):
        return True
    if token.pos_ != "NOUN" and token.tag_ not in {"NNP", "NNPS", "VBG"}:
        return False
    return token.lemma_.lower() in load_lexicon("clauses")["nouns"]["actions"]


@lru_cache(maxsize=256)  # the readers of one sentence ask for the same clauses
def build_clause(predicate: Token, *, below: Token | None = None) -> Clause:
    """Return the clause of a predicate.

    Args:
        predicate: A verb or a noun of action.
        below: The token from which the predicate was reached; it decides the clause's role.
    """
    tokens = grammar.own_tokens(predicate)
    phrases = tuple(grammar.phrases_in(tokens))
    clause = (
        _verb_clause(predicate, tokens, phrases) if grammar.is_verb(predicate) else _noun_clause(predicate, phrases)
    )
    role, via = _role(predicate, below, clause)
    return Clause(
        predicate=predicate,
        lemma=clause.lemma,
        noun=clause.noun,
        passive=clause.passive,
        agents=clause.agents,
        objects=clause.objects,
        receivers=clause.receivers,
        attributes=clause.attributes,
        phrases=phrases,
        tokens=tokens,
        role=role,
        via=via,
    )


def _verb_clause(verb: Token, tokens: tuple[Token, ...], phrases: tuple[Phrase, ...]) -> Clause:
    lemma = _lemma(verb)
    subjects = grammar.subjects_of(verb)
    objects = grammar.objects_of(verb)
    datives = grammar.datives_of(verb)
    attributes = tuple(each for child in verb.children if child.dep_ == "attr" for each in grammar.conjuncts(child))
    with_things = tuple(p for p in phrases if p.word == "with" and p.head.i == verb.i)
    gives_with = lemma in grammar.listed("verbs", "with_thing") and bool(with_things)
    if grammar.is_passive(verb):
        agents = grammar.by_agents(verb, tokens)
        if objects and not gives_with:  # "Kenya was granted a loan"
            return Clause(predicate=verb, lemma=lemma, passive=True, agents=agents, objects=objects, receivers=subjects)
        if gives_with:  # "the force was equipped with radios"
            things = with_things[0].objects
            return Clause(predicate=verb, lemma=lemma, passive=True, agents=agents, objects=things, receivers=subjects)
        return Clause(predicate=verb, lemma=lemma, passive=True, agents=agents, objects=subjects, receivers=datives)
    if gives_with and objects and objects[0].i < with_things[0].preposition.i and not datives:
        things = with_things[0].objects  # "provided Iraq with radios"
        return Clause(predicate=verb, lemma=lemma, agents=subjects, objects=things, receivers=objects)
    return Clause(
        predicate=verb, lemma=lemma, agents=subjects, objects=objects, receivers=datives, attributes=attributes
    )


def _lemma(verb: Token) -> str:
    lemma: str = verb.lemma_.lower()
    return lemma


def _noun_clause(noun: Token, phrases: tuple[Phrase, ...]) -> Clause:
    lemma = load_lexicon("clauses")["nouns"]["actions"][noun.lemma_.lower()]
    owners = [child for child in noun.children if child.dep_ == "poss"]
    agents = tuple(t for p in phrases if p.word == "by" for t in p.objects)
    if not agents and owners:
        agents = grammar.conjuncts(owners[0])
    objects = tuple(t for p in phrases if p.word == "of" and p.head.i == noun.i for t in p.objects)
    return Clause(predicate=noun, lemma=lemma, noun=True, agents=agents, objects=objects)


def _role(predicate: Token, below: Token | None, clause: Clause) -> tuple[Role, Phrase | None]:
    if below is None or below.i == predicate.i:
        return Role.PREDICATE, None
    within = {token.i for token in below.subtree}
    for role, tokens in (
        (Role.OBJECT, clause.objects),
        (Role.RECEIVER, clause.receivers),
        (Role.SUBJECT, clause.agents),
        (Role.ATTRIBUTE, clause.attributes),
    ):
        if any(token.i in within for token in tokens):
            return role, None
    for phrase in grammar.phrases_in([below]):
        return Role.PREPOSITION, phrase
    return Role.OTHER, None
