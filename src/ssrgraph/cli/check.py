"""`ssrgraph check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from ssrgraph.cli import options, output
from ssrgraph.materialize import inconsistencies_of
from ssrgraph.query.facts import as_json
from ssrgraph.query.results import plain
from ssrgraph.query.syntax import write_triples
from ssrgraph.store import open_near
from ssrgraph.validation import Severity, check
from ssrgraph.vocabulary import PREFIXES, Rdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.validation import Finding, Report

WRONG = 1
_SH = "http://www.w3.org/ns/shacl#"
_XSD_BOOLEAN = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")


@click.command("check", short_help="Look for what is wrong in a store.")
@options.format_option("table", "json", "turtle", default="table", example="json")
@options.store_option
def command(*, format_: str, store: str) -> int:
    """Look for what is wrong in a store.

    Stored texts and quotes, evidence for every asserted triple, SHACL shapes, consistency, and contradictions between
    documents. The exit status is 1 if there is a violation; warnings, such as documents that differ, leave it 0.
    turtle is a SHACL validation report.

    \b
    Example:
      ssrgraph check --format json
    """
    with open_near(store) as opened:
        report = check(opened, inconsistencies=inconsistencies_of(opened), jobs=None)
    if format_ == "json":
        output.emit(as_json({"conforms": report.conforms, "findings": [_record(one) for one in report.findings]}))
    elif format_ == "turtle":
        output.emit(write_triples(_triples(report), RdfFormat.TURTLE, prefixes={**PREFIXES, "sh": _SH}))
    elif report.findings:
        columns = ("severity", "kind", "subject", "message", "quote")
        output.show_table(columns, [tuple(map(str, list(_record(one).values())[:5])) for one in report.findings])
    violations = sum(one.severity is Severity.VIOLATION for one in report.findings)
    warnings = output.count(len(report.findings) - violations, "warning")
    output.say(f"{output.count(violations, 'violation')}, {warnings}.")
    return 0 if report.conforms else WRONG


def _record(finding: Finding) -> dict[str, str]:
    return {
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "subject": plain(finding.subject),
        "message": finding.message,
        "quote": finding.quote,
        "graph": plain(finding.graph),
        "check": finding.check,
    }


def _triples(report: Report) -> Iterator[Triple]:
    """Yield the report in the terms of SHACL's own validation reports."""
    root = BlankNode("report")
    yield Triple(root, NamedNode(Rdf.TYPE), NamedNode(f"{_SH}ValidationReport"))
    yield Triple(root, NamedNode(f"{_SH}conforms"), Literal(str(report.conforms).lower(), datatype=_XSD_BOOLEAN))
    for number, finding in enumerate(report.findings, start=1):
        node = BlankNode(f"result{number:05}")
        level = "Violation" if finding.severity is Severity.VIOLATION else "Warning"
        yield Triple(root, NamedNode(f"{_SH}result"), node)
        yield Triple(node, NamedNode(Rdf.TYPE), NamedNode(f"{_SH}ValidationResult"))
        yield Triple(node, NamedNode(f"{_SH}focusNode"), finding.subject)
        yield Triple(node, NamedNode(f"{_SH}resultSeverity"), NamedNode(_SH + level))
        yield Triple(node, NamedNode(f"{_SH}resultMessage"), Literal(finding.message))
