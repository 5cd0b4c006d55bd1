"""The entities of a store as candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.matching.index import Index
from ssrgraph.matching.model import Candidate, Name, Role
from ssrgraph.vocabulary import Rdf, Schema, Skos, Ssr, SsrClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store import Store

COUNTRY = "country"
"""The property that is no property of the graph: the state that something belongs to, acts for, or lies in."""
_ROLES = {Skos.PREF_LABEL: Role.LABEL, Skos.ALT_LABEL: Role.ALIAS, Ssr.ABBREVIATION: Role.ABBREVIATION}
_TO_COUNTRY = (Ssr.ACTS_FOR, Schema.CONTAINED_IN_PLACE, Ssr.HOST, Ssr.PARENT)
_STEPS = 3
"""How many steps a country may be away: a part of a body that acts for it."""


class Graph:
    """The entities of a store, with their names and what they have.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.space = f"{store.info.base_iri}id/"
        self.index = Index(self._candidates())
        self.by_id = {each.id: each for each in self.index.candidates}

    def _candidates(self) -> Iterator[Candidate]:
        names: dict[NamedNode, dict[Name, None]] = {}
        for predicate, role in _ROLES.items():
            for triple in self._store.match(None, NamedNode(predicate), None):
                node, text = triple.subject, triple.object
                if isinstance(node, NamedNode) and isinstance(text, Literal) and node.value.startswith(self.space):
                    names.setdefault(node, {})[Name(text=text.value, role=role)] = None
        for node, found in sorted(names.items(), key=lambda one: one[0].value):
            # The label comes first, for its property was read first.
            label = next(iter(found)).text
            types = frozenset(each.value for each in self.objects(node.value, Rdf.TYPE) if isinstance(each, NamedNode))
            yield Candidate(id=node.value, label=label, names=tuple(found), types=types)

    def objects(self, iri: str, predicate: str) -> list[NamedNode | Literal]:
        """Return what an entity has for a property, sorted; nothing for what is no IRI."""
        try:
            subject, verb = NamedNode(iri), NamedNode(predicate)
        except ValueError:
            return []
        found = (one.object for one in self._store.match(subject, verb, None))
        return sorted((one for one in found if isinstance(one, NamedNode | Literal)), key=str)

    def values(self, candidate: Candidate, predicate: str) -> list[str]:
        """Return the values of a property, each by its IRI and all its names, or by its text."""
        if predicate == COUNTRY:
            nodes: list[NamedNode | Literal] = [NamedNode(each) for each in self.countries(candidate.id)]
        else:
            nodes = self.objects(candidate.id, predicate)
        found: dict[str, None] = {}
        for node in nodes:
            found[node.value] = None
            known = self.by_id.get(node.value)
            found.update(dict.fromkeys(name.text for name in known.names) if known else {})
        return list(found)

    def countries(self, iri: str) -> list[str]:
        """Return the IRIs of the states that an entity belongs to, acts for, or lies in; itself if it is one."""
        found: dict[str, None] = {}
        at = [iri]
        for _ in range(_STEPS + 1):
            for each in at:
                if each in self.by_id and SsrClass.COUNTRY in self.by_id[each].types:
                    found[each] = None
            ways = (self.objects(each, predicate) for each in at if each not in found for predicate in _TO_COUNTRY)
            at = list(dict.fromkeys(one.value for way in ways for one in way if isinstance(one, NamedNode)))
        return list(found)
