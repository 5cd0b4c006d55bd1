"""What a check of a store reports."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode


class Severity(StrEnum):
    """How much is wrong, the worst first."""

    VIOLATION = "violation"
    """The graph does not keep what it promises."""
    WARNING = "warning"
    """The graph is as it should be; what its documents say does not agree, or is worth a look."""


class Kind(StrEnum):
    """What is checked, in the order of a report."""

    TEXT = "text"
    """A stored text is missing, or is not the one whose checksum was kept."""
    QUOTE = "quote"
    """A quote does not stand at its offsets in the stored text."""
    EVIDENCE = "evidence"
    """A triple of a document has no evidence."""
    SHAPE = "shape"
    """A SHACL shape is violated."""
    INCONSISTENCY = "inconsistency"
    """Statements cannot all be true by the ontology."""
    CONTRADICTION = "contradiction"
    """Statements of documents cannot all be true, or differ where one value is expected."""
    CHECK = "check"
    """A saved check found something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or worth a look.

    Attributes:
        kind: What was checked.
        severity: How much is wrong.
        subject: What it is about.
        graph: The named graph it was found in, where there is one.
        message: What is wrong, in one line.
        quote: The words of the document behind it, "" where there are none.
        check: Name of the rule, shape or saved check that found it.
    """

    kind: Kind
    severity: Severity
    subject: NamedNode | BlankNode | Literal
    message: str
    graph: NamedNode | None = None
    quote: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeViolation:
    """One result of a SHACL validation.

    Attributes:
        focus: The node that violates the shape.
        path: The property, "" for a constraint on the node itself or a complex path.
        value: The value that violates it, if there is one.
        constraint: Name of the constraint component, such as `MinCountConstraintComponent`.
        severity: `Violation`, `Warning` or `Info`, as the shape says.
        message: The shape's message, or pySHACL's.
    """

    focus: NamedNode | BlankNode | Literal
    path: str
    value: NamedNode | BlankNode | Literal | None
    constraint: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All findings, the worst first, then by kind, graph, subject and message."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return all(finding.severity is not Severity.VIOLATION for finding in self.findings)

    @property
    def counts(self) -> Mapping[tuple[Severity, Kind], int]:
        """How many findings there are of each severity and kind."""
        return Counter((finding.severity, finding.kind) for finding in self.findings)


def report(findings: list[Finding]) -> Report:
    """Return the findings in their order, each once."""
    severities, kinds = list(Severity), list(Kind)
    return Report(
        findings=tuple(
            sorted(
                dict.fromkeys(findings),
                key=lambda one: (
                    severities.index(one.severity),
                    kinds.index(one.kind),
                    one.graph.value if one.graph else "",
                    str(one.subject),
                    one.message,
                    one.quote,
                ),
            )
        )
    )
