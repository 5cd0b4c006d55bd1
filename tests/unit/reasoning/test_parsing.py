"""Files that a process of its own reads: the same statements, the same words about what is wrong, nothing left over."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from ssrgraph.reasoning import Reasoner, parsing
from ssrgraph.reasoning.parsing import lines_of, read_beside

BASE = "http://example.org/"
FORMATS = (
    RdfFormat.N_TRIPLES, RdfFormat.TURTLE, RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.RDF_XML, RdfFormat.JSON_LD,
)  # fmt: skip


def statements(graph):
    """More than two blocks of them."""
    return [
        Quad(
            BlankNode(f"b{number % 7}") if number % 3 else NamedNode(f"{BASE}s{number}"),
            NamedNode(f"{BASE}p{number % 5}"),
            Literal(f'"{number}" \n') if number % 2 else NamedNode(f"{BASE}o{number}"),
            graph,
        )
        for number in range(40_000)
    ]


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.file_extension)
def test_another_process_reads_the_same(kind, tmp_path):
    graph = NamedNode(f"{BASE}g") if kind.supports_datasets else DefaultGraph()
    file = tmp_path / f"a.{kind.file_extension}"
    quads = statements(graph)
    serialize(quads if kind.supports_datasets else [quad.triple for quad in quads], file, format=kind)
    here = Reasoner.of_parts([parse(path=file, format=kind, base_iri=BASE)])
    beside = Reasoner.of_parts([read_beside(file, kind, BASE)])
    assert beside.asserted() == here.asserted()
    assert len(here.asserted()) > 30_000


def test_relative_names_are_resolved_against_the_base(tmp_path):
    file = tmp_path / "a.ttl"
    file.write_text("<a> <b> <c> .", encoding="utf-8")
    blocks = b"".join(read_beside(file, RdfFormat.TURTLE, BASE).blocks)
    assert blocks == b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"


def test_what_is_wrong_is_told_in_the_same_words(tmp_path):
    file = tmp_path / "a.nt"
    good = b"".join(lines_of(statements(DefaultGraph())))
    file.write_bytes(good + b"<http://example.org/a> nothing .\n")
    with file.open("rb") as content, pytest.raises(SyntaxError) as here:
        list(parse(content, format=RdfFormat.N_TRIPLES))
    with pytest.raises(ValueError, match="line 40001") as beside:
        list(read_beside(file, RdfFormat.N_TRIPLES, BASE).blocks)
    assert str(beside.value) == str(here.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        list(read_beside(tmp_path / "missing.nt", RdfFormat.N_TRIPLES, BASE).blocks)


@pytest.fixture
def started(monkeypatch):
    """The processes that were started."""
    found = []
    popen = subprocess.Popen

    def noted(*arguments, **keywords):
        found.append(popen(*arguments, **keywords))
        return found[-1]

    monkeypatch.setattr(parsing.subprocess, "Popen", noted)
    return found


@pytest.fixture
def large(tmp_path):
    file = tmp_path / "large.nt"
    file.write_bytes(b"".join(lines_of(statements(DefaultGraph()))) * 10)
    return file


def test_a_process_that_is_killed_gives_no_short_answer(large, started):
    blocks = iter(read_beside(large, RdfFormat.N_TRIPLES, BASE).blocks)
    next(blocks)
    os.kill(started[0].pid, signal.SIGKILL)
    with pytest.raises(OSError, match="has ended"):
        list(blocks)


def test_who_stops_reading_leaves_no_process_and_no_thread(large, started):
    before = threading.active_count()
    blocks = iter(read_beside(large, RdfFormat.N_TRIPLES, BASE).blocks)
    next(blocks)
    blocks.close()
    assert started[0].returncode is not None
    assert threading.active_count() == before


def test_nothing_is_read_before_it_is_asked_for(started):
    read_beside(Path("missing.nt"), RdfFormat.N_TRIPLES, BASE)
    assert started == []
