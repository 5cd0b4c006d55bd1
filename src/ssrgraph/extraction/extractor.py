"""The whole of extraction behind one call: a document in, its entities and claims out."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.claims import readers
from ssrgraph.extraction.confidence import Confidences
from ssrgraph.extraction.model import CLAIMS, Claim, Entity, Extraction, Rejected
from ssrgraph.extraction.names.matching import Matcher
from ssrgraph.extraction.parsing import DEFAULT_MODEL, load_model
from ssrgraph.extraction.reading import analyse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssrgraph.documents.model import Document
    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.analysis import Analysis

_ENTITY_SLOTS = frozenset(
    {
        "funder",
        "recipient",
        "programme",
        "agent",
        "organization",
        "place",
        "provider",
        "mission",
        "lead",
        "host",
        "commander",
        "requested_by",
        "predecessor",
        "agreement",
        "parties",
        "person",
        "event",
        "organizer",
        "participants",
        "parent",
        "member",
    }
)


class Extractor:
    """Reads documents with one language pipeline and one set of reference data, both loaded once.

    Args:
        reference: The reference data.
        model: Name of an installed spaCy pipeline with a parser.
        confidences: What each way of reading is worth; the shipped ones if none are given.

    Raises:
        ModelError: The pipeline cannot be loaded.
        DataError: The shipped confidences cannot be read.
    """

    def __init__(
        self, reference: Reference, model: str = DEFAULT_MODEL, *, confidences: Confidences | None = None
    ) -> None:
        self._model = load_model(model)
        self._reference = reference
        self._matcher = Matcher(reference)
        self._readers = readers()
        self._confidences = confidences or Confidences.load()

    def forget(self) -> None:
        """Forget the texts that were parsed, as a new process has none; for measuring."""
        self._model.forget()

    def extract(self, document: Document) -> Extraction:
        """Return everything that is read from a document. The same document gives the same result."""
        return self.claims_of(self.analyse(document))

    def analyse(self, document: Document) -> Analysis:
        """Return what the readers see of a document."""
        return analyse(document, self._model, self._reference, self._matcher)

    def claims_of(self, analysis: Analysis) -> Extraction:
        """Return the claims that the readers find in an analysis."""
        found = [one for read in self._readers.values() for one in read(analysis)]
        claims = _ordered(self._measured(one) for one in found if isinstance(one, Claim))
        rejected = sorted(
            (one for one in found if isinstance(one, Rejected)), key=lambda r: (r.quote, r.table, r.reason)
        )
        return Extraction(
            document_id=analysis.document.id,
            entities=_used(claims, analysis.entities),
            claims=claims,
            rejected=tuple(dict.fromkeys(rejected)),
            model=self._model.name,
        )

    def _measured(self, claim: Claim) -> Claim:
        return replace(claim, confidence=self._confidences.of(claim.table, claim.confidence, claim.rule))


def _ordered(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    order = {claim.table: number for number, claim in enumerate(CLAIMS)}
    return tuple(sorted(claims, key=lambda claim: (order[claim.table], claim.quote, claim.passage)))


def _used(claims: Iterable[Claim], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """Return the entities that claims refer to, ordered by id."""
    ids: set[str] = set()
    for claim in claims:
        for slot in fields(claim):
            value = getattr(claim, slot.name)
            if slot.name in _ENTITY_SLOTS and value:
                ids.update((value,) if isinstance(value, str) else value)
    return tuple(entities[id_] for id_ in sorted(ids))
