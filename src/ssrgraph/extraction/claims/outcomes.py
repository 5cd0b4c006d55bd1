"""What was done with counted things: cleared, held, seized, or merely counted as deeds and incidents are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses import Role, describing_clauses
from ssrgraph.extraction.clauses.grammar import is_passive, is_verb
from ssrgraph.extraction.clauses.reading import build_clause
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Clause

_WHERE = frozenset({"in", "across", "throughout", "inside", "within", "at", "near", "along", "over", "around"})
_LONGEST_TAIL = 8  # tokens of "of violence against journalists"
_TAIL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "CD", "VBN"})
_ITEM = 14  # tokens of a line that is only a count
_SURE, _LIKELY = 0.8, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done with the counted things.

    Attributes:
        participle: The verb as it ends the measure, empty where the noun says all ("three workshops").
        rule: Name of the construction.
        clause: The clause that says it.
        agents: Heads of who did it.
        confidence: The share of such readings that hold.
    """

    participle: str
    rule: str
    clause: Clause | None = None
    agents: tuple[Token, ...] = ()
    confidence: float = _SURE


def tail_tokens(counted: Counted) -> list[Token]:
    """Return the words that "of" adds to the counted noun: "[of violence against journalists]"."""
    tokens = [t for t in counted.sentence.tokens if t.i > counted.tokens[-1].i]
    if not tokens or tokens[0].lower_ != "of":
        return []
    taken = [tokens[0]]
    for token, following in zip(tokens[1:_LONGEST_TAIL], [*tokens[2:_LONGEST_TAIL], None], strict=False):
        joins = token.lower_ == "and" and following is not None and following.tag_ in {"VBN", "JJ"}
        if not (joins or token.tag_ in _TAIL_TAGS or token.lower_ in {"against", "the", "of", "-"}):
            break
        taken.append(token)
    while taken and taken[-1].pos_ not in {"NOUN", "PROPN"}:
        taken.pop()
    return taken


def outcome_of(counted: Counted) -> Outcome | str:
    """Return what was done with the counted things, or why they are no outcome."""
    found = next((each for each in _evidence(counted) if each is not None), None)
    return found or _by_order(counted) or "no outcome"


def _evidence(counted: Counted) -> Iterator[Outcome | str | None]:
    for clause in describing_clauses(counted.head):
        yield _described(counted, clause)
    for token in tail_tokens(counted):  # "640 tonnes of ammunition destroyed": the parse hangs it on the last noun
        for clause in describing_clauses(token):
            yield _described(counted, clause)
    yield _without_verb(counted)
    below = counted.anchor
    preposition, through = "", False
    for above in counted.anchor.ancestors:
        if above.dep_ in {"prep", "agent", "dative", "pcomp"} and above.pos_ in {"ADP", "SCONJ"}:
            preposition = above.lower_
        elif is_verb(above):
            clause = build_clause(above, below=below)
            yield _scene(counted, clause) if through else _governed(counted, clause, preposition)
            return
        elif above.pos_ in {"NOUN", "PROPN"} and above.i < counted.anchor.i:
            yield _nominal(counted, above, preposition)
            through = through or preposition in _WHERE
            if above.dep_ not in {"conj", "appos"} and below.dep_ not in {"conj", "appos"}:
                preposition = ""
        below = above


def _without_verb(counted: Counted) -> Outcome | None:
    """Read "There were 560 violations", and list items that are only a count of deeds: "71 arrests"."""
    known = word_set("results", "outcomes", "events") | word_set("results", "outcomes", "incidents")
    if not lemma_in(counted.head, known):
        return None
    verb = _above(counted.anchor)
    if verb is not None and verb.lemma == "be" and any(t.dep_ == "expl" for t in verb.predicate.children):
        return Outcome(participle="", rule="there were", confidence=_LIKELY)
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in counted.sentence.tokens)
    opens = counted.tokens[0].i - counted.sentence.parsed.start <= 1 or counted.tokens[0].nbor(-1).lower_ in {
        ";",
        ",",
        "and",
    }
    item = counted.sentence.block.kind is not BlockKind.PARAGRAPH or len(counted.sentence.parsed) <= _ITEM
    return Outcome(participle="", rule="item", confidence=_LIKELY) if item and opens and not finite else None


def _described(counted: Counted, clause: Clause) -> Outcome | None:
    """Read "96 patrols conducted", "cases that were solved", "teams that cleared"."""
    counts_anew = any(
        c.pos_ == "NUM" for c in clause.predicate.children
    )  # "1,450 complaints, of which 900 were solved"
    if (clause.passive or clause.predicate.tag_ == "VBN") and not counts_anew:
        participle = _participle(counted, clause.predicate)
        if participle is not None:
            return Outcome(participle=participle, rule="participle", clause=clause, agents=clause.agents)
    return None


def _governed(counted: Counted, clause: Clause, preposition: str) -> Outcome | None:
    guests = clause.lemma == "attend" and not any(t.pos_ == "NUM" for a in clause.agents for t in a.children)
    if guests or clause.lemma == "cover":  # what counted people attended was held
        return None if guests else _covered(counted, clause)
    if clause.role in {Role.OBJECT, Role.RECEIVER}:  # "supported 14 workshops with": the parse gives it to them
        participle = _participle(counted, clause.predicate)
        return None if participle is None else _done(participle, "object", clause)
    if clause.role is Role.SUBJECT and not clause.passive:
        return _took_place(counted, clause) or _doers(counted, clause)
    led_to = preposition in {"in", "to"} and clause.lemma in {"result", "lead", "culminate", "end", "contribute"}
    listed = clause.predicate.lower_ in {"including", "totalling", "totaling"} or preposition == "including"
    if led_to or listed:
        return _deed(counted)
    if clause.lemma == "dispose" and (preposition == "of" or clause.role is Role.PREPOSITION):
        return _done("disposed of", "object", clause)
    return _scene(counted, clause) if clause.role is Role.PREPOSITION and preposition in _WHERE else None


def _covered(counted: Counted, clause: Clause) -> Outcome | None:
    """Read "the project covers 41 airports": where the work is done, and no extent of land."""
    places = word_set("results", "outcomes", "scenes") | word_set("results", "outcomes", "gates")
    counted_places = counted.quantity.unit == "count" and lemma_in(counted.head, places)
    return _done("covered", "covered", clause, _LIKELY) if counted_places else None


def _done(participle: str, rule: str, clause: Clause, confidence: float = _SURE) -> Outcome:
    return Outcome(participle=participle, rule=rule, clause=clause, agents=clause.agents, confidence=confidence)


def _scene(counted: Counted, clause: Clause) -> Outcome | None:
    """Read where something was done: "reduced crime in 60 municipalities"."""
    telling = clause.lemma in load_lexicon("results")["outcomes"]["scene_verbs"]
    if not telling or not lemma_in(counted.head, word_set("results", "outcomes", "scenes")):
        return None
    return _done(f"where {_with_object(clause)}", "scene", clause, _LIKELY)


def _doers(counted: Counted, clause: Clause) -> Outcome | None:
    """Read "135 units achieved accreditation", "12 laws entered into force": institutions that did what counts."""
    members = {t.lower_ for t in counted.tokens} & {"member", "partner", "participating"}
    if members or not lemma_in(counted.head, word_set("results", "outcomes", "doers")):
        return None
    verbs = word_set("results", "outcomes", "achieving")
    if clause.lemma in verbs and (clause.objects or clause.phrases):
        words = _with_object(clause)
        return Outcome(participle=words, rule="institutions that did it", clause=clause, confidence=_LIKELY)
    return None


def _took_place(counted: Counted, clause: Clause) -> Outcome | None:
    """Read "16 seminars took place"."""
    place = clause.lemma == "take" and any(t.lower_ == "place" for t in clause.tokens)
    deed = lemma_in(counted.head, word_set("results", "outcomes", "deeds"))
    return Outcome(participle="held", rule="took place", clause=clause) if place and deed else None


def _with_object(clause: Clause) -> str:
    noun = clause.objects[0] if clause.objects else None
    verb = load_lexicon("results")["verbs"].get(clause.lemma, clause.predicate.text)
    if noun is None:
        return str(verb)
    modifiers = [t.text for t in noun.lefts if t.dep_ in {"amod", "compound", "punct"}]
    return " ".join([str(verb), *modifiers, noun.text])


def _nominal(counted: Counted, noun: Token, preposition: str) -> Outcome | str | None:
    """Read "the destruction of 8,000 weapons", "a series of 12 workshops"."""
    nominal = load_lexicon("results")["nominal"]
    lemma = noun.lemma_.lower()
    if preposition == "of" and lemma in nominal:
        if not fits(counted, nominal[lemma], verb=None):
            return None
        clause = _above(noun)
        agents = clause.agents if clause is not None and clause.role is not Role.SUBJECT else ()
        return Outcome(participle=nominal[lemma], rule="noun of action", clause=clause, agents=agents)
    if preposition == "of" and lemma in word_set("results", "none", "giving"):
        return "materiel given"
    if preposition == "of" and lemma in {"series", "total", "number", "set", "round", "programme", "program"}:
        clause = _above(noun)
        if clause is not None and clause.role is Role.OBJECT:
            participle = _participle(counted, clause.predicate)
            if participle is not None:
                return Outcome(participle=participle, rule="series", clause=clause, agents=clause.agents)
        return _deed(counted)
    return None


def _above(noun: Token) -> Clause | None:
    below = noun
    for above in noun.ancestors:
        if is_verb(above):
            return build_clause(above, below=below)
        below = above
    return None


def _deed(counted: Counted) -> Outcome | None:
    if lemma_in(counted.head, word_set("results", "outcomes", "events")):
        return Outcome(participle="", rule="deed", confidence=_LIKELY)
    return None


def _participle(counted: Counted, verb: Token) -> str | None:
    """Return the participle of a verb if it makes an outcome of what is counted."""
    participle = _participle_of(verb)
    if participle is None or not fits(counted, participle, verb=verb.lemma_.lower()):
        return None
    partners: list[str] = []
    for other in sorted((t for t in verb.conjuncts if is_verb(t) and t.i < verb.i), key=lambda t: -t.i):
        if any(c.dep_ in {"dobj", "nsubjpass"} for c in other.children) or (partner := _participle_of(other)) is None:
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
    participles = [_participle_of(t) for t in verbs]
    return [p for p in participles if p is not None] if all(participles) else []


def _participle_of(verb: Token) -> str | None:
    verbs = load_lexicon("results")["verbs"]
    found: str | None = verbs.get(verb.lemma_.lower()) or verbs.get(verb.lower_)
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    if found is not None and found.endswith(" out") and particle != "out":
        return None  # "carrying one litter"
    if found is not None and particle is not None:  # "handed down"
        found = f"{found.split()[0]} {particle}"
    free = next((c for c in verb.children if c.dep_ in {"oprd", "acomp"} and c.pos_ == "ADJ"), None)
    return f"{found} {free.text}" if found is not None and free is not None else found


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
    if lemma in outcomes["raising"]:
        return lemma_in(counted.head, word_set("results", "outcomes", "formations"))
    if lemma_in(counted.head, word_set("results", "outcomes", "hazards")):
        return lemma in outcomes["disposing"]
    if lemma in outcomes["giving"] and not lemma_in(counted.head, word_set("results", "outcomes", "awards")):
        return False
    known = lemma_in(counted.head, word_set("results", "outcomes", "states"))
    return known or lemma in outcomes["telling"]


def _measured(counted: Counted, lemma: str) -> bool:
    """Areas, weights and hours are outcomes of clearing, seizing and flying; lengths of time are none."""
    outcomes = load_lexicon("results")["outcomes"]
    if lemma_in(counted.head, word_set("results", "outcomes", "hours")):
        return lemma in outcomes["hours_verbs"]
    if not lemma_in(counted.head, word_set("results", "outcomes", "measures")):
        return False
    return lemma in outcomes["disposing"] or lemma in outcomes["building"]


def _by_order(counted: Counted) -> Outcome | None:
    """Read the order of words where the parse gave nothing: "Cleared 300 mines", "14 workshops held"."""
    tokens = list(counted.sentence.tokens)
    before = [t for t in tokens if t.i < counted.tokens[0].i][-1:]
    last = [*counted.tokens, *tail_tokens(counted)][-1]
    behind = [t for t in tokens if t.i > last.i][:1]
    for token in (*behind, *before):
        verbal = token.tag_ in {"VBN", "VBD", "VBG", "VB"} or token.lower_.endswith("ed")
        acts = any(child.dep_ == "dobj" for child in token.children)
        subject = acts and counted.head.dep_ == "nsubj" and counted.head.head.i == token.i
        verbal = verbal and not subject and token.lemma_.lower() != "attend"
        # A bare noun or adjective right in front of a number is a verb that the tagger missed: "to close 41 cases".
        if verbal or (token in before and token.lower_ in load_lexicon("results")["verbs"]):
            participle = _participle(counted, token)
            if participle is not None:
                return Outcome(participle=participle, rule="nearest verb", confidence=_LIKELY)
    return None
