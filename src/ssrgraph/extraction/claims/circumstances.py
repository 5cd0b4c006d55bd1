"""Who, where and when around a counted phrase: what the readers of people and of results share."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.clauses import holding_mentions, lead_clause, main_clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.counted import Counted
    from ssrgraph.extraction.clauses import Clause

ACTORS = frozenset({EntityKind.ORGANIZATION, EntityKind.MISSION, EntityKind.PROGRAMME})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NEARBY = 16  # tokens behind a count in which its "there" is looked for
_OPENING = 40  # characters of an adverbial in front of a sentence's subject
_FAR = 5  # tokens between a preposition and the name it governs


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A slot's entities with the words that name them.

    Attributes:
        entities: Ids, in order of the text.
        words: The span of the names; None where there is none.
    """

    entities: tuple[str, ...] = ()
    words: Span | None = None


def held(mentions: Iterable[Mention]) -> Held:
    """Return a slot for mentions."""
    found = sorted(mentions, key=lambda mention: mention.span)
    if not found:
        return Held()
    words = Span(found[0].span.start, max(mention.span.end for mention in found))
    return Held(entities=tuple(dict.fromkeys(mention.entity for mention in found)), words=words)


def agents_of(analysis: Analysis, sentence: Sentence, heads: Iterable[Token]) -> Held:
    """Return who acts: the organizations that noun phrases name, by adjective where they have no name of their own."""
    nominal = [
        head for head in heads if head.pos_ not in {"VERB", "AUX", "ADP"}
    ]  # a verb as subject is a parse gone wrong
    found = held(m for m in holding_mentions(analysis, sentence, nominal, adjectives=True) if m.kind in ACTORS)
    if found.entities or [head.lower_ for head in nominal] != ["it"]:
        return found
    return _subject_before(analysis, sentence, nominal[0])


def _subject_before(analysis: Analysis, sentence: Sentence, pronoun: Token) -> Held:
    """Return the subject of the sentence before, which "it" takes up where nothing nearer was found.

    Its words are the pronoun: they stand in the sentence of the claim.
    """
    place = analysis.place_of(sentence)
    former = analysis.sentences[place - 1] if place else None
    clause = main_clause(former) if former is not None else None
    if former is None or clause is None:
        return Held()
    heads = (clause.receivers or clause.objects) if clause.passive else clause.agents
    mentions = holding_mentions(analysis, former, heads[:1], adjectives=True)
    found = held(m for m in mentions if m.kind in ACTORS)
    return Held(entities=found.entities, words=sentence.token_span(pronoun)) if found.entities else found


def agents_by_order(analysis: Analysis, sentence: Sentence, before: int) -> Held:
    """Return the subject by the order of words, where the parse has none: "GIZ worked with", "UNOPS also trained".

    It is the last actor in front of an offset that a verb follows; where an insertion parts them, the first actor of
    the sentence that no preposition governs.
    """
    tokens = list(sentence.tokens)
    actors = [
        m for m in analysis.mentions_in(Span(sentence.span.start, before)) if m.kind in ACTORS and m.form != "adjective"
    ]
    for mention in reversed(actors):
        after = [t for t in tokens if sentence.token_span(t).start >= mention.span.end][:3]
        if after and _acts(after) and not _governed(sentence, tokens, mention):
            return held([mention])
    free = [m for m in actors if not _governed(sentence, tokens, m)]
    opening = free[0] if free and free[0].span.start - sentence.span.start <= _OPENING else None
    return held([opening]) if opening is not None else Held()


def _acts(after: list[Token]) -> bool:
    for token in after:
        if token.tag_ in {"VBD", "VBZ", "VBP", "VBN", "MD"}:
            return True
        if token.pos_ != "ADV":
            return False
    return False


def _governed(sentence: Sentence, tokens: list[Token], mention: Mention) -> bool:
    front = [t for t in tokens if sentence.token_span(t).end <= mention.span.start][-2:]
    words = [t for t in reversed(front) if t.pos_ != "DET"]
    return bool(words) and (words[0].pos_ == "ADP" or words[0].lower_ in {"to", "by"})


def lead_agents(analysis: Analysis, sentence: Sentence) -> Held:
    """Return who acts in the lead of the list in which a sentence is an item."""
    found = lead_clause(analysis, sentence)
    if found is None:  # "In 2022 the European Union:"
        leads = analysis.lead_of(sentence)
        return agents_by_order(analysis, leads[-1], leads[-1].span.end) if leads else Held()
    lead, clause = found
    return agents_of(analysis, lead, clause.agents)


def is_country(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mention names a state."""
    entity = analysis.entities.get(mention.entity)
    return entity is not None and entity.type == "country"


def is_place(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mention names where something is: a place, or a state by its name."""
    if mention.form == "adjective":
        return False
    return mention.kind is EntityKind.PLACE or is_country(analysis, mention)


def is_body(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mention names an organization or mission that people can belong to."""
    if mention.form == "adjective" or is_place(analysis, mention):
        return False
    return mention.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}


def scope_of(counted: Counted, clause: Clause | None, others: Iterable[Span]) -> Span:
    """Return the stretch around a phrase in which place and body are looked for.

    It reaches to the numbers beside it, to a semicolon, and to the next verb that is not its own.
    """
    sentence, quote = counted.sentence, counted.quote
    start = max((o.end for o in others if o.end <= quote.start), default=sentence.span.start)
    end = min((o.start for o in others if o.start >= quote.end), default=sentence.span.end)
    own = {t.i for t in clause.tokens} if clause is not None else set()
    for token in sentence.tokens:
        place = sentence.token_span(token)
        if place.start < quote.end:
            if token.lower_ == ";" and place.end <= quote.start:
                start = max(start, place.end)
            continue
        foreign = token.tag_ in _FINITE and token.i not in own and token.dep_ not in {"aux", "auxpass", "relcl"}
        if token.lower_ == ";" or foreign or (token.dep_ == "conj" and token.pos_ == "VERB" and token.i not in own):
            end = min(end, place.start)
            break
    return Span(start, max(end, quote.end))


def behind_preposition(
    analysis: Analysis, sentence: Sentence, scope: Span, prepositions: frozenset[str]
) -> tuple[tuple[str, Mention], ...]:
    """Return the mentions that prepositions govern within a scope, each with its preposition.

    Names in a row ("in Mombasa, Kenya", "in Mali and Niger") follow the first.
    """
    found: list[tuple[str, Mention]] = []
    tokens = list(sentence.tokens)
    parts = word_set("personnel", "places", "parts")
    for index, token in enumerate(tokens):
        if token.lower_ not in prepositions or not scope.covers(sentence.token_span(token)):
            continue
        for follower in tokens[index + 1 : index + 1 + _FAR]:
            mention = analysis.mention_at(sentence.token_span(follower).start)
            if mention is not None and mention.span.start == sentence.token_span(follower).start:
                found.append((token.lower_, mention))
                found += [(token.lower_, more) for more in _possessed(analysis, mention)]
                found += [(token.lower_, more) for more in _in_a_row(analysis, mention)]
                break
            if follower.pos_ not in {"DET", "ADJ", "PRON"} and not {follower.lemma_.lower(), follower.lower_} & parts:
                break
    return tuple(found)


def _possessed(analysis: Analysis, mention: Mention) -> list[Mention]:
    """Return what belongs to a mention right in front of it: "of NATO's Kosovo Force"."""
    ending = re.match(r"['\u2019]s?\s+", analysis.text[mention.span.end : mention.span.end + 4])
    if ending is None:
        return []
    inner = analysis.mention_at(mention.span.end + ending.end())
    return [inner] if inner is not None else []


def _in_a_row(analysis: Analysis, mention: Mention) -> list[Mention]:
    row: list[Mention] = []
    last = mention
    first = bisect_left(analysis.mentions, mention.span.end, key=lambda m: m.span.start)
    for place in range(first, len(analysis.mentions)):
        other = analysis.mentions[place]
        if other.span.start < last.span.end or other.nested:
            continue
        joint = analysis.text[last.span.end : other.span.start]
        if not re.fullmatch(r"\s*(?:,|,?\s+and|\s+and)\s+(?:the\s+)?", joint) or other.kind is not mention.kind:
            break
        if analysis.text[other.span.end : other.span.end + 1] in {"-", "\u2011"}:
            break  # "In Estonia, the UK-led battlegroup"
        row.append(other)
        last = other
        if "and" in joint:
            return row
    return []  # a comma alone joins nothing: "In Mali, Denmark trained"


def places_of(
    analysis: Analysis, counted: Counted, scope: Span, prepositions: frozenset[str], others: Iterable[Span]
) -> Held:
    """Return where it was: the nearest places behind the phrase, or else those in front of it."""
    behind = Span(counted.quote.end, scope.end)
    first = min((o.start for o in others if not _within(counted, o)), default=counted.quote.start)
    # Behind an earlier number the place in between is that of the earlier one.
    before = (
        Span(counted.sentence.span.start, first)
        if first < counted.quote.start
        else Span(scope.start, counted.quote.start)
    )
    for stretch in (behind, before):
        if stretch.start >= stretch.end:
            continue
        named = behind_preposition(analysis, counted.sentence, stretch, prepositions)
        places = [mention for _, mention in named if is_place(analysis, mention)]
        if places:
            return held(_narrowest(analysis, places))
    return _pointed_at(analysis, counted)


def _pointed_at(analysis: Analysis, counted: Counted) -> Held:
    """Return the place of the sentence before where "there" stands behind a count."""
    sentence = counted.sentence
    behind = [t for t in sentence.tokens if t.i > counted.tokens[-1].i][:_NEARBY]
    there = next((t for t in behind if t.lower_ in {"there", "here"} and t.dep_ != "expl"), None)
    place = analysis.place_of(sentence)
    before = analysis.sentences[place - 1] if place else None
    if there is None or before is None or before.block != sentence.block:
        return Held()
    named = behind_preposition(analysis, before, before.span, where())
    places = [m for _, m in named if is_place(analysis, m)]
    return Held(entities=(places[-1].entity,), words=sentence.token_span(there)) if places else Held()


def _within(counted: Counted, other: Span) -> bool:
    """Say whether a count stands within another's phrase: "100 teams in Iraq that cleared 2,000 mines"."""
    return any(other.covers(counted.sentence.token_span(t)) for t in counted.anchor.ancestors)


def _narrowest(analysis: Analysis, places: list[Mention]) -> list[Mention]:
    """Keep "Mombasa" of "Mombasa, Kenya", and both of "Mali and Niger"."""
    kept = places[:1]
    for former, place in pairwise(places):
        joint = " ".join(analysis.text[former.span.end : place.span.start].split())
        if joint in {"'s", "\u2019s"}:
            kept[-1] = place
        elif re.fullmatch(r",? ?and( in)?( the)?", joint):
            kept.append(place)
        elif joint not in {",", ""}:
            break  # the place of something else
    return kept


def bodies_in(analysis: Analysis, span: Span) -> list[Mention]:
    """Return the bodies that a phrase names: "new Iraqi Army soldiers", "members of the Guard"."""
    return [m for m in analysis.mentions_in(span) if is_body(analysis, m)]


def where() -> frozenset[str]:
    """Return the prepositions of where something is done."""
    return word_set("personnel", "places", "prepositions")
