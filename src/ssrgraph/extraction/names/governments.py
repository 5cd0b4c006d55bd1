"""Governments that are only another name of their state."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.found import Found

_ALONE = re.compile(r"\bthe Government(?:['’]s)?(?! of\b)(?=[\s,.])")  # noqa: RUF001 - typographic signs are meant
_OF = re.compile(r"government of ", re.IGNORECASE)
_PLAIN = re.compile(r"\S+(?: \S+)? government", re.IGNORECASE)


def merge_governments(text: str, names: Sequence[Found]) -> list[Found]:
    """Make "Government of X" a name of the state X where the document names that state by a noun as well.

    "The X-ian government" follows it. Where the document also speaks of "the Government", it is a body of its own.
    """
    if _ALONE.search(text):
        return list(names)
    named = {name.reference: name for name in names if _names_state(name)}
    same = {name.owner for name in names if _is_government(name) and _OF.match(name.label) and name.owner in named}
    merged = []
    for name in names:
        state = named.get(name.owner) if name.owner in same and _is_government(name) else None
        merged.append(replace(state, span=name.span, surface=state.label) if state is not None else name)
    return merged


def _names_state(name: Found) -> bool:
    return name.type == "country" and name.form == "name" and not name.nested and name.reference is not None


def _is_government(name: Found) -> bool:
    plain = _OF.match(name.label) or _PLAIN.fullmatch(name.label)
    return name.kind is EntityKind.ORGANIZATION and name.head == "government" and plain is not None
