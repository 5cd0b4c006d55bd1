"""A job that a process does, and what is told where it does not come to an end."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from ssrgraph.serve.problems import Problem

if TYPE_CHECKING:
    import asyncio

    from ssrgraph.serve.answers import Answer
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.processes import Child


class Work:
    """A job and what has become of it.

    Args:
        message: What a process is told.
        answer: What its client gets.
        limit: Seconds that it may take.

    Attributes:
        message: The same.
        answer: The same.
        limit: The same.
        child: The process that does it, while one does.
        timer: What ends it, or its waiting.
        is_slow: Whether it has given its place to others.
        begun: When a process began, by the clock of the loop.
    """

    __slots__ = ("answer", "begun", "child", "is_slow", "limit", "message", "timer")

    def __init__(self, message: bytes, answer: Answer, limit: float) -> None:
        self.message = message
        self.answer = answer
        self.limit = limit
        self.child: Child | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.is_slow = False
        self.begun = 0.0


MEMORY = Problem(503, "memory-limit", "The query needs more memory than a query may have.")
"""What is told of a job whose process takes more memory than it may."""


def death(status: int) -> Problem:
    """Return what is told of a process that ended by itself: the engine ends it when it gets no memory."""
    if hasattr(signal, "SIGABRT") and status == -signal.SIGABRT:
        return MEMORY
    return Problem(503, "worker-ended", "The process that ran the query has ended; try again.")


def problem_of(values: Values) -> Problem:
    """Return the problem that a process tells."""
    return Problem(
        values["status"],
        values["code"],
        values["detail"],
        line=values.get("line"),
        column=values.get("column"),
        headers=values.get("headers"),
    )
