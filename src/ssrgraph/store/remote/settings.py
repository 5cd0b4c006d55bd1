"""What a person sets for a server: in its address, in the environment, in the file of netrc."""

from __future__ import annotations

import netrc
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ssrgraph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER = "SSRGRAPH_SERVER"
"""Environment variable: the kind of server, where its answers do not tell it."""
ADDRESSES = {"query": "SSRGRAPH_QUERY_URL", "update": "SSRGRAPH_UPDATE_URL", "graphs": "SSRGRAPH_GRAPHS_URL"}
"""Environment variables: the addresses of the three services, where they do not follow from the store's."""
USER, PASSWORD, TOKEN = "SSRGRAPH_USER", "SSRGRAPH_PASSWORD", "SSRGRAPH_TOKEN"
TIMEOUT = "SSRGRAPH_TIMEOUT"
"""Environment variable: for how many seconds an answer is waited for."""
LARGEST = "SSRGRAPH_LARGEST_UPDATE"
"""Environment variable: how many bytes of triples one update may hold, if the server takes less than is usual."""
NETRC = "NETRC"
"""Environment variable: the file of netrc, where it is not ~/.netrc."""
_TIMEOUT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is set for one server.

    Attributes:
        address: The address as it was given, without a stroke at its end.
        server: The name of its kind, "" if it is to be found out.
        services: The addresses that are set, by service.
        user: Who asks, "" for nobody.
        password: The password of the user.
        token: What is sent as a bearer's token instead of both.
        timeout: For how many seconds an answer is waited for.
        largest: How many bytes of triples one update may hold; None: as many as is usual for such a server.
    """

    address: str
    server: str = ""
    services: Mapping[str, str]
    user: str = ""
    password: str = ""
    token: str = ""
    timeout: float = _TIMEOUT
    largest: int | None = None


def read_settings(address: str, environment: Mapping[str, str]) -> Settings:
    """Return what is set for the server at this address.

    Raises:
        StoreError: The address or a value cannot be used.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port  # Looked at only now; raises for what is no number.
    except ValueError as error:
        raise StoreError(address, f"is no address of a server: {error}") from error
    if not host or parts.query or parts.fragment:
        raise StoreError(address, "is no address of a server; give one like https://data.example.org/sparql")
    if "@" in parts.netloc:
        shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
        raise StoreError(shown, f"a password does not belong in an address; set {USER} and {PASSWORD}, or ~/.netrc")
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if not user and not environment.get(TOKEN):
        user, password = _from_netrc(address, host, environment.get(NETRC))
    return Settings(
        address=address.rstrip("/"),
        server=environment.get(SERVER, "").lower(),
        services={name: value for name, key in ADDRESSES.items() if (value := environment.get(key))},
        user=user,
        password=password,
        token=environment.get(TOKEN, ""),
        timeout=_number(address, environment, TIMEOUT) or _TIMEOUT,
        largest=None if (largest := _number(address, environment, LARGEST)) is None else int(largest),
    )


def _from_netrc(address: str, host: str, file: str | None) -> tuple[str, str]:
    try:
        found = netrc.netrc(file).authenticators(host)
    except FileNotFoundError:
        return "", ""
    except (OSError, netrc.NetrcParseError) as error:
        raise StoreError(address, f"{file or '~/.netrc'} cannot be read: {error}") from error
    return (found[0], found[2] or "") if found else ("", "")


def _number(address: str, environment: Mapping[str, str], name: str) -> float | None:
    given = environment.get(name)
    if given is None:
        return None
    try:
        number = float(given)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise StoreError(address, f"{name} is no number above 0: {given}")
    return number
