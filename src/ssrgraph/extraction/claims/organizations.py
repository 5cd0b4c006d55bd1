"""The organizations that a document names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.model import Claim, Organization, Rejected
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.model import Entity


# "the Federal Government", "security forces" without the state whose they are.
_GENERIC = re.compile(
    r"(?:(?:federal|central|national|transitional|interim) government|(?:national )?(?:security|defen[cs]e) forces)",
    re.IGNORECASE,
)


def read_organizations(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each organization that the document names by a noun.

    A state that is only a demonym, or only a part of another name, is none that the document names.
    """
    named: dict[str, list[Mention]] = {}
    for mention in analysis.mentions:
        if mention.kind is EntityKind.ORGANIZATION or (
            mention.kind is EntityKind.MISSION and _is_body(analysis, mention)
        ):
            named.setdefault(mention.entity, []).append(mention)
    for entity_id, mentions in sorted(named.items(), key=lambda item: item[1][0].span):
        entity = analysis.entities[entity_id]
        names = [
            m
            for m in mentions
            if m.form == "name" and not (m.nested and (entity.type == "country" or _in_a_body(analysis, m)))
        ]
        if not names:
            yield Rejected(
                table="organizations", reason="named only by an adjective or within a name", quote=mentions[0].span
            )
            continue
        if all(analysis.words(m.span) == "security forces" for m in names):
            yield Rejected(table="organizations", reason="security forces in general", quote=names[0].span)
            continue
        if _GENERIC.fullmatch(entity.label) and not entity.reference and all(m.owner is None for m in names):
            yield Rejected(table="organizations", reason="a generic body of no state", quote=names[0].span)
            continue
        yield _claim(analysis, entity, _defining(analysis, entity, names))


def _in_a_body(analysis: Analysis, nested: Mention) -> bool:
    """Say whether a nested name is a part of another organization's name: that does not name it for itself."""
    if analysis.text[nested.span.end : nested.span.end + 2] in {"'s", "’s"}:
        return False
    holders = {EntityKind.ORGANIZATION, EntityKind.MISSION}
    return any(
        outer.kind in holders and outer.span.covers(nested.span) and outer.span != nested.span
        for outer in analysis.once(_places).meeting(nested.span)
    )


def _places(analysis: Analysis) -> Overlaps[Mention]:
    return Overlaps(analysis.mentions)


def _is_body(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mission is also a body that can act, and no operation."""
    label = analysis.entities[mention.entity].label.casefold()
    return "operation" not in label and not label.startswith("op ")


def _defining(analysis: Analysis, entity: Entity, names: list[Mention]) -> Span:
    """Return the mention that defines the short form, or else the first."""
    if entity.abbreviation is not None:
        ending = f"({entity.abbreviation})"
        for mention in names:
            if mention.span.of(analysis.text).endswith(ending):
                return mention.span
    return names[0].span


def _kind(entity: Entity) -> str | None:
    if entity.kind is EntityKind.ORGANIZATION:
        return entity.type
    return "military" if "force" in entity.label.casefold() else "international"


def _claim(analysis: Analysis, entity: Entity, quote: Span) -> Organization:
    parents = analysis.parents.get(entity.id, ())
    sentence = analysis.sentence_at(quote.start)
    words = {"parent": parents[0][1]} if parents else {}
    return Organization(
        quote=quote,
        passage=sentence.span if sentence else quote,
        words=words,
        organization=entity.id,
        abbreviation=entity.abbreviation,
        kind=_kind(entity),
        parent=tuple(parent for parent, _ in parents if analysis.entities[parent].kind is EntityKind.ORGANIZATION),
        confidence=0.95 if entity.reference else 0.85,
        rule="reference name" if entity.reference else "composed name",
    )
