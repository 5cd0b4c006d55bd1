"""Documents: read as they are, with their blocks and sentences as spans of the stored text."""

from ssrgraph.documents.formats import LIBRARIES, SUFFIXES, format_of
from ssrgraph.documents.formats.encodings import is_utf8, known_encoding
from ssrgraph.documents.model import Block, BlockKind, Document, Span
from ssrgraph.documents.reading import (
    MOST_BYTES,
    NO_ID,
    PASSED_OVER,
    TOO_LARGE,
    empty_folder,
    known_origin,
    list_documents,
    parse_document,
    plain_name,
    read_bytes,
    read_document,
)
from ssrgraph.documents.sources import MANIFEST, Source, load_sources, parse_sources

__all__ = [
    "LIBRARIES",
    "MANIFEST",
    "MOST_BYTES",
    "NO_ID",
    "PASSED_OVER",
    "SUFFIXES",
    "TOO_LARGE",
    "Block",
    "BlockKind",
    "Document",
    "Source",
    "Span",
    "empty_folder",
    "format_of",
    "is_utf8",
    "known_encoding",
    "known_origin",
    "list_documents",
    "load_sources",
    "parse_document",
    "parse_sources",
    "plain_name",
    "read_bytes",
    "read_document",
]
