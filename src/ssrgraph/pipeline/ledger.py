"""Which documents a store holds, and which files are set aside: those that cannot be read, and those read before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssrgraph.documents import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ssrgraph.pipeline.inputs import Input
    from ssrgraph.pipeline.reading import Reading, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A document that was given and is not in the store.

    Attributes:
        fingerprint: What it was when it was set aside.
        problem: Why, in one phrase.
        same_as: The id of the document that has the same text, if that is why.
    """

    fingerprint: str
    problem: str
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What a person is told of a file that is not in the store.

    Attributes:
        name: The file as it was named.
        problem: Why it is not in the store, in one phrase.
    """

    name: str
    problem: str


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What is in a store, brought up to date with each document that is read.

    Of several documents with the same text the one whose id comes first is held, whichever was read first: so a store
    that was changed step by step holds the same as one that is built at once.

    Attributes:
        documents: Fingerprints by id of the documents held.
        words: Digests of their texts by id.
        aside: What is set aside, by id.
    """

    documents: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    aside: dict[str, Aside] = field(default_factory=dict)
    _ids: dict[str, str] = field(init=False)
    """The ids by the digests of the texts."""

    def __post_init__(self) -> None:
        """Arrange the digests so that a text is found at once."""
        self._ids = {words: key for key, words in self.words.items()}

    def keep(self, inputs: Iterable[Input], others: Iterable[str]) -> tuple[Ledger, tuple[Input, ...]]:
        """Return what stays of a ledger, and which inputs have to be read.

        Args:
            inputs: The documents that are given.
            others: The ids of those that are not given and stay all the same.
        """
        wanted = {item.id: item for item in inputs}
        stay = set(others)

        def unchanged(key: str, fingerprint: str) -> bool:
            return wanted[key].fingerprint == fingerprint if key in wanted else key in stay

        documents = {key: value for key, value in self.documents.items() if unchanged(key, value)}
        # Whoever has the same text as a document that is gone or has changed is read after all.
        again = {item.id for item in wanted.values() if self._refused(item)}
        aside = {
            key: value
            for key, value in self.aside.items()
            if key not in again
            and unchanged(key, value.fingerprint)
            and (not value.same_as or value.same_as in documents)
        }
        words = {key: value for key, value in self.words.items() if key in documents}
        kept = Ledger(documents=documents, words=words, aside=aside)
        return kept, tuple(item for key, item in wanted.items() if key not in documents and key not in aside)

    def is_of(self, inputs: Sequence[Input]) -> bool:
        """Say whether these inputs are what was given, and none was named that cannot be read."""
        known = self.fingerprints()
        return all(known.get(item.id) == item.fingerprint and not self._refused(item) for item in inputs)

    def _refused(self, item: Input) -> bool:
        """Say whether a file was named that is set aside as unreadable: that is an error, and told anew."""
        return item.named and item.id in self.aside and not self.aside[item.id].same_as

    def refuse(self, refusal: Refusal) -> None:
        """Set a document aside that cannot be read."""
        self.aside[refusal.id] = Aside(fingerprint=refusal.fingerprint, problem=refusal.problem)

    def place(self, reading: Reading) -> tuple[str, ...]:
        """Take in a document that was read, and return the ids of those that the store does not hold for it.

        That is nobody, or the document itself if one with the same text comes before it, or the one that it replaces.
        """
        other = self._ids.get(reading.words)
        if other is not None and other < reading.id:
            self.aside[reading.id] = _same(reading.fingerprint, other)
            return (reading.id,)
        self.documents[reading.id], self.words[reading.id] = reading.fingerprint, reading.words
        self._ids[reading.words] = reading.id
        if other is None:
            return ()
        self.aside[other] = _same(self.documents.pop(other), reading.id)
        del self.words[other]
        for key, value in self.aside.items():
            if value.same_as == other:
                self.aside[key] = _same(value.fingerprint, reading.id)
        return (other,)

    def fingerprints(self) -> dict[str, str]:
        """Return the fingerprints of all that was given, held or set aside."""
        return {**self.documents, **{key: value.fingerprint for key, value in self.aside.items()}}

    def skipped(self, inputs: Iterable[Input]) -> tuple[Skipped, ...]:
        """Return what is to be told of those inputs that are set aside, and of files with the id of another."""
        skipped = []
        for item in inputs:
            if item.id in self.aside:
                skipped.append(Skipped(name=plain_name(str(item.path)), problem=self.aside[item.id].problem))
            problem = f"has the same document id as {item.path}; rename one of them"
            skipped += [Skipped(name=plain_name(str(path)), problem=problem) for path in item.doubles]
        return tuple(skipped)


def read_aside(values: Mapping[str, Mapping[str, str]]) -> dict[str, Aside]:
    """Return what a store remembers as set aside."""
    return {key: Aside(**value) for key, value in values.items()}


def _same(fingerprint: str, other: str) -> Aside:
    return Aside(fingerprint=fingerprint, problem=f"has the same text as {other}, which is read", same_as=other)
