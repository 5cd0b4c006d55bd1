"""What documents name that is described for all of them together: reference entities, and currencies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, QuerySolutions

from ssrgraph.materialize import NAMED
from ssrgraph.query.results import rows
from ssrgraph.vocabulary import PREFIXES, Schema, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.materialize import Changes
    from ssrgraph.store import Draft, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What documents name.

    Attributes:
        entities: Ids of entities, sorted; some may be in no reference data.
        currencies: Codes of currencies, sorted.
    """

    entities: tuple[str, ...]
    currencies: tuple[str, ...]


def named_in(store: Store) -> Named:
    """Return what the documents of a store name."""
    start = f"{store.info.base_iri}id/"
    iris = _column(store, "SELECT DISTINCT ?entity { ?document schema:mentions ?entity }")
    ids = sorted(unquote(iri.removeprefix(start)) for iri in iris if iri.startswith(start))
    currencies = sorted(_column(store, "SELECT DISTINCT ?code { ?claim ssr:currency ?code }"))
    return Named(entities=tuple(ids), currencies=tuple(currencies))


def named_after(draft: Draft, changes: Changes, former: Named | None) -> Named:
    """Return the same after a change of a store that has kept what it named before; so it costs what the change does.

    Args:
        draft: The store.
        changes: All that changed in it since it was begun.
        former: What its documents named then; None: nobody knows.
    """
    if former is None or not changes.are_remembered:
        return named_in(draft)
    start = f"{draft.info.base_iri}id/"
    found: dict[str, set[str]] = {
        Schema.MENTIONS: set(former.entities),
        Ssr.CURRENCY: set(former.currencies),
    }
    held, gone = changes.since()
    for triple in (*held, *gone):
        names = found.get(triple.predicate.value)
        if names is None or not isinstance(triple.object, NamedNode | Literal):
            continue
        name = triple.object.value
        if triple.predicate.value == Schema.MENTIONS:
            if not name.startswith(start):
                continue
            name = unquote(name.removeprefix(start))
        still = triple in held or next(iter(draft.match(None, triple.predicate, triple.object)), None) is not None
        (names.add if still else names.discard)(name)
    entities, currencies = (tuple(sorted(names)) for names in found.values())
    return Named(entities=entities, currencies=currencies)


def named_before(draft: Draft) -> Named | None:
    """Return what the documents of a store named when it was last built, None if that was not kept."""
    if not draft.has_file(NAMED):
        return None
    former = json.loads(draft.read_file(NAMED))
    return Named(entities=tuple(former["entities"]), currencies=tuple(former["currencies"]))


def keep_named(draft: Draft, named: Named) -> None:
    """Keep with a store what its documents name."""
    values = {"entities": named.entities, "currencies": named.currencies}
    draft.write_file(NAMED, json.dumps(values, ensure_ascii=False).encode())


def _column(store: Store, query: str) -> Iterator[str]:
    """Yield the first column of a query's rows."""
    found = store.query(query, prefixes=PREFIXES)
    return (row[0] for row in rows(found)) if isinstance(found, QuerySolutions) else iter(())
