"""Which hosts a query or an update would reach, and the same text without those that it may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ssrgraph.store.tokens import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ssrgraph.store.tokens import Token

REFUSED = "<refused:by-this-server>"
"""What stands in the place of an address that may not be reached, where the text says SILENT: it leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confined:
    """A text that leads to no other hosts than those allowed.

    Attributes:
        text: The text.
        keyword: `SERVICE` or `LOAD`, if it names an address that may not be reached, and does not say SILENT.
        target: That address, as it is written.
    """

    text: str
    keyword: str = ""
    target: str = ""


def confined(text: str, hosts: Collection[str]) -> Confined:
    """Return a text without what leads to other hosts than those allowed, and what is wrong with that.

    Nothing is wrong with it where the text says SILENT: there it may fail.
    """
    resolved = plain(text)
    return without_strangers(resolved, list(tokens(resolved)), hosts)


def without_strangers(text: str, found: Sequence[Token], hosts: Collection[str]) -> Confined:
    """Do the same for a text without codepoint escapes whose tokens are known."""
    keyword = refused = ""
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
        if not silent and not keyword:
            keyword, refused = token.text, target[0].text
        parts += [text[end : target[0].start], REFUSED]
        end = target[0].end
    return Confined(text="".join(parts) + text[end:], keyword=keyword, target=refused)


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
