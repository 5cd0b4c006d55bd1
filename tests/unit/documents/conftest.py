from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from fpdf import FPDF

FRAME = "Ministry of Defence - Annual report"
LONG = "In 2020, Norland trained 40 sailors of the Suland Navy in counter-terrorism and in man-portable air defence. "


def add_page(pdf: FPDF, number: int) -> None:
    """Write a page with a header, a chapter, paragraphs, a list, a table and a page number."""
    place = {"new_x": "LMARGIN", "new_y": "NEXT"}
    pdf.add_page()
    pdf.set_font("helvetica", size=8)
    pdf.cell(0, 5, FRAME, **place)
    pdf.ln(6)
    pdf.set_font("helvetica", "B", 16)
    pdf.cell(0, 10, f"Chapter {'ABCD'[number]}", **place)
    pdf.set_font("helvetica", size=11)
    pdf.multi_cell(0, 6, f"Norland has delivered {number + 3} patrol boats to Suland. {LONG * 2}", **place)
    pdf.ln(4)
    pdf.multi_cell(0, 6, LONG * 3, **place)
    pdf.ln(4)
    for item in (f"{number + 3} patrol boats;", "20 rifles, and"):
        pdf.cell(0, 6, f"- {item}", **place)
    pdf.ln(3)
    with pdf.table() as table:
        for cells in (("Year", "Amount"), (str(2019 + number), f"${number + 2} million")):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    pdf.set_y(-15)
    pdf.cell(0, 10, f"Page {number + 1}")


@pytest.fixture
def make_pdf():
    """Make a PDF of so many pages."""

    def make(pages: int = 3, *, title: str = "", author: str = "", password: str | None = None) -> bytes:
        pdf = FPDF()
        pdf.set_auto_page_break(False)
        pdf.set_title(title)
        pdf.set_author(author)
        if password is not None:
            pdf.set_encryption(password + "!", user_password=password)
        for number in range(pages):
            add_page(pdf, number)
        return bytes(pdf.output())

    return make


@pytest.fixture
def make_docx():
    """Make a DOCX by a function that writes into it."""

    def make(write) -> bytes:
        document = docx.Document()
        document.core_properties.title = ""
        document.core_properties.author = ""
        write(document)
        file = io.BytesIO()
        document.save(file)
        return file.getvalue()

    return make


@pytest.fixture
def add_xml():
    """Put a piece of XML of a word processor behind the last paragraph."""

    def add(document, xml: str) -> None:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace(">", f" {space}>", 1)))

    return add


@pytest.fixture
def with_part():
    """Return a packed file with one more part, or with a part replaced."""

    def put(data: bytes, name: str, content: bytes) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.namelist():
                if part != name:
                    new.writestr(part, old.read(part))
            new.writestr(name, content)
        return file.getvalue()

    return put
