"""Which verbs make outcomes of which nouns: any verb of doing of things, justice of people, disposing of hazards."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.materiel_nouns import kind_of
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses.grammar import is_passive, is_verb
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.claims.counted import Counted

_PRESENT = frozenset({"VBZ", "VBP"})


def participle_for(counted: Counted, verb: Token) -> str | None:
    """Return the participle of a verb if it makes an outcome of what is counted."""
    participle = participle_of(verb)
    pairs = load_lexicon("results")["paired"].get(lemma_of(verb))
    if participle is None and pairs is not None and lemma_in(counted.head, frozenset(pairs)):
        return verb.lower_ if verb.lower_.endswith("d") else _regular(verb)
    if participle is None or not fits(counted, participle, verb=_with_particle(verb, participle)):
        return None
    if lemma_of(verb) not in load_lexicon("results")["verbs"] and verb.tag_ in _PRESENT:
        return None  # "the law protects three groups": what holds is no outcome
    partners: list[str] = []
    for other in sorted((t for t in verb.conjuncts if is_verb(t) and t.i < verb.i), key=lambda t: -t.i):
        own = any(c.dep_ in {"dobj", "nsubjpass"} for c in other.children) or _counts_between(other, verb)
        if own or (partner := participle_of(other)) is None:
            break  # "found and destroyed mines" is one deed, "surveyed roads and cleared mines" are two
        partners.insert(0, partner)
    if is_passive(verb):
        return " and ".join(_joined_passives(verb)) or participle
    return " and ".join([*partners, participle])


def _joined_passives(verb: Token) -> list[str]:
    """Return the participles of "412 items were found and destroyed", in order, where they share their subject."""
    verbs = sorted([verb, *(t for t in verb.conjuncts if is_verb(t) and t.tag_ == "VBN")], key=lambda t: t.i)
    if len(verbs) == 1 or sum(any(c.dep_ == "nsubjpass" for c in t.children) for t in verbs) > 1:
        return []
    if any(c.dep_ == "dobj" for t in verbs for c in t.children):
        return []
    if _counts_between(verbs[0], verbs[-1]):
        return []  # "arms were marked, 12 tonnes demilitarised and two depots rebuilt": each has its own
    participles = [participle_of(t) for t in verbs]
    return [p for p in participles if p is not None] if all(participles) else []


def _counts_between(former: Token, verb: Token) -> bool:
    return any(t.pos_ == "NUM" for t in verb.doc[former.i : verb.i])


def _with_particle(verb: Token, participle: str) -> str:
    """Return what a verb is looked up by: a light verb with its particle is another verb than without."""
    lemma = lemma_of(verb)
    light = lemma in load_lexicon("results")["light"] and " " in participle
    return participle if light and lemma not in word_set("results", "outcomes", "disposing") else lemma


def lemma_of(verb: Token) -> str:
    """Return the lemma of a verb, also where the tagger takes its participle for something else."""
    lemma, verbs = verb.lemma_.lower(), load_lexicon("results")["verbs"]
    return lemma if lemma in verbs else _by_participle().get(verb.lower_, lemma)


@cache
def _by_participle() -> Mapping[str, str]:
    return {participle: lemma for lemma, participle in load_lexicon("results")["verbs"].items()}


def participle_of(verb: Token) -> str | None:
    """Return the participle of a verb of doing, with its particle: "set up"; None for verbs that do nothing."""
    lemma = lemma_of(verb)
    known: str | None = load_lexicon("results")["verbs"].get(lemma)
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    if known is not None and known.endswith(" out") and particle != "out":
        return None  # "carrying one litter"
    if particle is None and _is_particle(verb):
        particle = verb.nbor().lower_
    if particle == "together":
        return None  # "brought together 40 ships" gathers them
    if particle is not None:  # "handed down", "dug up"
        light = load_lexicon("results")["light"].get(lemma)
        return f"{(light or known or _regular(verb)).split()[0]} {particle}"
    found = known if known is not None or not _does(verb, lemma) else _regular(verb)
    free = next((c for c in verb.children if c.dep_ in {"oprd", "acomp"} and c.pos_ == "ADJ"), None)
    return f"{found} {free.text}" if found is not None and free is not None else found


def _is_particle(verb: Token) -> bool:
    """Say whether a light verb has its particle right behind it, whatever the parse says: "put up by the police"."""
    if lemma_of(verb) not in load_lexicon("results")["light"] or verb.i + 1 >= verb.sent.end:
        return False
    return verb.nbor().lower_ in word_set("results", "outcomes", "particles")


def _does(verb: Token, lemma: str) -> bool:
    """Say whether a verb tells a deed: not a state, a saying, a wish, a movement of goods."""
    none = word_set("results", "none", "verbs") | frozenset(load_lexicon("results")["light"])
    return is_verb(verb) and verb.pos_ == "VERB" and lemma.isalpha() and lemma not in none


def _regular(verb: Token) -> str:
    if verb.tag_ == "VBN" or verb.lower_.endswith("ed"):
        return verb.lower_
    lemma = verb.lemma_.lower()
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "ed"


def fits(counted: Counted, participle: str, *, verb: str | None) -> bool:
    """Say whether this verb makes an outcome of that noun: hazards by disposing, deeds by doing, people by justice."""
    outcomes = load_lexicon("results")["outcomes"]
    lemma = verb or next((v for v, p in load_lexicon("results")["verbs"].items() if p == participle), "")
    if counted.people:
        return lemma in outcomes["persons_verbs"]
    if counted.quantity.unit == "measure" or lemma_in(counted.head, word_set("results", "outcomes", "measures")):
        return _measured(counted, lemma)
    if lemma_in(counted.head, word_set("results", "outcomes", "deeds")):
        return lemma not in outcomes["idle"]
    return _fits_things(counted, lemma)


def _fits_things(counted: Counted, lemma: str) -> bool:
    """Say whether a verb makes an outcome of things: formations by raising, hazards by disposing, others by telling."""
    outcomes = load_lexicon("results")["outcomes"]
    if lemma in outcomes["helping"] and lemma_in(counted.head, word_set("results", "outcomes", "institutions")):
        return True
    if lemma in outcomes["raising"]:
        return lemma_in(counted.head, word_set("results", "outcomes", "formations"))
    if lemma_in(counted.head, word_set("results", "outcomes", "hazards")):
        return lemma in outcomes["disposing"]
    if lemma in outcomes["giving"] and not lemma_in(counted.head, word_set("results", "outcomes", "awards")):
        return False
    return _fits_others(counted, lemma)


def _fits_others(counted: Counted, lemma: str) -> bool:
    """Say whether a verb of doing makes an outcome of what is neither hazard nor formation: not of materiel given."""
    materiel = kind_of(counted.head.lemma_.lower()) is not None
    made = counted.elliptic and lemma in load_lexicon("results")["outcomes"]["building"]
    if materiel and (made or " " in lemma):
        return False  # "handed over 20 boats", "and built seven"
    telling = lemma in load_lexicon("results")["outcomes"]["telling"]
    if telling or lemma_in(counted.head, word_set("results", "outcomes", "states")):
        return True
    # Of things that no list has, any verb of doing tells an outcome.
    value = counted.quantity.value
    whole = value is not None and value == int(value)  # "1.1 Oversight of the budget" is a heading
    plural = counted.head.tag_ == "NNS" or (value == 1 and counted.head.tag_ == "NN")
    return whole and plural and not materiel


def _measured(counted: Counted, lemma: str) -> bool:
    """Areas, weights and hours are outcomes of clearing, seizing and flying; lengths of time are none."""
    outcomes = load_lexicon("results")["outcomes"]
    if lemma_in(counted.head, word_set("results", "outcomes", "hours")):
        return lemma in outcomes["hours_verbs"]
    if not lemma_in(counted.head, word_set("results", "outcomes", "measures")):
        return False
    return lemma in outcomes["disposing"] or lemma in outcomes["building"]
