"""What a person has decided about candidates, kept in an SSSOM file that a build can be given."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ssrgraph.entities import sssom
from ssrgraph.entities.links import Link, settled
from ssrgraph.entities.model import EntityKind
from ssrgraph.errors import LinksError
from ssrgraph.store.locking import FileLock
from ssrgraph.vocabulary import BASE, WIKIDATA, Semapv, Skos

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ssrgraph.linking.proposals import Proposal

_PREFIXES = {**{kind.value: f"{BASE}id/{kind.value}/" for kind in EntityKind}, "wd": WIKIDATA}
_ABOUT = {
    "mapping_set_id": f"{BASE}links/reviewed",
    "mapping_set_title": "Links that a person has decided",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_PATIENCE: Final = 10.0
"""Seconds to wait for another process that writes the same file; each is done in far less than one."""


class Review:
    """Decisions about candidates; each is written as soon as it is made.

    Others may write the same file meanwhile: a decision is added to what the file holds then.

    Args:
        path: The file; made with the first decision.
        write: Writes a file whole or not at all.
        others: Links that are known from elsewhere: those that ship, those of other files.
        author: The name of who decides.
        date: The day, YYYY-MM-DD.

    Raises:
        LinksError: The file is there and is no SSSOM.
    """

    def __init__(
        self, path: Path, *, write: Callable[[Path, bytes], None], others: Iterable[Link], author: str, date: str
    ) -> None:
        self._path, self._write, self._author, self._date = path, write, author, date
        self._others = tuple(others)
        self._read()

    def _read(self) -> None:
        kept = sssom.read(self._path) if self._path.exists() else sssom.MappingSet(links=(), about=_ABOUT)
        self._about, self._prefixes = kept.about, {**_PREFIXES, **kept.prefixes}
        self.links = {(link.subject, link.object): link for link in kept.links}

    def without(self, subject: str) -> set[str]:
        """Return the identifiers that are not offered for an entity: rejected, or decided for another entity."""
        found = set()
        for link in (*self._others, *self.links.values()):
            mine = link.subject == subject
            if (link.is_negative and mine) or (link.is_decided and not link.is_negative and not mine):
                found.add(link.object.removeprefix(WIKIDATA))
        return found

    def is_decided(self, subject: str) -> bool:
        """Say whether an item was accepted for an entity."""
        return subject in self.decided()

    def decided(self) -> set[str]:
        """Return the entities for which an item was accepted."""
        return {
            link.subject
            for link in (*self._others, *self.links.values())
            if link.is_decided
            and not link.is_negative
            and link.predicate == Skos.EXACT_MATCH
            and link.object.startswith(WIKIDATA)
        }

    def accept(self, proposal: Proposal) -> None:
        """Decide that an entity is an item.

        Raises:
            LinksError: That contradicts another link.
        """
        self._decide(_link(proposal, Semapv.MANUAL_MAPPING_CURATION), confidence=Decimal(1))

    def reject(self, proposal: Proposal) -> None:
        """Decide that an entity is not an item; it is never offered again."""
        link = _link(proposal, Semapv.MANUAL_MAPPING_CURATION)
        self._decide(replace(link, is_negative=True), confidence=Decimal(1))

    def leave_open(self, proposal: Proposal) -> None:
        """Note a candidate that nobody has decided on: a proposal, which no build takes for a link."""
        link = _link(proposal, Semapv.COMPOSITE_MATCHING)
        self._keep(replace(link, confidence=_share(proposal.score), tool="ssrgraph link", date=self._date))

    def _decide(self, link: Link, *, confidence: Decimal) -> None:
        self._keep(replace(link, author=self._author, date=self._date, confidence=confidence))

    def _keep(self, link: Link) -> None:
        with self._alone():
            self._read()
            key = (link.subject, link.object)
            if key in self.links and self.links[key].is_decided and not link.is_decided:
                return
            links = {**self.links, key: link}
            settled((("elsewhere", self._others), (self._path, links.values())))  # A contradiction is not written.
            ordered = [links[each] for each in sorted(links)]
            text = sssom.write(ordered, prefixes=self._used(ordered), about=self._about)
            self._write(self._path, text.encode())
            self.links = links

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from writing the file between reading and writing it."""
        lock = FileLock(self._path.with_name(f".{self._path.name}.lock"))
        end = time.monotonic() + _PATIENCE
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            while not lock.acquire():
                if time.monotonic() > end:
                    raise LinksError(self._path, "another process does not stop writing it")
                time.sleep(0.01)
        except OSError as error:
            raise LinksError(self._path, f"cannot be written: {error.strerror or error}") from error
        try:
            yield
        finally:
            lock.release()

    def _used(self, links: Iterable[Link]) -> dict[str, str]:
        ends = [end for link in links for end in (link.subject, link.object)]
        return {name: iri for name, iri in self._prefixes.items() if any(end.startswith(iri) for end in ends)}


def _link(proposal: Proposal, justification: str) -> Link:
    features = ", ".join(f"{name} {value:.2f}" for name, value in proposal.features.items())
    return Link(
        subject=proposal.entity.subject,
        subject_label=proposal.entity.label,
        predicate=Skos.EXACT_MATCH,
        object=WIKIDATA + proposal.item.id,
        object_label=proposal.item.label,
        justification=justification,
        comment=f"score {proposal.score:.0f}: {features}",
    )


def _share(score: float) -> Decimal:
    return (Decimal(str(score)) / 100).quantize(Decimal("0.01"))
