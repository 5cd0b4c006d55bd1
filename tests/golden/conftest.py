"""A small world of invented documents, read by hand, and its graph: built by the real code, reasoned by the real rules.

`world/NAME.txt` is a document, `world/NAME.toml` what is to be read from it.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))

from ssrgraph.documents.model import Document, Span
from ssrgraph.documents.sources import Source
from ssrgraph.entities import Reference
from ssrgraph.entities.model import EntityKind, ReferenceEntity
from ssrgraph.extraction.model import CLAIMS, Bound, Entity, Extraction
from ssrgraph.graph import document_quads, ontology_quads, reference_quads
from ssrgraph.materialize import materialize
from ssrgraph.query import catalogue
from ssrgraph.store import MemoryStore

WORLD = Path(__file__).parent / "world"
NUMBERS = {"amount", "amount_min", "amount_max", "value", "value_min", "value_max"}
# A slot that is filled by the id of one entity, not by several.
SINGLE = {"mission", "agreement", "person", "event", "member"}


def place(text: str, words: str) -> Span:
    """Find words in a text; white space counts as one space, `words#2` is the second place where they stand."""
    words, _, number = words.partition("#")
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = list(re.finditer(pattern, text))
    match = found[int(number or 1) - 1]
    return Span(match.start(), match.end())


def claim(kind, row, text, names):
    quote = place(text, row["quote"])
    slots = {
        "quote": quote,
        "passage": place(text, row["passage"]) if "passage" in row else quote,
        "words": {slot: place(text, words) for slot, words in row.get("words", {}).items()},
        "rule": "by hand",
    }
    if kind.table in {"funding", "personnel"}:
        slots["amount" if kind.table == "funding" else "value"] = None
    for name, value in row.items():
        if name not in slots or name in NUMBERS:
            slots["from_" if name == "from" else name] = slot(kind.table, name, value, names)
    assert set(slots) <= {field.name for field in fields(kind)}, row
    return kind(**slots)


def slot(table, name, value, names):
    if name in NUMBERS:
        return Decimal(str(value))
    if name == "bound":
        return Bound(value)
    if name == "mandate":
        return tuple(value)
    if isinstance(value, list):
        return tuple(names[one] for one in value)
    if name in SINGLE or (name == "organization" and table in {"organizations", "memberships"}):
        return names[value]
    return value


def entity(row, text, names):
    known = {key: value for key, value in row.items() if key not in {"id", "mentions"}}
    mentions = tuple(place(text, words) for words in row.get("mentions", [row["label"]]))
    name = names[row["id"]]
    return Entity(id=name, kind=EntityKind(name.split("/")[0]), mentions=mentions, **known)


def read_by_hand(path):
    """Return the extraction of a document of the world, the document and its source."""
    given = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    names = given["names"]
    content = path.read_bytes()
    text = content.decode()
    document = Document(
        id=path.stem,
        text=text,
        sha256=hashlib.sha256(content).hexdigest(),
        blocks=(),
        title=place(text, given["title"]) if "title" in given else None,
    )
    extraction = Extraction(
        document_id=document.id,
        entities=tuple(sorted((entity(row, document.text, names) for row in given["entity"]), key=lambda e: e.id)),
        claims=tuple(claim(kind, row, document.text, names) for kind in CLAIMS for row in given.get(kind.table, ())),
        model="by hand",
    )
    source = Source(id=document.id, **given["source"]) if "source" in given else None
    return extraction, document, source


@pytest.fixture(scope="session")
def world_reference():
    rows = tomllib.loads((WORLD / "reference.toml").read_text(encoding="utf-8"))["entity"]
    return Reference(
        ReferenceEntity(kind=EntityKind(row["id"].split("/")[0]), **(row | {"aliases": tuple(row.get("aliases", ()))}))
        for row in rows
    )


@pytest.fixture(scope="session")
def world_extractions():
    """Return extraction, document and source of each document of the world, by the document's id."""
    return {path.stem: read_by_hand(path) for path in sorted(WORLD.glob("*.txt"))}


@pytest.fixture(scope="session")
def world_quads(world_reference, world_extractions):
    """Return the asserted quads of the world."""
    quads = ontology_quads()
    for extraction, document, source in world_extractions.values():
        quads += document_quads(extraction, document, source=source, version="0")
    ids = {one.id for extraction, _, _ in world_extractions.values() for one in extraction.entities}
    return quads + reference_quads(world_reference, ids)


@pytest.fixture(scope="session")
def world(world_quads):
    """Return the store of the world, with all that follows; not to be changed."""
    store = MemoryStore()
    graphs = {}
    for quad in world_quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    for graph, triples in graphs.items():
        store.replace_graph(graph, triples)
    result = materialize(store)
    assert result.inconsistencies == ()
    return store


@pytest.fixture(scope="session")
def saved(root):
    """Return the saved queries by name."""
    return catalogue.load(root / "queries")
