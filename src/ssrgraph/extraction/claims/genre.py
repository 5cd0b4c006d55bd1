"""What kind of document it is, where that says how its figures stand: the notice of a sale that may come."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis

_LEAST = 2  # different phrases of a genre


def is_notice_of_sale(analysis: Analysis) -> bool:
    """Say whether a document gives notice of a sale that is proposed; for `Analysis.once`.

    Two of the phrases that such notices are made of stand in it: "proposed sale", "prospective purchaser".
    """
    found = {re.sub(r"\s+", " ", match[0].lower()) for match in _notice().finditer(analysis.text)}
    return len(found) >= _LEAST


@cache
def _notice() -> re.Pattern[str]:
    phrases = any_of(load_lexicon("funding")["genre"]["notice"]).replace("\\ ", r"\s+")
    return re.compile(rf"(?<!\w)(?i:{phrases})(?!\w)")
