"""Phrases for posts: "UNDP Rule of Law Programme Manager", "Deputy Chief of Staff of the Ministry of Defence"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.complements import LINKS, Complements, Item, Tail, post_noun
from ssrgraph.extraction.claims.ministries import find_ministry
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.titles import is_post_noun, person_words, plain, singular, title_start
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.names.words import Word

_NEVER = {"VERB", "AUX", "SCONJ", "PRON", "ADV"}
_ARTICLES = {"the", "a", "an", "its", "their", "our", "his", "her", "one", "all", "both"}
_LONGEST_COMPOUND = 6
_LONGEST_INTERIM = 14
# "Deputy Director (Ag.) of Operations", "chargé d'affaires a.i. of the embassy".
_INTERIM = re.compile(r"\(\s*(?:Ag|Actg|Acting|a\.\s?i|ad interim)\.?\s*\)|\ba\.\s?i\.|\bad interim\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post as a phrase gives it.

    Attributes:
        span: The whole phrase, the body's name included.
        role: The words of the post itself, singular.
        words: Where these words stand.
        organization: Ids of the bodies or states where the post is; empty if the phrase does not say.
        holders: Where these are named.
        head: The post's noun with what belongs to it, in lower case, singular.
        plural: Whether several persons are meant.
        bare: Whether there is nothing but the noun.
        also: A second post of the same person behind "and": "Head of Mission and Force Commander".
    """

    span: Span
    role: str
    words: Span
    organization: tuple[str, ...] = ()
    holders: Span | None = None
    head: str
    plural: bool = False
    bare: bool = False
    also: Post | None = None


def read_post(analysis: Analysis, sentence: Sentence, span: Span, *, whole: bool = False) -> Post | None:
    """Return the post that a phrase names.

    Args:
        analysis: The document.
        sentence: The sentence that the phrase is in.
        span: Where to look: the phrase begins there, apart from an article; with `whole` it ends at the end instead.
        whole: Whether the phrase must reach the end of the span, as in front of a name.
    """
    if span.start >= span.end:
        return None
    return _Phrase(analysis, sentence, _items(analysis, span)).read(whole=whole)


def is_interim(text: str, start: int, at: int) -> bool:
    """Say whether a mark in a phrase from an offset on belongs to what says that a post is held for a time: "(Ag.)"."""
    return any(found.start() <= at < found.end() for found in _INTERIM.finditer(text, start, at + _LONGEST_INTERIM))


def _items(analysis: Analysis, span: Span) -> list[Item]:
    interim = [Span(*match.span()) for match in _INTERIM.finditer(analysis.text, span.start, span.end)]
    words = [w for w in words_of(analysis.text, span) if not any(i.start <= w.start < i.end for i in interim)]
    compound = _compound_spans(words)
    kinds = {EntityKind.ORGANIZATION, EntityKind.MISSION, EntityKind.PLACE}
    mentions = analysis.mentions_in(span, nested=True)
    whole = [
        m
        for m in mentions
        if (m.kind in kinds or _is_held(analysis.text, m, span.start)) and not _names_a_post(analysis, m)
    ]
    starts = {m: _behind_compound(analysis.text, m, compound) for m in whole}
    whole = [m for m in whole if starts[m] < m.span.end]
    outer = [m for m in whole if not any(o is not m and o.span.covers(m.span) and o.span != m.span for o in whole)]
    items: list[Item] = []
    i = 0
    while i < len(words):
        mention = next((m for m in outer if starts[m] == words[i].start), None)
        if mention is None:
            items.append(Item((words[i],)))
            i += 1
            continue
        j = i + 1
        while j < len(words) and words[j].end <= mention.span.end:
            j += 1
        items.append(Item(tuple(words[i:j]), mention))
        i = j
    return items


def _compound_spans(words: Sequence[Word]) -> list[Span]:
    """Return where a post's noun and its portfolio stand that go together: "Chief of the General Staff"."""
    found: list[Span] = []
    for i, word in enumerate(words):
        if not is_post_noun(plain(word)):
            continue
        for length in range(min(_LONGEST_COMPOUND, len(words) - i), 2, -1):
            if " ".join(w.lower for w in words[i : i + length]).replace("'", "’") in _compounds():
                found.append(Span(word.start, words[i + length - 1].end))
                break
    return found


def _is_held(text: str, mention: Mention, start: int) -> bool:
    """Say whether a programme stands where a body may: "Coordinator of ABCD", "Manager of the Border Programme"."""
    if mention.kind is not EntityKind.PROGRAMME:
        return False
    article = r"(?:the\s+)?" if len(mention.span.of(text).split()) == 1 else r"the\s+"
    return re.search(rf"\b(?:of|for)\s+{article}$", text[start : mention.span.start]) is not None


def _behind_compound(text: str, mention: Mention, compounds: Sequence[Span]) -> int:
    """Return where a name begins, or where it goes on behind a post's words: "of the General Staff of [the Army]"."""
    inside = next((c for c in compounds if c.start < mention.span.start < c.end), None)
    if inside is None:
        return mention.span.start
    link = re.compile(r"\s+of\s+(?:the\s+)?").match(text, inside.end, mention.span.end)
    return link.end() if link else mention.span.end


def _names_a_post(analysis: Analysis, mention: Mention) -> bool:
    """Say whether what was taken for a body is called after its head: "Inspector General of Police"."""
    if analysis.entities[mention.entity].reference or mention.form != "name":
        return False
    front = re.split(r"\s(?:of|for)\s", mention.span.of(analysis.text))[0].split()
    return is_post_noun(front[-1].casefold())


class _Phrase:
    """Reads a post in a row of items."""

    def __init__(self, analysis: Analysis, sentence: Sentence, items: Sequence[Item]) -> None:
        self._analysis = analysis
        self._sentence = sentence
        self._items = items
        self._tags = {sentence.base + token.idx: token.pos_ for token in sentence.tokens}
        self._complements = Complements(analysis, items, self._tags)

    def read(self, *, whole: bool) -> Post | None:
        for h, item in enumerate(self._items):
            if item.mention is not None or not self._is_head(h) or (whole and self._is_title(h)):
                continue
            head_end = self._head_end(h)
            tail = self._complements.read(h, head_end, lower=not whole, owned=self._is_owned(h))
            also = self._second(tail) if whole and tail.end != len(self._items) else None
            if whole and tail.end != len(self._items) and also is None:
                continue
            start = self._start(h)
            if not whole and any(one.lower not in _ARTICLES | {"of", "then", "most"} for one in self._items[:start]):
                return None
            post = self._post(start, h, head_end, tail)
            if also is not None and not also.organization:
                also = replace(also, organization=post.organization, holders=post.holders)
            return replace(post, also=also)
        return None

    def _is_head(self, h: int) -> bool:
        """Say whether a word is a noun for a post, or a member of a party with a standing: "the top Democrat"."""
        word = plain(self._items[h].words[0])
        if is_post_noun(word):
            return True
        party = load_lexicon("roles")["parties"]
        return word in party["nouns"] and h > 0 and self._items[h - 1].lower in party["standing"]

    def _is_owned(self, h: int) -> bool:
        """Say whether a body's name with a possessive stands in front of a post: "NATO's Special Coordinator"."""
        marks = (i for i in range(1, h) if self._items[i].words[0].what == "possessive")
        owner = next((self._items[i - 1].mention for i in marks), None)
        return owner is not None and _is_body(owner)

    def _second(self, tail: Tail) -> Post | None:
        """Return the post behind "and" that reaches the end of the phrase."""
        rest = self._items[tail.end + 1 :]
        if self._items[tail.end].lower != "and" or not rest or not rest[0].capital:
            return None
        post = _Phrase(self._analysis, self._sentence, rest).read(whole=True)
        return post if post is not None and post.span.start == rest[0].span.start else None

    def _is_title(self, h: int) -> bool:
        """Say whether a word is part of a rank here: "Major General"."""
        following = self._items[h + 1 : h + 2]
        return (
            bool(following)
            and following[0].mention is None
            and plain(self._items[h].words[0]) in {"lieutenant", "major", "brigadier", "colonel"}
        )

    def _head_end(self, h: int) -> int:
        compound = self._compound(h)
        if compound:
            return compound
        end = h + 1
        j = end
        while j < len(self._items) and self._items[j].mention is None and self._items[j].words[0].what == "word":
            word = plain(self._items[j].words[0])
            if is_post_noun(word):
                end = self._compound(j) or j + 1
                j = end
                continue
            if not (self._items[j].capital or word in person_words("heads", "modifiers")) or word in LINKS | {"and"}:
                break
            j += 1
        return end

    def _compound(self, h: int) -> int:
        for length in range(min(_LONGEST_COMPOUND, len(self._items) - h), 1, -1):
            phrase = " ".join(word.lower for item in self._items[h : h + length] for word in item.words)
            if phrase.replace("'", "’") in _compounds():
                return h + length
        return 0

    def _start(self, h: int) -> int:
        """Return the index of the first item that belongs to the phrase in front of its noun."""
        words = [word for item in self._items[:h] for word in item.words]
        at = h
        while at > 0:
            item = self._items[at - 1]
            if title_start(words, sum(len(i.words) for i in self._items[:at])) < sum(
                len(i.words) for i in self._items[:at]
            ):
                break
            if not self._may_precede(at - 1, item, h):
                break
            at -= 1
        return at

    def _may_precede(self, at: int, item: Item, h: int) -> bool:
        if item.mention is not None:
            return True
        word = item.words[0]
        if word.what != "word":
            # "Iraq's", "Co-Chair"
            return self._marks(word) and at > 0 and self._items[at - 1].capital
        if plain(word) in {"of", "and"}:
            return self._joins(at, plain(word))
        if item.capital:
            return self._tags.get(word.start) not in _NEVER and plain(word) not in _ARTICLES | LINKS
        if plain(word) in person_words("heads", "modifiers"):
            return True
        return not self._items[h].capital and self._tags.get(word.start) in {"NOUN", "ADJ", "PROPN"}

    @staticmethod
    def _marks(word: Word) -> bool:
        return word.what == "possessive" or word.text in {"-", "&"}

    def _joins(self, at: int, word: str) -> bool:
        """Say whether "of" or "and" stands within what modifies a post's noun: "Rule of Law Officer"."""
        items = self._items
        if word == "of":
            around = " ".join(plain(i.words[0]) for i in items[max(0, at - 1) : at + 2])
            return around in person_words("heads", "phrases")
        if not 0 < at < len(items) - 1 or not items[at + 1].capital:
            return False
        before = items[at - 1]
        return before.capital and before.mention is None and not is_post_noun(plain(before.words[0]))

    def _post(self, start: int, h: int, head_end: int, tail: Tail) -> Post:
        text = self._analysis.text
        items = self._items
        front = [i for i in range(start, h) if _is_body(items[i].mention)]
        owned = next((i for i in range(h - 1, start - 1, -1) if items[i].words[0].what == "possessive"), start)
        first = max(front[-1] + 1 if front else start, owned)
        while first < h and items[first].words[0].what == "possessive":
            first += 1
        words = Span(items[first].span.start, items[tail.role_end - 1].span.end)
        role = " ".join(words.of(text).split())
        noun = items[head_end - 1].words[0].text
        plural = (
            head_end - 1 == h
            and singular(plain(items[h].words[0])) != plain(items[h].words[0])
            and plain(items[h].words[0]) not in person_words("heads", "nouns")
        )
        plural = plural or (
            is_post_noun(plain(items[head_end - 1].words[0]))
            and plain(items[head_end - 1].words[0]) not in person_words("heads", "nouns")
        )
        if plural:
            role = role.replace(noun, singular(noun), 1)
        leading = items[front[-1]].mention if front else None
        holders = tuple(tail.holders) or (
            (leading,) if leading is not None and not self._complements.is_country(leading) else ()
        )
        state = tail.country or (leading if leading is not None and self._complements.is_country(leading) else None)
        organization = tuple(dict.fromkeys(m.entity for m in holders))
        spans = [m.span for m in holders]
        if not organization:
            ministry = find_ministry(self._analysis, role, state.entity if state else None)
            if ministry is not None:
                organization = (ministry,)
            elif state is not None and (tail.country is not None or of_state(role)):
                organization, spans = (state.entity,), [state.span]
        return Post(
            span=Span(items[start].span.start, items[tail.end - 1].span.end),
            role=role,
            words=words,
            organization=organization,
            holders=Span(spans[0].start, spans[-1].end) if spans else None,
            head=post_noun(items, h, head_end),
            plural=plural,
            bare=first == h and tail.end == head_end and not front,
        )


def _is_body(mention: Mention | None) -> bool:
    return mention is not None and mention.kind is not EntityKind.PLACE


@cache
def _compounds() -> frozenset[str]:
    return frozenset(phrase.replace("'", "’") for phrase in load_lexicon("persons")["heads"]["compounds"])


def of_state(role: str) -> bool:
    """Say whether a post with nothing but a state's name or adjective in front is one of that state."""
    words = role.casefold()
    return any(re.search(rf"\b{re.escape(noun)}\b", words) for noun in load_lexicon("roles")["state"]["nouns"])
