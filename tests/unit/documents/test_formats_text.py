from __future__ import annotations

from pathlib import Path

import pytest

from ssrgraph.documents import parse_document
from ssrgraph.documents.formats import convert
from ssrgraph.documents.formats.encodings import declared, guessed, known_encoding, text_of_page, wide
from ssrgraph.errors import DocumentError

FRENCH = "L\u2019opération « Barkhane » a formé près de cinq cents militaires maliens à Gao, selon l\u2019état-major."
RUSSIAN = "Министерство обороны сообщило, что в учениях участвовали две тысячи военнослужащих из пяти стран региона."


def problem(data: bytes, name: str = "a.txt", **options: str) -> str:
    with pytest.raises(DocumentError) as caught:
        parse_document(data, name=Path(name), **options)
    return caught.value.problem


def test_a_text_in_another_encoding_is_refused_with_its_name_and_the_option():
    assert problem(FRENCH.encode("cp1252")) == (
        "is not UTF-8 (byte 1) but perhaps windows-1252; convert it to UTF-8, or read it with --encoding windows-1252"
    )
    assert "perhaps windows-1251;" in problem(RUSSIAN.encode("cp1251"))


@pytest.mark.parametrize("encoding", ["windows-1252", "latin-1", "cp1252"])
def test_a_text_is_read_in_the_encoding_that_is_named(encoding):
    data = "Opération Sangaris: 40 officers.".encode("cp1252")
    assert parse_document(data, name=Path("a.txt"), encoding=encoding).text == "Opération Sangaris: 40 officers."


def test_a_text_in_utf8_stays_so_whatever_encoding_is_named():
    text = "Opération Sangaris: 40 officers."
    assert parse_document(text.encode(), name=Path("a.txt"), encoding="cp1252").text == text


def test_an_encoding_that_does_not_fit_is_told():
    assert problem(b"caf\xe9", encoding="ascii").startswith("is neither UTF-8 nor ascii")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_for_sure(encoding):
    text = "Opération Sangaris: 40 officers."
    document = parse_document(text.encode(encoding), name=Path("a.txt"))
    assert document.text == text
    assert document.file_sha256 != document.sha256
    assert document.media_type == "text/plain"


def test_what_is_empty_binary_or_neither_is_told_apart():
    assert problem(b"") == "is empty"
    assert problem(b" \r\n\t") == "is empty"
    assert problem(b"\x89PNG\x00\x00") == "is binary; convert it to plain text in UTF-8 first"
    assert problem(bytes(range(1, 256))).startswith("is not UTF-8 (byte 127)")


def test_what_a_page_declares_is_read_as_browsers_do():
    assert declared(b'<meta charset="ISO-8859-1">') == "cp1252"
    assert declared(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">') == "cp1251"
    assert declared(b"<?xml version='1.0' encoding='utf-16'?>") == "utf-16"
    assert declared(b'<meta charset="nonsense">') is None


def test_a_page_is_read_as_utf8_first_then_as_declared_then_as_it_looks():
    name = Path("a.html")
    head = b'<meta charset="windows-1251">'
    assert text_of_page(head + RUSSIAN.encode(), name=name).endswith(RUSSIAN)
    assert text_of_page(head + RUSSIAN.encode("cp1251"), name=name).endswith(RUSSIAN)
    assert text_of_page(RUSSIAN.encode("koi8-r"), name=name, label="koi8-r") == RUSSIAN
    assert text_of_page(RUSSIAN.encode("koi8-r"), name=name, encoding="koi8-r") == RUSSIAN
    assert text_of_page(FRENCH.encode("cp1252"), name=name) == FRENCH


def test_only_encodings_of_text_are_known():
    assert [known_encoding(name) for name in ("UTF8", "hex", "rot13", "zip", "no-such", None, "a\0b")] == [
        "utf-8", None, None, None, None, None, None,
    ]  # fmt: skip


def test_bytes_without_order_are_in_no_encoding():
    assert guessed(bytes((i * 97 + 13) % 256 for i in range(5000))) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Three boats – “for Suland”.\n", "A", "Türkiye’s boats, ten of them\r\n"])
def test_utf16_is_known_by_its_look_where_no_mark_tells_it(encoding, text):
    assert convert(text.encode(encoding), name=Path("a.txt")).text == text
    assert wide(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    "data", [b"", b"Boats", b"Bo\x00ats for Suland", bytes(200), bytes(range(256)), b"\x00B" * 9 + b"C"]
)
def test_what_is_not_utf16_is_not_taken_for_it(data):
    assert wide(data) is None
