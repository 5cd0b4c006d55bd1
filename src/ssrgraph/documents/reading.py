"""Reading plain-text files into documents."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ssrgraph.documents.blocks import find_blocks, first_date
from ssrgraph.documents.model import BlockKind, Document
from ssrgraph.errors import DocumentError

SUFFIX = ".txt"


def list_documents(paths: list[Path] | tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the text files that the paths name: files as they are, folders by their `*.txt`, sorted by document id.

    Raises:
        DocumentError: A path does not exist, a folder holds no text file, or two files have the same name.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob(f"*{SUFFIX}"))
            if not inside:
                raise DocumentError(path, f"the folder holds no {SUFFIX} file")
            found += inside
        elif path.exists():
            found.append(path)
        else:
            raise DocumentError(path, "there is no such file or folder")
    by_id: dict[str, Path] = {}
    for path in found:
        other = by_id.setdefault(path.stem, path)
        if other.resolve() != path.resolve():
            raise DocumentError(path, f"has the same document id as {other}; rename one of them")
    return tuple(by_id[key] for key in sorted(by_id))


def read_bytes(path: Path) -> bytes:
    """Return a document's bytes.

    Raises:
        DocumentError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(path, f"cannot be read: {error.strerror}") from error


def read_document(path: Path) -> Document:
    """Read one UTF-8 text file.

    Raises:
        DocumentError: The file cannot be read, is empty, is binary, or is not UTF-8.
    """
    return parse_document(read_bytes(path), name=path)


def parse_document(data: bytes, *, name: Path) -> Document:
    """Make a document of a file's bytes; `name` gives its id and stands in errors.

    Raises:
        DocumentError: The bytes are empty, binary, or not UTF-8.
    """
    if b"\x00" in data:
        raise DocumentError(name, "is binary; convert it to plain text in UTF-8 first")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(name, f"is not UTF-8 (byte {error.start}); convert it to UTF-8 first") from error
    if not text.strip():
        raise DocumentError(name, "is empty")
    blocks = find_blocks(text)
    return Document(
        id=name.stem,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=blocks,
        title=next((block.span for block in blocks if block.kind is BlockKind.TITLE), None),
        date=first_date(text, blocks),
    )
