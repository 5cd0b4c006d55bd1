"""Head nouns of names: what kind of thing a capitalised phrase names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.names.words import Word

_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun.

    Attributes:
        kind: Kind of entity.
        type: Its type within the kind, if the head tells.
        words: The head in lower case, singular where the text has a plural.
        plural: Whether the text has the plural, so that the name may be one of several ("Ministries of X and Y").
    """

    kind: EntityKind
    type: str | None
    words: str
    plural: bool = False


@cache
def head_table() -> dict[str, Head]:
    """Return every head noun, singular and plural, in lower case."""
    lexicon = load_lexicon("names")
    kinds = (
        (EntityKind.ORGANIZATION, lexicon["organization"]),
        (EntityKind.AGREEMENT, {type_: words for type_, words in lexicon["agreement"].items() if type_ != "bare"}),
        (EntityKind.MISSION, {None: lexicon["mission"]["heads"]}),
        (EntityKind.PROGRAMME, {None: lexicon["programme"]["heads"]}),
        (EntityKind.EVENT, {None: lexicon["event"]["heads"]}),
    )
    table: dict[str, Head] = {}
    for kind, types in kinds:
        for type_, words in types.items():
            for word in words:
                table.setdefault(word, Head(kind, type_, word))
    for word, head in list(table.items()):
        table.setdefault(_plural(word), Head(head.kind, head.type, word, plural=True))
    return table


@cache
def _last_words() -> frozenset[str]:
    """Return the words with which heads end."""
    return frozenset(words.rpartition(" ")[2] for words in head_table())


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s"


def head_at_end(words: Sequence[Word]) -> tuple[Head, int] | None:
    """Return the head with which a run of words ends, and of how many words it is; the longest that is known."""
    if words and words[-1].lower not in _last_words() and "-" not in words[-1].text:
        return None  # most words end no head
    table = head_table()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        front, last = [word.lower for word in words[-length:-1]], words[-1]
        head = table.get(" ".join([*front, last.lower]))
        if head is None and "-" in last.text:
            head = table.get(" ".join([*front, _before_hyphen(last)]))
        if head is not None:
            return head, length
    return None


def is_operation(name: str) -> bool:
    """Say whether a name is that of an operation, by its first word.

    >>> is_operation("Operation Unifier"), is_operation("OPCW Mission")
    (True, False)
    """
    return name.partition(" ")[0].casefold() in word_list("mission", "operations")


def lower_head(list_: str, word: str) -> Head | None:
    """Return the head that a lower-case word is behind a proper name ("Minsk agreements"), by a list of `[lower]`."""
    return replace(head_table()[word], plural=False) if word in word_list("lower", list_) else None


def _before_hyphen(word: Word) -> str:
    """Return what stands before a hyphen with a capital behind it: "Task Force-Philippines" ends in "Task Force"."""
    front, hyphen, behind = word.text.partition("-")
    return front.casefold() if hyphen and behind[:1].isupper() else word.lower


def head_inside(words: Sequence[Word]) -> tuple[Head, int] | None:
    """Return the last head within a run of words and the index behind it."""
    for end in range(len(words), 0, -1):
        found = head_at_end(words[:end])
        if found is not None:
            return found[0], end
    return None


@cache
def word_list(section: str, name: str) -> frozenset[str]:
    """Return one list of `names.toml` as a set."""
    return frozenset(load_lexicon("names")[section][name])
