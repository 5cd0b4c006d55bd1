"""Short names that mean a body of one state, in documents about the body of another: "the Coast Guard"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.entities.naming import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.entities.reference import Reference
    from ssrgraph.extraction.names.found import Found


def settle_local_names(names: Sequence[Found], reference: Reference) -> list[Found]:
    """Tie a short name to the body named before it that ends with it, where its usual owner is not named in full.

    "Coast Guard" is the U.S. one in a document about the United States; behind "Philippine Coast Guard" it is that one.
    """
    settled: list[Found] = []
    in_full = {name.reference for name in names if name.reference and not _is_local(name, reference)}
    for name in names:
        if not _is_local(name, reference) or name.reference in in_full:
            settled.append(name)
            continue
        ending = f" {fold_name(name.surface)}"
        before = [m for m in settled if not m.nested and m.kind is name.kind and m.reference != name.reference]
        owner = next((m for m in reversed(before) if fold_name(m.surface or m.label).endswith(ending)), None)
        if owner is None:
            settled.append(name)
        else:
            settled.append(replace(owner, span=name.span, abbreviation=None, inner=None, nested=name.nested))
    return settled


def _is_local(name: Found, reference: Reference) -> bool:
    entity = reference.get(name.reference) if name.reference else None
    return entity is not None and name.surface in entity.local_names
