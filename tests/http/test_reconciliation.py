"""The reconciliation service, as a client of version 0.2 of the specification meets it.

The schemas say what the specification asks of each answer, and allow nothing that it does not name. Those that the
specification publishes (https://reconciliation-api.github.io/specs/0.2/schemas/) ask for less; where a folder of them
is named by `SSRGRAPH_RECONCILIATION_SCHEMAS`, answers are validated against them too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT7

FORM = "application/x-www-form-urlencoded"
TEXT = {"type": "string"}
WORD = {"type": "string", "minLength": 1}
WITH_ID = "^.*\\{\\{id\\}\\}.*$"


def shape(required, **optional):
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def many(items, **more):
    return {"type": "array", "items": items, **more}


NAMED = shape({"id": WORD, "name": WORD})
TYPE = shape({"id": WORD, "name": WORD}, description=TEXT, broader=many({}))
SERVICE = shape({"service_url": {"pattern": "^http://.*[^/]$"}, "service_path": {"pattern": "^/"}})
MANIFEST = shape(
    {"versions": many(TEXT, contains={"const": "0.2"}), "name": WORD, "identifierSpace": WORD, "schemaSpace": WORD},
    serviceVersion=WORD,
    documentation=WORD,
    defaultTypes=many(TYPE, uniqueItems=True, minItems=1),
    view=shape({"url": {"pattern": WITH_ID}}),
    preview=shape({"url": {"pattern": WITH_ID}, "width": {"type": "integer"}, "height": {"type": "integer"}}),
    suggest=shape({"entity": SERVICE, "property": SERVICE, "type": SERVICE}),
    extend=shape(
        {
            "propose_properties": SERVICE,
            "property_settings": many(
                shape(
                    {"type": {"const": "number"}, "name": WORD, "label": WORD},
                    default={"type": "number"},
                    help_text=WORD,
                )
            ),
        }
    ),
)
FEATURE = shape({"id": WORD, "value": {"type": ["number", "boolean"]}})
CANDIDATE = shape(
    {"id": WORD, "name": WORD, "score": {"type": "number", "minimum": 0, "maximum": 100}},
    description=TEXT,
    type=many(NAMED),
    match={"type": "boolean"},
    features=many(FEATURE),
)
BATCH = {"type": "object", "additionalProperties": shape({"result": many(CANDIDATE)})}
ENTITIES = shape({"result": many(shape({"id": WORD, "name": WORD}, description=TEXT, notable=many(NAMED)))})
PROPERTIES = shape({"result": many(shape({"id": WORD, "name": WORD}, description=TEXT))})
TYPES = shape({"result": many(TYPE)})
PROPOSED = shape({"properties": many(NAMED)}, type=TEXT, limit={"type": "integer"})
VALUE = {
    "oneOf": [
        shape({}),
        shape({"id": WORD, "name": WORD}, description=TEXT),
        shape({"str": TEXT}),
        shape({"float": {"type": "number"}}),
        shape({"int": {"type": "integer"}}),
        shape(
            {"date": {"pattern": r"^-?[0-9]{4,}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-]..:..)$"}}
        ),
    ]
}
EXTENDED = shape(
    {
        "meta": many(shape({"id": WORD, "name": WORD}, type=NAMED, service=WORD)),
        "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": many(VALUE)}},
    }
)

PUBLISHED = (
    (MANIFEST, "manifest"),
    (BATCH, "reconciliation-result-batch"),
    (ENTITIES, "suggest-entities-response"),
    (PROPERTIES, "suggest-properties-response"),
    (TYPES, "suggest-types-response"),
    (EXTENDED, "data-extension-response"),
)
"""Our schemas, and what the file of the published one is called."""


def published(name):
    """Return what validates against a schema that the specification publishes; nothing where there is none."""
    folder = os.environ.get("SSRGRAPH_RECONCILIATION_SCHEMAS")
    if not folder:
        return []
    every = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(folder).glob("*.json")}
    registry = Registry().with_resources((each["$id"], DRAFT7.create_resource(each)) for each in every.values())
    return [jsonschema.Draft7Validator(every[name], registry=registry)]


def valid(answer, schema):
    assert (answer.status, answer.content_type) == (200, "application/json"), answer.text
    jsonschema.validate(answer.json, schema)
    for own, name in PUBLISHED:
        for validator in published(name) if own is schema else ():
            validator.validate(answer.json)
    return answer.json


def post(server, **form):
    body = urlencode({name: json.dumps(value) for name, value in form.items()})
    return server.request("POST", "/reconcile", body, content_type=FORM)


def match(server, **query):
    return valid(post(server, queries={"q": query}), BATCH)["q"]["result"]


def features(candidate):
    return {each["id"]: each["value"] for each in candidate["features"]}


@pytest.fixture(scope="module")
def manifest(server):
    return valid(server.get("/reconcile"), MANIFEST)


def test_the_manifest_says_what_the_service_can_do_and_where(server, manifest):
    assert manifest["identifierSpace"] == "https://w3id.org/ssrgraph/id/"
    assert {"ssr:Mission", "org:Organization", "ssr:Country"} <= {each["id"] for each in manifest["defaultTypes"]}
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert service["service_url"] == server.address.rstrip("/")


def test_a_batch_is_answered_by_get_and_by_post_alike(server):
    queries = {"one": {"query": "NATO"}, "two": {"query": "Iraq", "limit": 1}, "three": {"query": "Zzyzx"}}
    by_post = valid(post(server, queries=queries), BATCH)
    by_get = valid(server.get(f"/reconcile?queries={quote(json.dumps(queries))}"), BATCH)
    assert by_get == by_post
    assert list(by_post) == ["one", "two", "three"]
    assert [each["id"] for each in by_post["two"]["result"]] == ["organization/iq"]
    assert by_post["three"]["result"] == []
    first = by_post["one"]["result"][0]
    assert (first["id"], first["name"], first["score"], first["match"]) == ("organization/nato", "NATO", 100, True)


def test_an_empty_name_has_no_candidates_and_spoils_no_batch(server):
    answer = valid(post(server, queries={"empty": {"query": " "}, "full": {"query": "NATO"}}), BATCH)
    assert answer["empty"]["result"] == []
    assert answer["full"]["result"][0]["id"] == "organization/nato"


def test_every_entity_is_found_by_its_names_and_has_valid_values_for_every_property(server):
    """All answers that the graph allows have the shapes that the specification gives them."""
    labels = "SELECT ?e ?n { ?e <http://www.w3.org/2004/02/skos/core#prefLabel> ?n FILTER (CONTAINS(STR(?e), '/id/')) }"
    rows = server.query(labels).rows
    ids = list(dict.fromkeys(row["e"].partition("/id/")[2] for row in rows))
    assert len(ids) > 50
    found = {}
    for start in range(0, len(rows), 200):
        batch = {str(place): {"query": row["n"]} for place, row in enumerate(rows[start : start + 200], start)}
        found |= valid(post(server, queries=batch), BATCH)
    for place, row in enumerate(rows):
        candidates = [each["id"] for each in found[str(place)]["result"]]
        assert row["e"].partition("/id/")[2] in candidates, row
    properties = valid(server.get("/reconcile/properties?limit=100"), PROPOSED)["properties"]
    wanted = [{"id": each["id"]} for each in properties]
    for start in range(0, len(ids), 200):
        rows_of = valid(post(server, extend={"ids": ids[start : start + 200], "properties": wanted}), EXTENDED)["rows"]
        assert all(any(row.values()) for row in rows_of.values())
    for letter in "abcdefghijklmnopqrstuvwxyz":
        valid(server.get(f"/reconcile/suggest/entity?prefix={letter}"), ENTITIES)
        valid(server.get(f"/reconcile/suggest/type?prefix={letter}"), TYPES)
        valid(server.get(f"/reconcile/suggest/property?prefix={letter}"), PROPERTIES)


def test_a_single_query_is_answered_too(server):
    schema = shape({"result": many(CANDIDATE)})
    as_text = valid(server.get("/reconcile?query=NATO"), schema)
    assert valid(server.get(f"/reconcile?query={quote(json.dumps({'query': 'NATO'}))}"), schema) == as_text
    assert as_text["result"][0]["id"] == "organization/nato"


def test_the_features_say_why(server):
    by_alias = match(server, query="North Atlantic Treaty Organisation", type="ssr:InternationalOrganization")[0]
    assert by_alias["id"] == "organization/nato"
    assert features(by_alias)["alias"] == features(by_alias)["type"] == 1
    by_abbreviation = match(server, query="NMI")[0]
    assert features(by_abbreviation)["abbreviation"] == 1
    told = match(server, query="NATO Mission", properties=[{"pid": "country", "v": "Iraq"}])[0]
    assert features(told)["country"] == 1
    by_id = match(server, query="NATO Mission", properties=[{"pid": "country", "v": {"id": "organization/iq"}}])[0]
    assert by_id == told
    led = match(server, properties=[{"pid": "ssr:lead", "v": ["NATO"]}])
    assert led
    assert {each["type"][1]["id"] for each in led} == {"ssr:Mission"}


def test_a_type_filters_or_weighs(server):
    every = {each["id"] for each in match(server, query="NATO", type="ssr:Mission")}
    assert every
    assert all(each.startswith("mission/") for each in every)
    weighed = match(server, query="NATO", type=["ssr:Mission"], type_strict="should")
    assert weighed[0]["id"] == "organization/nato"
    assert (features(weighed[0])["type"], weighed[0]["match"]) == (0, False)


def test_every_identifier_opens_in_the_view_and_the_preview(server, manifest):
    for identifier in ("organization/nato", "organization%2Fnato"):
        view = urlsplit(manifest["view"]["url"].replace("{{id}}", identifier)).path
        assert server.get(view).status == 303
        preview = urlsplit(manifest["preview"]["url"].replace("{{id}}", identifier))
        answer = server.get(f"{preview.path}?{preview.query}")
        assert (answer.status, answer.content_type) == (200, "text/html; charset=utf-8")
        assert '/id/organization/nato" target="_blank">NATO</a>' in answer.text
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert server.get("/reconcile/preview?id=organization/nobody").status == 404


def test_suggestions_come_in_pieces(server, manifest):
    at = manifest["suggest"]["entity"]["service_path"]
    first = valid(server.get(f"{at}?prefix=i"), ENTITIES)["result"]
    second = valid(server.get(f"{at}?prefix=i&cursor={len(first)}"), ENTITIES)["result"]
    assert len(first) == 10
    assert not {each["id"] for each in first} & {each["id"] for each in second}
    assert valid(server.get(f"{at}?prefix=north+atl"), ENTITIES)["result"][0]["id"] == "organization/nato"
    types = valid(server.get(f"{manifest['suggest']['type']['service_path']}?prefix=miss"), TYPES)["result"]
    assert {"id": "ssr:Mission", "name": "mission"} in types
    lead = valid(server.get(f"{manifest['suggest']['property']['service_path']}?prefix=lead"), PROPERTIES)["result"]
    assert {"id": "ssr:lead", "name": "lead"} in lead


def test_values_of_properties_are_fetched(server, manifest):
    proposed = valid(server.get("/reconcile/properties?type=ssr:Mission&limit=50"), PROPOSED)["properties"]
    ids = [each["id"] for each in proposed]
    assert {"ssr:lead", "ssr:start", "country"} <= set(ids)
    missions = [each["id"] for each in match(server, query="NATO", type="ssr:Mission")]
    wanted = {"ids": [*missions, "organization/nobody"], "properties": [{"id": each} for each in ids]}
    answer = valid(post(server, extend=wanted), EXTENDED)
    assert list(answer["rows"]) == wanted["ids"]
    assert [each["id"] for each in answer["meta"]] == ids
    assert all(list(row) == ids for row in answer["rows"].values())
    assert not any(answer["rows"]["organization/nobody"].values())
    assert {"id": "organization/nato", "name": "NATO"} in answer["rows"][missions[0]]["ssr:lead"]
    (setting,) = manifest["extend"]["property_settings"]
    few = {"ids": ["organization/nato"], "properties": [{"id": "ssr:member", "settings": {setting["name"]: 2}}]}
    assert len(valid(post(server, extend=few), EXTENDED)["rows"]["organization/nato"]["ssr:member"]) == 2


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/reconcile?queries={", "json"),
        ("/reconcile?queries=[]", "shape"),
        ('/reconcile?queries={"q":{}}', "shape"),
        ('/reconcile?queries={"q":{"query":7}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","limit":0}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","limit":NaN}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","type":{}}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","type_strict":"never"}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","properties":[{"pid":"p"}]}}', "shape"),
        ('/reconcile?queries={"q":{"query":"a","more":1}}', "shape"),
        ('/reconcile?extend={"ids":"x","properties":[]}', "shape"),
        ('/reconcile?extend={"ids":[],"properties":[{"id":"p","settings":{"limit":-1}}]}', "shape"),
        ("/reconcile?queries={}&extend={}", "several-requests"),
        ("/reconcile/suggest/entity", "no-prefix"),
        ("/reconcile/suggest/entity?prefix=a&cursor=-1", "number"),
        ("/reconcile/properties?limit=0", "number"),
        ("/reconcile/preview", "no-id"),
    ],
)
def test_what_is_wrong_with_a_request_is_told(server, path, code):
    address, _, query = path.partition("?")
    answer = server.get(f"{address}?{quote(query, safe='=&')}")
    assert (answer.status, answer.content_type, answer.json["code"]) == (400, "application/problem+json", code)


def test_what_is_not_a_form_is_not_read(server):
    assert server.request("POST", "/reconcile", "{}", content_type="application/json").status == 415
    assert server.request("POST", "/reconcile", "a=b", content_type=FORM).json["code"] == "no-queries"
    assert server.get("/reconcile/suggest/anything?prefix=a").status == 404


def test_what_is_nested_deep_does_no_harm(server):
    deep = server.request("POST", "/reconcile", f"queries={'[' * 50_000}", content_type=FORM)
    assert (deep.status, deep.json["code"]) == (400, "nesting")
    nested = "[" * 400 + "]" * 400
    queries = f'{{"q": {{"query": "NATO", "properties": [{{"pid": "p", "v": {{"id": "x", "more": {nested}}}}}]}}}}'
    answer = server.request("POST", "/reconcile", f"queries={quote(queries)}", content_type=FORM)
    assert valid(answer, BATCH)["q"]["result"][0]["id"] == "organization/nato"


def test_a_batch_has_a_size(server):
    many_queries = {str(number): {"query": "NATO", "limit": 1} for number in range(201)}
    assert post(server, queries=many_queries).json["code"] == "too-many"
    many_queries.pop("200")
    assert len(valid(post(server, queries=many_queries), BATCH)) == 200


@pytest.mark.parametrize(
    "query",
    [
        {"query": "\ud800"},
        {"query": "<script>alert(1)</script>"},
        {"query": "a", "properties": [{"pid": "no iri at all", "v": [1, True, 2.5, "x"]}]},
        {"query": "a", "properties": [{"pid": "ssr:lead", "v": {"id": "no iri: <at all>"}}]},
        {"query": "a", "type": ["nothing:known", ""]},
        {"query": " " * 10 + "NATO" * 500},
    ],
)
def test_odd_queries_have_answers(server, query):
    valid(post(server, queries={"q": query}), BATCH)
