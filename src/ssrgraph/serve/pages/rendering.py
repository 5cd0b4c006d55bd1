"""From a context to HTML: Jinja templates that escape every text."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ssrgraph import __version__
from ssrgraph.export.documentation import TEMPLATES as TEMPLATES_OF_VOCABULARIES
from ssrgraph.serve.pages.contexts import TEMPLATES

if TYPE_CHECKING:
    from ssrgraph.serve.pages.contexts import Context

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
"""Style sheets and scripts; those in `built` are made from npm packages when the package is built, or are not there."""


def render(context: Context, *, has_review: bool) -> bytes:
    """Return a page; with `has_review`, its head leads to the review of links."""
    template = environment().get_template(TEMPLATES[type(context)])
    return template.render(page=context, version=__version__, has_review=has_review).encode()


@cache
def environment() -> Environment:
    """Return the templates; they are read once in the life of a process."""
    found = Environment(
        loader=FileSystemLoader([_FOLDER / "templates", TEMPLATES_OF_VOCABULARIES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["static"] = static
    found.globals["has"] = has
    return found


def has(name: str) -> bool:
    """Say whether there is a static file of this name."""
    return (STATIC / name).is_file()


@cache
def static(name: str) -> str:
    """Return the address of a static file; it changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def edition() -> str:
    """Return a text that changes when any template or static file does: the tag of every page depends on it."""
    folders = (_FOLDER / "templates", _FOLDER / "static", TEMPLATES_OF_VOCABULARIES)
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256(__version__.encode())
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
