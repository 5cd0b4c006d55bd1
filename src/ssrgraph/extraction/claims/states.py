"""States: whether a mention names one, and to which one a body belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention


def is_state(analysis: Analysis, mention: Mention) -> bool:
    """Say whether a mention names a state."""
    entity = analysis.entities.get(mention.entity)
    return entity is not None and entity.type == "country"


def state_of(analysis: Analysis, entity_id: str) -> str | None:
    """Return the id of the state that an entity is or belongs to, as far as the reference data or the text says it."""
    entity = analysis.entities.get(entity_id)
    if entity is not None and entity.type == "country":
        return entity_id
    known = analysis.reference.get(entity_id)
    if known is not None and known.state:
        return f"{EntityKind.ORGANIZATION}/{known.state.lower()}"
    owner = analysis.once(_owners).get(entity_id)
    return state_of(analysis, owner) if owner is not None and owner != entity_id else None


def seller_of(analysis: Analysis, entity_id: str) -> str:
    """Return the state of a body that approved a sale, where the text names it; else the body."""
    state = state_of(analysis, entity_id)
    return state if state is not None and state in analysis.entities else entity_id


def _owners(analysis: Analysis) -> dict[str, str]:
    """Return for each entity the first holder that the text gives it."""
    return {mention.entity: mention.owner for mention in reversed(analysis.mentions) if mention.owner}
