"""From a document to its analysis: parse, names, references back, quantities and periods."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Document, Span
from ssrgraph.entities.model import EntityKind, ReferenceEntity
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
from ssrgraph.extraction.money import default_dollar
from ssrgraph.extraction.names.branches import join_branches
from ssrgraph.extraction.names.budget_lines import with_budget_lines
from ssrgraph.extraction.names.coreference import find_references_back
from ssrgraph.extraction.names.finding import find_names
from ssrgraph.extraction.names.governments import merge_governments
from ssrgraph.extraction.names.heads import word_list
from ssrgraph.extraction.names.instruments import find_instruments, numbers_behind
from ssrgraph.extraction.names.known_as import merge_known_as
from ssrgraph.extraction.names.local_names import settle_local_names
from ssrgraph.extraction.names.matching import LocalName, Matcher
from ssrgraph.extraction.names.occasions import find_occasions
from ssrgraph.extraction.names.parts import find_parents, types_by_holder
from ssrgraph.extraction.names.persons import find_persons, find_short_names
from ssrgraph.extraction.names.places import find_places
from ssrgraph.extraction.names.resolving import Resolver
from ssrgraph.extraction.names.series import find_following
from ssrgraph.extraction.names.services import find_services
from ssrgraph.extraction.names.unheaded import find_called, find_companies, find_gangs, find_makers, find_small_missions
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.overlaps import Overlaps
from ssrgraph.extraction.parsing import parse
from ssrgraph.extraction.periods import find_periods
from ssrgraph.extraction.quantities import find_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.model import Entity
    from ssrgraph.extraction.names.found import Found
    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.parsing import LanguageModel

_RUN_IN_HEADING = re.compile(r"[^:.!?]{3,90}:(?=\s)")
_LONG_WORD = 4
# A state is prominent that is named at least this often, as a share of the state named most.
_PROMINENT = 0.2
_MODIFYING = {"amod", "compound", "nmod", "poss"}


def analyse(document: Document, model: LanguageModel, reference: Reference, matcher: Matcher | None = None) -> Analysis:
    """Return what the claim readers see of a document.

    Args:
        document: The document.
        model: A language pipeline with tagger, parser and entities.
        reference: The reference data.
        matcher: A matcher over the reference data, where one is at hand; making one takes some milliseconds.
    """
    matcher = matcher or Matcher(reference)
    sentences = parse(document, model)
    founds = _names(document.text, sentences, matcher, reference)
    resolved = Resolver(document.id, reference).resolve(founds)
    back = find_references_back(document.text, sentences, resolved.mentions, resolved.entities)
    mentions = sorted([*resolved.mentions, *back], key=lambda m: (m.span.start, -m.span.end, m.nested))
    periods = tuple(p for s in sentences for p in find_periods(s.span.of(document.text), offset=s.span.start))
    dollar = default_dollar(document.text)
    dated = Overlaps(periods)
    quantities = tuple(
        q
        for s in sentences
        for q in find_quantities(
            s.span.of(document.text),
            offset=s.span.start,
            periods=tuple(dated.within(s.span)),
            dollar=dollar,
        )
    )
    parents = find_parents(document.text, sentences, resolved.mentions, resolved.entities, resolved.parents)
    entities = types_by_holder(document.text, resolved.entities, resolved.mentions, parents)
    return Analysis(
        document=document,
        sentences=sentences,
        mentions=tuple(mentions),
        entities=_with_references_back(entities, back),
        quantities=quantities,
        periods=periods,
        parents=parents,
        reference=reference.by_id,
    )


def _known_names(text: str, sentence: Sentence, matcher: Matcher) -> dict[int, Match]:
    """Return the names of the reference data that a sentence has, whatever states are prominent."""
    words = words_of(text, sentence.span)
    found = (
        (i, matcher.at(words, i, text, frozenset())) for i, word in enumerate(words) if word.capital or word.number
    )
    return {i: match for i, match in found if match is not None}


def _prominent(known: Iterable[Mapping[int, Match]]) -> frozenset[str]:
    """Return the codes of the states that the document names often, by their bodies and adjectives too."""
    entities = [match.entity for matches in known for match in matches.values()]
    bodies = (entity for entity in entities if entity.kind is EntityKind.ORGANIZATION)
    codes = Counter(code for entity in bodies if (code := entity.code or entity.state) is not None)
    most = max(codes.values(), default=0)
    return frozenset(code for code, count in codes.items() if count >= _PROMINENT * most)


def _names(text: str, sentences: Sequence[Sentence], matcher: Matcher, reference: Reference) -> list[Found]:
    known = [_known_names(text, sentence, matcher) for sentence in sentences]
    states = _prominent(known)
    by_sentence = [
        list(_in_sentence(text, sentence, matcher, states, matches))
        for sentence, matches in zip(sentences, known, strict=True)
    ]
    local = _defined(found for founds in by_sentence for found in founds)
    if local:
        wider = matcher.with_local(local)
        shorts = re.compile("|".join(map(re.escape, local)))
        defined = {name.entity.id: name.found for name in reversed(local.values())}
        for number, sentence in enumerate(sentences):
            # Only where one of the short forms stands can there be more to find than at first.
            if shorts.search(text, sentence.span.start, sentence.span.end):
                again = _in_sentence(text, sentence, wider, states)
                by_sentence[number] = [_expanded(found, defined) for found in again]
    first = [found for founds in by_sentence for found in founds]
    first = merge_governments(text, merge_known_as(text, settle_local_names(first, reference)), reference)
    first = join_branches(text, first)
    services = [s for each in sentences for s in find_services(text, each.span, first, reference)]
    of_forces = {service.span for service in services}
    first = [*(f for f in first if f.span not in of_forces), *services]
    first.sort(key=lambda f: (f.span.start, -f.span.end, f.nested))
    places = Overlaps(first)
    persons = [one for each in sentences for one in find_persons(text, each, places.within(each.span))]
    persons += find_short_names(text, sentences, persons, first)
    numbers = Overlaps(numbers_behind(text, first))
    first = [f for f in first if f.kind is not EntityKind.AGREEMENT or not numbers.meets(f.span)]
    instruments = [i for each in sentences for i in find_instruments(text, each.span, places.within(each.span))]
    resolutions = Overlaps(found for found in instruments if not found.nested)
    first = [f for f in first if f.nested or not any(r.span.covers(f.span) for r in resolutions.meeting(f.span))]
    first += instruments
    places = Overlaps([*first, *persons])
    occasions = [o for each in sentences for o in find_occasions(text, each.span, places.within(each.span))]
    occasions += find_following(text, [*occasions, *(n for n in first if n.kind is EntityKind.EVENT)])
    names = [*_without_overlaps(text, first, persons), *occasions]
    places = Overlaps(names)
    names += [gang for each in sentences for gang in find_gangs(text, each.span, places.meeting(each.span))]
    places = Overlaps(names)
    names += [maker for each in sentences for maker in find_makers(text, each.span, places)]
    names += [one for each in sentences for one in find_small_missions(text, each.span, places)]
    names += find_called(text, sentences, names)
    names += find_companies(text, sentences, names)
    names = with_budget_lines(text, [*names, *find_places(text, sentences, names)])
    return sorted(names, key=lambda f: (f.span.start, -f.span.end, f.nested))


def _in_sentence(
    text: str,
    sentence: Sentence,
    matcher: Matcher,
    states: frozenset[str],
    known: Mapping[int, Match] | None = None,
) -> Iterable[Found]:
    heading = _heading_part(text, sentence)
    modifiers = frozenset(sentence.base + t.idx for t in sentence.tokens if t.dep_ in _MODIFYING and t.head.i > t.i)
    if heading is None:
        return find_names(text, sentence.span, matcher, states=states, modifiers=modifiers, known=known)
    if heading.end >= sentence.span.end:
        return find_names(text, sentence.span, matcher, states=states, composed=False, known=known)
    rest = Span(heading.end, sentence.span.end)
    return [
        *find_names(text, heading, matcher, states=states, composed=False),
        *find_names(text, rest, matcher, states=states, modifiers=modifiers),
    ]


def _heading_part(text: str, sentence: Sentence) -> Span | None:
    """Return the part of a sentence in which most words have a capital because it is a heading."""
    label = _RUN_IN_HEADING.match(text, sentence.span.start, sentence.span.end)
    valued = sentence.block.kind is BlockKind.HEADING and label is not None and label.end() < sentence.span.end
    if sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING} and not valued:
        return sentence.span if _title_case(sentence.span.of(text)) else None
    if _all_capitals(sentence.span.of(text)):
        return sentence.span
    if sentence.span.start != sentence.block.span.start:
        return None
    run_in = _RUN_IN_HEADING.match(text, sentence.span.start, sentence.span.end)
    return Span(run_in.start(), run_in.end()) if run_in and _title_case(run_in.group()) else None


def _all_capitals(words: str) -> bool:
    """Say whether a line is set in capitals: several long words, and nearly no small letter."""
    letters = list(filter(str.isalpha, words))
    if sum(map(str.isupper, letters)) < 0.9 * len(letters):
        return False
    return sum(len(word) > _LONG_WORD for word in re.findall(r"[^\W\d_]+", words)) > 1


def _title_case(words: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) >= _LONG_WORD]
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _defined(founds: Iterable[Found]) -> dict[str, LocalName]:
    """Return the short forms that the document defines in brackets."""
    local: dict[str, LocalName] = {}
    for found in founds:
        for short in (found.abbreviation, found.inner):
            if short and short not in local:
                entity = ReferenceEntity(
                    id=found.reference or f"local/{len(local)}",
                    kind=found.kind,
                    label=found.label,
                    type=found.type,
                    abbreviation=short,
                )
                local[short] = LocalName(entity=entity, found=found)
    return local


def _expanded(found: Found, defined: dict[str, Found]) -> Found:
    """Give a short form the name that it stands for."""
    if found.reference is None or not found.reference.startswith("local/"):
        return found
    definition = defined[found.reference]
    return replace(
        found,
        reference=None,
        label=definition.label,
        kind=definition.kind,
        type=definition.type,
        head=definition.head,
        owner=found.owner or definition.owner,
    )


def _without_overlaps(text: str, names: Sequence[Found], persons: Sequence[Found]) -> list[Found]:
    """Drop persons that lie in a body's name, and other names within a person's name."""
    composed = Overlaps(
        n
        for n in names
        if not n.nested
        and (n.reference is None or " " in n.label)
        and n.kind is not EntityKind.PLACE
        and n.form == "name"
    )
    states = Overlaps(n for n in names if n.type == "country")
    kept = [p for p in persons if not composed.meets(p.span) and not _runs_on(text, p, states)]
    taken = Overlaps(kept)
    rest = [n for n in names if not taken.meets(n.span)]
    return [*rest, *kept]


def _runs_on(text: str, person: Found, states: Overlaps[Found]) -> bool:
    """Say whether a "person" with a state in it is the end of a longer run of capitals: "Member [States Germany]"."""
    before = re.search(r"\b([A-Z]\w+) $", text[max(0, person.span.start - 30) : person.span.start])
    post = before is not None and fold_name(before.group(1)) in word_list("posts", "words")
    return before is not None and not post and bool(states.within(person.span))


def _with_references_back(entities: dict[str, Entity], back: Sequence[Mention]) -> dict[str, Entity]:
    spans: dict[str, list[Span]] = {}
    for mention in back:
        spans.setdefault(mention.entity, []).append(mention.span)
    return {
        id_: replace(entity, mentions=tuple(sorted([*entity.mentions, *spans[id_]]))) if id_ in spans else entity
        for id_, entity in sorted(entities.items())
    }
