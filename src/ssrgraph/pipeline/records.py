"""Finished readings on the disk, so that a build that is stopped loses only the documents in work.

A record is a file whose name says what was read and by what: the document's id, the fingerprint of its file and the
fingerprint of code, data and options. So it is taken up only where reading again would come to the same. It begins with
its own checksum: what a power cut left half written is no record.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ssrgraph.pipeline.reading import Reading, Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from ssrgraph.pipeline.inputs import Input

_KINDS = {kind.__name__: kind for kind in (Reading, Refusal)}
_DIGEST = 32
"""Bytes of the checksum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A folder of finished readings.

    Attributes:
        folder: The folder; it need not exist before something is kept.
        reading: The fingerprint of what decides how documents are read.
    """

    folder: Path
    reading: str

    def find(self, item: Input) -> str | None:
        """Return the name of the record of a document, None if there is no sound one."""
        name = self._name(item.id, item.fingerprint)
        return name if not item.problem and self._content(name) is not None else None

    def keep(self, outcome: Reading | Refusal) -> str:
        """Bring what a document came to to the disk, whole or not at all, and return the name of the record.

        That a document cannot be read is soon found again; it is written, but not waited for until it is on the disk.

        Raises:
            OSError: It cannot be written.
        """
        name = self._name(outcome.id, outcome.fingerprint)
        packed = zlib.compress(_packed(outcome), 1)
        self.folder.mkdir(exist_ok=True)
        # Two processes never read one document, but one that was killed may have left its file.
        fresh = self.folder / f"{name}.{os.getpid()}.new"
        try:
            with fresh.open("wb") as file:
                file.write(hashlib.sha256(packed).digest())
                file.write(packed)
                if isinstance(outcome, Reading):
                    file.flush()
                    os.fsync(file.fileno())
            fresh.replace(self.folder / name)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            raise
        return name

    def load(self, name: str) -> Reading | Refusal:
        """Return what was kept under this name.

        Raises:
            OSError: There is no sound record.
        """
        packed = self._content(name)
        if packed is None:
            raise FileNotFoundError(None, "what was read cannot be found again", str(self.folder / name))
        return _unpacked(zlib.decompress(packed))

    def _name(self, document: str, fingerprint: str) -> str:
        words = json.dumps([self.reading, document, fingerprint])
        return hashlib.sha256(words.encode()).hexdigest()

    def _content(self, name: str) -> bytes | None:
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        packed = data[_DIGEST:]
        return packed if hashlib.sha256(packed).digest() == data[:_DIGEST] else None


def _packed(outcome: Reading | Refusal) -> bytes:
    """Return an outcome as bytes: a line of JSON, and behind it the fields that are bytes already."""
    values = {field.name: getattr(outcome, field.name) for field in fields(outcome)}
    content = {name: value for name, value in values.items() if isinstance(value, bytes)}
    head = {
        "kind": type(outcome).__name__,
        "values": {name: value for name, value in values.items() if name not in content},
        "content": {name: len(value) for name, value in content.items()},
    }
    return b"\n".join([json.dumps(head).encode(), b"".join(content.values())])


def _unpacked(data: bytes) -> Reading | Refusal:
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    values: dict[str, Any] = dict(head["values"])
    start = 0
    for name, length in head["content"].items():
        values[name] = rest[start : start + length]
        start += length
    found = _KINDS[head["kind"]](**values)
    assert isinstance(found, Reading | Refusal)  # noqa: S101 -- tells the type checker
    return found
