from __future__ import annotations

import os

from ssrgraph.store.locking import FileLock


def test_a_lock_is_held_by_one_until_it_is_given_back(tmp_path):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_signed_lock_names_its_holder(tmp_path):
    lock = FileLock(tmp_path / "lock", signed=True)
    assert lock.acquire()
    assert FileLock(tmp_path / "lock").holder() == str(os.getpid())
    lock.release()


def test_readers_share_a_lock_and_keep_others_out(tmp_path):
    path = tmp_path / "lock"
    path.touch()
    readers = [FileLock(path, shared=True), FileLock(path, shared=True)]
    assert [reader.acquire() for reader in readers] == [True, True]
    assert not FileLock(path).acquire()
    for reader in readers:
        reader.release()
    alone = FileLock(path)
    assert alone.acquire()
    alone.release()


def test_an_unsigned_lock_leaves_the_file_as_it_is(tmp_path):
    path = tmp_path / "lock"
    path.write_text("content")
    lock = FileLock(path)
    assert lock.acquire()
    lock.release()
    assert path.read_text() == "content"
