"""The group of all commands; each is loaded when it is called, so that the help is quick."""

from __future__ import annotations

from importlib import import_module

import click

from ssrgraph import __version__

COMMANDS = {
    "up": "Build what is missing, then serve it.",
    "build": "Turn documents into a reasoned store.",
    "add": "Add documents to a store.",
    "remove": "Take documents out of a store.",
    "facts": "Print the fact tables.",
    "query": "Ask a store: a saved query, a file or SPARQL.",
    "queries": "List the saved queries.",
    "explain": "Say why a triple holds, down to the words.",
    "serve": "Serve a store: SPARQL endpoint and pages.",
    "link": "Find and review links to Wikidata.",
    "export": "Write the graph, or a part of it, to a file.",
    "check": "Look for what is wrong in a store.",
    "stats": "Say what a store holds.",
    "reason": "Derive what follows from RDF files.",
    "evaluate": "Score the extraction against annotated documents.",
}
"""Each command with what it does; the module `ssrgraph.cli.NAME` has it as `command`."""


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a user meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"ssrgraph.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 -- a mistake of ours, not of the user
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="ssrgraph", message="%(prog)s %(version)s")
def ssrgraph() -> None:
    """Turn public documents about security assistance into a sourced, reasoned knowledge graph.

    \b
    Example:
      ssrgraph build
      ssrgraph facts funding
      ssrgraph query 'SELECT * { ?mission a ssr:Mission } LIMIT 5'
    """
