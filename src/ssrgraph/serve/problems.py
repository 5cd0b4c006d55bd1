"""What can go wrong with a request, and the one shape in which a client reads it (RFC 9457)."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"
_POSITION = re.compile(r"^(?:Parser )?error at (?:line )?(\d+)(?::| column )(\d+):?\s*")
_EXPECTED = re.compile(r"expected (?:one of )?")
_TOKEN = re.compile(r""""(?:\\.|[^"\\])*"|\[(?:'(?:\\.[^']*|[^'\\]*)'|[^\]'])*\]|[^,\s][^,]*""")
"""A token that a parser expected: a text in quotes, a class of characters in brackets, or a name."""
_TOKENS = 16


class Problem(Exception):  # noqa: N818 -- the word of the specification
    """A request that cannot be answered as it was meant.

    Args:
        status: The HTTP status.
        code: What went wrong, in one word for programs, such as `query-timeout`.
        detail: The same for people, in a sentence or two, with what can be done.
        line: The line of the query or body where it lies, from 1 on.
        column: The column there, from 1 on.
        headers: Further headers of the answer, such as `Allow`.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        line: int | None = None,
        column: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.line = line
        self.column = column
        self.headers = dict(headers or {})

    def members(self) -> dict[str, object]:
        """Return the problem as the members of a JSON object."""
        place = {"line": self.line, "column": self.column}
        return {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **{name: value for name, value in place.items() if value is not None},
        }

    def response(self) -> Response:
        """Return the answer that tells it."""
        body = f"{json.dumps(self.members(), ensure_ascii=False, indent=1)}\n".encode()
        headers = {"cache-control": "no-store", **self.headers}
        return Response(body, status_code=self.status, headers=headers, media_type=MEDIA_TYPE)


def unreadable(code: str, message: str, *, status: int = 400) -> Problem:
    """Return the problem of a text that a parser does not read, with the line and column that it names.

    >>> unreadable("query-syntax", "error at 1:10: expected one of GRAPH").members()["column"]
    10
    """
    flat = " ".join(message.split())
    match = _POSITION.match(flat)
    if match is None:
        return Problem(status, code, flat)
    row, column = int(match[1]), int(match[2])
    detail = f"Line {row}, column {column}: {_readable(flat[match.end() :])}"
    return Problem(status, code, detail, line=row, column=column)


def _readable(words: str) -> str:
    r"""Return what a parser expected without its classes of characters, which tell people nothing.

    >>> _readable("expected one of \"[\", '0', GRAPH, ['0' ..= '9' | '\\u{00B7}'], [_]")
    'expected one of "[", \'0\', GRAPH, …'
    >>> _readable("expected [_]")
    'expected something else'
    """
    match = _EXPECTED.match(words)
    if match is None:
        return words
    found = [one.strip() for one in _TOKEN.findall(words[match.end() :])]
    tokens = [one for one in found if one and not one.startswith("[")]
    if not tokens:
        return "expected something else"
    more = ", …" if len(tokens) > _TOKENS or len(tokens) < len(found) else ""
    return f"expected {'one of ' if more or len(tokens) > 1 else ''}{', '.join(tokens[:_TOKENS])}{more}"


def not_acceptable(offered: tuple[str, ...]) -> Problem:
    """Return the problem of a client that accepts nothing of what there is."""
    return Problem(406, "not-acceptable", f"This can be had as {', '.join(offered)}.")


def method_not_allowed(*allowed: str) -> Problem:
    """Return the problem of a method that a resource does not know."""
    names = ", ".join(allowed)
    return Problem(405, "method-not-allowed", f"Use {names}.", headers={"allow": names})
