from __future__ import annotations

import os
import re
import signal
import subprocess
import time

import pytest

DOCUMENT = "More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n"


def generation(folder) -> str:
    return (folder / "build" / "store" / "CURRENT").read_text().strip()


@pytest.mark.folder
def test_a_build_with_nothing_to_do_says_so_and_loads_no_language_pipeline(own):
    before = generation(own.folder)
    done = own.starting_with(
        "import atexit, sys\n"
        "heavy = {'spacy', 'rdflib', 'owlrl', 'pyshacl'}\n"
        "atexit.register(lambda: print('loaded', sorted(heavy & set(sys.modules)), file=sys.stderr))\n",
        "build",
        "documents",
    )
    assert done.status == 0
    assert re.match(r"Nothing changed: 2 documents, [\d,]+ triples in build/store\.\n", done.err)
    assert done.err.endswith("loaded []\n")
    assert done.out == ""
    assert generation(own.folder) == before


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


@pytest.mark.folder
def test_two_builds_under_different_hash_seeds_and_jobs_are_equal_byte_by_byte(own):
    for seed, jobs in [("1", 1), ("2", 2)]:
        done = own("build", "documents", "--store", f"seed{seed}", "--jobs", jobs, PYTHONHASHSEED=seed)
        assert done.status == 0, done.err
    dumps = [own("export", "--canonical", "--store", f"seed{seed}").out for seed in "12"]
    assert dumps[0].count("\n") > 500
    assert dumps[0] == dumps[1]
    for kind in ("turtle", "trig", "rdfxml", "jsonld"):
        texts = [own("export", "--format", kind, "--store", f"seed{seed}", PYTHONHASHSEED=seed).out for seed in "12"]
        assert texts[0] == texts[1]


def started(run, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [run.program, *arguments], cwd=run.folder, stderr=subprocess.DEVNULL, start_new_session=True
    )


def wait_for_generation(folder, process) -> None:
    store = folder / "build" / "store"
    while process.poll() is None and len(list(store.glob("generation-*"))) < 2:
        time.sleep(0.005)


@pytest.mark.folder
@pytest.mark.parametrize("later", [0.0, 0.2, 0.6, 1.2])
def test_a_build_that_is_killed_leaves_the_former_store_usable(own, later):
    before = own("export", "--canonical").out
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = started(own, "build", "documents")
    wait_for_generation(own.folder, process)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    after = own("export", "--canonical")
    assert after.status == 0
    finished = generation(own.folder) != "generation-000001"
    assert (after.out == before) is not finished
    done = own("build", "documents")
    assert done.status == 0, done.err
    assert "gamma" in own("stats").out
    assert len(list((own.folder / "build" / "store").glob("generation-*"))) == 1


@pytest.mark.folder
def test_a_second_writer_is_told_and_readers_are_not_disturbed(own):
    before = own("stats").out
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = started(own, "build", "documents")
    try:
        wait_for_generation(own.folder, process)
        os.killpg(process.pid, signal.SIGSTOP)
        done = own("remove", "alpha")
        assert done.status == 2
        assert f"build/store: is being changed by another process ({process.pid}); wait until it is done" in done.err
        assert own("stats").out == before
    finally:
        os.killpg(process.pid, signal.SIGCONT)
        process.wait()
    assert process.returncode == 0
    assert "gamma" in own("stats").out


@pytest.mark.folder
def test_interrupting_a_build_says_so_and_tidies_up(own):
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    process = subprocess.Popen(
        [own.program, "build", "documents"], cwd=own.folder, stderr=subprocess.PIPE, start_new_session=True
    )
    wait_for_generation(own.folder, process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err.decode()) == (130, "\nssrgraph: stopped\n")
    assert [path.name for path in (own.folder / "build" / "store").glob("generation-*")] == ["generation-000001"]


@pytest.mark.folder
@pytest.mark.parametrize("blocks", [1, 8, 60])
def test_a_disk_that_is_full_leaves_the_store_as_it_was(own, blocks):
    # A limit on the size of a file stands for a full disk, since not everybody may mount one.
    before = own("export", "--canonical").out
    (own.folder / "documents" / "gamma.txt").write_text(DOCUMENT)
    done = own.shell(f"ulimit -f {blocks}; ssrgraph build documents")
    assert done.status == 2
    assert done.err == ("ssrgraph: build/store: cannot be written: File too large; the store is as it was before\n")
    assert own("export", "--canonical").out == before
    assert own("build", "documents").status == 0


@pytest.mark.folder
def test_a_store_of_another_version_is_built_anew_by_force(own):
    info = own.folder / "build" / "store" / generation(own.folder) / "store.json"
    info.write_text(info.read_text().replace('"format": 1', '"format": 0'))
    assert own("build", "documents").status == 2
    done = own("build", "documents", "--force")
    assert done.err.startswith("2 documents read; ")
    assert own("stats").status == 0
