"""`ssrgraph build`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssrgraph.cli import building


@click.command("build", short_help="Turn documents into a reasoned store.")
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path))
@building.build_options
def command(documents: tuple[Path, ...], **given: Any) -> None:  # noqa: ANN401 -- values of the options
    """Turn documents into a reasoned store.

    DOCUMENTS are files (plain text, HTML, PDF, DOCX, Markdown, e-mail) and folders of them; without any,
    data/documents. Afterwards the store holds exactly these documents. What has not changed since the last build is not
    done again, and if anything fails, or the build is stopped, the store is as it was; the next build takes up what was
    read by one that was stopped. A file of a folder that cannot be read is named and skipped; so is a document that has
    the same text as another.

    \b
    Example:
      ssrgraph build reports/ --store build/store --jobs 2
    """
    building.build(documents, **given)
