from __future__ import annotations

import shutil

import pytest

from ssrgraph.pipeline.building import build
from ssrgraph.pipeline.inputs import Options

TEXTS = {
    "alpha": "Support for Iraq\n\nIn 2017, the United States provided $5 million to Iraq for clearance.\n",
    "beta": "Training in Ukraine\n\nCanada has trained over 1,200 Ukrainian soldiers since 2015.\n",
    "gamma": "Boats for Lebanon\n\nGermany delivered 3 patrol boats to Lebanon in May 2018.\n",
}
QUICK = Options(reasoner="none", validate=False)


def write(folder, texts) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a folder with documents and a store built of them; not to be changed."""
    place = tmp_path_factory.mktemp("built")
    write(place / "documents", TEXTS)
    build([place / "documents"], store=place / "store", options=QUICK)
    return place


@pytest.fixture
def place(built, tmp_path):
    """Return a copy of it that may be changed."""
    shutil.copytree(built, tmp_path / "place")
    return tmp_path / "place"
