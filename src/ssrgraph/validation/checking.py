"""The whole check of a store, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse

from ssrgraph.errors import DataError
from ssrgraph.materialize import premises
from ssrgraph.reasoning import closure
from ssrgraph.resources import shipped
from ssrgraph.validation.consistency import consistency_findings
from ssrgraph.validation.content import Content
from ssrgraph.validation.kept import Kept
from ssrgraph.validation.looking import look_at_all
from ssrgraph.validation.model import Report, report
from ssrgraph.validation.renewing import renew, version_of
from ssrgraph.validation.saved import Check, check_findings, load_checks
from ssrgraph.validation.shapes import shape_findings, shape_violations
from ssrgraph.validation.tensions import tension_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import NamedNode

    from ssrgraph.materialize import Changed
    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.store import Store
    from ssrgraph.validation.content import OfDocument
    from ssrgraph.validation.counted import Counted
    from ssrgraph.validation.model import Finding, Severity


def check(
    store: Store,
    *,
    shapes: Sequence[Triple] | None = None,
    checks: Sequence[Check] | None = None,
    inconsistencies: Sequence[Inconsistency] | None = None,
    engine: str = "native",
    jobs: int | None = 1,
) -> Report:
    """Check a store: texts and quotes, evidence, shapes, consistency, contradictions between documents.

    Args:
        store: What is checked; it is not changed.
        shapes: The SHACL shapes; those that are shipped, if none are given.
        checks: The saved checks; those that are shipped, if none are given.
        inconsistencies: What the reasoner found in the store as it is, if that is known already.
        engine: The reasoner to find inconsistencies with, if they are not given; `none` leaves them out.
        jobs: How many processes look at documents, where there are many; None: as many as there are cores.

    Returns:
        Every finding, the worst first.
    """
    content = Content(store)
    checks = load_checks(shipped("queries")) if checks is None else checks
    if inconsistencies is None:
        inconsistencies = () if engine == "none" else closure(premises(store), engine=engine).inconsistencies
    shapes = shipped_shapes() if shapes is None else shapes
    return report(list(_everything(content, shapes, checks, inconsistencies, jobs)))


def check_after(
    store: Store, changed: Changed, former: bytes, *, inconsistencies: Sequence[Inconsistency], jobs: int | None = 1
) -> tuple[Mapping[Severity, int], bytes]:
    """Check a store after a change, as `check` does; what the change does not touch is not looked at again.

    Args:
        store: What is checked; it is not changed.
        changed: What changed since the check that gave `former`.
        former: What this returned for the store as it was; empty: everything is looked at.
        inconsistencies: What the reasoner found in the store as it is.
        jobs: How many processes look at documents if all are looked at; None: as many as there are cores.

    Returns:
        How many findings there are of each severity, and what the next check is to be given; see `kept_report`.
    """
    shapes, checks = shipped_shapes(), load_checks(shipped("queries"))
    version = version_of(shapes, checks)
    known = Kept.resumed(former, version) if former else None
    kept = known or Kept.begun(version)
    renew(
        kept,
        Content(store, kept.words),
        None if known is None else changed,
        shapes=shapes,
        checks=checks,
        inconsistencies=inconsistencies,
        jobs=jobs,
    )
    return kept.counts(), kept.content()


def kept_report(content: bytes) -> Report | None:
    """Return all findings that `check_after` kept, None if other code, shapes or checks found them."""
    kept = Kept.resumed(content, version_of(shipped_shapes(), load_checks(shipped("queries"))))
    return None if kept is None else kept.report()


def _everything(
    content: Content,
    shapes: Sequence[Triple],
    checks: Sequence[Check],
    inconsistencies: Sequence[Inconsistency],
    jobs: int | None,
) -> Iterator[Finding]:
    findings: list[Finding] = []
    counted: dict[Counted, str] = {}

    def take(_graph: NamedNode, found: OfDocument) -> None:
        findings.extend(found.findings)
        counted.update(zip(found.counted, found.quotes, strict=True))

    doubtful = look_at_all(content, shapes, take, jobs=jobs)
    yield from findings
    yield from shape_findings(content, shape_violations(content, shapes, doubtful))
    yield from consistency_findings(inconsistencies, content.stating, content.words)
    yield from tension_findings(counted, counted.__getitem__)
    yield from check_findings(content.store, checks, content.words)


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
