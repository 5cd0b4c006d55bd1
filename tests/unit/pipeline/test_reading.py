from __future__ import annotations

import pytest

from ssrgraph.pipeline.reading import sensible_jobs


@pytest.mark.parametrize(
    ("documents", "asked", "expected"),
    [(1, None, 1), (5, None, 1), (0, None, 1), (5, 2, 2), (5, 8, 5), (1, 4, 1)],
)
def test_a_further_process_is_started_only_where_it_pays(documents, asked, expected):
    assert sensible_jobs(documents, asked) == expected
