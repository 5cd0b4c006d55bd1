"""Reading files of any known format into documents."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.blocks import find_blocks, first_date
from ssrgraph.documents.formats import SUFFIXES, convert, format_of
from ssrgraph.documents.headline import headline_of
from ssrgraph.documents.language import check_language
from ssrgraph.documents.model import BlockKind, Document
from ssrgraph.documents.sources import merged
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from os import stat_result
    from pathlib import Path

    from ssrgraph.documents.sources import Source

MOST_BYTES: Final = 200_000_000
"""Larger files are refused: nothing that is a document is as large."""

NO_ID: Final = "has a name with a line break or with bytes that are no UTF-8; rename it"
TOO_LARGE: Final = f"is larger than {MOST_BYTES // 1_000_000} MB; split it"
PASSED_OVER: Final = (".", "~$")
"""How the names of hidden files and of the lock files of word processors begin."""
_TRIES: Final = 3


def list_documents(paths: list[Path] | tuple[Path, ...]) -> dict[Path, tuple[Path, ...]]:
    """Return the files that the paths name, sorted by document id.

    Files are taken as they are, folders by the files in them whose names end in one of the known endings; folders in
    folders are not looked into. Of the files of folders that have one id the first counts.

    Returns:
        Each file that counts, with the others of the folders that have its id.

    Raises:
        DocumentError: A path does not exist, a folder holds no document, or a file is named that has the id of another.
    """
    return {files[0]: tuple(files[1:]) for _, files in sorted(_by_id(paths).items())}


def _by_id(paths: list[Path] | tuple[Path, ...]) -> dict[str, list[Path]]:
    named: set[Path] = set()
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            if not inside:
                raise empty_folder(path)
            found += inside
        elif path.exists():
            found.append(path)
            named.add(path)
        else:
            raise DocumentError(path, "there is no such file or folder")
    by_id: dict[str, list[Path]] = {}
    for path in found:
        files = by_id.setdefault(path.stem, [])
        if any(_is_same(path, other) for other in files):
            continue
        if files and not named.isdisjoint({path, files[0]}):
            raise DocumentError(path, f"has the same document id as {files[0]}; rename one of them")
        files.append(path)
    return by_id


def empty_folder(folder: object) -> DocumentError:
    """Return the error that a folder holds no document."""
    others = ", ".join(SUFFIXES[1:])
    return DocumentError(folder, f"the folder holds no {SUFFIXES[0]} file, nor one of {others}")


def _is_same(path: Path, other: Path) -> bool:
    return path == other or os.path.realpath(path) == os.path.realpath(other)


def _inside(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:  # Which knows of each whether it is a folder, of very many, too.
            names = sorted(one.name for one in entries if not one.name.startswith(PASSED_OVER) and not _is_folder(one))
    except OSError as error:
        raise DocumentError(folder, f"cannot be read: {error.strerror}") from error
    return [path for name in names if (path := folder / name).suffix.lower() in SUFFIXES]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a folder; a link that leads in a circle is none, and is told when it is to be read."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes as they were at one time.

    Raises:
        DocumentError: The file cannot be read, is too large, does not stop changing, or has a name that is no id.
    """
    if plain_name(path.stem) != path.stem:
        raise DocumentError(path, NO_ID)
    try:
        for _ in range(_TRIES):
            before = _checked(path)
            with path.open("rb") as file:
                # Not to the end, which a file that grows may not have.
                data = file.read(before.st_size + 1)
            after = path.stat()
            if len(data) == after.st_size and _state(before) == _state(after):
                return data
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror or error}") from error
    raise DocumentError(path, "changes while it is read; try again when it is written")


def plain_name(text: str) -> str:
    r"""Return a file's name, or a part of it, with control characters and what is no UTF-8 escaped.

    >>> plain_name("report\n1"), plain_name("r\udce9sum")
    ('report\\n1', 'r\\udce9sum')
    """
    if text.isprintable():
        return text
    return "".join(
        one if unicodedata.category(one) not in {"Cc", "Cs"} else one.encode("unicode_escape").decode() for one in text
    )


def _checked(path: Path) -> stat_result:
    """Return the state of a file that may be opened; opening another thing, such as a pipe, could wait for ever."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise DocumentError(path, "is not a regular file")
    if found.st_size > MOST_BYTES:
        raise DocumentError(path, TOO_LARGE)
    return found


def _state(found: stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def read_document(path: Path, *, source: Source | None = None, encoding: str | None = None) -> Document:
    """Read one file; its ending tells the format.

    Args:
        path: The file.
        source: What is known of its origin beside what it says itself.
        encoding: What text is in that is neither UTF-8 nor says what it is in.

    Raises:
        DocumentError: The file cannot be read, or has no text that can.
    """
    return parse_document(read_bytes(path), name=path, source=source, encoding=encoding)


def parse_document(data: bytes, *, name: Path, source: Source | None = None, encoding: str | None = None) -> Document:
    """Make a document of a file's bytes; `name` gives its id and its format, and stands in errors.

    Raises:
        DocumentError: The bytes are no text of this format, are too many, or are in a language that is not read.
    """
    content = convert(data, name=name, encoding=encoding)
    check_language(content.text, name=name, language=source.language if source else None)
    blocks = find_blocks(content.text)
    stored, given = (hashlib.sha256(one).hexdigest() for one in (content.text.encode(), data))
    is_stored = stored == given
    return Document(
        id=name.stem,
        text=content.text,
        sha256=stored,
        blocks=blocks,
        title=next((block.span for block in blocks if block.kind is BlockKind.TITLE), None),
        headline=headline_of(content.text, blocks),
        date=content.origin.date or first_date(content.text, blocks) or content.made,
        file_sha256=None if is_stored else given,
        media_type=None if is_stored else format_of(name).media_type,
        origin=None if is_stored else content.origin,
    )


def known_origin(document: Document, source: Source | None) -> Source | None:
    """Return what is known of a document's origin: what the manifest says, then what the file says of itself."""
    origin = document.origin and replace(document.origin, id=document.id)
    return merged(source, origin)
