from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time

import pytest

DOCUMENT = "More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n"


def test_a_build_with_nothing_to_do_says_so_and_loads_no_language_pipeline(own):
    before = own.state
    done = own.starting_with(
        "import atexit, sys\n"
        "heavy = {'spacy', 'rdflib', 'owlrl', 'pyshacl'}\n"
        "atexit.register(lambda: print('loaded', sorted(heavy & set(sys.modules)), file=sys.stderr))\n",
        "build",
        "documents",
    )
    assert done.status == 0
    assert re.match(rf"Nothing changed: 2 documents, [\d,]+ triples in {re.escape(own.named)}\.\n", done.err)
    assert done.err.endswith("loaded []\n")
    assert done.out == ""
    assert own.state == before


def test_documents_are_added_and_removed(own):
    (own.folder / "gamma.txt").write_text(DOCUMENT)
    done = own("add", "gamma.txt")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("1 document read, 2 unchanged; ")
    assert "gamma" in own("stats").out
    done = own("remove", "gamma", "alpha")
    assert done.err.startswith("0 documents read, 1 unchanged, 2 removed; ")
    assert "documents                             beta\n" in own("stats").out


def test_without_arguments_the_documents_at_hand_are_built(own):
    (own.folder / "documents").rename(own.folder / "moved")
    (own.folder / "data").mkdir()
    (own.folder / "moved").rename(own.folder / "data" / "documents")
    assert own("build").err.startswith("Nothing changed: 2 documents")


def test_two_builds_under_different_hash_seeds_and_jobs_are_equal_byte_by_byte(built, anew, tmp_path):
    runs = []
    for seed, jobs in [("1", 1), ("2", 2)]:
        shutil.copytree(built / "documents", tmp_path / f"seed{seed}" / "documents")
        runs.append((anew(tmp_path / f"seed{seed}"), seed))
        done = runs[-1][0]("build", "documents", "--jobs", jobs, PYTHONHASHSEED=seed)
        assert done.status == 0, done.err
    dumps = [run("export", "--canonical").out for run, _ in runs]
    assert dumps[0].count("\n") > 500
    assert dumps[0] == dumps[1]
    for kind in ("turtle", "trig", "rdfxml", "jsonld"):
        texts = [run("export", "--format", kind, PYTHONHASHSEED=seed).out for run, seed in runs]
        assert texts[0] == texts[1]


def started(run, *arguments: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start a command and wait until it is making the next generation of the store."""
    process = run.starting(*arguments, stderr=stderr, start_new_session=True)
    while process.poll() is None and len(run.generations) < 2:
        time.sleep(0.005)
    return process


@pytest.mark.parametrize("later", [0.0, 0.2, 0.6, 1.2])
def test_a_build_that_is_killed_leaves_the_former_store_usable(own, later):
    before, state = own("export", "--canonical").out, own.state
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = started(own, "build", "documents")
    time.sleep(later)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    after = own("export", "--canonical")
    if own.server and not own.server.atomic and after.status:
        # It cannot take a change whole: readers wait until the build was done again.
        assert (after.status, after.out) == (2, "")
        assert "is being changed by" in after.err
    else:
        assert after.status == 0
        assert (after.out == before) is (own.state == state)
    done = own("build", "documents")
    assert done.status == 0, done.err
    assert "gamma" in own("stats").out
    assert len(own.generations) == 1


def test_a_second_writer_is_told_and_readers_are_not_disturbed(own):
    before = own("stats").out
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = started(own, "build", "documents")
    try:
        os.killpg(process.pid, signal.SIGSTOP)
        done = own("remove", "alpha")
        assert done.status == 2
        assert f"{own.named}: is being changed by another process ({process.pid}); wait until it is done" in done.err
        assert own("stats").out == before
    finally:
        os.killpg(process.pid, signal.SIGCONT)
        process.wait()
    assert process.returncode == 0
    assert "gamma" in own("stats").out


def test_interrupting_a_build_says_so_and_tidies_up(own):
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = started(own, "build", "documents", stderr=subprocess.PIPE)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err.decode()) == (130, "\nssrgraph: stopped\n")
    assert own.generations == ["generation-000001"]


@pytest.mark.parametrize("blocks", [1, 8, 60])
def test_a_disk_that_is_full_leaves_the_store_as_it_was(own, blocks):
    # A limit on the size of a file stands for a full disk, since not everybody may mount one.
    before = own("export", "--canonical").out
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    done = own.shell(f"ulimit -f {blocks}; ssrgraph build documents")
    assert done.status == 2
    place = own.store.relative_to(own.folder)
    assert done.err == f"ssrgraph: {place}: cannot be written: File too large; the store is as it was before\n"
    assert own("export", "--canonical").out == before
    assert own("build", "documents").status == 0


def test_a_store_of_another_version_is_built_anew_by_force(own):
    own.make_foreign()
    assert own("build", "documents").status == 2
    done = own("build", "documents", "--force")
    assert done.err.startswith("2 documents read; ")
    assert own("stats").status == 0
