"""Who hands a command over to whom: "A took over command of X from B", "A succeeded B as head of X"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.headed_bodies import body_at, post_of
from ssrgraph.extraction.claims.posts import Post, read_post
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Mention
    from ssrgraph.extraction.claims.officeholders import Holder, Officeholders
    from ssrgraph.extraction.model import Role

_AS = re.compile(r"\s*,?\s*as\s+")
_GAP = re.compile(r"(?:^|,)\s*(?:(?:will|has|had|have|is to|was to|then|also|formally|officially|today)\s+)*$")
_COUNTERPART = re.compile(r"\b(?:his|her|the)\s+(?:[A-Z][\w-]+\s+){0,2}(?P<noun>counterpart),?\s+$")
_REACH = 80
_ARTICLE = 5


def successions(persons: Officeholders) -> Iterator[Role]:
    """Yield the posts of both persons where a sentence says that one follows the other."""
    for verb in _pattern("command").finditer(persons.text, persons.sentence.span.start, persons.sentence.span.end):
        yield from _command(persons, verb)
    for verb in _pattern("follows").finditer(persons.text, persons.sentence.span.start, persons.sentence.span.end):
        yield from _post(persons, verb)


def counterparts(persons: Officeholders, claims: Sequence[Role]) -> Iterator[Role]:
    """Yield the posts of whom a sentence calls the counterpart of another: "Minister X and his counterpart, Y"."""
    start = persons.sentence.span.start
    for holder in persons.all:
        said = _COUNTERPART.search(persons.text, start, holder.start)
        own = [c for c in claims if said and c.role and c.words["person"].end <= said.start()]
        if said is None or not own:
            continue
        state = next((m for m in persons.analysis.mentions_in(Span(said.start(), said.end()))), None)
        post = Post(
            span=Span(said.start(), said.end()),
            role=own[-1].role or "",
            words=Span(said.start("noun"), said.end("noun")),
            organization=(state.entity,) if state is not None else (),
            holders=state.span if state is not None else None,
            head="counterpart",
        )
        yield persons.claim(holder, post, "counterpart", confidence=0.7)


def _command(persons: Officeholders, verb: re.Match[str]) -> Iterator[Role]:
    """Read "handed over command of X to B" and "took over the command from A"."""
    body = body_at(persons, verb.end()) if verb["of"] else None
    body = body or _before(persons, verb.start())
    if body is None:
        return
    said = Span(verb.start(), verb.start() + len(verb.group().rstrip()))
    post = post_of("commander", said, body)
    earlier = body.span.end <= verb.start()
    if earlier:
        post = replace(post, span=said)
    end = verb.end() if earlier else body.span.end
    for holder in (_in_front(persons, verb.start()), _behind(persons, end)):
        if holder is not None:
            claim = persons.claim(holder, post, "succession", confidence=0.75)
            yield replace(claim, passage=Span(min(claim.passage.start, body.span.start), claim.passage.end))


def _post(persons: Officeholders, verb: re.Match[str]) -> Iterator[Role]:
    """Read "A succeeded B as commander of X"."""
    former = next((h for h in persons.all if h.start >= verb.end()), None)
    if former is None or persons.before_post(former) - verb.end() > 1:
        return
    as_ = _AS.match(persons.text, former.end, persons.sentence.span.end)
    if as_ is None:
        return
    post = read_post(persons.analysis, persons.sentence, Span(as_.end(), persons.sentence.span.end))
    for holder in (_in_front(persons, verb.start()), former):
        if holder is not None and post is not None:
            yield persons.claim(holder, post, "succession", confidence=0.75)


def _in_front(persons: Officeholders, at: int) -> Holder | None:
    """Return the person who is the subject of a verb: the last one in front, or before an apposition."""
    before = [h for h in persons.all if h.end <= at]
    if not before:
        return None
    gap = persons.text[before[-1].end : at]
    return before[-1] if len(gap) < _REACH and _GAP.search(gap) else None


def _behind(persons: Officeholders, at: int) -> Holder | None:
    """Return the person behind "to" or "from"."""
    link = re.compile(r"[^,;.]{0,40}?\b(?:to|from)\s+").match(persons.text, at, persons.sentence.span.end)
    follower = next((h for h in persons.all if link and h.start >= link.end()), None)
    return follower if follower and link and persons.before_post(follower) - link.end() <= _ARTICLE else None


def _before(persons: Officeholders, at: int) -> Mention | None:
    """Return the body that the sentence before, or the words in front, speak of as commanded."""
    reach = persons.analysis.text.rfind("\n\n", 0, at) + 1
    named = [
        m
        for m in persons.analysis.mentions_in(Span(reach, at))
        if persons.is_body(m)
        and m.kind in {EntityKind.MISSION, EntityKind.ORGANIZATION}
        and re.search(r"\bcommand of (?:the )?$", persons.text[max(0, m.span.start - 20) : m.span.start])
    ]
    return named[-1] if named else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    verbs = any_of(load_lexicon("roles")["succession"][name])
    return re.compile(rf"\b(?:{verbs})(?!\w)\s*(?P<of>of\s+)?", re.IGNORECASE)
