"""Writing a publication: everything in one folder, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from ssrgraph.export import documentation, graphs
from ssrgraph.export.files import OutputError
from ssrgraph.export.publication import data_package, description, readme
from ssrgraph.export.publication.description import Edition
from ssrgraph.export.publication.gathering import gather
from ssrgraph.export.publication.published import PublishedFile
from ssrgraph.export.publication.tables import read_tables
from ssrgraph.query.syntax import prefixes_with, write_triples
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.export.publication.about import About
    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store

DESCRIPTION = "dataset.ttl"
CHECKSUMS = "SHA256SUMS"
_DIGEST = 12


def publish(store: Store, about: About, saved: Mapping[str, SavedQuery], *, today: str, out: Path) -> Edition:
    """Write a folder that holds a dataset as others can build on it.

    The same graph and the same words about it give the same files, to the byte; only the day differs where none is
    given.

    Args:
        store: The dataset.
        about: What it says of itself. Without a version it has the software's, with the beginning of the digest of
            the canonical graph; without a day, `today`.
        saved: The saved queries, the fact tables among them.
        today: The day of the export, YYYY-MM-DD.
        out: The folder; it must not be there, or be empty.

    Returns:
        What was published.

    Raises:
        OutputError: The folder holds something or cannot be written; then nothing is left behind.
    """
    _check(out)
    dump = PublishedFile(
        path="graph.nq",
        content=graphs.canonical(store),
        media_type="application/n-quads",
        title="The whole dataset, canonical",
    )
    contents = gather(store)
    about = replace(
        about,
        version=about.version or f"{contents.software}+{dump.sha256[:_DIGEST]}",
        issued=about.issued or today,
    )
    edition = Edition(node=description.dataset_node(contents.base), about=about, contents=contents)
    _write(_files(store, edition, saved, dump), out)
    return edition


def _files(store: Store, edition: Edition, saved: Mapping[str, SavedQuery], dump: PublishedFile) -> list[PublishedFile]:
    tables = read_tables(store, edition.contents.documents, saved)
    data = [
        dump,
        PublishedFile(
            path="graph.trig",
            content=graphs.export(store, "trig"),
            media_type="application/trig",
            title="The whole dataset, to read",
        ),
        *(
            PublishedFile(path=each.path, content=each.as_csv(), media_type="text/csv", title=f"Table: {each.title}")
            for each in tables
        ),
        PublishedFile(
            path="context.jsonld",
            content=shipped("ontology/context.jsonld").read_bytes(),
            media_type="application/ld+json",
            title="The JSON-LD context of the ontology",
        ),
        PublishedFile(
            path="ontology.html",
            content=documentation.page(),
            media_type="text/html",
            title="The ontology, term by term",
        ),
    ]
    package = PublishedFile(
        path=data_package.PATH,
        content=data_package.write(edition, data, tables),
        media_type="application/json",
        title="Description of the tables (Frictionless Data Package)",
    )
    described = [*data, package]
    statements = [*description.of_dataset(edition), *description.of_files(edition, described)]
    about_it = PublishedFile(
        path=DESCRIPTION,
        content=write_triples(statements, RdfFormat.TURTLE, prefixes=prefixes_with(edition.contents.base)),
        media_type="text/turtle",
        title="Description of the dataset (VoID, DCAT 3)",
    )
    licence = PublishedFile(
        path=readme.LICENCE, content=readme.write_licence(edition), media_type="text/markdown", title="Terms of use"
    )
    every = [*described, about_it, licence]
    text = PublishedFile(
        path=readme.README,
        content=readme.write_readme(edition, every, tables),
        media_type="text/markdown",
        title="What this is",
    )
    return [*every, text, _checksums([*every, text])]


def _checksums(files: Sequence[PublishedFile]) -> PublishedFile:
    lines = [f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda file: file.path)]
    return PublishedFile(path=CHECKSUMS, content="".join(lines).encode(), media_type="text/plain", title="Checksums")


def _check(out: Path) -> None:
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise OutputError(out, "it is there already and not empty; a version is not written over another")
    except OSError as error:
        raise OutputError(out, error.strerror or str(error)) from error


def _write(files: Sequence[PublishedFile], out: Path) -> None:
    out = out.resolve()
    part = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part"))
        for file in files:
            (part / file.path).parent.mkdir(exist_ok=True)
            (part / file.path).write_bytes(file.content)
        part.chmod(0o755)
        part.replace(out)
    except OSError as error:
        raise OutputError(out, error.strerror or str(error)) from error
    finally:
        if part is not None and part.exists():
            with suppress(OSError):
                shutil.rmtree(part)
