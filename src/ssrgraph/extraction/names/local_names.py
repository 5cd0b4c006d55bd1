"""Short names that mean a body of one state, in documents about the body of another: "the Coast Guard"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.entities.model import EntityKind
    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.names.found import Found


def settle_local_names(names: Sequence[Found], reference: Reference) -> list[Found]:
    """Tie a short name to the body named before it that ends with it, where its usual owner is not named in full.

    "Coast Guard" is the U.S. one in a document about the United States; behind "Philippine Coast Guard" it is that one.
    """
    settled = _Settled()
    in_full = {name.reference for name in names if name.reference and not _is_local(name, reference)}
    for name in names:
        local = _is_local(name, reference) and name.reference not in in_full
        owner = settled.owner_of(name) if local else None
        if owner is None:
            settled.names.append(name)
        else:
            settled.names.append(replace(owner, span=name.span, abbreviation=None, inner=None, nested=name.nested))
    return settled.names


class _Settled:
    """The names that are settled, in order, and how they end; that is worked out only where it is asked for."""

    def __init__(self) -> None:
        self.names: list[Found] = []
        self._by_ending: dict[tuple[EntityKind, str], list[Found]] = {}
        self._entered = 0

    def owner_of(self, name: Found) -> Found | None:
        """Return the last of the names, one of another body, that ends with a short name."""
        for former in self.names[self._entered :]:
            self._enter(former)
        self._entered = len(self.names)
        alike = self._by_ending.get((name.kind, fold_name(name.surface)), ())
        return next((m for m in reversed(alike) if m.reference != name.reference), None)

    def _enter(self, name: Found) -> None:
        if not name.nested:
            words = fold_name(name.surface or name.label).split(" ")
            for first in range(1, len(words)):
                self._by_ending.setdefault((name.kind, " ".join(words[first:])), []).append(name)


def _is_local(name: Found, reference: Reference) -> bool:
    entity = reference.get(name.reference) if name.reference else None
    return entity is not None and name.surface in entity.local_names
