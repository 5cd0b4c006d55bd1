"""Memberships told in passing: "As a member of M, A …", "Since joining M in 2004, A …", "A is one of M's members"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.groups import is_group, joins_group, may_be_member, membership
from ssrgraph.extraction.claims.nearby import listed_from, mention_after, mention_before, run_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Membership

# In front of a group, at the beginning of a sentence or clause.
_OPENING = re.compile(
    r"\b(?:As\s(?:(?:an?|the|founding|full|fellow|active)\s){0,3}(?:members?|member\sstates?|states?\sparties)\sof"
    r"|(?:Since|After|On|Upon|Before|When)\s(?:(?:it|its|their|they)\s)?(?:joining|joined|acceding\sto|accession\sto"
    r"|becoming\sa\s(?:full\s)?member\sof))\s(?:the\s)?(?=[A-Z])"
)
# "As a NATO member, A": the group stands in front of the noun.
_AS = re.compile(r"\bAs\s(?:(?:an?|the|fellow|founding)\s){0,2}$")
_NOUN = re.compile(r"\s(?:members?|allies|ally)(?:\s(?:states?|countries|country))?")
_COMMA = re.compile(r"(?:\s\([^()]{2,20}\))?(?:\s(?:in|on)\s[\w ]{4,20})?,\s(?:the\s)?")
_ONE_OF = re.compile(
    r"\s(?:is|was|are|were|remains|became)\s(?:also\s)?(?:one|two|three|four|among|part)\s?(?:of)?\s"
    r"(?:the\s)?(?:[\w-]+\s){0,3}?members?(?:\sstates?|\scountries)?\sof\s(?:the\s)?(?=[A-Z])"
)


def by_phrases(analysis: Analysis, sentence: Sentence) -> Iterator[Membership]:
    """Yield the states that phrases beside the main statement of a sentence call members of a group."""
    for opening in _OPENING.finditer(analysis.text, sentence.span.start, sentence.span.end):
        group = _group_at(analysis, sentence, opening.end())
        if group is not None:
            yield from _behind_comma(analysis, sentence, group, group.span.end)
    for said in _ONE_OF.finditer(analysis.text, sentence.span.start, sentence.span.end):
        group = _group_at(analysis, sentence, said.end())
        last = mention_before(analysis, sentence, said.start(), reach=1, wanted=may_be_member)
        if group is not None and last is not None and joins_group(analysis, last):
            for member in run_to(analysis, sentence, last):
                yield membership(sentence, group, member, rule="said to belong")
    for group in analysis.mentions_in(sentence.span):
        noun = _NOUN.match(analysis.text, group.span.end, sentence.span.end)
        if noun is None or not is_group(analysis, group):
            continue
        if _AS.search(analysis.text, sentence.span.start, group.span.start):
            yield from _behind_comma(analysis, sentence, group, noun.end())


def _group_at(analysis: Analysis, sentence: Sentence, at: int) -> Mention | None:
    return mention_after(analysis, sentence, at, reach=1, wanted=lambda m: is_group(analysis, m) and m.form == "name")


def _behind_comma(analysis: Analysis, sentence: Sentence, group: Mention, at: int) -> Iterator[Membership]:
    comma = _COMMA.match(analysis.text, at, sentence.span.end)
    first = mention_after(analysis, sentence, comma.end(), reach=1, wanted=may_be_member) if comma else None
    if first is None or not joins_group(analysis, first):
        return
    for member in listed_from(
        analysis, sentence, first, wanted=lambda m: joins_group(analysis, m) and m.form == "name"
    ):
        yield membership(sentence, group, member, rule="said to belong")
