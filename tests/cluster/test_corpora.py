"""Whole corpora: the five documents, and made-up ones by the thousand, whose graph is that of an embedded build."""

from __future__ import annotations

import made_up_corpus
import pytest

from clusters import canonical, cluster, embedded, ssrgraph

pytestmark = pytest.mark.nightly


def five(root, _):
    return root / "data" / "documents"


def twenty(_, folder):
    return made_up(folder, 20)


def thousand(_, folder):
    return made_up(folder, 1000)


def made_up(folder, count):
    made_up_corpus.write(folder, range(count), kilobytes=2, seed=1)
    return folder / "documents"


@pytest.mark.parametrize(
    ("corpus", "kind"),
    [(five, "local[2]"), (five, "standalone"), (twenty, "standalone"), (thousand, "local[2]")],
)
def test_the_canonical_dump_is_that_of_an_embedded_build(corpus, kind, root, tmp_path):
    documents = corpus(root, tmp_path / "corpus")
    with cluster(kind, tmp_path) as master:
        ssrgraph("build", documents, "--engine", "spark", "--master", master, "--out", tmp_path / "out")
    dump = embedded(documents, tmp_path / "store")
    assert dump
    # By a name, for pytest would take minutes to tell in what two long dumps differ.
    alike = canonical(tmp_path / "out") == dump
    assert alike, f"the two graphs differ; they are in {tmp_path}"
