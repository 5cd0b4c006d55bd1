"""National branches of societies: "Transparency International Georgia" is one name, and not the society and a state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.found import Found


def join_branches(text: str, names: Sequence[Found]) -> list[Found]:
    """Return the names with societies and the states directly behind them as one; the state is nested in it."""
    joined: list[Found] = []
    states = {name.span.start: name for name in names if _is_state(name)}
    branches: set[int] = set()
    for name in names:
        state = states.get(name.span.end + 1) if _is_society(name) and text[name.span.end] == " " else None
        if state is None:
            joined.append(replace(name, nested=True) if name.span.start in branches and _is_state(name) else name)
            continue
        span = Span(name.span.start, state.span.end)
        label = f"{name.surface or name.label} {state.surface or state.label}"
        branches.add(state.span.start)
        joined.append(replace(name, span=span, label=label, surface=label, reference=None, inner=None))
    return joined


def _is_society(name: Found) -> bool:
    return name.kind is EntityKind.ORGANIZATION and name.type == "civil" and name.form == "name" and not name.nested


def _is_state(name: Found) -> bool:
    return name.type == "country" and name.form == "name" and not name.nested
