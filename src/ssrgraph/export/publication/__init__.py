"""A folder that is ready for publication: dump, tables, their descriptions, terms and checksums."""
