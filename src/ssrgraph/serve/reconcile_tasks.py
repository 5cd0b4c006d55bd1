"""The task behind `/reconcile`: match, suggest, extend and show the entities of a snapshot."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ssrgraph import __version__
from ssrgraph.matching import Graph, matches
from ssrgraph.serve.problems import Problem
from ssrgraph.serve.reconcile_requests import iri_of, limit_of, wanted
from ssrgraph.serve.reconcile_values import Described
from ssrgraph.serve.tasks import kept_with_store
from ssrgraph.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    from ssrgraph.matching import Candidate, Match
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.tasks import Output
    from ssrgraph.store import FinishedStore

    Json = dict[str, Any]

PAGE = 10
"""How many suggestions come at a time."""
_WIDTH, _HEIGHT = 430, 300
_SAFE = "/-._~%"


@kept_with_store
def _described(store: FinishedStore) -> Described:
    """Return the entities of a store; they are read once as long as the same snapshot is open."""
    return Described(store, Graph(store))


def write_reconciled(store: FinishedStore, job: Values, out: Output) -> None:
    """Write the answer to a request of the reconciliation service: `what` of the job says which."""
    described = _described(store)
    if job["what"] == "preview":
        written = _preview(described, job)
        out.head(format="html", kind="page", stable=True)
    else:
        written = f"{json.dumps(_ANSWERS[job['what']](described, job), ensure_ascii=False)}\n"
        out.head(format="json", kind="record", stable=True)
    out.write(written.encode("utf-8", "replace"))


def _manifest(described: Described, job: Values) -> Json:
    root = job["address"]
    service = root.removesuffix("/")

    def at(path: str) -> Json:
        return {"service_url": service, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": "ssrgraph: security-sector assistance",
        "identifierSpace": described.graph.space,
        "schemaSpace": f"{ONTOLOGY}#",
        "serviceVersion": __version__,
        "defaultTypes": described.types(),
        "view": {"url": f"{root}id/{{{{id}}}}"},
        "preview": {"url": f"{root}reconcile/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {kind: at(f"/reconcile/suggest/{kind}") for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": at("/reconcile/properties"),
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values are returned for each entity; 0: all.",
                }
            ],
        },
    }


def _queries(described: Described, job: Values) -> Json:
    return {key: {"result": _results(described, query)} for key, query in job["queries"].items()}


def _query(described: Described, job: Values) -> Json:
    (query,) = job["queries"].values()
    return {"result": _results(described, query)}


def _results(described: Described, query: Json) -> list[Json]:
    graph = described.graph
    if not query.get("query", "").strip() and not query.get("properties"):
        return []  # An empty name, as of an empty cell, means nobody.
    found = matches(wanted(query, graph.space), graph.index, graph.values, limit=limit_of(query))
    return [_result(described, each) for each in found]


def _result(described: Described, match: Match) -> Json:
    return {
        **_entity(described, match.candidate),
        "type": described.types_of(match.candidate),
        "score": match.score,
        "match": match.is_certain,
        "features": [{"id": described.short(each.id), "value": each.value} for each in match.features],
    }


def _entity(described: Described, candidate: Candidate) -> Json:
    identifier = candidate.id.removeprefix(described.graph.space)
    return {"id": identifier, "name": candidate.label, "description": described.about(candidate)}


def _suggest(described: Described, job: Values) -> Json:
    prefix, cursor = job["prefix"], job["cursor"]
    if job["kind"] == "entity":
        found = described.graph.index.beginning(prefix)[cursor : cursor + PAGE]
        return {"result": [{**_entity(described, each), "notable": described.types_of(each)} for each in found]}
    known = described.types() if job["kind"] == "type" else described.properties("")
    folded = prefix.casefold()
    result = [each for each in known if folded in each["name"].casefold() or each["id"].casefold().startswith(folded)]
    return {"result": result[cursor : cursor + PAGE]}


def _properties(described: Described, job: Values) -> Json:
    found = described.properties(job["type"])[: job["limit"]]
    return {"type": job["type"], "limit": job["limit"], "properties": found}


def _extend(described: Described, job: Values) -> Json:
    wanted_ones = job["properties"]
    rows = {}
    for identifier in job["ids"]:
        iri = iri_of(identifier, described.graph.space)
        rows[identifier] = {each["id"]: described.values(iri, each["id"], each["limit"]) for each in wanted_ones}
    meta = [{"id": each["id"], "name": described.property_name(each["id"])} for each in wanted_ones]
    return {"meta": meta, "rows": rows}


def _preview(described: Described, job: Values) -> str:
    found = described.graph.by_id.get(iri_of(job["id"], described.graph.space))
    if found is None:
        raise Problem(404, "not-found", f"There is no entity {job['id']}.")
    path = quote(f"id/{found.id.removeprefix(described.graph.space)}", safe=_SAFE)
    types = ", ".join(each["name"] for each in described.types_of(found))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(found.label)}</title></head>\n'
        f'<body>\n<h1><a href="{escape(job["address"])}{path}" target="_blank">{escape(found.label)}</a></h1>\n'
        f"<p>{escape(types)}</p>\n<p>{escape(described.about(found))}</p>\n</body>\n</html>\n"
    )


_ANSWERS = {
    "manifest": _manifest,
    "queries": _queries,
    "query": _query,
    "suggest": _suggest,
    "properties": _properties,
    "extend": _extend,
}
