"""Documents of every format, from outside: a clear outcome for each file, and the others go on."""

from __future__ import annotations

import json
import re
from email.message import EmailMessage

import docx
import pytest
from fpdf import FPDF

from ssrgraph.documents import parse_document

CLAIMS = {
    "page": "Canada has trained over 1,200 Ukrainian soldiers since 2015.",
    "paper": "Germany delivered 3 patrol boats to Lebanon in May 2018.",
    "letter": "In 2017, the United States provided $5 million to Iraq for clearance.",
    "notes": "Norway gave $2 million to Iraq in 2019.",
    "mail": "France trained 40 Malian officers in 2014.",
}


def write_documents(folder) -> None:
    folder.mkdir()
    body = f"<nav><a href=/>Home</a></nav><p>{CLAIMS['page']}</p>"
    (folder / "page.html").write_text(f"<html><head><title>News</title></head><body>{body}</body></html>")
    (folder / "notes.md").write_text(f"# Money\n\n{CLAIMS['notes']}\n")
    message = EmailMessage()
    message["Subject"], message["From"] = "Training", "Press office <press@example.org>"
    message.set_content(CLAIMS["mail"])
    (folder / "mail.eml").write_bytes(message.as_bytes())
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=11)
    paper.multi_cell(0, 6, CLAIMS["paper"])
    (folder / "paper.pdf").write_bytes(bytes(paper.output()))
    letter = docx.Document()
    letter.add_paragraph(CLAIMS["letter"])
    letter.save(str(folder / "letter.docx"))


BROKEN = {
    "bad-menu.html": (b"<nav><a href=1>Home</a> <a href=2>News</a></nav>", "has no running text, only menus and links"),
    "bad-image.pdf": (None, "has no text, only images; run text recognition (OCR) over it first"),
    "bad-paper.pdf": (
        b"%PDF-1.7",
        "is no readable PDF (Failed to load document (PDFium: Data format error).); save it anew",
    ),
    "bad-letter.docx": (b"PK\x03\x04broken", "is no readable DOCX file (File is not a zip file); save it anew"),
    "bad-mail.eml": (b"no headers", "is no e-mail: it has none of the usual headers"),
    "bad-text.txt": (b"", "is empty"),
}


def image() -> bytes:
    empty = FPDF()
    empty.add_page()
    empty.rect(10, 10, 50, 50, style="F")
    return bytes(empty.output())


@pytest.fixture(scope="module")
def place(anew, tmp_path_factory):
    run = anew(tmp_path_factory.mktemp("formats"))
    write_documents(run.folder / "formats")
    for name, (content, _) in BROKEN.items():
        (run.folder / "formats" / name).write_bytes(content if content is not None else image())
    (run.folder / "formats" / "zz-copy.txt").write_text(f"Money\n{CLAIMS['notes']}")
    done = run("build", "formats", "--reasoner", "none")
    return run, done


def test_files_that_cannot_be_read_are_named_and_the_others_are_read(place):
    _, done = place
    skipped = [f"Skipped formats/{name}: {problem}." for name, (_, problem) in BROKEN.items()]
    double = "Skipped formats/zz-copy.txt: has the same text as notes, which is read."
    lines = done.err.splitlines()
    assert (done.status, done.out) == (0, "")
    assert sorted(lines[:-1] if lines[-1].startswith("5 documents") else lines[:-2]) == sorted([*skipped, double])
    assert "5 documents read, 7 files skipped; " in done.err


def test_every_format_yields_its_claim_with_words_that_stand_in_the_stored_text(place):
    run, _ = place
    tables = json.loads(run("facts", "--all", "--format", "json").out)
    quotes = {row["document"]: row["quote"] for rows in tables.values() for row in rows}
    assert set(quotes) >= set(CLAIMS)
    assert run("check").status == 0


def test_the_stored_text_and_the_digest_of_the_file_are_in_the_graph(place):
    run, _ = place
    query = (
        "SELECT ?id ?type ?stored ?file { ?d dct:identifier ?id ; schema:sha256 ?stored ; prov:wasDerivedFrom ?f ."
        " ?f schema:encodingFormat ?type ; schema:sha256 ?file } ORDER BY ?id"
    )
    rows = json.loads(run("query", query, "--format", "json").out)["results"]["bindings"]
    found = {row["id"]["value"]: {key: row[key]["value"] for key in ("type", "stored", "file")} for row in rows}
    assert set(found) == set(CLAIMS)
    for path in sorted((run.folder / "formats").iterdir()):
        if path.stem in CLAIMS:
            document = parse_document(path.read_bytes(), name=path)
            assert found[path.stem] == {
                "type": document.media_type, "stored": document.sha256, "file": document.file_sha256,
            }  # fmt: skip


def test_nothing_is_done_again_and_what_was_skipped_is_told_again(place):
    run, done = place
    again = run("build", "formats", "--reasoner", "none")
    assert again.status == 0
    assert [line for line in again.err.splitlines() if line.startswith("Skipped")] == [
        line for line in done.err.splitlines() if line.startswith("Skipped")
    ]
    assert "Nothing changed: 5 documents" in again.err
    assert "7 files skipped" in again.err


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_named_and_cannot_be_read_is_an_error(place, name):
    run, _ = place
    before = run.state
    done = run("build", "formats", f"formats/{name}", "--reasoner", "none")
    assert done.status == 2
    assert done.err == f"ssrgraph: formats/{name}: {BROKEN[name][1]}\n"
    assert run.state == before


def test_a_text_in_another_encoding_is_read_by_its_name(own):
    text = "Opération Sangaris\n\nFrance trained 40 Malian officers in 2014.\n"
    (own.folder / "latin.txt").write_bytes(text.encode("latin-1"))
    refused = own("add", "latin.txt")
    assert refused.status == 2
    assert re.fullmatch(r"ssrgraph: latin\.txt: is not UTF-8 \(byte 2\)[^\n]*\n", refused.err)
    assert own("add", "latin.txt", "--encoding", "nonsense").err.startswith(
        "ssrgraph: nonsense: is no encoding of text"
    )
    assert own("add", "latin.txt", "--encoding", "windows-1252").status == 0
    assert "latin" in own("stats").out


def test_a_document_in_another_language_is_told_and_a_manifest_can_say_otherwise(anew, tmp_path):
    own = anew(tmp_path)
    folder = own.folder / "french"
    folder.mkdir()
    (folder / "note.txt").write_text(
        "Le ministère de la Défense a annoncé mardi la livraison de trois patrouilleurs. Les équipages sont formés "
        "depuis le mois de mai par des instructeurs venus de plusieurs pays de la région, a indiqué son porte-parole.\n"
    )
    done = own("build", "french", "--reasoner", "none")
    assert done.status == 2
    assert "french/note.txt: is in French; only English is read" in done.err
    assert own("stats").status == 2
    (folder / "sources.toml").write_text('[[document]]\nid = "note"\nlanguage = "en"\n')
    assert own("build", "french", "--reasoner", "none").status == 0
