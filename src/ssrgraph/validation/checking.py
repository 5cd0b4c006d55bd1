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
from ssrgraph.validation.kept import find, find_after, read_found, write_found
from ssrgraph.validation.model import Report, report
from ssrgraph.validation.saved import Check, check_findings, load_checks
from ssrgraph.validation.shapes import shape_findings
from ssrgraph.validation.tensions import tension_findings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ssrgraph.materialize import Changed
    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.store import Store
    from ssrgraph.validation.kept import Found


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
    content = Content(store)
    checks = load_checks(shipped("queries")) if checks is None else checks
    if inconsistencies is None:
        inconsistencies = () if engine == "none" else closure(premises(store), engine=engine).inconsistencies
    return _report(content, find(content, shipped_shapes() if shapes is None else shapes), checks, inconsistencies)


def check_after(
    store: Store, changed: Changed, former: bytes, *, inconsistencies: Sequence[Inconsistency]
) -> tuple[Report, bytes]:
    """Check a store after a change, as `check` does; what the change does not touch is not looked at again.

    Args:
        store: What is checked; it is not changed.
        changed: What changed since the check that gave `former`.
        former: What this returned for the store as it was; empty: everything is looked at.
        inconsistencies: What the reasoner found in the store as it is.

    Returns:
        Every finding, and what the next check is to be given.
    """
    content, shapes = Content(store), shipped_shapes()
    known = read_found(former, shapes) if former else None
    found = find(content, shapes) if known is None else find_after(content, shapes, known, changed)
    result = _report(content, found, load_checks(shipped("queries")), inconsistencies)
    return result, write_found(found, shapes, content.asked_words)


def _report(
    content: Content, found: Found, checks: Sequence[Check], inconsistencies: Sequence[Inconsistency]
) -> Report:
    """Return what was found in parts with what can only be asked of a store as a whole."""
    counted = [one for document in found.documents.values() for one in document.counted]
    quotes = {
        (one.graph, one.claim): quote
        for document in found.documents.values()
        for one, quote in zip(document.counted, document.quotes, strict=True)
    }
    return report(
        [
            *(finding for document in found.documents.values() for finding in document.findings),
            *shape_findings(content, found.shapes),
            *consistency_findings(inconsistencies, content.stating, content.words),
            *tension_findings(counted, lambda one: quotes[one.graph, one.claim]),
            *check_findings(content.store, checks, content.words),
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
