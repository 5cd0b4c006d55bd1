"""Counted outcomes that are neither money, people nor materiel given: hazards cleared, workshops held, cases closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.circumstances import (
    Held,
    agents_by_order,
    agents_of,
    lead_agents,
    period_of,
    places_of,
    scope_of,
)
from ssrgraph.extraction.claims.counted import counted_in, in_one_list, in_one_row
from ssrgraph.extraction.claims.nouns import lemma_in, word_set
from ssrgraph.extraction.clauses import Role, clause_of, describing_clauses, status_of
from ssrgraph.extraction.clauses.grammar import is_passive, is_verb
from ssrgraph.extraction.clauses.reading import build_clause
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Rejected, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Clause

_WHERE = frozenset({"in", "across", "throughout", "inside", "within", "at", "near", "along", "over", "around"})
_LONGEST_TAIL = 8  # tokens of "of violence against journalists"
_TAIL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "CD", "VBN"})
_SURE, _LIKELY = 0.8, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
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


def read_results(analysis: Analysis) -> Iterator[Result | Rejected]:
    """Yield the counted outcomes that a document claims, and those that were not believed, in order of the text."""
    found = [read for sentence in analysis.body() for read in _in_sentence(analysis, sentence)]
    fullest: dict[tuple[object, ...], Result] = {}
    for read in found:
        if isinstance(read, Result):
            key = (read.value, read.measure.lower())
            if key not in fullest or len(read.words) > len(fullest[key].words):
                fullest[key] = read
    for read in found:
        said_again = isinstance(read, Result) and fullest[read.value, read.measure.lower()] is not read
        yield Rejected(table="results", reason="said before", quote=read.quote) if said_again else read


def _in_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[Result | Rejected]:
    found = counted_in(analysis, sentence)
    former: tuple[Counted, _Outcome] | None = None
    for counted in found:
        if not _countable(analysis, counted):
            continue
        outcome = _outcome(counted)
        if outcome == "no outcome" and former is not None and in_one_list(former[0], counted):
            clause = former[1].clause
            verb = clause.predicate.lemma_.lower() if clause is not None else None
            outcome = former[1] if _fits(counted, former[1].participle, verb=verb) else outcome
        if isinstance(outcome, str):
            yield Rejected(table="results", reason=outcome, quote=counted.quote)
            continue
        former = (counted, outcome)
        others = [each.quote for each in found if each is not counted and not in_one_row(counted, each)]
        yield _read(analysis, counted, outcome, others)


def _countable(analysis: Analysis, counted: Counted) -> bool:
    if counted.elliptic or (counted.body is not None and counted.people):
        return False
    return _victims(counted) if counted.people else not _uncountable(analysis, counted)


def _victims(counted: Counted) -> bool:
    """People are an outcome only where they are what justice looks for or finds."""
    return lemma_in(counted.head, word_set("results", "outcomes", "persons"))


def _uncountable(analysis: Analysis, counted: Counted) -> bool:
    if lemma_in(counted.head, word_set("results", "none", "nouns")):
        return True
    mention = analysis.mention_at(counted.sentence.token_span(counted.head).start)
    return mention is not None and mention.form == "name" and mention.span.start <= counted.group.start


def _read(analysis: Analysis, counted: Counted, outcome: _Outcome, others: list[Span]) -> Result | Rejected:
    sentence = counted.sentence
    standing = status_of(analysis, sentence, sentence.token_span(counted.anchor))
    own = outcome.clause is not None and standing.trigger == sentence.token_span(outcome.clause.predicate)
    if standing.doubt is not None and not (
        own and standing.negated and not standing.hypothetical
    ):  # "prevented 160 attacks"
        return Rejected(table="results", reason=standing.doubt, quote=counted.quote)
    if counted.quantity.value is None:
        return Rejected(table="results", reason="range", quote=counted.quote)
    scope = scope_of(counted, outcome.clause or clause_of(sentence, sentence.token_span(counted.anchor)), others)
    agent = _agent(analysis, counted, outcome)
    place = places_of(analysis, counted, scope, _WHERE, others)
    period = period_of(analysis, counted, others)
    tail = _tail(counted)
    slots = {
        "agent": agent.words,
        "place": place.words,
        "from_": period.span if period is not None and period.from_ else None,
        "to": period.span if period is not None and period.to else None,
    }
    return Result(
        quote=Span(counted.quote.start, max(counted.quote.end, tail.end)),
        passage=sentence.span,
        words={name: span for name, span in slots.items() if span is not None},
        confidence=outcome.confidence,
        rule=outcome.rule,
        measure=f"{analysis.words(tail)} {outcome.participle}".strip(),
        value=counted.quantity.value,
        bound=counted.quantity.bound,
        agent=agent.entities,
        place=place.entities,
        from_=period.from_ if period is not None else None,
        to=period.to if period is not None else None,
    )


def _agent(analysis: Analysis, counted: Counted, outcome: _Outcome) -> Held:
    sentence, clause = counted.sentence, outcome.clause
    agent = agents_of(analysis, sentence, outcome.agents)
    passive = clause is not None and clause.passive
    named = any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in outcome.agents)
    if agent.entities or named or passive:
        return agent
    agent = agents_by_order(analysis, sentence, counted.quote.start)
    return agent if agent.entities or sentence.block.lead is None else lead_agents(analysis, sentence)


def _tail(counted: Counted) -> Span:
    """Return the counted noun with what "of" adds to it: "cases of violence against journalists"."""
    tokens = [t for t in counted.sentence.parsed if t.i > counted.tokens[-1].i]
    if not tokens or tokens[0].lower_ != "of":
        return counted.group
    taken = [tokens[0]]
    for token, following in zip(tokens[1:_LONGEST_TAIL], [*tokens[2:_LONGEST_TAIL], None], strict=False):
        joins = token.lower_ == "and" and following is not None and following.tag_ in {"VBN", "JJ"}
        if not (joins or token.tag_ in _TAIL_TAGS or token.lower_ in {"against", "the", "of", "-"}):
            break
        taken.append(token)
    while taken and taken[-1].pos_ not in {"NOUN", "PROPN"}:
        taken.pop()
    if not taken:
        return counted.group
    return Span(counted.group.start, counted.sentence.token_span(taken[-1]).end)


# ---- what was done


def _outcome(counted: Counted) -> _Outcome | str:
    """Return what was done with the counted things, or why they are no outcome."""
    found = next((each for each in _evidence(counted) if each is not None), None)
    return found or _by_order(counted) or "no outcome"


def _evidence(counted: Counted) -> Iterator[_Outcome | str | None]:
    for clause in describing_clauses(counted.head):
        yield _described(counted, clause)
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


def _described(counted: Counted, clause: Clause) -> _Outcome | None:
    """Read "96 patrols conducted", "cases that were solved", "teams that cleared"."""
    counts_anew = any(
        c.pos_ == "NUM" for c in clause.predicate.children
    )  # "1,450 complaints, of which 900 were solved"
    if (clause.passive or clause.predicate.tag_ == "VBN") and not counts_anew:
        participle = _participle(counted, clause.predicate)
        if participle is not None:
            return _Outcome(participle=participle, rule="participle", clause=clause, agents=clause.agents)
    return None


def _governed(counted: Counted, clause: Clause, preposition: str) -> _Outcome | None:
    if clause.role in {Role.OBJECT, Role.RECEIVER}:  # "supported 14 workshops with": the parse gives it to them
        participle = _participle(counted, clause.predicate)
        return None if participle is None else _done(participle, "object", clause)
    if clause.role is Role.SUBJECT and not clause.passive:
        return _took_place(counted, clause) or _doers(counted, clause)
    if clause.predicate.lower_ in {"including", "totalling", "totaling"} or preposition == "including":
        return _deed(counted)
    if preposition == "of" and clause.lemma == "dispose":
        return _done("disposed of", "object", clause)
    return _scene(counted, clause) if clause.role is Role.PREPOSITION and preposition in _WHERE else None


def _done(participle: str, rule: str, clause: Clause, confidence: float = _SURE) -> _Outcome:
    return _Outcome(participle=participle, rule=rule, clause=clause, agents=clause.agents, confidence=confidence)


def _scene(counted: Counted, clause: Clause) -> _Outcome | None:
    """Read where something was done: "reduced crime in 60 municipalities"."""
    telling = clause.lemma in load_lexicon("results")["outcomes"]["scene_verbs"]
    if not telling or not lemma_in(counted.head, word_set("results", "outcomes", "scenes")):
        return None
    return _done(f"where {_with_object(clause)}", "scene", clause, _LIKELY)


def _doers(counted: Counted, clause: Clause) -> _Outcome | None:
    """Read "135 units achieved accreditation", "12 laws entered into force": institutions that did what counts."""
    members = {t.lower_ for t in counted.tokens} & {"member", "partner", "participating"}
    if members or not lemma_in(counted.head, word_set("results", "outcomes", "doers")):
        return None
    verbs = word_set("results", "outcomes", "achieving")
    if clause.lemma in verbs and (clause.objects or clause.phrases):
        words = _with_object(clause)
        return _Outcome(participle=words, rule="institutions that did it", clause=clause, confidence=_LIKELY)
    return None


def _took_place(counted: Counted, clause: Clause) -> _Outcome | None:
    """Read "16 seminars took place"."""
    place = clause.lemma == "take" and any(t.lower_ == "place" for t in clause.tokens)
    deed = lemma_in(counted.head, word_set("results", "outcomes", "deeds"))
    return _Outcome(participle="held", rule="took place", clause=clause) if place and deed else None


def _with_object(clause: Clause) -> str:
    noun = clause.objects[0] if clause.objects else None
    verb = load_lexicon("results")["verbs"].get(clause.lemma, clause.predicate.text)
    if noun is None:
        return str(verb)
    modifiers = [t.text for t in noun.lefts if t.dep_ in {"amod", "compound", "punct"}]
    return " ".join([str(verb), *modifiers, noun.text])


def _nominal(counted: Counted, noun: Token, preposition: str) -> _Outcome | str | None:
    """Read "the destruction of 8,000 weapons", "a series of 12 workshops"."""
    nominal = load_lexicon("results")["nominal"]
    lemma = noun.lemma_.lower()
    if preposition == "of" and lemma in nominal:
        if not _fits(counted, nominal[lemma], verb=None):
            return None
        clause = _above(noun)
        agents = clause.agents if clause is not None and clause.role is not Role.SUBJECT else ()
        return _Outcome(participle=nominal[lemma], rule="noun of action", clause=clause, agents=agents)
    if preposition == "of" and lemma in word_set("results", "none", "giving"):
        return "materiel given"
    if preposition == "of" and lemma in {"series", "total", "number", "set", "round", "programme", "program"}:
        clause = _above(noun)
        if clause is not None and clause.role is Role.OBJECT:
            participle = _participle(counted, clause.predicate)
            if participle is not None:
                return _Outcome(participle=participle, rule="series", clause=clause, agents=clause.agents)
        return _deed(counted)
    return None


def _above(noun: Token) -> Clause | None:
    below = noun
    for above in noun.ancestors:
        if is_verb(above):
            return build_clause(above, below=below)
        below = above
    return None


def _deed(counted: Counted) -> _Outcome | None:
    if lemma_in(counted.head, word_set("results", "outcomes", "events")):
        return _Outcome(participle="", rule="deed", confidence=_LIKELY)
    return None


def _participle(counted: Counted, verb: Token) -> str | None:
    """Return the participle of a verb if it makes an outcome of what is counted."""
    participle = _participle_of(verb)
    if participle is None or not _fits(counted, participle, verb=verb.lemma_.lower()):
        return None
    partners: list[str] = []
    for other in sorted((t for t in verb.conjuncts if is_verb(t) and t.i < verb.i), key=lambda t: -t.i):
        if any(c.dep_ in {"dobj", "nsubjpass"} for c in other.children) or (partner := _participle_of(other)) is None:
            break  # "found and destroyed mines" is one deed, "surveyed roads and cleared mines" are two
        partners.insert(0, partner)
    passive = is_passive(verb) and partners
    return " and ".join([*partners, participle]) if partners and not passive else participle


def _participle_of(verb: Token) -> str | None:
    verbs = load_lexicon("results")["verbs"]
    found: str | None = verbs.get(verb.lemma_.lower()) or verbs.get(verb.lower_)
    return found


def _fits(counted: Counted, participle: str, *, verb: str | None) -> bool:
    """Say whether this verb makes an outcome of that noun: hazards by disposing, deeds by doing, people by justice."""
    outcomes = load_lexicon("results")["outcomes"]
    lemma = verb or next((v for v, p in load_lexicon("results")["verbs"].items() if p == participle), "")
    if counted.people:
        return lemma in outcomes["persons_verbs"]
    if counted.quantity.unit == "measure" or lemma_in(counted.head, word_set("results", "outcomes", "measures")):
        return _measured(counted, lemma)
    if lemma_in(counted.head, word_set("results", "outcomes", "hazards")):
        return lemma in outcomes["disposing"]
    if lemma_in(counted.head, word_set("results", "outcomes", "deeds")):
        return lemma not in outcomes["idle"]
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
    return lemma in outcomes["disposing"] or lemma in {
        "release",
        "build",
        "pave",
        "map",
        "search",
        "hand",
        "patrol",
        "cover",
    }


def _by_order(counted: Counted) -> _Outcome | None:
    """Read the order of words where the parse gave nothing: "Cleared 300 mines", "14 workshops held"."""
    tokens = list(counted.sentence.parsed)
    before = [t for t in tokens if t.i < counted.tokens[0].i][-1:]
    behind = [t for t in tokens if t.i > counted.tokens[-1].i][:1]
    for token in (*behind, *before):
        verbal = token.tag_ in {"VBN", "VBD", "VBG", "VB"} or token.lower_.endswith("ed")
        acts = any(child.dep_ == "dobj" for child in token.children)
        subject = acts and counted.head.dep_ == "nsubj" and counted.head.head.i == token.i
        verbal = verbal and not subject
        # A bare noun or adjective right in front of a number is a verb that the tagger missed: "to close 41 cases".
        if verbal or (token in before and token.lower_ in load_lexicon("results")["verbs"]):
            participle = _participle(counted, token)
            if participle is not None:
                return _Outcome(participle=participle, rule="nearest verb", confidence=_LIKELY)
    return None
