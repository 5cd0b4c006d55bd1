"""`ssrgraph query`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from pyoxigraph import QueryBoolean, QuerySolutions

from ssrgraph import resources
from ssrgraph.cli import options, output
from ssrgraph.errors import QueryError
from ssrgraph.query import catalogue, results, running
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from pyoxigraph import QueryTriples


@click.command("query", short_help="Ask a store: a saved query, a file or SPARQL.")
@click.argument("query")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="VAR=VALUE",
    help="A value for a parameter or variable: a number, a string or <IRI>; repeatable: --set year=2017.",
)
@options.format_option(
    "table", *results.ROW_FORMATS, *results.GRAPH_FORMATS, default=None, example="csv (default: table, or turtle)"
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="A host that SERVICE may reach, may be repeated: --allow-host query.wikidata.org.",
)
@options.store_option
def command(query: str, settings: tuple[str, ...], format_: str | None, hosts: tuple[str, ...], store: str) -> None:
    """Ask a store: a saved query, a file or SPARQL.

    QUERY is the name of a saved query (`ssrgraph queries` lists them), a file, the text of a SPARQL 1.1 query, or - to
    read one from standard input. The usual prefixes (ssr, org, prov, skos, …) need not be declared.

    \b
    Example:
      ssrgraph query trained-by-trainer --set only_trainer=NATO --format csv
      ssrgraph query 'SELECT (COUNT(*) AS ?n) { ?claim a ssr:FundingClaim }'
    """
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name:
            raise options.OptionError("--set", f"needs VARIABLE=VALUE, not {setting}")
        values[name.lstrip("?$")] = value
    given = _standard_input() if query == "-" else query
    found = running.resolve(given, catalogue.load(resources.shipped("queries")))
    allowed = frozenset(host.lower() for host in hosts)
    with open_store(store) as opened:
        answer = running.run(opened, found, values, hosts=allowed)
        try:
            _show(answer, format_)
        except RuntimeError as error:  # What another endpoint answered is only read now.
            raise QueryError(found.name, f"cannot be run: {' '.join(str(error).split())}") from error


def _standard_input() -> str:
    if sys.stdin is None:
        raise QueryError("-", "standard input is closed")
    try:
        text = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise QueryError("-", "standard input is not a text in UTF-8") from error
    if not text.strip():
        raise QueryError("-", "standard input is empty")
    return f"{text}\n"  # A line break tells the text of a query from a name.


def _show(answer: QuerySolutions | QueryTriples | QueryBoolean, format_: str | None) -> None:
    if isinstance(answer, QuerySolutions) and format_ in (None, "table"):
        output.show_table([variable.value for variable in answer.variables], list(results.rows(answer)))
    elif isinstance(answer, QueryBoolean) and format_ in (None, "table"):
        output.emit(f"{'true' if answer else 'false'}\n")
    else:
        output.emit(results.write(answer, format_ or "turtle"))
