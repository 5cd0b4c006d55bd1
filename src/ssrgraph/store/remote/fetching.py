"""From a server to a folder that holds the same: whole, or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ssrgraph.errors import StoreError
from ssrgraph.store.holding import hold_generation
from ssrgraph.store.local import LocalStore, change
from ssrgraph.store.remote import record
from ssrgraph.store.remote.changes import digest
from ssrgraph.store.remote.reading import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyoxigraph import NamedNode

    from ssrgraph.store.local import Draft
    from ssrgraph.store.remote.client import Client

    Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a folder holds now.

    Attributes:
        edition: The edition of the server that it is.
        generation: The version of the folder's generation.
        digests: The digests of its graphs.
    """

    edition: str
    generation: str
    digests: Mapping[NamedNode, str]


def fetch(client: Client, store: Path, *, former: Fetched | None = None, told: Told | None = None) -> Fetched:
    """Make a folder hold what a server holds.

    Args:
        client: The server.
        store: The folder.
        former: What the folder holds already: graphs that are the same are not fetched again; None: all is fetched,
            whatever the folder holds.
        told: Told how much is done.

    Raises:
        StoreError: The server holds no store or something else than was published there, is being changed, or does not
            answer; or the folder cannot be written. The folder is then as it was.
    """
    there = RemoteStore.open(client)
    digests = record.read_progress(client).digests
    held = former.digests if former is not None else {}
    wanted = [graph for graph in there.graphs() if graph not in held or held[graph] != digests.get(graph)]
    with change(store, base_iri=there.info.base_iri, fresh=former is None) as draft:
        if former is not None and _generation(store) != former.generation:
            raise StoreError(store, "was changed by another process; try again")
        draft.describe(there.info.state, base_iri=there.info.base_iri)
        for done, graph in enumerate(wanted):
            triples = set(there.triples(graph))
            if digest(triples) != digests.get(graph):
                raise _differs(client, graph)
            draft.replace_graph(graph, triples)
            if told is not None:
                told("fetching", done + 1, len(wanted))
        for graph in held.keys() - digests.keys():
            draft.drop_graph(graph)
        missing = sorted(digests.keys() - {*draft.graphs()}, key=str)
        if missing:
            raise _differs(client, missing[0])
        _take_files(there, draft)
        there.verify()
    return Fetched(edition=there.edition, generation=_generation(store), digests=digests)


def _generation(store: Path) -> str:
    held = hold_generation(store)
    held.release()
    return held.version


@contextmanager
def copied(there: RemoteStore) -> Iterator[LocalStore]:
    """Yield a copy of a server's store in a temporary folder, for whoever looks at most of it, node by node.

    It holds what the graphs of the server hold, whether or not that is what was published there.

    Raises:
        StoreError: The server was changed meanwhile or does not answer.
    """
    with TemporaryDirectory(prefix="ssrgraph-") as name:
        folder = Path(name) / "store"
        with change(folder, base_iri=there.info.base_iri, fresh=True) as draft:
            draft.describe(there.info.state, base_iri=there.info.base_iri)
            for graph in there.graphs():
                draft.replace_graph(graph, there.triples(graph))
            _take_files(there, draft)
            there.verify()
        with LocalStore.open(folder) as store:
            yield store


def _take_files(there: RemoteStore, draft: Draft) -> None:
    names = there.files()
    for name in {*draft.files()} - {*names}:
        draft.remove_file(name)
    former = {*draft.files()}
    for name in names:
        content = there.read_file(name)
        if name not in former or draft.read_file(name) != content:
            draft.write_file(name, content)


def _differs(client: Client, graph: NamedNode) -> StoreError:
    return StoreError(
        client.address,
        f"holds something else than was published in {graph.value}; publish it anew with `ssrgraph build --force`",
    )
