"""How far a name goes: runs of capitalised words with what may stand between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.heads import head_at_end, head_table, word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

# Numbers of laws and years: "20", "2023", "117-263".
_LONGEST_NUMBER = 9
_YEAR_LENGTH = 4
# "Attorney General's Office", "Chief of Defence Staff's Office": longer runs hold more than a post.
_LONGEST_POST = 4
_FEWEST_WITH_MODIFIER = 2
_LONGEST_UNIT = 4
# Longer words in capitals are no abbreviations.
_LONGEST_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of words that may be a name.

    Attributes:
        behind: Index behind its last word.
        skip: Index ranges within it that are abbreviations in brackets.
    """

    behind: int
    skip: tuple[tuple[int, int], ...] = ()


class Runs:
    """Finds runs of capitalised words in one sentence.

    Args:
        words: The words.
        matches: The reference names by the index at which they begin.
        columns: Indices of the words behind a gap as between the columns of a table.
    """

    def __init__(
        self, words: Sequence[Word], matches: Mapping[int, Match], columns: frozenset[int] = frozenset()
    ) -> None:
        self._words = words
        self._matches = matches
        self._ends = {match.behind for match in matches.values()}
        self._columns = columns

    def begins(self, i: int) -> bool:
        """Say whether a name may begin at a word: a capital, or a year or ordinal with a capital behind it."""
        word = self._words[i]
        if not word.capital and not word.number:
            return False
        match = self._matches.get(i + 1)
        whole = match is not None and not match.adjective and match.behind - match.first > 1
        modifies = word.lower in word_list("national", "modifiers")
        if i == 0 and whole and not modifies and i not in self._matches and head_at_end((word,)) is None:
            return False
        if word.lower in word_list("links", "parts") and i + 1 < len(self._words) and not self._words[i + 1].capital:
            return False
        if word.capital and word.lower in word_list("units", "numbers"):
            return self._opens_unit(i) or self._opens_name(i)
        if word.number:
            following = self._words[i + 1 : i + 2]
            brigade = self._is_number_of_unit(i) and self._opens_unit(i)
            fits = (len(word.text) == _YEAR_LENGTH and word.text.isdigit()) or _is_ordinal(word) or brigade
            return fits and bool(following) and following[0].capital and not is_calendar(following[0])
        opener = word.lower in word_list("openers", "words") and not self._is_short_form(i)
        return word.capital and not opener and not is_calendar(word)

    def _is_short_form(self, i: int) -> bool:
        """Say whether letters in capitals are no small word: "the IT Coalition" where not all is in capitals."""
        word = self._words[i]
        behind = self._words[i + 1] if i + 1 < len(self._words) else None
        short = word.text.isupper() and word.lower == "it"
        return short and behind is not None and behind.capital and not behind.text.isupper()

    def _opens_name(self, i: int) -> bool:
        """Say whether a number in words opens the proper name of a body: "the Five Hills Training Center"."""
        words = self._words
        if i == 0 or words[i - 1].lower != "the" or i in self._matches:
            return False
        k = i + 1
        while k < len(words) and words[k].capital and k not in self._matches:
            k += 1
        head = head_at_end(words[i + 1 : k])
        named = head is not None and k - i - 1 > head[1]
        return named and head is not None and head[0].kind is EntityKind.ORGANIZATION and not head[0].plural

    def _opens_unit(self, i: int) -> bool:
        """Say whether a number opens the name of a part of a force: "33 Engineer Regiment", "First Squadron"."""
        words = self._words
        k = i + 1
        while k < len(words) and k - i <= _LONGEST_UNIT and words[k].capital and k not in self._matches:
            head = head_at_end(words[i + 1 : k + 1])
            if head is not None and head[0].type == "military" and not head[0].plural:
                return not words[i].number or words[k].lower in word_list("units", "smaller") | {"division", "wing"}
            k += 1
        return False

    def _is_number_of_unit(self, i: int) -> bool:
        """Say whether a plain number is no part of a longer one and may be that of a unit."""
        words = self._words
        longer = i > 0 and words[i - 1].end == words[i].start
        return words[i].text.isdigit() and len(words[i].text) < _YEAR_LENGTH and not longer

    def at(self, i: int) -> Run:
        """Return the longest run of capitalised words that begins at a word, and the brackets within it."""
        words = self._words
        skip: list[tuple[int, int]] = []
        state = self._matches.get(i)
        opens = state is not None and not state.adjective and state.entity.type == "country"
        # "St. Vincent and the Grenadines Coast Guard": over the small words in a state's name.
        j = state.behind if state is not None and opens else i + 1
        while j < len(words) and j not in self._columns:
            word = words[j]
            links = word_list("links", "complement") | word_list("links", "concerning")
            ends = is_calendar(word) or (word.capital and word.lower in links)
            if (ends and head_at_end(words[i:j]) is not None) or self._heading_ends(i, j):
                break
            if word.capital and word.lower in word_list("links", "addresses") and head_at_end(words[i:j]) is not None:
                break
            if word.capital or (word.number and words[j - 1].capital and len(word.text) <= _LONGEST_NUMBER):
                j += 1
            elif word.text == "(" and self._bracket_inside(j):
                skip.append((j, j + 3))
                j += 3
            elif self._mark_inside(j) or self._office_of_a_post(i, j) or self._people_inside(j):
                j += 2
            elif self._small_word_inside(i, j):
                j += 1
            elif word.text == "," and (behind := self._behind_comma(i, j)) is not None:
                j = behind
            else:
                break
        return Run(behind=j, skip=tuple(skip))

    def _behind_comma(self, first: int, j: int) -> int | None:
        """Return where a name goes on behind a comma, if it does."""
        return j + 2 if self._larger_unit(j) else self._enumerates(first, j)

    def _heading_ends(self, first: int, j: int) -> bool:
        """Say whether a heading in capitals ends before a word, or goes on with a small word: "ENTRY INTO FORCE"."""
        word, former = self._words[j], self._words[j - 1]
        if not (former.text.isupper() and len(former.text) > _LONGEST_LETTERS and word.capital):
            return False
        small = word.text.isupper() and word.lower in word_list("openers", "words") and len(word.text) > 1
        return small or (j - first > 1 and (len(word.text) == 1 or word.text in {"The", "An", "This", "Its"}))

    def _small_word_inside(self, first: int, j: int) -> bool:
        word = self._words[j].lower
        if (word == "of" and self._head_with_of(j)) or self._particle_inside(j):
            return True
        return (word in {"and", "&"} and self._joins(first, j)) or (word == "of" and self._phrase_before_head(first, j))

    def _particle_inside(self, j: int) -> bool:
        """Say whether a particle of a person's name stands between capitals: "Ahmad bin Ali Air Base"."""
        words = self._words
        particle = words[j].text in word_list("links", "particles")
        return particle and words[j - 1].capital and j + 1 < len(words) and words[j + 1].capital

    def _head_with_of(self, j: int) -> bool:
        """Say whether "of" at `j` is inside a head noun: "House of Representatives", "Letter of Intent"."""
        around = [word.lower for word in self._words[j - 1 : j + 2]]
        return " ".join(around) in head_table()

    def _sign_inside(self, j: int) -> bool:
        """Say whether a hyphen or "&" at `j` joins two capitalised words."""
        words = self._words
        if words[j].text not in {"&", "-", "–"} or j + 1 >= len(words) or not words[j + 1].capital:
            return False
        if words[j].text == "–" and words[j - 1].lower == "force" and words[j - 2 : j - 1]:
            return words[j - 2].lower == "task"
        return words[j].start - words[j - 1].end <= (words[j].text == "&")

    def _mark_inside(self, j: int) -> bool:
        return self._sign_inside(j) or self._initial_inside(j)

    def _initial_inside(self, j: int) -> bool:
        """Say whether a full stop at `j` stands behind an initial: "John D. Doe Foundation"."""
        words = self._words
        initial = len(words[j - 1].text) == 1 and words[j - 1].capital and words[j].text == "."
        return initial and j > 1 and words[j - 2].capital and j + 1 < len(words) and words[j + 1].capital

    def _bracket_inside(self, j: int) -> bool:
        """Say whether "(ABC)" at `j` is followed by the rest of the name."""
        words = self._words
        if j + 3 >= len(words) or words[j + 2].text != ")" or not words[j + 1].text[0].isupper():
            return False
        following = words[j + 3]
        heads = (words[j + 3 : j + 4], words[j + 3 : j + 5])
        return following.capital and any(head_at_end(part) is not None for part in heads)

    def _office_of_a_post(self, first: int, j: int) -> bool:
        """Say whether a possessive goes on to an office: "Attorney General's Office"."""
        words = self._words
        return (
            words[j].what == "possessive"
            and words[j - 1].lower in word_list("posts", "words")
            and j + 1 < len(words)
            and words[j + 1].lower in {"office", "department", "bureau"}
            and words[j + 1].capital
            and j - first <= _LONGEST_POST
        )

    def _people_inside(self, j: int) -> bool:
        """Say whether a possessive belongs to the name: "People's Liberation Army", "Lord's Resistance Army"."""
        words = self._words
        holder = words[j - 1].lower
        crowned = j > 1 and words[j - 2].lower in {"princess", "prince", "king", "queen"} and words[j - 1].capital
        people = (
            crowned
            or holder in word_list("links", "holders")
            or holder.endswith(("men", "women", "ers", "ors", "ists"))
        )
        if words[j].what != "possessive" or j - 1 in self._matches or j in self._ends:
            return False
        return people and j + 1 < len(words) and words[j + 1].capital

    def _phrase_before_head(self, first: int, j: int) -> bool:
        """Say whether "of" at `j` stands within what modifies a head: "Rule of Law Programme"."""
        words = self._words
        posts = word_list("posts", "words")
        if head_at_end(words[first:j]) is not None or words[j - 1].lower in posts or j - first > 3:  # noqa: PLR2004 - a longer one is a name of its own
            return False
        k = j + 1
        while k < len(words) and (words[k].capital or words[k].lower == "and") and words[k].lower not in posts:
            k += 1
        k -= words[k - 1].lower == "and"
        long_enough = k - j > _FEWEST_WITH_MODIFIER
        return long_enough and j + 1 not in self._matches and head_at_end(words[j + 1 : k]) is not None

    def _joins(self, first: int, j: int) -> bool:
        """Say whether "and" at `j` joins two parts of one name: "Training and Equipment Coordination Group"."""
        words = self._words
        if j + 1 >= len(words) or not words[j + 1].capital or j in self._ends:
            return False
        if self._is_of_companies(j):
            return False
        if j + 1 in self._matches and not self._one_word_in_front(first, j):
            return False
        front = " ".join(word.lower for word in words[first : j + 2])
        beside = f"{words[j - 1].lower} and {words[j + 1].lower}"
        if any(f"{pair} ".startswith((f"{front} ", f"{beside} ")) for pair in word_list("links", "pairs")):
            return True
        before = head_at_end(words[first:j])
        named = before is not None and before[0].kind is not EntityKind.AGREEMENT and not self._opens_law(first, j)
        if named or words[j - 1].lower in word_list("posts", "words"):
            return False
        k = j + 1
        while k < len(words) and words[k].capital:
            k += 1
        # The head behind "and" needs a modifier: "Peace and Security Council", not "Peace and Council".
        following = words[min(j + 2, len(words) - 1)].lower
        return k - j > _FEWEST_WITH_MODIFIER and head_at_end(words[j + 1 : k]) is not None and following != "of"

    def _is_of_companies(self, j: int) -> bool:
        """Say whether the run behind "and" ends in the noun of a company: "ST Engineering and Hanwha Aerospace"."""
        words = self._words
        k = j + 1
        while k < len(words) and words[k].capital:
            k += 1
        return words[k - 1].lower in word_list("companies", "trades")

    def _opens_law(self, first: int, j: int) -> bool:
        """Say whether one word in front of "and" is a topic of a law's name: "the Police and Prisons Staff Act"."""
        words = self._words
        k = j + 1
        while k < len(words) and words[k].capital:
            k += 1
        head = head_at_end(words[j + 1 : k])
        alone = j - first == 1 and first > 0 and words[first - 1].lower == "the"
        return alone and head is not None and head[0].kind is EntityKind.AGREEMENT and head[0].type == "law"

    def _one_word_in_front(self, first: int, j: int) -> bool:
        """Say whether a known name behind "and" may be only the end of a longer one: "Peace and Security Council"."""
        word = self._words[first]
        match = self._matches[j + 1]
        body = match.entity.kind is EntityKind.ORGANIZATION and match.entity.type != "country" and not match.adjective
        return j - first == 1 and first not in self._matches and head_at_end((word,)) is None and body

    def _larger_unit(self, j: int) -> bool:
        """Say whether behind a comma stands the unit of which one is a part: "1st Battalion, 66th Armor Regiment"."""
        words = self._words
        if j + 2 >= len(words) or words[j - 1].lower not in word_list("units", "smaller"):
            return False
        numbered = _is_ordinal(words[j + 1]) or words[j + 1].capital
        if not numbered or not (words[j + 2].capital or words[j + 2].what == "possessive"):
            return False
        end = j + 2
        while end < len(words) and end < j + 8 and (words[end].capital or words[end].what == "possessive"):
            end += 1
        head = head_at_end(words[j + 2 : end])
        return head is not None and (_is_ordinal(words[j + 1]) or head[0].type == "military")

    def _enumerates(self, first: int, j: int) -> int | None:
        """Return where a name goes on behind the topics that begin at `first`: "Women, Peace and Security Act"."""
        words = self._words
        if j - first != 1 or first == 0 or words[first - 1].lower not in {"the", "its", "their"}:
            return None
        k = j + 1
        while k + 1 < len(words) and words[k].capital and words[k + 1].text == ",":
            k += 2
        if k < len(words) and words[k].capital:
            k += 1
        topics = [i for i in (first, *range(j + 1, k)) if words[i].text != ","]
        if any(not words[i].capital or i in self._matches or head_at_end((words[i],)) is not None for i in topics):
            return None
        closes = k + 1 < len(words) and words[k].lower in {"and", "&"} and self._joins(topics[-1], k)
        return k + 1 if closes else None


def is_calendar(word: Word) -> bool:
    """Say whether a word names a month or a day of the week."""
    return word.capital and word.lower in word_list("calendar", "words")


def _is_ordinal(word: Word) -> bool:
    digits = word.text.rstrip("stndrh")
    return digits.isdigit() and word.text[len(digits) :] in {"st", "nd", "rd", "th"}
