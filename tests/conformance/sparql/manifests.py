"""The W3C's test manifests as values: what to load, what to ask, what to expect."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, parse

FOLDER = Path(__file__).parents[4] / "shared" / "w3c" / "sparql11"
BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
FORMATS = {".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".rdf": RdfFormat.RDF_XML}


@dataclass(frozen=True, kw_only=True)
class Data:
    """What a dataset holds: the file of each graph, by its name; None is the default graph."""

    files: tuple[tuple[str | None, Path], ...]

    def quads(self):
        """Return the graphs as triples by name, blank nodes apart."""
        graphs = {}
        for name, path in self.files:
            base = BASE + path.relative_to(FOLDER).as_posix()
            quads = parse(path.read_bytes(), FORMATS[path.suffix], base_iri=base, rename_blank_nodes=True)
            graphs.setdefault(name, set()).update(quad.triple for quad in quads)
        return graphs


@dataclass(frozen=True, kw_only=True)
class Test:
    """A test of a manifest."""

    iri: str
    kind: str
    group: str
    data: Data
    text: Path | None = None
    result: Path | None = None
    after: Data | None = None

    @property
    def base(self):
        """The IRI of the file of the query or update."""
        return BASE + self.text.relative_to(FOLDER).as_posix()


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request of a protocol test, and what should come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    answer: dict[str, str] = field(default_factory=dict)
    answer_type: str | None = None
    answer_body: str | None = None


class Manifest:
    """A manifest file."""

    def __init__(self, path):
        self.group = path.parent.name
        self.store = Store()
        self.iri = BASE + path.relative_to(FOLDER).as_posix().removesuffix(".ttl")
        text = path.read_bytes()
        self.store.load(text, format=RdfFormat.TURTLE, base_iri=self.iri)

    def all(self, node, iri):
        return [quad.object for quad in self.store.quads_for_pattern(node, NamedNode(iri), None)]

    def one(self, node, iri):
        found = self.all(node, iri)
        return found[0] if found else None

    def members(self, node):
        found = []
        while node != NamedNode(RDF + "nil"):
            found.append(self.one(node, RDF + "first"))
            node = self.one(node, RDF + "rest")
        return found

    def entries(self):
        for entries in self.store.quads_for_pattern(None, NamedNode(MF + "entries"), None):
            yield from self.members(entries.object)

    def of_kind(self, kind):
        """Return all tests of a kind, also those that the list of entries forgets."""
        found = self.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(MF + kind))
        return sorted((quad.subject for quad in found), key=str)

    def file(self, node):
        return None if node is None else FOLDER / node.value.removeprefix(BASE)

    def graphs(self, node, namespace):
        files = [(None, self.file(each)) for each in self.all(node, namespace + "data")]
        for each in self.all(node, namespace + "graphData"):
            if isinstance(each, BlankNode):
                path = self.file(self.one(each, UT + "graph"))
                files.append((self.one(each, RDFS + "label").value, path))
            else:
                files.append((each.value, self.file(each)))
        return Data(files=tuple(sorted(files, key=str)))

    def test(self, node):
        kind = self.one(node, RDF + "type").value.removeprefix(MF)
        action = self.one(node, MF + "action")
        iri, group = node.value, self.group
        if isinstance(action, NamedNode):
            return Test(iri=iri, kind=kind, group=group, data=Data(files=()), text=self.file(action))
        if kind == "UpdateEvaluationTest":
            return Test(
                iri=iri,
                kind=kind,
                group=group,
                data=self.graphs(action, UT),
                text=self.file(self.one(action, UT + "request")),
                after=self.graphs(self.one(node, MF + "result"), UT),
            )
        return Test(
            iri=iri,
            kind=kind,
            group=group,
            data=self.graphs(action, QT),
            text=self.file(self.one(action, QT + "query")),
            result=self.file(self.one(node, MF + "result")),
        )

    def exchanges(self, node):
        """Return the requests of a protocol test in their order, and the graphs that must be there before."""
        connection = self.one(node, MF + "action")
        requests = self.members(self.one(connection, HT + "requests"))
        return [self._exchange(each) for each in requests], self.graphs(node, UT)

    def _exchange(self, node):
        answer = self.one(node, HT + "resp")
        known = {"Boolean", "Format", "Location"}
        return Exchange(
            method=self.one(node, HT + "methodName").value,
            path=self.one(node, HT + "absolutePath").value,
            headers=self._headers(node),
            body=self._body(node),
            statuses=tuple(each.value.rpartition("#")[2] for each in self.all(answer, MF + "expectedStatus")),
            answer={
                name: found.value for name in known if (found := self.one(answer, f"{MF}expected{name}")) is not None
            },
            answer_type=self._headers(answer).get("content-type"),
            answer_body=None if self._body(answer) is None else self._body(answer).decode(),
        )

    def _headers(self, node):
        head = self.one(node, HT + "headers")
        return {
            self.one(each, HT + "fieldName").value.lower(): self.one(each, HT + "fieldValue").value
            for each in (self.members(head) if head is not None else ())
        }

    def _body(self, node):
        body = self.one(node, HT + "body")
        if body is None:
            return None
        chars = self.one(body, CNT + "chars")
        encoding = self.one(body, CNT + "characterEncoding")
        assert isinstance(chars, Literal)
        return chars.value.encode(encoding.value if encoding else "utf-8")


@cache
def manifest(path):
    """Return the manifest at a path below the folder of tests."""
    return Manifest(FOLDER / path)


QUERY_GROUPS = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation"),
    *("project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res", "json-res"),
)
UPDATE_GROUPS = (
    *("add", "basic-update", "clear", "copy", "delete-data", "delete-insert", "delete-where", "delete", "drop"),
    *("move", "syntax-update-1", "syntax-update-2", "update-silent"),
)


def cases_of(groups):
    """Return the tests of some groups; none where the W3C's tests do not lie beside the checkout."""
    if not FOLDER.is_dir():
        return []
    return [
        manifest(f"{group}/manifest.ttl").test(node)
        for group in groups
        for node in manifest(f"{group}/manifest.ttl").entries()
    ]
