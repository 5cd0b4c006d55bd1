"""The ontology, its schemes and code lists as pages for people, made from their own files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, parse

from ssrgraph.graph import ontology_quads
from ssrgraph.query.terms import label, shown
from ssrgraph.resources import shipped
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import BASE, ONTOLOGY, PREFIXES, SCHEMES, Dct, Rdf, Rdfs, Skos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store import Store

TEMPLATES = Path(__file__).parent / "templates"
"""Where the part of a page lies that every page of a vocabulary shares."""

_OWL, _RDF, _RDFS, _SKOS = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos"))
_NAMES = {
    f"{_RDFS}subClassOf": "is a kind of",
    f"{_OWL}equivalentClass": "is the same as",
    f"{_RDFS}subPropertyOf": "is a kind of",
    f"{_RDFS}domain": "is said of",
    f"{_RDFS}range": "has as its value",
    f"{_OWL}inverseOf": "is the inverse of",
    f"{_OWL}propertyChainAxiom": "follows from",
    f"{_SKOS}closeMatch": "is near to",
    f"{_SKOS}narrowMatch": "is wider than",
    f"{_SKOS}relatedMatch": "is related to",
    f"{_SKOS}notation": "is printed as",
}
"""What the pages call what is said of a term, in their order."""
_CLASSES, _OBJECTS, _DATA, _NOTES = "Classes", "Relations", "Values", "Annotations"
_SECTIONS = {
    f"{_OWL}Class": _CLASSES,
    f"{_OWL}ObjectProperty": _OBJECTS,
    f"{_OWL}DatatypeProperty": _DATA,
    f"{_OWL}AnnotationProperty": _NOTES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something that is named, with where it leads.

    Attributes:
        text: What it is called.
        href: Its address; empty where it has none.
    """

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class, a property or a concept.

    Attributes:
        iri: Its IRI.
        anchor: Its name on the page: what its IRI has behind the `#`.
        label: What people call it.
        definition: What it means.
        traits: What kind of property it is: transitive, functional.
        facts: What else is said of it: the words for it, and the values.
        notes: Remarks.
    """

    iri: str
    anchor: str
    label: str
    definition: str
    traits: tuple[str, ...]
    facts: tuple[tuple[str, tuple[Reference, ...]], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The ontology, a scheme or a code list.

    Attributes:
        iri: Its IRI.
        title: Its name.
        description: What it is for.
        about: What else is known of it: licence, version, source.
        sections: Its terms by kind, each in the order of their labels.
        others: The other vocabularies.
    """

    iri: str
    title: str
    description: str
    about: tuple[tuple[str, tuple[Reference, ...]], ...]
    sections: tuple[tuple[str, tuple[Term, ...]], ...]
    others: tuple[Reference, ...]


def paths() -> tuple[str, ...]:
    """Return the paths of all vocabularies, behind the base of the project's IRIs."""
    lists = sorted(path.stem for path in (shipped("ontology") / "codelists").glob("*.ttl"))
    return ("ontology", *(f"scheme/{name}" for name in SCHEMES), *(f"codelist/{name}" for name in lists))


def document(path: str, *, root: str = BASE) -> Vocabulary | None:
    """Return what a page shows of a vocabulary; None if there is none at this path.

    Args:
        path: Its path, such as `ontology` or `scheme/bound`.
        root: What links to the project's own terms begin with, instead of the base of their IRIs.
    """
    if path not in paths():
        return None
    return _Reader(_files(), root).vocabulary(path)


@cache
def _files() -> Store:
    """Return what the files say; they are read once in the life of a process."""
    store = MemoryStore(BASE)
    store.replace_graph(NamedNode(f"{BASE}graph/ontology"), [quad.triple for quad in ontology_quads()])
    folder = shipped("ontology")
    for file in [folder / "alignment.ttl", *sorted((folder / "codelists").glob("*.ttl"))]:
        store.replace_graph(NamedNode(f"{BASE}graph/{file.stem}"), [quad.triple for quad in parse(path=file)])
    return store


class _Reader:
    def __init__(self, store: Store, root: str) -> None:
        self._store = store
        self._root = root

    def vocabulary(self, path: str) -> Vocabulary:
        node = NamedNode(BASE + path)
        found: dict[str, list[Term]] = {}
        for term in self._terms(node):
            found.setdefault(self._section(term), []).append(self._term(term))
        order = [*_SECTIONS.values(), "Concepts"]
        sections = [(name, tuple(sorted(found[name], key=lambda term: term.label))) for name in order if name in found]
        others = (NamedNode(BASE + other) for other in paths() if other != path)
        return Vocabulary(
            iri=node.value,
            title=self._text(node, Dct.TITLE) or self._text(node, Skos.PREF_LABEL),
            description=self._text(node, Dct.DESCRIPTION) or self._text(node, f"{_SKOS}definition"),
            about=tuple(self._about(node)),
            sections=tuple(sections),
            others=tuple(Reference(text=self._called(other), href=self._href(other)) for other in others),
        )

    def _terms(self, node: NamedNode) -> set[NamedNode]:
        predicate = f"{_RDFS}isDefinedBy" if node.value == ONTOLOGY else f"{_SKOS}inScheme"
        found = {triple.subject for triple in self._store.match(None, NamedNode(predicate), node)}
        return {term for term in found if isinstance(term, NamedNode)}

    def _section(self, term: NamedNode) -> str:
        types = {one.value for one in self._values(term, Rdf.TYPE) if isinstance(one, NamedNode)}
        return next((name for iri, name in _SECTIONS.items() if iri in types), "Concepts")

    def _term(self, term: NamedNode) -> Term:
        types = (one.value.removeprefix(_OWL) for one in self._values(term, Rdf.TYPE) if isinstance(one, NamedNode))
        plain = {"ObjectProperty", "DatatypeProperty", "AnnotationProperty"}
        return Term(
            iri=term.value,
            anchor=term.value.partition("#")[2],
            label=label(self._store, term),
            definition=self._text(term, f"{_SKOS}definition"),
            traits=tuple(sorted(one[:-8].lower() for one in types if one.endswith("Property") and one not in plain)),
            facts=tuple(self._facts(term)),
            notes=tuple(
                one.value
                for name in ("scopeNote", "editorialNote")
                for one in self._values(term, f"{_SKOS}{name}")
                if isinstance(one, Literal)
            ),
        )

    def _facts(self, term: NamedNode) -> Iterator[tuple[str, tuple[Reference, ...]]]:
        for predicate, words in _NAMES.items():
            values = self._values(term, predicate)
            if values:
                yield words, tuple(self._reference(value) for value in values)
        kinds = self._store.match(None, NamedNode(f"{_RDFS}subClassOf"), term)
        whoever = sorted(label(self._store, one.subject) for one in kinds if isinstance(one.subject, BlankNode))
        if whoever:
            yield "is whatever is", tuple(Reference(text=words) for words in whoever)

    def _about(self, node: NamedNode) -> Iterator[tuple[str, tuple[Reference, ...]]]:
        for words, predicate in (
            ("Version", f"{_OWL}versionInfo"),
            ("Licence", Dct.LICENSE),
            ("Source", Dct.SOURCE),
            ("See also", Rdfs.SEE_ALSO),
        ):
            values = self._values(node, predicate)
            if values:
                yield words, tuple(self._reference(value) for value in values)

    def _reference(self, value: object) -> Reference:
        if isinstance(value, NamedNode):
            return Reference(text=self._called(value), href=self._href(value))
        if isinstance(value, BlankNode):
            return Reference(text=label(self._store, value) or ", then ".join(self._chain(value)))
        return Reference(text=str(getattr(value, "value", value)))

    def _chain(self, node: object) -> Iterator[str]:
        """Yield what the members of a list are called."""
        while isinstance(node, BlankNode):
            (first,), (rest,) = self._values(node, f"{_RDF}first"), self._values(node, f"{_RDF}rest")
            yield self._called(first)
            node = rest

    def _called(self, term: object) -> str:
        return label(self._store, term) or shown(term, PREFIXES).strip("<>")  # type: ignore[arg-type]  # A term.

    def _href(self, node: NamedNode) -> str:
        if node.value.startswith(BASE):
            return self._root + node.value.removeprefix(BASE)
        return node.value if node.value.startswith(("http://", "https://")) else ""

    def _text(self, node: NamedNode, predicate: str) -> str:
        return next((one.value for one in self._values(node, predicate) if isinstance(one, Literal)), "")

    def _values(self, node: NamedNode | BlankNode, predicate: str) -> list[object]:
        return sorted({one.object for one in self._store.match(node, NamedNode(predicate), None)}, key=str)


def page(path: str = "ontology") -> bytes:
    """Return a vocabulary as a page that stands on its own.

    Raises:
        KeyError: There is no vocabulary at this path.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 -- only where it is used

    found = document(path)
    if found is None:
        raise KeyError(path)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("standalone.html").render(page=found).encode()
