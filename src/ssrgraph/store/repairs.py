"""What the engine gets wrong and what can be put right by writing a query anew before it is run."""

from __future__ import annotations

from ssrgraph.store.rewriting import Edit, edited
from ssrgraph.store.tokens import tokens


def repaired(text: str) -> str:
    """Return a query or update that means to the engine what the specification says that this text means.

    The engine gives the result of GROUP_CONCAT a language tag if all values have the same; SPARQL 1.1 knows only
    plain literals there.

    >>> repaired("SELECT (GROUP_CONCAT(?o; SEPARATOR=';') AS ?all) { ?s ?p ?o }")
    "SELECT (STR(GROUP_CONCAT(?o; SEPARATOR=';')) AS ?all) { ?s ?p ?o }"
    """
    if "GROUP_CONCAT" not in text.upper():
        return text
    edits: list[Edit] = []
    open_calls: list[int] = []
    depth = 0
    for token in tokens(text):
        if token.is_word("GROUP_CONCAT"):
            edits.append((token.start, token.start, "STR("))
            open_calls.append(depth)
        elif token.kind == "mark" and token.text == "(":
            depth += 1
        elif token.kind == "mark" and token.text == ")":
            depth -= 1
            if open_calls and open_calls[-1] == depth:
                open_calls.pop()
                edits.append((token.end, token.end, ")"))
    return edited(text, edits)
