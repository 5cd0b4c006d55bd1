from __future__ import annotations

import pytest
from pyoxigraph import QueryResultsFormat, Store

from ssrgraph.serve.counting import Rows

FORMATS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
ODD = "'}},{\"' '<result>' '\\n\\n' '\"bindings\":[{\"' 'a' <http://a.example/> UNDEF"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("step", [1, 7, 1000])
@pytest.mark.parametrize(
    ("query", "rows"), [(f"SELECT * {{ VALUES ?x {{ {ODD} }} VALUES ?y {{ 1 2 }} }}", 14), ("SELECT ?x {} LIMIT 0", 0)]
)
def test_rows_are_counted_whatever_stands_in_them(name, step, query, rows):
    counting = Rows.of(name)
    body = Store().query(query).serialize(format=FORMATS[name])
    for place in range(0, len(body), step):
        counting.see(body[place : place + step])
    assert counting.number == rows


def test_rows_of_csv_cannot_be_told_apart():
    assert Rows.of("csv") is None
