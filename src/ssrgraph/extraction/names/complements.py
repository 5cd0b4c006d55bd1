"""What follows a head noun and belongs to the name: "of Foreign Affairs", "to Defeat ISIS", "in South Sudan"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.brackets import bracket_at
from ssrgraph.extraction.names.heads import Head, head_at_end, word_list
from ssrgraph.extraction.names.runs import is_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

_MOST = 3
_LIST_LENGTH = 4
_YEAR_LENGTH = 4


class Complements:
    """Reads the complements of head nouns in one sentence.

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
        self._columns = columns

    def of(self, head: Head, run: int, *, named: bool) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Return the index behind the head's complements and the index ranges of the first one.

        Args:
            head: The head noun.
            run: Index behind it.
            named: Whether words in front of the head make it a name already ("Drug Enforcement Unit").
        """
        behind = run
        items: list[tuple[int, int]] = []
        for number in range(_MOST):
            start = self._start(head, behind, first=not items, named=named)
            # The third is the place of a body whose short form follows: "Union of Mothers of Soldiers in X (ABC)".
            longer = head.kind is EntityKind.AGREEMENT or (start is not None and self._words[behind].lower == "in")
            if start is None or (number == _MOST - 1 and not longer):
                break
            region = self._region_end(start) if self._words[behind].lower == "in" else None
            ranges = [(start, region)] if region is not None else self._list(start, head)
            items = items or ranges
            behind = ranges[-1][1]
            last = self._matches.get(start)
            behind = self._field(head, behind)
            if head.plural or behind >= len(self._words) or (last is not None and last.entity.type == "country"):
                break
        return behind, tuple(items)

    def _is_of_another(self, head: Head, start: int, *, named: bool) -> bool:
        """Say whether what follows is a body that forces or a programme belong to: "Border Troops of the Ministry"."""
        if head.kind is EntityKind.PROGRAMME:
            return self._is_of_named_body(start)
        match = self._matches.get(start)
        several = " " in head.words and not head.words.endswith(("college", "school", "academy"))
        state = match is not None and match.entity.type in {"country", "region", "city"}
        return not named and head.type in {"military", "police"} and several and not state

    def _field(self, head: Head, at: int) -> int:
        """Step over the field of an agreement's topic: "on Cooperation [in the field of Hydrography]"."""
        words = self._words
        said = [word.lower for word in words[at : at + 4]]
        opens = said[:2] == ["in", "the"] and said[3:] == ["of"] and said[2] in word_list("links", "fields")
        if head.kind is not EntityKind.AGREEMENT or not opens:
            return at
        end = at + 4
        while end < len(words) and (words[end].capital or (words[end].lower == "and" and end > at + 4)):
            end += 1
        end -= words[end - 1].lower == "and"
        return end if end > at + 4 else at

    def _start(self, head: Head, at: int, *, first: bool, named: bool) -> int | None:
        """Return where a complement begins whose link stands at an index."""
        words = self._words
        agreement = head.kind is EntityKind.AGREEMENT
        two = at + 1 < len(words) and words[at].lower in {"relating", "relative"} and words[at + 1].lower == "to"
        at += two
        start = at + 1 + (at + 1 < len(words) and words[at + 1].lower == "the")
        if start >= len(words) or words[at].what != "word":
            return None
        link = words[at].lower
        concerning = agreement and first and (two or link in word_list("links", "concerning"))
        year = link == "of" and agreement and words[start].number and len(words[start].text) == _YEAR_LENGTH
        if year or (concerning and self._may_begin(start)):
            return start
        match = self._matches.get(start)
        if link == "in":
            return start if self._is_its_place(head, start, first=first, named=named) else None
        second = first or link in {"of", "against"} or head.kind in {EntityKind.AGREEMENT, EntityKind.EVENT}
        links = word_list("links", "complement") | (word_list("links", "topics") if agreement else set())
        if not second or link not in links or not self._may_begin(start):
            return None
        if link == "of" and self._is_of_another(head, start, named=named):
            return None
        fits = self._fits_name(head, link, match, first=first, named=named) and self._fits_head(
            link, start, first, named
        )
        return start if fits and self._fits_to(head, link, match, start > at + 1) else None

    def _region_end(self, start: int) -> int | None:
        """Return the index behind capitals that end in a part of the earth: "West and Central Africa"."""
        words = self._words
        end = start
        while end < len(words) and (words[end].capital or (words[end].lower == "and" and words[end - 1].capital)):
            end += 1
        return end if end > start and words[end - 1].lower in word_list("links", "regions") else None

    def _is_its_place(self, head: Head, start: int, *, first: bool, named: bool) -> bool:
        """Say whether a place behind "in" belongs to the name: "Training Mission in Mali", "Peace Accord on X in Y"."""
        match = self._matches.get(start)
        if head.kind is EntityKind.AGREEMENT and not first and self._region_end(start) is not None:
            return True
        if match is None or match.adjective or not (match.entity.type == "country" or _is_place(match)):
            return False
        if head.kind is EntityKind.AGREEMENT:
            return not first and match.entity.type in {"country", "region"}
        if head.kind is EntityKind.MISSION and head.words not in word_list("alone", "without_place"):
            return True
        return (named or not first) and _opens_bracket(self._words, match.behind)

    def _may_begin(self, start: int) -> bool:
        word = self._words[start]
        letter = len(word.text) == 1 and word.text.isalpha()
        return word.capital and not letter and not is_calendar(word) and word.lower not in {"heads", "member"}

    def _fits_name(self, head: Head, link: str, match: Match | None, *, first: bool, named: bool) -> bool:
        """Say whether a known name behind the link may be a part of this one, and not another body or state."""
        if match is None or match.adjective:
            return match is None or not (link == "of" and named and self._is_national_force(match))
        kinds = {EntityKind.ORGANIZATION, EntityKind.MISSION}
        body = match.entity.kind in kinds and match.entity.type != "country"
        # "Department of Coast Guard": a name that only in one state means a body of it.
        short = " ".join(word.text for word in self._words[match.first : match.behind]) in match.entity.local_names
        body = (
            body
            and not (short and head.words == "department")
            and not (head.words in {"department", "ministry"} and self._is_portfolio(match))
        )
        behind = self._words[match.behind : match.behind + 1]
        # "Department of the Khyber Pakhtunkhwa Police": the body of a place, of which this one is a part.
        if link == "of" and named and not body and behind and behind[0].capital and head_at_end(behind) is not None:
            return False
        if body and head.words == "government":
            return False
        if link == "of" and body and (not first or named or head.words in word_list("alone", "offices")):
            return False
        if link == "of" and head.kind is EntityKind.AGREEMENT and named and match.entity.type == "country":
            return False
        return not (link in {"for", "against"} and head.kind is not EntityKind.ORGANIZATION and not first)

    def _is_portfolio(self, match: Match) -> bool:
        """Say whether a document's short name of a ministry is its portfolio: "Departments of [State] (State)"."""
        words = " ".join(word.lower for word in self._words[match.first : match.behind])
        return words in word_list("portfolios", "names")

    def _is_national_force(self, match: Match) -> bool:
        """Say whether a state's adjective begins the name of its force: "Training Centre of the [Fijian Navy]"."""
        for behind in range(match.behind + 1, min(match.behind + 4, len(self._words) + 1)):
            if not self._words[behind - 1].capital:
                return False
            head = head_at_end(self._words[match.behind : behind])
            if head is not None and head[0].type in {"military", "police"}:
                return True
        return False

    def _fits_head(self, link: str, start: int, first: bool, named: bool) -> bool:  # noqa: FBT001 - two facts of one caller
        """Say whether the head of another body's name behind "of" leaves this name open: "Unit of the Ministry …"."""
        if link != "of" or (first and not named):
            return True
        words = self._words
        unit = words[start - 1].lower == "the" and words[start - 3].lower in word_list("links", "units")
        if unit and self._is_force(start):
            return False
        duty = words[start].lower in word_list("links", "duties") and words[start - 1].lower == "of"
        return duty or head_at_end(words[start : start + 1]) is None

    def _is_force(self, start: int) -> bool:
        """Say whether a force's name of two words or three begins at an index: "Unit of the [National Police]"."""
        words = self._words
        for behind in range(start + 2, min(start + 4, len(words) + 1)):
            if not words[behind - 1].capital:
                return False
            head = head_at_end(words[start:behind])
            if head is not None and head[0].type in {"military", "police"}:
                return True
        return False

    def _is_of_named_body(self, start: int) -> bool:
        """Say whether a body's own name stands behind "of": "Programme of the [Nordic Centre …]"."""
        words = self._words
        end = start
        while end < len(words) and words[end].capital:
            end += 1
        found = [head_at_end(words[start:k]) for k in range(start + 2, end + 1)]
        return any(head is not None and head[0].kind is EntityKind.ORGANIZATION for head in found)

    def _fits_to(self, head: Head, link: str, match: Match | None, article: bool) -> bool:  # noqa: FBT001 - as above
        if link != "to":
            return True
        entity = match is not None and not match.adjective
        if head.words == "delegation":
            return match is not None and entity and match.entity.type == "country"
        if head.kind is EntityKind.MISSION:
            return match is not None and entity and (match.entity.type == "country" or _is_place(match))
        return not (entity or article or head.kind is EntityKind.EVENT)

    def _list(self, start: int, head: Head) -> list[tuple[int, int]]:
        """Return the ranges of a complement: one run, or several joined by commas and "and"."""
        words = self._words
        at = self._end(start, head)
        ranges = [(start, at)]
        pending: list[tuple[int, int]] = []
        if head.plural:
            at = self._behind_bracket(at)
        while at + 1 < len(words) and len(pending) < _LIST_LENGTH:
            comma = words[at].text == ","
            closing = words[at].lower == "and"
            if not (comma or closing):
                break
            after = at + 1
            if comma and words[after].lower == "and":
                closing, after = True, after + 1
            # "Office for Eastern Africa and the Sahel"
            article = after + 1 < len(words) and words[after].lower == "the"
            region = closing and article and words[after + 1].lower in word_list("links", "regions")
            after += region
            if after >= len(words) or not (region or self._may_join(after, head, ranges[0])):
                break
            at = self._end(after, head)
            pending.append((after, at))
            if head.plural and not closing:
                at = self._behind_bracket(at)
            if closing:
                return ranges + pending
        return ranges

    def _behind_bracket(self, at: int) -> int:
        """Step over a short form in brackets within a list: "Departments of Defense (DOD) and State"."""
        words = self._words
        bracket = at + 3 < len(words) and words[at].text == "(" and words[at + 2].text == ")"
        return at + 3 if bracket and words[at + 3].text in {"and", ","} else at

    def _end(self, start: int, head: Head) -> int:
        """Return the index behind one run of a complement."""
        words = self._words
        match = self._matches.get(start)
        if match is not None and not match.adjective:
            return self._topic_of_body(match)
        end = start + 1
        while end < len(words) and self._goes_on(start, end, head):
            end += 1
        if head.words in word_list("alone", "offices"):
            end = self._post_goes_on(end)
        far = end
        if far + 1 < len(words) and words[far].lower == "and" and words[far + 1].capital:
            far += 2
            while far < len(words) and words[far].capital:
                far += 1
        cut = self._portfolio(start, far)
        return end if cut is None else cut

    def _topic_of_body(self, match: Match) -> int:
        """Return the index behind a known name, or behind the common noun of its topic: "for [NATO Operations]"."""
        words = self._words
        end = match.behind
        if _is_place(match) and end < len(words) and words[end].text in {"Region", "Area"}:
            return end + 1
        named = _is_place(match) or (match.entity.kind is EntityKind.ORGANIZATION and match.entity.type != "country")
        while (
            named and end < len(words) and words[end].capital and words[end].lower in word_list("links", "activities")
        ):
            end += 1
        return end

    def _post_goes_on(self, end: int) -> int:
        """Step over what a post in a complement governs: "Office of the Under Secretary of Defense for Policy"."""
        words = self._words
        posts = word_list("posts", "words")
        if words[end - 1].lower not in posts:
            return end
        while end + 1 < len(words) and words[end].lower in {"of", "for"}:
            start = end + 1 + (words[end + 1].lower == "the")
            match = self._matches.get(start)
            if (
                start >= len(words)
                or not words[start].capital
                or (match is not None and match.entity.type != "country")
            ):
                break
            end = start + 1
            while end < len(words) and words[end].capital:
                end += 1
        return end

    def _goes_on(self, start: int, end: int, head: Head) -> bool:
        words = self._words
        word, former = words[end], words[end - 1]
        if word.lower == "the":
            return end + 1 < len(words) and words[end + 1].capital
        if word.number and len(word.text) == _YEAR_LENGTH:
            return head.kind is EntityKind.AGREEMENT and former.capital
        if not word.capital or is_calendar(word) or end in self._columns:
            return False
        if word.lower in word_list("links", "addresses"):
            return False
        following = self._matches.get(end)
        if following is None or following.adjective or following.entity.kind is not EntityKind.ORGANIZATION:
            return True
        return former.lower == "the" or words[start].lower in word_list("links", "verbs")

    def _portfolio(self, start: int, end: int) -> int | None:
        """Return where the longest known portfolio ends when another body's name follows it at once."""
        words = self._words
        portfolios = word_list("portfolios", "names")
        for cut in range(end - 2, start, -1):
            known = " ".join(word.lower for word in words[start:cut]) in portfolios
            if known and words[cut].capital and head_at_end(words[cut:end]) is not None:
                return cut
        return None

    def _may_join(self, at: int, head: Head, first: tuple[int, int]) -> bool:
        """Say whether a word behind a comma or "and" is one more complement of the same head."""
        words = self._words
        word = words[at]
        if not word.capital or word.lower in word_list("posts", "words") | word_list("openers", "words"):
            return False
        match = self._matches.get(at)
        if match is not None:
            return self._name_joins(match, head, self._matches.get(first[0]))
        end = self._end(at, head)
        portfolio = " ".join(word.lower for word in words[at:end]) in word_list("portfolios", "names")
        if head_at_end(words[at:end]) is not None and end - at > 1 and not portfolio:
            return False
        front = head_at_end(words[at : at + 1])
        return not (front is not None and at + 1 < len(words) and words[at + 1].lower == "of")

    def _name_joins(self, match: Match, head: Head, before: Match | None) -> bool:
        if match.adjective:
            return False
        if head.plural and _is_place(match):
            return True
        held = match.behind < len(self._words) and self._words[match.behind].what == "possessive"
        states = match.entity.type == "country" and before is not None and before.entity.type == "country"
        return states and not held and (head.plural or head.kind is not EntityKind.ORGANIZATION)


def _opens_bracket(words: Sequence[Word], at: int) -> bool:
    return bracket_at(words, at) is not None


def _is_place(match: Match) -> bool:
    return match.entity.kind is EntityKind.PLACE
