"""What stands behind a post's noun: portfolios, states and bodies ("of Defence for Africa", "of the Navy")."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.titles import is_post_noun, plain, singular

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention
    from ssrgraph.extraction.names.words import Word

LINKS = frozenset({"of", "for", "to", "in", "at", "with", "from", "on", "within", "against"})
_HOLDING = {"of", "from", "at", "in", "with", "within", "for", "to"}
_ARTICLES = {"the", "its", "their", "his", "her", "a", "an", "our"}
_LONGEST_DESCRIPTION = 8
_NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM"}


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or a name of a body, state or place as one."""

    words: tuple[Word, ...]
    mention: Mention | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.words[0].start, self.words[-1].end) if self.mention is None else self.mention.span

    @property
    def lower(self) -> str:
        """The word in lower case; empty for a name."""
        return self.words[0].lower if self.mention is None else ""

    @property
    def capital(self) -> bool:
        """Whether it is a name or begins with a capital."""
        return self.mention is not None or self.words[0].capital


@dataclass(slots=True)
class Tail:
    """What was read behind a post's noun.

    Attributes:
        end: Index behind the last item that belongs to the phrase.
        role_end: Index behind the last item that belongs to the role's own words.
        holders: Names of the bodies where the post is.
        country: The state behind "of".
        closed: Whether the role's words end although the phrase goes on.
    """

    end: int
    role_end: int
    holders: list[Mention] = field(default_factory=list)
    country: Mention | None = None
    closed: bool = False

    def grow(self, end: int, *, role: bool) -> None:
        """Take in the items up to an index; those of the role only while no body has been named."""
        self.end = end
        if role and not self.holders and not self.closed:
            self.role_end = end


def post_noun(items: Sequence[Item], h: int, end: int) -> str:
    """Return a post's noun with what belongs to it, in lower case and in the singular."""
    words = [plain(word) for item in items[h:end] for word in item.words]
    return " ".join([*words[:-1], singular(words[-1])])


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_lexicon("roles")[section][name])


class Complements:
    """Reads what stands behind a post's noun in a row of items.

    Args:
        analysis: The document.
        items: The words and names of the phrase.
        tags: Parts of speech by the offset of a word.
    """

    def __init__(self, analysis: Analysis, items: Sequence[Item], tags: Mapping[int, str]) -> None:
        self._analysis = analysis
        self._items = items
        self._tags = tags

    def read(self, h: int, at: int, *, lower: bool, owned: bool = False) -> Tail:
        """Return the complements of a post's noun.

        Args:
            h: Index of the noun.
            at: Index behind it.
            lower: Whether portfolios may be in lower case.
            owned: Whether whose post it is stands in front: what is named behind "for" is the portfolio.
        """
        tail = Tail(at, at)
        follower = self._items[at].mention if at < len(self._items) else None
        if follower is not None and follower.form == "name" and self._is_body(follower):
            tail.holders, tail.end = [follower], at + 1
            return tail
        noun = post_noun(self._items, h, at)
        sent = noun in _words("sent", "nouns") or noun.split()[-1] in _words("sent", "nouns")
        while tail.end + 1 < len(self._items) and self._items[tail.end].lower in LINKS:
            link = self._items[tail.end].lower
            k = tail.end + 1
            while k < len(self._items) and self._items[k].lower in _ARTICLES:
                k += 1
            if k < len(self._items) and self._is_date(self._items[k]):
                break
            charged = sent or (owned and link == "for")
            link = "of" if link == "on" and noun.split()[-1] in self._seats() else link
            k = self._behind_description(link, k)
            if not (self._named(tail, link, k, sent=charged) or self._portfolio(tail, link, k, noun=noun, lower=lower)):
                break
        return tail

    @staticmethod
    def _seats() -> frozenset[str]:
        """Return the nouns behind which "on" says on which committee somebody sits."""
        return _words("parties", "nouns") | {"member", "chair", "whip"}

    def _behind_description(self, link: str, k: int) -> int:
        """Return the index of a body's name behind what describes it: "at the Oslo-based think tank [Centre for …]"."""
        if link not in _HOLDING or self._items[k - 1].lower not in _ARTICLES:
            return k
        words = _words("described", "bodies")
        at = k
        while at < min(k + _LONGEST_DESCRIPTION, len(self._items)):
            item = self._items[at]
            found = item.mention if at > k else None
            named = found is not None and found.form == "name" and self._is_body(found)
            if named and any(self._items[i].lower in words for i in range(k, at)):
                return at
            at += 1
            if item.mention is not None:
                place = at < len(self._items) and self._items[at].words[0].text in {"-", "–"}
                if not place and item.mention.form != "adjective":
                    return k
            elif item.words[0].what == "word" and item.capital:
                return k
        return k

    def _named(self, tail: Tail, link: str, k: int, *, sent: bool) -> bool:
        """Take in a body, state or place that is named from `k` on."""
        found, behind = self._body(k)
        if not found or self._goes_on_as_portfolio(behind):
            return False
        name = found[-1]
        if self._is_body(name) and link in _HOLDING and not tail.holders and not (sent and link in {"to", "for"}):
            tail.holders = found
        elif self.is_country(name) and link in {"of", "from"} and not tail.holders:
            tail.country = name
        else:
            tail.grow(behind, role=True)
        tail.end = behind
        return True

    def _goes_on_as_portfolio(self, behind: int) -> bool:
        """Say whether a capital follows a name: "Sahel Affairs", where a place's name is part of a portfolio."""
        if behind >= len(self._items):
            return False
        item = self._items[behind]
        return item.mention is None and item.capital and not is_post_noun(plain(item.words[0]))

    def _portfolio(self, tail: Tail, link: str, k: int, *, noun: str, lower: bool) -> bool:
        """Take in a portfolio; of a head of an unnamed body, the body is no part of the role."""
        bodies = _words("unnamed", "bodies")
        # "the Commander of the contingent, Colonel X"
        unit = k < len(self._items) and self._items[k].lower in bodies and self._items[k - 1].lower in _ARTICLES
        behind = self._nominal(k, lower=lower or unit)
        if behind == k:
            return False
        if (
            link == "of"
            and noun in _words("unnamed", "posts")
            # "Head of the Commission", but "Chief of Mine Action Programme"
            and (self._items[k - 1].lower in _ARTICLES or not self._items[k].capital)
            and any(i.lower in bodies for i in self._items[k:behind])
        ):
            tail.closed = True
        tail.grow(behind, role=True)
        return True

    def is_country(self, mention: Mention) -> bool:
        """Say whether a mention is one of a state."""
        return self._analysis.entities[mention.entity].type == "country"

    def _is_body(self, mention: Mention) -> bool:
        return mention.kind is not EntityKind.PLACE and not self.is_country(mention)

    def _is_date(self, item: Item) -> bool:
        sentence = self._analysis.sentence_at(item.span.start)
        periods = self._analysis.periods_in(sentence.span) if sentence is not None else ()
        return any(period.span.covers(item.span) for period in periods)

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
            elif (
                word.what == "word" and lower and self._tags.get(word.start) in _NOMINAL and word.lower not in LINKS
            ) or (word.text in {"-", "/"} and at > k and at + 1 < len(items)):
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
            and items[end].lower not in LINKS
        ):
            if is_post_noun(plain(items[end].words[0])):
                return False
            end += 1
        return items[k].capital or self._tags.get(items[k].words[0].start) in _NOMINAL
