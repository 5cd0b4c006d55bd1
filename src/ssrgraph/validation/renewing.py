"""What a check found before a change, renewed where the change touches it: the cost is that of the change."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from ssrgraph.store import MemoryStore
from ssrgraph.validation.consistency import consistency_findings
from ssrgraph.validation.looking import look_at_all
from ssrgraph.validation.saved import check_findings
from ssrgraph.validation.shapes import (
    nodes_to_see_again,
    shape_findings,
    shape_violations,
    shape_violations_of,
)
from ssrgraph.validation.tensions import disagreeing, tension_finding
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pyoxigraph import BlankNode, Triple

    from ssrgraph.materialize import Changed
    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.store import Store
    from ssrgraph.validation.content import Content, OfDocument
    from ssrgraph.validation.kept import Kept
    from ssrgraph.validation.model import Finding
    from ssrgraph.validation.saved import Check

    _Subject = NamedNode | BlankNode | Triple

_PACKAGES: Final = ("ssrgraph.validation", "ssrgraph.graph", "ssrgraph.query", "ssrgraph.vocabulary")
_MANY: Final = 20_000
_MANY_DOCUMENTS: Final = 500
"""From so many subjects or documents on, a saved check is asked of the whole store, which takes no longer."""


def renew(
    kept: Kept,
    content: Content,
    changed: Changed | None,
    *,
    shapes: Sequence[Triple],
    checks: Sequence[Check],
    inconsistencies: Iterable[Inconsistency],
    jobs: int | None = 1,
) -> None:
    """Bring what is kept to what `check` finds in a store.

    Args:
        kept: What was found before the change, of the same shapes and checks; empty if nothing is known.
        content: The store after the change; it knows the words that are kept.
        changed: What changed since then; None: look at everything.
        shapes: The SHACL shapes.
        checks: The saved checks.
        inconsistencies: What the reasoner found in the store as it is.
        jobs: How many processes look at documents if all are looked at; None: as many as there are cores.
    """
    spoken: set[_Subject] | None = None
    if changed is None:
        topics = _look_at_all(kept, content, shapes, jobs)
    else:
        documents = content.documents_among(changed.graphs)
        topics = _look_at(kept, content, documents)
        spoken = _spoken(content, changed, documents)
        _validate(kept, content, changed, shapes, spoken)
    kept.replace("consistency", "", consistency_findings(inconsistencies, content.stating, content.words))
    _compare(kept, topics)
    if changed is None or spoken is None or changed.inferred_anew:
        _ask(kept, content, checks)
    else:
        _ask(kept, content, [check for check in checks if not check.is_of_subjects])
        _ask_of(kept, content, [check for check in checks if check.is_of_subjects], spoken)


def _spoken(content: Content, changed: Changed, documents: Collection[NamedNode]) -> set[_Subject] | None:
    """Return what changed documents speak of, now or before the change, and its other subjects; None: too many."""
    if len(documents) > _MANY_DOCUMENTS or len(changed.subjects) > _MANY:
        return None
    # What a document said before the change and does not say now is among the subjects that changed.
    return changed.subjects.union(*map(content.subjects, documents))


def _look_at_all(kept: Kept, content: Content, shapes: Sequence[Triple], jobs: int | None) -> set[bytes]:
    """Look at all documents anew, and validate all nodes; return the topics that there are."""
    topics: set[bytes] = set()

    def take(graph: NamedNode, found: OfDocument) -> None:
        topics.update(kept.put_document(graph, found))
        kept.replace("document", graph.value, found.findings)

    doubtful = look_at_all(content, shapes, take, jobs=jobs)
    _put_violations(kept, content, kept.put_violations(None, shape_violations(content, shapes, doubtful)))
    return topics


def _look_at(kept: Kept, content: Content, documents: Iterable[NamedNode]) -> set[bytes]:
    """Look at documents anew, each by itself; return the topics that they touch."""
    touched: set[bytes] = set()
    for graph in documents:
        found = content.look_at(graph) if content.holds(graph) else None
        touched |= kept.put_document(graph, found)
        kept.replace("document", graph.value, found.findings if found else ())
    return touched


def _validate(
    kept: Kept, content: Content, changed: Changed, shapes: Sequence[Triple], spoken: Collection[_Subject] | None
) -> None:
    again = nodes_to_see_again(content, shapes, changed)
    if again is None:
        doubtful = look_at_all(content, shapes, lambda _graph, _found: None)
        touched = kept.put_violations(None, shape_violations(content, shapes, doubtful))
    else:
        touched = kept.put_violations(map(str, again), list(shape_violations_of(content, shapes, again)))
        # Where a node is at home may be another document now.
        touched |= kept.names("shape") if spoken is None else kept.violating(map(str, spoken))
    _put_violations(kept, content, touched)


def _put_violations(kept: Kept, content: Content, foci: Iterable[str]) -> None:
    """Find anew what the violations of some nodes come to."""
    for focus in foci:
        kept.replace("shape", focus, shape_findings(content, kept.violations(focus)))


def _compare(kept: Kept, topics: Iterable[bytes]) -> None:
    """Compare the claims on some topics."""
    for topic in topics:
        quotes = {(one.claim, one.graph): (one, quote) for one, quote in kept.claims(topic)}
        found = [
            tension_finding(grade, one, other, (quotes[one.claim, one.graph][1], quotes[other.claim, other.graph][1]))
            for grade, one, other in disagreeing(one for one, _ in quotes.values())
        ]
        kept.replace("tension", topic.hex(), found)


def _ask(kept: Kept, content: Content, checks: Iterable[Check]) -> None:
    """Ask saved checks of all subjects."""
    for check in checks:
        found = _by_subject(content, content.store, check)
        for name in kept.names(_place(check)) | found.keys():
            kept.replace(_place(check), name, found.get(name, ()))


def _ask_of(kept: Kept, content: Content, checks: Sequence[Check], subjects: Collection[_Subject]) -> None:
    """Ask saved checks of some subjects."""
    part = _part(content, subjects, frozenset[NamedNode]().union(*(check.predicates for check in checks)))
    for check in checks:
        found = _by_subject(content, part, check)
        for name in map(str, subjects):
            kept.replace(_place(check), name, found.get(name, ()))


def _place(check: Check) -> str:
    return f"check {check.query.name}"


def _by_subject(content: Content, store: Store, check: Check) -> dict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in check_findings(store, [check], content.words):
        found[str(one.subject)].append(one)
    return found


def _part(content: Content, subjects: Iterable[_Subject], predicates: Iterable[NamedNode]) -> MemoryStore:
    """Return what a store says of some subjects with some properties; of what class they are, in the merge only."""
    data = pyoxigraph.Store()
    data.extend(_quads(content, subjects, list(predicates)))
    return MemoryStore(data=data, info=content.store.info)


def _quads(content: Content, subjects: Iterable[_Subject], predicates: Sequence[NamedNode]) -> Iterator[Quad]:
    for subject in subjects:
        for predicate in predicates:
            for triple in content.store.match(subject, predicate, None):
                yield Quad(triple.subject, triple.predicate, triple.object)
                # That a state is one, very many documents say.
                for graph in () if predicate.value == Rdf.TYPE else content.store.graphs_of(triple):
                    yield Quad(triple.subject, triple.predicate, triple.object, graph)


def version_of(shapes: Sequence[Triple], checks: Iterable[Check]) -> str:
    """Return what changes with shapes and checks, and with the code that finds things."""
    # Blank nodes have other names each time that the shapes are read.
    named = Dataset(Quad(*one) for one in shapes)
    named.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    found = hashlib.sha256("\n".join(sorted(map(str, named))).encode())
    for check in checks:
        found.update(f"{check.query.name} {check.severity} {check.query.text}".encode())
    found.update(_code())
    return found.hexdigest()


@cache
def _code() -> bytes:
    found = hashlib.sha256()
    for package in _PACKAGES:
        for file in sorted(resources.files(package).iterdir(), key=lambda one: one.name):
            if file.name.endswith(".py"):
                found.update(file.read_bytes())
    return found.digest()
