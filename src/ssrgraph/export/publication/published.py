"""A file of a publication: its content with what is said of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file.

    Attributes:
        path: Where it lies in the folder, with slashes.
        content: Its bytes.
        media_type: Its media type.
        title: What it is, in a few words.
    """

    path: str
    content: bytes
    media_type: str
    title: str

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""
        return hashlib.sha256(self.content).hexdigest()
