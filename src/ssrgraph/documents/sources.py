"""Where documents come from: the manifest `sources.toml` that may lie beside them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "sources.toml"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a document's origin.

    Attributes:
        id: The document's id.
        title: Its title.
        publisher: Who published it.
        date: Date of publication as far as the text says it, YYYY, YYYY-MM or YYYY-MM-DD.
        language: BCP 47 tag.
        reuse: Terms of reuse, in words or as an address.
        url: Where it was published.
        retrieved: When it was taken from there, YYYY-MM-DD.
        sha256: Hex digest of the bytes of the file.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    language: str | None = None
    reuse: str | None = None
    url: str | None = None
    retrieved: str | None = None
    sha256: str | None = None


def merged(*sources: Source | None) -> Source | None:
    """Return what several say of one document; of each field the first that knows it counts.

    >>> one = merged(Source(id="a", date="2021"), None, Source(id="", title="Boats", date="2020"))
    >>> one.id, one.title, one.date
    ('a', 'Boats', '2021')
    """
    known = [source for source in sources if source is not None]
    if not known:
        return None
    values: dict[str, Any] = {
        field.name: next((value for source in known if (value := getattr(source, field.name))), None)
        for field in fields(Source)
    }
    return Source(**values)


def load_sources(folder: Path) -> dict[str, Source]:
    """Return the sources of a folder's `sources.toml` by document id; nothing where there is no such file.

    The file holds one table `[[document]]` a document, with the fields of `Source`.

    Raises:
        DocumentError: The file cannot be read or has a field that is not known, no string or no date.
    """
    path = folder / MANIFEST
    try:
        return parse_sources(path.read_bytes(), name=path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DocumentError(path, str(error)) from error


def parse_sources(data: bytes, *, name: object) -> dict[str, Source]:
    """Return the sources that a manifest with these bytes tells, by document id; `name` stands in errors.

    Raises:
        DocumentError: It is no TOML, or has a field that is not known, no string or no date.
    """
    try:
        rows = tomllib.loads(data.decode()).get("document", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(name, str(error)) from error
    known = {field.name for field in fields(Source)}
    sources = {}
    for row in rows:
        wrong = [key for key, value in row.items() if key not in known or not isinstance(value, str)]
        if wrong or "id" not in row:
            raise DocumentError(name, f"a document has {', '.join(wrong) or 'no id'}")
        for key in ("date", "retrieved"):
            if not _DATE.fullmatch(row.get(key, "0000")):
                raise DocumentError(name, f"{row['id']}: {key} is {row[key]!r}, not YYYY, YYYY-MM or YYYY-MM-DD")
        sources[row["id"]] = Source(**row)
    return sources
