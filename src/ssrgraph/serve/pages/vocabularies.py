"""The pages of the ontology, its schemes and code lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.export.documentation import document
from ssrgraph.serve.formats import TRIPLES
from ssrgraph.serve.pages.contexts import VocabularyPage
from ssrgraph.serve.pages.parts import Link
from ssrgraph.serve.problems import Problem

if TYPE_CHECKING:
    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore


def vocabulary_page(_store: FinishedStore, job: Values) -> VocabularyPage:
    """Return the page of a vocabulary: `path`, such as `ontology` or `scheme/bound`.

    Raises:
        Problem: There is none.
    """
    found = document(job["path"], root="/")
    if found is None:
        raise Problem(404, "not-found", f"There is no vocabulary at /{job['path']}.")
    formats = [Link(text=each.name, href=f"/{job['path']}?format={each.name}") for each in TRIPLES.values()]
    return VocabularyPage(vocabulary=found, data=tuple(formats))
