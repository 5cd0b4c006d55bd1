"""A reasoner as bytes, to go on with in another process without deriving anything again."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from ssrgraph.reasoning.reasoner import Reasoner
from ssrgraph.reasoning.relations import Pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.reasoning.relations import Ids

    Arrays = Mapping[str, np.ndarray[tuple[int], np.dtype[np.int64]]]

_TEXTS = ("texts", "ends", "hashes", "table", "odd", "seed")


def kept(reasoner: Reasoner) -> bytes:
    """Return all that a reasoner knows; its triples about triple terms and its memory limit are not kept."""
    graph = reasoner.graph
    file = io.BytesIO()
    graph.grow()
    arrays: dict[str, Any] = {
        "version": np.frombuffer(_version().encode(), np.uint8),
        **graph.symbols.texts.arrays(),
        "values": np.frombuffer(graph.symbols.values(), np.uint8),
        "complete": np.array([graph.complete]),
        "representative": graph.representative,
        **_columns("given", graph.given),
        **_columns("relations", graph.relations),
    }
    np.savez(file, **arrays)
    return file.getvalue()


def resumed(content: bytes) -> Reasoner | None:
    """Return the reasoner that was kept, or None if other code kept it, or the bytes are damaged."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            if arrays["version"].tobytes().decode() != _version():
                return None
            reasoner = Reasoner(complete=bool(arrays["complete"][0]))
            graph = reasoner.graph
            # Every look into such a file reads the array anew.
            graph.symbols.resume({name: arrays[name] for name in _TEXTS}, arrays["values"].tobytes())
            given, relations = (_relations(arrays, name) for name in ("given", "relations"))
            graph.resume(given, relations, arrays["representative"])
            return reasoner
    except (KeyError, ValueError, OSError, IndexError, zipfile.BadZipFile):
        return None


def _columns(name: str, relations: Mapping[int, Pairs]) -> dict[str, Ids]:
    verbs = sorted(relations)
    pairs = [relations[verb].by_subject for verb in verbs]
    return {
        f"{name}_verbs": np.array(verbs, np.int64),
        f"{name}_counts": np.array([len(one) for one in pairs], np.int64),
        f"{name}_pairs": np.concatenate(pairs) if pairs else np.empty(0, np.int64),
    }


def _relations(arrays: Arrays, name: str) -> dict[int, Pairs]:
    verbs, counts = (arrays[f"{name}_{part}"] for part in ("verbs", "counts"))
    parts = np.split(arrays[f"{name}_pairs"], np.cumsum(counts)[:-1])
    return {verb: Pairs(part) for verb, part in zip(verbs.tolist(), parts, strict=False)}


@cache
def _version() -> str:
    """Return what changes with the code of this package."""
    found = hashlib.sha256()
    folder = resources.files("ssrgraph.reasoning")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".py"):
            found.update(file.read_bytes())
    return found.hexdigest()
