"""Running a query: saved, from a file, or as it was typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph import vocabulary
from ssrgraph.errors import QueryError
from ssrgraph.query import catalogue, parameters, prepared
from ssrgraph.query.hosts import confined

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store

_POSITION = re.compile(r"^(?:Parser )?error at (?:line )?(\d+)(?::| column )(\d+):?\s*")
_FORMS = re.compile(r"\b(?:select|construct|describe|ask|insert|delete|prefix|base)\b|[{}]", re.IGNORECASE)
_SHOWN = 60
_SEEN = 24


def resolve(given: str, saved: Mapping[str, SavedQuery]) -> SavedQuery:
    """Return the query that a person means: the text of a query, the name of a saved one, or a file.

    Raises:
        QueryError: It is none of them, or the file cannot be read.
    """
    if re.search(r"\s", given.strip()) and _FORMS.search(given):
        return catalogue.parse(given, name=shown(given))
    if given in saved or given.rpartition("/")[2] in saved:
        return catalogue.find(saved, given)
    path = Path(given)
    if path.suffix not in {".rq", ".sparql", ".txt"} and not path.is_file():
        return catalogue.find(saved, given)
    try:
        return catalogue.parse(path.read_text(encoding="utf-8"), name=given)
    except FileNotFoundError as error:
        raise QueryError(given, "no such file") from error
    except UnicodeDecodeError as error:
        raise QueryError(given, "not a text in UTF-8") from error
    except OSError as error:
        raise QueryError(given, error.strerror or str(error)) from error


def run(
    store: Store,
    query: SavedQuery,
    values: Mapping[str, str] | None = None,
    *,
    default_graphs: Sequence[NamedNode] = (),
    named_graphs: Sequence[NamedNode] | None = None,
    hosts: Collection[str] = (),
) -> QuerySolutions | QueryTriples | QueryBoolean:
    """Run a query with values for its parameters, the usual prefixes declared.

    An answer that was made ahead, which is the same, is returned as it was kept.

    Args:
        store: What is asked.
        query: The query.
        values: Values as a person writes them, by parameter; any variable of the query may be set.
        default_graphs: The graphs whose merge is asked; empty: all.
        named_graphs: The graphs that `GRAPH` sees; None: all.
        hosts: The hosts that `SERVICE` may reach.

    Raises:
        QueryError: The query cannot be parsed, a parameter has no value, a value has no parameter, or `SERVICE` would
            reach another host.
    """
    terms = _terms(query, values or {})
    text = parameters.bind(query.text, terms)
    safe = confined(text, hosts)
    if safe.keyword == "SERVICE":
        raise QueryError(query.name, f"asks {safe.target} as well; allow its host with --allow-host")
    text = safe.text
    if not default_graphs and named_graphs is None and (made := prepared.answer(store, query, terms)) is not None:
        return made
    try:
        return store.query(text, default_graphs=default_graphs, named_graphs=named_graphs, prefixes=vocabulary.PREFIXES)
    except SyntaxError as error:
        raise QueryError(query.name, located(str(error), text)) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(query.name, f"cannot be run: {' '.join(str(error).split())}") from error


def shown(text: str) -> str:
    """Return the beginning of a query, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


def located(message: str, text: str = "") -> str:
    """Turn a parser's words into one line that begins with line and column, and shows what stands there.

    >>> located("error at 1:10: expected one of GRAPH, MINUS", "SELECT * FOO { }")
    'line 1, column 10: cannot be read from `FOO { }` on: expected one of GRAPH, MINUS'
    """
    flat = " ".join(message.split())
    match = _POSITION.match(flat)
    if not match:
        return flat
    row, column = int(match[1]), int(match[2])
    lines = text.splitlines()
    there = lines[row - 1][column - 1 :].strip() if row <= len(lines) else ""
    seen = f"cannot be read from `{there[:_SEEN]}` on: " if there else ""
    return f"line {row}, column {column}: {seen}{flat[match.end() :]}"


def _terms(query: SavedQuery, values: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    known = {parameter.name: parameter for parameter in query.parameters}
    given = {name: parameter.default for name, parameter in known.items()} | dict(values)
    terms = {}
    for name, value in given.items():
        if value is None:
            raise QueryError(query.name, f"the parameter `{name}` needs a value: --set {name}=…")
        try:
            terms[name] = parameters.term(value, text=name in known and known[name].is_text)
        except ValueError as error:
            raise QueryError(query.name, f"the value of `{name}` is no IRI: {value}") from error
        if known and name not in known and name not in parameters.variables(query.text):
            raise QueryError(query.name, f"has no parameter `{name}`; it has {', '.join(known)}")
    return terms
