"""Terms that are the same become one integer, the representative of their class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssrgraph.reasoning.plans import MEMBER
from ssrgraph.reasoning.relations import Pairs, distinct, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.reasoning.relations import Ids
    from ssrgraph.reasoning.symbols import Symbols


def unite(same: Ids, representative: Ids, classes: dict[int, list[int]]) -> set[int]:
    """Make one of terms that are the same; the smallest integer stands for the others.

    Args:
        same: Pairs of terms.
        representative: For each integer what stands for it; is changed.
        classes: The members of each representative's class, sorted; is changed.

    Returns:
        Those that no longer stand for themselves.
    """
    subjects, objects = (representative[side].tolist() for side in unpack(same))
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.get(number, number)) != number:
            parent[number] = parent.get(above, above)
            number = above
        return number

    for one, other in zip(subjects, objects, strict=True):
        low, high = sorted((root(one), root(other)))
        if low != high:
            parent[high] = low
    joined: dict[int, list[int]] = {}
    for number in parent:
        top = root(number)
        members = classes.pop(number, [number])
        representative[members] = top
        joined.setdefault(top, []).extend(members)
    for top, members in joined.items():
        classes[top] = sorted([*classes.get(top, [top]), *members])
    return set(parent)


def rewritten(relations: Mapping[int, Pairs], representative: Ids) -> dict[int, Pairs]:
    """Return relations over representatives; the members of lists are left out, to be read again."""
    columns: dict[int, list[Ids]] = {}
    for predicate, pairs in relations.items():
        if predicate != MEMBER:
            subjects, objects = unpack(pairs.by_subject)
            mapped = pack(representative[subjects], representative[objects])
            columns.setdefault(int(representative[predicate]), []).append(mapped)
    return {predicate: Pairs(distinct(arrays)) for predicate, arrays in columns.items()}


def classes_of(representative: Ids, values: Ids) -> dict[int, list[int]]:
    """Return the members of the classes of terms that are the same.

    Args:
        representative: For each integer what stands for it.
        values: For each integer that of its value.
    """
    found: dict[int, list[int]] = {}
    odd: np.ndarray[tuple[int], np.dtype[np.bool_]] = representative != values
    for number in odd.nonzero()[0].tolist():
        top = int(representative[number])
        if values[number] == number:
            found.setdefault(top, [top]).append(number)
    return found


def grown(representative: Ids, symbols: Symbols) -> Ids:
    """Return what represents each integer where some were added: the new ones themselves, or their values."""
    known = len(representative)
    if known == len(symbols):
        return representative
    values = symbols.identity(known)
    found = np.concatenate([representative, values])
    found[known:] = found[values]
    return found
