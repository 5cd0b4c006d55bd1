"""Names composed by pattern: a capitalised phrase with a head noun ("Ministry of …", "… National Police")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.heads import Head, head_at_end, head_inside, word_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

_LOWER_HEADS = {
    "mission": Head(EntityKind.MISSION, None, "mission"),
    "program": Head(EntityKind.PROGRAMME, None, "program"),
    "programme": Head(EntityKind.PROGRAMME, None, "program"),
    "initiative": Head(EntityKind.PROGRAMME, None, "initiative"),
}
_LIST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Composed:
    """Words `first` up to `behind` are a name.

    Attributes:
        first: Index of its first word.
        behind: Index behind its last.
        head: Its head noun.
        skip: Index ranges within it that are abbreviations in brackets.
        items: For a plural head with several complements, the index range of each complement; else empty.
        head_behind: Index behind the head noun.
    """

    first: int
    behind: int
    head: Head
    head_behind: int
    skip: tuple[tuple[int, int], ...] = ()
    items: tuple[tuple[int, int], ...] = ()


class Composer:
    """Reads composed names in the words of one sentence.

    Args:
        words: The words.
        matches: The reference names by the index at which they begin.
    """

    def __init__(self, words: Sequence[Word], matches: Mapping[int, Match]) -> None:
        self._words = words
        self._matches = matches
        self._ends = {match.behind for match in matches.values()}

    def at(self, first: int) -> Composed | None:
        """Return the composed name that begins at a word, if there is one with a known head."""
        words = self._words
        if not self._begins(first):
            return None
        run, skip = self._run(first)
        if run == first:
            return None
        found = self._headed(first, run)
        if found is None:
            return self._fronted(first, run) or self._with_lower_head(first, run, skip)
        if self._words[first].lower in word_list("fronted", "heads") and found[1] == first + 1:
            return self._fronted(first, run)
        head, head_behind = found
        if head_behind < run:
            if not self._tail_allowed(head, head_behind, run):
                if not self._cut_allowed(head_behind):
                    return self._fronted(first, run)
                run = head_behind
            else:
                return Composed(first, run, head, head_behind, skip)
        behind, items = self._complements(head, run)
        skip = tuple(pair for pair in skip if pair[1] <= behind)
        proper = (run - first) - sum(b - a for a, b in skip) - len(head.words.split())
        named = head.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}
        if behind == run and (head.plural or (proper <= 0 and (run - first < 2 or not named))):  # noqa: PLR2004 - "Border Police"
            return None
        return Composed(first, behind, head, head_behind, skip, items if head.plural else ())

    def _begins(self, i: int) -> bool:
        word = self._words[i]
        match = self._matches.get(i + 1)
        if (
            i == 0
            and match is not None
            and not match.adjective
            and match.behind - match.first > 1
            and i not in self._matches
            and head_at_end((word,)) is None
        ):
            return False
        if word.number:
            following = self._words[i + 1 : i + 2]
            return len(word.text) == 4 and bool(following) and following[0].capital and not self._is_month(i + 1)  # noqa: PLR2004 - a year
        return word.capital and word.lower not in word_list("openers", "words")

    def _is_month(self, i: int) -> bool:
        return self._words[i].lower[:3] in {
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        }

    def _run(self, i: int) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Return the index behind the longest run of capitalised words, and the brackets within it."""
        words = self._words
        skip: list[tuple[int, int]] = []
        j = i + 1
        while j < len(words):
            word = words[j]
            if word.capital and word.lower in word_list("links", "complement") and head_at_end(words[i:j]) is not None:
                break
            if word.capital or (word.number and words[j - 1].capital and len(word.text) <= 5):  # noqa: PLR2004 - numbers of laws and years
                j += 1
            elif word.text == "(" and self._bracket_inside(j):
                skip.append((j, j + 3))
                j += 3
            elif (
                word.text in {"&", "-", "–"}
                and j + 1 < len(words)
                and words[j + 1].capital
                and word.start - words[j - 1].end <= (word.text == "&")
            ):
                j += 2
            elif word.what == "possessive" and self._office_of_a_post(i, j):
                j += 2
            elif (word.lower == "and" and self._joins(i, j)) or (word.lower == "of" and self._phrase_before_head(i, j)):
                j += 1
            else:
                break
        return j, tuple(skip)

    def _bracket_inside(self, j: int) -> bool:
        """Say whether "(ABC)" at `j` is followed by the rest of the name."""
        words = self._words
        if j + 3 >= len(words) or words[j + 2].text != ")" or not words[j + 1].text[0].isupper():
            return False
        following = words[j + 3]
        return following.capital and head_at_end(words[j + 3 : j + 5]) is not None

    def _office_of_a_post(self, first: int, j: int) -> bool:
        """Say whether a possessive goes on to an office: "Attorney General's Office"."""
        words = self._words
        return (
            words[j - 1].lower in word_list("posts", "words")
            and j + 1 < len(words)
            and words[j + 1].lower in {"office", "department", "bureau"}
            and words[j + 1].capital
            and j - first <= 4  # noqa: PLR2004 - longer runs hold more than a post
        )

    def _phrase_before_head(self, first: int, j: int) -> bool:
        """Say whether "of" at `j` stands within what modifies a head: "Rule of Law Programme"."""
        words = self._words
        if (
            head_at_end(words[first:j]) is not None
            or words[j - 1].lower in word_list("posts", "words")
            or j - first > 3
        ):  # noqa: PLR2004
            return False
        k = j + 1
        while k < len(words) and words[k].capital and words[k].lower not in word_list("posts", "words"):
            k += 1
        return k - j > 2 and j + 1 not in self._matches and head_at_end(words[j + 1 : k]) is not None  # noqa: PLR2004

    def _joins(self, first: int, j: int) -> bool:
        """Say whether "and" at `j` joins two parts of one name: "Training and Equipment Coordination Group"."""
        words = self._words
        if j + 1 >= len(words) or not words[j + 1].capital or j in self._ends or j + 1 in self._matches:
            return False
        before = head_at_end(words[first:j])
        if (before is not None and before[0].kind is not EntityKind.AGREEMENT) or words[j - 1].lower in word_list(
            "posts", "words"
        ):
            return False
        k = j + 1
        while k < len(words) and words[k].capital:
            k += 1
        return (
            k - j > 2 and head_at_end(words[j + 1 : k]) is not None and words[min(j + 2, len(words) - 1)].lower != "of"
        )  # noqa: PLR2004 - a head needs a modifier

    def _headed(self, first: int, run: int) -> tuple[Head, int] | None:
        words = self._words
        if words[first].lower in word_list("mission", "front") and run > first + 1:
            kind = EntityKind.EVENT if words[first].lower == "exercise" else EntityKind.MISSION
            return Head(kind, None, words[first].lower), run
        found = head_at_end(words[first:run])
        if found is not None:
            return self._force_as_mission(first, run, found[0]), run
        inside = head_inside(words[first:run])
        return (inside[0], first + inside[1]) if inside else None

    def _force_as_mission(self, first: int, run: int, head: Head) -> Head:
        modifiers = {word.lower for word in self._words[first : run - 1]}
        if head.words == "force" and not head.plural and modifiers & word_list("mission", "force_modifiers"):
            return Head(EntityKind.MISSION, None, "force")
        return head

    def _tail_allowed(self, head: Head, head_behind: int, run: int) -> bool:
        """Say whether the words behind a head belong to the name: "Law 20", "NATO Mission Iraq", "Task Force 99"."""
        words = self._words
        if all(
            word.number or (len(word.text) <= 5 and any(c.isdigit() for c in word.text))
            for word in words[head_behind:run]
        ):  # noqa: PLR2004
            return head.kind in {EntityKind.AGREEMENT, EntityKind.MISSION}
        match = self._matches.get(head_behind)
        return head.kind is EntityKind.MISSION and match is not None and match.behind == run and not match.adjective

    def _cut_allowed(self, at: int) -> bool:
        """Say whether a name may end at `at` although capitals follow: a post, or another name."""
        return (
            self._words[at].lower in word_list("posts", "words")
            or at in self._matches
            or head_at_end(self._words[at : at + 1]) is not None
        )

    def _fronted(self, first: int, run: int) -> Composed | None:
        """Read a name that begins with its head and has no "of": "Cartel X", "Fundación Y"."""
        head = self._words[first].lower
        if head not in word_list("fronted", "heads"):
            return None
        words = self._words
        while run + 1 < len(words) and words[run].lower in word_list("fronted", "particles") and words[run + 1].capital:
            run += 2
            while run < len(words) and words[run].capital:
                run += 1
        if run == first + 1:
            return None
        kind = head_at_end(words[first : first + 1])
        return Composed(first, run, kind[0] if kind else Head(EntityKind.ORGANIZATION, "civil", head), first + 1)

    def _with_lower_head(self, first: int, run: int, skip: tuple[tuple[int, int], ...]) -> Composed | None:
        """Read a name whose head is in lower case: "Multinational Security Support (MSS) mission"."""
        words = self._words
        behind = run
        if (
            behind + 2 < len(words)
            and words[behind].text == "("
            and words[behind + 2].text == ")"
            and words[behind + 1].capital
        ):
            skip = (*skip, (behind, behind + 3))
            behind += 3
        if behind >= len(words) or words[run - 1].lower in word_list("posts", "words"):
            return None
        head = _LOWER_HEADS.get(words[behind].lower)
        if head is None or words[behind].capital or run - first < 2:  # noqa: PLR2004 - one word is no name
            return None
        if first in self._matches and self._matches[first].behind == run:
            return None
        return Composed(first, behind + 1, head, behind + 1, skip)

    def _complements(self, head: Head, run: int) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Return the index behind the head's complements ("of Foreign Affairs", "to Defeat ISIS") and their ranges."""
        words = self._words
        behind = run
        items: list[tuple[int, int]] = []
        for _ in range(2):
            start = self._complement_start(head, behind, first=not items)
            if start is None:
                break
            ranges = self._list(start, head)
            if not ranges:
                break
            items = items or ranges
            behind = ranges[-1][1]
            if head.plural or behind >= len(words):
                break
        return behind, tuple(items)

    def _complement_start(self, head: Head, at: int, *, first: bool) -> int | None:
        words = self._words
        if at + 1 >= len(words) or words[at].what != "word":
            return None
        link = words[at].lower
        if link not in word_list("links", "complement") or (
            not first and link != "of" and head.kind not in {EntityKind.AGREEMENT, EntityKind.EVENT}
        ):
            return None
        start = at + 1 + (words[at + 1].lower == "the")
        if start >= len(words):
            return None
        if link == "of" and words[start].number and head.kind is EntityKind.AGREEMENT and len(words[start].text) == 4:  # noqa: PLR2004 - a year
            return start
        if not words[start].capital or self._is_month(start):
            return None
        match = self._matches.get(start)
        entity = match is not None and not match.adjective
        if link == "to" and (entity or start > at + 1 or head.kind in {EntityKind.MISSION, EntityKind.EVENT}):
            return None
        if link in {"for", "against"} and entity and head.kind is not EntityKind.ORGANIZATION and not first:
            return None
        if not first and (
            link == "to"
            or (
                link == "of"
                and entity
                and match is not None
                and match.entity.kind == "organization"
                and match.entity.type != "country"
            )
        ):
            return None
        if not first and link == "of" and head_at_end(words[start : start + 1]) is not None:
            return None
        if (
            link == "of"
            and entity
            and match is not None
            and match.entity.type != "country"
            and match.entity.kind == "organization"
            and head.words in {"office", "directorate", "department", "division", "unit", "bureau"}
        ):
            return None
        return start

    def _list(self, start: int, head: Head) -> list[tuple[int, int]]:
        """Return the ranges of a complement: one run, or several joined by commas and "and"."""
        words = self._words
        first = self._complement_run(start)
        ranges = [(start, first)]
        at = first
        pending: list[tuple[int, int]] = []
        while at + 1 < len(words) and len(pending) < _LIST_LENGTH:
            comma = words[at].text == ","
            at_next = at + 1 if comma or words[at].lower == "and" else None
            if at_next is None:
                break
            closing = words[at].lower == "and"
            if comma and words[at_next].lower == "and":
                closing, at_next = True, at_next + 1
            if at_next >= len(words) or not self._may_join(at_next, head, ranges[0]):
                break
            end = self._complement_run(at_next)
            pending.append((at_next, end))
            at = end
            if closing:
                return ranges + pending
        return ranges

    def _complement_run(self, start: int) -> int:
        words = self._words
        match = self._matches.get(start)
        if match is not None and not match.adjective:
            return match.behind
        end = start + 1
        while end < len(words) and (
            words[end].capital
            or (
                words[end].lower in {"the", "of"}
                and end + 1 < len(words)
                and words[end + 1].capital
                and words[end].lower == "the"
            )
        ):
            following = self._matches.get(end)
            if (
                following is not None
                and not following.adjective
                and following.entity.kind == "organization"
                and words[end].lower != "the"
                and words[end - 1].lower not in {"the"}
                and not _verb(words[start])
            ):
                break
            end += 1
        far = end
        if far + 1 < len(words) and words[far].lower == "and" and words[far + 1].capital:
            far += 2
            while far < len(words) and words[far].capital:
                far += 1
        cut = self._portfolio(start, far)
        return cut if cut is not None else end

    def _portfolio(self, start: int, end: int) -> int | None:
        """Return where the longest known portfolio ends when another body's name follows it at once."""
        words = self._words
        for cut in range(end - 2, start, -1):
            if (
                " ".join(word.lower for word in words[start:cut]) in word_list("portfolios", "names")
                and head_at_end(words[cut:end]) is not None
                and words[cut].capital
            ):
                return cut
        return None

    def _may_join(self, at: int, head: Head, first: tuple[int, int]) -> bool:
        words = self._words
        word = words[at]
        if not word.capital or word.lower in word_list("posts", "words"):
            return False
        match = self._matches.get(at)
        if match is not None:
            country = match.entity.type == "country" and not match.adjective
            before = self._matches.get(first[0])
            both = country and before is not None and before.entity.type == "country"
            return (both or (head.plural and match.entity.kind == "place")) and not match.adjective
        end = self._complement_run(at)
        if head_at_end(words[at:end]) is not None and end - at > 1:
            return False
        front = head_at_end(words[at : at + 1])
        return not (front is not None and at + 1 < len(words) and words[at + 1].lower == "of")


def _verb(word: Word) -> bool:
    """Say whether a capitalised complement may be a verb phrase ("Defeat ISIS"): it then takes names as objects."""
    return word.lower in {
        "defeat",
        "end",
        "combat",
        "counter",
        "degrade",
        "support",
        "protect",
        "fight",
        "stop",
        "prevent",
        "eliminate",
        "restore",
        "stabilize",
        "stabilise",
    }
