"""What the last check found, as a small database: a change reads and writes the rows that it touches.

A finding stands in a place, which is what it was found by: a document, a topic that claims are compared by, a node that
violates a shape, a subject of a saved check. What is found anew replaces what was found there before. The same finding
may stand in several places and counts once.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from typing import TYPE_CHECKING, Self

from ssrgraph.validation import forms
from ssrgraph.validation.counted import BY, FOR, WHAT
from ssrgraph.validation.model import Severity, report
from ssrgraph.validation.tensions import topics
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode, Triple

    from ssrgraph.validation.content import OfDocument
    from ssrgraph.validation.counted import Counted
    from ssrgraph.validation.model import Finding, Report, ShapeViolation

_MARK = b"ssrgraph findings 1\n"
_DIGEST = 16
"""Bytes of a checksum."""
_MOST = 1_000_000_000
"""Bytes of such a file: SQLite holds no more in memory. What is larger is not kept, and the next check looks at all."""
_TABLES = """
CREATE TABLE finding (id INTEGER PRIMARY KEY, digest BLOB UNIQUE, severity TEXT, places INTEGER, content BLOB);
CREATE TABLE place (part TEXT, name TEXT, finding INTEGER, PRIMARY KEY (part, name, finding)) WITHOUT ROWID;
CREATE TABLE document (id INTEGER PRIMARY KEY, graph TEXT UNIQUE);
CREATE TABLE claim (id INTEGER PRIMARY KEY, document INTEGER, content BLOB);
CREATE INDEX claims_of_document ON claim (document);
CREATE TABLE topic (topic BLOB, claim INTEGER, PRIMARY KEY (topic, claim)) WITHOUT ROWID;
CREATE TABLE violation (focus TEXT, content BLOB);
CREATE INDEX violations_of_focus ON violation (focus);
CREATE TABLE words (graph TEXT, triple TEXT, words TEXT, PRIMARY KEY (graph, triple)) WITHOUT ROWID;
"""
_USUAL = json.dumps(
    [f"{BASE}graph/document/", f"{BASE}claim/", f"<{BASE}id/organization/", "contradiction", "warning", WHAT, FOR, BY]
).encode()
"""What most rows have in common, so that it need not stand in each."""


class Kept:
    """What a check found, place by place.

    Args:
        version: What changes with whatever finds things.
        rows: The database, in memory.

    Attributes:
        words: The words of documents that account for triples, for those that somebody has asked for.
    """

    def __init__(self, version: str, rows: sqlite3.Connection) -> None:
        self._version = version
        self._rows = rows
        rows.execute("BEGIN")
        self.words = _Words(rows)

    @classmethod
    def begun(cls, version: str) -> Self:
        """Return one that has found nothing yet."""
        rows = sqlite3.connect(":memory:", isolation_level=None)
        rows.executescript(_TABLES)
        return cls(version, rows)

    @classmethod
    def resumed(cls, content: bytes, version: str) -> Self | None:
        """Return the one that was kept, None if another version kept it, or the bytes are damaged."""
        head = _MARK + version.encode()
        size = len(head) + _DIGEST
        rest = memoryview(content)[size:]
        if content[:size] != head + _checksum(rest):
            return None
        rows = sqlite3.connect(":memory:", isolation_level=None)
        rows.deserialize(rest)
        return cls(version, rows)

    def content(self) -> bytes:
        """Return all of it, to be resumed; empty if that cannot be. It must not be used afterwards."""
        self._rows.execute("COMMIT")
        if not hasattr(self._rows, "serialize"):  # Python may go with an SQLite of before 2021.
            return b""
        free, pages = (self._rows.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if free * 4 > pages:
            self._rows.execute("VACUUM")
        found = self._rows.serialize()
        self._rows.close()
        return b"".join([_MARK, self._version.encode(), _checksum(found), found]) if len(found) < _MOST else b""

    def counts(self) -> Mapping[Severity, int]:
        """Return how many findings there are of each severity."""
        found = self._rows.execute("SELECT severity, COUNT(*) FROM finding GROUP BY severity")
        return dict.fromkeys(Severity, 0) | {Severity(name): count for name, count in found}

    def report(self) -> Report:
        """Return all findings."""
        return report([forms.finding(_unpacked(one)) for (one,) in self._rows.execute("SELECT content FROM finding")])

    def replace(self, part: str, name: str, findings: Iterable[Finding]) -> None:
        """Let these findings, and no others, stand in a place."""
        texts = {_checksum(text.encode()): (one.severity, text) for one in findings for text in [forms.of_finding(one)]}
        was = self._rows.execute(
            "SELECT digest, id FROM place JOIN finding ON id = finding WHERE part = ? AND name = ?", (part, name)
        )
        for digest, number in was.fetchall():
            if texts.pop(digest, None) is None:
                self._rows.execute("DELETE FROM place WHERE (part, name, finding) = (?, ?, ?)", (part, name, number))
                self._rows.execute("UPDATE finding SET places = places - 1 WHERE id = ?", (number,))
                self._rows.execute("DELETE FROM finding WHERE id = ? AND places = 0", (number,))
        for digest, (severity, text) in texts.items():
            known = self._rows.execute("SELECT id FROM finding WHERE digest = ?", (digest,)).fetchone()
            if known is None:
                row = (digest, severity, _packed(text))
                insert = "INSERT INTO finding (digest, severity, places, content) VALUES (?, ?, 1, ?)"
                number = self._rows.execute(insert, row).lastrowid
            else:
                (number,) = known
                self._rows.execute("UPDATE finding SET places = places + 1 WHERE id = ?", known)
            self._rows.execute("INSERT INTO place VALUES (?, ?, ?)", (part, name, number))

    def names(self, part: str) -> set[str]:
        """Return the names of the places of a part in which findings stand."""
        return {name for (name,) in self._rows.execute("SELECT DISTINCT name FROM place WHERE part = ?", (part,))}

    def put_document(self, graph: NamedNode, found: OfDocument | None) -> set[bytes]:
        """Take in what one document counts, in place of what it did before, and forget its words.

        Args:
            graph: The document's graph.
            found: What is in it; None if the store holds it no longer.

        Returns:
            The topics that this touches.
        """
        self._rows.execute("INSERT OR IGNORE INTO document (graph) VALUES (?)", (graph.value,))
        (number,) = self._rows.execute("SELECT id FROM document WHERE graph = ?", (graph.value,)).fetchone()
        touched: set[bytes] = set()
        was = self._rows.execute("SELECT id, content FROM claim WHERE document = ?", (number,)).fetchall()
        for claim, content in was:
            mine = _topics(forms.claim(_unpacked(content))[0])
            self._rows.executemany("DELETE FROM topic WHERE topic = ? AND claim = ?", [(one, claim) for one in mine])
            touched |= mine
        self._rows.execute("DELETE FROM claim WHERE document = ?", (number,))
        self._rows.execute("DELETE FROM words WHERE graph = ?", (graph.value,))
        if found is None:
            self._rows.execute("DELETE FROM document WHERE id = ?", (number,))
            return touched
        for one, quote in zip(found.counted, found.quotes, strict=True):
            row = (number, _packed(forms.of_claim(one, quote)))
            claim = self._rows.execute("INSERT INTO claim (document, content) VALUES (?, ?)", row).lastrowid
            mine = _topics(one)
            self._rows.executemany("INSERT INTO topic VALUES (?, ?)", [(topic, claim) for topic in mine])
            touched |= mine
        return touched

    def claims(self, topic: bytes) -> list[tuple[Counted, str]]:
        """Return the claims on a topic with their words, in no certain order."""
        found = self._rows.execute("SELECT content FROM topic JOIN claim ON id = claim WHERE topic = ?", (topic,))
        return [forms.claim(_unpacked(content)) for (content,) in found]

    def put_violations(self, foci: Iterable[str] | None, violations: Iterable[ShapeViolation]) -> set[str]:
        """Take in violations of shapes, in place of those of these nodes; None: of all.

        Returns:
            The nodes that had some, or have some now.
        """
        if foci is None:
            touched = {focus for (focus,) in self._rows.execute("SELECT DISTINCT focus FROM violation")}
            self._rows.execute("DELETE FROM violation")
        else:
            touched = self.violating(foci)
            self._rows.executemany("DELETE FROM violation WHERE focus = ?", [(focus,) for focus in touched])
        for one in violations:
            focus = str(one.focus)
            self._rows.execute("INSERT INTO violation VALUES (?, ?)", (focus, _packed(forms.of_violation(one))))
            touched.add(focus)
        return touched

    def violating(self, foci: Iterable[str]) -> set[str]:
        """Return those of some nodes that violate shapes."""
        if self._rows.execute("SELECT 1 FROM violation LIMIT 1").fetchone() is None:
            return set()
        return {one for one in foci if self._rows.execute("SELECT 1 FROM violation WHERE focus = ?", (one,)).fetchone()}

    def violations(self, focus: str) -> Iterator[ShapeViolation]:
        """Yield the violations of a node."""
        for (content,) in self._rows.execute("SELECT content FROM violation WHERE focus = ?", (focus,)).fetchall():
            yield forms.violation(_unpacked(content))


class _Words:
    """The words of documents that account for triples, in the database."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows

    def get(self, key: tuple[NamedNode, Triple], /) -> tuple[str, ...] | None:
        graph, triple = key
        row = (graph.value, str(triple))
        found = self._rows.execute("SELECT words FROM words WHERE graph = ? AND triple = ?", row).fetchone()
        return None if found is None else tuple(json.loads(found[0]))

    def __setitem__(self, key: tuple[NamedNode, Triple], words: tuple[str, ...], /) -> None:
        graph, triple = key
        row = (graph.value, str(triple), json.dumps(words, ensure_ascii=False))
        self._rows.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", row)


def _topics(one: Counted) -> set[bytes]:
    return {_checksum(json.dumps(topic).encode()) for topic in topics(one)}


def _checksum(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()


def _packed(text: str) -> bytes:
    packer = zlib.compressobj(zdict=_USUAL)
    return packer.compress(text.encode()) + packer.flush()


def _unpacked(content: bytes) -> str:
    return zlib.decompressobj(zdict=_USUAL).decompress(content).decode()
