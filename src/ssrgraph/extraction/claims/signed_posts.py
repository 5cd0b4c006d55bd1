"""Posts of those who sign: in a line under the name, or in the order above the signature."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.officeholders import Officeholders
from ssrgraph.extraction.claims.post_places import with_line_below, with_portfolio
from ssrgraph.extraction.claims.posts import read_post
from ssrgraph.extraction.model import Role
from ssrgraph.extraction.names.post_phrases import line_of_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.claims.posts import Post

_AUTHORITY = re.compile(r"\bvested in me as (?=[A-Z])")
_REACH = 90


def signed_posts(analysis: Analysis) -> Iterator[Role]:
    """Yield the posts of those who sign an order, a letter or an answer."""
    yield from _by_authority(analysis)
    yield from _signed(analysis)


def _signed(analysis: Analysis) -> Iterator[Role]:
    """Read the post in a line of its own under the name of who signs or answers."""
    for name, line in pairwise(analysis.sentences):
        persons = Officeholders(analysis, name)
        holder = persons.all[0] if persons.all else None
        if holder is None or name.span.of(analysis.text).strip(" ,") != analysis.text[holder.start : holder.end]:
            continue
        under = line_of_post(analysis.text, holder.end)
        if under is None or under.start != line.span.start:
            continue
        for one in _posts_of_line(analysis, line):
            post = with_portfolio(analysis.text, Officeholders(analysis, line).placed(one))
            yield persons.claim(holder, with_line_below(analysis, post), "line under a name")


def _posts_of_line(analysis: Analysis, line: Sentence) -> list[Post]:
    """Return the post that a line names, and the second one of the same person behind "and"."""
    both = read_post(analysis, line, line.span, whole=True)
    if both is not None and both.also is not None:
        return [replace(both, also=None), both.also]
    post = read_post(analysis, line, line.span)
    return [post] if post is not None else []


def _by_authority(analysis: Analysis) -> Iterator[Role]:
    """Read the post of who signs an order: "By the authority vested in me as President …" above a signature."""
    for found in _AUTHORITY.finditer(analysis.text):
        sentence = analysis.sentence_at(found.start())
        signature = [m for m in analysis.mentions if m.kind is EntityKind.PERSON and m.span.start > found.end()]
        post = (
            read_post(analysis, sentence, Span(found.end(), min(found.end() + _REACH, sentence.span.end)))
            if sentence
            else None
        )
        if post is not None and sentence is not None and signature:
            last = signature[-1]
            words = {"person": last.span, "role": post.words} | ({"organization": post.holders} if post.holders else {})
            yield Role(
                quote=last.span,
                passage=Span(sentence.span.start, last.span.end),
                words=words,
                person=last.entity,
                role=post.role,
                organization=post.organization,
                confidence=0.8,
                rule="signature",
            )
            return
