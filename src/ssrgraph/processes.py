"""Processes that share work: quiet at Ctrl-C, and gone when whoever gave it to them is."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Workers:
    """Processes that do what they are given, of functions that modules define; see `workers`."""

    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool = pool
        self.count = count

    def submit(self, function: Callable[..., Answer], *given: object) -> Future[Answer]:
        """Give one of them something to do."""
        with _uninterrupted():  # The first task starts a process.
            return self._pool.submit(function, *given)

    def in_order(
        self, function: Callable[[Item], Answer], items: Iterable[Item], *, ahead: int = 4
    ) -> Iterator[Answer]:
        """Yield what a function makes of each item, in their order.

        Args:
            function: The function.
            items: What it is given.
            ahead: How many items for each process are given out before the first answer is taken.

        Raises:
            BrokenProcessPool: A process was ended from outside.
        """
        left = iter(items)
        waiting: deque[Future[Answer]] = deque()
        while True:
            waiting.extend(self.submit(function, item) for item in islice(left, self.count * ahead - len(waiting)))
            if not waiting:
                return
            yield waiting.popleft().result()


@contextmanager
def workers(count: int, begin: Callable[..., None], *given: object) -> Iterator[Workers]:
    """Start so many processes as they are needed; they are gone after the block.

    Args:
        count: How many.
        begin: What each calls first.
        given: What that is given.
    """
    others = set(active_children())
    # Spawned, not forked: a fork of a process with threads (numpy, pyoxigraph) may hang.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin, initargs=(begin, given))
    try:
        yield Workers(pool, count)
    except BaseException:
        # Whatever they still do is not waited for.
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back within the block; processes started there never get it, and are ended by their parent.

    It reaches all processes of a terminal, and each would say that it was interrupted.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _begin(begin: Callable[..., None], given: tuple[object, ...]) -> None:
    begin(*given)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent has ended, however that ended; nobody would ever give it work again."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
