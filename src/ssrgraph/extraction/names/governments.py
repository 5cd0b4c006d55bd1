"""Governments that are only another name of their state."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.entities.model import ReferenceEntity
    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.names.found import Found

_ALONE = re.compile(r"\bthe Government(?:['’]s)?(?! of\b| and (?:the )?[Pp]eople)(?=[\s,.])")
_OF = re.compile(r"government of ", re.IGNORECASE)
_PLAIN = re.compile(r"\S+(?: \S+)? government", re.IGNORECASE)


def merge_governments(text: str, names: Sequence[Found], reference: Reference) -> list[Found]:
    """Make "Government of X" a name of the state X, as whose actor it stands.

    "The X-ian government" follows it. Where the document also speaks of "the Government", it is a body of its own.
    """
    if _ALONE.search(text):
        return list(names)
    same = {name.owner for name in names if _is_government(name) and _OF.match(name.label)}
    merged = []
    for name in names:
        of = name.owner if name.owner in same and _is_government(name) else None
        state = reference.get(of) if of is not None else None
        merged.append(name if state is None else _as_state(name, state))
    return merged


def _as_state(name: Found, state: ReferenceEntity) -> Found:
    return replace(
        name,
        label=state.label,
        surface=state.label,
        kind=state.kind,
        type=state.type,
        reference=state.id,
        head="",
        owner=None,
        holder=None,
        abbreviation=None,
        inner=None,
    )


def _is_government(name: Found) -> bool:
    plain = _OF.match(name.label) or _PLAIN.fullmatch(name.label)
    return name.kind is EntityKind.ORGANIZATION and name.head == "government" and plain is not None
