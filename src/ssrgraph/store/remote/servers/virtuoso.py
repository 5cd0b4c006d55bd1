"""Virtuoso 7 (Debian's `virtuoso-opensource`, its cluster edition).

What it does otherwise than the standard, and what is done about it:

- It has no default graph of its own: the merge is a named graph, which a query's request names as its default graph.
  `GRAPH <IRI>` then sees only what the request names too, but `GRAPH ?g` everything; with both, a copy answers.
- It gives at most `ResultSetMaxRows` rows of an answer, and says so in a header; CONSTRUCT is cut short without a word.
  So graphs are read in pages of SELECT, which may overlap, until they hold as many rows as a count; an answer that was
  cut short is refused; CONSTRUCT and DESCRIBE are answered from a copy.
- After `MaxQueryExecutionTime` it gives what it has, and says so in a header: that is refused.
- It takes a minute and more to name the graphs that there are.
- It compiles an update to code of limited length. Triples are added by the Graph Store service, and taken away in
  small updates. Neither is done whole or not at all.
- It keeps numbers and times by their value: `1.50` becomes `1.5`, an integer of more than 64 bits or a duration is
  refused. What it gives back is compared with what it was given.
- In JSON it writes booleans as 0 and 1, and the answer to ASK as rows.
- It answers some queries wrongly or not at all: aggregates over sub-queries, paths with `+` and `*`, UNION within
  OPTIONAL, EXISTS, functions of unbound variables. They are answered from a copy.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.store.clauses import IRI, NO_CODE
from ssrgraph.store.remote.servers.kind import Kind
from ssrgraph.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MERGE = NamedNode("https://w3id.org/ssrgraph/store#merge")
_ROWS = "x-sparql-maxrows"
_STATE = "x-sql-state"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_DOUBTED = frozenset(
    {
        *("CONSTRUCT", "DESCRIBE", "FROM", "EXISTS", "MINUS", "UNION", "OPTIONAL", "VALUES", "SERVICE"),
        *("BIND", "HAVING", "SUBSTR", "GROUP_CONCAT", "SAMPLE"),
    }
)
_OPERATORS = re.compile(rf"(?P<skipped>{IRI}|{NO_CODE})|(?P<path>[+^/|!])|(?P<star>\*)", re.VERBOSE | re.DOTALL)


def _short(headers: Mapping[str, str]) -> str:
    rows = headers.get(_ROWS)
    if rows is None:
        return ""
    return f"gives at most {rows} rows of an answer; ask for fewer, or raise ResultSetMaxRows in its settings"


def _unfinished(headers: Mapping[str, str]) -> str:
    if _STATE not in headers:
        return ""
    return f"gave up before the answer was complete ({headers[_STATE]}); raise MaxQueryExecutionTime in its settings"


def _mended(content: bytes) -> bytes:
    if b"boolean" not in content and b"__ask_retval" not in content.lower():
        return content
    values = json.loads(content)
    if [name.lower() for name in values["head"].get("vars", ())] == ["__ask_retval"]:
        return json.dumps({"head": {}, "boolean": bool(values["results"]["bindings"])}).encode()
    for row in values["results"]["bindings"]:
        for cell in row.values():
            if cell.get("datatype") == _BOOLEAN:
                cell["value"] = {"0": "false", "1": "true"}.get(cell["value"], cell["value"])
    return json.dumps(values).encode()


def _is_trusted(query: str) -> bool:
    words = [token.text for token in tokens(query) if token.kind == "word"]
    paths = sum(match["path"] is not None for match in _OPERATORS.finditer(query))
    stars = sum(match["star"] is not None for match in _OPERATORS.finditer(query))
    wholes = len(re.findall(r"(?i)\bselect\s+(?:distinct\s+|reduced\s+)?\*|\(\s*\*\s*\)", query))
    graphs = {kind for kind, _ in _graphs(query)}
    plain = words.count("SELECT") <= 1 and not _DOUBTED & {*words} and not paths and stars == wholes
    return plain and (graphs <= {"variable"} or graphs <= {"iri"})


def _graphs(query: str) -> list[tuple[str, str]]:
    """Return what follows each word GRAPH, and what kind of token it is."""
    return [(after.kind, after.text) for token, after in pairwise(tokens(query)) if token.is_word("GRAPH")]


def _dataset(query: str) -> Mapping[str, Sequence[str]]:
    named = [text[1:-1] for kind, text in _graphs(query) if kind == "iri"]
    return {"default-graph-uri": [MERGE.value], **({"named-graph-uri": named} if named else {})}


KIND = Kind(
    name="virtuoso",
    query="/sparql",
    update="/sparql-auth",
    graphs="/sparql-graph-crud-auth",
    merge=MERGE,
    digest=True,
    loads=True,
    names="",
    largest=60_000,
    page=5_000,
    short=_short,
    unfinished=_unfinished,
    mended=_mended,
    dataset=_dataset,
    is_trusted=_is_trusted,
)
