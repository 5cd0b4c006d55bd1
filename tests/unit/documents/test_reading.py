from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ssrgraph.documents import (
    BlockKind,
    Source,
    known_origin,
    list_documents,
    load_sources,
    parse_document,
    read_bytes,
    read_document,
)
from ssrgraph.errors import DocumentError

PAGE = b"""<html lang="en"><head><meta charset="utf-8"><title>Boats</title>
<meta name="dcterms.date" content="2021-05-04"></head><body><main><h1>Boats for Suland</h1>
<p>Norland has delivered three patrol boats to Suland.</p></main></body></html>"""


def test_a_text_is_kept_character_for_character_and_its_digest_is_that_of_the_file():
    data = "\ufeffA title\r\n\r\nCanada trained 40 officers in 2014.\r\n".encode()
    document = parse_document(data, name=Path("a.txt"))
    assert document.text.encode() == data
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.file_sha256, document.media_type, document.origin) == (None, None, None)


def test_of_another_format_the_digests_of_the_stored_text_and_of_the_file_are_kept():
    document = parse_document(PAGE, name=Path("boats.html"))
    assert document.text == "Boats for Suland\n\nNorland has delivered three patrol boats to Suland.\n"
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert (document.file_sha256, document.media_type) == (hashlib.sha256(PAGE).hexdigest(), "text/html")
    assert (document.id, document.date) == ("boats", "2021-05-04")
    assert [(block.kind, block.span.of(document.text)) for block in document.blocks] == [
        (BlockKind.TITLE, "Boats for Suland"),
        (BlockKind.PARAGRAPH, "Norland has delivered three patrol boats to Suland."),
    ]


def test_the_manifest_wins_over_the_file_and_the_file_over_the_text():
    document = parse_document(PAGE, name=Path("boats.html"))
    source = Source(id="boats", date="2021-05", publisher="Ministry of Defence")
    assert known_origin(document, source) == Source(
        id="boats", title="Boats for Suland", publisher="Ministry of Defence", date="2021-05", language="en"
    )
    assert known_origin(document, None) == Source(
        id="boats", title="Boats for Suland", date="2021-05-04", language="en"
    )


def test_the_ending_tells_the_format_whatever_its_case_and_other_endings_are_text():
    assert parse_document(PAGE, name=Path("BOATS.HTM")).text.startswith("Boats for Suland\n")
    assert parse_document(PAGE, name=Path("boats.page")).text == PAGE.decode()


def test_a_folder_gives_its_files_of_known_endings_sorted_by_id(tmp_path):
    for name in ("d.txt", "c.PDF", "a.docx", "b.html", "e.md", "f.eml", "g.htm", "notes.doc", "sources.toml", ".h.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "~$a.docx").write_bytes(b"")
    (tmp_path / "folder.txt").mkdir()
    names = ["a.docx", "b.html", "c.PDF", "d.txt", "e.md", "f.eml", "g.htm"]
    assert [path.name for path in list_documents([tmp_path])] == names


def test_a_file_that_is_named_and_has_the_id_of_another_is_an_error(tmp_path):
    for name in ("a.html", "a.pdf"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(DocumentError, match=r"a\.pdf: has the same document id as .*a\.html; rename one of them"):
        list_documents([tmp_path / "a.html", tmp_path / "a.pdf"])
    with pytest.raises(DocumentError, match=r"a\.html: has the same document id as .*a\.pdf; rename one of them"):
        list_documents([tmp_path / "a.pdf", tmp_path])


def test_of_files_of_a_folder_with_one_id_the_first_counts(tmp_path):
    for name in ("a.html", "a.pdf", "a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "a.md").symlink_to("a.html")
    assert [path.name for path in list_documents([tmp_path])] == ["a.html", "b.txt"]
    doubles = (tmp_path / "a.pdf", tmp_path / "a.txt")
    assert list_documents([tmp_path]) == {tmp_path / "a.html": doubles, tmp_path / "b.txt": ()}


@pytest.mark.parametrize("name", ["line\nbreak.txt", "bell\x07.txt", "not-utf8-\udcff.txt"])
def test_a_name_that_can_be_no_id_is_told(tmp_path, name):
    (tmp_path / name).write_text("words")
    with pytest.raises(DocumentError, match="has a name with a line break or with bytes that are no UTF-8; rename it"):
        read_bytes(tmp_path / name)


def test_a_folder_without_documents_says_what_it_looked_for(tmp_path):
    with pytest.raises(
        DocumentError, match=r"holds no \.txt file, nor one of \.docx, \.eml, \.htm, \.html, \.md, \.pdf"
    ):
        list_documents([tmp_path])


@pytest.mark.skipif(os.name != "posix", reason="other systems have no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match=r"pipe\.txt: is not a regular file"):
        read_bytes(tmp_path / "pipe.txt")


def test_a_link_that_leads_nowhere_is_told(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert list_documents([tmp_path]) == {tmp_path / "a.txt": ()}
    with pytest.raises(DocumentError, match=r"a\.txt: cannot be read: No such file"):
        read_document(tmp_path / "a.txt")


class Written(type(Path())):
    """A file that somebody goes on writing to for so many times that it is opened."""

    times = 99

    def open(self, *arguments, **options):
        opened = super().open(*arguments, **options)
        if self.times:
            self.times -= 1
            with Path(self).open("ab") as file:
                file.write(b"more\n")
        return opened


def test_a_file_that_does_not_stop_changing_is_told(tmp_path):
    path = Written(tmp_path / "growing.txt")
    path.write_bytes(b"x\n")
    with pytest.raises(DocumentError, match=r"growing\.txt: changes while it is read; try again when it is written"):
        read_bytes(path)


def test_a_file_that_changes_once_while_it_is_read_is_read_as_it_is_then(tmp_path):
    path = Written(tmp_path / "growing.txt")
    Path(path).write_bytes(b"x\n")
    path.times = 1
    assert read_bytes(path) == b"x\nmore\n"


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "eml"])
def test_a_file_of_fifty_megabytes_is_refused_with_its_size(suffix):
    data = b"Subject: x\n\n" + b"Canada trained 40 officers in 2014.\n" * 1_500_000
    with pytest.raises(
        DocumentError, match=rf"big\.{suffix}: holds .*54,000,0\d\d characters, more than the 1,000,000"
    ):
        parse_document(data, name=Path(f"big.{suffix}"))


def test_a_manifest_with_a_field_that_is_not_known_is_refused(tmp_path):
    (tmp_path / "sources.toml").write_text('[[document]]\nid = "a"\nauthor = "x"\n')
    with pytest.raises(DocumentError, match=r"sources\.toml: a document has author"):
        load_sources(tmp_path)
