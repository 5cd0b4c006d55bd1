"""Kinds of materiel are found by the names that documents use, and by nothing else."""

from __future__ import annotations

import pytest

from ssrgraph.graph.materiel import materiel_in
from ssrgraph.vocabulary import SCHEME


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("six C-130J transport planes", ["C-130"]),
        ("HMMWVs and F16s", ["F-16", "HMMWV"]),
        ("High-Mobility Multipurpose Wheeled Vehicle", ["HMMWV"]),
        ("destruction of anti-personnel mines and cluster munitions", ["cluster-munition", "land-mine"]),
        ("man-portable air defence systems", ["MANPADS"]),
        ("M1A1 tanks", ["M1-Abrams"]),
        ("a company of 16 with 17 rifles", []),
        ("gold mines", []),
        ("trucks", []),
        ("", []),
    ],
)
def test_a_phrase_names_these_kinds(phrase, kinds):
    assert [kind.value.removeprefix(f"{SCHEME}materiel#") for kind in materiel_in(phrase)] == sorted(kinds)
