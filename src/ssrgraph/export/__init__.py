"""Files in every format: RDF in the usual syntaxes, canonical N-Quads, JSON-LD for people."""
