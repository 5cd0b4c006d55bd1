"""Terms as people write them, and back: `<IRI>`, prefixed names, literals; labels to read beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.errors import QueryError
from ssrgraph.vocabulary import PREFIXES, Dct, Rdf, Rdfs, Schema, Skos

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.store import Store

    Term = NamedNode | BlankNode | Literal

_NAME = re.compile(r"(?P<prefix>[A-Za-z][\w-]*|):(?P<local>\S*)")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|true|false")
_ABSOLUTE = re.compile(r"(https?|urn):\S+")
_OWL = "http://www.w3.org/2002/07/owl#"
_KEYWORDS = {"someValuesFrom": "some", "allValuesFrom": "only", "hasValue": "value", "maxCardinality": "max"}
_DEEPEST = 3
"""How deep restrictions within restrictions are put into words."""
_LABELS = (Skos.PREF_LABEL, Rdfs.LABEL, Schema.NAME, Dct.TITLE)


def read_term(text: str, prefixes: Mapping[str, str]) -> Term:
    """Read a term: `<IRI>`, a prefixed name, `a`, `_:label`, a quoted literal, a number, or else a plain text.

    >>> read_term("ssr:funder", {"ssr": "https://w3id.org/ssrgraph/ontology#"}).value
    'https://w3id.org/ssrgraph/ontology#funder'

    Raises:
        QueryError: It cannot be read, or its prefix is not known.
    """
    try:
        found = _plain_term(text, prefixes)
    except (ValueError, TypeError, SyntaxError) as error:
        raise QueryError(text, "is no term; write <IRI>, a prefixed name or a literal") from error
    if found is not None:
        return found
    name = _NAME.fullmatch(text)
    if name is None:
        return Literal(text)
    if name["prefix"] not in prefixes:
        raise QueryError(text, f"the prefix {name['prefix']}: is not known")
    try:
        return NamedNode(prefixes[name["prefix"]] + name["local"])
    except ValueError as error:
        raise QueryError(text, "makes no IRI") from error


def _plain_term(text: str, prefixes: Mapping[str, str]) -> Term | None:
    """Return the term of a text that is not a prefixed name."""
    if text.startswith("<") and text.endswith(">"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    if text.startswith(('"', "'")) or _NUMBER.fullmatch(text):
        return _literal(text, prefixes)
    if text == "a" or _ABSOLUTE.fullmatch(text):
        return NamedNode(Rdf.TYPE if text == "a" else text)
    return None


def _literal(text: str, prefixes: Mapping[str, str]) -> Term:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    (quad,) = parse(f"{head}<s:s> <p:p> {text} .".encode(), format=RdfFormat.TURTLE)
    if not isinstance(quad.object, Literal):
        raise TypeError(text)
    return quad.object


def shown(term: Term | Triple, prefixes: Mapping[str, str]) -> str:
    """Return a term as it can be read again, as short as the prefixes allow."""
    if not isinstance(term, NamedNode):
        return _with_short_datatype(str(term), prefixes)
    best = max((iri for iri in prefixes.values() if term.value.startswith(iri)), key=len, default=None)
    if best is None or not re.fullmatch(r"[^\s<>]+", term.value[len(best) :]):
        return str(term)
    name = next(name for name, iri in prefixes.items() if iri == best)
    return f"{name}:{term.value[len(best) :]}"


def _with_short_datatype(text: str, prefixes: Mapping[str, str]) -> str:
    words, mark, datatype = text.rpartition("^^<")
    for name, iri in prefixes.items() if mark else ():
        if datatype.startswith(iri):
            return f"{words}^^{name}:{datatype.removeprefix(iri).removesuffix('>')}"
    return text


def label(store: Store, term: object) -> str:
    """Return what people call a resource: its label, in English if it has one; "" for what has none.

    A restriction is called what it says, in the words of the Manchester syntax: `funder of some funding claim`.
    """
    if not isinstance(term, NamedNode | BlankNode):
        return ""
    for predicate in _LABELS:
        texts = [one for one in _objects(store, term, predicate) if isinstance(one, Literal)]
        if texts:
            return min(texts, key=lambda one: (one.language not in {"en", None}, len(one.value), one.value)).value
    return _restriction(store, term) if isinstance(term, BlankNode) else ""


def _restriction(store: Store, node: BlankNode, depth: int = 0) -> str:
    found = ((keyword, _objects(store, node, f"{_OWL}{name}")) for name, keyword in _KEYWORDS.items())
    on = _objects(store, node, f"{_OWL}onProperty")
    parts = next(((keyword, fillers[0]) for keyword, fillers in found if fillers), None)
    if parts is None or not on:
        return ""
    filler = parts[1]
    if isinstance(filler, BlankNode):
        within = _restriction(store, filler, depth + 1) if depth < _DEEPEST else ""
        return f"{_called(store, on[0])} {parts[0]} ({within})" if within else ""
    return f"{_called(store, on[0])} {parts[0]} {_called(store, filler)}"


def _called(store: Store, term: Term) -> str:
    return label(store, term) or shown(term, PREFIXES)


def _objects(store: Store, subject: NamedNode | BlankNode, predicate: str) -> list[Term]:
    found = {one.object for one in store.match(subject, NamedNode(predicate), None)}
    return sorted((one for one in found if not isinstance(one, Triple)), key=str)
