"""The SPARQL 1.1 Protocol: from a request to the operation that it asks for. No input or output happens here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ssrgraph.serve import negotiation
from ssrgraph.serve.problems import Problem, method_not_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the protocol looks at of an HTTP request.

    Attributes:
        method: The method; HEAD counts as GET.
        address: The parameters of the address.
        content_type: The Content-Type header.
        body: The body.
    """

    method: str
    address: Pairs
    content_type: str | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A query or an update.

    Attributes:
        text: Its text.
        default_graphs: The graphs whose merge is its default graph; empty: that of the store.
        named_graphs: The graphs that `GRAPH` sees; None: all.
        format: The name of the format that the address asks for, a convenience of this server.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] | None = None
    format: str | None = None


def pairs(query_string: bytes) -> Pairs:
    """Return the parameters of an address or a form.

    Raises:
        Problem: They are not in UTF-8.
    """
    try:
        return tuple(parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise _not_in_utf8() from error
    except ValueError as error:
        raise Problem(400, "parameters", "There are too many parameters.") from error


def decoded(text: bytes) -> str:
    """Return the text of a query that came in an address.

    Raises:
        Problem: It is not in UTF-8.
    """
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_in_utf8() from error


def _not_in_utf8() -> Problem:
    return Problem(400, "encoding", "The parameters are not in UTF-8, percent-encoded.")


def query_of(request: Request) -> Operation | None:
    """Return the query that a request holds; None for a request by GET without one.

    Raises:
        Problem: It holds none, or more than one, or in the wrong way.
    """
    if request.method in {"GET", "HEAD"}:
        if any(name == "update" for name, _ in request.address):
            raise Problem(400, "update-by-get", "An update is sent by POST to /update.")
        return _operation(request.address, "query") if _has(request.address, "query") else None
    return _posted(request, "query", QUERY)


def update_of(request: Request) -> Operation:
    """Return the update that a request holds.

    Raises:
        Problem: It holds none, or more than one, or in the wrong way.
    """
    return _posted(request, "update", UPDATE)


def _posted(request: Request, name: str, direct: str) -> Operation:
    if request.method != "POST":
        raise method_not_allowed("POST") if name == "update" else method_not_allowed("GET", "HEAD", "POST", "OPTIONS")
    sent = negotiation.media_type(request.content_type)
    if negotiation.parameter(request.content_type, "charset") not in {None, "utf-8", "utf8", "us-ascii"}:
        raise Problem(415, "encoding", "Send it in UTF-8.")
    if sent == FORM:
        form = pairs(request.body)
        if not _has(form, name) and not _has(request.address, name):
            raise Problem(400, f"no-{name}", f"The form has no parameter `{name}`.")
        return _operation((*request.address, *form), name)
    if sent == direct:
        try:
            text = request.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Problem(400, "encoding", f"The {name} is not in UTF-8.") from error
        if _has(request.address, name):
            raise Problem(400, f"several-{name}", f"There is one {name} in the address and one in the body; send one.")
        return _operation((*request.address, (name, text)), name)
    raise Problem(
        415, "media-type", f"Send the {name} as {FORM} or {direct}.", headers={"accept-post": f"{FORM}, {direct}"}
    )


def _operation(given: Pairs, name: str) -> Operation:
    values: Mapping[str, list[str]] = _grouped(given)
    texts = values.get(name, [])
    if len(texts) != 1:
        raise Problem(400, f"several-{name}", f"There are {len(texts)} parameters `{name}`; send one.")
    kind = "" if name == "query" else "using-"
    default = "default-graph-uri" if name == "query" else "using-graph-uri"
    named = f"{kind}named-graph-uri"
    formats = values.get("format", [])
    return Operation(
        text=texts[0],
        default_graphs=_unique(values.get(default, ())),
        named_graphs=_unique(values[named]) if named in values else None,
        format=formats[0] if formats else None,
    )


def _grouped(given: Pairs) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    return values


def _unique(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _has(given: Pairs, name: str) -> bool:
    return any(each == name for each, _ in given)
