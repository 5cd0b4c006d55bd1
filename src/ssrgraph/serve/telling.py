"""What is told of each request that is done: to the metrics, and to the access log if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Scope

    from ssrgraph.serve.access_log import AccessLog
    from ssrgraph.serve.metrics import Metrics
    from ssrgraph.serve.records import Record


class Telling:
    """Tells of requests.

    Attributes:
        log: The access log, if there is one.

    Args:
        metrics: What counts.
        log: The access log, if there is one.
    """

    def __init__(self, metrics: Metrics, log: AccessLog | None) -> None:
        self._metrics = metrics
        self.log = log

    def tell(self, scope: Scope, record: Record) -> None:
        """Tell of a request that went through the application."""
        self._metrics.count(route_of(scope), scope["method"], record)
        if self.log is not None:
            self.log.write(scope.get("client"), scope["method"], scope["path"], record)

    def tell_short(self, client: tuple[str, int] | None, route: str, path: str, record: Record) -> None:
        """Tell of a request by GET that went past it."""
        self._metrics.count(route, "GET", record)
        if self.log is not None:
            self.log.write(client, "GET", path, record)


def route_of(scope: Scope) -> str:
    """Return the path by which a request is counted."""
    path: str = getattr(scope.get("route"), "path", "other")
    return path
