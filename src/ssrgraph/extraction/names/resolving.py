"""From the names found in a document to its entities: which names are names of the same thing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.entities.naming import fold_name, slug
from ssrgraph.extraction.analysis import Mention
from ssrgraph.extraction.model import Entity
from ssrgraph.extraction.names.heads import head_table
from ssrgraph.extraction.names.matching import short_unions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssrgraph.documents.model import Span
    from ssrgraph.entities.model import ReferenceEntity
    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.names.found import Found

_RESOLUTION_NUMBER = re.compile(r"\s|(?<=RES)/")
_SHORT_NAME = 2
# That a company's name may have behind it or not.
_LEGAL_FORMS = {"limited", "ltd", "plc", "gmbh", "inc", "llc", "ag", "sa"}
_TOPIC_LINKS = ("to", "for", "of", "on")
# Of persons' names.
_ENDINGS = {"jr", "sr", "ii", "iii"}
_LONGEST_STATE_NAME = 6
# Kinds and types whose names are often the same in many states: without a state they are known in one document only.
_GENERIC_TYPES = {"government", "military", "police"}
_GENERIC_KINDS = {EntityKind.AGREEMENT, EntityKind.EVENT, EntityKind.PROGRAMME}


@dataclass(slots=True)
class _Cluster:
    kind: EntityKind
    core: str
    founds: list[Found] = field(default_factory=list)
    reference: ReferenceEntity | None = None
    owner: str | None = None
    number: int = 0
    shorts: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The names of a document, tied to entities.

    Attributes:
        mentions: In order of start, nested ones behind their holders.
        entities: By id.
        parents: For an entity's id: ids of the entities that the text says it is a part of, with the span that says so.
    """

    mentions: tuple[Mention, ...]
    entities: dict[str, Entity]
    parents: dict[str, tuple[tuple[str, Span], ...]]


class Resolver:
    """Ties the names of one document to entities.

    Args:
        document_id: Its id; names that mean something only in it carry it in their ids.
        reference: The reference data.
    """

    def __init__(self, document_id: str, reference: Reference) -> None:
        self._scope = hashlib.sha256(document_id.encode()).hexdigest()[:8]
        self._reference = reference
        self._clusters: list[_Cluster] = []
        self._by_sign: dict[tuple[str, ...], dict[int, _Cluster]] = {}
        self._by_reference: dict[str, _Cluster] = {}
        self._owner_names: dict[str, frozenset[str]] = {}

    def resolve(self, founds: Sequence[Found]) -> Resolved:
        """Return entities, mentions and parents for all names of the document, given in order."""
        placed = [(found, self._place(found)) for found in founds]
        entities: dict[str, Entity] = {}
        ids: dict[int, str] = {}
        for number, cluster in enumerate(self._clusters):
            entity = self._with_state(cluster, self._entity(cluster))
            known = entities.get(entity.id)
            ids[number] = entity.id
            entities[entity.id] = entity if known is None else _merged(known, entity)
        mentions = [
            Mention(span=f.span, entity=ids[c.number], kind=c.kind, form=f.form, nested=f.nested, owner=f.owner)
            for f, c in placed
        ]
        mentions.sort(key=lambda m: (m.span.start, -m.span.end, m.nested))
        return Resolved(mentions=tuple(mentions), entities=entities, parents=self._parents(placed, ids))

    def _place(self, found: Found) -> _Cluster:
        if found.reference is not None and not found.reference.startswith("local/"):
            cluster = self._by_reference.get(found.reference)
            if cluster is None:
                known = self._reference.get(found.reference)
                cluster = _Cluster(found.kind, short_unions(fold_name(known.label)) if known else "", reference=known)
                self._by_reference[found.reference] = cluster
                self._enter(cluster)
        else:
            cluster = self._local(found)
        cluster.founds.append(found)
        for short in (found.inner, found.abbreviation):
            if short and fold_name(short) not in cluster.shorts:
                cluster.shorts.add(fold_name(short))
                self._sign(cluster, [("name", cluster.kind, fold_name(short))])
        if found.owner is not None and cluster.owner is None and cluster.reference is None:
            cluster.owner = found.owner
        return cluster

    def _local(self, found: Found) -> _Cluster:
        core = self._core(found)
        same = [c for c in self._alike(core, found) if c.kind is found.kind and self._same(c, core, found)]
        agreeing = [c for c in same if self._owner(c) is None or found.owner is None or self._owner(c) == found.owner]
        exact = [c for c in agreeing if c.core == core]
        if exact or agreeing:
            cluster = (exact or agreeing)[-1]
            if (
                len(core) > len(cluster.core)
                and cluster.kind in {EntityKind.MISSION, EntityKind.AGREEMENT}
                and cluster.reference is None
            ):
                cluster.core = core
                self._sign(cluster, _signs(cluster.kind, core))
            return cluster
        cluster = _Cluster(found.kind, core, owner=found.owner)
        self._enter(cluster)
        return cluster

    def _enter(self, cluster: _Cluster) -> None:
        cluster.number = len(self._clusters)
        self._clusters.append(cluster)
        self._sign(cluster, _signs(cluster.kind, cluster.core))
        if cluster.reference is not None and cluster.reference.state:
            self._sign(cluster, [("state", cluster.kind, cluster.reference.state)])

    def _sign(self, cluster: _Cluster, signs: Iterable[tuple[str, ...]]) -> None:
        for sign in signs:
            self._by_sign.setdefault(sign, {})[cluster.number] = cluster

    def _alike(self, core: str, found: Found) -> list[_Cluster]:
        """Return, in order, the clusters that share a sign with a name: no other can be the same."""
        signs = _signs(found.kind, core)
        state = self._reference.get(found.owner) if found.owner is not None else None
        if state is not None and state.code:
            signs.append(("state", found.kind, state.code))
        alike: dict[int, _Cluster] = {}
        for sign in signs:
            alike.update(self._by_sign.get(sign, {}))
        return [alike[number] for number in sorted(alike)]

    def _owner(self, cluster: _Cluster) -> str | None:
        if cluster.reference is None:
            return cluster.owner
        return f"organization/{cluster.reference.state.lower()}" if cluster.reference.state else None

    def _core(self, found: Found) -> str:
        """Return the folded name without the state in front of it."""
        words = fold_name(found.label).split()
        if found.owner is not None and found.kind is not EntityKind.PERSON:
            names = self._names_of(found.owner)
            for length in range(min(_LONGEST_STATE_NAME, len(words) - 1), 0, -1):
                if " ".join(words[:length]) in names:
                    return " ".join(words[length:])
                if " ".join(words[-length:]) in names and words[-length - 1 : -length] in (["of"], ["the"]):
                    kept = words[:-length]
                    return " ".join(kept[: -2 if kept[-1] == "the" else -1])
        if found.kind is EntityKind.AGREEMENT and found.type == "resolution" and words and words[-1][:1].isdigit():
            return f"resolution {_RESOLUTION_NUMBER.split(found.label)[-1].casefold()}"
        if found.kind is EntityKind.MISSION and words[:1] == ["op"]:
            words[0] = "operation"
        if found.type == "civil" and len(words) > _SHORT_NAME and words[-1] in _LEGAL_FORMS:
            words.pop()
        return short_unions(" ".join(words))

    def _names_of(self, owner: str) -> frozenset[str]:
        if owner not in self._owner_names:
            entity = self._reference.get(owner)
            texts = [entity.label, entity.abbreviation or "", *entity.aliases, *entity.adjectives] if entity else []
            self._owner_names[owner] = frozenset(fold_name(text) for text in texts if text)
        return self._owner_names[owner]

    def _same(self, cluster: _Cluster, core: str, found: Found) -> bool:
        if cluster.core == core:
            return True
        if core in cluster.shorts:
            return True
        if cluster.reference is not None and not self._same_as_reference(cluster.reference, core, found):
            return False
        if found.kind is EntityKind.ORGANIZATION:
            short = _shortened(core, cluster.core) or _same_unit(core, cluster.core)
            return cluster.reference is not None or (found.owner is None and short)
        return _same_by_words(found.kind, cluster.core, core)

    def _same_as_reference(self, known: ReferenceEntity, core: str, found: Found) -> bool:
        """Say whether a name in the text may be a short form of a reference entity that the text has named."""
        if found.kind is EntityKind.MISSION:
            return True
        if found.kind is EntityKind.ORGANIZATION and found.owner is None:
            return _same_unit(core, short_unions(fold_name(known.label)))
        if found.kind is not EntityKind.ORGANIZATION or known.type not in {"military", "police"} or found.owner is None:
            return False
        state = self._reference.get(found.owner)
        return state is not None and known.state == state.code and core in fold_name(known.label)

    def _entity(self, cluster: _Cluster) -> Entity:
        names = [f.label for f in cluster.founds if f.form == "name"]
        spans = tuple(sorted(f.span for f in cluster.founds))
        abbreviation = next((f.abbreviation for f in cluster.founds if f.abbreviation), None)
        if cluster.reference is not None:
            known = cluster.reference
            aliases = tuple(dict.fromkeys(a for a in (known.abbreviation, *known.aliases) if a and a != known.label))
            surfaces = [f.surface for f in cluster.founds if f.form == "name" and f.surface]
            return Entity(
                id=known.id,
                kind=known.kind,
                label=known.label,
                name=fullest(known, surfaces),
                aliases=aliases,
                abbreviation=abbreviation,
                type=known.type,
                code=known.code,
                reference=True,
                mentions=spans,
            )
        label = max(names, key=lambda name: (len(name), name)) if names else cluster.founds[0].label
        others = sorted({name for name in [*names, *(f.inner for f in cluster.founds if f.inner)] if name != label})
        type_ = next((f.type for f in cluster.founds if f.type), None)
        return Entity(
            id=self._id(cluster, label),
            kind=cluster.kind,
            label=label,
            name=label,
            aliases=tuple(others),
            abbreviation=abbreviation,
            type=type_,
            mentions=spans,
        )

    def _with_state(self, cluster: _Cluster, entity: Entity) -> Entity:
        """Name the state in a body's name where the document has a body of the same name of another state."""
        named = self._by_sign.get(("name", cluster.kind, cluster.core), {}).values()
        others = any(c is not cluster and c.core == cluster.core for c in named)
        state = self._reference.get(cluster.owner) if cluster.owner is not None else None
        if state is None or not others or not state.adjectives or fold_name(entity.label) != cluster.core:
            return entity
        label = f"{state.adjectives[0]} {entity.label}"
        return replace(entity, label=label, name=label, aliases=(*entity.aliases, entity.label))

    def _id(self, cluster: _Cluster, label: str) -> str:
        name = slug(cluster.core or label)
        if cluster.owner is not None:
            state = self._reference.get(cluster.owner)
            suffix = f"-{(state.code or state.id).lower()}" if state else ""
        elif self._generic(cluster):
            suffix = f"-{self._scope}"
        else:
            suffix = ""
        return f"{cluster.kind}/{name}{suffix}"

    def _generic(self, cluster: _Cluster) -> bool:
        type_ = next((f.type for f in cluster.founds if f.type), None)
        if cluster.kind is EntityKind.PERSON:
            return " " not in cluster.core
        if any(c.isdigit() for c in cluster.core):
            return False
        return type_ in _GENERIC_TYPES or cluster.kind in _GENERIC_KINDS

    def _parents(
        self, placed: Iterable[tuple[Found, _Cluster]], ids: dict[int, str]
    ) -> dict[str, tuple[tuple[str, Span], ...]]:
        by_span = {found.span: ids[cluster.number] for found, cluster in placed if not found.nested}
        parents: dict[str, dict[str, Span]] = {}
        for found, cluster in placed:
            holder = by_span.get(found.holder) if found.holder else None
            child = ids[cluster.number]
            if holder is not None and holder != child:
                parents.setdefault(child, {}).setdefault(holder, found.span)
        return {child: tuple(found.items()) for child, found in parents.items()}


def _signs(kind: EntityKind, core: str) -> list[tuple[str, ...]]:
    """Return what two names of one thing share at least: the whole name, or words at its ends, by `_same_by_words`."""
    signs: list[tuple[str, ...]] = [("name", kind, core)]
    if kind is EntityKind.PERSON:
        words = [word for word in core.split() if word not in _ENDINGS]
        signs += [("word", kind, word) for word in dict.fromkeys((*words[:1], *words[-2:]))]
        return signs
    words = core.split(" ")
    if len(words) > 1:
        signs.append(("last", kind, *words[-2:]))
        front = core.split(" in ", maxsplit=1)[0].split(" ")
        if kind is EntityKind.ORGANIZATION and len(front) > 1:
            signs.append(("last", kind, *front[-2:]))
            if words[0][:1].isdigit():
                signs.append(("unit", kind, words[0], words[-1]))
        if kind in {EntityKind.MISSION, EntityKind.AGREEMENT}:
            signs.append(("first", kind, *words[:2]))
    return signs


def _merged(a: Entity, b: Entity) -> Entity:
    label = max((a.label, b.label), key=lambda name: (len(name), name))
    aliases = {*a.aliases, *b.aliases, a.label, b.label} - {label}
    return Entity(
        id=a.id,
        kind=a.kind,
        label=label,
        name=label,
        aliases=tuple(sorted(aliases)),
        abbreviation=a.abbreviation or b.abbreviation,
        type=a.type or b.type,
        code=a.code,
        reference=a.reference,
        mentions=tuple(sorted({*a.mentions, *b.mentions})),
    )


def fullest(known: ReferenceEntity, surfaces: list[str]) -> str:
    """Return the longest of an entity's names in a text; the label where none is as full as that for a state."""
    label = known.label
    same = [surface for surface in surfaces if fold_name(surface) == fold_name(label)]
    if same:
        # As the text spells it ("Organization"), but not in the capitals of a heading.
        plain = [s for s in same if s[:1].isupper() and not s.isupper() and s[:4].casefold() != "the "]
        if known.code is not None or not plain or label.casefold() in {s.casefold() for s in plain}:
            return label
        return plain[0]
    longest = max(surfaces, key=lambda s: (len(s.split()), len(s), s), default=label)
    if known.code is None:
        return longest
    # States are written out, since tables are grouped by them: "UK", "U.S." and "Britain" are one.
    words = set(fold_name(longest).split())
    few = len(longest.split()) <= _SHORT_NAME
    short = few and (words <= set(fold_name(label).split()) or longest.isupper() or "." in longest)
    return label if short or short_unions(fold_name(longest)) == short_unions(fold_name(label)) else longest


def _same_by_words(kind: EntityKind, former: str, core: str) -> bool:
    """Say whether two names of persons, missions or agreements may be one, by their words."""
    if kind is EntityKind.PERSON:
        return _same_person(former.split(), core.split())
    if kind is EntityKind.MISSION:
        pairs = ((core, former), (former, core))
        return any(_shortened(a, b) or b.startswith(f"{a} ") for a, b in pairs if " " in a)
    if kind is EntityKind.AGREEMENT:
        pairs = ((core, former), (former, core))
        return _shortened(core, former) or any(
            " " in a and a not in head_table() and b.startswith(tuple(f"{a} {link} " for link in _TOPIC_LINKS))
            for a, b in pairs
        )
    return False


def _shortened(short: str, long: str) -> bool:
    """Say whether a name is another one without its first words; one word is too little to tell."""
    return " " in short and long.endswith(f" {short}")


def _same_unit(short: str, long: str) -> bool:
    """Say whether a name is that of a unit or office without what is in between or behind: "the 17th Brigade"."""
    words, more = short.split(), long.split(" in ", maxsplit=1)[0].split()
    if len(more) > len(words) == 2 and words[0][:1].isdigit():  # noqa: PLR2004 - a number and a noun
        return more[0] == words[0] and more[-1] == words[1]
    return " in " in long and len(words) > 1 and more[-len(words) :] == words


def _same_person(a: list[str], b: list[str]) -> bool:
    """Say whether two names of persons may be one: the same last name, and no first name that differs."""
    short, long = sorted((a, b), key=len)
    if short == long:
        return True
    short, long = [w for w in short if w not in _ENDINGS], [w for w in long if w not in _ENDINGS]
    if not short or not long:
        return False
    if len(short) == 1:
        # The first part of a double name, too: "Lopez" for "Maria Lopez Garcia".
        return short[0] in {long[0], *long[-2:]}
    return long[-len(short) :] == short or (short[-1] == long[-1] and short[0] == long[0])
