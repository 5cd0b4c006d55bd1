from __future__ import annotations

import pytest

from ssrgraph.errors import DataError, QueryError
from ssrgraph.query import catalogue
from ssrgraph.query.catalogue import Parameter

HEADED = """\
# title: Funding by programme
# question: Who paid what under which programme,
#   year by year?
# parameter: programme = "" : only this programme: its name or a part
# parameter: year = 2017 : only this year
# parameter: body : which body
# column: programme : the named fund
# column: amount : the sum
# remedy: look again

# title: not of the header
SELECT ?programme ?amount { ?s ?p ?o }
"""


def test_a_header_is_read():
    query = catalogue.parse(HEADED, name="funding", group="questions")
    assert query.title == "Funding by programme"
    assert query.question == "Who paid what under which programme, year by year?"
    assert query.parameters == (
        Parameter(name="programme", default='""', about="only this programme: its name or a part"),
        Parameter(name="year", default="2017", about="only this year"),
        Parameter(name="body", default=None, about="which body"),
    )
    assert query.columns == {"programme": "the named fund", "amount": "the sum"}
    assert query.text == HEADED


def test_a_quoted_default_makes_the_parameter_a_text():
    query = catalogue.parse(HEADED, name="funding")
    assert [parameter.is_text for parameter in query.parameters] == [True, False, False]


def test_a_query_needs_no_header():
    query = catalogue.parse("SELECT * { ?s ?p ?o } # title: no", name="mine")
    assert (query.title, query.parameters, query.columns) == ("", (), {})


def test_a_parameter_that_cannot_be_read_is_told():
    with pytest.raises(QueryError, match="mine: the parameter `two words` is not of the form"):
        catalogue.parse("# parameter: two words\nASK {}", name="mine")


@pytest.fixture
def folder(tmp_path):
    for group, name in [("tables", "funding"), ("questions", "sums"), ("checks", "dates")]:
        (tmp_path / group).mkdir()
        (tmp_path / group / f"{name}.rq").write_text(HEADED)
    return tmp_path


def test_a_folder_is_read_tables_first(folder):
    assert [(query.group, query.name) for query in catalogue.load(folder).values()] == [
        ("tables", "funding"),
        ("questions", "sums"),
        ("checks", "dates"),
    ]


def test_two_queries_of_one_name_are_a_fault_of_the_catalogue(folder):
    (folder / "questions" / "funding.rq").write_text(HEADED)
    with pytest.raises(DataError, match="also among the tables"):
        catalogue.load(folder)


def test_a_query_is_found_by_its_name_or_with_its_folder(folder):
    saved = catalogue.load(folder)
    assert catalogue.find(saved, "sums") is catalogue.find(saved, "questions/sums") is saved["sums"]


def test_an_unknown_name_gets_a_hint(folder):
    with pytest.raises(QueryError, match="no saved query has this name; did you mean `funding`"):
        catalogue.find(catalogue.load(folder), "fundng")


def test_a_name_in_the_wrong_folder_is_unknown(folder):
    with pytest.raises(QueryError, match="no saved query"):
        catalogue.find(catalogue.load(folder), "tables/sums")
