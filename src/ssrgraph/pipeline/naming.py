"""What documents name that is described for all of them together: reference entities, and currencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import QuerySolutions

from ssrgraph.query.results import rows
from ssrgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.store import Store


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


def _column(store: Store, query: str) -> Iterator[str]:
    """Yield the first column of a query's rows."""
    found = store.query(query, prefixes=PREFIXES)
    return (row[0] for row in rows(found)) if isinstance(found, QuerySolutions) else iter(())
