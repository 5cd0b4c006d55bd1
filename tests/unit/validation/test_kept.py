"""What a check keeps of its findings."""

from __future__ import annotations

import zlib

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from ssrgraph.validation.content import OfDocument
from ssrgraph.validation.kept import Kept
from ssrgraph.validation.model import Finding, Kind, Severity

GRAPH = NamedNode("https://w3id.org/ssrgraph/graph/document/a")


def finding(message, severity=Severity.WARNING):
    return Finding(kind=Kind.CHECK, severity=severity, subject=NamedNode("urn:x"), message=message)


def messages(kept):
    return [one.message for one in kept.report().findings]


def again(kept):
    found = Kept.resumed(kept.content(), "one")
    assert found is not None
    return found


def test_a_finding_in_two_places_counts_once_and_goes_with_the_last():
    kept = Kept.begun("one")
    kept.replace("check", "x", [finding("a"), finding("a"), finding("b", Severity.VIOLATION)])
    kept.replace("check", "y", [finding("a")])
    kept = again(kept)
    assert kept.counts() == {Severity.VIOLATION: 1, Severity.WARNING: 1}
    kept.replace("check", "x", [])
    kept = again(kept)
    assert messages(kept) == ["a"]
    assert kept.names("check") == {"y"}
    kept.replace("check", "y", [])
    assert messages(again(kept)) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content[:100],
        lambda content: content[:-5000] + bytes([content[-5000] ^ 4]) + content[-4999:],
        lambda _: b"",
        lambda _: zlib.compress(b"{}"),  # As earlier versions kept it.
    ],
)
def test_damaged_bytes_tell_nothing(spoil):
    kept = Kept.begun("one")
    kept.replace("check", "x", [finding("a")])
    content = kept.content()
    assert Kept.resumed(content, "one") is not None
    assert Kept.resumed(content, "two") is None
    assert Kept.resumed(spoil(content), "one") is None


def test_the_words_of_a_document_are_forgotten_with_it():
    kept = Kept.begun("one")
    triple = Triple(NamedNode("urn:x"), NamedNode("urn:y"), Literal('"quoted"\n', language="en"))
    kept.words[GRAPH, triple] = ("one", "two")
    kept = again(kept)
    assert kept.words.get((GRAPH, triple)) == ("one", "two")
    kept.put_document(GRAPH, OfDocument(findings=(), counted=(), quotes=()))
    assert kept.words.get((GRAPH, triple)) is None
