"""The pages on which links are reviewed: signing in, the entities without a link, and what one of them may be."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from ssrgraph.serve.link_tasks import Desk, path_of
from ssrgraph.serve.pages.link_contexts import (
    CandidateCard,
    CandidatesPage,
    DecisionLine,
    LinksPage,
    SignInPage,
    UnlinkedLine,
)
from ssrgraph.serve.pages.parts import Link
from ssrgraph.vocabulary import WIKIDATA

if TYPE_CHECKING:
    from ssrgraph.linking import Proposal, Unlinked
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore

_SHOWN = 25
_DECIDED = 100
_REFUSED = 409


def sign_in_page(_store: FinishedStore, job: Values) -> SignInPage:
    """Return the page to sign in, with what was wrong with `author` or token the last time."""
    problem = job.get("problem", "")
    return SignInPage(problem=problem, author=job.get("author", ""), status=403 if problem else 200)


def links_page(store: FinishedStore, job: Values) -> LinksPage:
    """Return the entities without a link, from the place `from` on, and what was decided."""
    desk = Desk(store, job)
    total = len(desk.entities)
    start = min(job["from"], max(0, total - 1)) // _SHOWN * _SHOWN
    found = list(desk.candidates(islice(desk.entities, start, start + _SHOWN)))
    return LinksPage(
        author=job["author"],
        word=job["word"],
        lines=tuple(
            UnlinkedLine(
                link=Link(text=one.label, href=f"/links/{path_of(one)}"),
                kind=one.kind,
                documents=one.documents,
                candidates=len(offered),
                best=f"{offered[0].score:.0f}" if offered else "",
            )
            for one, offered, _ in found
        ),
        first=start + 1,
        total=total,
        before=f"/links?from={start - _SHOWN}" if start else "",
        behind=f"/links?from={start + _SHOWN}" if start + _SHOWN < total else "",
        begin="" if (one := desk.behind(None)) is None else f"/links/{path_of(one)}",
        not_asked=sum(not asked for _, _, asked in found),
        file=job["review"]["file"],
        decided=_decided(desk),
    )


def candidates_page(store: FinishedStore, job: Values) -> CandidatesPage:
    """Return what the entity at `path` may be, and what was wrong with the last decision, `problem`."""
    desk = Desk(store, job)
    entity = desk.entity(job["path"])
    [(_, offered, asked)] = desk.candidates([entity])
    following = desk.behind(entity)
    path = path_of(entity)
    return CandidatesPage(
        author=job["author"],
        word=job["word"],
        entity=Link(text=entity.label, href=f"/id/{path}"),
        path=path,
        known=tuple(_known(entity)),
        candidates=tuple(_card(desk, one) for one in offered),
        is_asked=asked,
        behind=f"/links/{path_of(following)}" if following else "/links",
        problem=job.get("problem", ""),
        status=_REFUSED if job.get("problem") else 200,
    )


def _known(entity: Unlinked) -> list[tuple[str, str]]:
    """Return what is known of an entity and was compared, by the name of the feature."""
    found = (
        ("names", entity.names[1:]),
        ("type", (entity.kind,)),
        ("country", entity.country),
        ("parent", entity.parent),
        ("neighbours", entity.neighbours),
        ("documents", (str(entity.documents),)),
    )
    return [(name, "; ".join(values)) for name, values in found if values]


def _card(desk: Desk, proposal: Proposal) -> CandidateCard:
    item = proposal.item
    return CandidateCard(
        item=item.id,
        link=_wikidata(item.id, f"{item.label} ({item.id})"),
        about=item.about,
        score=f"{proposal.score:.0f}",
        features=tuple((name, f"{value:.2f}") for name, value in proposal.features.items()),
        is_open=(proposal.entity.subject, WIKIDATA + item.id) in desk.decisions.links,
    )


def _decided(desk: Desk) -> tuple[DecisionLine, ...]:
    """Return the decisions in the file, the latest first."""
    links = sorted(
        (link for link in desk.decisions.links.values() if link.is_decided), key=lambda link: link.date, reverse=True
    )
    return tuple(
        DecisionLine(
            subject=link.subject_label or link.subject,
            is_accepted=not link.is_negative,
            object=_wikidata(
                link.object.removeprefix(WIKIDATA), f"{link.object_label} ({link.object.removeprefix(WIKIDATA)})"
            ),
            author=link.author or link.reviewer,
            date=link.date,
        )
        for link in links[:_DECIDED]
    )


def _wikidata(identifier: str, text: str) -> Link:
    return Link(text=text, href=f"{WIKIDATA}{identifier}", about=f"wd:{identifier}", is_outside=True)
