"""Saved queries: files with a header that says what they answer.

    # title: Funding by programme and year
    # question: Who paid what under which programme, year by year?
    # parameter: programme = "" : only this programme (its name or a part of it)
    # column: programme : the named fund, account or budget line
    # narrows: programme

The header is the comment lines that the file begins with, each `# key: value`; a line that continues the one before
begins with two spaces or more. A parameter without `= DEFAULT` must be given. What `narrows` names has a line
`FILTER (?programme = "" || …)` of its own in the query, about nothing but it and columns, that holds of every row as
long as it has its default.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.errors import DataError, QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GROUPS = ("tables", "questions", "federated", "checks")
"""The folders of the catalogue: fact tables, questions of analysts, those that also ask another endpoint, checks that
must give no row."""

_ENTRY = re.compile(r"#\s?(?P<key>[a-z][a-z-]*):\s*(?P<value>.*)")
_CONTINUED = re.compile(r"#\s{2,}(?P<value>\S.*)")
_PARAMETER = re.compile(r"(?P<name>\w+)\s*(?:=\s*(?P<default>\"[^\"]*\"|<[^>]*>|[^:\s]+)\s*)?(?::\s*(?P<about>.*))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What may be set in a saved query.

    Attributes:
        name: The variable's name, without mark.
        default: As it would be written behind `--set name=`; None if a value must be given.
        about: What it does.
    """

    name: str
    default: str | None
    about: str

    @property
    def is_text(self) -> bool:
        """Whether a value that looks like a number is a string all the same: so it is if the default is quoted."""
        return self.default is not None and self.default.startswith('"')


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A query with its header.

    Attributes:
        name: The file's name without ending.
        group: The folder it lies in, one of `GROUPS`; "" for a file of the caller's.
        text: The whole file, header included, so that lines are counted as in the file.
        title: A few words.
        question: The question it answers, in a sentence.
        parameters: What may be set, in the header's order.
        columns: What each column is, by name, in order.
        narrowing: The parameters that do no more than leave rows out, by a FILTER of their own over columns.
        more: Further entries of the header (a check has `problem` and `remedy`).
    """

    name: str
    group: str
    text: str
    title: str = ""
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    narrowing: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, *, name: str, group: str = "") -> SavedQuery:
    """Read a query and its header; a query without header is a query with an empty one.

    Raises:
        QueryError: A parameter's line cannot be read.
    """
    parameters: list[Parameter] = []
    columns: dict[str, str] = {}
    more: dict[str, str] = {}
    for key, value in _entries(text):
        if key == "parameter":
            match = _PARAMETER.fullmatch(value)
            if not match:
                raise QueryError(name, f"the parameter `{value}` is not of the form NAME = DEFAULT : DESCRIPTION")
            parameters.append(Parameter(name=match["name"], default=match["default"], about=match["about"] or ""))
        elif key == "column":
            column, _, about = value.partition(":")
            columns[column.strip()] = about.strip()
        else:
            more[key] = f"{more[key]} {value}" if key in more else value
    return SavedQuery(
        name=name,
        group=group,
        text=text,
        title=more.pop("title", ""),
        question=more.pop("question", ""),
        parameters=tuple(parameters),
        columns=columns,
        narrowing=tuple(more.pop("narrows", "").split()),
        more=more,
    )


def load(folder: Path) -> dict[str, SavedQuery]:
    """Read the saved queries of a folder, by name: in the order of `GROUPS`.

    Raises:
        DataError: A file cannot be read, or two have one name.
    """
    found: dict[str, SavedQuery] = {}
    for group in GROUPS:
        for path in sorted((folder / group).glob("*.rq")):
            if path.stem in found:
                raise DataError(path, f"a query of this name is also among the {found[path.stem].group}")
            try:
                found[path.stem] = parse(path.read_text(encoding="utf-8"), name=path.stem, group=group)
            except (OSError, UnicodeDecodeError, QueryError) as error:
                raise DataError(path, str(error)) from error
    return found


def find(catalogue: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """Return the saved query of this name; the name of its folder may stand before it (`tables/funding`).

    Raises:
        QueryError: There is none.
    """
    group, _, stem = name.rpartition("/")
    query = catalogue.get(stem)
    if query is not None and group in ("", query.group):
        return query
    near = difflib.get_close_matches(stem, catalogue, n=1)
    hint = f"did you mean `{near[0]}`? " if near else ""
    raise QueryError(name, f"no saved query has this name; {hint}`ssrgraph queries` lists them")


def _entries(text: str) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _ENTRY.fullmatch(line.rstrip()):
            entries.append((match["key"], match["value"].strip()))
        elif entries and (match := _CONTINUED.fullmatch(line.rstrip())):
            key, value = entries[-1]
            entries[-1] = (key, f"{value} {match['value']}".strip())
    return entries
