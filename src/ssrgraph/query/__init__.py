"""Questions to a store: the catalogue of saved queries, running them, fact tables, result formats."""
