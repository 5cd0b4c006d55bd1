"""SSSOM files as others write them, and what cannot be one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ssrgraph.entities import sssom
from ssrgraph.entities.links import Link
from ssrgraph.errors import LinksError
from ssrgraph.vocabulary import Semapv, Skos

HEAD = """\
#mapping_set_id: https://example.org/set
#license: "https://creativecommons.org/publicdomain/zero/1.0/"
#creator_label:
#  - Ada
#  - 'O''Neill'
#mapping_date: "2026-01-02"
#curie_map:
#  ex: https://example.org/id/
#  wd: http://www.wikidata.org/entity/
#extension_definitions:
#  - slot_name: ext_weight
#    property: https://example.org/weight
"""
TABLE = (
    "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tpredicate_modifier\n"
    'ex:one\t"The ""one"""\tskos:exactMatch\twd:Q1\tsemapv:ManualMappingCuration\t0.9\t\n'
    "https://example.org/id/a/two\t\tskos:closeMatch\twd:Q2\tsemapv:LexicalMatching\t\tNot\n"
)


def parse(text):
    return sssom.parse(text, name="set.sssom.tsv")


def test_header_and_rows_are_read():
    found = parse(HEAD + TABLE)
    assert found.about["mapping_set_id"] == "https://example.org/set"
    assert found.about["creator_label"] == ("Ada", "O'Neill")
    assert found.prefixes == {"ex": "https://example.org/id/", "wd": "http://www.wikidata.org/entity/"}
    assert found.links == (
        Link(
            subject="https://example.org/id/one",
            subject_label='The "one"',
            predicate=Skos.EXACT_MATCH,
            object="http://www.wikidata.org/entity/Q1",
            justification=Semapv.MANUAL_MAPPING_CURATION,
            confidence=Decimal("0.9"),
            date="2026-01-02",
        ),
        Link(
            subject="https://example.org/id/a/two",
            predicate=Skos.CLOSE_MATCH,
            object="http://www.wikidata.org/entity/Q2",
            justification=Semapv.LEXICAL_MATCHING,
            is_negative=True,
            date="2026-01-02",
        ),
    )


def test_other_line_ends_a_byte_order_mark_and_spaces_behind_the_sign_make_no_difference():
    spaced = HEAD.replace("#", "# ")
    assert parse("\ufeff" + (spaced + TABLE).replace("\n", "\r\n")) == parse(HEAD + TABLE)


def test_what_is_written_is_read_again_the_same():
    links = parse(HEAD + TABLE).links
    about = {"mapping_set_id": "https://example.org/set", "title": "it's: #1", "creator_label": ("Ada", "yes: no")}
    text = sssom.write(links, prefixes={"ex": "https://example.org/id/"}, about=about)
    again = parse(text)
    assert again.links == links
    assert again.about == about
    assert "ex:one" in text
    assert "https://example.org/id/a/two" in text  # No short form where the rest has a slash.


def test_a_label_with_a_tab_or_a_line_break_stays_in_its_cell():
    link = Link(subject="urn:x:a", predicate="urn:x:p", object="urn:x:b", justification="urn:x:j", comment="a\tb\nc")
    assert parse(sssom.write([link], prefixes={}, about={})).links[0].comment == "a b c"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("object_id\t", "object\t", "line 13: the table has no column object_id"),
        ("ex:one", "", "line 14: no subject_id"),
        ("ex:one", "other:one", "line 14: the prefix of 'other:one' is not in the curie_map"),
        ("ex:one", "one", "line 14: 'one' is neither an IRI nor a prefixed name"),
        ("ex:one", "ex:a b", "line 14: 'ex:a b' is neither an IRI nor a prefixed name"),
        ("\t0.9\t", "\t1.5\t", "line 14: confidence is '1.5', no number from 0 to 1"),
        ("\t0.9\t", "\tnan\t", "line 14: confidence is 'nan', no number from 0 to 1"),
        ("\tNot\n", "\tNever\n", "line 15: predicate_modifier is 'Never', it can only be Not"),
        ("\tNot\n", "\tNot\tmore\n", "line 15: 8 cells, but the table has 7 columns"),
        ('mapping_date: "2026-01-02"', "mapping_date: yesterday", "line 14: mapping_date is 'yesterday', no date"),
        ("#license:", "#license", "line 2: the header is not written as `key: value`"),
        ("#creator_label:\n", "", "line 3: a list without a key"),
    ],
)
def test_what_is_no_sssom_is_told_with_its_line(old, new, problem):
    text = HEAD + TABLE
    assert old in text
    with pytest.raises(LinksError) as caught:
        parse(text.replace(old, new, 1))
    assert str(caught.value).startswith(f"set.sssom.tsv: {problem}")


def test_an_empty_file_is_no_sssom():
    with pytest.raises(LinksError, match="line 1: the table has no column subject_id"):
        parse("")


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin.sssom.tsv").write_bytes(b"\xe9")
    for path, problem in (("missing.sssom.tsv", "no such file"), ("latin.sssom.tsv", "not a text in UTF-8")):
        with pytest.raises(LinksError, match=problem):
            sssom.read(tmp_path / path)


def test_a_folder_means_its_files_sorted_and_must_have_one(tmp_path):
    with pytest.raises(LinksError, match=r"no file whose name ends in \.sssom\.tsv"):
        sssom.files(tmp_path)
    for name in ("b.sssom.tsv", "a.sssom.tsv", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in sssom.files(tmp_path)] == ["a.sssom.tsv", "b.sssom.tsv"]
