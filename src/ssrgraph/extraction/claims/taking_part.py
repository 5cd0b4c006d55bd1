"""States that take part in missions and alliances, by verbs, relative clauses and what the sentences before tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.circumstances import agents_of, is_country
from ssrgraph.extraction.claims.context import mentions_of
from ssrgraph.extraction.claims.nearby import listed_from
from ssrgraph.extraction.clauses import grammar, status_of
from ssrgraph.extraction.clauses.reading import build_clause
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_IN_WHICH = re.compile(
    r"(?:\s*\([^()]{2,20}\))?(?:,\s[^,.;:()]{3,60})?,?\s(?:in|to|of) which\b"
    r"(?=[^.;]{0,80}\b(?:serv|participat|contribut|tak\w+ part|took part"
    r"|represented|member|belong|troops|personnel"
    r"|soldiers|maintain|peacekeepers|contingent))",
)
_BESIDE = re.compile(r"\b(?i:together with|along with|alongside|jointly with|serves? with|served with)\s(?:the\s)?")
_AND_WITH = re.compile(r",?\s(?:and\s)?with\s(?:the\s)?")
_NEXT_GROUP = re.compile(
    r",?\s(?:and\s|as well as\s)?(?:in\s|to\s)?(?:its\s(?:successor|predecessor),?\s)?(?:the\s)?(?:[\w-]+-led\s)?"
)
_THE_OTHERS = re.compile(
    r"(?:The )?(?i:others|other contributors|other members|the rest|remaining contributors)\s(?:are|were|include)\s"
)
_LED_BY = re.compile(r",?\s(?:which is\s|is\s|are\s)?(?:co-|jointly\s)?led\sby\s(?:the\s)?")
_CO_LEAD = re.compile(r"\bco-?lead(?:er)?s?\s(?:nation\s)?of\s(?:the\s)?")
# Between a verb of taking part and the mission: at once, or with what is done there.
_INTO = re.compile(r"(?:\s(?:part|also|actively|regularly|troops|forces))*\s(?:in|with|to|under)\b")
_WITHIN = re.compile(
    r"(?:\spart)?\sin\s(?:the\s)?(?:training|patrols?|monitoring|escort\w*|clearing|clearance|protection|instruction)\b"
    r"[^.;,]{0,50}\s(?:under|within|of|as\spart\sof|in\sthe\sframework\sof)\s(?:the\s)?"
)
_WITH_OTHERS = re.compile(r"With\s(?:the\s)?")
_TO_GROUP = 80  # characters between a verb and the mission
_AT_ONCE = 40  # of them where the mission is what one takes part in
_LOOK_BACK = 3  # sentences

Pair = tuple["Mention", "Mention", Span]  # group, member, quote


def taking_part(analysis: Analysis, sentence: Sentence, is_group: Callable[[Mention], bool]) -> Iterator[Pair]:
    """Yield the groups and members that a sentence tells of, with the words that do."""
    yield from _by_verbs(analysis, sentence)
    yield from _in_which(analysis, sentence, is_group)
    yield from _leading(analysis, sentence, is_group)
    yield from _the_others(analysis, sentence)


def _by_verbs(analysis: Analysis, sentence: Sentence) -> Iterator[Pair]:
    """Yield "took part in ISAF and its successor, the Resolute Support Mission"."""
    verbs = load_lexicon("relations")["memberships"]["taking_part"]
    for token in sentence.tokens:
        if token.lemma_.lower() not in verbs or not grammar.is_verb(token) or not _tells(token):
            continue
        groups = _missions_behind(analysis, sentence, token)
        if not groups:
            continue
        standing = status_of(analysis, sentence, groups[0].span)
        if standing.planned or standing.doubt:
            continue
        clause = build_clause(token)
        agent = agents_of(analysis, sentence, clause.agents)
        states = [each for each in agent.entities if analysis.entities[each].type == "country"]
        start = sentence.token_span(token).start
        member = _nearest(analysis, states, start)
        if member is None:
            continue
        others = [m for m in _opening(analysis, sentence) if m.span.end <= member.span.start]
        for group in groups:
            yield group, member, Span(start, group.span.end)
            yield from ((group, other, other.span) for other in others)


def _opening(analysis: Analysis, sentence: Sentence) -> list[Mention]:
    """Return the states with which a sentence opens: "With Norway and Chile, Ghana takes part in"."""
    link = _WITH_OTHERS.match(analysis.text, sentence.span.start, sentence.span.end)
    first = next(
        (m for m in analysis.mentions_in(sentence.span) if link is not None and m.span.start == link.end()), None
    )
    listed = list(listed_from(analysis, sentence, first, wanted=_is_name)) if first is not None else []
    return [m for m in listed if is_country(analysis, m)]


def _nearest(analysis: Analysis, states: list[str], offset: int) -> Mention | None:
    named = [m for state in states[:1] for m in mentions_of(analysis, state) if m.span.start < offset]
    return named[-1] if named else None


def _tells(verb: Token) -> bool:
    if verb.lemma_.lower() == "take":
        return any(child.lower_ == "part" for child in verb.children)
    return True


def _missions_behind(analysis: Analysis, sentence: Sentence, verb: Token) -> list[Mention]:
    """Return the missions right behind a verb of taking part, those that "and" joins to the first among them."""
    start = sentence.token_span(verb).end
    named = [
        m
        for m in analysis.mentions_in(Span(start, sentence.span.end))
        if m.kind is EntityKind.MISSION and m.form == "name"
    ]
    if not named or named[0].span.start - start > _TO_GROUP:
        return []
    between = analysis.text[start : named[0].span.start]
    if len(between) > _AT_ONCE and not _WITHIN.fullmatch(between):
        return []
    if not _INTO.match(between) and not _WITHIN.fullmatch(between):
        return []
    found = named[:1]
    for group in named[1:]:
        gap = re.sub(r"\s*\([^()]*\)", "", analysis.text[found[-1].span.end : group.span.start])
        if not _NEXT_GROUP.fullmatch(gap):
            break
        found.append(group)
    return found


def _in_which(analysis: Analysis, sentence: Sentence, is_group: Callable[[Mention], bool]) -> Iterator[Pair]:
    """Yield "the Monitoring Team, in which Norway has served since 2010 alongside Malaysia, Japan and Libya"."""
    for group in analysis.mentions_in(sentence.span):
        link = _IN_WHICH.match(analysis.text, group.span.end, sentence.span.end) if is_group(group) else None
        if link is None:
            continue
        stop = re.compile(r"[;.]\s|[;.]$").search(analysis.text, link.end(), sentence.span.end)
        clause = Span(link.end(), stop.start() if stop else sentence.span.end)
        for member in analysis.mentions_in(clause):
            if _may_belong(analysis, member) and not _runs(analysis, group, member):
                yield group, member, member.span


def _leading(analysis: Analysis, sentence: Sentence, is_group: Callable[[Mention], bool]) -> Iterator[Pair]:
    """Yield the states that lead a coalition together: those who lead belong to it."""
    mentions = analysis.mentions_in(sentence.span)
    for group in mentions:
        if not is_group(group):
            continue
        link = _LED_BY.match(analysis.text, group.span.end, sentence.span.end)
        first = next((m for m in mentions if link is not None and m.span.start == link.end()), None)
        leaders = list(listed_from(analysis, sentence, first, wanted=_is_name)) if first is not None else []
        if len(leaders) > 1 and all(is_country(analysis, m) for m in leaders):
            yield from ((group, m, m.span) for m in leaders)
        before = _CO_LEAD.search(analysis.text, sentence.span.start, group.span.start)
        if before is not None and before.end() == group.span.start:
            yield from ((group, m, m.span) for m in mentions if is_country(analysis, m) and _is_name(m))


def _the_others(analysis: Analysis, sentence: Sentence) -> Iterator[Pair]:
    """Yield "The others are Burundi, Ethiopia and Kenya" behind a sentence on the largest contributor."""
    opening = _THE_OTHERS.match(analysis.text, sentence.span.start, sentence.span.end)
    place = analysis.place_of(sentence)
    before = analysis.sentences[max(0, place - _LOOK_BACK) : place] if opening is not None else ()
    if not before or re.search(r"\b(?:contribut\w+|member)", before[-1].span.of(analysis.text)) is None:
        return
    missions = [m for s in reversed(before) for m in analysis.mentions_in(s.span) if m.kind is EntityKind.MISSION]
    for member in analysis.mentions_in(sentence.span):
        if missions and is_country(analysis, member) and _is_name(member):
            yield missions[0], member, member.span


def beside(analysis: Analysis, sentence: Sentence) -> list[Mention]:
    """Return the states with which somebody belongs to a group: "Together with Albania and Croatia, it is a member"."""
    link = _BESIDE.search(analysis.text, sentence.span.start, sentence.span.end)
    found: list[Mention] = []
    while link is not None:
        at = link.end()
        first = next((m for m in analysis.mentions_in(sentence.span) if m.span.start == at), None)
        if first is None or not is_country(analysis, first):
            break
        found += listed_from(analysis, sentence, first, wanted=_is_name)
        link = _AND_WITH.match(analysis.text, found[-1].span.end, sentence.span.end)
    return [m for m in found if is_country(analysis, m)]


def _may_belong(analysis: Analysis, mention: Mention) -> bool:
    union = analysis.entities[mention.entity].type == "international"
    return _is_name(mention) and (is_country(analysis, mention) or union)


def _runs(analysis: Analysis, group: Mention, member: Mention) -> bool:
    """Say whether a body runs the mission: it is no member of it."""
    known = analysis.reference.get(group.entity)
    return known is not None and known.parent == member.entity


def _is_name(mention: Mention) -> bool:
    return mention.form == "name" and mention.kind is EntityKind.ORGANIZATION
