"""The whole line from documents to a reasoned store, incrementally; the only code that knows all stages."""
