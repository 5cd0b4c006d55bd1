"""`README.md` and `LICENSE.md` of a publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.export.publication.description import Edition
    from ssrgraph.export.publication.published import PublishedFile
    from ssrgraph.export.publication.tables import Table

README = "README.md"
LICENCE = "LICENSE.md"


def write_readme(edition: Edition, files: Sequence[PublishedFile], tables: Sequence[Table]) -> bytes:
    """Write what a person needs to know first: what is in which file, how to use it, where it comes from."""
    about = edition.about
    parts = [
        f"# {about.title}",
        about.description,
        "\n".join(_head(edition)),
        f"## Files\n\n{_grid(('file', 'is', 'bytes'), _files(files))}",
        f"## Tables\n\n{_grid(('table', 'answers', 'rows'), _tables(tables))}",
        _HOW,
        f"## Graphs\n\n{_grid(('graph', 'triples'), _graphs(edition))}",
        f"## Documents\n\n{_grid(('document', 'title', 'publisher', 'date', 'terms'), _documents(edition))}",
        f"## Terms\n\n`{LICENCE}` says under which terms what is offered.",
    ]
    return ("\n\n".join(parts) + "\n").encode()


def write_licence(edition: Edition) -> bytes:
    """Write under which terms what is offered, source by source."""
    about = edition.about
    sources = [
        (each.title, f"<{each.address}>" if each.address else "", f"<{each.licence}>", each.credit)
        for each in edition.contents.sources
    ]
    documents = [(f"`{each.id}`", each.rights or "not known") for each in edition.contents.documents]
    name = f"{about.licence_name}, " if about.licence_name else ""
    parts = ["# Terms of use", f"{about.title}: {name}<{about.licence}>.", about.rights]
    if sources:
        parts += ["## Names and codes of entities", _grid(("source", "address", "licence", "credit"), sources)]
    if documents:
        parts += ["## Documents", _grid(("document", "terms"), documents)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


_HOW = """## How to use it

- Every claim is what a document says, never a fact: `quote` holds its words, and in the graph `ssr:evidence` leads to
  their place in the text.
- A table of `facts/` prints names as its document writes them. `names.csv` says which entity each name means there
  (join on `document` and `name`); `entities.csv` has its preferred name, codes and Wikidata item.
- `datapackage.json` describes the tables for programs (Frictionless Data Package): types, values, keys.
- `graph.nq` is canonical (RDFC-1.0): equal graphs are equal files. `graph.trig` is the same dataset to read. A triple
  may stand in several graphs; their merge counts it once.
- `sha256sum --check SHA256SUMS` compares the files with their checksums."""


def _head(edition: Edition) -> Iterator[str]:
    about, contents = edition.about, edition.contents
    yield f"- Version {about.version}, {about.issued}"
    if about.publisher:
        yield f"- Published by {about.publisher}{f' <{about.publisher_url}>' if about.publisher_url else ''}"
    if about.address:
        yield f"- At <{about.address}>"
    yield f"- Made by ssrgraph {contents.software}"
    yield f"- {contents.figures.triples:,} triples, {len(contents.documents):,} documents"


def _files(files: Iterable[PublishedFile]) -> list[tuple[str, ...]]:
    return [(f"`{file.path}`", file.title, f"{file.size:,}") for file in files]


def _tables(tables: Iterable[Table]) -> list[tuple[str, ...]]:
    return [(f"`{table.path}`", table.about, f"{len(table.rows):,}") for table in tables]


def _graphs(edition: Edition) -> list[tuple[str, ...]]:
    return [(f"`<{name}>`", f"{number:,}") for name, number in edition.contents.graphs.items()]


def _documents(edition: Edition) -> list[tuple[str, ...]]:
    return [
        (f"`{each.id}`", each.title, each.publisher, each.issued, each.rights) for each in edition.contents.documents
    ]


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
