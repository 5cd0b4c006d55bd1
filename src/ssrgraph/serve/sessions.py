"""Who has shown the token in a browser: a signed cookie for some hours, and a word that every form must send back.

The cookie is never sent along with a request that a page of another site makes (`SameSite=Strict`), no script reads it
(`HttpOnly`), and a form counts only with a word that belongs to the cookie and stands in pages of this server alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

COOKIE = "ssrgraph-review"
HOURS = 8
_LONGEST = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who has shown the token.

    Attributes:
        author: The name that they gave.
        word: What forms of this session hold.
    """

    author: str
    word: str

    def has_sent(self, word: str) -> bool:
        """Say whether a form comes from a page of this session."""
        return hmac.compare_digest(self.word.encode(), word.encode("utf-8", "surrogatepass"))


class Sessions:
    """Signs cookies and reads them; nothing is kept on the server.

    Args:
        key: What signs; sessions end with it.
        clock: Tells seconds since 1970.
    """

    def __init__(self, key: bytes, *, clock: Callable[[], float]) -> None:
        self._key, self._clock = key, clock

    def begin(self, author: str) -> str:
        """Return the value of the cookie of a new session."""
        content = json.dumps([author, int(self._clock()) + HOURS * 3600, secrets.token_hex(8)])
        payload = base64.urlsafe_b64encode(content.encode()).decode("ascii")
        return f"{payload}.{self._signature('cookie', payload)}"

    def read(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie; None if it was not signed here or has ended."""
        if cookie is None or len(cookie) > _LONGEST or not cookie.isascii():
            return None
        payload, _, signature = cookie.partition(".")
        if not hmac.compare_digest(signature, self._signature("cookie", payload)):
            return None
        author, end, _ = json.loads(base64.urlsafe_b64decode(payload))
        return Session(author=author, word=self._signature("form", payload)) if end > self._clock() else None

    def _signature(self, purpose: str, payload: str) -> str:
        return hmac.new(self._key, f"{purpose} {payload}".encode(), hashlib.sha256).hexdigest()
