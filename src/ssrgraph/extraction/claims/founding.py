"""States that belong to a group because they set it up together, or because they are named as its members beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.groups import is_group, joins_group, may_be_member
from ssrgraph.extraction.claims.nearby import listed_from, pattern, run_to
from ssrgraph.extraction.claims.taking_part import beside
from ssrgraph.extraction.clauses import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

    Pair = tuple[Mention, Mention, Span]  # group, member, quote
    Founded = tuple[list[Mention], Span] | None  # who founded it, and the verb

# Between a group and the verb that says who founded it.
_WHICH = re.compile(r"(?:\s?\([^()]{2,20}\))?,?\s(?:(?:which|that)\s)?(?:was\s|were\s|had\sbeen\s)?(?:jointly\s)?$")
# Between that verb and who did: "established (on 4 May 2023) (in Paris) by".
_BY = re.compile(r"(?:\s(?:on|in|at)\s[^.;:()]{3,40}?)?\s(?:jointly\s)?by\s(?:the\s)?")
# Between the founders and their verb: an aside, and which of them it is.
_ASIDE = re.compile(r"(?:,\s[^.;:]{3,80})?,?\s")
# Between a verb of founding and the group: an article and what is said of it.
_OBJECT = re.compile(r"\s(?:the\s|a\s|an\s|their\s)?(?:(?:new|joint|own|so-called|regional)\s)*")
# In front of a group whose members follow: the four members of the Alliance in the region (A, B and C).
_OF = re.compile(
    r"\b(?:members?|member\s(?:states|countries|nations)|founders|founding\s(?:members|states))\s(?:of|in)\s(?:the\s)?$"
)
_OPENS = re.compile(r"[^.;:()–—]{0,40}?\s?(?:[(:–—]|,\s(?:namely|i\.e\.,?))\s?(?:the\s)?")
_TWO = 2
_FAR = 90  # characters between the founders and their verb


def founders(analysis: Analysis, sentence: Sentence) -> Iterator[Pair]:
    """Yield the groups that a sentence says several states set up, with these states and the words that say so."""
    for group in analysis.mentions_in(sentence.span):
        if group.form != "name" or not is_group(analysis, group):
            continue
        states, verb = _by_whom(analysis, sentence, group) or _who_did(analysis, sentence, group) or ([], group.span)
        if len({m.entity for m in states}) < _TWO:
            continue
        standing = status_of(analysis, sentence, verb)
        if not (standing.planned or standing.doubt):
            yield from ((group, state, state.span) for state in states)


def in_brackets(analysis: Analysis, sentence: Sentence) -> Iterator[Pair]:
    """Yield the members in brackets or behind a colon: "the four members of NATO in the region (A and B)"."""
    for group in analysis.mentions_in(sentence.span):
        if not is_group(analysis, group) or not _OF.search(analysis.text[sentence.span.start : group.span.start]):
            continue
        opens = _OPENS.match(analysis.text, group.span.end, sentence.span.end)
        states = _list_at(analysis, sentence, opens.end()) if opens is not None else []
        if len(states) >= _TWO:
            yield from ((group, state, state.span) for state in states)


def _by_whom(analysis: Analysis, sentence: Sentence, group: Mention) -> Founded:
    """Return the states behind "the group, established in 2015 by"."""
    verb = pattern("memberships", "founded").search(analysis.text, group.span.end, sentence.span.end)
    if verb is None or not _WHICH.fullmatch(analysis.text[group.span.end : verb.start()]):
        return None
    by = _BY.match(analysis.text, verb.end(), sentence.span.end)
    return (_list_at(analysis, sentence, by.end()), Span(*verb.span())) if by is not None else None


def _who_did(analysis: Analysis, sentence: Sentence, group: Mention) -> Founded:
    """Return the states in front of "founded the group", with those beside them."""
    for verb in pattern("memberships", "founding").finditer(analysis.text, sentence.span.start, group.span.start):
        if not _OBJECT.fullmatch(analysis.text, verb.end(), group.span.start):
            continue
        others = tuple(beside(analysis, sentence))
        before = [m for m in analysis.mentions_in(sentence.span) if verb.start() - _FAR <= m.span.end <= verb.start()]
        member = next((m for m in reversed(before) if may_be_member(m) and m not in others), None)
        if member is None or not joins_group(analysis, member):
            return None
        run = run_to(analysis, sentence, member)
        end = max([m.span.end for m in others if m.span.start > member.span.end], default=member.span.end)
        near = _ASIDE.fullmatch(analysis.text[end : verb.start()]) is not None
        return ([*run, *others], Span(*verb.span())) if near else None
    return None


def _list_at(analysis: Analysis, sentence: Sentence, at: int) -> list[Mention]:
    first = next((m for m in analysis.mentions_in(sentence.span) if m.span.start == at), None)
    if first is None or not may_be_member(first):
        return []
    listed = list(listed_from(analysis, sentence, first, wanted=may_be_member))
    return listed if all(joins_group(analysis, m) for m in listed) else []
