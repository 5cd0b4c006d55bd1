"""Making a server hold what a store in a folder holds, so that a reader never takes a part of it for the whole.

A small change is one update where the server does an update whole or not at all. Any other begins with the name of the
publisher in the record: from then on readers are told to wait. Then the graphs are changed, and each is marked as done;
last, the record gets the new edition and loses the publisher's name. A publisher that was stopped takes up what is not
marked, however often.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, QueryBoolean, Triple

from ssrgraph.errors import StoreError
from ssrgraph.store.remote import changes, record
from ssrgraph.store.remote.asking import ask, graph_names, read_graph
from ssrgraph.store.remote.record import EDITION, PENDING, PUBLICATION, PUBLISHER, RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ssrgraph.store.local import Draft, LocalStore
    from ssrgraph.store.remote.changes import Statement
    from ssrgraph.store.remote.client import Client
    from ssrgraph.store.remote.record import Progress, State

    Told = Callable[[str, int, int], None]


class Publisher:
    """Brings one server to what one store holds.

    Args:
        client: The server.
        store: The store.
        name: Who publishes, the same each time that the same publisher goes on.
        without: Names of files that are not published.
        digests: The digests of the store's graphs, where they are known already.

    Attributes:
        edition: What the server's edition is once it holds the store.
        digests: The digests of the store's graphs.
    """

    def __init__(
        self,
        client: Client,
        store: LocalStore | Draft,
        *,
        name: str,
        without: Collection[str] = (),
        digests: Mapping[NamedNode, str] | None = None,
    ) -> None:
        self._client = client
        self._store = store
        self._name = name
        self._size = client.largest
        self._merge = client.kind.merge
        files = [(each, store.read_file(each)) for each in store.files() if each not in without]
        self._described = set(record.described(store.info, files))
        if digests is None:
            digests = {graph: changes.digest(store.triples(graph)) for graph in store.graphs()}
        self.digests = dict(digests)
        self.edition = self._take_edition()

    def publish(self, *, onto: str | None = None, force: bool = False, told: Told | None = None) -> None:
        """Make the server hold it.

        Args:
            onto: The edition of which the store is a change, so that nobody else's change is undone; None: whatever
                the server holds, this takes its place.
            force: Publish all of it anew, whatever the server says that it holds and whoever is changing it.
            told: Told how many graphs are done.

        Raises:
            StoreError: It does not, or is being changed by somebody else; what is done is taken up the next time.
        """
        state = record.read_state(self._client, any_format=force)
        mine = not state.publisher or state.publisher == self._name
        if not mine and not force:
            raise StoreError(
                self._client.address,
                f"is being changed by {state.publisher}; wait, or if that was stopped for good, "
                "publish all anew with `ssrgraph build --force`",
            )
        if not state.publisher and state.edition == self.edition and not force:
            return
        if onto is not None and not state.publisher and state.edition != onto and not force:
            raise self._overtaken()
        if not state.edition and not state.publisher and not force:
            self._refuse_foreign()
        anew = force or (state.info is not None and state.info.base_iri != self._store.info.base_iri)
        progress = record.read_progress(self._client)
        if anew or state.publisher or not self._at_once(state, progress):
            self._step_by_step(state, progress, anew=anew, told=told or _silent)
        if record.read_edition(self._client) != (self.edition, ""):
            raise self._overtaken()

    def _overtaken(self) -> StoreError:
        return StoreError(self._client.address, "was changed by somebody else at the same time; run it again")

    def _take_edition(self) -> str:
        held = sorted(f"{graph.value} {digest}" for graph, digest in self.digests.items())
        said = sorted(map(str, self._described))
        return hashlib.sha256("\n".join((*held, *said)).encode()).hexdigest()

    def _refuse_foreign(self) -> None:
        """Leave a server alone that holds what was not put there by this program."""
        if ask(self._client, f"ASK {{ {self._merged('?s ?p ?o')} }}", QueryBoolean):
            raise StoreError(
                self._client.address,
                "holds data that ssrgraph did not put there; choose an empty server, "
                "or have them replaced by `ssrgraph build --force`",
            )

    def _merged(self, pattern: str) -> str:
        return f"GRAPH <{self._merge.value}> {{ {pattern} }}" if self._merge else pattern

    def _at_once(self, state: State, progress: Progress) -> bool:
        """Change the server by one update; say whether that can be."""
        if not self._client.kind.atomic or not state.edition:
            return False
        statements: list[Statement] = []
        length = 0
        for one in self._whole_change(state, progress):
            statements.append(one)
            length += len(one.triples)
            if length > self._size:
                return False
        blocks = {added: "\n".join(one.block() for one in statements if one.added is added) for added in (False, True)}
        nobody = f"FILTER NOT EXISTS {{ GRAPH <{RECORD.value}> {{ ?one <{PUBLISHER.value}> ?other }} }}"
        as_it_was = f"GRAPH <{RECORD.value}> {{ <{RECORD.value}> <{EDITION.value}> {Literal(state.edition)} }} {nobody}"
        self._client.update(f"DELETE {{ {blocks[False]} }} INSERT {{ {blocks[True]} }} WHERE {{ {as_it_was} }}")
        return True

    def _whole_change(self, state: State, progress: Progress) -> Iterator[Statement]:
        left: list[tuple[NamedNode, set[Triple]]] = []
        for graph in self._differing(progress):
            yield from self._added(graph, left, complete=False)
        for graph, surplus in left:
            yield from self._removed(graph, surplus)
        for graph in self._differing(progress):
            *noted, _ = changes.settled(graph, former=progress.digests.get(graph, ""), now=self.digests.get(graph, ""))
            yield from noted
        yield from self._described_anew(state)

    def _step_by_step(self, state: State, progress: Progress, *, anew: bool, told: Told) -> None:
        self._begin(state, force=anew)  # From here on nobody else changes it; what came in between is seen now.
        edition, _ = record.read_edition(self._client)
        if not anew and edition != state.edition:
            self._run(changes.noted([self._signed()], added=False))
            raise self._overtaken()
        if anew:
            self._clear(progress)
            progress = record.Progress()
        graphs = self._differing(progress)
        self._mark(graphs)
        self._run(self._all_statements(graphs, progress, told))
        self._run(self._described_anew(record.read_state(self._client)))
        self._run(changes.noted([self._signed()], added=False))

    def _signed(self) -> Triple:
        return Triple(RECORD, PUBLISHER, Literal(self._name))

    def _mark(self, graphs: Iterable[NamedNode]) -> None:
        """Say in the record that graphs may not hold what it says of them."""
        self._run(changes.noted((Triple(graph, PENDING, changes.YES) for graph in graphs), added=True))

    def _begin(self, state: State, *, force: bool) -> None:
        """Put the publisher's name into the record, if nobody else's is there."""
        (mine,) = changes.noted([self._signed()], added=True)
        if force:
            anybody = f"DELETE WHERE {{ GRAPH <{RECORD.value}> {{ <{RECORD.value}> <{PUBLISHER.value}> ?one }} }}"
            self._client.update(f"{anybody} ;\n{mine.update()}")
        elif not state.publisher and not self._client.kind.atomic:
            self._client.update(mine.update())
        elif not state.publisher:
            nobody = f"FILTER NOT EXISTS {{ GRAPH <{RECORD.value}> {{ ?one <{PUBLISHER.value}> ?other }} }}"
            self._client.update(f"INSERT {{ {mine.block()} }} WHERE {{ {nobody} }}")
        _, found = record.read_edition(self._client)
        if found != self._name:
            if self._name in found:  # Two began at the same time; both step back.
                self._client.update(next(changes.noted([self._signed()], added=False)).update())
            raise StoreError(
                self._client.address, f"is being changed by {found or 'somebody else'}; wait until it is done"
            )

    def _clear(self, progress: Progress) -> None:
        """Take away all that was ever published there."""
        own = {
            graph for graph in graph_names(self._client) if graph.value.startswith(f"{self._store.info.base_iri}graph/")
        }
        graphs = sorted((own | {*progress.digests, *progress.pending}) - {self._merge}, key=str)
        self._mark(graphs)
        self._client.update(f"CLEAR SILENT {f'GRAPH <{self._merge.value}>' if self._merge else 'DEFAULT'}")
        for graph in graphs:
            self._client.update(f"DROP SILENT GRAPH <{graph.value}>")
        what = f"FILTER (?p != <{PUBLISHER.value}>)"
        every = f"GRAPH <{RECORD.value}> {{ ?s ?p ?o }}"
        self._client.update(f"DELETE {{ {every} }} WHERE {{ {every} {what} }}")

    def _differing(self, progress: Progress) -> list[NamedNode]:
        """Return the graphs that the server may not hold as they are, sorted."""
        every = {*self.digests, *progress.digests, *progress.pending}
        return sorted(
            (
                graph
                for graph in every
                if graph in progress.pending or progress.digests.get(graph) != self.digests.get(graph)
            ),
            key=lambda graph: graph.value,
        )

    def _all_statements(self, graphs: list[NamedNode], progress: Progress, told: Told) -> Iterator[Statement]:
        left: list[tuple[NamedNode, set[Triple]]] = []
        for done, graph in enumerate(graphs):
            told("publishing", done, len(graphs))
            yield from self._done(self._added(graph, left, complete=graph in progress.pending))
            if not left or left[-1][0] != graph:
                yield from self._settled(graph, progress)
        for graph, surplus in left:
            yield from self._done(self._removed(graph, surplus))
            yield from self._settled(graph, progress)
        told("publishing", len(graphs), len(graphs))

    def _done(self, statements: Iterator[Statement]) -> Iterator[Statement]:
        """Yield statements to be sent together with others, or send them if their outcome must be looked at."""
        if self._client.kind.exact:
            return statements
        self._run(statements)
        return iter(())

    def _settled(self, graph: NamedNode, progress: Progress) -> Iterator[Statement]:
        """Yield what says that a graph is as it shall be, once it is."""
        if not self._client.kind.exact:
            found = changes.digest(read_graph(self._client, graph))
            if found != self.digests.get(graph, changes.digest(())):
                raise StoreError(
                    self._client.address, f"does not give back what it was given in {graph.value}, so it cannot hold it"
                )
        return changes.settled(graph, former=progress.digests.get(graph, ""), now=self.digests.get(graph, ""))

    def _added(
        self, graph: NamedNode, left: list[tuple[NamedNode, set[Triple]]], *, complete: bool
    ) -> Iterator[Statement]:
        """Yield what is to be added to a graph, and note what is to be taken out of it.

        Args:
            graph: The graph.
            left: Where it is noted.
            complete: Whether the merge may lack what the graph holds already.
        """
        wanted, there = set(self._store.triples(graph)), set(read_graph(self._client, graph))
        missing, surplus = wanted - there, there - wanted
        if surplus:
            left.append((graph, surplus))
        merged = wanted if complete else missing
        yield from changes.additions(graph, self._merge, missing=missing, merged=merged, size=self._size)

    def _removed(self, graph: NamedNode, surplus: set[Triple]) -> Iterator[Statement]:
        unsupported = [one for one in surplus if next(iter(self._store.graphs_of(one)), None) is None]
        return changes.removals(graph, self._merge, surplus=surplus, unsupported=unsupported, size=self._size)

    def _described_anew(self, state: State) -> Iterator[Statement]:
        """Yield what brings the record to the new edition; the publisher's name stays."""
        there = record.held(self._client)
        former = {Triple(RECORD, PUBLICATION, Literal(each)) for each in state.publications}
        if state.edition:
            former.add(Triple(RECORD, EDITION, Literal(state.edition)))
        now = {Triple(RECORD, EDITION, Literal(self.edition)), Triple(RECORD, PUBLICATION, Literal(uuid.uuid4().hex))}
        yield from changes.noted((self._described - there) | (now - former), added=True)
        yield from changes.noted((there - self._described) | (former - now), added=False)

    def _run(self, statements: Iterable[Statement]) -> None:
        for batch in changes.batches(statements, self._size):
            if not self._client.kind.loads:
                self._client.update(" ;\n".join(one.update() for one in batch))
                continue
            for one in batch:
                if one.added and one.graph is not None:
                    self._client.add(one.graph.value, one.triples)
                else:
                    self._client.update(one.update())


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""
