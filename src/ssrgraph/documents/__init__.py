"""Documents: read as they are, with their blocks and sentences as spans of the stored text."""

from ssrgraph.documents.formats import LIBRARIES, SUFFIXES, format_of
from ssrgraph.documents.formats.encodings import is_utf8, known_encoding
from ssrgraph.documents.model import Block, BlockKind, Document, Span
from ssrgraph.documents.reading import (
    find_doubles,
    known_origin,
    list_documents,
    parse_document,
    plain_name,
    read_bytes,
    read_document,
)
from ssrgraph.documents.sources import Source, load_sources

__all__ = [
    "LIBRARIES",
    "SUFFIXES",
    "Block",
    "BlockKind",
    "Document",
    "Source",
    "Span",
    "find_doubles",
    "format_of",
    "is_utf8",
    "known_encoding",
    "known_origin",
    "list_documents",
    "load_sources",
    "parse_document",
    "plain_name",
    "read_bytes",
    "read_document",
]
