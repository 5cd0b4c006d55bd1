"""The dataset clauses of a query, `FROM` and `FROM NAMED`, as far as a merge needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_CODE = r"""
      \#[^\n\r]*                                  # comment: cannot begin inside an IRI or a string, which come first
    | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''          # STRING_LITERAL_LONG1
    | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"    # STRING_LITERAL_LONG2
    | '(?:[^'\\\n\r]|\\.)*'                       # STRING_LITERAL1
    | "(?:[^"\\\n\r]|\\.)*"                       # STRING_LITERAL2
"""
"""What stands in a query without being part of its grammar, for a verbose pattern; strings and comments."""

IRI = r"""<[^<>"{}|^`\\\x00-\x20]*>"""

_CLAUSES = re.compile(
    rf"""
      (?<![\w:?$]) from \s+ (?P<named>named\s+)? (?: (?P<iri>{IRI}) | (?P<prefix>[\w-]*):(?P<local>[\w-]*) )
    | (?<![\w:?$]) prefix \s+ (?P<declared>[\w-]*): \s* (?P<namespace>{IRI})
    | {IRI} | {NO_CODE}
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The dataset that a query asks for.

    Attributes:
        query: The query without its dataset clauses, every other character in its place.
        default: The graphs whose merge is its default graph.
        named: The graphs that `GRAPH` sees.
    """

    query: str
    default: tuple[NamedNode, ...]
    named: tuple[NamedNode, ...]


def dataset_of(query: str, prefixes: Mapping[str, str] | None = None) -> Dataset | None:
    """Return the dataset of a query that names several default graphs; None for any other, and for doubtful ones."""
    names = dict(prefixes or {})
    default: list[NamedNode] = []
    named: list[NamedNode] = []
    parts, end = [], 0
    for match in _CLAUSES.finditer(query):
        if match["namespace"]:
            names[match["declared"]] = match["namespace"][1:-1]
        if match["iri"] is None and match["local"] is None:
            continue
        if match["iri"] is None and match["prefix"] not in names:
            return None
        iri = match["iri"][1:-1] if match["iri"] else names[match["prefix"]] + match["local"]
        try:
            (named if match["named"] else default).append(NamedNode(iri))
        except ValueError:  # A relative IRI: the engine resolves it.
            return None
        parts.append(query[end : match.start()] + re.sub(r"[^\n]", " ", match[0]))
        end = match.end()
    if len(default) < 2:  # noqa: PLR2004 -- one graph is its own merge
        return None
    return Dataset(query="".join(parts) + query[end:], default=tuple(default), named=tuple(named))
