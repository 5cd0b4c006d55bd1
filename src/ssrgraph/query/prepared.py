"""Answers to saved queries that were made ahead of being asked for: files beside a store, for one state of it.

An answer is found by the text of its query with the defaults of its parameters put in, by what writes it, and by the
state of the store, whose name the folder bears (`Store.prepared`): so it is never that of another query or another
state. A file that is not whole is as if it were not there. A parameter that only leaves rows out, as the header's
`narrows` says of it, is looked up in the whole answer, by the query's own FILTER.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from functools import cache
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions

from ssrgraph import __version__
from ssrgraph.query import parameters
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ssrgraph.query.catalogue import SavedQuery
    from ssrgraph.store import Store

    Terms = Mapping[str, NamedNode | Literal]

_FORM = QueryResultsFormat.TSV
"""How answers are kept: it holds all of a term, is small, and is read quickly."""
_MARK = b"ssrgraph answer 1 "
_DIGEST = 32
_HEAD = len(_MARK) + 2 * _DIGEST + 1
_ENDING = ".tsv"
_LINE = re.compile(r"FILTER \((?P<condition>\?(?P<parameter>\w+)\b.*)\)")
"""A FILTER that begins with a parameter, on a line of its own."""
_MOST_VALUES = 1_000_000
"""How many different values a condition is looked up for."""


class TooLargeError(Exception):
    """An answer that has more bytes than it may."""


def whole(query: SavedQuery) -> str | None:
    """Return the text of a query with the defaults of its parameters; None if one has no default."""
    terms = _defaults(query)
    return None if terms is None else parameters.bind(query.text, terms)


def path(folder: Path, query: SavedQuery) -> Path | None:
    """Return where the whole answer to a query is, or would be, in the folder of a state; None if it cannot be made."""
    text = whole(query)
    if text is None:
        return None
    about = json.dumps([text, PREFIXES, __version__, pyoxigraph.__version__], sort_keys=True)
    return folder / f"{query.name}-{hashlib.blake2b(about.encode(), digest_size=12).hexdigest()}{_ENDING}"


def answer(store: Store, query: SavedQuery, terms: Terms) -> QuerySolutions | None:
    """Return the answer to a saved query as it was made ahead; None if it was not, and must be asked for.

    Args:
        store: The store, in the state that is asked about.
        query: The query.
        terms: What is put in the place of its parameters, and of other variables.
    """
    defaults = _defaults(query)
    if store.prepared is None or defaults is None:
        return None
    set_ = {name: term for name, term in terms.items() if defaults.get(name) != term}
    if any(name not in _conditions(query) for name in set_):
        return None
    kept = path(store.prepared, query)
    body = None if kept is None else read(kept)
    if body is not None and set_:
        body = _narrowed(body, query, set_)
    if body is None:
        return None
    found = pyoxigraph.parse_query_results(body, format=_FORM)
    return found if isinstance(found, QuerySolutions) else None


def read(kept: Path) -> bytes | None:
    """Return the bytes of an answer; None if it is not there whole."""
    try:
        content = kept.read_bytes()
    except OSError:
        return None
    body = memoryview(content)[_HEAD:]
    return bytes(body) if content[:_HEAD] == _head(hashlib.blake2b(body, digest_size=_DIGEST).hexdigest()) else None


def keep(kept: Path, solutions: QuerySolutions, *, most: int) -> int:
    """Write an answer, whole or not at all; return its bytes. Nobody else must write it meanwhile.

    Args:
        kept: Where.
        solutions: The answer; it is read here.
        most: Bytes that it may have.

    Raises:
        TooLargeError: It has more.
        OSError: It cannot be written.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}.new")
    try:
        with fresh.open("wb") as file:
            sink = _Sink(file, most)
            file.write(_head("0" * 2 * _DIGEST))
            try:
                solutions.serialize(cast("IO[bytes]", sink), _FORM)
            except Exception:  # The engine may wrap what the sink raises; all else goes on as it is.
                if sink.size > most:
                    raise TooLargeError from None
                raise
            file.seek(0)
            file.write(_head(sink.hash.hexdigest()))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(kept)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    return sink.size


class _Sink:
    """Writes on, counts, and stops at too much."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = most
        self.size = 0
        self.hash = hashlib.blake2b(digest_size=_DIGEST)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._most:
            raise TooLargeError
        self.hash.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        """Leave it to the file."""


def _head(digest: str) -> bytes:
    return _MARK + digest.encode() + b"\n"


def _defaults(query: SavedQuery) -> dict[str, NamedNode | Literal] | None:
    terms = {}
    for each in query.parameters:
        if each.default is None:
            return None
        terms[each.name] = parameters.term(each.default, text=each.is_text)
    return terms


def condition(query: SavedQuery, parameter: str) -> str:
    """Return what a parameter that narrows asks of a row of the whole answer, as SPARQL.

    Raises:
        KeyError: It narrows nothing.
    """
    return _conditions(query)[parameter]


def _conditions(query: SavedQuery) -> Mapping[str, str]:
    """Return the conditions that parameters put on the rows of the whole answer, by parameter."""
    return _conditions_of(query.text, query.narrowing)


@cache
def _conditions_of(text: str, names: tuple[str, ...]) -> Mapping[str, str]:
    found = {match["parameter"]: match["condition"] for match in _LINE.finditer(text)}
    return {name: found[name] for name in names}


def _narrowed(body: bytes, query: SavedQuery, terms: Terms) -> bytes | None:
    """Return the rows of a whole answer for which the conditions of parameters hold; None if that takes too long."""
    head, _, rest = body.partition(b"\n")
    columns = [name.removeprefix("?") for name in head.decode().split("\t")]
    lines = rest.split(b"\n")[:-1]
    for name, term in terms.items():
        asked_for = parameters.bind(condition(query, name), {name: term})
        asked = sorted(parameters.variables(asked_for))
        places = [columns.index(each) for each in asked]
        cells = [tuple(cells[place] for place in places) for cells in (line.split(b"\t") for line in lines)]
        good = _satisfying(asked_for, asked, cells)
        if good is None:
            return None
        lines = [line for line, values in zip(lines, cells, strict=True) if values in good]
    return b"\n".join((head, *lines, b""))


def _satisfying(asked_for: str, names: list[str], cells: list[tuple[bytes, ...]]) -> set[tuple[bytes, ...]] | None:
    """Return those of the values for which a condition holds; cells are terms as SPARQL writes them, too."""
    values = list(dict.fromkeys(cells))
    if len(values) > _MOST_VALUES:
        return None
    rows = "\n".join(f"({number} {_row(each)})" for number, each in enumerate(values))
    heads = " ".join(f"?{name}" for name in names)
    text = f"SELECT ?_number {{ VALUES (?_number {heads}) {{ {rows} }} FILTER ({asked_for}) }}"
    found = pyoxigraph.Store().query(text, prefixes=PREFIXES)
    return {values[int(row[0].value)] for row in cast("QuerySolutions", found)}


def _row(cells: tuple[bytes, ...]) -> str:
    return " ".join(cell.decode() or "UNDEF" for cell in cells)
