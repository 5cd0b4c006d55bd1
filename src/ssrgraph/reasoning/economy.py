"""What need not be tried, because other rules conclude it as well: the closure is the same and found sooner.

Everything here rests on the rules about the schema (table 9), which are always tried and are closed first.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ssrgraph.reasoning.relations import Bindings, Pairs, contained, distinct, join, pack, unpack
from ssrgraph.reasoning.terms import RDFS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssrgraph.reasoning.relations import Ids

IMPLIED = MappingProxyType(
    {
        "prp-eqp1": ("scm-eqp1", "prp-spo1"),
        "prp-eqp2": ("scm-eqp1", "prp-spo1"),
        "cls-int2": ("scm-int", "cax-sco"),
        "cls-uni": ("scm-uni", "cax-sco"),
        "cax-eqc1": ("scm-eqc1", "cax-sco"),
        "cax-eqc2": ("scm-eqc1", "cax-sco"),
    }
)
"""Rules, with those that conclude the same in two steps."""

LIFTING = MappingProxyType({"prp-spo1": RDFS + "subPropertyOf", "cax-sco": RDFS + "subClassOf"})
"""Rules that conclude nothing more from their own conclusions, with what they go up by, which is transitive.

In a round they are tried first, so that the other rules see what is new together with all that lies above it, and what
they conclude is not tried by them again.
"""

_STATED = {"prp-dom": RDFS + "domain", "prp-rng": RDFS + "range"}


def essential(rule: str, relations: Mapping[int, Pairs], number: Callable[[str], int]) -> Mapping[int, Pairs]:
    """Return the relations that a rule is specialised to.

    Of the domains and ranges of a property, those are left out that it has because a class below has them, or a
    property above: from what the others conclude, `cax-sco` and `prp-spo1` conclude the same.

    Args:
        rule: Its name.
        relations: All that holds.
        number: From an IRI to its integer.
    """
    stated = number(_STATED[rule]) if rule in _STATED else None
    if stated is None or stated not in relations:
        return relations
    every = relations[stated].by_subject
    properties, classes = unpack(every)
    kept = every
    if below := relations.get(number(RDFS + "subClassOf")):
        rows = Bindings(len(every), {"property": properties, "lower": classes})
        found = join(rows, "lower", "class", _strictly(below, smaller_first=True))
        kept = _without(kept, found)
    if below := relations.get(number(RDFS + "subPropertyOf")):
        rows = Bindings(len(every), {"upper": properties, "class": classes})
        found = join(rows, "property", "upper", _strictly(below, smaller_first=False))
        kept = _without(kept, found)
    return {**relations, stated: Pairs(kept)}


def _without(pairs: Ids, found: Bindings) -> Ids:
    if not found.count:
        return pairs
    return pairs[~contained(pairs, distinct([pack(found.values("property"), found.values("class"))]))]


def _strictly(below: Pairs, *, smaller_first: bool) -> Pairs:
    """Return a hierarchy without cycles: of two that are below each other, one way is left."""
    lower, upper = unpack(below.by_subject)
    both_ways = contained(pack(upper, lower), below.by_subject)
    in_order = lower < upper if smaller_first else upper < lower
    return Pairs(below.by_subject[(lower != upper) & (~both_ways | in_order)])
