"""Saved checks: queries that must give no row.

A check lies in `queries/checks`; its header says the `problem` and the `remedy`, and `severity.toml` beside it how
severe a finding is. Its columns are `subject` and, as far as they apply, `graph`, `predicate` and `value` of the
statement that is found, and `other_value` and `other_graph` of the one that it does not agree with.

A check whose header says `scope: subject` finds of each subject what follows from statements about that subject alone,
with properties that the query names, and asks of what class it is without asking which graph says so. After a change it
is asked of what the change touches; any other check of all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions, Triple

from ssrgraph.errors import DataError
from ssrgraph.query import catalogue
from ssrgraph.query.running import run
from ssrgraph.validation.model import Finding, Kind, Severity
from ssrgraph.vocabulary import PREFIXES, Rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import BlankNode, Literal

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store

    Words = Callable[[NamedNode, Triple], tuple[str, ...]]
    Value = NamedNode | BlankNode | Literal | Triple | None


_NAME = re.compile(r"\b(?P<prefix>[a-z]+):(?P<local>\w+)")
_IRI = re.compile(r"<([^<>\s]+:[^<>\s]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A saved check with its severity."""

    query: SavedQuery
    severity: Severity

    @property
    def is_of_subjects(self) -> bool:
        """Whether what it finds of a subject follows from statements about that alone, with some `predicates`."""
        return self.query.more.get("scope") == "subject"

    @property
    def predicates(self) -> frozenset[NamedNode]:
        """The properties of those statements, and other terms that the query names."""
        names = (match for line in self.query.text.splitlines() for match in _NAME.finditer(line.partition("# ")[0]))
        found = {PREFIXES[one["prefix"]] + one["local"] for one in names if one["prefix"] in PREFIXES}
        return frozenset(map(NamedNode, {*found, *_IRI.findall(self.query.text), Rdf.TYPE}))


def load_checks(folder: Path) -> tuple[Check, ...]:
    """Return the checks of the catalogue of queries in a folder, by name.

    Raises:
        DataError: A check has no problem, no remedy or no severity, or a severity has no check.
    """
    table = folder / "checks" / "severity.toml"
    try:
        severities = tomllib.loads(table.read_text(encoding="utf-8")) if table.exists() else {}
    except (OSError, ValueError) as error:
        raise DataError(table, str(error)) from error
    queries = {name: query for name, query in catalogue.load(folder).items() if query.group == "checks"}
    unmatched = sorted(severities.keys() ^ queries.keys())
    if unmatched:
        raise DataError(table, f"each check has one severity and each severity a check; not so: {', '.join(unmatched)}")
    return tuple(_check(folder, query, severities[name]) for name, query in sorted(queries.items()))


def _check(folder: Path, query: SavedQuery, severity: object) -> Check:
    path = folder / "checks" / f"{query.name}.rq"
    lacking = [key for key in ("problem", "remedy") if key not in query.more]
    if lacking:
        raise DataError(path, f"the header says nothing of: {', '.join(lacking)}")
    if severity not in list(Severity):
        raise DataError(path, f"{severity!r} is no severity; choose one of: {', '.join(Severity)}")
    return Check(query=query, severity=Severity(str(severity)))


def check_findings(store: Store, checks: Iterable[Check], words: Words) -> Iterator[Finding]:
    """Run the checks and yield a finding for each row.

    Args:
        store: What is checked.
        checks: The saved checks.
        words: From a document's graph and a triple to the words behind it.
    """
    for check in checks:
        rows = run(store, check.query)
        if not isinstance(rows, QuerySolutions):
            raise DataError(f"{check.query.name}.rq", "a check is a SELECT query")
        names = {variable.value for variable in rows.variables}
        for row in rows:
            yield _finding(check, {name: row[name] for name in names}, words)


def _finding(check: Check, row: dict[str, Value], words: Words) -> Finding:
    graph, other_graph = row.get("graph"), row.get("other_graph")
    quote = _quote(row, "value", graph, words)
    other_quote = _quote(row, "other_value", other_graph, words)
    parts = [check.query.more["problem"]]
    if (value := row.get("value")) is not None:
        other = row.get("other_value")
        parts.append(f": {_shown(value)}" + (f" and {_shown(other)}" if other is not None else ""))
    if isinstance(other_graph, NamedNode):
        parts.append(f" in {other_graph.value.rpartition('/')[2]}")
    subject = row.get("subject")
    if subject is None or isinstance(subject, Triple):
        raise DataError(f"{check.query.name}.rq", "a check has a column `subject`")
    return Finding(
        kind=Kind.CONTRADICTION if other_graph is not None else Kind.CHECK,
        severity=check.severity,
        subject=subject,
        graph=graph if isinstance(graph, NamedNode) else None,
        message="".join(parts),
        quote=" | ".join(dict.fromkeys(one for one in (quote, other_quote) if one)),
        check=check.query.name,
    )


def _quote(row: dict[str, Value], column: str, graph: Value, words: Words) -> str:
    subject, predicate, value = row.get("subject"), row.get("predicate"), row.get(column)
    if not isinstance(graph, NamedNode) or not isinstance(predicate, NamedNode):
        return ""
    if value is None or not isinstance(subject, NamedNode):
        return ""
    return next(iter(words(graph, Triple(subject, predicate, value))), "")


def _shown(value: Value) -> str:
    if isinstance(value, NamedNode):
        return value.value.rpartition("/")[2].rpartition("#")[2]
    return value.value if value is not None and not isinstance(value, Triple) else str(value)
