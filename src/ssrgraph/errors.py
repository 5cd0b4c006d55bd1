"""What can go wrong, as a tree.

SsrGraphError
├── InputError            what the caller gave cannot be used (exit status 2)
│   ├── DocumentError     a document cannot be read
│   ├── QueryError        a query cannot be parsed or found
│   ├── GraphFileError    an RDF file cannot be parsed
│   ├── LinksError        a file of links cannot be read or contradicts itself
│   └── StoreError        a store is missing, of another version, locked or cannot be written
│       └── LimitError    a server does not answer in full because of a limit of its own
└── DataError             a file that ships with the project is broken

Each class holds the values it is about; the message is built from them and says what to do.
Which exit status or HTTP status follows is chosen in `cli` and `serve`.
"""

from __future__ import annotations


class SsrGraphError(Exception):
    """Base of everything this package raises on purpose."""


class InputError(SsrGraphError):
    """What the caller gave cannot be used."""


class DocumentError(InputError):
    """A document cannot be read.

    Args:
        path: The file or folder as the caller named it.
        problem: What is wrong with it and what to do, in one phrase.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class QueryError(InputError):
    """A query cannot be found, parsed or run.

    Args:
        query: The name or the beginning of the text of the query.
        problem: What is wrong with it, with line and column where they are known.
    """

    def __init__(self, query: str, problem: str) -> None:
        super().__init__(f"{query}: {problem}")
        self.query = query
        self.problem = problem


class GraphFileError(InputError):
    """An RDF file cannot be parsed.

    Args:
        path: The file as the caller named it.
        problem: The parser's words, with line and column where they are known.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class LinksError(InputError):
    """A file of links cannot be read, or its links cannot all be right.

    Args:
        path: The file as the caller named it.
        problem: The row or key and what is wrong with it.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class StoreError(InputError):
    """A store cannot be opened, read or written.

    Args:
        store: The folder or address as the caller named it.
        problem: What is wrong and what to do.
    """

    def __init__(self, store: object, problem: str) -> None:
        super().__init__(f"{store}: {problem}")
        self.store = store
        self.problem = problem


class LimitError(StoreError):
    """The server that holds a store does not answer in full because of a limit of its own.

    Args:
        store: The address as the caller named it.
        problem: Which limit it is and what to do.
        of_time: Whether it is one of time; otherwise it is one of the size of an answer.
    """

    def __init__(self, store: object, problem: str, *, of_time: bool = False) -> None:
        super().__init__(store, problem)
        self.of_time = of_time


class DataError(SsrGraphError):
    """A file that ships with the project does not hold what it must.

    Args:
        path: The file.
        problem: The row or key and what is wrong with it.
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem
