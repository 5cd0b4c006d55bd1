"""What a published data set says of itself and a graph cannot know: its title, its terms, who publishes it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from ssrgraph.errors import InputError
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESSES = ("licence", "publisher_url", "address", "previous")


class AboutError(InputError):
    """A file that says what a data set is about cannot be used.

    Args:
        path: The file as the caller named it.
        problem: What is wrong with it.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a data set says of itself; `data/dataset.toml` describes the fields.

    Attributes:
        title: Its name.
        description: What it holds, in a sentence or two.
        licence: IRI of the licence.
        licence_name: How people call it.
        rights: What the licence does not cover.
        publisher: Who publishes it.
        publisher_url: Their address.
        address: Where the files of this version lie; ends with a slash.
        version: Its version.
        issued: The day of its publication.
        previous: Address of the version before.
        keywords: Words to find it by.
    """

    title: str
    description: str
    licence: str
    licence_name: str = ""
    rights: str = ""
    publisher: str = ""
    publisher_url: str = ""
    address: str = ""
    version: str = ""
    issued: str = ""
    previous: str = ""
    keywords: tuple[str, ...] = ()


def load_about(path: Path | None = None) -> About:
    """Read what a data set says of itself; by default the shipped `data/dataset.toml`.

    Raises:
        AboutError: The file cannot be read, or a field is unknown, missing or of the wrong form.
    """
    path = path or shipped("data/dataset.toml")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AboutError(path, f"cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AboutError(path, f"is no TOML: {error}") from error
    return About(**_checked(path, found))


def _checked(path: Path, found: Mapping[str, object]) -> dict[str, Any]:
    known = {field.name: field for field in fields(About)}
    for name, field in known.items():
        if field.default is MISSING and not found.get(name):
            raise AboutError(path, f"{name} is missing")
    checked: dict[str, Any] = {}
    for name, value in found.items():
        if name not in known:
            raise AboutError(path, f"there is no {name}; there are {', '.join(known)}")
        checked[name] = _words(path, value) if name == "keywords" else _text(path, name, value)
    return checked


def _words(path: Path, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise AboutError(path, "keywords is no list of words")
    return tuple(value)


def _text(path: Path, name: str, value: object) -> str:
    text = str(value) if name == "issued" else value  # A date of TOML is as good as one in quotes.
    if not isinstance(text, str):
        raise AboutError(path, f"{name} is no text")
    if name == "issued" and not _DATE.fullmatch(text):
        raise AboutError(path, f"issued is no day of the form YYYY-MM-DD: {text}")
    if name in _ADDRESSES and text and not _is_address(text):
        raise AboutError(path, f"{name} is no address: {text}")
    if name == "address" and not text.endswith("/"):
        raise AboutError(path, "address is that of a folder and ends with a slash")
    return text


def _is_address(text: str) -> bool:
    try:
        return NamedNode(text).value.startswith(("http://", "https://"))
    except ValueError:
        return False
