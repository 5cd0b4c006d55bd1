"""Links between entities and what others publish about them: what a person has decided, with who, when and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.errors import LinksError
from ssrgraph.vocabulary import Semapv, Skos

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

_DECIDED = frozenset({Semapv.MANUAL_MAPPING_CURATION.value, Semapv.MAPPING_REVIEW.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One mapping between something of ours and something of others, after SSSOM.

    Attributes:
        subject: IRI of what is ours.
        predicate: IRI of the relation, such as `skos:exactMatch`.
        object: IRI of what is others'.
        justification: IRI of a term of the Semantic Mapping Vocabulary: how it was found.
        is_negative: Whether it says that the two are *not* so related: the candidate was rejected.
        subject_label: What ours is called.
        object_label: What theirs is called.
        author: Who says so, a name.
        author_id: Who says so, an IRI.
        reviewer: Who has looked at it, a name.
        date: When, YYYY-MM-DD.
        confidence: How sure, from 0 to 1.
        tool: What proposed it.
        comment: What else is to be known.
    """

    subject: str
    predicate: str
    object: str
    justification: str
    is_negative: bool = False
    subject_label: str = ""
    object_label: str = ""
    author: str = ""
    author_id: str = ""
    reviewer: str = ""
    date: str = ""
    confidence: Decimal | None = None
    tool: str = ""
    comment: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether a person has decided it; what only a program has found is a proposal."""
        return self.justification in _DECIDED or bool(self.reviewer)

    @property
    def space(self) -> str:
        """The namespace of the other end: two exact matches of one subject within it contradict each other."""
        cut = max(self.object.rfind("/"), self.object.rfind("#")) + 1
        return self.object[:cut]


def settled(files: Iterable[tuple[object, Iterable[Link]]]) -> tuple[Link, ...]:
    """Return the links that count, of several files, sorted: what a person has decided and nobody has rejected.

    A rejection counts whatever file it stands in. Of several rows for the same link the last counts, so that a user's
    own file can say more about one that is shipped.

    Args:
        files: Each file as it was named, with its links.

    Raises:
        LinksError: Two links that remain say that one entity is exactly two items, or that one item is two entities.
    """
    kept: dict[tuple[str, str, str], tuple[object, Link]] = {}
    rejected: set[tuple[str, str]] = set()
    for name, links in files:
        for link in links:
            if link.is_negative:
                rejected.add((link.subject, link.object))
            elif link.is_decided:
                kept[link.subject, link.predicate, link.object] = (name, link)
    remaining = [(name, link) for name, link in kept.values() if (link.subject, link.object) not in rejected]
    _check_exact(remaining)
    return tuple(sorted((link for _, link in remaining), key=lambda one: (one.subject, one.predicate, one.object)))


def _check_exact(links: Iterable[tuple[object, Link]]) -> None:
    """A wrong link is worse than none: an entity that is exactly two things has at least one wrong link."""
    by_subject: dict[tuple[str, str], Link] = {}
    by_object: dict[str, Link] = {}
    for name, link in links:
        if link.predicate != Skos.EXACT_MATCH:
            continue
        other = by_subject.setdefault((link.subject, link.space), link)
        if other is not link:
            problem = f"{link.subject} is an exact match of both {other.object} and {link.object}; reject one of them"
            raise LinksError(name, problem)
        other = by_object.setdefault(link.object, link)
        if other is not link:
            problem = f"{link.object} is an exact match of both {other.subject} and {link.subject}; reject one of them"
            raise LinksError(name, problem)
