"""Documents: read as they are, with their blocks and sentences as spans of the stored text."""

from ssrgraph.documents.model import Block, BlockKind, Document, Span
from ssrgraph.documents.reading import list_documents, parse_document, read_bytes, read_document
from ssrgraph.documents.sources import Source, load_sources

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Source",
    "Span",
    "list_documents",
    "load_sources",
    "parse_document",
    "read_bytes",
    "read_document",
]
