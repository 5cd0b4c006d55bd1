"""Trusty URIs of RDF (module RA): the name of a set of quads holds the digest of what they say.

The digest is taken of the quads in a normal form in which the name itself is left out, so that whoever has the quads
can compute it anew; see https://trustyuri.net. There must be no blank nodes.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACE = "the-code-stands-here"
"""What stands in IRIs in place of the code until it is known."""

_IRI, _LITERAL = 0, 1


def trusty_code(quads: Iterable[Quad], place: str = PLACE) -> str:
    """Return the code of quads in whose IRIs `place` stands where the code will.

    >>> this = NamedNode("https://example.org/np/the-code-stands-here")
    >>> len(trusty_code([Quad(this, NamedNode("https://example.org/p"), Literal("x"), this)]))
    45

    Raises:
        ValueError: There is a blank node or a triple term among them.
    """
    lines = sorted({_line(quad, place) for quad in quads})
    text = "".join(f"{graph}\n{subject}\n{predicate}\n{written}\n" for graph, subject, predicate, *_, written in lines)
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"RA{digest.rstrip('=')}"


def with_code(quads: Iterable[Quad], code: str, place: str = PLACE) -> list[Quad]:
    """Return quads with the code in its place."""

    def named(term: Any) -> Any:  # noqa: ANN401 -- a term of any kind comes and goes
        return NamedNode(term.value.replace(place, code)) if isinstance(term, NamedNode) else term

    return [
        Quad(named(quad.subject), named(quad.predicate), named(quad.object), named(quad.graph_name)) for quad in quads
    ]


def _line(quad: Quad, place: str) -> tuple[str, str, str, int, str, str, str, str]:
    """Return a quad as the normal form orders it (IRIs before literals, by value, datatype, language) and writes it."""
    where = tuple(_iri(term, place) for term in (quad.graph_name, quad.subject, quad.predicate))
    return (*where, *_object(quad.object, place))  # type: ignore[return-value]  # Three terms are three.


def _object(term: object, place: str) -> tuple[int, str, str, str, str]:
    if not isinstance(term, Literal):
        iri = _iri(term, place)
        return (_IRI, iri, "", "", iri)
    escaped = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    if term.language is not None:
        return (_LITERAL, term.value, "", term.language, f"@{term.language.lower()} {escaped}")
    return (_LITERAL, term.value, term.datatype.value, "", f"^{term.datatype.value} {escaped}")


def _iri(term: object, place: str) -> str:
    if not isinstance(term, NamedNode):
        message = f"has no name that could be written: {term}"
        raise ValueError(message)  # noqa: TRY004 -- what is wrong is the value, of one of the types of terms
    return term.value.replace(place, " ")
