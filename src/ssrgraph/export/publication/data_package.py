"""`datapackage.json`: the tables of a publication as a Frictionless Data Package, each with its Table Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.export.publication.description import Edition
    from ssrgraph.export.publication.published import PublishedFile
    from ssrgraph.export.publication.tables import Column, Table

    Json = dict[str, Any]

PATH = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write(edition: Edition, files: Sequence[PublishedFile], tables: Sequence[Table]) -> bytes:
    """Write the descriptor of a package of these files; those that are tables have a schema."""
    about = edition.about
    by_path = {table.path: table for table in tables}
    package = {
        "$schema": _PROFILE,
        "name": "ssrgraph",
        "id": edition.node.value,
        "title": about.title,
        "description": about.description,
        "homepage": about.address,
        "version": about.version,
        "created": f"{about.issued}T00:00:00Z",
        "keywords": list(about.keywords),
        "licenses": [_licence(about.licence, about.licence_name)],
        "sources": _sources(edition),
        "contributors": _contributors(edition),
        "resources": [_resource(file, by_path.get(file.path)) for file in files],
    }
    kept = {key: value for key, value in package.items() if value}
    return f"{json.dumps(kept, indent=2, ensure_ascii=False)}\n".encode()


def _licence(iri: str, title: str) -> Json:
    licence = {"name": iri.rpartition("/")[2], "path": iri, "title": title}
    return {key: value for key, value in licence.items() if value}


def _sources(edition: Edition) -> list[Json]:
    documents = [{"title": each.title or each.id, "path": each.address} for each in edition.contents.documents]
    others = [{"title": each.title, "path": each.address} for each in edition.contents.sources]
    return [{key: value for key, value in source.items() if value} for source in (*documents, *others)]


def _contributors(edition: Edition) -> list[Json]:
    if not edition.about.publisher:
        return []
    who = {"title": edition.about.publisher, "path": edition.about.publisher_url, "roles": ["publisher"]}
    return [{key: value for key, value in who.items() if value}]


def _resource(file: PublishedFile, table: Table | None) -> Json:
    stem, _, ending = file.path.rpartition(".")
    resource: Json = {
        "name": table.name if table else file.path.replace("/", "-").replace(".", "-").lower(),
        "path": file.path,
        "title": table.title if table else file.title,
        "format": ending if stem else "",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if table is not None:
        # `profile` is what version 1 of the specification calls the type of a resource, `type` what version 2 does.
        own = {"type": "table", "profile": "tabular-data-resource", "description": table.about}
        resource |= {**own, "schema": _schema(table)}
    return {key: value for key, value in resource.items() if value}


def _schema(table: Table) -> Json:
    schema: Json = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [there]}}
            for column, (other, there) in table.references.items()
        ]
    return schema


def _field(column: Column) -> Json:
    found: Json = {"name": column.name, "type": column.type, "description": column.about}
    if column.constraints:
        found["constraints"] = dict(column.constraints)
    if column.property:
        found["property"] = column.property  # What the column prints, in the terms of the ontology.
    return found
