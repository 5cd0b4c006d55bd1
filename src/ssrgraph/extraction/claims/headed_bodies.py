"""Who heads what, said by a verb or a list: "X commands Y", "Y is led by X", "The members of Y are: X"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.posts import Post
from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.names.titles import person_words, plain
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.claims.officeholders import Holder, Officeholders
    from ssrgraph.extraction.model import Role

_ARTICLE = re.compile(r"(?:the|its|their|a|an)\s+(?:new\s+|joint\s+)?(?:(?:[A-Z][\w-]+|(?:\w+\s)?[a-z]+)['’]s\s+)?")
# A body's name with a noun behind it is another thing: "the UNDP office".
_MODIFIES = re.compile(
    r"\s+(?!(?:in|and|for|at|on|since|from|with|until|during|as|to|by|under|after|before|when|where|who|which|last|this|next)\b)"
    r"[a-z]"
)
_OWNS = re.compile(r"(?P<holder>(?:[A-Z]\w+\s?){1,3})?['’]s?\s+(?=[A-Z\d])")
_PRONOUN = re.compile(
    r"(?:^|\b)(?:It|[Tt]he (?:mission|operation|force|task force|contingent|battalion|brigade|unit|team|group)),?\s+"
    r"(?:(?:is|was|has been|will be|currently|now)\s+)*$"
)
_WHICH = re.compile(
    r"\b(?:which|that)\b.*\b(?:is|was|been|are|were|be)\s+(?:now\s+|currently\s+|at present\s+)?$", re.DOTALL
)
_REACH = 90


def heads(persons: Officeholders, holder: Holder, at: int) -> Iterator[Role]:
    """Yield what a verb from an offset on says that a person heads: "commands Y", "leads Y"."""
    for name in load_lexicon("roles")["heads"]:
        verb = _heads_pattern(name).match(persons.text, at, persons.sentence.span.end)
        body = body_at(persons, after_space(persons.text, verb.end())) if verb else None
        if verb is not None and body is not None:
            yield persons.claim(holder, post_of(name, Span(verb.start(), verb.end()), body), "heads a body")
        elif verb is not None and holder.title is not None:
            yield from _heads_unnamed(persons, holder, name, verb)


def _heads_unnamed(persons: Officeholders, holder: Holder, name: str, verb: re.Match[str]) -> Iterator[Role]:
    """Yield what somebody heads that has no name here, or was named before: "leads the training team"."""
    said = _led_pattern().match(persons.text, verb.end(), persons.sentence.span.end)
    if said is None:
        return
    words = Span(verb.start(), said.end())
    post = Post(span=words, role=_names(name), words=Span(verb.start(), verb.end()), head=name)
    body = _named_before(persons, said["noun"].casefold(), verb.start()) if said["front"] is None else None
    if body is not None:
        post = replace(post, organization=(body.entity,), holders=body.span)
    yield persons.claim(holder, post, "heads a body", confidence=0.7)


def _named_before(persons: Officeholders, noun: str, at: int) -> Mention | None:
    """Return the last body in front of an offset, in the same paragraph, whose name has a noun in it."""
    start = persons.sentence.block.span.start
    named = persons.analysis.mentions_in(Span(start, at)) if at > start else ()
    pattern = re.compile(rf"\b{re.escape(noun)}\b")
    fitting = [m for m in named if persons.is_body(m) and m.form != "adjective"]
    return next(
        (m for m in reversed(fitting) if pattern.search(persons.analysis.entities[m.entity].label.casefold())), None
    )


def headed_by(persons: Officeholders, holder: Holder) -> Iterator[Role]:
    """Yield what is said to be headed by a person: "Y is led by X", "Y, under the chairmanship of X"."""
    start = persons.sentence.span.start
    before = persons.text[start : persons.before_post(holder)]
    for name in load_lexicon("roles")["passive"]:
        found = _passive_pattern(name).search(before)
        if found is None or (found.group().split()[-1].casefold() == "under" and not _is_ranked(persons, holder)):
            continue
        at = start + found.start()
        named = persons.analysis.mentions_in(Span(start, at)) if at > start else ()
        bodies = [m for m in named if persons.is_body(m) and m.form != "adjective"]
        if not bodies and (meant := _meant(persons, at)) is not None:
            post = "commander" if name == "leader" and _military(persons, holder, meant) else name
            words = Span(at, at + len(found.group().rstrip()))
            claim = persons.claim(holder, replace(post_of(post, words, meant), span=words), "headed by")
            yield replace(claim, passage=Span(min(claim.passage.start, meant.span.start), claim.passage.end))
            return
        body = _antecedent(persons, at) or (bodies[-1] if bodies and at - bodies[-1].span.end <= _REACH else None)
        if body is not None:
            post = "commander" if name == "leader" and _military(persons, holder, body) else name
            words = Span(at, at + len(found.group().rstrip()))
            yield persons.claim(holder, post_of(post, words, body), "headed by")
            return


def _meant(persons: Officeholders, at: int) -> Mention | None:
    """Return the body that "it" or "the mission" in front of a verb means: the last one of the paragraph."""
    start, block = persons.sentence.span.start, persons.sentence.block.span
    if _PRONOUN.search(persons.text, start, at) is None or block.start >= start:
        return None
    before = [m for m in persons.analysis.mentions_in(Span(block.start, start)) if persons.is_body(m)]
    named = [m for m in before if m.form != "adjective"]
    missions = [m for m in named if m.kind is EntityKind.MISSION]
    return missions[-1] if missions else named[0] if len({m.entity for m in named}) == 1 else None


def listed(persons: Officeholders, holder: Holder) -> Iterator[Role]:
    """Yield the membership that an item under "The members of the board are:" says."""
    block = persons.sentence.block
    if block.kind is not BlockKind.ITEM or block.lead is None or holder is not persons.all[0]:
        return
    front = persons.text[block.span.start : holder.start].strip()
    if front and front.casefold() not in person_words("titles", "offices"):
        return
    lead = block.lead.of(persons.text)
    said = list(re.finditer("|".join(load_lexicon("roles")["lists"]["members"]), lead, re.IGNORECASE))
    body = _collective(persons, block.lead) if said else None
    if body is not None:
        words = Span(block.lead.start + said[-1].start(), block.lead.start + said[-1].end())
        place = Span(holder.start, holder.end)
        post = Post(
            span=place,
            role=_names("member"),
            words=words,
            organization=(body.entity,),
            holders=body.span,
            head="member",
        )
        claim = persons.claim(persons.with_office(holder), post, "list of members")
        yield replace(claim, passage=Span(block.lead.start, persons.sentence.span.end))


def after_space(text: str, at: int) -> int:
    """Return the offset of the first character from an offset on that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def body_at(persons: Officeholders, at: int) -> Mention | None:
    """Return the body that is named at an offset, with or without an article, and is no part of a longer phrase."""
    article = _part_pattern().match(persons.text, at) or _ARTICLE.match(persons.text, at)
    found = persons.analysis.mention_at(article.end() if article else at)
    own = _OWNS.match(persons.text, found.span.end if found is not None else article.end() if article else at)
    if own is not None and (found is not None or own["holder"]):
        # "commands the Navy's Seventh Flotilla"
        found = persons.analysis.mention_at(own.end()) or found
    if found is None or found.form == "adjective" or _MODIFIES.match(persons.text, found.span.end):
        return None
    return found if persons.is_body(found) else None


def _military(persons: Officeholders, holder: Holder, body: Mention) -> bool:
    return holder.title is not None and (body.kind is EntityKind.MISSION or _is_ranked(persons, holder))


def _is_ranked(persons: Officeholders, holder: Holder) -> bool:
    if holder.title is None:
        return False
    return bool({plain(word) for word in words_of(persons.text, holder.title)} & person_words("titles", "rank_ends"))


def _antecedent(persons: Officeholders, at: int) -> Mention | None:
    """Return the body that a relative clause is about: "the Task Force, which left in May and which is led by"."""
    if _WHICH.search(persons.text, persons.sentence.span.start, at) is None:
        return None
    token = next((t for t in persons.sentence.tokens if persons.sentence.token_span(t).end > at), None)
    while token is not None and token.dep_ in {"conj", "auxpass", "aux", "relcl"} and token.head is not token:
        clause, token = token.dep_, token.head
        found = persons.analysis.mention_at(persons.sentence.token_span(token).start) if clause == "relcl" else None
        if found is not None and persons.is_body(found) and found.form != "adjective":
            return found
    return None


def _collective(persons: Officeholders, lead: Span) -> Mention | None:
    """Return the board or committee whose members a list gives: in its lead, or the last one named before."""
    boards = persons.analysis.once(_boards)
    named = [m for m in boards[: bisect_left(boards, lead.end, key=lambda m: m.span.start)] if persons.is_body(m)]
    inside = [m for m in named if lead.covers(m.span)]
    return inside[-1] if inside else named[-1] if named else None


def _boards(analysis: Analysis) -> list[Mention]:
    """Return the mentions of what by its name is a board or committee."""
    words = load_lexicon("roles")["lists"]["collective"]
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    ids = {id_ for id_, entity in analysis.entities.items() if pattern.search(entity.label.casefold())}
    return [m for m in analysis.mentions if m.entity in ids and not m.nested and m.form != "adjective"]


def post_of(name: str, words: Span, body: Mention) -> Post:
    """Return the post that heading a body is, by its name in the lexicon: "commander", "head"."""
    span = Span(min(words.start, body.span.start), max(words.end, body.span.end))
    return Post(span=span, role=_names(name), words=words, organization=(body.entity,), holders=body.span, head=name)


def _names(name: str) -> str:
    return str(load_lexicon("roles")["names"][name])


@cache
def _part_pattern() -> re.Pattern[str]:
    """Match a part without a name in front of its body: "the delegation of the [Red Cross]"."""
    nouns = "|".join(load_lexicon("roles")["unnamed"]["bodies"])
    return re.compile(rf"(?:the|its|their|a|an)\s+(?:[\w-]+\s+){{0,2}}(?:{nouns})\s+of\s+(?:the\s+)?")


@cache
def _led_pattern() -> re.Pattern[str]:
    """Match a body's noun with an article, and nothing that it modifies: "the training team"."""
    nouns = any_of(load_lexicon("roles")["unnamed"]["led"])
    return re.compile(
        rf"\s*(?:the|its|their|this)\s+(?P<front>(?:[a-z][\w-]*\s+){{1,3}}?)?(?P<noun>{nouns})"
        rf"(?=[,.;:)]|$|\s+(?:in|and|at|on|since|from|with|which|that|until|as|there|here|for|said|told|of)\b)",
    )


@cache
def _heads_pattern(name: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_lexicon("roles")["heads"][name]) + r")(?!\w)", re.IGNORECASE)


@cache
def _passive_pattern(name: str) -> re.Pattern[str]:
    verbs = r"|\b".join(load_lexicon("roles")["passive"][name])
    return re.compile(rf"(?:\b{verbs})\s+(?:the\s+)?$", re.IGNORECASE)
