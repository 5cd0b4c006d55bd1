"""Reading documents into quads, in this process or in several."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from ssrgraph import __version__
from ssrgraph.documents import known_origin, parse_document, read_bytes
from ssrgraph.errors import DocumentError, SsrGraphError
from ssrgraph.pipeline.inputs import fingerprint

if TYPE_CHECKING:
    from ssrgraph.documents import Document
    from ssrgraph.extraction.extractor import Extractor
    from ssrgraph.extraction.model import Extraction
    from ssrgraph.pipeline.inputs import Input, Options

_DOCUMENTS_A_WORKER = 8
"""A further process pays only from about so many documents on: each loads the language pipeline anew."""


class WorkerError(SsrGraphError):
    """A process that was reading documents ended before it was done, most likely for want of memory."""

    def __init__(self) -> None:
        super().__init__("a reading process was ended from outside, perhaps for want of memory; try --jobs 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one document came to, ready for the store.

    Attributes:
        id: The document's id.
        fingerprint: The fingerprint of what was read, which the file may have become only after it was found.
        words: A digest of its text, white space apart: the same for the same text in two files.
        quads: Its graphs, as N-Quads, which pass between processes.
        rejected: Its rejected candidates, as the JSON text that the store keeps.
        claims: How many claims were read.
    """

    id: str
    fingerprint: str
    words: str
    quads: bytes
    rejected: bytes
    claims: int

    def graphs(self) -> dict[NamedNode, list[Triple]]:
        """Return the triples of each of its graphs."""
        graphs: dict[NamedNode, list[Triple]] = {}
        for quad in parse(self.quads, format=RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name, []).append(quad.triple)
        return graphs


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A document that cannot be read.

    Attributes:
        id: The document's id.
        fingerprint: The fingerprint of what was refused; empty if the same file may be readable another time.
        problem: Why, in one phrase.
    """

    id: str
    fingerprint: str
    problem: str


def sensible_jobs(documents: int, jobs: int | None) -> int:
    """Return how many processes to read with: as many as asked for, or as pay for so many documents."""
    most = jobs or min(os.cpu_count() or 1, 1 + documents // _DOCUMENTS_A_WORKER)
    return max(1, min(most, documents))


class Reader:
    """Reads documents one after another; the language pipeline is loaded at the first."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._extractor: Extractor | None = None

    def read(self, item: Input) -> Reading | Refusal:
        """Read one document into quads."""
        if item.problem:
            return Refusal(id=item.id, fingerprint=item.fingerprint, problem=item.problem)
        try:
            data = read_bytes(item.path)
        except DocumentError as error:
            return Refusal(id=item.id, fingerprint="", problem=error.problem)
        return self.read_content(item, data)

    def read_content(self, item: Input, data: bytes) -> Reading | Refusal:
        """Read one document, whose file has these bytes, into quads."""
        from ssrgraph.graph import document_quads  # noqa: PLC0415 -- a rebuild with nothing to do needs none of it

        found = fingerprint(item, data)
        try:
            document = parse_document(data, name=item.path, source=item.source, encoding=item.encoding)
        except DocumentError as error:
            return Refusal(id=item.id, fingerprint=found, problem=error.problem)
        extraction = self._ready().extract(document)
        source = known_origin(document, item.source)
        quads = document_quads(extraction, document, base=self._options.base_iri, source=source, version=__version__)
        return Reading(
            id=item.id,
            fingerprint=found,
            words=hashlib.sha256(" ".join(document.text.split()).encode()).hexdigest(),
            quads=serialize(quads, format=RdfFormat.N_QUADS) or b"",
            rejected=_rejected(document, extraction),
            claims=len(extraction.claims),
        )

    def _ready(self) -> Extractor:
        if self._extractor is None:
            from ssrgraph.entities import load_reference  # noqa: PLC0415
            from ssrgraph.extraction.extractor import Extractor  # noqa: PLC0415 -- loads spaCy

            self._extractor = Extractor(load_reference(), model=self._options.model)
        return self._extractor


def _rejected(document: Document, extraction: Extraction) -> bytes:
    rows = [
        {
            "table": item.table,
            "reason": item.reason,
            "quote": item.quote.of(document.text),
            "start": item.quote.start,
            "end": item.quote.end,
        }
        for item in extraction.rejected
    ]
    return json.dumps({"document": document.id, "rejected": rows}, ensure_ascii=False).encode()
