"""E-mail: the text of a message, with its subject as the title."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from ssrgraph.documents.formats.content import Content, checked, folded, plain, titled, too_long
from ssrgraph.documents.formats.encodings import text_of_page
from ssrgraph.documents.formats.failures import understood
from ssrgraph.documents.formats.html import of_page
from ssrgraph.documents.sources import Source
from ssrgraph.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 60_000_000
"""Larger messages are refused: they are attachments nearly altogether, and taking them apart needs much memory."""

_MOST_OF_THE_TEXT: Final = 20_000_000
"""What the text of a message may come to, as HTML for instance."""

_HEADERS: Final = ("from", "subject", "date", "to", "received", "mime-version", "message-id", "content-type")
_ADDRESS: Final = re.compile(r"<?(https?://[^\s<>\"]+)>?")
_NEXT_MESSAGE: Final = re.compile(rb"\n\r?\nFrom [^\n]*\d\d:\d\d[^\n]*\n[A-Za-z-]+:")
"""Where a mailbox goes on with its next message: a line with sender and time, and headers."""

_QUOTED: Final = re.compile(r"^>.*$\n?", re.MULTILINE)
_SIGNATURE: Final = re.compile(r"^-- ?$.*\Z", re.MULTILINE | re.DOTALL)


def read(data: bytes, *, name: Path, encoding: str | None = None) -> Content:
    """Return the text of a message: its plain part, or else its HTML part; not what it quotes, nor its attachments.

    Raises:
        DocumentError: The file is no message, or the message has no text of its own.
    """
    if not data.strip():
        raise DocumentError(name, "is empty")
    if len(data) > MOST_BYTES:
        raise DocumentError(
            name, f"is larger than {MOST_BYTES // 1_000_000} MB; save the message without its attachments"
        )
    if data.startswith(b"From ") and _NEXT_MESSAGE.search(data):
        raise DocumentError(name, "holds several e-mails (mbox); save each as a file of its own")
    with understood(name, "e-mail"):
        message = message_from_bytes(data, _class=EmailMessage, policy=modern)
        if not any(header in message for header in _HEADERS):
            raise DocumentError(name, "is no e-mail: it has none of the usual headers")
        part = message.get_body(("plain",)) or message.get_body(("html",))
        origin = _origin(message)
        payload = part.get_payload(decode=True) if part is not None else None
        label = part.get_content_charset() if part is not None else None
        kind = part.get_content_type() if part is not None else ""
    if not isinstance(payload, bytes) or not payload.strip():
        raise DocumentError(name, "has no text of its own; save its attachments as files and read those")
    if len(payload) > _MOST_OF_THE_TEXT:
        raise too_long(name, f"up to {len(payload):,}")
    body = text_of_page(payload, name=name, encoding=encoding, label=label)
    text = of_page(body, name=name).text if kind == "text/html" else _own_words(body)
    return Content(text=checked(titled(origin.title, text), name), origin=origin)


def _own_words(body: str) -> str:
    """Return a plain body without signature and without what it quotes, unless it is all quoted."""
    text = plain(body).strip("\n")
    own = _SIGNATURE.sub("", _QUOTED.sub("", text)).strip()
    return f"{own or text.strip()}\n"


def _origin(message: EmailMessage) -> Source:
    sender = message.get("from")
    addresses = getattr(sender, "addresses", ())
    name = next((address.display_name or address.addr_spec for address in addresses), None)
    address = _ADDRESS.search(str(message.get("archived-at", "")))
    return Source(
        id="",
        title=folded(str(message.get("subject", ""))) or None,
        publisher=folded(name or "") or None,
        date=_date(message),
        language=folded(str(message.get("content-language", ""))).partition(",")[0] or None,
        url=address[1] if address else None,
    )


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
