"""The form of persons' names: runs of capitals with initials, nicknames, particles and endings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.names.heads import head_table, word_list
from ssrgraph.extraction.names.titles import is_cut, is_post_noun, person_words, plain, title_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.names.found import Found
    from ssrgraph.extraction.names.words import Word

_LONGEST_NAME = 7
_NICKNAME = 4
_ABBREVIATED = 5
_INITIALS = 2
# A given name of two syllables: "Sung-hoon".
_HYPHENATED = re.compile(r"[A-Z][a-z]+-[A-Za-z][a-z]+")
_QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` up to `behind` are capitalised and may hold a name."""

    first: int
    behind: int


class NameForm:
    """Tells by their form which words of a sentence may be a person's name.

    Args:
        words: The words of the sentence.
        names: Names of bodies, places and others in it, by the offset at which they begin.
        capitals: Whether the whole sentence is in capitals.
        persons: Offsets of words that the language model takes for part of a person's name.
        breaks: Indices of the words that begin a new column or line of their own.
    """

    def __init__(
        self,
        words: Sequence[Word],
        names: Mapping[int, Found],
        *,
        capitals: bool,
        persons: frozenset[int] = frozenset(),
        breaks: frozenset[int] = frozenset(),
    ) -> None:
        self._words = words
        self._names = names
        self._capitals = capitals
        self._persons = persons
        self._breaks = breaks

    def run(self, first: int) -> Run | None:
        """Return the run of words that may be titles and a name from a word on."""
        words = self._words
        if not words[first].capital and not (
            plain(words[first]) in person_words("titles", "posts")
            and first + 1 < len(words)
            and words[first + 1].capital
        ):
            return None
        if words[first].number:
            return None
        j = first + 1
        while j < len(words):
            step = 0 if j in self._breaks else self._step(first, j)
            if step == 0:
                break
            j += step
        while j > first + 1 and (
            (words[j - 1].text == "." and not self.stop_belongs(j - 1))
            or (words[j - 1].what == "word" and not words[j - 1].capital and not self._tail(j - 1))
        ):
            j -= 1
        return Run(first, j)

    def _tail(self, j: int) -> bool:
        return plain(self._words[j]) in person_words("titles", "posts") and j > 0

    def _step(self, first: int, j: int) -> int:
        """Return how many words from `j` on go on with the run."""
        words = self._words
        word = words[j]
        following = words[j + 1] if j + 1 < len(words) else None
        if word.capital and not word.number:
            return int(self._inside_name(word) or self._initial(j) or not self._opens(word) or self._in_rank(j))
        if self._arm(j) or (word.number and self._in_rank(j)):
            return 2 if self._arm(j) else 1
        if following is None:
            return int(word.text == "." and self.stop_belongs(j) and plain(words[j - 1]) in {"jr", "sr"})
        if word.what == "mark":
            return self._mark(first, j, following)
        particles = person_words("signs", "particles")
        office = is_post_noun(plain(following)) and word.lower == "as"
        goes_on = (following.capital or following.lower in particles) and not office
        return int(j > first and word.lower in particles and goes_on)

    def _mark(self, first: int, j: int, following: Word) -> int:
        """Return how many words go on with the run where a mark stands in it."""
        text = self._words[j].text
        if text == ".":
            return int(self.stop_belongs(j) and self._after_stop(j, following))
        if text in _QUOTES or text == "’":
            return int(following.capital) if is_cut(self._words, j) else self._nickname(j)
        if text in {"(", ","}:
            return self._rank_bracket(first, j) if text == "(" else self._ending(j)
        return 0

    def _arm(self, j: int) -> bool:
        """Say whether "of" goes on with a rank: "Colonel of Infantry"."""
        words = self._words
        if words[j].lower != "of" or j + 2 >= len(words) or not words[j + 2].capital:
            return False
        rank = plain(words[j - 1]) in person_words("titles", "rank_ends")
        return rank and words[j + 1].capital and plain(words[j + 1]) in person_words("titles", "arms")

    def _inside_name(self, word: Word) -> bool:
        return any(n.span.start < word.start and word.end <= n.span.end for n in self._names.values())

    def _opens(self, word: Word) -> bool:
        capitals = word.text.isupper() and len(word.text) > 1
        return plain(word) in word_list("openers", "words") and not capitals

    def _in_rank(self, j: int) -> bool:
        """Say whether "First" or "Second" is part of a rank: "Sgt. First Class", "Second Lieutenant"."""
        following = self._words[j + 1] if j + 1 < len(self._words) else None
        table = load_lexicon("persons")["ranks"]
        return following is not None and plain(self._words[j]) in table.get(plain(following), ())

    def _after_stop(self, j: int, following: Word) -> bool:
        goes_on = following.capital or following.lower in person_words("signs", "particles")
        goes_on = goes_on or (following.number and self._in_rank(j + 1))
        return goes_on or following.text in {*_QUOTES, ",", "("} or plain(self._words[j - 1]) in {"jr", "sr"}

    def _nickname(self, j: int) -> int:
        """Return the length of a nickname in quotation marks with a name behind it."""
        words = self._words
        close = _QUOTES.get(words[j].text)
        for k in range(j + 2, min(j + 2 + _NICKNAME, len(words) - 1)):
            if words[k].text == close:
                return k - j + 1 if words[k + 1].capital else 0
        return 0

    def _rank_bracket(self, first: int, j: int) -> int:
        """Return the length of a bracket behind a rank: "(ret.)"."""
        words = self._words
        behind = next((k + 1 for k in range(j + 1, min(j + 5, len(words) - 1)) if words[k].text == ")"), None)
        if behind is None or not words[behind].capital or title_start(words, behind, first=first) >= j:
            return 0
        return behind - j

    def _ending(self, j: int) -> int:
        """Return the length of ", Jr." behind a name; its stop belongs to it unless a new sentence begins."""
        words = self._words
        if plain(words[j + 1]) not in {"jr", "sr"}:
            return 0
        behind = words[j + 3] if j + 3 < len(words) else None
        stop = j + 2 < len(words) and words[j + 2].text == "."
        return 2 + (stop and behind is not None and behind.what == "word" and not behind.capital)

    def _initial(self, j: int) -> bool:
        words = self._words
        return len(words[j].text) == 1 and j + 1 < len(words) and words[j + 1].text == "."

    def stop_belongs(self, j: int) -> bool:
        """Say whether a full stop belongs to an initial or an abbreviation."""
        before = self._words[j - 1]
        if before.end != self._words[j].start:
            return False
        name = plain(before)
        short = (
            name in person_words("titles", "honorifics")
            or name in person_words("titles", "ranks")
            or name in {"sen", "rep", "gov", "amb", "jr", "sr"}
        )
        return (len(before.text) == 1 and before.capital) or (short and len(name) <= _ABBREVIATED)

    def is_post(self, i: int) -> bool:
        """Say whether a word is a noun for a post or an office."""
        word = self._words[i]
        if self._is_given(i):
            return False
        return (
            is_post_noun(plain(word))
            or plain(word) in person_words("titles", "posts")
            or plain(word) in person_words("titles", "offices")
        )

    def _is_given(self, i: int) -> bool:
        """Say whether a monarch's title is a given name: "Sultan bin Hamad", "His Excellency Sultan Ahmed"."""
        words = self._words
        if plain(words[i]) not in person_words("titles", "monarchs"):
            return False
        if i + 1 < len(words) and words[i + 1].lower in {"bin", "bint", "ibn"}:
            return True
        first = title_start(words, i)
        crowned = {"majesty", "highness", "hm", "hrh", "hh"}
        return first < i and not any(plain(word) in crowned for word in words[first:i])

    def cut(self, run: Run) -> Run | None:
        """Cut a name before what cannot belong to it: a head noun, a word of a heading."""
        words = self._words
        behind = run.first
        while behind < run.behind and sum(w.what == "word" for w in words[run.first : behind]) < _LONGEST_NAME:
            word = words[behind]
            known = self._names.get(word.start)
            if (
                behind > run.first
                and known is not None
                and known.form == "name"
                and known.reference is not None
                and known.type != "country"
                and known.kind is not EntityKind.PLACE
            ):
                break
            opener = plain(word) in word_list("openers", "words") and not self._initial(behind)
            if behind > run.first and opener and word.lower not in person_words("signs", "particles"):
                break
            behind += 1
        while behind > run.first and (
            (words[behind - 1].what != "word" and words[behind - 1].text != ".") or words[behind - 1].text == "-"
        ):
            behind -= 1
        while behind - run.first > 2 and self._is_letters(behind - 1):  # noqa: PLR2004 - a name of two words stands in front
            behind -= 1
            while behind > run.first and words[behind - 1].what != "word":
                behind -= 1
        return Run(run.first, behind) if behind > run.first else None

    def _is_letters(self, i: int) -> bool:
        """Say whether a word is letters for an order or a seat behind a name: "KCB", "MP"."""
        word = self._words[i]
        return not self._capitals and word.text.isupper() and plain(word) in person_words("signs", "behind")

    def plausible(self, run: Run, *, single: bool) -> bool:
        """Say whether words can be a person's name by their form.

        Args:
            run: The words.
            single: Whether a name of one word will do, because a title stands in front.
        """
        words = [w for w in self._words[run.first : run.behind] if w.what == "word"]
        parts = person_words("signs", "particles") | person_words("signs", "endings")
        names = [w for w in words if plain(w) not in parts]
        if not names or any(w.number for w in words) or self._is_known(run):
            return False
        first, last = plain(names[0]), plain(names[-1])
        if len(names) == 1 and not (single and self._may_stand_alone(names[0])):
            return False
        if len(names) > 1 and not self._capitals and all(w.text.isupper() and len(w.text) > _INITIALS for w in names):
            return False
        given = names[0] if self._is_given(run.first) else None
        if first in person_words("titles", "rank_ends") or any(
            is_post_noun(plain(w)) and not self._is_surname(w) for w in names[:-1] if w is not given
        ):
            return False
        if is_post_noun(last) and first in person_words("heads", "modifiers"):
            return False
        return not any(self._is_common(w, last=w is names[-1], count=len(names)) for w in names)

    def _may_stand_alone(self, word: Word) -> bool:
        name = plain(word)
        if len(name) <= _INITIALS or (word.text.isupper() and not self._capitals):
            return False
        return name not in person_words("titles", "honorifics") and not is_post_noun(name)

    def _is_common(self, word: Word, *, last: bool, count: int) -> bool:
        """Say whether a word belongs to names of bodies or to no name at all."""
        text = plain(word)
        if self._is_surname(word):
            return False
        opener = len(word.text) > 1 and text in word_list("openers", "words")
        return opener or text in person_words("ordinary", "words") or self._is_head(word, last=last, count=count)

    def _is_surname(self, word: Word) -> bool:
        """Say whether a common noun is a person's name here."""
        return plain(word) in person_words("ordinary", "names") and self.is_persons(word)

    def is_persons(self, word: Word) -> bool:
        """Say whether the language model takes a word for a person's, or a hyphenated given name follows it."""
        at = next(i for i, other in enumerate(self._words) if other is word)
        behind = self._words[at + 1] if at + 1 < len(self._words) else None
        return word.start in self._persons or (
            behind is not None and _HYPHENATED.fullmatch(behind.text) is not None and behind is not self._words[-1]
        )

    def _is_head(self, word: Word, *, last: bool, count: int) -> bool:
        head = head_table().get(plain(word))
        if head is None:
            return False
        return head.plural or last or count == 1 or head.kind is EntityKind.ORGANIZATION

    def _is_known(self, run: Run) -> bool:
        known = self._names.get(self._words[run.first].start)
        return known is not None and known.span.end >= self._words[run.behind - 1].end
