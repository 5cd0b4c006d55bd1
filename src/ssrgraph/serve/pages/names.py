"""Terms of the graph as people read them: labels instead of IRIs, and the page behind each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlencode

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ssrgraph.query.results import is_number, plain
from ssrgraph.query.syntax import prefixes_with
from ssrgraph.query.terms import label, shown
from ssrgraph.serve.formats import TRIPLES
from ssrgraph.serve.pages import figures
from ssrgraph.serve.pages.parts import Link
from ssrgraph.vocabulary import Oa, Rdf, Schema, Ssr, Xsd

if TYPE_CHECKING:
    from ssrgraph.store import Store

    Term = NamedNode | BlankNode | Literal | Triple

_DATA = {"Turtle": TRIPLES["turtle"], "JSON-LD": TRIPLES["jsonld"], "N-Triples": TRIPLES["ntriples"]}
_PATHS = ("id/", "claim/", "document/", "software/")
_DATES = frozenset({Xsd.DATE.value, Xsd.G_YEAR.value, Xsd.G_YEAR_MONTH.value})
_LONGEST = 300
_LINE = 80
_LOOKED_AT = 5_000
"""Characters of a text among which its first sentence is looked for."""
_WORDS = 8
_BREAK = re.compile(r"\n[ \t]*\n")
_SENTENCE = re.compile(r"[.!?][”\"’')]*$|[.!?][”\"’')]* ")
_FIRST = f"{Rdf.TYPE.removesuffix('type')}first"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Names:
    """Labels and addresses of terms; each label is looked up once.

    Args:
        store: Where the labels stand.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels: dict[NamedNode | BlankNode, str] = {}
        self.base = store.info.base_iri
        self.prefixes = prefixes_with(self.base)

    def label(self, term: Term) -> str:
        """Return what a term is called; the last part of its IRI where it has no label."""
        if isinstance(term, Literal):
            return _of_literal(term)
        if isinstance(term, Triple):
            return " ".join(self.label(part) for part in term)
        if term not in self._labels:
            found = label(self._store, term) or self._described(term) or _local_name(term)
            self._labels[term] = " ".join(found.split())
        return self._labels[term]

    def _described(self, term: NamedNode | BlankNode) -> str:
        """Return what is told of something without a name: a claim's words, a text's first ones, that a list is one."""
        if isinstance(term, BlankNode):
            return "a list" if self._first(term, _FIRST) else ""
        kind, _, rest = term.value.removeprefix(self.base).partition("/")
        match kind if term.value.startswith(self.base) else "":
            case "claim":
                return self._quoted(term)
            case "document":
                text = self._first(term, Schema.TEXT)
                return first_words(text.value) if isinstance(text, Literal) else ""
            case "software":
                return f"ssrgraph {unquote(rest)}"
            case _:
                return ""

    def _quoted(self, term: NamedNode) -> str:
        """Return what a claim is called: its words."""
        words = self._first(term, Ssr.EVIDENCE)
        for selector in () if words is None else self._store.match(words, NamedNode(Oa.HAS_SELECTOR), None):  # type: ignore[arg-type]
            exact = self._first(selector.object, Oa.EXACT)
            if isinstance(exact, Literal):
                return f"the claim “{exact.value}”"
        return ""

    def _first(self, subject: object, predicate: str) -> object:
        """Return an object of a property; None where there is none."""
        found = self._store.match(subject, NamedNode(predicate), None)  # type: ignore[arg-type]
        return next((one.object for one in found), None)

    def property(self, term: NamedNode) -> str:
        """Return what a property is called, in small letters unless it is a name."""
        if term.value == Rdf.TYPE:
            return "is a"
        return _CAMEL.sub(" ", self.label(term)).lower()

    def href(self, iri: str) -> str:
        """Return the path of the page of a resource of the store; "" for anything else.

        The path is the same whatever IRI the store's resources begin with.
        """
        if not iri.startswith(self.base):
            return ""
        rest = iri[len(self.base) :]
        return f"/{quote(rest, safe=_SAFE)}" if rest.startswith(_PATHS) else ""

    def link(self, term: Term) -> Link:
        """Return a term as a link to its page, if it has one."""
        if not isinstance(term, NamedNode):
            return Link(text=_cut(self.label(term)), is_number=is_number(term))
        href = self.href(term.value)
        outside = not href and term.value.startswith(("http://www.wikidata.org/", "https://www.wikidata.org/"))
        return Link(
            text=self.label(term),
            href=term.value if outside else href,
            about=shown(term, self.prefixes),
            is_outside=outside,
        )

    def written(self, term: Term) -> str:
        """Return a term as an address holds it: so that `explain` reads it again."""
        return shown(term, self.prefixes) if isinstance(term, NamedNode) else str(term)

    def why(self, triple: Triple) -> str:
        """Return the address of the proof of a triple; "" for one that cannot be written."""
        if any(isinstance(one, BlankNode | Triple) for one in triple):
            return ""
        parts = (self.written(one) for one in triple)
        return f"/explain?{urlencode(dict(zip('spo', parts, strict=True)), quote_via=quote)}"

    def data(self, iri: str) -> tuple[Link, ...]:
        """Return links to what is known of a resource, as data."""
        return tuple(Link(text=name, href=f"{self.href(iri)}.{each.ending}") for name, each in _DATA.items())


_SAFE = "/#?&=,;:@!$'()*+~%-._"


def first_words(text: str) -> str:
    r"""Return what a text without a title is called: the beginning of its first paragraph that has a sentence.

    What stands before it is mostly of the page that the text was on; it counts where there is nothing else.

    >>> first_words("Home\n\nOn Monday, 40 officers were\ntrained  by Norway in Oslo.\n\nMore will follow.")
    '“On Monday, 40 officers were trained by Norway in Oslo.”'
    >>> first_words("Home\n\nContents")
    '“Home”'
    """
    paragraphs = [" ".join(one.split()) for one in _BREAK.split(text[:_LOOKED_AT]) if one.strip()]
    sentences = (one for one in paragraphs if _SENTENCE.search(one) and len(one.split()) >= _WORDS)
    line = next(sentences, paragraphs[0] if paragraphs else "")
    if not line:
        return ""
    return f"“{line}”" if len(line) <= _LINE else f"“{line[:_LINE].rpartition(' ')[0] or line[:_LINE]} …”"


def query_address(text: str, name: str = "") -> str:
    """Return the address of the answer to a query, in a format if one is named."""
    given = {"query": text, **({"format": name} if name else {})}
    return f"/sparql?{urlencode(given, quote_via=quote)}"


def _of_literal(term: Literal) -> str:
    if is_number(term):
        return figures.number(plain(term))
    if term.datatype.value in _DATES:
        return figures.date(term.value)
    return term.value


def _local_name(term: NamedNode | BlankNode) -> str:
    """Return the last part of an IRI, readable."""
    if isinstance(term, BlankNode):
        return "something"
    name = re.split(r"[#/]", term.value.rstrip("/#"))[-1]
    return unquote(name).replace("_", " ") or term.value


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
