"""One reader a fact table: from a document's analysis to claims and rejected candidates."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ssrgraph.extraction.model import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ssrgraph.extraction.analysis import Analysis
    from ssrgraph.extraction.model import Claim, Rejected

    Reader = Callable[[Analysis], Iterator[Claim | Rejected]]


def readers() -> dict[str, Reader]:
    """Return the reader of each fact table by the table's name, in the order of `CLAIMS`."""
    return {
        claim.table: getattr(importlib.import_module(f"{__name__}.{claim.table}"), f"read_{claim.table}")
        for claim in CLAIMS
    }
