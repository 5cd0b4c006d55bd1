"""Files as they lie about: each has a clear outcome, and the others go on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from email.message import EmailMessage

import pytest
from fpdf import FPDF

WORDS = "has trained over 1,200 soldiers of the brigade since 2015, and a further group of officers will follow."
pytestmark = pytest.mark.skipif(os.name != "posix", reason="named pipes and links are made")


def pdf(words: str = "", lock: str = "") -> bytes:
    paper = FPDF()
    paper.add_page()
    if lock:
        paper.set_encryption(owner_password=f"{lock}!", user_password=lock)
    paper.set_font("helvetica", size=11)
    if words:
        paper.multi_cell(0, 6, words)
    else:
        paper.rect(10, 10, 50, 50, style="F")
    return bytes(paper.output())


def message(subject: str, words: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = subject, "Press <press@example.org>"
    if words:
        mail.set_content(words)
    return mail


def nested() -> EmailMessage:
    mail = message("Training", f"Ghana {WORDS}")
    mail.add_alternative(f"<p>Ghana {WORDS}</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    mail.add_attachment(message("Inner", "Words of the message that is attached."))
    return mail


def forwarded() -> bytes:
    mail = message("Forwarded")
    mail.add_attachment(nested())
    return mail.as_bytes()


def mailbox() -> bytes:
    one = b"From press@example.org Mon Jan  6 10:00:00 2020\n" + message("One", f"Peru {WORDS}").as_bytes()
    return one + b"\n" + one.replace(b"Peru", b"Chile")


READ = {
    "upper.TXT": f"News\n\nCanada {WORDS}\n".encode(),
    "short.htm": f"<html><body><p>Norway {WORDS}</p></body></html>".encode(),
    "wrong-charset.html": f"<meta charset=iso-8859-1><p>Türkiye {WORDS}</p>".encode(),
    "wrong-utf8.html": f"<meta charset=utf-8><p>Opération: Spain {WORDS}</p>".encode("cp1252"),
    "wide.txt": f"News\n\nItaly {WORDS}\n".encode("utf-16-le"),
    "wide-page.html": f"<meta charset=utf-16><p>Malta’s army {WORDS}</p>".encode("utf-16-be"),
    "front.md": f"---\ntitle: A title\ndate: 2020-03-04\n---\n\nJapan {WORDS}\n".encode(),
    "nested.eml": nested().as_bytes(),
    "paper.PDF": pdf(f"Kenya {WORDS}"),
}
REFUSED = {
    "empty-page.html": (b"", "is empty"),
    "empty-letter.docx": (b"", "is empty"),
    "noughts.txt": (b"France trained 40\x00 officers in 2014.\n", "is binary; convert it to plain text in UTF-8 first"),
    "menu.html": (
        b"<nav><a href=1>Home</a> <a href=2>News</a> <a href=3>Press</a></nav>",
        "has no running text, only menus and links",
    ),
    "text.docx": (b"plain words", "is no readable DOCX file (File is not a zip file); save it anew"),
    "words.pdf": (b"plain words", "is no readable PDF"),
    "locked.pdf": (pdf("Words", lock="a"), "is protected by a password; save it without one"),
    "scanned.pdf": (pdf(), "has no text, only images; run text recognition (OCR) over it first"),
    "cut.pdf": (pdf("Words")[:600], "is no readable PDF"),
    "forwarded.eml": (forwarded(), "has no text of its own; save its attachments as files and read those"),
    "mailbox.eml": (mailbox(), "holds several e-mails (mbox); save each as a file of its own"),
    "long.txt": (f"{WORDS}\n\n".encode() * 12_000, "more than the 1,000,000 of one document; split it"),
    "break\nin-name.txt": (f"Fiji {WORDS}".encode(), "has a name with a line break or with bytes that are no UTF-8"),
    "not-utf8-\udcff.txt": (f"Fiji {WORDS}".encode(), "has a name with a line break or with bytes that are no UTF-8"),
    "upper.html": (f"<p>Cuba {WORDS}</p>".encode(), "has the same document id as odd/upper.TXT; rename one of them"),
}
LINKS = {
    "loop.txt": ("loop.txt", "cannot be read: Too many levels of symbolic links"),
    "nowhere.txt": ("gone", "cannot be read: No such file or directory"),
    "device.txt": ("/dev/zero", "is not a regular file"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory, anew):
    """Run commands in a folder of its own, which nobody copies: it holds links to devices."""
    return anew(tmp_path_factory.mktemp("odd-files"))


@pytest.fixture(scope="module")
def odd(place):
    folder = place.folder / "odd"
    folder.mkdir()
    refused = {}
    for name, content in READ.items():
        (folder / name).write_bytes(content)
    for name, (content, problem) in REFUSED.items():
        (folder / name).write_bytes(content)
        refused[name] = problem
    for name, (target, problem) in LINKS.items():
        (folder / name).symlink_to(target)
        refused[name] = problem
    (folder / "folder.txt").mkdir()
    (folder / "same-folder.txt").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    refused["pipe.txt"] = "is not a regular file"
    with zipfile.ZipFile(folder / "archive.docx", "w") as archive:
        archive.writestr("a.txt", "words")
    refused["archive.docx"] = "is no readable DOCX file"
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(250_000_000)
    refused["huge.txt"] = "is larger than 200 MB; split it"
    if os.geteuid():
        (folder / "closed.txt").write_text(WORDS)
        (folder / "closed.txt").chmod(0)
        refused["closed.txt"] = "cannot be read: Permission denied"
    return place("build", "odd", "--reasoner", "none"), refused


def test_every_odd_file_has_a_clear_outcome_and_the_others_are_read(odd, place):
    done, refused = odd
    assert (done.status, done.out) == (0, "")
    lines = [line for line in done.err.splitlines() if line.startswith("Skipped odd/")]
    told = dict(line.removeprefix("Skipped odd/").split(": ", 1) for line in lines)
    assert set(told) == {name.encode("unicode_escape").decode() for name in refused}
    for name, problem in refused.items():
        assert problem in told[name.encode("unicode_escape").decode()]
    assert f"{len(READ)} documents read, {len(refused)} files skipped; " in done.err
    told = json.loads(place("stats", "--format", "json").out)["documents"]
    assert all(any(name.partition(".")[0] in document for document in told) for name in READ)
    # The table shows as many as can be read at a glance, and how many there are beside.
    assert f" and {len(told) - 8} more (all of them: --format json)" in " ".join(place("stats").out.split())


def test_what_is_read_of_odd_files_is_their_text(odd, place):
    del odd
    query = "SELECT ?id ?text { ?d dct:identifier ?id ; schema:text ?text } ORDER BY ?id"
    found = place("query", query, "--format", "csv").out
    for words in ("Türkiye has", "Opération: Spain has", "Malta’s army has", "Italy has", "Ghana has", "Kenya has"):
        assert words in found
    assert "Inner" not in found
    assert "\x00" not in found


def test_the_same_is_told_again_and_nothing_is_read(odd, place):
    done, refused = odd
    again = place("build", "odd", "--reasoner", "none")
    assert again.status == 0
    assert again.err.startswith(done.err.partition(f"{len(READ)} documents")[0])
    assert f"Nothing changed: {len(READ)} documents" in again.err
    assert f"{len(refused)} files skipped" in again.err


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_vanishes_while_others_are_read_is_told(anew, tmp_path, jobs):
    own = anew(tmp_path)
    # The file is there when files are listed, and gone when it is read.
    vanishing = (
        "import pathlib, ssrgraph.pipeline.workers as workers\n"
        "real = workers.read_and_keep\n"
        "def gone(*given, **more):\n"
        "    pathlib.Path('some/b.txt').unlink()\n"
        "    yield from real(*given, **more)\n"
        "workers.read_and_keep = gone\n"
    )
    (own.folder / "some").mkdir()
    for name in "abc":
        (own.folder / "some" / f"{name}.txt").write_text(f"News\n\n{name.upper()}land {WORDS}\n")
    build = ("build", "some", "--reasoner", "none", "--jobs", jobs)
    done = own.starting_with(vanishing, *build)
    assert done.status == 0, done.err
    assert "Skipped some/b.txt: cannot be read: No such file or directory.\n" in done.err
    assert "2 documents read, 1 file skipped; " in done.err
    assert "2 unchanged; " in own("build", "some", "--reasoner", "none").err


def on_terminal(run, *arguments: str) -> str:
    """Return what a command writes to standard error when that is a terminal."""
    import pty  # noqa: PLC0415 -- not on every system

    master, slave = pty.openpty()
    words = b""
    process = subprocess.Popen(
        [run.program, *arguments],
        cwd=run.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=slave,
        env={**os.environ, **run.environment, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(slave)
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # Linux says so when the other side is closed.
            break
        if not part:
            break
        words += part
    os.close(master)
    assert process.wait() == 0
    return words.decode()


def test_a_terminal_shows_documents_rate_and_what_is_left_and_a_file_does_not(own):
    build = ("build", "documents", "--reasoner", "none", "--force")
    shown = on_terminal(own, *build)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"reading .* 2/2 +\d+\.\d a second .* left \d:\d\d:\d\d", plain)
    assert "validating" in plain
    assert "2 documents read; " in plain
    done = own(*build)
    assert "\x1b" not in done.err
    assert done.err.startswith("2 documents read; ")
