"""Items that an entity may be, scored by named features: its names, type, country, parent and neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import is_abbreviation
from ssrgraph.matching import Candidate, Index, Name, Role, Strictness, Wanted, matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ssrgraph.linking.entities import Unlinked

LEAST = 50.0
"""Candidates with a lower score are not worth a look."""
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of an item of Wikidata.

    Attributes:
        id: Its identifier, such as `Q796`.
        label: What it is called.
        names: Its other names.
        kinds: What it is, in the words of `Unlinked.kind`; empty where nobody has said.
        about: What it is, in words.
        properties: Names of its country, parent and neighbours, by feature.
    """

    id: str
    label: str
    names: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    about: str = ""
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def beside(self, other: Item) -> Item:
        """Return what two sources know of the same item; what this one says counts first."""
        return Item(
            id=self.id,
            label=self.label,
            names=tuple(dict.fromkeys((*self.names, other.label, *other.names))),
            kinds=self.kinds | other.kinds,
            about=self.about or other.about,
            properties={**other.properties, **self.properties},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An item that an entity may be.

    Attributes:
        entity: The entity.
        item: The item.
        score: From 0 to 100.
        features: Why: how well each feature agrees, from 0 to 1.
    """

    entity: Unlinked
    item: Item
    score: float
    features: Mapping[str, float]


class Items:
    """Items to look names up in.

    Args:
        items: The items.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.by_id = {item.id: item for item in items}
        self.index = Index(_candidate(item) for item in self.by_id.values())


def propose(
    entity: Unlinked, items: Items, *, without: Collection[str] = (), limit: int = 5, least: float = LEAST
) -> list[Proposal]:
    """Return the items that an entity may be, the best first.

    Args:
        entity: The entity.
        items: Where it is looked for.
        without: Identifiers that are not offered: rejected for this entity, or linked to another.
        limit: How many are returned at most.
        least: The score that they must have.
    """
    properties = tuple(
        (name, values)
        for name, values in (("country", entity.country), ("parent", entity.parent), ("neighbours", entity.neighbours))
        if values
    )
    scores: dict[str, float] = {}
    features: dict[str, dict[str, float]] = {}

    def values(candidate: Candidate, name: str) -> tuple[str, ...]:
        return items.by_id[candidate.id].properties.get(name, ())

    for text in entity.names:
        wanted = Wanted(text=text, types=(entity.kind,), strictness=Strictness.SHOULD, properties=properties)
        for match in matches(wanted, items.index, values, limit=_LOOKED_AT):
            key = match.candidate.id
            scores[key] = max(scores.get(key, 0.0), match.score)
            known = features.setdefault(key, {})
            for feature in match.features:
                known[feature.id] = max(known.get(feature.id, 0.0), feature.value)
    found = [
        Proposal(entity=entity, item=items.by_id[key], score=score, features=features[key])
        for key, score in scores.items()
        if score >= least and key not in without
    ]
    return sorted(found, key=lambda one: (-one.score, int(one.item.id[1:])))[:limit]


def _candidate(item: Item) -> Candidate:
    others = (
        Name(text=text, role=Role.ABBREVIATION if is_abbreviation(text) else Role.ALIAS)
        for text in dict.fromkeys(item.names)
    )
    label = Name(text=item.label, role=Role.LABEL)
    return Candidate(id=item.id, label=item.label, names=(label, *others), types=item.kinds)
