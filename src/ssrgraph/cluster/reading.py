"""What a worker does with its share of the documents: the language pipeline is loaded once, the rest is `Reader`'s."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, RdfFormat, parse

from ssrgraph.cluster.files import parent_of
from ssrgraph.cluster.statements import statements
from ssrgraph.documents import NO_ID, TOO_LARGE, plain_name
from ssrgraph.entities import load_reference
from ssrgraph.errors import SsrGraphError
from ssrgraph.graph import Iris, ontology_quads
from ssrgraph.pipeline.inputs import Input, Options, take_fingerprints
from ssrgraph.pipeline.naming import named_in
from ssrgraph.pipeline.reading import Reader, Refusal
from ssrgraph.query import catalogue, facts
from ssrgraph.resources import shipped
from ssrgraph.store.memory import MemoryStore
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad, Triple

    from ssrgraph.cluster.statements import Statement
    from ssrgraph.documents import Source
    from ssrgraph.pipeline.reading import Reading

SCHEMA = (
    "id string, path string, fingerprint string, problem string, words string, quads string, rejected string, "
    "claims int, entities array<string>, currencies array<string>, linked array<string>, tables string"
)
"""The columns of what documents came to, in Spark's words."""


class DifferentCodeError(SsrGraphError):
    """A worker has other code, reference data or libraries than the one who gave it its work."""

    def __init__(self) -> None:
        super().__init__("a worker has another version of ssrgraph, its data or its libraries; install the same there")


class Outcome(NamedTuple):
    """What one document came to, a row of `SCHEMA`.

    Attributes:
        id: The document's id.
        path: Its file.
        fingerprint: Of what was read.
        problem: Why it cannot be read; None if it was.
        words: A digest of its text.
        quads: Its graphs, as N-Quads.
        rejected: Its rejected candidates, as JSON.
        claims: How many claims were read.
        entities: Ids of the reference entities that it names.
        currencies: Codes of the currencies that it names.
        linked: Of the subjects of links, the IRIs of those that it describes.
        tables: Its rows of the fact tables by table, as JSON.
    """

    id: str
    path: str
    fingerprint: str
    problem: str | None
    words: str = ""
    quads: str = ""
    rejected: str = ""
    claims: int = 0
    entities: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    tables: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every worker is told.

    Attributes:
        options: How to read.
        reading: The fingerprint of code, data and libraries that decide how documents are read.
        sources: What is known of the origin of documents, by folder and id.
        subjects: IRIs of the subjects of links.
        encoding: What text is in that is neither UTF-8 nor says what it is in.
    """

    options: Options
    reading: str
    sources: Mapping[str, Mapping[str, Source]] = field(default_factory=dict)
    subjects: frozenset[str] = frozenset()
    encoding: str | None = None


def reading_fingerprint(options: Options) -> str:
    """Return the fingerprint of what decides how documents are read here."""
    return take_fingerprints(replace(options, links=())).reading


def read_documents(files: Iterable[tuple[str, bytes | None]], work: Work) -> Iterator[Outcome]:
    """Read documents one after another.

    Args:
        files: Paths and bytes; no bytes of a file that is too large.
        work: How to read.

    Raises:
        DifferentCodeError: What decides how documents are read is not here what it was where the work was given.
    """
    reader = _reader(replace(work.options, links=()), work.reading)
    for path, content in files:
        yield reader.read(_input(path, work), path, content, work.subjects)


def premises_in(quads: Iterable[Quad], *, base: str) -> Iterator[Triple]:
    """Yield the triples of those graphs that a reasoner is given."""
    iris = Iris(base)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and iris.is_premise(quad.graph_name):
            yield quad.triple


def premises_of(rows: Iterable[tuple[str]], *, base: str) -> Iterator[Statement]:
    """Yield the same of documents' graphs, each as N-Quads, as texts."""
    for (quads,) in rows:
        yield from statements(premises_in(parse(quads, format=RdfFormat.N_QUADS), base=base))


def _input(path: str, work: Work) -> Input:
    plain = Path(path)
    source = work.sources.get(parent_of(path), {}).get(plain.stem)
    return Input(id=plain_name(plain.stem), path=plain, source=source, fingerprint="", encoding=work.encoding)


@lru_cache(maxsize=1)
def _reader(options: Options, reading: str) -> _Reader:
    """Return the reader of this process; the next share of the documents finds it ready."""
    if reading_fingerprint(options) != reading:
        raise DifferentCodeError
    return _Reader(options)


class _Reader:
    """Reads documents and works out what the composition asks of each."""

    def __init__(self, options: Options) -> None:
        self._reader = Reader(options)
        self._iris = Iris(options.base_iri)
        self._reference = load_reference()
        self._saved = catalogue.load(shipped("queries"))
        self._store = MemoryStore(options.base_iri)
        ontology = self._iris.graph("ontology")
        self._store.replace_graph(ontology, (quad.triple for quad in ontology_quads(base=options.base_iri)))

    def read(self, item: Input, path: str, content: bytes | None, subjects: frozenset[str]) -> Outcome:
        """Read one document."""
        problem = TOO_LARGE if content is None else NO_ID if item.id != item.path.stem else ""
        if content is None or problem:
            return Outcome(item.id, path, "", problem)
        outcome = self._reader.read_content(item, bytes(content))
        if isinstance(outcome, Refusal):
            return Outcome(item.id, path, outcome.fingerprint, outcome.problem)
        return self._worked_out(outcome, path, subjects)

    def _worked_out(self, reading: Reading, path: str, subjects: frozenset[str]) -> Outcome:
        graphs = reading.graphs()
        for graph, triples in graphs.items():
            self._store.replace_graph(graph, triples)
        named = named_in(self._store)
        tables = {name: facts.rows(self._store, name, self._saved) for name in facts.COLUMNS}
        for graph in graphs:
            self._store.drop_graph(graph)
        type_ = NamedNode(Rdf.TYPE)
        typed = {str(one.subject)[1:-1] for some in graphs.values() for one in some if one.predicate == type_}
        return Outcome(
            id=reading.id,
            path=path,
            fingerprint=reading.fingerprint,
            problem=None,
            words=reading.words,
            quads=reading.quads.decode().rstrip("\n"),
            rejected=reading.rejected.decode(),
            claims=reading.claims,
            entities=tuple(one for one in named.entities if self._reference.get(one)),
            currencies=named.currencies,
            linked=tuple(sorted(subjects & typed)),
            tables=json.dumps({name: rows for name, rows in tables.items() if rows}, ensure_ascii=False),
        )
