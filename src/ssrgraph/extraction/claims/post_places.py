"""Where a post is that names no body: what "its" means, whose deputy it is, its list, the mission meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.posts import of_state
from ssrgraph.extraction.claims.states import is_state, state_of
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.posts import Post
    from ssrgraph.extraction.model import Role

_ITS = re.compile(r"\b(?P<word>[Ii]ts|whose)\s+(?:(?:new|current|first|then|outgoing|incoming|former|acting)\s+)*$")
_HIS = re.compile(r"\b(?:his|her)\s+$")
_LIST = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*(?:and\s+)?|\s+and\s+|·)\s*(?:the\s+|by\s+)?")
_PORTFOLIO = re.compile(r",\s+[A-Z][\w-]*(?:[ ](?:and|of|for|the|&|[A-Z][\w-]*))+(?=[ \t]*(?:\n|$))")
_NEXT_LINE = re.compile(r",?[ \t]*\n[ \t]*(?:the\s+)?")
_OF = re.compile(r"\s+of\b")
_AND = re.compile(r"\s*(?:,\s*)?(?:and|&)\s*(?:the\s+)?")
_FOR = re.compile(r"\b[Ff]or\s+(?:the\s+)?[^\s,:;.][^,:;.]{1,80}?(?P<gap>\s*[,:]\s*|\s+by\s+)$")
_FAR = 100
_SHARE = 0.5
_BACK = 12
_LOOK = 4  # sentences in front in which a unit may be named


def with_places(analysis: Analysis, claims: Sequence[Role]) -> Iterator[Role]:
    """Yield claims; to those of a post without body or state comes the one that the words around it mean."""
    placed: list[Role] = []
    for said in claims:
        claim, found = _without_noun(analysis, said)
        if claim.role is not None and not claim.organization and found is None:
            found = next((m for read in _READERS if (m := read(analysis, claim)) is not None), None)
            if found is None and (principal := _principal(analysis, claim, claims)) is not None:
                claim = replace(
                    claim,
                    organization=principal.organization,
                    words={**claim.words, "organization": principal.words["organization"]},
                    passage=_both(claim.passage, principal.passage),
                )
        placed.append(claim if found is None else _at(claim, found))
    yield from _shared(analysis, placed)


def with_portfolio(text: str, post: Post) -> Post:
    """Give a post in a signature the portfolio behind its comma: "Director, International Affairs and Trade"."""
    found = _PORTFOLIO.match(text, post.span.end) if not post.organization else None
    bodies = set(load_lexicon("roles")["unnamed"]["bodies"])
    if found is None or bodies & set(found.group().casefold().split()):
        return post
    role = " ".join(f"{post.role}{found.group()}".split())
    span = Span(post.span.start, found.end())
    return replace(post, role=role, span=span, words=Span(post.words.start, found.end()))


def with_line_below(analysis: Analysis, post: Post) -> Post:
    """Give a post in a signature the body that the next line names."""
    line = _NEXT_LINE.match(analysis.text, post.span.end) if not post.organization else None
    body = analysis.mention_at(line.end()) if line else None
    if line is None or body is None or body.span.start != line.end() or not _is_place(analysis, body, states=False):
        return post
    behind = analysis.text[body.span.end : body.span.end + 1]
    return replace(post, organization=(body.entity,), holders=body.span) if behind in {"", "\n", ",", "."} else post


def _at(claim: Role, body: Mention) -> Role:
    words = {**claim.words, "organization": body.span}
    return replace(claim, organization=(body.entity,), words=words, passage=_both(claim.passage, body.span))


def _both(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


def _front(analysis: Analysis, claim: Role) -> str:
    """Return the words in front of a post."""
    at = claim.words["role"].start
    return analysis.text[max(0, at - _BACK * 2) : at]


def _its(analysis: Analysis, claim: Role) -> Mention | None:
    """Return what "its" in front of a post means: the body named before in the sentence, or the last one's subject."""
    word = _ITS.search(_front(analysis, claim))
    if word is None:
        return None
    sentence = analysis.sentence_at(claim.words["role"].start)
    if sentence is None:
        return None
    start, at = sentence.span.start, claim.words["role"].start
    before = _named(analysis, Span(start, at), states=True) if at > start else []
    if word["word"] == "whose":
        return before[-1] if before else None
    if before:
        return before[0] if len({m.entity for m in before}) == 1 else _subject(analysis, sentence) or before[-1]
    former = next((s for s in reversed(_before(analysis, sentence, 1))), None)
    return (_subject(analysis, former) or _first(analysis, former)) if former is not None else None


def _subject(analysis: Analysis, sentence: Sentence) -> Mention | None:
    """Return the body or state that is the subject of a sentence."""
    for token in sentence.tokens:
        if token.dep_ in {"nsubj", "nsubjpass"} and token.head is sentence.parsed.root:
            found = analysis.mention_at(sentence.token_span(token).start)
            return found if found is not None and _is_place(analysis, found, states=True) else None
    return None


def _first(analysis: Analysis, sentence: Sentence) -> Mention | None:
    found = _named(analysis, sentence.span, states=False)
    return found[0] if len({m.entity for m in found}) == 1 else None


def _before(analysis: Analysis, sentence: Sentence, count: int) -> list[Sentence]:
    """Return the sentences of running text in front of one."""
    sentences = analysis.sentences
    at = bisect_left(sentences, sentence.span.start, key=lambda s: s.span.start)
    return [s for s in sentences[max(0, at - count) : at] if s.block.kind is not BlockKind.FURNITURE]


def _is_place(analysis: Analysis, mention: Mention, *, states: bool) -> bool:
    if mention.form == "adjective" or mention.kind not in {EntityKind.ORGANIZATION, EntityKind.MISSION}:
        return False
    return states or analysis.entities[mention.entity].type != "country"


def _named(analysis: Analysis, span: Span, *, states: bool) -> list[Mention]:
    return [m for m in analysis.mentions_in(span) if _is_place(analysis, m, states=states)]


def _unit(analysis: Analysis, claim: Role) -> Mention | None:
    """Return the body that a noun behind a post means: "the Commander of the contingent"."""
    said = _units().match(analysis.text, claim.words["role"].end)
    sentence = analysis.sentence_at(claim.words["role"].start)
    if said is None or sentence is None:
        return None
    noun = said["noun"].casefold()
    near = _before(analysis, sentence, _LOOK)
    found = _named(analysis, Span(near[0].span.start if near else sentence.span.start, said.end()), states=False)
    pattern = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
    fitting = [m for m in found if pattern.search(analysis.entities[m.entity].label)]
    return fitting[-1] if fitting else None


def _without_noun(analysis: Analysis, claim: Role) -> tuple[Role, Mention | None]:
    """Return a post without the noun that means a body named before, and that body: "fellow at the institute"."""
    said = _behind_post().search(claim.role or "") if claim.role and not claim.organization else None
    if claim.role is None or said is None:
        return claim, None
    at = claim.words["role"].start
    before = analysis.mentions[: bisect_left(analysis.mentions, at, key=lambda m: m.span.start)]
    noun = re.compile(rf"\b{re.escape(said['noun'].casefold())}\b")
    body = next(
        (
            m
            for m in reversed(before)
            if _is_place(analysis, m, states=False) and noun.search(analysis.entities[m.entity].label.casefold())
        ),
        None,
    )
    if body is None:
        return claim, None
    link = re.compile(rf"\s+{said['link']}\s").search(analysis.text, at, claim.words["role"].end)
    end = link.start() if link is not None else claim.words["role"].end
    return replace(claim, role=claim.role[: said.start()], words={**claim.words, "role": Span(at, end)}), body


def _mission(analysis: Analysis, claim: Role) -> Mention | None:
    """Return the mission that a post means which only missions have: "the Force Commander"."""
    role = (claim.role or "").casefold()
    if not any(role.endswith(post) for post in load_lexicon("roles")["missions"]["posts"]):
        return None
    missions, sentence = analysis.once(_missions), analysis.sentence_at(claim.words["role"].start)
    if not missions or sentence is None or _OF.match(analysis.text, claim.words["role"].end):
        return None
    before = bisect_left(missions, claim.words["role"].start, key=lambda m: m.span.start)
    near = missions[before - 1] if before else missions[0]
    if sentence.block.span.start <= near.span.start < claim.words["role"].start:
        return near
    most, count = Counter(m.entity for m in missions).most_common(1)[0]
    mine = [m for m in missions if m.entity == most]
    return mine[0] if count > _SHARE * len(missions) else None


def _missions(analysis: Analysis) -> list[Mention]:
    return [m for m in analysis.mentions if m.kind is EntityKind.MISSION and not m.nested]


def _signs_for(analysis: Analysis, claim: Role) -> Mention | None:
    """Return for whom somebody signs or speaks: "For Spain, State Secretary X", "For the Government of Peru: X"."""
    front = _FOR.search(analysis.text, max(0, claim.quote.start - _FAR), claim.quote.start)
    found = analysis.mention_at(front.end("gap") - 1) if front else None
    found = found or (analysis.mention_at(front.start("gap") - 1) if front else None)
    if front is None or found is None or not _is_place(analysis, found, states=True):
        return None
    return found if front.start() <= found.span.start and found.span.end >= front.start("gap") else None


def _principal(analysis: Analysis, claim: Role, claims: Sequence[Role]) -> Role | None:
    """Return the claim whose holder has the deputy: "commanded by X, with Y as his deputy"."""
    if _HIS.search(_front(analysis, claim)) is None:
        return None
    before = claim.words["role"].start
    others = [c for c in claims if c.role and c.organization and c.words["person"].end < before]
    others = [c for c in others if c.person != claim.person and c.passage.meets(claim.passage)]
    return others[-1] if others else None


def _shared(analysis: Analysis, claims: Sequence[Role]) -> Iterator[Role]:
    """Give a minister's post the state of the next one in the list: "Minister A, and Y, Minister of B of Japan"."""
    ordered = sorted(range(len(claims)), key=lambda i: claims[i].words["person"])
    result = list(claims)
    for i, k in reversed(list(pairwise(ordered))):
        claim, following = result[i], result[k]
        if _is_open(analysis, claim, following) and _goes_on(analysis, claim, following):
            result[i] = replace(
                claim,
                organization=following.organization,
                words={**claim.words, "organization": following.words["organization"]},
                passage=_both(claim.passage, following.passage),
            )
    yield from result


def _is_open(analysis: Analysis, claim: Role, following: Role) -> bool:
    """Say whether a post has no body, or only the ministry of another state that its portfolio suggests."""
    if not claim.organization:
        return True
    if any(is_state(analysis, m) for m in analysis.mentions_in(claim.quote, nested=True)):
        return False
    return "organization" not in claim.words and not (
        {state_of(analysis, one) for one in claim.organization} & set(following.organization)
    )


def _goes_on(analysis: Analysis, claim: Role, following: Role) -> bool:
    """Say whether two posts of ministers stand in one list, or are one person's, and the state behind the second."""
    states = {analysis.entities[one].type for one in following.organization}
    if states != {"country"} or claim.rule != following.rule or claim.rule != "apposition":
        return False
    if not (claim.role and following.role and of_state(claim.role) and of_state(following.role)):
        return False
    if claim.person == following.person:
        return _AND.fullmatch(analysis.text, claim.words["role"].end, following.words["role"].start) is not None
    return _LIST.fullmatch(analysis.text, claim.quote.end, following.quote.start) is not None


@cache
def _behind_post() -> re.Pattern[str]:
    """Match a body's noun and nothing else behind a post: "analyst [at the institute]", "Attaché [of the Embassy]"."""
    words = load_lexicon("roles")
    nouns = any_of([*words["unnamed"]["bodies"], *words["unnamed"]["houses"]])
    return re.compile(rf"\s+(?P<link>of|at|with|for|from|in)\s+(?:the|that|this)\s+(?P<noun>{nouns})$", re.IGNORECASE)


_READERS = (_its, _unit, _signs_for, _mission)


@cache
def _units() -> re.Pattern[str]:
    nouns = any_of(load_lexicon("roles")["unnamed"]["bodies"])
    return re.compile(rf"\s+of\s+(?:the|this)\s+(?:\w+\s+)?(?P<noun>{nouns})\b", re.IGNORECASE)
