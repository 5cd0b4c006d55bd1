"""One row for each person and post: repeats are joined, headings and mere titles give way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.names.titles import person_words
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.model import Role


def merged(analysis: Analysis, claims: Sequence[Role]) -> Iterator[Role]:
    """Yield one row for each person and post: the fullest role, with the body and title that any of them has."""
    kept: dict[str, list[Role]] = {}
    claims = _with_offices(claims)
    for claim in _posts(analysis, claims):
        own = kept.setdefault(claim.person, [])
        same = next((i for i, other in enumerate(own) if _same_post(other, claim)), None)
        if same is None:
            own.append(claim)
        else:
            own[same] = _fuller(own[same], claim)
    for claim in claims:
        if claim.role is None:
            _add_title(kept.setdefault(claim.person, []), claim)
    order = {claim.person: number for number, claim in reversed(list(enumerate(claims)))}
    rows = [claim for own in kept.values() for claim in own]
    yield from sorted(rows, key=lambda claim: (claim.quote, order[claim.person]))


def _posts(analysis: Analysis, claims: Sequence[Role]) -> list[Role]:
    """Return the claims of posts. Headings shorten posts: what the text says goes before."""
    headings = Overlaps(b for b in analysis.document.blocks if b.kind in {BlockKind.TITLE, BlockKind.HEADING})
    posts = [c for c in claims if c.role is not None]
    in_heading = [any(h.span.covers(c.quote) for h in headings.meeting(c.quote)) for c in posts]
    said: dict[str, list[Role]] = {}
    for claim, shortened in zip(posts, in_heading, strict=True):
        if not shortened:
            said.setdefault(claim.person, []).append(claim)
    kept = [c for c, short in zip(posts, in_heading, strict=True) if not short and not _only_heads(c, said[c.person])]
    kept += [
        c
        for c, short in zip(posts, in_heading, strict=True)
        if short and (c.person not in said or any(_same_post(c, other) for other in said[c.person]))
    ]
    return [_with_headed(c, said.get(c.person, ())) for c in kept]


def _add_title(own: list[Role], claim: Role) -> None:
    """Keep a title without a post for who has no post, or where it comes with a body other than that of the posts."""
    if not own:
        own.append(claim)
    elif claim.organization and own[0].role is None and not own[0].organization:
        own[0] = claim
    elif claim.organization and (own[0].role is None or _of_another_force(own, claim)) and not _is_known(own, claim):
        own.append(claim)


def _is_known(own: Sequence[Role], claim: Role) -> bool:
    return any(set(claim.organization) & set(other.organization) for other in own)


def _of_another_force(own: Sequence[Role], claim: Role) -> bool:
    """Say whether somebody with a post somewhere is said to be of another force: "Colonel X of the Navy"."""
    return all(c.organization for c in own) and claim.words["organization"].start > claim.words["person"].start


def _with_offices(claims: Sequence[Role]) -> list[Role]:
    """Make an office in front of a name a title where a post stands behind it: "H.E. Ambassador X, head of Y"."""
    kept: list[Role] = []
    offices: dict[str, tuple[str, Span]] = {}
    for claim in claims:
        others = [
            c for c in claims if c.person == claim.person and c.rule == "apposition" and c.passage == claim.passage
        ]
        office = claim.rule == "post in front of a name" and not claim.organization and claim.role is not None
        if office and others and (claim.role or "").casefold() in person_words("titles", "offices") | {"commissioner"}:
            offices[claim.person] = (claim.role or "", claim.words["role"])
        else:
            kept.append(claim)
    return [
        replace(c, title=offices[c.person][0], words={**c.words, "title": offices[c.person][1]})
        if c.person in offices and c.role is not None
        else c
        for c in kept
    ]


def _only_heads(claim: Role, claims: Sequence[Role]) -> bool:
    """Say whether "X leads Y" says nothing but where the post is that the sentence gives X."""
    return claim.rule == "heads a body" and any(
        other.person == claim.person and other.rule != claim.rule and other.passage.meets(claim.passage)
        and (not (other.organization and claim.organization) or set(other.organization) & set(claim.organization))
        for other in claims
    )  # fmt: skip


def _with_headed(claim: Role, claims: Sequence[Role]) -> Role:
    """Give a post without a body the one that its holder heads in the same sentence."""
    if claim.organization:
        return claim
    heads = [
        c
        for c in claims
        if c.rule == "heads a body" and c.organization and c.person == claim.person and c.passage.meets(claim.passage)
    ]
    if not heads:
        return claim
    return replace(
        claim, organization=heads[0].organization, words={**claim.words, "organization": heads[0].words["organization"]}
    )


def _same_post(a: Role, b: Role) -> bool:
    if a.person != b.person or (a.organization and b.organization and not set(a.organization) & set(b.organization)):
        return False
    first, second = set(fold_name(a.role or "").split()), set(fold_name(b.role or "").split())
    return first <= second or second <= first


def _fuller(a: Role, b: Role) -> Role:
    """Return the claim of the two that says more, with the other's title where it has none."""
    rank = [(bool(c.organization), len((c.role or "").split()), c.title is not None) for c in (a, b)]
    best, other = (b, a) if rank[1] > rank[0] else (a, b)
    if best.title is None and other.title is not None:
        return replace(
            best,
            title=other.title,
            words={**best.words, "title": other.words["title"]},
            passage=Span(min(a.passage.start, b.passage.start), max(a.passage.end, b.passage.end)),
        )
    return best
