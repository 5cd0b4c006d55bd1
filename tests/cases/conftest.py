"""What the case tables run on: the real reading of a text, its model and reference data loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.names.matching import Matcher
from ssrgraph.extraction.parsing import load_model
from ssrgraph.extraction.reading import analyse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssrgraph.extraction.analysis import Analysis


@pytest.fixture(scope="session")
def analysed() -> Callable[[str], Analysis]:
    """Return a function from a text to its analysis."""
    model, reference = load_model(), load_reference()
    matcher = Matcher(reference)

    def analysis_of(text: str) -> Analysis:
        return analyse(parse_document(text.encode(), name=Path("case.txt")), model, reference, matcher)

    return analysis_of


@pytest.fixture(scope="session")
def named() -> Callable[[Analysis, tuple[str, ...]], set[str]]:
    """Return a function from entities' ids to all names that the reference data and the text have for them."""

    def names_of(analysis: Analysis, ids: tuple[str, ...]) -> set[str]:
        names: set[str] = set()
        for id_ in ids:
            entity = analysis.entities[id_]
            words = {analysis.words(span) for span in entity.mentions}
            names |= {entity.label, *entity.aliases, *words, *filter(None, [entity.abbreviation])}
        return names

    return names_of
