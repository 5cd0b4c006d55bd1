"""Reading the reference data: CSV files whose every row is checked."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from ssrgraph.entities.model import Currency, EntityKind, ReferenceEntity
from ssrgraph.entities.naming import slug
from ssrgraph.entities.reference import Reference
from ssrgraph.errors import DataError
from ssrgraph.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# File, kind of its rows, the types that they may have.
_FILES: Final = (
    ("states.csv", EntityKind.ORGANIZATION, frozenset({"country"})),
    (
        "organizations.csv",
        EntityKind.ORGANIZATION,
        frozenset({"government", "military", "police", "international", "armed_group", "civil"}),
    ),
    ("programmes.csv", EntityKind.PROGRAMME, frozenset({""})),
    ("missions.csv", EntityKind.MISSION, frozenset({""})),
    ("places.csv", EntityKind.PLACE, frozenset({"city", "region"})),
)
_CURRENCIES: Final = "currencies.csv"
_WIKIDATA: Final = re.compile(r"Q[1-9]\d*")
_STATE: Final = re.compile(r"[A-Z]{2}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_WHEN: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def load_reference(folder: Path | None = None) -> Reference:
    """Read and check the reference data.

    Args:
        folder: Where the CSV files are; by default those that ship with the project.

    Raises:
        DataError: A file is missing or a row is wrong; says which and how.
    """
    folder = folder or shipped("data/reference")
    entities: dict[str, ReferenceEntity] = {}
    places: dict[str, str] = {}
    for filename, kind, types in _FILES:
        path = folder / filename
        for where, row in _rows(path):
            entity = _entity(path, where, row, kind=kind, types=types)
            if entity.id in entities:
                raise DataError(path, f"{where}: {entity.id} is also {places[entity.id]}; ids must be unique")
            entities[entity.id] = entity
            places[entity.id] = f"{filename} {where}"
    _check_references(folder, entities, places)
    _check_names(folder, entities, places)
    return Reference(entities.values(), _currencies(folder / _CURRENCIES))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row with its place in the file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            for cells in reader:
                where = f"line {reader.line_num}"
                if len(cells) != len(header):
                    raise DataError(path, f"{where}: {len(cells)} cells, but the header has {len(header)}")
                yield where, dict(zip(header, cells, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(path, f"cannot be read: {error}") from error


def _entity(
    path: Path, where: str, row: Mapping[str, str], *, kind: EntityKind, types: frozenset[str]
) -> ReferenceEntity:
    label = _required(path, where, row, "label")
    type_ = row.get("type", "country" if "country" in types else "")
    if type_ not in types:
        raise DataError(path, f"{where}: type {type_!r} of {label!r} is none of {', '.join(sorted(types))}")
    code = row.get("iso2", "")
    state = code or row.get("state", "")
    wikidata = row.get("wikidata", "")
    local_names = _list(row.get("local_names", ""))
    problem = None
    if wikidata and not _WIKIDATA.fullmatch(wikidata):
        problem = f"{wikidata!r} is no Wikidata identifier"
    elif state and not _STATE.fullmatch(state):
        problem = f"{state!r} is no ISO 3166-1 alpha-2 code"
    elif type_ == "country" and not code:
        problem = "a state needs its code"
    elif local_names and not state:
        problem = "names that need a state need one in the column state"
    elif not all(_WHEN.fullmatch(row.get(column) or "0000") for column in ("start", "end")):
        problem = f"{row['start']!r} to {row['end']!r} is no period"
    if problem:
        raise DataError(path, f"{where}: {label}: {problem}")
    return ReferenceEntity(
        id=f"{kind}/{slug(row.get('slug') or code or label)}",
        kind=kind,
        label=label,
        type=type_ or None,
        abbreviation=row.get("abbreviation") or None,
        aliases=_list(row.get("aliases", "")),
        adjectives=_list(row.get("adjectives", "")),
        code=code or None,
        parent=row.get("parent") or None,
        state=state or None,
        local_names=local_names,
        shared_names=_list(row.get("shared_names", "")),
        start=row.get("start") or None,
        end=row.get("end") or None,
        wikidata=wikidata or None,
        source=_required(path, where, row, "source"),
    )


def _required(path: Path, where: str, row: Mapping[str, str], column: str) -> str:
    value = row.get(column, "")
    if not value:
        raise DataError(path, f"{where}: no {column}")
    return value


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _check_references(folder: Path, entities: Mapping[str, ReferenceEntity], places: Mapping[str, str]) -> None:
    """Parents and states exist; no entity is a part of itself."""
    for entity in entities.values():
        if entity.parent is not None and entity.parent not in entities:
            raise DataError(folder, f"{places[entity.id]}: {entity.label}: there is no {entity.parent}")
        if entity.state is not None and f"{EntityKind.ORGANIZATION}/{entity.state.lower()}" not in entities:
            raise DataError(folder, f"{places[entity.id]}: {entity.label}: there is no state {entity.state}")
        above, steps = entity.parent, {entity.id}
        while above is not None:
            if above in steps:
                raise DataError(folder, f"{places[entity.id]}: {entity.label} is a part of itself by way of {above}")
            steps.add(above)
            above = entities[above].parent if above in entities else None


def _check_names(folder: Path, entities: Mapping[str, ReferenceEntity], places: Mapping[str, str]) -> None:
    """A name means one entity, unless all the others that bear it list it among their shared names."""
    owner: dict[tuple[str, str | None], ReferenceEntity] = {}
    for entity in entities.values():
        own = dict.fromkeys((entity.label, entity.abbreviation or entity.label, *entity.aliases, *entity.local_names))
        names = [(text, entity.state if text in entity.local_names else None) for text in own]
        known = {*own, *entity.adjectives}
        for text in entity.shared_names:
            if text not in known:
                raise DataError(folder, f"{places[entity.id]}: {entity.label}: {text!r} is shared but no name of it")
        for text in own:
            if not text or text != text.strip() or (entity.aliases + entity.local_names).count(text) > 1:
                raise DataError(folder, f"{places[entity.id]}: {entity.label}: {text!r} is empty, padded or repeated")
        for name in names:
            if name[0] in entity.shared_names:
                continue
            other = owner.setdefault(name, entity)
            if other is not entity:
                problem = f"{name[0]!r} is also {other.label} ({places[other.id]}); list it in shared_names of one"
                raise DataError(folder, f"{places[entity.id]}: {entity.label}: {problem}")


def _currencies(path: Path) -> tuple[Currency, ...]:
    found: dict[str, Currency] = {}
    for where, row in _rows(path):
        code = _required(path, where, row, "code")
        if not _CURRENCY.fullmatch(code) or code in found:
            raise DataError(path, f"{where}: {code!r} is no ISO 4217 code or stands twice")
        found[code] = Currency(
            code=code,
            name=_required(path, where, row, "name"),
            names=_list(row.get("names", "")),
            symbols=_list(row.get("symbols", "")),
            shared_names=_list(row.get("shared_names", "")),
            shared_symbols=_list(row.get("shared_symbols", "")),
            states=_list(row.get("states", "")),
            source=_required(path, where, row, "source"),
        )
    return tuple(found.values())
