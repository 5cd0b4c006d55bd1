"""What a query or update may not do: reach other hosts, or be nested so deep that a parser overflows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ssrgraph.serve.problems import Problem
from ssrgraph.store.tokens import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ssrgraph.store.tokens import Token

REFUSED = "<refused:by-this-server>"
"""What stands in the place of an address that may not be reached, where the text says SILENT: it leads nowhere."""

_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"})
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A text that may be run.

    Attributes:
        text: The text.
        is_stable: Whether it has the same answer as long as the store is the same.
        refusal: Why it may not be run, if it is SPARQL at all; its text then leads nowhere.
    """

    text: str
    is_stable: bool
    refusal: Problem | None = None


def guard(text: str, *, hosts: Collection[str], nesting: int) -> Guarded:
    """Look a query or an update over before it is run.

    Args:
        text: The text.
        hosts: The hosts that SERVICE and LOAD may reach.
        nesting: How deep brackets may stand within each other.

    Raises:
        Problem: It may not be run.
    """
    resolved = plain(text)
    found = list(tokens(resolved))
    deepest = now = 0
    for token in found:
        if token.kind == "mark":
            now += (token.text in _OPENING) - (token.text in _CLOSING)
            deepest = max(deepest, now)
    if deepest > nesting:
        raise Problem(400, "nesting", f"Brackets stand {deepest} deep within each other; {nesting} are allowed.")
    guarded, refusal = _without_strangers(resolved, found, hosts)
    return Guarded(
        text=guarded,
        is_stable=not any(token.kind == "word" and token.text in _VOLATILE for token in found),
        refusal=refusal,
    )


def _without_strangers(text: str, found: Sequence[Token], hosts: Collection[str]) -> tuple[str, Problem | None]:
    """Return the text without what leads to other hosts than those allowed, and what is wrong with that.

    Nothing is wrong with it where the text says SILENT: there it may fail.
    """
    refusal = None
    names = _prefixes(found)
    parts, end = [], 0
    for place, token in enumerate(found):
        if not token.is_word("SERVICE", "LOAD"):
            continue
        rest = found[place + 1 : place + 3]
        silent = bool(rest) and rest[0].is_word("SILENT")
        target = rest[1:] if silent else rest
        if not target or target[0].kind not in {"iri", "name", "variable"}:
            continue  # The engine will say that this is no SPARQL; or it is a name of something else.
        if _is_allowed(target[0], names, hosts):
            continue
        if not silent:
            refusal = refusal or Problem(
                403,
                "forbidden-host",
                f"{token.text} may not reach {target[0].text} from this server; see `ssrgraph serve --allow-host`.",
            )
        parts += [text[end : target[0].start], REFUSED]
        end = target[0].end
    return "".join(parts) + text[end:], refusal


def _is_allowed(target: Token, names: dict[str, str], hosts: Collection[str]) -> bool:
    if target.kind == "variable":
        return False
    address = target.text[1:-1]
    if target.kind == "name":
        prefix, _, local = target.text.partition(":")
        if prefix not in names:
            return False
        address = names[prefix] + local
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and host is not None and host in hosts


def _prefixes(found: Sequence[Token]) -> dict[str, str]:
    """Return the prefixes that a text declares; one that is declared twice is left out, for it could be either."""
    names: dict[str, str] = {}
    twice: set[str] = set()
    for keyword, name, iri in zip(found, found[1:], found[2:], strict=False):
        if keyword.is_word("PREFIX") and name.kind == "name" and name.text.endswith(":") and iri.kind == "iri":
            if name.text[:-1] in names:
                twice.add(name.text[:-1])
            names[name.text[:-1]] = iri.text[1:-1]
    return {name: iri for name, iri in names.items() if name not in twice}
