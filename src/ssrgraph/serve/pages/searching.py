"""Search over names and texts: one pass over what there is, bounded, with no index to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.serve.pages.contexts import SearchPage
from ssrgraph.serve.pages.neighbours import kind_of
from ssrgraph.serve.pages.parts import Hit, HitGroup
from ssrgraph.serve.pages.reading import Reader
from ssrgraph.vocabulary import Dct, Schema, Skos, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.serve.framing import Values
    from ssrgraph.store import FinishedStore

LONGEST = 200
"""How many characters may be searched for."""
_SHOWN = 30
"""How many hits of a kind are shown."""
_LABELS = 2_000_000
_CHARACTERS = 200_000_000
"""How much is looked through at most."""
_SNIPPETS = 3
_AROUND = 80
_KINDS = {
    "organization": "Organizations",
    "mission": "Missions",
    "programme": "Programmes",
    "agreement": "Agreements",
    "person": "Persons",
    "event": "Events",
    "place": "Places",
}


@dataclass(slots=True)
class _Found:
    """The names of something that match.

    Attributes:
        names: They.
        rank: How well they match; less is better.
    """

    names: list[str] = field(default_factory=list)
    rank: int = 9


def search_page(store: FinishedStore, job: Values) -> SearchPage:
    """Return what a search found: `words` of the job, each of which must be there."""
    words = " ".join(job["words"].split())[:LONGEST]
    pattern = _pattern(words)
    if pattern is None:
        return SearchPage(words=words, groups=(), is_whole=True)
    reader = Reader(store)
    names, names_whole = _named(reader, words)
    texts, texts_whole = _texts(reader, words, pattern)
    groups = []
    for kind, title in _KINDS.items():
        mine = sorted(
            (found.rank, len(reader.names.label(node)), reader.names.label(node), node.value, found)
            for node, found in names.items()
            if kind_of(node, reader.names.base) == kind
        ) if names else []  # fmt: skip
        hits = tuple(_hit(reader, NamedNode(iri), found, pattern) for *_, iri, found in mine[:_SHOWN])
        if hits:
            groups.append(HitGroup(title=title, hits=hits, is_cut=len(mine) > _SHOWN))
    if texts:
        groups.append(HitGroup(title="Documents", hits=tuple(texts[:_SHOWN]), is_cut=len(texts) > _SHOWN))
    return SearchPage(words=words, groups=tuple(groups), is_whole=names_whole and texts_whole)


def _pattern(words: str) -> re.Pattern[str] | None:
    each = sorted({re.escape(word) for word in words.split()}, key=len, reverse=True)
    return re.compile("|".join(each), re.IGNORECASE) if each else None


def _named(reader: Reader, words: str) -> tuple[dict[NamedNode, _Found], bool]:
    """Return the entities whose names have all the words, and whether all names were looked at."""
    wanted = [word.casefold() for word in words.split()]
    whole = words.casefold()
    found: dict[NamedNode, _Found] = {}
    entities = f"{reader.names.base}id/"
    looked = 0
    for predicate in (Skos.PREF_LABEL, Skos.ALT_LABEL, Ssr.ABBREVIATION):
        for triple in reader.store.match(None, NamedNode(predicate), None):
            looked += 1
            if looked > _LABELS:
                return found, False
            name = getattr(triple.object, "value", "")
            folded = name.casefold()
            node = triple.subject
            if (
                all(word in folded for word in wanted)
                and isinstance(node, NamedNode)
                and node.value.startswith(entities)
            ):
                mine = found.setdefault(node, _Found())
                mine.names.append(name)
                mine.rank = min(mine.rank, _rank(folded, whole))
    return found, True


def _rank(name: str, whole: str) -> int:
    return 0 if name == whole else 1 if name.startswith(whole) else 2


def _hit(reader: Reader, node: NamedNode, found: _Found, pattern: re.Pattern[str]) -> Hit:
    label = reader.names.label(node)
    others = [name for name in dict.fromkeys(found.names) if name != label]
    return Hit(
        link=reader.names.link(node),
        name=_pieces(label, pattern),
        note=f"also: {', '.join(others[:_SNIPPETS])}" if others else "",
    )


def _texts(reader: Reader, words: str, pattern: re.Pattern[str]) -> tuple[list[Hit], bool]:
    """Return the documents whose title or text has all the words, and whether all texts were looked at."""
    wanted = [word.casefold() for word in words.split()]
    hits: list[Hit] = []
    looked = 0
    for triple in reader.store.match(None, NamedNode(Schema.TEXT), None):
        if len(hits) > _SHOWN or looked > _CHARACTERS:
            return hits, looked <= _CHARACTERS
        node, text = triple.subject, getattr(triple.object, "value", "")
        if not isinstance(node, NamedNode):
            continue
        looked += len(text)
        title = " ".join(reader.text(node, Dct.TITLE).split())
        folded = f"{title}\n{text}".casefold()
        if not all(word in folded for word in wanted):
            continue
        name = title or reader.names.label(node)
        link = reader.names.link(node)
        snippets = tuple(_snippets(link.href, text, _phrase(words, text, pattern), pattern))
        hits.append(Hit(link=link, name=_pieces(name, pattern), snippets=snippets))
    return hits, True


def _phrase(words: str, text: str, pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of the whole phrase where a text has it, else that of its words."""
    phrase = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
    return phrase if phrase.search(text) else pattern


def _snippets(
    href: str, text: str, phrase: re.Pattern[str], pattern: re.Pattern[str]
) -> Iterator[tuple[str, tuple[tuple[str, bool], ...]]]:
    end = count = 0
    for match in phrase.finditer(text):
        if match.start() < end:
            continue
        begin, end = _word_start(text, match.start() - _AROUND), _word_end(text, match.end() + _AROUND)
        shown = " ".join(text[begin:end].split())
        shown = f"{'…' if begin else ''}{shown}{'…' if end < len(text) else ''}"
        place = f"{match.start()},{match.end()}"
        # The page marks out what it is told of in the query; what is behind the hash stays in the browser.
        yield f"{href}?at={place}#char={place}", _pieces(shown, pattern)
        count += 1
        if count == _SNIPPETS:
            return


def _word_start(text: str, place: int) -> int:
    """Return where the first whole word behind a place begins."""
    return 0 if place <= 0 else place + len(text[place : place + _AROUND].partition(" ")[0])


def _word_end(text: str, place: int) -> int:
    """Return where the last whole word before a place ends."""
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - _AROUND, place)
    return space if space >= 0 else place


def _pieces(text: str, pattern: re.Pattern[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a text into what was searched for and what stands between."""
    pieces, end = [], 0
    for match in pattern.finditer(text):
        if match.start() > end:
            pieces.append((text[end : match.start()], False))
        pieces.append((match[0], True))
        end = match.end()
    if end < len(text):
        pieces.append((text[end:], False))
    return tuple(pieces)
