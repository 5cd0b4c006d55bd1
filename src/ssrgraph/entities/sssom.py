"""SSSOM files: mapping sets as tab-separated tables below a header in YAML that stands in comments.

Read is what the Simple Standard for Sharing Ontology Mappings 1.0 and 1.1 says, as far as links need it; of YAML only
what such headers are written in: keys with a value, with a list, or with keys of their own. Slots that links do not
have are passed over.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ssrgraph.entities.links import Link
from ssrgraph.errors import LinksError
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

ENDING: Final = ".sssom.tsv"
NOT: Final = "Not"
"""The value of `predicate_modifier` that turns a mapping into its denial."""

_REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_COLUMNS: Final = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "predicate_modifier": "is_negative",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "author_id": "author_id",
    "author_label": "author",
    "reviewer_label": "reviewer",
    "mapping_date": "date",
    "confidence": "confidence",
    "mapping_tool": "tool",
    "comment": "comment",
}
"""The slots that are read and written, in the order of the standard, with the attributes of `Link`."""
_ENTITIES: Final = frozenset({"subject_id", "predicate_id", "object_id", "mapping_justification", "author_id"})
_PROPAGATED: Final = ("mapping_date", "mapping_tool")
"""Slots that count for every row if they stand in the header."""
_KEY: Final = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_][\w.-]*): *(?P<value>.*)")
_ITEM: Final = re.compile(r" *- +(?P<value>.*)")
_ABSOLUTE: Final = re.compile(r"(?:https?|urn):[^\s<>\"{}|\\^`]+")
_CURIE: Final = re.compile(r"(?P<prefix>[A-Za-z_][\w.-]*):(?P<local>[^\s<>\"{}|\\^`]*)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_BUILT_IN: Final = frozenset({"owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd"})
"""The prefixes that every mapping set knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSet:
    """A file of links.

    Attributes:
        links: Its rows.
        prefixes: Its own prefixes.
        about: What else its header says of it, by slot: a text, or texts.
    """

    links: tuple[Link, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


def files(path: Path) -> tuple[Path, ...]:
    """Return the file itself, or the files of a folder that end in `.sssom.tsv`, sorted.

    Raises:
        LinksError: There is no such file or folder, or the folder has no such file.
    """
    if not path.is_dir():
        if not path.exists():
            raise LinksError(path, "no such file or folder")
        return (path,)
    found = tuple(sorted(each for each in path.iterdir() if each.name.endswith(ENDING) and each.is_file()))
    if not found:
        raise LinksError(path, f"the folder has no file whose name ends in {ENDING}")
    return found


def read(path: Path) -> MappingSet:
    """Read an SSSOM file.

    Raises:
        LinksError: It cannot be read, or is no SSSOM; says which line and why.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise LinksError(path, "no such file") from error
    except UnicodeDecodeError as error:
        raise LinksError(path, "not a text in UTF-8") from error
    except OSError as error:
        raise LinksError(path, f"cannot be read: {error.strerror or error}") from error
    return parse(text, name=path)


def parse(text: str, *, name: object) -> MappingSet:
    """Read the text of an SSSOM file; `name` is what the file is called in an error.

    Raises:
        LinksError: It is no SSSOM; says which line and why.
    """
    lines = io.StringIO(text.removeprefix("\ufeff"), newline=None).readlines()
    height = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    about, own = _header(lines[:height], name)
    prefixes = {each: PREFIXES[each] for each in _BUILT_IN if each in PREFIXES} | own
    links = tuple(_rows(lines[height:], height, about, prefixes, name))
    return MappingSet(links=links, prefixes=own, about=about)


def write(links: Iterable[Link], *, prefixes: Mapping[str, str], about: Mapping[str, str | Sequence[str]]) -> str:
    """Return the text of an SSSOM file: the header, then a row a link, only the columns that some link fills.

    Args:
        links: The links, in the order of the rows.
        prefixes: Prefixes for subjects and objects; what none of them begins is written as an IRI.
        about: The header's other slots.
    """
    rows = [_cells(link, prefixes) for link in links]
    filled = [name for name in _COLUMNS if name in _REQUIRED or any(row[name] for row in rows)]
    table = io.StringIO()
    writer = csv.writer(table, dialect="excel-tab", lineterminator="\n")
    writer.writerow(filled)
    writer.writerows([row[name] for name in filled] for row in rows)
    return "".join(f"# {line}\n" for line in _header_lines(prefixes, about)) + table.getvalue()


def _header(lines: Sequence[str], name: object) -> tuple[dict[str, str | tuple[str, ...]], dict[str, str]]:
    about: dict[str, str | tuple[str, ...]] = {}
    prefixes: dict[str, str] = {}
    slot, margin = "", None
    for number, line in enumerate(lines, start=1):
        content = line[1:].rstrip()
        if not content.strip():
            continue
        if margin is None:
            margin = len(content) - len(content.lstrip())
        if item := _ITEM.fullmatch(content):
            former = about.get(slot, ())
            if not slot or (former != "" and isinstance(former, str)):
                raise LinksError(name, f"line {number}: a list without a key")
            about[slot] = (*(former or ()), _unquoted(item["value"]))
        elif entry := _KEY.fullmatch(content):
            if len(entry["indent"]) <= margin:
                slot, value = entry["key"], _unquoted(entry["value"])
                about[slot] = () if value == "[]" else value
            elif slot == "curie_map":
                prefixes[entry["key"]] = _unquoted(entry["value"])
            # Keys below any other slot describe extensions, which links do not have.
        else:
            raise LinksError(name, f"line {number}: the header is not written as `key: value`")
    about.pop("curie_map", None)
    return about, prefixes


def _unquoted(value: str) -> str:
    for mark in ("'", '"'):
        if len(value) > 1 and value.startswith(mark) and value.endswith(mark):
            return value[1:-1].replace(mark * 2, mark) if mark == "'" else value[1:-1].replace('\\"', '"')
    return value


def _rows(
    lines: Sequence[str],
    height: int,
    about: Mapping[str, str | tuple[str, ...]],
    prefixes: Mapping[str, str],
    name: object,
) -> Iterator[Link]:
    reader = csv.reader(lines, dialect="excel-tab", strict=True)
    try:
        columns = next(reader, [])
        missing = [each for each in _REQUIRED if each not in columns]
        if missing:
            raise LinksError(name, f"line {height + 1}: the table has no column {missing[0]}")
        defaults = {slot: value for slot in _PROPAGATED if isinstance(value := about.get(slot, ""), str)}
        for cells in reader:
            where = f"line {height + reader.line_num}"
            if len(cells) != len(columns):
                raise LinksError(name, f"{where}: {len(cells)} cells, but the table has {len(columns)} columns")
            given = {slot: cell.strip() for slot, cell in zip(columns, cells, strict=True)}
            row = defaults | {slot: cell for slot, cell in given.items() if cell}
            try:
                yield _link(row, prefixes)
            except ValueError as error:
                raise LinksError(name, f"{where}: {error}") from error
    except csv.Error as error:
        raise LinksError(name, f"line {height + reader.line_num}: {error}") from error


def _link(row: Mapping[str, str], prefixes: Mapping[str, str]) -> Link:
    """Return a row as a link; a `ValueError` says what is wrong with it."""
    values: dict[str, str | bool | Decimal | None] = {}
    for slot, attribute in _COLUMNS.items():
        value = row.get(slot, "")
        if not value and slot in _REQUIRED:
            message = f"no {slot}"
            raise ValueError(message)
        if value and slot in _ENTITIES:
            value = _expanded(value, prefixes)
        values[attribute] = value
    modifier = row.get("predicate_modifier", "")
    if modifier not in ("", NOT):
        message = f"predicate_modifier is {modifier!r}, it can only be {NOT}"
        raise ValueError(message)
    if values["date"] and not _DATE.fullmatch(str(values["date"])):
        message = f"mapping_date is {values['date']!r}, no date of the form YYYY-MM-DD"
        raise ValueError(message)
    values["is_negative"] = bool(modifier)
    values["confidence"] = _confidence(row.get("confidence", ""))
    return Link(**values)  # type: ignore[arg-type]


def _confidence(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 1:
        message = f"confidence is {text!r}, no number from 0 to 1"
        raise ValueError(message)
    return value


def _expanded(text: str, prefixes: Mapping[str, str]) -> str:
    if _ABSOLUTE.fullmatch(text) and text.partition(":")[0] not in prefixes:
        return text
    curie = _CURIE.fullmatch(text)
    if curie is None:
        message = f"{text!r} is neither an IRI nor a prefixed name"
        raise ValueError(message)
    if curie["prefix"] not in prefixes:
        message = f"the prefix of {text!r} is not in the curie_map"
        raise ValueError(message)
    return prefixes[curie["prefix"]] + curie["local"]


def _cells(link: Link, prefixes: Mapping[str, str]) -> dict[str, str]:
    known = {each: PREFIXES[each] for each in _BUILT_IN if each in PREFIXES} | dict(prefixes)
    cells = {}
    for slot, attribute in _COLUMNS.items():
        value = getattr(link, attribute)
        text = (NOT if value else "") if slot == "predicate_modifier" else "" if value is None else str(value)
        text = " ".join(text.split())  # A cell holds one line.
        cells[slot] = _short(text, known) if slot in _ENTITIES and text else text
    return cells


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    name, start = max(
        ((name, start) for name, start in prefixes.items() if iri.startswith(start)),
        key=lambda one: len(one[1]),
        default=("", ""),
    )
    local = iri.removeprefix(start)
    return f"{name}:{local}" if name and local and not re.search(r"[/#?]", local) else iri


def _header_lines(prefixes: Mapping[str, str], about: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    for slot, value in about.items():
        if isinstance(value, str):
            yield f"{slot}: {_quoted(value)}"
        else:
            yield f"{slot}:"
            yield from (f"  - {_quoted(each)}" for each in value)
    yield "curie_map:"
    yield from (f"  {name}: {prefixes[name]}" for name in sorted(prefixes))


def _quoted(value: str) -> str:
    flat = " ".join(value.split())
    plain = re.fullmatch(r"[A-Za-z][^#:'\"]*|https?://[^\s#]+", flat) and flat.lower() not in {"true", "false", "null"}
    return flat if plain else "'" + flat.replace("'", "''") + "'"
