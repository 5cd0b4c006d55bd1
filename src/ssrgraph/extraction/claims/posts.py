"""Phrases for posts: "UNDP Rule of Law Programme Manager", "Deputy Chief of Staff of the Ministry of Defence"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.titles import is_post_noun, person_words, plain, singular, title_start
from ssrgraph.extraction.names.words import Word, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

_LINKS = {"of", "for", "to", "in", "at", "with", "from", "on", "within", "against"}
_HOLDING = {"of", "from", "at", "in", "with", "within", "for", "to"}
_ARTICLES = {"the", "a", "an", "its", "their", "our", "his", "her", "one", "all", "both"}
_NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM"}
_LONGEST_COMPOUND = 6
_SAME = {"defense": "defence", "labor": "labour"}
_SMALL = {"of", "the", "for", "and"}


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


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, or a name of a body, state or place as one."""

    words: tuple[Word, ...]
    mention: Mention | None = None

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end) if self.mention is None else self.mention.span

    @property
    def lower(self) -> str:
        return self.words[0].lower if self.mention is None else ""

    @property
    def capital(self) -> bool:
        return self.mention is not None or self.words[0].capital


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


def _items(analysis: Analysis, span: Span) -> list[_Item]:
    words = words_of(analysis.text, span)
    kinds = {EntityKind.ORGANIZATION, EntityKind.MISSION, EntityKind.PLACE}
    mentions = analysis.mentions_in(span, nested=True)
    whole = [m for m in mentions if m.kind in kinds and not _names_a_post(analysis, m)]
    outer = [m for m in whole if not any(o is not m and o.span.covers(m.span) and o.span != m.span for o in whole)]
    items: list[_Item] = []
    i = 0
    while i < len(words):
        mention = next((m for m in outer if m.span.start == words[i].start), None)
        if mention is None:
            items.append(_Item((words[i],)))
            i += 1
            continue
        j = i + 1
        while j < len(words) and words[j].end <= mention.span.end:
            j += 1
        items.append(_Item(tuple(words[i:j]), mention))
        i = j
    return items


def _names_a_post(analysis: Analysis, mention: Mention) -> bool:
    """Say whether what was taken for a body is called after its head: "Inspector General of Police"."""
    if analysis.entities[mention.entity].reference or mention.form != "name":
        return False
    front = re.split(r"\s(?:of|for)\s", mention.span.of(analysis.text))[0].split()
    return is_post_noun(front[-1].casefold())


class _Phrase:
    """Reads a post in a row of items."""

    def __init__(self, analysis: Analysis, sentence: Sentence, items: Sequence[_Item]) -> None:
        self._analysis = analysis
        self._sentence = sentence
        self._items = items
        self._tags = {sentence.base + token.idx: token.pos_ for token in sentence.parsed}

    def read(self, *, whole: bool) -> Post | None:
        for h, item in enumerate(self._items):
            if item.mention is not None or not is_post_noun(plain(item.words[0])) or (whole and self._is_title(h)):
                continue
            head_end = self._head_end(h)
            tail = self._tail(h, head_end, lower=not whole)
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

    def _second(self, tail: _Tail) -> Post | None:
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
            if not (self._items[j].capital or word in person_words("heads", "modifiers")) or word in _LINKS | {"and"}:
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

    def _may_precede(self, at: int, item: _Item, h: int) -> bool:
        if item.mention is not None:
            return True
        word = item.words[0]
        if word.what == "possessive":
            return at > 0 and self._items[at - 1].capital
        if word.what != "word":
            return word.text in {"-", "&"} and at > 0 and self._items[at - 1].capital
        if plain(word) == "of":
            around = " ".join(plain(i.words[0]) for i in self._items[max(0, at - 1) : at + 2])
            return around in person_words("heads", "phrases")
        if plain(word) == "and":
            return (
                0 < at < len(self._items) - 1
                and self._items[at - 1].capital
                and self._items[at + 1].capital
                and self._items[at - 1].mention is None
                and not is_post_noun(plain(self._items[at - 1].words[0]))
            )
        if item.capital:
            return (
                plain(word) not in _ARTICLES
                and self._tags.get(word.start) not in {"VERB", "AUX", "SCONJ", "PRON", "ADV"}
                and plain(word) not in _LINKS
            )
        if plain(word) in person_words("heads", "modifiers"):
            return True
        return not self._items[h].capital and self._tags.get(word.start) in {"NOUN", "ADJ", "PROPN"}

    def _tail(self, h: int, at: int, *, lower: bool) -> _Tail:
        """Read complements and the body behind a post's noun."""
        role_end = at
        holders: list[Mention] = []
        closed = False
        country: Mention | None = None
        sent = _base(self._items, h, at) in _words("sent", "nouns") or singular(
            plain(self._items[at - 1].words[0])
        ) in _words("sent", "nouns")
        if (
            at < len(self._items)
            and (mention := self._items[at].mention) is not None
            and mention.kind is not EntityKind.PLACE
            and mention.form == "name"
            and not self._is_country(mention)
        ):
            return _Tail(at + 1, role_end, (mention,), None)
        while at + 1 < len(self._items) and self._items[at].lower in _LINKS:
            link = self._items[at].lower
            k = at + 1
            while k < len(self._items) and self._items[k].lower in {
                "the",
                "its",
                "their",
                "his",
                "her",
                "a",
                "an",
                "our",
            }:
                k += 1
            if k < len(self._items) and self._is_date(self._items[k]):
                break
            found, behind = self._body(k)
            if (
                found
                and behind < len(self._items)
                and self._items[behind].mention is None
                and self._items[behind].capital
                and not is_post_noun(plain(self._items[behind].words[0]))
            ):
                # "Levant Affairs": a place's name within a portfolio.
                found = []
            if found and not self._is_country(found[-1]) and found[-1].kind is not EntityKind.PLACE:
                if not (sent and link in {"to", "for"}) and link in _HOLDING and not holders:
                    holders = found
                elif not holders and not closed:
                    role_end = behind
                at = behind
                continue
            if found:
                if link in {"of", "from"} and found[-1].kind is not EntityKind.PLACE and not holders:
                    country = found[-1]
                elif not holders and not closed:
                    role_end = behind
                at = behind
                continue
            behind = self._nominal(k, lower=lower)
            if behind == k:
                break
            unnamed = (
                link == "of"
                and _base(self._items, h, at) in _words("unnamed", "posts")
                and any(item.lower in _words("unnamed", "bodies") for item in self._items[k:behind])
            )
            at = behind
            if unnamed:
                closed = True
            if not holders and not closed:
                role_end = behind
        return _Tail(at, role_end, tuple(holders), country)

    def _is_date(self, item: _Item) -> bool:
        return any(period.span.covers(item.span) for period in self._analysis.periods)

    def _is_country(self, mention: Mention) -> bool:
        return self._analysis.entities[mention.entity].type == "country"

    def _body(self, k: int) -> tuple[list[Mention], int]:
        """Return the bodies named from an item on, the holder of a possessive left out, and the index behind them."""
        items = self._items
        found: list[Mention] = []
        while k < len(items):
            mention = items[k].mention
            if mention is None:
                # "the new mission", "the Iraqi-led task force": words in front of a name.
                if (
                    not found
                    and k + 1 < len(items)
                    and items[k + 1].mention is not None
                    and plain(items[k].words[0]) in {"new", "joint", "former", "newly-established"}
                ):
                    k += 1
                    continue
                break
            if mention.form == "adjective" and k + 1 < len(items) and items[k + 1].mention is None:
                return found, k
            found = [mention]
            k += 1
            if k < len(items) and items[k].words[0].what == "possessive" and items[k].mention is None:
                if k + 1 < len(items) and items[k + 1].mention is not None:
                    k += 1
                    continue
                return [], k
            if k < len(items) and items[k].mention is not None:
                continue
            break
        return found, k

    def _nominal(self, k: int, *, lower: bool) -> int:
        """Return the index behind the words of a portfolio from `k` on."""
        items = self._items
        at = k
        while at < len(items):
            item = items[at]
            word = item.words[0]
            if item.mention is not None or item.capital or (word.what == "possessive" and at > k):
                at += 1
            elif word.lower in {"and", "&", ","} and at > k and self._goes_on(at, lower=lower):
                at += 1 + (word.text == "," and items[at + 1].lower == "and")
            elif (word.what == "word" and lower and self._tags.get(word.start) in _NOMINAL and word.lower not in _LINKS) or (word.text in {"-", "/"} and at > k and at + 1 < len(items)):
                at += 1
            else:
                break
        return at

    def _goes_on(self, at: int, *, lower: bool) -> bool:
        """Say whether "and" or a comma joins two parts of one portfolio, and not two posts or persons."""
        items = self._items
        if items[at].words[0].text == "," and not (at + 2 < len(items) and items[at + 1].lower == "and"):
            return False
        k = at + 1 + (items[at].words[0].text == ",")
        if k >= len(items) or items[k].mention is not None or not (items[k].capital or lower):
            return False
        end = k
        while (
            end < len(items)
            and items[end].mention is None
            and items[end].words[0].what == "word"
            and items[end].lower not in _LINKS
        ):
            if is_post_noun(plain(items[end].words[0])):
                return False
            end += 1
        return items[k].capital or self._tags.get(items[k].words[0].start) in _NOMINAL

    def _post(self, start: int, h: int, head_end: int, tail: _Tail) -> Post:
        text = self._analysis.text
        items = self._items
        front = [
            i for i in range(start, h) if items[i].mention is not None and items[i].mention.kind is not EntityKind.PLACE
        ]  # type: ignore[union-attr]  # tested in the condition
        first = front[-1] + 1 if front else start
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
        holders = tail.holders or ((leading,) if leading is not None and not self._is_country(leading) else ())
        state = tail.country or (leading if leading is not None and self._is_country(leading) else None)
        organization = tuple(dict.fromkeys(m.entity for m in holders))
        spans = [m.span for m in holders]
        if not organization:
            ministry = find_ministry(self._analysis, role, state.entity if state else None)
            if ministry is not None:
                organization = (ministry,)
            elif state is not None and (tail.country is not None or _of_state(role)):
                organization, spans = (state.entity,), [state.span]
        return Post(
            span=Span(items[start].span.start, items[tail.end - 1].span.end),
            role=role,
            words=words,
            organization=organization,
            holders=Span(spans[0].start, spans[-1].end) if spans else None,
            head=_base(items, h, head_end),
            plural=plural,
            bare=first == h and tail.end == head_end and not front,
        )


@dataclass(frozen=True, slots=True)
class _Tail:
    end: int
    role_end: int
    holders: tuple[Mention, ...]
    country: Mention | None


def _base(items: Sequence[_Item], h: int, end: int) -> str:
    words = [plain(word) for item in items[h:end] for word in item.words]
    return " ".join([*words[:-1], singular(words[-1])])


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_lexicon("roles")[section][name])


@cache
def _compounds() -> frozenset[str]:
    return frozenset(phrase.replace("'", "’") for phrase in load_lexicon("persons")["heads"]["compounds"])


def _of_state(role: str) -> bool:
    """Say whether a post with nothing but a state's name or adjective in front is one of that state."""
    words = role.casefold()
    return any(re.search(rf"\b{re.escape(noun)}\b", words) for noun in _words("state", "nouns"))


def find_ministry(analysis: Analysis, role: str, state: str | None) -> str | None:
    """Return the ministry or department of which a post's words name the portfolio, if the document names it."""
    portfolios = _portfolios(role)
    if not portfolios:
        return None
    code = analysis.entities[state].code if state else None
    countries = {fold_name(entity.label) for entity in analysis.entities.values() if entity.type == "country"}
    bodies = [id_ for id_, entity in sorted(analysis.entities.items()) if entity.type == "government"]
    for portfolio in portfolios:
        for id_ in bodies:
            if code is None or _state_code(analysis, id_) in {None, code}:
                entity = analysis.entities[id_]
                if any(_is_for(name, portfolio, countries) for name in (entity.label, *entity.aliases)):
                    return id_
    return None


def _state_code(analysis: Analysis, id_: str) -> str | None:
    """Return the code of the state that a body belongs to, if it is known."""
    known = analysis.reference.get(id_)
    if known is not None:
        return known.state
    ending = re.search(r"-([a-z]{2})$", id_)
    return ending.group(1).upper() if ending else None


def _is_for(name: str, portfolio: tuple[str, ...], countries: set[str]) -> bool:
    """Say whether a ministry's or department's name has a portfolio, with or without its state behind it."""
    words = [_SAME.get(word, word) for word in fold_name(name).split()]
    at = next((i for i, word in enumerate(words) if word in _words("state", "bodies")), None)
    if at is None:
        return False
    behind = tuple(word for word in words[at + 1 :] if word not in _SMALL)
    if not behind:
        return tuple(words[max(0, at - len(portfolio)) : at]) == portfolio
    rest = " ".join(behind[len(portfolio) :])
    return behind[: len(portfolio)] == portfolio and (not rest or rest in countries)


def _portfolios(role: str) -> list[tuple[str, ...]]:
    """Return what the words of a minister's or secretary's post may name, the likeliest first."""
    words = [_SAME.get(word, word) for word in fold_name(role).split()]
    at = next((i for i, word in enumerate(words) if word in _words("state", "ministers")), None)
    if at is None:
        return []
    found: list[tuple[str, ...]] = []
    parts: list[list[str]] = [[]]
    for word in words[at + 1 :]:
        if word in {"of", "for"}:
            parts.append([])
        elif word not in _SMALL:
            parts[-1].append(word)
    found += [tuple(part) for part in reversed(parts[1:]) if part]
    front = [
        word
        for word in words[:at]
        if word
        not in {
            "deputy",
            "senior",
            "acting",
            "assistant",
            "under",
            "prime",
            "former",
            "first",
            "vice",
            "permanent",
            "parliamentary",
        }
    ]
    if front:
        found.append(("foreign", "affairs") if front == ["foreign"] else tuple(front))
    return found
