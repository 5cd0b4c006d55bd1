"""Public documents about security-sector assistance as a sourced, reasoned RDF knowledge graph."""

__version__ = "0.1.0"
