"""The saved queries as an API, and its description."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.routing import Route

from ssrgraph.query.catalogue import load
from ssrgraph.query.values import value_type
from ssrgraph.resources import shipped
from ssrgraph.serve.app import ROUTES
from ssrgraph.serve.openapi import SAVED, document
from ssrgraph.serve.openapi_paths import DESCRIBED, OTHERS

SUMS = "/queries/largest-sums"
UNTYPED = {"/sparql", "/graphs", "/reconcile"}
"""Paths where a schema cannot say what is right: what a query is, that there is one of two parameters."""
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def described(server):
    return server.get("/openapi.json").json


def test_the_list_has_every_query_with_its_parameters_and_columns(server):
    answer = server.get("/queries")
    assert (answer.status, answer.content_type) == (200, "application/json")
    saved = load(shipped("queries"))
    assert [each["name"] for each in answer.json] == list(saved)
    (sums,) = [each for each in answer.json if each["name"] == "largest-sums"]
    assert [(each["name"], each["type"], each["default"]) for each in sums["parameters"]] == [
        ("least", "number", "0"),
        ("only_currency", "text", ""),
    ]
    assert [each["name"] for each in sums["columns"]] == list(saved["largest-sums"].columns)
    assert server.get("/queries", accept="text/html,*/*;q=0.1").content_type == "text/html; charset=utf-8"


def test_a_query_answers_as_the_command_does(server, five, run_program):
    by_command = run_program("query", "largest-sums", "--store", five, "--set", "least=1000000", "--format", "csv")
    by_http = server.get(f"{SUMS}?least=1000000", accept="text/csv")
    assert by_http.status == 200
    assert list(csv.reader(io.StringIO(by_http.text))) == list(csv.reader(io.StringIO(by_command.stdout)))
    amounts = [float(row["amount"]) for row in csv.DictReader(io.StringIO(by_http.text)) if row["amount"]]
    assert amounts
    assert min(amounts) >= 1_000_000


@pytest.mark.parametrize(
    ("ending", "name", "media_type"),
    [
        ("srj", "json", JSON),
        ("srx", "xml", "application/sparql-results+xml"),
        ("csv", "csv", "text/csv"),
        ("tsv", "tsv", "text/tab-separated-values"),
    ],
)
def test_accept_parameter_and_ending_name_the_format(server, ending, name, media_type):
    by_accept = server.get(SUMS, accept=media_type)
    assert by_accept.content_type.partition(";")[0] == media_type
    by_name = server.get(f"{SUMS}?format={name}", accept="text/html")
    by_ending = server.get(f"{SUMS}.{ending}", accept="text/html")
    for other in (by_name, by_ending):
        assert (other.status, other.content_type, other.body) == (200, by_accept.content_type, by_accept.body)


def test_a_browser_gets_a_page_and_anybody_the_query_itself(server, root):
    assert server.get(SUMS, accept="text/html,*/*;q=0.1").content_type == "text/html; charset=utf-8"
    assert server.get(f"{SUMS}.html", accept=JSON).content_type == "text/html; charset=utf-8"
    text = server.get(f"{SUMS}.rq")
    assert text.content_type == "application/sparql-query"
    assert text.body == (root / "queries" / "questions" / "largest-sums.rq").read_bytes()


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("/queries/largest-sum", 404, "no-such-query", "did you mean largest-sums?"),
        ("/queries/zzz", 404, "no-such-query", "/queries lists them"),
        (f"{SUMS}?leats=1", 400, "unknown-parameter", "did you mean `least`?"),
        (f"{SUMS}?least=much", 400, "parameter-value", "takes a number, not `much`"),
        (f"{SUMS}?least=1&least=2", 400, "several-values", "`least`"),
        (f"{SUMS}?least=%FF", 400, "encoding", "UTF-8"),
        (f"{SUMS}?format=docx", 400, "format", "docx"),
        (f"{SUMS}?format=turtle", 406, "not-acceptable", JSON),
        ("/queries?format=xml", 400, "format", "json"),
    ],
)
def test_what_is_wrong_with_a_request_is_told(server, path, status, code, words):
    answer = server.get(path)
    assert (answer.status, answer.content_type, answer.json["code"]) == (status, "application/problem+json", code)
    assert words in answer.json["detail"]


@pytest.mark.parametrize("value", ['"', "\\", '" || true || "', "\\u0022 || 1=1 || \\u0022", "?amount", "' } #", "\n"])
def test_a_value_is_never_a_part_of_the_query(server, value):
    answer = server.get(f"{SUMS}?only_currency={quote(value, safe='')}")
    assert (answer.status, answer.rows) == (200, [])


def test_an_answer_has_a_tag_of_the_store_and_of_what_was_asked(server):
    first = server.get(f"{SUMS}?least=5")
    assert server.get(f"{SUMS}?least=5", if_none_match=first.headers["etag"]).status == 304
    assert server.get(f"{SUMS}?least=6").headers["etag"] != first.headers["etag"]
    head = server.request("HEAD", f"{SUMS}?least=5")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", first.headers["etag"])


def test_the_description_is_valid_and_has_every_query_with_its_types(described):
    OpenAPIV31SpecValidator(described).validate()
    for query in load(shipped("queries")).values():
        operation = described["paths"][f"/queries/{query.name}"]["get"]
        assert operation["summary"] == query.title
        types = {each["name"]: each["schema"]["type"] for each in operation["parameters"]}
        assert types == {
            "format": "string",
            **{each.name: "number" if value_type(each).value == "number" else "string" for each in query.parameters},
        }


def test_every_path_of_the_server_is_described_or_a_page():
    paths = {route.path for routes in ROUTES for route in routes if isinstance(route, Route)}
    assert paths == {*DESCRIBED, *OTHERS, SAVED}
    every = [route for routes in ROUTES for route in routes]
    for path, operations in document(every)["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path


def conforming(operation, excluded):
    """Return what sends requests to an operation."""

    @settings(max_examples=12, database=None, derandomize=True, deadline=None)
    @given(case=operation.as_strategy())
    def conforms(case):
        case.call_and_validate(excluded_checks=excluded)

    return conforms


def test_what_the_server_does_is_what_the_description_says(server):
    """A few requests for each operation that reads, by the description; negative ones too."""
    schema = schemathesis.openapi.from_url(f"{server.address}openapi.json")
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.method != "get" and operation.path not in UNTYPED:
            continue
        asked.append(operation.label)
        conforming(operation, [positive_data_acceptance] if operation.path in UNTYPED else [])()
    assert len(asked) > len(load(shipped("queries")))
    assert server.get("/health").json["status"] == "ok"
    assert json.loads(server.get("/queries").body)
