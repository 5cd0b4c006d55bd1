"""Updates, written anew so that they mean what a dataset or a request asks: another graph for what names none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.store.tokens import Token

Edit = tuple[int, int, str]
"""A stretch of a text, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update.

    Attributes:
        tokens: Its tokens, without those of the prologue.
    """

    tokens: tuple[Token, ...]

    def starts_with(self, *words: str) -> bool:
        """Say whether these are its first words."""
        first = self.tokens[: len(words)]
        return len(first) == len(words) and all(token.is_word(word) for token, word in zip(first, words, strict=True))

    def words(self) -> Iterator[tuple[int, Token]]:
        """Yield its words outside all braces, each with its place."""
        depth = 0
        for place, token in enumerate(self.tokens):
            if token.kind == "mark" and token.text in "{}":
                depth += 1 if token.text == "{" else -1
            elif depth == 0 and token.kind == "word":
                yield place, token

    def has(self, word: str) -> bool:
        """Say whether a word stands outside all braces."""
        return any(token.text == word for _, token in self.words())

    def block(self, place: int) -> tuple[int, int] | None:
        """Return the places of the braces of the first block from a place on."""
        depth, start = 0, -1
        for at in range(place, len(self.tokens)):
            token = self.tokens[at]
            if token.kind != "mark" or token.text not in "{}":
                continue
            if token.text == "{":
                start = at if depth == 0 else start
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    return start, at
        return None


def operations(text: str) -> list[Operation]:
    """Return the operations of an update; a text that is none gives something that is of no use and does no harm."""
    found: list[Operation] = []
    current: list[Token] = []
    depth = 0
    for token in tokens(text):
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
        if depth == 0 and token.kind == "mark" and token.text == ";":
            found.append(Operation(tuple(_without_prologue(current))))
            current = []
        else:
            current.append(token)
    found.append(Operation(tuple(_without_prologue(current))))
    return [each for each in found if each.tokens]


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str | None:
    """Return an update whose patterns are matched in a dataset; None if it says itself in which one.

    Args:
        text: The update.
        default: The graphs whose union is the default graph.
        named: The graphs that `GRAPH` sees.
    """
    clauses = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named) + " "
    edits: list[Edit] = []
    for operation in operations(text):
        if operation.has("USING") or operation.has("WITH"):
            return None
        if operation.starts_with("DELETE", "WHERE"):
            block = operation.block(2)
            if block is not None:
                where, pattern = operation.tokens[1], _inside(text, operation, block)
                edits.append((where.start, where.start, f"{{{pattern}}}{clauses}"))
            continue
        edits.extend((token.start, token.start, clauses) for _, token in operation.words() if token.text == "WHERE")
    return edited(text, edits)


def into_graph(text: str, graph: str) -> str:
    """Return an update that writes to a named graph what it would write to the default graph.

    Its patterns are matched where they were. To clear the default graph is to clear that graph; to clear all named
    ones is to clear all.
    """
    edits: list[Edit] = []
    for operation in operations(text):
        first = operation.tokens[0].text if operation.tokens[0].kind == "word" else ""
        if first in {"INSERT", "DELETE"}:
            edits.extend(_templates(text, operation, graph))
        elif first == "LOAD" and not operation.has("INTO"):
            end = operation.tokens[-1].end
            edits.append((end, end, f" INTO GRAPH <{graph}>"))
        elif first in {"CLEAR", "DROP", "ADD", "COPY", "MOVE"}:
            keyword = "GRAPH " if first in {"CLEAR", "DROP"} else ""
            for _, token in operation.words():
                if token.text == "DEFAULT":
                    edits.append((token.start, token.end, f"{keyword}<{graph}>"))
                elif token.text == "NAMED":
                    edits.append((token.start, token.end, "ALL"))
    return edited(text, edits)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with stretches replaced; they do not overlap."""
    parts, end = [], 0
    for start, stop, words in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[end:start], words]
        end = stop
    return "".join(parts) + text[end:]


def _templates(text: str, operation: Operation, graph: str) -> Iterator[Edit]:
    if operation.starts_with("DELETE", "WHERE"):
        block = operation.block(2)
        if block is not None:
            inner = list(_wrapped(operation, block, graph))
            start, stop = operation.tokens[block[0]].start, operation.tokens[block[1]].end
            template = edited(text[start:stop], [(a - start, b - start, words) for a, b, words in inner])
            where = operation.tokens[1]
            yield where.start, where.start, f"{template} "
        return
    for place, token in operation.words():
        if token.text in {"INSERT", "DELETE"} and (block := operation.block(place)) is not None:
            yield from _wrapped(operation, block, graph)


def _wrapped(operation: Operation, block: tuple[int, int], graph: str) -> Iterator[Edit]:
    """Yield the edits that put what stands in a template outside of all graphs into one."""
    opening, closing = f" GRAPH <{graph}> {{", "} "
    start, end = block
    yield operation.tokens[start].end, operation.tokens[start].end, opening
    depth, within = 0, False
    for place in range(start + 1, end):
        token = operation.tokens[place]
        if depth == 0 and token.is_word("GRAPH"):
            yield token.start, token.start, closing
            within = True
        elif token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            if depth == 0 and within:
                within = False
                after = operation.tokens[place + 1]
                if after.kind == "mark" and after.text == ".":
                    yield after.start, after.end, opening
                else:
                    yield token.end, token.end, opening
    yield operation.tokens[end].start, operation.tokens[end].start, closing


def _inside(text: str, operation: Operation, block: tuple[int, int]) -> str:
    return text[operation.tokens[block[0]].end : operation.tokens[block[1]].start]


def _without_prologue(found: Sequence[Token]) -> Sequence[Token]:
    place = 0
    while place < len(found) and found[place].is_word("PREFIX", "BASE", "VERSION"):
        place += 3 if found[place].text == "PREFIX" else 2
    return found[place:]
