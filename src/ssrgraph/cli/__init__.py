"""The command line: `ssrgraph COMMAND`."""

from __future__ import annotations

from ssrgraph.cli.edge import main

__all__ = ["main"]
