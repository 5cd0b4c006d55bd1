"""Who had a post before the one of whom a text has just said it: "He succeeded X", "She took over from X"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.model import Role

_FAR = 250
_NEAR = 60


def predecessors(analysis: Analysis, claims: Sequence[Role]) -> Iterator[Role]:
    """Yield the posts of those whom somebody with a post has followed, where the text gives them none of their own."""
    posts = sorted((c for c in claims if c.role is not None), key=lambda c: c.words["person"])
    held = {c.person for c in posts}
    titled = {c.words["person"]: c for c in claims if c.role is None and "title" in c.words}
    for mention in analysis.mentions if posts else ():
        if mention.kind is not EntityKind.PERSON or mention.form != "name" or mention.entity in held:
            continue
        title = titled.get(mention.span)
        start = min(title.words["title"].start, mention.span.start) if title is not None else mention.span.start
        if _before().search(analysis.text, max(0, start - _NEAR), start) is None:
            continue
        place = bisect_left(posts, mention.span, key=lambda c: c.words["person"])
        former = posts[place - 1] if place else None
        if former is not None and start - former.quote.end <= _FAR and _in_one_paragraph(analysis, former, start):
            held.add(mention.entity)
            yield _as_before(former, mention, title, Span(start, mention.span.end))


def _as_before(former: Role, mention: Mention, title: Role | None, quote: Span) -> Role:
    words = {name: span for name, span in former.words.items() if name != "title"} | {"person": mention.span}
    if title is not None:
        words["title"] = title.words["title"]
    return replace(
        former,
        quote=quote,
        words=words,
        passage=Span(min(former.passage.start, quote.start), max(former.passage.end, quote.end)),
        person=mention.entity,
        title=title.title if title is not None else None,
        role=re.sub(r"^(?:new|incoming|current)\s+", "", former.role or ""),
        confidence=0.7,
        rule="predecessor",
    )


def _in_one_paragraph(analysis: Analysis, former: Role, at: int) -> bool:
    return analysis.text.find("\n\n", former.quote.end, at) < 0


@cache
def _before() -> re.Pattern[str]:
    words = load_lexicon("roles")["succession"]
    verbs, nouns = any_of(words["follows_whom"]), any_of(words["predecessors"])
    return re.compile(rf"(?:\b(?:he|she|who|and)\s+(?:\w+\s+){{0,2}}(?:{verbs})|\b(?:{nouns}),?)\s+$", re.IGNORECASE)
