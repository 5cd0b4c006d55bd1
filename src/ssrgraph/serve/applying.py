"""What a writer does to a draft of the store: updates, and graphs written whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from ssrgraph.graph import Iris
from ssrgraph.materialize import Changes, inferred_graph, kept_of, materialize_draft
from ssrgraph.serve.guard import guard
from ssrgraph.serve.problems import Problem, unreadable
from ssrgraph.store import SEPARATE
from ssrgraph.store.rewriting import with_dataset
from ssrgraph.store.updating import update

if TYPE_CHECKING:
    from ssrgraph.reasoning import Reasoner
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import Draft

_READERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A graph that a client sent.

    Attributes:
        format: The name of its format.
        content: Its bytes.
    """

    format: str
    content: bytes


class Applying:
    """Applies a batch of changes to a draft, each whole or not at all.

    Args:
        draft: What is changed.
        hosts: The hosts that LOAD and SERVICE may reach.
        nesting: How deep the brackets of an update may stand within each other.
        reasoner: What `finish` returned for the former batch on the same draft; None: it is read from the draft.

    Attributes:
        graphs: The named graphs of a merged dataset that may hold something else than before.
    """

    def __init__(self, draft: Draft, *, hosts: frozenset[str], nesting: int, reasoner: Reasoner | None = None) -> None:
        self._draft = draft
        self._hosts = hosts
        self._nesting = nesting
        self._separate = draft.info.dataset == SEPARATE
        self._engine = str(draft.info.state.get("reasoner") or "native")
        self._reasoner = reasoner
        remember = not self._separate and (reasoner is not None or bool(kept_of(draft, self._engine)))
        self._changes = Changes(draft, remember=remember)
        self._added = Iris(draft.info.base_iri).graph("added")
        self.graphs: set[NamedNode] = set()

    def apply(self, job: Values, parts: list[Part]) -> int:
        """Do one change; return the HTTP status that tells it.

        Raises:
            Problem: It cannot be done; nothing of it is.
        """
        match job["task"]:
            case "update":
                return self._update(job)
            case "put" | "post":
                return self._write(job, parts)
            case _:
                return self._delete(job)

    def finish(self) -> Reasoner | None:
        """Bring what follows from the changes up to date; return the reasoner for the next batch on the draft."""
        if self._separate:
            return None
        self.graphs.add(inferred_graph(self._draft))
        result = materialize_draft(self._draft, engine=self._engine, changes=self._changes, reasoner=self._reasoner)
        state = dict(self._draft.info.state)
        if state:
            # A check of all would keep who waits for the update; what the last one found no longer counts.
            counts = {"triples": self._draft.count(), "inferred": result.inferred}
            self._draft.describe({**state, **counts, "violations": None, "warnings": None})
        return result.reasoner

    def _update(self, job: Values) -> int:
        guarded = guard(job["text"], hosts=self._hosts, nesting=self._nesting)
        if guarded.refusal is not None:
            _check_syntax(guarded.text, job.get("base"))  # What is no SPARQL is told so first.
            raise guarded.refusal
        text = guarded.text
        named = job.get("named") or ()
        if job.get("default") or named:
            rewritten = with_dataset(text, _checked(job.get("default") or ()), _checked(named))
            if rewritten is None:
                raise Problem(400, "two-datasets", "The update and the address both say which graphs are matched.")
            text = rewritten
        try:
            differences = update(self._draft, text, base_iri=job.get("base"), added=self._added)
        except SyntaxError as error:
            raise unreadable("update-syntax", str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            self._draft.check()  # If it is the disk that failed, that is another matter.
            words = " ".join(str(error).split())
            raise Problem(400, "update-evaluation", f"The update cannot be done: {words}") from error
        self.graphs |= differences.keys()
        for graph, (added, removed) in differences.items():
            self._changes.note(graph, added | removed)
        return 204

    def _write(self, job: Values, parts: list[Part]) -> int:
        """Replace a graph, or add to it."""
        target = self._target(job)
        triples = {triple for part in parts for triple in _triples(part, job.get("base"))}
        is_new = job.get("graph") is not None and isinstance(target, NamedNode) and not self._draft.has_graph(target)
        if job["task"] == "post":
            former = set(self._draft.triples(target if isinstance(target, NamedNode) else None))
            triples |= former
        if not self._separate:
            assert isinstance(target, NamedNode)  # noqa: S101 -- in a merged dataset the default graph is another name
            self._refuse_inferred(target)
            self.graphs.add(target)
            self._changes.replace_graph(target, triples)
        else:
            self._draft.data.clear_graph(target)
            if isinstance(target, NamedNode):
                self._draft.data.add_graph(target)
            self._draft.data.extend(Quad(each.subject, each.predicate, each.object, target) for each in triples)
        return 201 if is_new else 204

    def _delete(self, job: Values) -> int:
        target = self._target(job)
        if isinstance(target, NamedNode):
            if not self._draft.has_graph(target):
                raise Problem(404, "no-such-graph", f"There is no graph {target.value}.")
            self._refuse_inferred(target)
        if self._separate:
            self._draft.data.remove_graph(target)
        elif isinstance(target, NamedNode):
            self.graphs.add(target)
            self._changes.drop_graph(target)
        return 204

    def _target(self, job: Values) -> NamedNode | DefaultGraph:
        """Return the graph that is meant; the default graph of a merged dataset is written through `graph/added`."""
        if job.get("graph") is None:
            return DefaultGraph() if self._separate else self._added
        try:
            return NamedNode(job["graph"])
        except ValueError as error:
            raise Problem(400, "graph-name", f"The name of the graph is no IRI: {error}") from error

    def _refuse_inferred(self, graph: NamedNode) -> None:
        if not self._separate and graph == inferred_graph(self._draft):
            raise Problem(409, "inferred-graph", "What was inferred follows from the other graphs; change those.")


def _triples(part: Part, base: str | None) -> list[Triple]:
    try:
        quads = parse(
            part.content,
            _READERS[part.format],
            base_iri=base,
            without_named_graphs=True,
            rename_blank_nodes=True,
        )
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        line, column = error.lineno, error.offset
        raise Problem(
            400, "graph-syntax", " ".join(str(error).split()), line=line or None, column=column or None
        ) from error
    except ValueError as error:
        raise Problem(400, "graph-syntax", " ".join(str(error).split())) from error


def _check_syntax(text: str, base: str | None) -> None:
    try:
        Store().update(text, base_iri=base)
    except SyntaxError as error:
        raise unreadable("update-syntax", str(error)) from error
    except (OSError, RuntimeError, ValueError):
        return  # It is SPARQL; that it cannot be done on an empty store says nothing.


def _checked(iris: list[str] | tuple[str, ...]) -> list[str]:
    """Return IRIs that are some, so that they may be written into an update."""
    try:
        return [NamedNode(iri).value for iri in iris]
    except ValueError as error:
        raise Problem(400, "graph-name", f"The name of a graph is no IRI: {error}") from error
