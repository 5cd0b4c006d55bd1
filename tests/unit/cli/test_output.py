from __future__ import annotations

import io

import pytest

from ssrgraph.cli import output
from ssrgraph.export.files import OutputError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_piped_table_has_no_colour_and_one_line_a_row(capsys):
    output.show_table(("name", "sum"), [("a\nname", "1,200"), ("[bold]b[/bold]", "7")], title="funding")
    assert capsys.readouterr().out == (
        "funding:\nname              sum\n--------------  -----\na name          1,200\n[bold]b[/bold]      7\n\n"
    )


def test_a_piped_row_stays_on_its_line_however_long(capsys):
    output.show_table(("name",), [("x" * 5000,)])
    assert capsys.readouterr().out.splitlines()[2] == "x" * 5000


def test_a_table_on_a_terminal_is_fitted_to_its_width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    output.show_table(("name",), [("x" * 100,)])
    assert max(len(line) for line in screen.getvalue().splitlines() if "\x1b" not in line) <= 40


def test_a_closed_standard_output_is_told(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(OutputError, match="standard output: cannot be written: it is closed"):
        output.emit("text")
    with pytest.raises(OutputError, match="it is closed"):
        output.show_table(("a",), [])


def test_progress_is_silent_where_nobody_looks(capsys):
    with output.progress() as tell:
        tell("reading", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_progress_shows_on_a_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with output.progress() as tell:
        tell("reading", 1, 2)
    assert "reading" in screen.getvalue()


def test_data_goes_to_a_file_or_to_standard_output(tmp_path, capsysbinary):
    output.emit("é", tmp_path / "a")
    output.emit("é")
    output.emit(b"\xff", None)
    assert (tmp_path / "a").read_bytes() == "é".encode()
    assert capsysbinary.readouterr().out == "é".encode() + b"\xff"
