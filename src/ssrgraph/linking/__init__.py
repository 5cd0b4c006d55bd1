"""Finding links: candidates for entities without one, scored by named features, for a person to decide on."""

from __future__ import annotations

from ssrgraph.linking.entities import Unlinked, unlinked
from ssrgraph.linking.proposals import Item, Proposal, propose
from ssrgraph.linking.review import Review
from ssrgraph.linking.shipped import shipped_items

__all__ = ["Item", "Proposal", "Review", "Unlinked", "propose", "shipped_items", "unlinked"]
