"""What was done with counted things: cleared, held, seized, or merely counted as deeds and incidents are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
from ssrgraph.extraction.claims.doings import fits, lemma_of, participle_for
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses import Role, describing_clauses
from ssrgraph.extraction.clauses.grammar import is_verb
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
    for place, token in enumerate(tokens[1:_LONGEST_TAIL], 1):
        behind = [t.tag_ for t in tokens[place + 1 : place + 3]]
        joins = token.lower_ == "and" and behind[:1] in (["VBN"], ["JJ"]) and behind[1:] in (["NN"], ["NNS"])
        if not (joins or token.tag_ in _TAIL_TAGS or token.lower_ in {"against", "the", "of", "-"}):
            break
        taken.append(token)
    while taken and taken[-1].pos_ not in {"NOUN", "PROPN"}:
        taken.pop()
    return taken


def outcome_of(counted: Counted) -> Outcome | str:
    """Return what was done with the counted things, or why they are no outcome."""
    if counted.elliptic:
        return _of_ellipsis(counted) or "no outcome"
    found = _gapped(counted) or next((each for each in _evidence(counted) if each is not None), None)
    return found or _by_order(counted) or "no outcome"


def _of_ellipsis(counted: Counted) -> Outcome | None:
    """Read a number with a verb of its own: "900 were solved", "closing 31 of them"."""
    below = counted.anchor
    for above in counted.anchor.ancestors:
        if is_verb(above):
            clause = build_clause(above, below=below)
            object_ = clause.role in {Role.OBJECT, Role.RECEIVER} or clause.passive
            participle = participle_for(counted, above) if object_ else None
            return None if participle is None else _done(participle, "ellipsis", clause, _LIKELY)
        if above.pos_ == "NOUN":
            return None
        below = above
    return None


def _gapped(counted: Counted) -> Outcome | None:
    """Read a passive that shares its auxiliary: "nine depots were audited, [two armouries rebuilt]"."""
    last = [*counted.tokens, *tail_tokens(counted)][-1]
    if last.i + 1 >= counted.sentence.parsed.end:
        return None
    verb = last.nbor()
    shares = [t for t in counted.sentence.tokens if t.i < counted.tokens[0].i and t.dep_ == "auxpass"]
    known = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and lemma_of(verb) in load_lexicon("results")["verbs"])
    if not known or not shares or any(c.dep_ in {"dobj", "auxpass"} for c in verb.children):
        return None
    participle = participle_for(counted, verb)
    if participle is None:
        return None
    return Outcome(participle=participle, rule="gapped", clause=build_clause(verb, below=verb), confidence=_LIKELY)


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
    flown = lemma_in(counted.head, word_set("results", "outcomes", "hours")) and any(
        t.lower_ in {"flying", "flight"} for t in counted.tokens
    )
    if not flown and not lemma_in(counted.head, known):
        return None
    verb = _above(counted.anchor)
    if verb is not None and verb.lemma == "be" and any(t.dep_ == "expl" for t in verb.predicate.children):
        return Outcome(participle="", rule="there were", confidence=_LIKELY)
    segment = _segment(counted)
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in segment)
    before = counted.tokens[0].nbor(-1).lower_ if counted.tokens[0].i > counted.sentence.parsed.start else ";"
    opens = counted.tokens[0].i - counted.sentence.parsed.start <= 1 or before in {";", ",", "and", "|", "•"}
    item = counted.sentence.block.kind is not BlockKind.PARAGRAPH or len(segment) <= _ITEM
    return Outcome(participle="", rule="item", confidence=_LIKELY) if item and opens and not finite else None


def _segment(counted: Counted) -> list[Token]:
    """Return the words between the semicolons around a count."""
    segment: list[Token] = []
    for token in counted.sentence.tokens:
        if token.text == ";":
            if token.i > counted.head.i:
                break
            segment = []
        else:
            segment.append(token)
    return segment


def _described(counted: Counted, clause: Clause) -> Outcome | None:
    """Read "96 patrols conducted", "cases that were solved", "teams that cleared"."""
    counts_anew = any(
        c.pos_ == "NUM" for c in clause.predicate.children
    )  # "1,450 complaints, of which 900 were solved"
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in clause.predicate.children)  # "that had refused"
    if (clause.passive or (clause.predicate.tag_ == "VBN" and not perfect)) and not counts_anew:
        participle = participle_for(counted, clause.predicate)
        if participle is not None:
            return Outcome(participle=participle, rule="participle", clause=clause, agents=clause.agents)
    return None


def _governed(counted: Counted, clause: Clause, preposition: str) -> Outcome | None:
    guests = clause.lemma == "attend" and not any(t.pos_ == "NUM" for a in clause.agents for t in a.children)
    if guests or clause.lemma == "cover":  # what counted people attended was held
        return None if guests else _covered(counted, clause)
    if clause.role in {Role.OBJECT, Role.RECEIVER}:  # "supported 14 workshops with": the parse gives it to them
        participle = participle_for(counted, clause.predicate)
        return None if participle is None else _done(participle, "object", clause)
    if clause.role is Role.SUBJECT and not clause.passive:
        return _took_place(counted, clause) or _doers(counted, clause)
    led_to = preposition in {"in", "to"} and clause.lemma in {"result", "lead", "culminate", "end", "contribute"}
    listed = clause.predicate.lower_ in {"including", "totalling", "totaling"} or preposition == "including"
    if led_to or listed:
        return _deed(counted) or (_brought_about(counted) if led_to else None)
    return _through_preposition(counted, clause, preposition)


def _through_preposition(counted: Counted, clause: Clause, preposition: str) -> Outcome | None:
    """Read "disposed of 300 mines", "responded to 40 calls", and where something was done."""
    if clause.lemma == "dispose" and (preposition == "of" or clause.role is Role.PREPOSITION):
        return _done("disposed of", "object", clause)
    prepositions = load_lexicon("results")["prepositional"]
    if preposition and prepositions.get(clause.lemma) == preposition and not counted.people:
        return _done(f"{clause.predicate.text} {preposition}", "preposition", clause, _LIKELY)
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
            participle = participle_for(counted, clause.predicate)
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


def _brought_about(counted: Counted) -> Outcome | None:
    """Read "resulting in two accords"."""
    if lemma_in(counted.head, word_set("results", "outcomes", "states")):
        return Outcome(participle="", rule="brought about", confidence=_LIKELY)
    return None


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
            participle = participle_for(counted, token)
            if participle is not None:
                return Outcome(participle=participle, rule="nearest verb", confidence=_LIKELY)
    return None
