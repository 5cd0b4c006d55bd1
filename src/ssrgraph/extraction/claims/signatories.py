"""Who signs an agreement: "between A and B", "A signed it with B", "A's minister and his B-ian counterpart"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nearby import pattern, run_to
from ssrgraph.extraction.claims.states import is_state
from ssrgraph.extraction.claims.understood import speaker_near
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[,.;:()]")
_SIDES = r"(?:governments|countries|states|nations|sides|parties|ministers|leaders|presidents|ministries|delegations)\b"
_BETWEEN = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:on [\w ]{3,60}? )?"
    r"(?:(?:of|dated|signed on|signed in|of the)\s(?:\d{1,2}\s)?(?:[a-z]+\s)?(?:\d{1,2},?\s)?(?:19|20)\d\d,?\s)?"
    r"(?:between|among)\s",
    re.IGNORECASE,
)
# "the Roadmap which A and B signed": the parties stand in a clause of the agreement's own.
_WHICH = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:of\s[^.;:,]{4,30}\s)?,?\s?\b(?:which|that)\s(?=[A-Zt])")
_CONCLUDE = re.compile(
    r"\s*(?:(?:have|has|had|both|jointly|had both)\s){0,2}"
    r"(?:sign(?:ed)?|concluded?|entered into|agreed|adopted|reached|negotiated|initialled|made|renewed)\b"
)
# "A, B and C are parties to the Charter", "each being a party, with D, to the Charter".
_PARTY_TO = re.compile(
    r"(?P<is>,?\s(?:are|is|were|each being|both being|all being|being|became|all)\s(?:an?\s|both\s|all\s|the\s)?)"
    r"(?:states\s)?(?:part(?:y|ies)|signator(?:y|ies))(?:,?\s(?:together\s)?with\s(?P<with>[^,.;:]{3,80}),?)?\sto\s(?:the\s)?$",
    re.IGNORECASE,
)
# Between a verb and the agreement that it is of: "signed with B on 3 May 2020 an agreement".
_WITH_BETWEEN = re.compile(r"\s+with\s+(?:the\s+)?")
_WITH = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:(?:in|on)\s[\w ]{4,24}\s)?with\s", re.IGNORECASE)
_SIGNED_WITH = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:which it )?(?:signed|concluded)\s+with\s", re.IGNORECASE)
# "was signed with A": by the state that the document speaks for.
_PASSIVE_WITH = re.compile(
    r"[^.;,]{0,50}?\s(?:was|were|has been|had been)\s(?:\w+ly\s)?(?:signed|concluded|agreed|initialled)"
    r"\s(?:in \d{4}\s)?with\s(?:the\s)?"
)
_BY_SIGNING = re.compile(r"\bby\s(?:jointly\s)?$")
_PASSIVE = re.compile(
    r"[^.;]{0,60}?\b(?:signed|concluded|reached|agreed|finali[sz]ed|negotiated|adopted|endorsed)\b[^.;]{0,60}?\b(?:between|by|among)\s",
    re.IGNORECASE,
)
# "signed by the two governments", "the two ministers signed": the states of which the text speaks.
_TWO_BEHIND = re.compile(
    r"[^.;]{0,40}?\b(?:signed|concluded|reached|agreed|adopted|initialled|ratified)\s+by\s+(?:the|both)\s+(?:two\s+)?"
    + _SIDES
)
_TWO_FRONT = re.compile(r"\b(?:the\s+two|both)\s+(?:\w+\s+)?" + _SIDES + r"\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_PLACING = {"in", "at", "from", "under", "near", "across"}
_GOES_ON = re.compile(r"\band\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)*$")
_CLAUSES = 5  # within which a subject is looked for
_REACH = 60
_SIGNED_REACH = 160
_PARTY_TYPES = {"country", "international", "government", "military", "police", "armed_group", "civil"}

# Behind a name: its topic in lower case, and what goes on behind it.
_TOPIC = re.compile(
    r"\s+(?:on|for|in the field of|concerning|regarding)\s+(?:[a-z][\w-]*\s+){0,5}?[a-z][\w-]*"
    r"(?=[,.;]|\s+(?:between|among|of\s+\d|dated|was|were|is|signed|concluded|which|with|in\s+\d)\b)"
)

Parties = tuple[tuple[str, ...], Span]


def find_parties(analysis: Analysis, sentence: Sentence, mention: Mention) -> Parties | None:
    """Return the parties that a sentence gives for an agreement that it names: two or more of them, or none."""
    text = analysis.text
    between = _BETWEEN.match(text, mention.span.end, sentence.span.end)
    if between is not None:
        return _as_parties(_forward(analysis, sentence, between.end()), fewest=1)
    own = _in_clauses(analysis, sentence, mention)
    if own is not None:
        return own
    signed_with = _SIGNED_WITH.match(text, mention.span.end, sentence.span.end)
    if signed_with is not None:
        subject = _main_subject(analysis, sentence, mention)
        return _as_parties([*subject, *_forward(analysis, sentence, signed_with.end())])
    partner = _PASSIVE_WITH.match(text, mention.span.end, sentence.span.end)
    if partner is not None and not _other_between(analysis, mention, partner.end()):
        others = _forward(analysis, sentence, partner.end())
        speaker = speaker_near(analysis, mention.span, but=[m.entity for m in others]) if len(others) == 1 else None
        return _as_parties([speaker, *others] if speaker is not None else others)
    both = _TWO_BEHIND.match(text, mention.span.end, sentence.span.end)
    if both is not None and not _other_between(analysis, mention, both.end()):
        return _as_parties(_two(analysis, sentence, mention))
    return _signed(analysis, sentence, mention)


def _in_clauses(analysis: Analysis, sentence: Sentence, mention: Mention) -> Parties | None:
    """Return the parties that a clause of the agreement's own names, or that are said to be parties to it."""
    own = _in_relative(analysis, sentence, mention) or _as_parties(_parties_to(analysis, sentence, mention))
    passive = _PASSIVE.match(analysis.text, mention.span.end, sentence.span.end) if own is None else None
    if passive is not None and not _other_between(analysis, mention, passive.end()):
        return _as_parties(_forward(analysis, sentence, passive.end()))
    return own


def _in_relative(analysis: Analysis, sentence: Sentence, mention: Mention) -> Parties | None:
    """Return the parties of "the Agreement that A and B concluded"."""
    link = _WHICH.match(analysis.text, mention.span.end, sentence.span.end)
    parties = _forward(analysis, sentence, link.end()) if link is not None else []
    concludes = _CONCLUDE.match(analysis.text, parties[-1].span.end, sentence.span.end) if parties else None
    return _as_parties(parties) if concludes is not None else None


def _parties_to(analysis: Analysis, sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return the states of "A, B and C are parties to the Charter"."""
    said = _PARTY_TO.search(analysis.text, sentence.span.start, mention.span.start)
    if said is None or said.start() <= sentence.span.start:
        return []
    last = _backward(analysis, sentence, said.start("is"))[-1:]
    others = _forward(analysis, sentence, said.start("with")) if said["with"] else []
    return [*run_to(analysis, sentence, last[0]), *others] if last else []


def tail_of(analysis: Analysis, sentence: Sentence, mention: Mention) -> int:
    """Return the offset behind a name with its topic and parties: "Memorandum on hydrography between A and B"."""
    topic = _TOPIC.match(analysis.text, mention.span.end, sentence.span.end)
    end = topic.end() if topic is not None else mention.span.end
    between = re.compile(r"\s+(?:between|among)\s").match(analysis.text, end, sentence.span.end)
    parties = _forward(analysis, sentence, between.end()) if between is not None else []
    own = _in_relative(analysis, sentence, mention)
    return max([m.span.end for m in parties], default=own[1].end if own is not None else end)


def _signed(analysis: Analysis, sentence: Sentence, mention: Mention) -> Parties | None:
    """Return the parties of "A and B signed the X", or "A signed an X with B"."""
    triggers = pattern("agreements", "signed").finditer(analysis.text, sentence.span.start, mention.span.start)
    before = [one for one in triggers if mention.span.start - one.end() <= _SIGNED_REACH]
    if not before:
        return None
    last = before[-1]
    if mention.span.start - last.end() > _REACH and not _listed_after(analysis, last.end(), mention):
        return None
    front = Span(sentence.span.start, last.start())
    if front.end > front.start and _TWO_FRONT.search(front.of(analysis.text)):
        return _as_parties(_two(analysis, sentence, mention))
    by_signing = _BY_SIGNING.search(analysis.text, sentence.span.start, last.start()) is not None
    leading = _main_subjects(analysis, sentence, mention) if by_signing else []
    signers = leading or _subject(analysis, sentence, last.start()) or _backward(analysis, sentence, last.start())
    partner = _WITH_BETWEEN.match(analysis.text, last.end(), mention.span.start)
    partner = partner or _WITH.match(analysis.text, mention.span.end, sentence.span.end)
    if partner is not None:
        signers += _forward(analysis, sentence, partner.end())
    return _as_parties(signers)


def _subject(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the subject of a verb that only goes on a sentence: "Chad is a member of X and signed the Y with Z"."""
    if not _GOES_ON.search(analysis.text, sentence.span.start, at):
        return []
    token = next((t for t in sentence.tokens if sentence.token_span(t).end > at), None)
    for _ in range(_CLAUSES):
        if token is None:
            break
        for child in token.children:
            found = analysis.mention_at(sentence.token_span(child).start) if child.dep_ == "nsubj" else None
            if found is not None and found.span.end < at:
                return _party_mentions(analysis, [found])
        token = token.head if token.head is not token else None
    return []


def _main_subject(analysis: Analysis, sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return who is the subject of a sentence, if it is a state or body in front of a name."""
    for child in sentence.parsed.root.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            found = analysis.mention_at(sentence.token_span(child).start)
            if found is not None and found.span.end < mention.span.start:
                return _party_mentions(analysis, [found])
    return []


def _main_subjects(analysis: Analysis, sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return the states of a list that is the subject of a sentence."""
    first = _main_subject(analysis, sentence, mention)
    return [*first, *_forward(analysis, sentence, first[0].span.end)] if first else []


def _two(analysis: Analysis, sentence: Sentence, mention: Mention) -> list[Mention]:
    """Return the two states of which the title, or else the paragraph up to a name, speaks."""
    title, block = analysis.document.title, sentence.block.span
    here = Span(block.start, mention.span.start) if mention.span.start > block.start else None
    for span in filter(None, (title, here)):
        named = [m for m in analysis.mentions_in(span, nested=True) if is_state(analysis, m)]
        states = {m.entity: m for m in reversed(named)}
        if len(states) == 2:  # noqa: PLR2004 - the two
            return sorted(states.values(), key=lambda m: m.span)
    return []


def _listed_after(analysis: Analysis, start: int, mention: Mention) -> bool:
    """Say whether between the verb and the name stand only other agreements ("concluded the X in 2019 and the Y")."""
    others = analysis.mentions_in(Span(start, mention.span.start))
    return any(m.kind is EntityKind.AGREEMENT for m in others) and "," not in analysis.text[start : mention.span.start]


def _other_between(analysis: Analysis, mention: Mention, end: int) -> bool:
    if end <= mention.span.end:
        return False
    return any(m.kind is EntityKind.AGREEMENT for m in analysis.mentions_in(Span(mention.span.end, end)))


def _backward(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the states and bodies in front of a verb, over the words that name their ministers and officials."""
    found: list[Mention] = []
    for unit in reversed(_units(analysis, Span(sentence.span.start, at)) if at > sentence.span.start else []):
        if not isinstance(unit, str):
            found.insert(0, unit)
        elif not _is_filler(unit):
            # "In Ethiopia, the commission signed": where, not who.
            aside = found and analysis.text[found[0].span.end : found[0].span.end + 1] == ","
            return _party_mentions(analysis, found[1:] if aside and unit.casefold() in _PLACING else found)
    return _party_mentions(analysis, found)


def _forward(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    """Return the states and bodies of a list behind a preposition."""
    found: list[Mention] = []
    for unit in _units(analysis, Span(at, sentence.span.end)) if at < sentence.span.end else []:
        if isinstance(unit, str):
            if not _is_filler(unit):
                break
        else:
            found.append(unit)
    return _party_mentions(analysis, found)


def _units(analysis: Analysis, span: Span) -> list[Mention | str]:
    """Return a stretch of text as mentions and the words between them."""
    units: list[Mention | str] = []
    at = span.start
    for mention in analysis.mentions_in(span):
        if mention.span.start >= at:
            units += [*_WORD.findall(analysis.text[at : mention.span.start]), mention]
            at = mention.span.end
    return units + _WORD.findall(analysis.text[at : span.end])


def _party_mentions(analysis: Analysis, mentions: list[Mention]) -> list[Mention]:
    """Leave out persons, places and those who only hold the next one ("Romania's Ministry of Defence")."""
    parties = []
    for mention, following in zip(mentions, [*mentions[1:], None], strict=False):
        entity = analysis.entities[mention.entity]
        if mention.kind is not EntityKind.ORGANIZATION or entity.type not in _PARTY_TYPES:
            continue
        gap = analysis.text[mention.span.end : following.span.start] if following is not None else ","
        body = following is not None and following.kind is EntityKind.ORGANIZATION
        if body and re.fullmatch(r"['’]s?\s+|\s+", gap):
            continue
        parties.append(mention)
    return parties


def _as_parties(mentions: list[Mention], *, fewest: int = 2) -> Parties | None:
    parties = tuple(dict.fromkeys(m.entity for m in mentions))
    if len(parties) < fewest:
        return None
    return parties, Span(min(m.span.start for m in mentions), max(m.span.end for m in mentions))


def _is_filler(word: str) -> bool:
    return word.casefold() in _fillers()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(load_lexicon("relations")["agreements"]["signers"])
