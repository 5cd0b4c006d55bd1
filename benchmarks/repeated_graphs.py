"""Stores in the project's own ontology of any size: built ones, repeated under other names.

A store is built once, of the tests' corpus of real-like texts or of documents that are given. Its graphs are written as
N-Quads and repeated: what the reference data knows (states, bodies, programmes) and the ontology stand once, however
many repetitions there are; documents, claims, evidence and what only one text names have other names in each. So texts
never share more than the well-known names, and a repetition costs a replacement of bytes.

The numbers of a repetition stand behind the names: `…/claim/0a1b…-7`.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from measuring import SSRGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = b"https://w3id.org/ssrgraph/"
MARK = b"\x00"
NAME = re.compile(rb"<(" + re.escape(BASE) + rb"(?:id|document|claim|graph/document|graph/evidence)/[^>#]*)(#[^>]*)?>")


class Repeated:
    """The graphs of a built store under as many names as are asked for.

    Attributes:
        shared: The N-Quads that stand once.
        documents: For each document its N-Quads with a mark where the number of the repetition goes.
        counts: How many quads each of the documents has.
    """

    def __init__(self, store: Path, folder: Path) -> None:
        dump = folder / f"{store.name}.nq"
        command = [SSRGRAPH, "export", "--store", str(store), "--format", "nquads", "--out", str(dump)]
        subprocess.run(command, check=True, capture_output=True)
        parts: dict[bytes, list[bytes]] = {}
        shared = []
        for line in dump.read_bytes().splitlines(keepends=True):
            graph = line[line.rindex(b" <") + 2 : line.rindex(b">")].removeprefix(BASE)
            kind, _, name = graph.removeprefix(b"graph/").partition(b"/")
            if kind in {b"document", b"evidence"}:
                parts.setdefault(name, []).append(line)
            elif kind != b"inferred":
                shared.append(line)
        dump.unlink()
        known = {found[1] for line in shared for found in NAME.finditer(line)}
        self.shared = b"".join(shared)
        self.documents = [self.marked(b"".join(lines), known) for _, lines in sorted(parts.items())]
        self.counts = [text.count(b"\n") for text in self.documents]

    @staticmethod
    def marked(text: bytes, known: set[bytes]) -> bytes:
        """Return N-Quads with a mark behind each name of the project's that is not among the known ones."""

        def mark(found: re.Match[bytes]) -> bytes:
            return found[0] if found[1] in known else b"<" + found[1] + MARK + (found[2] or b"") + b">"

        return NAME.sub(mark, text)

    def document(self, number: int) -> bytes:
        """Return the N-Quads of the n-th document, those of its evidence included."""
        turn, which = divmod(number, len(self.documents))
        return self.documents[which].replace(MARK, b"-%d" % turn if turn else b"")

    def quads(self, size: int) -> Iterator[bytes]:
        """Yield N-Quads, the shared ones and then whole documents, until there are so many."""
        yield self.shared
        count, number = self.shared.count(b"\n"), 0
        while count < size:
            yield self.document(number)
            count += self.counts[number % len(self.counts)]
            number += 1

    def premises(self, size: int) -> Iterator[bytes]:
        """Yield N-Triples of what the reasoner is given: ontology, entities, what documents assert; not evidence."""
        count, number = 0, 0
        part = _premises(self.shared)
        while True:
            yield part
            count += part.count(b"\n")
            if count >= size:
                return
            part = _premises(self.document(number))
            number += 1


def _premises(quads: bytes) -> bytes:
    """Return the triples of those graphs that the reasoner is given."""
    left_out = (BASE + b"graph/evidence/", BASE + b"graph/links>")
    lines = []
    for line in quads.splitlines():
        start = line.rindex(b" <")
        if not line.startswith(left_out, start + 2):
            lines.append(line[:start] + b" .\n")
    return b"".join(lines)
