from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssrgraph.export.files import OutputError, make_folder, write_file


def test_a_file_is_written_with_the_rights_of_a_new_file(tmp_path):
    mask = os.umask(0o022)
    try:
        write_file(tmp_path / "a.ttl", b"content")
    finally:
        os.umask(mask)
    assert (tmp_path / "a.ttl").read_bytes() == b"content"
    assert (tmp_path / "a.ttl").stat().st_mode & 0o777 == 0o644
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.ttl").write_bytes(b"old")
    (tmp_path / "link.ttl").symlink_to("real.ttl")
    write_file(tmp_path / "link.ttl", b"new")
    assert (tmp_path / "link.ttl").is_symlink()
    assert (tmp_path / "real.ttl").read_bytes() == b"new"


def test_what_was_there_stays_when_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "a.ttl"
    path.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.ttl"]


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(OutputError, match=f"there is no folder {tmp_path}/nowhere"):
        write_file(tmp_path / "nowhere" / "a.ttl", b"")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="it is a folder"):
        write_file(tmp_path, b"")


def test_a_full_device_is_told():
    with pytest.raises(OutputError, match="No space left on device"):
        write_file(Path("/dev/full"), b"content")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match="it is a file, not a folder"):
        make_folder(tmp_path / "a")
    with pytest.raises(OutputError, match="Not a directory"):
        make_folder(tmp_path / "a" / "b")
