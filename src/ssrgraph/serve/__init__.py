"""The SPARQL endpoint and its pages: a front that speaks HTTP, and processes that run queries on snapshots."""
