"""Where copies of servers' stores lie, and what a copy remembers of its server."""

from __future__ import annotations

import getpass
import hashlib
import json
import platform
import re
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store import generations

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVERS = Path("build/servers")
"""Where the copies are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a copy remembers.

    Attributes:
        name: Who publishes from it.
        edition: What was published last, or fetched; "" if nothing was.
        generation: The version of the copy's generation that it was.
        digests: The digests of its graphs, by their names, where they are kept.
    """

    name: str
    edition: str = ""
    generation: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)


def copy_of(address: str) -> Path:
    """Return the folder of the copies of the store at this address."""
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", address.partition("://")[2]).strip("-.")
    return SERVERS / f"{plain[:60]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def read_note(file: Path) -> Note:
    """Return what a copy remembers; if it remembers nothing, a new name to publish under."""
    try:
        return Note(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Note(name=f"{getpass.getuser()} on {platform.node()} ({uuid.uuid4().hex[:8]})")


def write_note(file: Path, note: Note) -> None:
    """Have a copy remember this, or what it did before.

    Raises:
        StoreError: The file cannot be written.
    """
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_text(json.dumps(asdict(note), indent=1), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise StoreError(file.parent, f"cannot be written: {generations.reason(error)}") from error
