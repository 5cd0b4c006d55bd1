"""The whole check of a store, part by part."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Triple, parse

from ssrgraph.errors import DataError
from ssrgraph.graph import Iris
from ssrgraph.materialize import premises
from ssrgraph.reasoning import closure
from ssrgraph.resources import shipped
from ssrgraph.validation.consistency import consistency_findings
from ssrgraph.validation.counted import read_counted
from ssrgraph.validation.evidence import CheckedEvidence, read_evidence, unaccounted
from ssrgraph.validation.model import Finding, Kind, Report, Severity, report
from ssrgraph.validation.saved import Check, check_findings, load_checks
from ssrgraph.validation.tensions import tension_findings
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.store import Store
    from ssrgraph.validation.counted import Counted
    from ssrgraph.validation.evidence import Term

_SEVERITIES = {"Violation": Severity.VIOLATION}


def check(
    store: Store,
    *,
    shapes: Sequence[Triple] | None = None,
    checks: Sequence[Check] | None = None,
    inconsistencies: Sequence[Inconsistency] | None = None,
    engine: str = "native",
) -> Report:
    """Check a store: texts and quotes, evidence, shapes, consistency, contradictions between documents.

    Args:
        store: What is checked; it is not changed.
        shapes: The SHACL shapes; those that are shipped, if none are given.
        checks: The saved checks; those that are shipped, if none are given.
        inconsistencies: What the reasoner found in the store as it is, if that is known already.
        engine: The reasoner to find inconsistencies with, if they are not given; `none` leaves them out.

    Returns:
        Every finding, the worst first.
    """
    content = _Content(store)
    shapes = shipped_shapes() if shapes is None else shapes
    checks = load_checks(shipped("queries")) if checks is None else checks
    if inconsistencies is None:
        inconsistencies = () if engine == "none" else closure(premises(store), engine=engine).inconsistencies
    return report(
        [
            *content.evidence_findings(),
            *_shape_findings(content, shapes),
            *consistency_findings(inconsistencies, content.stated_in, content.words),
            *tension_findings(content.counted(), content.quote),
            *check_findings(store, checks, content.words),
        ]
    )


def shipped_shapes() -> list[Triple]:
    """Return the shapes that ship with the project.

    Raises:
        DataError: They are missing or cannot be parsed.
    """
    return read_shapes(shipped("ontology") / "shapes.ttl")


def read_shapes(path: Path) -> list[Triple]:
    """Return the shapes of a Turtle file.

    Raises:
        DataError: It is missing or cannot be parsed.
    """
    try:
        return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]
    except (OSError, SyntaxError) as error:
        raise DataError(path, str(error)) from error


class _Content:
    """The documents' graphs of a store with their evidence, read once."""

    def __init__(self, store: Store) -> None:
        base = store.info.base_iri
        iris = Iris(base)
        self._folder = f"{base}graph/document/"
        self.store = store
        self.inferred = iris.graph("inferred")
        self._graphs: dict[NamedNode, list[Triple]] = {}
        self._evidence: dict[NamedNode, CheckedEvidence] = {}
        stated_in: defaultdict[Triple, list[NamedNode]] = defaultdict(list)
        for graph in store.graphs():
            if graph.value.startswith(self._folder):
                self._graphs[graph] = sorted(store.triples(graph), key=str)
                for triple in self._graphs[graph]:
                    stated_in[triple].append(graph)
            elif graph.value.startswith(f"{base}graph/evidence/"):
                document = NamedNode(self._folder + graph.value.removeprefix(f"{base}graph/evidence/"))
                self._evidence[document] = read_evidence(graph, store.triples(graph), iris)
        self.stated_in: Mapping[Triple, tuple[NamedNode, ...]] = {
            triple: tuple(graphs) for triple, graphs in stated_in.items()
        }

    def evidence_findings(self) -> Iterator[Finding]:
        for evidence in self._evidence.values():
            yield from evidence.findings
        for graph, triples in self._graphs.items():
            yield from unaccounted(graph, triples, self._evidence.get(graph))

    def words(self, graph: NamedNode, triple: Triple) -> tuple[str, ...]:
        evidence = self._evidence.get(graph)
        return evidence.behind(triple) if evidence else ()

    def counted(self) -> Iterator[Counted]:
        """Yield what the documents count."""
        issued = dict(_dates(self.store))
        for graph, triples in self._graphs.items():
            yield from read_counted(graph, triples, issued.get(graph.value, ""))

    def quote(self, one: Counted) -> str:
        """Return the words of a claim."""
        evidence = self._evidence.get(one.graph)
        return evidence.subjects.get(one.claim, "") if evidence else ""

    def home(self, subject: Term) -> tuple[NamedNode | None, str]:
        """Return the graph of the first document that speaks of a subject, and its words."""
        for graph, evidence in self._evidence.items():
            if subject in evidence.subjects:
                return graph, evidence.subjects[subject]
        speaking = (graph for graph, found in self._graphs.items() if any(one.subject == subject for one in found))
        return next(speaking, None), ""

    def without_inferred(self) -> Iterator[Triple]:
        for graph in self.store.graphs():
            if graph != self.inferred:
                yield from self.store.triples(graph)


def _dates(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the graph of each document with the document's date."""
    rows = store.query(
        "SELECT ?graph ?date { GRAPH ?evidence { ?graph prov:wasDerivedFrom ?document . ?document dct:issued ?date } }",
        prefixes=PREFIXES,
    )
    for graph, date in rows if isinstance(rows, QuerySolutions) else ():
        if isinstance(graph, NamedNode) and isinstance(date, Literal):
            yield graph.value, date.value


def _shape_findings(content: _Content, shapes: Sequence[Triple]) -> Iterator[Finding]:
    if not shapes:
        return
    from ssrgraph.validation import shacl  # noqa: PLC0415  # loads rdflib and pySHACL, only where they are used

    for one in shacl.violations(content.without_inferred(), shapes):
        graph, quote = content.home(one.focus)
        where = f" ({one.path})" if one.path else ""
        value = f": {one.value}" if one.value is not None else ""
        yield Finding(
            kind=Kind.SHAPE,
            severity=_SEVERITIES.get(one.severity, Severity.WARNING),
            subject=one.focus,
            graph=graph,
            message=f"{one.message}{where}{value}",
            quote=quote,
            check=one.constraint,
        )
