from __future__ import annotations

import hashlib

import pytest

from ssrgraph.documents import load_sources

DOCUMENTS = [
    "000_c03d4ede4fda383a",
    "001_8bcc19773db85468",
    "002_a49028e8fd2b822a",
    "003_726c8a866d656542",
    "004_3e154fd430911d03",
]


def test_the_manifest_lists_the_texts_of_its_folder_and_no_other(root):
    folder = root / "data" / "documents"
    assert list(load_sources(folder)) == sorted(path.stem for path in folder.glob("*.txt")) == DOCUMENTS


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_text_is_byte_for_byte_the_one_of_the_manifest(root, document):
    folder = root / "data" / "documents"
    digest = hashlib.sha256((folder / f"{document}.txt").read_bytes()).hexdigest()
    assert load_sources(folder)[document].sha256 == digest


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_text_is_byte_for_byte_the_one_that_was_given(root, shared, document):
    given = shared / "documents" / f"{document}.txt"
    assert (root / "data" / "documents" / given.name).read_bytes() == given.read_bytes()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_title_of_the_manifest_stands_in_the_text(root, document):
    folder = root / "data" / "documents"
    title = load_sources(folder)[document].title
    assert title is None or title in (folder / f"{document}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_text_has_its_language_and_says_what_is_known_of_its_reuse(root, document):
    source = load_sources(root / "data" / "documents")[document]
    assert source.language == "en"
    assert source.reuse
