"""What is counted of a running server, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ssrgraph import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssrgraph.serve.records import Record
    from ssrgraph.serve.service import Service

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})


class Metrics:
    """Counts requests by path, method and outcome. Paths are those of the routes, so that nobody can make new ones."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int, str]] = Counter()
        self._sent: Counter[str] = Counter()
        self._within: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def count(self, path: str, method: str, record: Record) -> None:
        """Count a request that is done."""
        method = method if method in _METHODS else "other"
        self._requests[path, method, record.status, record.outcome] += 1
        self._sent[path] += record.size
        self._seconds[path] = self._seconds.get(path, 0.0) + record.seconds
        within = self._within.setdefault(path, [0] * (len(_BOUNDS) + 1))
        within[next((place for place, bound in enumerate(_BOUNDS) if record.seconds <= bound), len(_BOUNDS))] += 1

    def text(self, service: Service) -> str:
        """Return all that is counted."""
        lines = [*self._of_requests(), *self._of_times(), *_of_service(service)]
        return "\n".join(lines) + "\n"

    def _of_requests(self) -> Iterator[str]:
        yield from _about("ssrgraph_requests_total", "counter", "Requests by path, method, status and outcome.")
        for (path, method, status, outcome), number in sorted(self._requests.items()):
            labels = f'path="{path}",method="{method}",status="{status}",outcome="{outcome}"'
            yield f"ssrgraph_requests_total{{{labels}}} {number}"
        yield from _about("ssrgraph_sent_bytes_total", "counter", "Bytes of answers, by path.")
        for path, number in sorted(self._sent.items()):
            yield f'ssrgraph_sent_bytes_total{{path="{path}"}} {number}'

    def _of_times(self) -> Iterator[str]:
        name = "ssrgraph_request_seconds"
        yield from _about(name, "histogram", "How long requests took, by path.")
        for path, within in sorted(self._within.items()):
            total = 0
            for bound, number in zip((*map(str, _BOUNDS), "+Inf"), within, strict=True):
                total += number
                yield f'{name}_bucket{{path="{path}",le="{bound}"}} {total}'
            yield f'{name}_sum{{path="{path}"}} {self._seconds[path]:.6f}'
            yield f'{name}_count{{path="{path}"}} {total}'


def _of_service(service: Service) -> Iterator[str]:
    pool, cache = service.pool, service.cache
    gauges: Iterable[tuple[str, str, str, float]] = (
        ("ssrgraph_queries_running", "gauge", "Queries that run now.", pool.busy),
        ("ssrgraph_queries_waiting", "gauge", "Queries that wait for a process.", pool.waiting),
        ("ssrgraph_processes", "gauge", "Processes that run queries.", pool.processes),
        ("ssrgraph_copies", "gauge", "Processes that have a copy of the store in memory.", pool.copies),
        ("ssrgraph_processes_lost_total", "counter", "Processes that were killed or ended by themselves.", pool.lost),
        ("ssrgraph_prepared", "gauge", "Answers to saved queries that were made ahead.", service.preparing.number),
        (
            "ssrgraph_preparing",
            "gauge",
            "Whether such answers are still to be made.",
            int(service.preparing.is_at_work),
        ),
        ("ssrgraph_cache_bytes", "gauge", "Bytes of answers that are kept.", cache.size),
        ("ssrgraph_cache_answers", "gauge", "Answers that are kept.", len(cache)),
        ("ssrgraph_cache_hits_total", "counter", "Answers that came from the cache.", cache.hits + service.ready.hits),
        ("ssrgraph_cache_misses_total", "counter", "Answers that did not.", cache.misses),
    )
    for name, kind, words, value in gauges:
        yield from _about(name, kind, words)
        yield f"{name} {value}"
    if service.following is not None:
        yield from _about("ssrgraph_source_followed", "gauge", "Whether the copy follows the server of the store.")
        yield f"ssrgraph_source_followed {int(not service.following.problem)}"
    yield from _about("ssrgraph_info", "gauge", "Version of the software and of the store.")
    yield f'ssrgraph_info{{version="{__version__}",store="{service.snapshot.version}"}} 1'


def _about(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
