from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from ssrgraph.documents.formats import word
from ssrgraph.errors import DocumentError


def read(data: bytes):
    return word.read(data, name=Path("a.docx"))


def problem(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read(data)
    return caught.value.problem


def small(document) -> None:
    document.add_paragraph("Norland gave three boats to Suland.")


def test_headings_paragraphs_lists_and_tables_become_blocks(make_docx):
    def write(document):
        document.add_heading("Support for Suland", 0)
        paragraph = document.add_paragraph("Norland has delivered ")
        paragraph.add_run("three").bold = True
        paragraph.add_run(" patrol boats.")
        document.add_paragraph("three patrol boats;", style="List Bullet")
        document.add_paragraph("20 rifles", style="List Number")
        document.add_paragraph("")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["Year", "Amount", "2019", "$2 million"], strict=True):  # noqa: SLF001
            cell.text = text
        document.add_paragraph("In 2020,\nNorland trained 40 sailors.")

    assert read(make_docx(write)).text == (
        "Support for Suland\n\nNorland has delivered three patrol boats.\n\n"
        "• three patrol boats;\n• 20 rifles\n\n"
        "Year\tAmount\n\n2019\t$2 million\n\n"
        "In 2020,\nNorland trained 40 sailors.\n"
    )


def test_what_was_inserted_is_read_and_what_was_deleted_is_not(make_docx, add_xml):
    def write(document):
        add_xml(
            document,
            "<w:p><w:r><w:t>Norland gave </w:t></w:r><w:del><w:r><w:delText>two</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>three</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> boats</w:t></w:r></w:p>",
        )
        add_xml(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>")

    assert read(make_docx(write)).text == "Norland gave three boats\n\nIn a field.\n"


def test_a_table_that_only_sets_the_page_is_read_as_paragraphs(make_docx):
    def write(document):
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "Norland gave $2 million."
        cell.add_paragraph("It trained 40 sailors.")

    assert read(make_docx(write)).text == "Norland gave $2 million.\n\nIt trained 40 sailors.\n"


def test_the_properties_say_title_author_and_when_it_was_made(make_docx):
    def write(document):
        small(document)
        core = document.core_properties
        core.title, core.author, core.created = "Annual report", "Ministry of Defence", dt.datetime(2021, 5, 4, 10)  # noqa: DTZ001

    content = read(make_docx(write))
    assert (content.origin.title, content.origin.publisher) == ("Annual report", "Ministry of Defence")
    assert (content.made, content.origin.date) == ("2021-05-04", None)


def test_a_document_without_text_is_told(make_docx):
    assert problem(make_docx(lambda _document: None)) == "has no text"
    assert problem(b"") == "is empty"


def test_a_damaged_document_is_told(make_docx, with_part):
    data = make_docx(small)
    assert problem(data[:2000]).startswith("is no readable DOCX file (")
    assert problem(b"no zip").startswith("is no readable DOCX file (")
    assert problem(with_part(data, "word/document.xml", b"<w:document>")).startswith("is no readable DOCX file (")
    assert problem(with_part(data, "[Content_Types].xml", b"")).startswith("is no readable DOCX file")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.txt", "text")
    assert problem(file.getvalue()).startswith("is no readable DOCX file (")


def test_a_protected_document_is_told():
    assert problem(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest") == (
        "is protected by a password or an older .doc file; save it as DOCX without a password"
    )


def test_a_file_that_unpacks_to_far_more_than_a_document_is_refused_unread(make_docx, with_part):
    bomb = with_part(make_docx(small), "word/media/image1.bin", b"\0" * 201_000_000)
    assert len(bomb) < 300_000
    assert problem(bomb).startswith("holds more than 200 MB when it is unpacked")
    xml = with_part(make_docx(small), "word/document.xml", b" " * 61_000_000)
    assert problem(xml).startswith("holds more than 200 MB when it is unpacked")


def test_entities_of_xml_are_not_expanded(make_docx, with_part):
    laughs = b'<!DOCTYPE d [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = b"]><w:document %s><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>" % space
    assert problem(with_part(make_docx(small), "word/document.xml", laughs + body))
