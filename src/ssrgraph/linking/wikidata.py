"""Asking Wikidata by its reconciliation service: politely, again where it fails, and never twice for the same."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from ssrgraph import __version__
from ssrgraph.errors import InputError
from ssrgraph.linking.proposals import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ssrgraph.linking.entities import Unlinked

SERVICE: Final = "https://wikidata.reconci.link/en/api"
_FEATURES: Final = {"country": ("P17",), "parent": ("P749", "P361"), "neighbours": ("P463", "P355", "P137")}
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE: Final = 60.0
_MOST_BYTES: Final = 5_000_000
_MOST_NAMES: Final = 4
_LEFT_ALONE: Final = "is asked no more"
_ITEM: Final = re.compile(r"Q[1-9]\d*")


class ServiceError(InputError):
    """The service does not answer, or not as its protocol says.

    Args:
        service: Its address.
        problem: What happened.
    """

    def __init__(self, service: str, problem: str) -> None:
        super().__init__(f"{service}: {problem}; what was answered is kept, so run it again later")
        self.service = service
        self.problem = problem


class _FaultError(Exception):
    """A request that failed and may be sent again, after some seconds if the service says so."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.after = after


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How the service is asked.

    Attributes:
        timeout: Seconds to wait for an answer.
        attempts: How often a request is sent at most.
        pause: Seconds between two requests.
        back_off: Seconds before the first repetition; each further one waits twice as long.
    """

    timeout: float = 20.0
    attempts: int = 4
    pause: float = 1.0
    back_off: float = 2.0


class Wikidata:
    """The reconciliation service of Wikidata, or another that speaks its protocol (version 0.2).

    Args:
        kinds: Our kinds by the names of types.
        cache: Where answers are kept; the same is not asked again.
        sleep: Waits some seconds.
        clock: Tells seconds.
        service: Its address.
        contact: An address or e-mail of who asks, as Wikimedia wants it in the User-Agent.
        politeness: How it is asked.
        refresh: Whether what is kept is asked again.
    """

    def __init__(
        self,
        *,
        kinds: Mapping[str, frozenset[str]],
        cache: Path,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        service: str = SERVICE,
        contact: str = "",
        politeness: Politeness | None = None,
        refresh: bool = False,
    ) -> None:
        self._kinds, self._cache, self._sleep, self._clock = kinds, cache, sleep, clock
        self._service, self._refresh = service, refresh
        self._politeness = politeness or Politeness()
        self._last: float | None = None
        self._is_left_alone = False
        about = "; ".join(filter(None, ("https://w3id.org/ssrgraph/", contact)))
        self._agent = f"ssrgraph/{__version__} ({about}) python-urllib"

    def find(self, entity: Unlinked) -> list[Item]:
        """Return the items that the service has for the names of an entity, with what is known of them.

        Raises:
            ServiceError: It does not answer.
        """
        names = list(entity.names[:_MOST_NAMES])
        queries = {f"q{place}": {"query": name, "limit": 5} for place, name in enumerate(names)}
        found = self._ask({"queries": json.dumps(queries, sort_keys=True)}, lambda answer: _results(answer, queries))
        if not found:
            return []
        asked = [{"id": name} for names_ in _FEATURES.values() for name in names_]
        extend = json.dumps({"ids": sorted(found), "properties": asked}, sort_keys=True)
        values = self._ask({"extend": extend}, lambda answer: _extended(answer, found))
        return [self._item(found[key], values[key]) for key in sorted(found)]

    def leave_alone(self) -> None:
        """Ask the service no more; what is kept still answers."""
        self._is_left_alone = True

    def _item(self, record: Mapping[str, Any], values: Mapping[str, tuple[str, ...]]) -> Item:
        types = [each["name"] for each in record.get("type", ())]
        kinds: frozenset[str] = frozenset().union(*(self._kinds.get(name, frozenset()) for name in types))
        features = {
            feature: tuple(dict.fromkeys(value for name in names for value in values.get(name, ())))
            for feature, names in _FEATURES.items()
        }
        return Item(
            id=record["id"],
            label=record["name"],
            kinds=kinds,
            about=record.get("description") or ", ".join(types),
            properties={feature: names for feature, names in features.items() if names},
        )

    def _ask(self, form: Mapping[str, str], read: Callable[[object], Any]) -> Any:  # noqa: ANN401 -- what `read` gives
        """Return what `read` makes of the answer, from what is kept or from the service."""
        body = urlencode(form).encode()
        kept = self._cache / f"{hashlib.sha256(self._service.encode() + b' ' + body).hexdigest()}.json"
        if not self._refresh and kept.is_file():
            try:
                return read(json.loads(kept.read_bytes()))
            except (ValueError, _FaultError, OSError):
                kept.unlink(missing_ok=True)  # It was damaged; it is asked anew.
        if self._is_left_alone:
            raise ServiceError(self._service, _LEFT_ALONE)
        problem = ""
        for attempt in range(self._politeness.attempts):
            try:
                data = self._send(body)
                result = read(_parsed(data))
            except _FaultError as fault:
                problem = fault.problem
                if attempt + 1 < self._politeness.attempts:
                    wait = max(fault.after, self._politeness.back_off * 2**attempt)
                    self._sleep(min(wait, _LONGEST_PAUSE))
            else:
                self._keep(kept, data)
                return result
        problem = f"{problem} ({self._politeness.attempts} attempts)"
        raise ServiceError(self._service, problem)

    def _send(self, body: bytes) -> bytes:
        if self._last is not None:
            wait = self._last + self._politeness.pause - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._last = self._clock()
        headers = {
            "User-Agent": self._agent,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        request = urllib.request.Request(self._service, data=body, headers=headers)  # noqa: S310 -- the user's address
        try:
            with urllib.request.urlopen(request, timeout=self._politeness.timeout) as answer:  # noqa: S310
                data: bytes = answer.read(_MOST_BYTES + 1)
                left = answer.length  # How much was promised and did not come.
        except urllib.error.HTTPError as error:
            with error:
                problem = f"answers with status {error.code}"
                if error.code in _AGAIN:
                    raise _FaultError(problem, _seconds(error.headers.get("Retry-After"))) from error
                raise ServiceError(self._service, problem) from error
        except (OSError, HTTPException) as error:
            reason = " ".join(str(getattr(error, "reason", None) or error).split()) or type(error).__name__
            problem = f"cannot be asked: {reason}"
            raise _FaultError(problem) from error
        if len(data) > _MOST_BYTES:
            problem = f"answers with more than {_MOST_BYTES:,} bytes"
            raise ServiceError(self._service, problem)
        if left:
            problem = "breaks off its answer"
            raise _FaultError(problem)
        return data

    def _keep(self, path: Path, data: bytes) -> None:
        self._cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)


def _seconds(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"\d{1,6}", text.strip()) else 0.0


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError as error:
        problem = "answers with broken JSON"
        raise _FaultError(problem) from error


def _results(answer: object, queries: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """Return the records of the items in an answer to queries, by identifier."""
    found: dict[str, dict[str, Any]] = {}
    for key in queries:
        for record in _list(_dict(_dict(answer).get(key)).get("result")):
            one = _dict(record)
            if not isinstance(one.get("id"), str) or not isinstance(one.get("name"), str):
                raise _odd()
            if _ITEM.fullmatch(one["id"]):
                types = [each for each in _list(one.get("type", [])) if isinstance(_dict(each).get("name"), str)]
                description = one.get("description")
                about = description if isinstance(description, str) else ""
                found[one["id"]] = {"id": one["id"], "name": one["name"], "type": types, "description": about}
    return found


def _extended(answer: object, wanted: Mapping[str, object]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the names of the values of the properties of items, by identifier and property."""
    rows = _dict(_dict(answer).get("rows"))
    return {
        key: {
            name: tuple(
                text
                for value in _list(values)
                if isinstance(text := _dict(value).get("name", _dict(value).get("str")), str)
            )
            for name, values in _dict(rows.get(key, {})).items()
        }
        for key in wanted
    }


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _odd()
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _odd()
    return value


def _odd() -> _FaultError:
    return _FaultError("answers otherwise than its protocol says")
