"""Reference entities, their names and codes; from a name to an entity."""

from __future__ import annotations

from ssrgraph.entities.loading import load_reference
from ssrgraph.entities.model import Currency, EntityKind, Name, NameRole, ReferenceEntity
from ssrgraph.entities.naming import exact_name, fold_name, is_abbreviation, slug
from ssrgraph.entities.reference import Reference

__all__ = [
    "Currency",
    "EntityKind",
    "Name",
    "NameRole",
    "Reference",
    "ReferenceEntity",
    "exact_name",
    "fold_name",
    "is_abbreviation",
    "load_reference",
    "slug",
]
