"""The folder of a local store: whole generations, and a pointer to the one that counts.

    build/store/
    ├── CURRENT               name of the generation that counts; replaced by rename, in one step
    ├── ssrgraph.lock         held by whoever is writing
    ├── live/                what a writer of many changes works on between two generations; worthless without it
    ├── prepared/             what a server made ahead, a folder for each state of the store; worthless without it
    ├── unfinished/           what a writer keeps for the next one, should it be stopped; gone when it is done
    └── generation-000007/
        ├── store.json        `StoreInfo`
        ├── quads/            the pyoxigraph database
        └── files/            what a writer keeps beside the graph

A writer makes the next generation beside the current one (sharing its unchanged files by hard links), brings it to the
disk, and only then moves the pointer. A process that is killed at any moment leaves the former generation in place;
what it left behind is swept away by the next writer. A generation is never changed once the pointer has shown it, so
that readers need no lock against writers; a shared lock on `store.json` only keeps it from being swept away.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from dataclasses import fields
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store.interface import FORMAT, MERGED, StoreInfo
from ssrgraph.store.locking import FileLock

if TYPE_CHECKING:
    from pathlib import Path

POINTER = "CURRENT"
LOCK = "ssrgraph.lock"
INFO = "store.json"
QUADS = "quads"
FILES = "files"
WORK = "unfinished"
LIVE = "live"
PREPARED = "prepared"
_GENERATION = re.compile(r"generation-(\d{6,})")


def current(folder: Path) -> Path:
    """Return the generation that counts.

    Raises:
        StoreError: There is no store, or the folder is something else.
    """
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        if not folder.exists():
            raise StoreError(folder, "no such store; make it with `ssrgraph build`") from None
        raise StoreError(folder, "not a finished store; make it with `ssrgraph build`") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(folder, f"cannot be read: {reason(error)}") from error
    if not _GENERATION.fullmatch(name) or not (folder / name).is_dir():
        raise StoreError(folder, "damaged; make it again with `ssrgraph build --force`")
    return folder / name


def generations(folder: Path) -> list[Path]:
    """Return all generations, finished or not, the oldest first."""
    numbered = [(int(match[1]), path) for path in folder.iterdir() if (match := _GENERATION.fullmatch(path.name))]
    return [path for _, path in sorted(numbered)]


def following(folder: Path) -> Path:
    """Return the path of the next generation; nothing is there yet."""
    last = generations(folder)
    number = int(last[-1].name.rpartition("-")[2]) if last else 0
    return folder / f"generation-{number + 1:06d}"


def is_ours(folder: Path) -> bool:
    """Say whether the folder holds nothing but what a store holds, so that nothing of somebody else is harmed."""
    own = {POINTER, LOCK, f"{POINTER}.new", WORK, LIVE, PREPARED}
    return all(path.name in own or _GENERATION.fullmatch(path.name) for path in folder.iterdir())


def read_info(folder: Path, generation: Path) -> StoreInfo:
    """Read what a generation says of itself.

    Raises:
        StoreError: It is of another format, or damaged.
    """
    try:
        values = json.loads((generation / INFO).read_text(encoding="utf-8"))
        found = int(values["format"])
        if found != FORMAT:
            raise StoreError(
                folder,
                f"a store of format {found}, but this version of ssrgraph reads format {FORMAT}; "
                "make it again with `ssrgraph build --force`",
            )
        return StoreInfo(
            base_iri=str(values["base_iri"]),
            version=str(values["version"]),
            state=dict(values["state"]),
            format=found,
            dataset=str(values.get("dataset", MERGED)),
        )
    except OSError as error:
        raise StoreError(folder, f"cannot be read: {reason(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(folder, "damaged; make it again with `ssrgraph build --force`") from error


def write_info(generation: Path, info: StoreInfo) -> None:
    """Write what a generation says of itself."""
    # Not `asdict`, which copies each of very many documents.
    values = {each.name: getattr(info, each.name) for each in fields(info)}
    text = json.dumps(values, indent=1, sort_keys=True, ensure_ascii=False)
    (generation / INFO).write_text(f"{text}\n", encoding="utf-8")


def publish(folder: Path, generation: Path) -> None:
    """Bring a generation to the disk, then let the pointer show it, in one step."""
    _to_disk(generation)
    fresh = folder / f"{POINTER}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(f"{generation.name}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / POINTER)
    _sync(folder)


def sweep(folder: Path, *, keep: Path | None) -> None:
    """Take away every generation but one, except those that somebody is reading."""
    for generation in generations(folder):
        if generation == keep:
            continue
        info = generation / INFO
        lock = FileLock(info)
        if info.exists() and not lock.acquire():
            continue
        try:
            discard(generation)
        finally:
            lock.release()
    _sweep_prepared(folder)


def prepared(generation: Path, version: str) -> Path:
    """Return the folder for answers that are made ahead of a generation in this state; nothing need be there."""
    return generation.parent / PREPARED / version


def _sweep_prepared(folder: Path) -> None:
    """Take away the answers that were made of generations that are gone."""
    if not (folder / PREPARED).is_dir():
        return
    there = {generation.name.rpartition("-")[2] for generation in generations(folder)}
    for answers in (folder / PREPARED).iterdir():
        if answers.name.partition("-")[0] not in there:
            discard(answers)


def discard(generation: Path) -> None:
    """Take an unfinished or former generation away; what cannot be taken now is left for the next writer."""
    for _ in range(3):  # A database that is just being closed may still be writing a file.
        shutil.rmtree(generation, ignore_errors=True)
        if not generation.exists():
            return
        time.sleep(0.05)


def reason(error: BaseException) -> str:
    """Return the cause in a few words, on one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    # The database puts its own steps and files in front of what the system says.
    return " ".join(str(error).split()).rpartition(": ")[2] or type(error).__name__


def _to_disk(folder: Path) -> None:
    """Bring what is new to the disk; what is shared with the former generation was brought there with it."""
    for root, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(root, name)  # noqa: PTH118 -- os.walk gives strings
            if os.stat(path).st_nlink == 1:  # noqa: PTH116 -- the same
                _sync(path)
        _sync(root)


def _sync(path: Path | str) -> None:
    if os.name == "nt" and os.path.isdir(path):  # noqa: PTH112 -- takes strings too
        return  # A folder cannot be opened there.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
