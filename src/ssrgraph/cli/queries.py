"""`ssrgraph queries`."""

from __future__ import annotations

import click

from ssrgraph import resources
from ssrgraph.cli import options, output
from ssrgraph.query import catalogue, facts


@click.command("queries", short_help="List the saved queries.")
@click.argument("name", required=False)
@options.format_option("table", "json", default="table", example="json")
def command(name: str | None, format_: str) -> None:
    """List the saved queries.

    With NAME: that query's question, parameters, columns and text.

    \b
    Example:
      ssrgraph queries
      ssrgraph queries funding
    """
    saved = catalogue.load(resources.shipped("queries"))
    if name is not None:
        query = catalogue.find(saved, name)
        output.emit(facts.as_json(_record(query)) if format_ == "json" else query.text)
    elif format_ == "json":
        output.emit(facts.as_json([_record(query) for query in saved.values()]))
    else:
        rows = [
            (query.name, query.group, query.title, ", ".join(parameter.name for parameter in query.parameters))
            for query in saved.values()
        ]
        output.show_table(("name", "group", "title", "parameters"), rows)


def _record(query: catalogue.SavedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "group": query.group,
        "title": query.title,
        "question": query.question,
        "parameters": [
            {"name": parameter.name, "default": parameter.default, "about": parameter.about}
            for parameter in query.parameters
        ],
        "columns": dict(query.columns),
        **query.more,
    }
