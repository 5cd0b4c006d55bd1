"""Who trains, posts or helps counted people, and the body that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import (
    Held,
    agents_by_order,
    agents_of,
    behind_preposition,
    bodies_in,
    held,
    is_body,
    is_country,
    lead_agents,
)
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.claims.sending import framework, owner_of_programme, sender_in_front, teacher_behind
from ssrgraph.extraction.claims.subjects import body_over, heads_over, spoken_for
from ssrgraph.extraction.clauses import Role, holding_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.claims.people import Reading

_BELONGING = frozenset(
    {"of", "from", "in", "within", "for", "with", "as", "to", "at", "under", "into", "inside", "across"}
)
_ADJACENT = 6  # characters within which "from" or "of" begins right behind a group
_NEAR = 40  # characters between a group and the body it belongs to
_JOINING = {  # prepositions that join people to a body
    "trained": frozenset({"of", "from", "in", "within"}),
    "employed": frozenset({"of", "in", "for", "as", "at", "within", "from", "with"}),
    "deployed": frozenset({"in", "within", "to", "at", "for", "with", "inside"}),
    "reached": frozenset({"of", "from"}),
    "lost": frozenset({"of", "from"}),
}


def agent_of(analysis: Analysis, counted: Counted, reading: Reading) -> Held:
    """Return who trains, posts or helps; for a list item that names nobody, who does so in its lead."""
    if reading.measure in {"employed", "lost"}:
        return Held()
    sentence, clause = counted.sentence, reading.clause
    if reading.measure == "deployed":
        return _sender(analysis, counted, reading)
    agent = agents_of(analysis, sentence, reading.agents)
    if not agent.entities:
        agent = spoken_for(analysis, sentence, reading.agents)
    if not agent.entities:
        agent = _senders_of(analysis, sentence, reading)
    if agent.entities:
        return agent
    wills = word_set("personnel", "planned", "wills")  # "affirmed its readiness to train"
    if any(
        t.pos_ in {"NOUN", "PROPN", "PRON"} and t.tag_ != "PRP$" and t.lemma_.lower() not in wills
        for t in reading.agents
    ):
        return agent
    teacher = _teacher(analysis, counted) if reading.measure == "trained" else None
    if teacher is not None:
        return teacher
    passive = clause is not None and (clause.passive or clause.role is Role.SUBJECT)
    if not passive:
        agent = agents_by_order(analysis, sentence, counted.quote.start)
    return agent if agent.entities or passive or sentence.block.lead is None else lead_agents(analysis, sentence)


def _senders_of(analysis: Analysis, sentence: Sentence, reading: Reading) -> Held:
    """Return who sent the teachers that act: "instructors from Spain and India", "a team of the Carabinieri"."""
    teachers = word_set("personnel", "trained", "teachers") | {"team", "officer", "soldier", "marine"}
    heads = [t for t in reading.agents if t.lemma_.lower() in teachers]
    senders = [g for t in heads for c in t.children if c.lower_ in {"from", "of"} for g in c.children if g.i > c.i]
    named = holding_mentions(analysis, sentence, [each for g in senders for each in (g, *g.conjuncts)])
    return held([m for m in named if m.kind is EntityKind.ORGANIZATION])


def _teacher(analysis: Analysis, counted: Counted) -> Held | None:
    """Return who taught people that took a course: who is named behind it, or whose programme opens the sentence."""
    behind = teacher_behind(analysis, counted)
    return held([behind]) if behind is not None else owner_of_programme(analysis, counted.sentence)


def _sender(analysis: Analysis, counted: Counted, reading: Reading) -> Held:
    """Return who posts people: by the words in front, the verb, "from" behind their body or in their own phrase."""
    sentence = counted.sentence
    beside = sender_in_front(analysis, counted)
    agent = held([beside]) if beside is not None else agents_of(analysis, sentence, reading.agents)
    if agent.entities:
        return agent
    # "the contingent from Bangladesh numbers"
    starts = [sentence.token_span(t).start for t in reading.members if not t.ent_type_ and t.pos_ == "NOUN"]
    front = Span(min(starts, default=counted.quote.start), counted.quote.start + 1)
    senders = [m for _, m in behind_preposition(analysis, sentence, front, frozenset({"from"}))]
    states = [m for m in senders if is_country(analysis, m) and m.span.end <= front.end]
    return _contributor(analysis, counted) if not states else held(states[:1])


def _contributor(analysis: Analysis, counted: Counted) -> Held:
    """Return who posts "400 Kenyan police officers", "two USCG advisors" and "60 instructors from the Bundeswehr"."""
    named = [m for m in analysis.mentions_in(counted.group) if m.kind is EntityKind.ORGANIZATION]
    first = counted.anchor
    while not named and first.dep_ == "conj":  # "Six French officers and two attachés"
        first = first.head
        left, noun = counted.sentence.token_span(first.left_edge), counted.sentence.token_span(first)
        within = analysis.mentions_in(Span(left.start, noun.end))
        named = [m for m in within if m.form == "adjective"]
    right_behind = Span(counted.quote.end, counted.quote.end + _ADJACENT)
    from_ = behind_preposition(analysis, counted.sentence, right_behind, frozenset({"from", "of"}))
    senders = [
        m for _, m in from_ if m.kind is EntityKind.ORGANIZATION and m.span.start <= right_behind.end + _ADJACENT
    ]
    return held(named[-1:] or senders)


def organization_of(analysis: Analysis, counted: Counted, reading: Reading, scope: Span) -> Held:
    """Return the force, body or mission that the people belong to, or whose course it is."""
    return next((each for each in _organizations(analysis, counted, reading, scope) if each.entities), Held())


def _organizations(analysis: Analysis, counted: Counted, reading: Reading, scope: Span) -> Iterator[Held]:
    """Yield what each construction says of the body, the surest first."""
    sentence = counted.sentence
    beside = _beside(analysis, counted, reading)
    yield held([beside] if beside is not None else [])
    members = [m for m in holding_mentions(analysis, sentence, reading.members) if is_body(analysis, m)]
    yield held(members)
    if counted.body is not None and reading.rule.startswith("body of a size"):
        whole = analysis.mention_at(sentence.token_span(counted.body).start)
        if whole is not None and is_body(analysis, whole):
            yield held([whole])
    own = [
        m for m in bodies_in(analysis, counted.group) if reading.measure != "deployed" or m.kind is EntityKind.MISSION
    ]
    yield held(own)
    named = behind_preposition(analysis, sentence, scope, _BELONGING)
    behind = [(word, m) for word, m in named if m.span.start >= counted.quote.end and is_body(analysis, m)]
    if reading.measure == "deployed":  # a mission says more than a body named beside it
        behind.sort(key=lambda each: each[1].kind is not EntityKind.MISSION)
    yield held([m for word, m in behind if _joins(counted, reading, word, m)][:1])
    operations = [m for word, m in named if word in {"under", "within"} and m.kind is EntityKind.MISSION]
    if reading.measure == "trained":
        framed = framework(analysis, sentence)
        yield held(operations[:1] or ([framed] if framed is not None else []))
    yield _resumed(analysis, counted, reading)
    if reading.measure == "lost" and reading.clause is not None and reading.clause.lemma == "lose":
        loser = agents_of(analysis, sentence, reading.clause.agents)
        states = any(analysis.entities[each].type == "country" for each in loser.entities)
        yield Held() if states else loser
    if reading.rule == "label":
        yield body_over(analysis, heads_over(analysis, sentence.block))
    if reading.rule == "number of people":
        front = analysis.mentions_in(Span(sentence.span.start, counted.quote.start))
        yield held([m for m in front if is_body(analysis, m) and _has_ranks(analysis, m)][-1:])
    owner = _possessor(analysis, counted)
    yield held([owner] if owner is not None else [])
    ours = [t for t in sentence.tokens if t.lower_ == "our" and t.head.i == counted.head.i]
    yield spoken_for(analysis, sentence, ours)


def _resumed(analysis: Analysis, counted: Counted, reading: Reading) -> Held:
    """Return the mission of the sentence before for "the 283-strong contingent", which was spoken of there."""
    sentence = counted.sentence
    the = sentence.tokens_before(counted.quote.start)[-1:]
    place = analysis.place_of(sentence)
    before = analysis.sentences[place - 1] if place else None
    if reading.measure != "deployed" or counted.body is None or not the or the[0].lower_ != "the":
        return Held()
    if before is None or before.block != sentence.block:
        return Held()
    missions = [m for m in analysis.mentions_in(before.span) if m.kind is EntityKind.MISSION]
    return Held(entities=(missions[-1].entity,), words=counted.quote) if missions else Held()


def _beside(analysis: Analysis, counted: Counted, reading: Reading) -> Mention | None:
    """Return the body right beside a count that shares its verb: "and the Army 21,000", "including 900 in the Navy"."""
    if reading.measure != "employed" or (reading.clause is None and not counted.elliptic):
        return None
    front = analysis.text[counted.sentence.span.start : counted.quote.start].rstrip()
    before = analysis.mention_at(counted.sentence.span.start + len(front) - 1) if front else None
    if before is not None and is_body(analysis, before):
        opening = analysis.text[counted.sentence.span.start : before.span.start].lower().split()[-2:]
        if {"and", "while", "plus"} & set(opening) or (opening and opening[-1].endswith((",", ";"))):
            return before
    if not counted.elliptic:
        return None
    right_behind = Span(counted.quote.end, counted.quote.end + _ADJACENT)
    behind = behind_preposition(analysis, counted.sentence, right_behind, frozenset({"in", "with", "for", "at"}))
    return next((m for _, m in behind if is_body(analysis, m)), None)


def _joins(counted: Counted, reading: Reading, word: str, mention: Mention) -> bool:
    """Say whether a body behind a preposition is that of the people, or the one they are posted to or taught by."""
    near = mention.span.start - counted.quote.end <= _NEAR
    if reading.measure == "deployed":
        if mention.kind is EntityKind.MISSION:
            return True
        near = near or reading.rule == "serves at a body"
    attended = reading.measure == "trained" and reading.clause is not None and reading.clause.role is Role.SUBJECT
    if attended and word in {"from", "at"}:
        return True
    if reading.rule == "invited to a school" and word in {"to", "at", "in"}:
        return True
    return word in _JOINING[reading.measure] and (near or reading.measure == "employed")


def _has_ranks(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a body is a force or a school of one, so that a number of officers is its own."""
    entity = analysis.entities.get(mention.entity)
    school = analysis.words(mention.span).rpartition(" ")[2].lower() in {"academy", "school", "college"}
    return school or (entity is not None and entity.type in {"police", "military"})


def _possessor(analysis: Analysis, counted: Counted) -> Mention | None:
    """Return the body in "the guard's 1,400 officers"."""
    front = analysis.text[max(0, counted.quote.start - 3) : counted.quote.start].rstrip()
    if not front.endswith(("'s", "\u2019s", "s'", "s\u2019", "'", "\u2019")):
        return None
    mention = analysis.mention_at(counted.quote.start - len("'s ") - 1)
    return mention if mention is not None and is_body(analysis, mention) else None


def owner_of(analysis: Analysis, sentence: Sentence, organization: Held) -> Held:
    """Return whose mission it is by its name: "NATO's training mission", "a NATO mission"."""
    if organization.words is None:
        return Held()
    whole = analysis.mention_at(organization.words.start)
    if whole is None or whole.kind is not EntityKind.MISSION:
        return Held()
    inner = [m for m in analysis.mentions_in(whole.span, nested=True) if m.nested and m.form == "name"]
    bodies = [m for m in inner if m.kind is EntityKind.ORGANIZATION and not is_country(analysis, m)]
    if bodies:
        return held(bodies[:1])
    if whole.owner is None:
        return Held()
    front = [
        m for m in analysis.mentions_in(sentence.span) if m.entity == whole.owner and m.span.end <= whole.span.start
    ]
    return held(front[-1:])
