"""How the reconciliation service tells of entities: their types, properties and values, with names to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QuerySolutions

from ssrgraph.graph.assertions import ENTITY_CLASS
from ssrgraph.matching.reading import COUNTRY
from ssrgraph.query.results import is_number, plain
from ssrgraph.query.terms import label, shown
from ssrgraph.serve.reconcile_requests import expanded
from ssrgraph.vocabulary import ONTOLOGY, PREFIXES, Dct, Schema, Skos, Ssr, SsrClass, Xsd

if TYPE_CHECKING:
    from ssrgraph.matching import Candidate, Graph
    from ssrgraph.store import Store

    Json = dict[str, Any]

_OWN = f"{ONTOLOGY}#"
_HIDDEN = frozenset({Ssr.EVIDENCE.value, Ssr.MENTION.value, Ssr.READ_BY.value})
_OTHERS = frozenset(
    {*map(str, (Skos.PREF_LABEL, Skos.ALT_LABEL, Dct.IDENTIFIER, Dct.SOURCE, Schema.CONTAINED_IN_PLACE))}
)
_CLASSES = tuple(
    dict.fromkeys(
        (
            *map(str, ENTITY_CLASS.values()),
            SsrClass.COUNTRY.value,
            SsrClass.INTERNATIONAL_ORGANIZATION.value,
            SsrClass.ARMED_GROUP.value,
            SsrClass.DONOR.value,
            SsrClass.RECIPIENT.value,
            SsrClass.TRAINING_PROVIDER.value,
        )
    )
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LAST = re.compile(r"[#/:]")
_NAMES_SHOWN = 3
_PROPERTIES = """
SELECT ?property (COUNT(*) AS ?n) WHERE { ?entity %s ?property ?value . FILTER (STRSTARTS(STR(?entity), "%s")) }
GROUP BY ?property ORDER BY DESC(?n) ?property
"""


class Described:
    """The entities of a store, told in words.

    Args:
        store: The store.
        graph: Its entities.
    """

    def __init__(self, store: Store, graph: Graph) -> None:
        self._store = store
        self.graph = graph
        self._names: dict[str, str] = {}  # No cache of a method: its cycle would hold the store after its time.

    def short(self, iri: str) -> str:
        """Return the prefixed name of a class or property; what is no IRI stays as it is."""
        try:
            return shown(NamedNode(iri), PREFIXES)
        except ValueError:
            return iri

    def types(self) -> list[Json]:
        """Return the classes that entities can be asked for."""
        return [self._type(each) for each in _CLASSES]

    def types_of(self, candidate: Candidate) -> list[Json]:
        """Return the classes of an entity, those of them that can be asked for."""
        return [self._type(each) for each in _CLASSES if each in candidate.types]

    def about(self, candidate: Candidate) -> str:
        """Return what tells an entity from others of its name: its kind, its state, other names."""
        kinds = [self._name(each.value) for each in self.graph.objects(candidate.id, Ssr.KIND)]
        states = [self._name(each) for each in self.graph.countries(candidate.id) if each != candidate.id]
        names = dict.fromkeys(name.text for name in candidate.names if name.text != candidate.label)
        also = [f"also {', '.join(list(names)[:_NAMES_SHOWN])}"] if names else []
        return " · ".join([*kinds, *states, *also])

    def properties(self, type_: str) -> list[Json]:
        """Return the properties that entities have, all or those of a class, the usual ones first."""
        try:
            pattern = f"a {NamedNode(expanded(type_))} ;" if type_ else ""
        except ValueError:
            return []
        answer = self._store.query(_PROPERTIES % (pattern, self.graph.space), prefixes=PREFIXES)
        assert isinstance(answer, QuerySolutions)  # noqa: S101 -- a SELECT
        found = [str(getattr(row["property"], "value", "")) for row in answer]
        kept = [each for each in found if each in _OTHERS or (each.startswith(_OWN) and each not in _HIDDEN)]
        names = [{"id": self.short(each), "name": self.property_name(each)} for each in kept]
        return [*names, {"id": COUNTRY, "name": self.property_name(COUNTRY)}] if names else []

    def property_name(self, name: str) -> str:
        """Return what a property is called."""
        return "country" if name == COUNTRY else self._name(expanded(name))

    def values(self, iri: str, name: str, limit: int) -> list[Json]:
        """Return the values of a property as the specification writes them; with a limit, the first ones."""
        if iri not in self.graph.by_id:
            return []
        if name == COUNTRY:
            nodes: list[NamedNode | Literal] = [NamedNode(each) for each in self.graph.countries(iri)]
        else:
            nodes = self.graph.objects(iri, expanded(name))
        return [self._value(each) for each in (nodes[:limit] if limit else nodes)]

    def _value(self, term: NamedNode | Literal) -> Json:
        if isinstance(term, NamedNode):
            known = self.graph.by_id.get(term.value)
            if known is None:
                return {"str": self._name(term.value)}
            return {"id": term.value.removeprefix(self.graph.space), "name": known.label}
        if term.datatype.value == Xsd.DATE:
            return {"date": f"{term.value[:10]}T00:00:00Z"}
        if is_number(term):
            written = plain(term)
            return {"int": int(written)} if written.lstrip("-").isdecimal() else {"float": float(written)}
        return {"str": term.value}

    def _type(self, iri: str) -> Json:
        return {"id": self.short(iri), "name": self._name(iri)}

    def _name(self, iri: str) -> str:
        if iri not in self._names:
            try:
                self._names[iri] = label(self._store, NamedNode(iri)) or _in_words(iri)
            except ValueError:
                self._names[iri] = iri
        return self._names[iri]


def _in_words(iri: str) -> str:
    """Return the last part of an IRI in words, for what has no label.

    >>> _in_words("http://www.w3.org/2004/02/skos/core#prefLabel")
    'pref label'
    """
    return _CAMEL.sub(" ", _LAST.split(iri.rstrip("/#"))[-1]).lower() or iri
