"""Whatever the bytes: a document with valid spans, or a `DocumentError`, and nothing else."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssrgraph.documents import SUFFIXES, Document, parse_document
from ssrgraph.documents.formats.encodings import wide
from ssrgraph.errors import DocumentError

WORDS = "Norland has delivered three patrol boats to Suland."


def small_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.multi_cell(0, 6, f"{WORDS} " * 4)
    return bytes(pdf.output())


def small_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(WORDS)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Year"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


SEEDS = {
    ".txt": WORDS.encode(),
    ".md": f"---\ntitle: a\n---\n# Boats\n\n{WORDS}\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
    ".html": f"<html><head><title>a</title></head><body><h1>B</h1><p>{WORDS}</p><ul><li>x</ul></body></html>".encode(),
    ".htm": b"<table><tr><td>Year<td>1<tr><td>2019<td>$2 million</table><p>Norland paid.<br>it did",
    ".eml": f"From: a <a@b.example>\nSubject: Boats\nDate: Tue, 4 May 2021 10:00:00 +0000\n\n{WORDS}\n".encode(),
    ".pdf": small_pdf(),
    ".docx": small_docx(),
}
PIECES = st.sampled_from(
    [b"<p>", b"</p>", b"<table><tr><td>", b"<br>", b"<script>", b"&#0;", b"\xff", b"\x00", b"\n\n", b"- ", b"# ", b"|",
     b"Content-Type: multipart/mixed; boundary=x\n", b"=?utf-8?b?/w==?=", b"charset=utf-7", b"obj", b"stream\n", b"PK"]
)  # fmt: skip


def outcome(data: bytes, suffix: str) -> Document | DocumentError:
    """Return what the bytes come to; any other exception is an error of the test."""
    try:
        return parse_document(data, name=Path(f"any{suffix}"))
    except DocumentError as error:
        return error


def check(data: bytes, suffix: str) -> None:
    document = outcome(data, suffix)
    if isinstance(document, DocumentError):
        assert document.problem
        assert "\n" not in str(document)
        return
    text = document.text
    assert text.strip()
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (document.file_sha256 or document.sha256) == hashlib.sha256(data).hexdigest()
    if suffix != ".txt":
        assert not {unicodedata.category(character) for character in text} & {"Cs"}
        assert not {character for character in text if unicodedata.category(character) == "Cc"} - {"\n", "\t"}
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(text)
        end = block.span.end
        assert all(block.span.covers(sentence) for sentence in block.sentences)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400) | st.lists(PIECES | st.binary(max_size=8)).map(b"".join))
def test_any_bytes_under_any_ending_are_a_document_or_refused(suffix, data):
    check(data, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_file_is_a_document_or_refused(suffix, data):
    content = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=20) | PIECES)
    check(bytes(content), suffix)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_kept_character_for_character(text):
    found = outcome(text.encode(), ".txt")
    if isinstance(found, DocumentError):
        reason = "is empty" if "\x00" not in text else "is binary; convert it to plain text in UTF-8 first"
        assert (found.problem, not text.strip() or "\x00" in text) == (reason, True)
    elif "\x00" in text:
        # Such a text may look like UTF-16 byte by byte.
        assert found.text == text.encode().decode(wide(text.encode()) or "utf-8")
    else:
        assert found.text == text
