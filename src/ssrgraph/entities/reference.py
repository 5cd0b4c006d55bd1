"""The reference data once loaded: from a name to the entities that bear it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ssrgraph.entities.model import Currency, EntityKind, Name, NameRole, ReferenceEntity
from ssrgraph.entities.naming import exact_name, fold_name, is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Reference:
    """Entities and currencies by id, name and code. Built once, never changed.

    Args:
        entities: Entities whose names are as unique as `load_reference` checks.
        currencies: The currencies.
    """

    __slots__ = ("_adjectives", "_by_id", "_currencies", "_exact", "_folded", "_money", "_names", "entities")

    entities: tuple[ReferenceEntity, ...]

    def __init__(self, entities: Iterable[ReferenceEntity], currencies: Iterable[Currency] = ()) -> None:
        self.entities = tuple(sorted(entities, key=lambda entity: entity.id))
        self._by_id = {entity.id: entity for entity in self.entities}
        self._names = tuple(name for entity in self.entities for name in _names_of(entity))
        self._exact: dict[str, list[Name]] = {}
        self._folded: dict[str, list[Name]] = {}
        self._adjectives: dict[str, list[Name]] = {}
        for name in self._names:
            index = self._exact if name.exact else self._folded
            if name.role is NameRole.ADJECTIVE:
                index = self._adjectives
            index.setdefault(name.key, []).append(name)
        self._currencies = {currency.code: currency for currency in sorted(currencies, key=lambda each: each.code)}
        self._money = _money_index(self._currencies.values())

    @property
    def by_id(self) -> Mapping[str, ReferenceEntity]:
        """All entities by their id."""
        return MappingProxyType(self._by_id)

    def get(self, entity_id: str) -> ReferenceEntity | None:
        """Return the entity of this id, such as `organization/iq`."""
        return self._by_id.get(entity_id)

    def find(self, name: str, *, states: Iterable[str] | None = None) -> tuple[ReferenceEntity, ...]:
        """Return the entities of this name, the one that it usually means first.

        Case, accents, punctuation, a leading "the" and possessive endings do not count, except that abbreviations
        in capitals and places of one word count as they are written: "WHO" is found, "who" is not.

        Args:
            name: The name as a text writes it.
            states: ISO 3166-1 alpha-2 of the states that are prominent in the document. Names that need a state
                ("Department of Defense") are found only where theirs is among them, and of several entities that
                share a name ("ISF") those of these states come first.
        """
        prominent = frozenset(states or ())
        found = [*self._exact.get(exact_name(name), ()), *self._folded.get(fold_name(name), ())]
        usable = [one for one in found if one.needs_state is None or one.needs_state in prominent]
        usable.sort(
            key=lambda one: (
                one.needs_state is None,
                one.shared and self._by_id[one.entity].state not in prominent,
                one.entity,
            )
        )
        return tuple(self._by_id[entity_id] for entity_id in dict.fromkeys(one.entity for one in usable))

    def adjective(self, word: str, *, states: Iterable[str] = ()) -> ReferenceEntity | None:
        """Return the state of a demonym or national adjective ("Iraqi", "Kenyans"), written with its capital.

        None where several states share it ("Congolese"), none is meant usually and not just one of them is among
        the states that are prominent in the document.
        """
        found = self._adjectives.get(exact_name(word), ())
        prominent = frozenset(states)
        usual = [one for one in found if self._by_id[one.entity].code in prominent]
        if not usual:
            usual = [one for one in found if not one.shared]
        return self._by_id[usual[0].entity] if len(usual) == 1 else None

    def names(self) -> tuple[Name, ...]:
        """Return every surface form with its entity, sorted by entity: what a matcher looks for."""
        return self._names

    def states(self) -> tuple[ReferenceEntity, ...]:
        """Return the states, sorted by id."""
        return tuple(entity for entity in self.entities if entity.type == "country")

    def state(self, code: str) -> ReferenceEntity | None:
        """Return the state of this ISO 3166-1 alpha-2 code, in capitals or not."""
        return self._by_id.get(f"{EntityKind.ORGANIZATION}/{code.lower()}")

    def currencies(self) -> tuple[Currency, ...]:
        """Return the currencies, sorted by code."""
        return tuple(self._currencies.values())

    def find_currency(self, text: str) -> tuple[Currency, ...]:
        """Return the currencies of this code, name or sign, the one that it usually means first.

        "$" is the US dollar first and then the other dollars; "kr" has no usual meaning, so that its first is as
        good as its last: ask `Currency.symbols` and `Currency.names` whether the text is its own.
        """
        codes = self._money.get(text.strip()) or self._money.get(fold_name(text)) or ()
        return tuple(self._currencies[code] for code in codes)


def _names_of(entity: ReferenceEntity) -> Iterator[Name]:
    """Yield every form of the entity once, with the role that it has first."""
    seen: set[str] = set()
    roles = (
        (NameRole.LABEL, (entity.label,)),
        (NameRole.ABBREVIATION, (entity.abbreviation,) if entity.abbreviation else ()),
        (NameRole.ALIAS, entity.aliases),
        (NameRole.ALIAS, entity.local_names),
        (NameRole.ADJECTIVE, entity.adjectives),
    )
    for role, texts in roles:
        for text in texts:
            # A word such as "Lao" or "Vatican" is both a name of its state and its adjective.
            if text in seen and role is not NameRole.ADJECTIVE:
                continue
            seen.add(text)
            # "male" and "nice" are words, Malé and Nice are cities.
            one_word_place = entity.kind is EntityKind.PLACE and " " not in text
            exact = one_word_place or role is NameRole.ADJECTIVE or is_abbreviation(text)
            yield Name(
                text=text,
                entity=entity.id,
                role=role,
                exact=exact,
                key=exact_name(text) if exact else fold_name(text),
                needs_state=entity.state if text in entity.local_names else None,
                shared=text in entity.shared_names,
            )


def _money_index(currencies: Iterable[Currency]) -> dict[str, tuple[str, ...]]:
    own: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    for currency in currencies:
        for text in (currency.code, *currency.symbols):
            own.setdefault(text, []).append(currency.code)
        for text in (currency.name, *currency.names):
            own.setdefault(fold_name(text), []).append(currency.code)
        for text in currency.shared_symbols:
            shared.setdefault(text, []).append(currency.code)
        for text in currency.shared_names:
            shared.setdefault(fold_name(text), []).append(currency.code)
    return {
        text: tuple(dict.fromkeys((*own.get(text, ()), *shared.get(text, ()))))
        for text in sorted(own.keys() | shared.keys())
    }
