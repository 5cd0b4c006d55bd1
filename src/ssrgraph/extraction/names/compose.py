"""Names composed by pattern: a capitalised phrase with a head noun ("Ministry of …", "… National Police")."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.brackets import bracket_at
from ssrgraph.extraction.names.complements import Complements
from ssrgraph.extraction.names.foreign import foreign_end
from ssrgraph.extraction.names.heads import Head, head_at_end, head_inside, lower_head, word_list
from ssrgraph.extraction.names.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ssrgraph.extraction.names.matching import Match
    from ssrgraph.extraction.names.words import Word

_SHORT_NUMBER = 5
_LONGEST_PORTFOLIO = 8
_LONGEST_NGO = 3
_LONGEST_SHORT_NAME = 3


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
        columns: Indices of the words behind a gap as between the columns of a table.
    """

    def __init__(
        self, words: Sequence[Word], matches: Mapping[int, Match], columns: frozenset[int] = frozenset()
    ) -> None:
        self._words = words
        self._matches = matches
        self._runs = Runs(words, matches, columns)
        self._complements = Complements(words, matches, columns)

    def at(self, first: int) -> Composed | None:
        """Return the composed name that begins at a word, if there is one with a known head."""
        if not self._runs.begins(first) or self._opens_with_post(first):
            return None
        return self._union_mission(first) or self._by_head(first)

    def _by_head(self, first: int) -> Composed | None:
        reach = self._runs.at(first)
        run = reach.behind
        found = self._headed(first, run)
        if found is None:
            return self._fronted(first, run) or self._withlower_head(first, run, reach.skip)
        fronted = self._fronted(first, run) if found[1] == first + 1 else None
        if fronted is not None or (found[1] == first + 1 and self._words[first].lower in word_list("fronted", "heads")):
            return fronted
        head, head_behind = self._unit(first, found[0], found[1]), found[1]
        if head_behind < run and self._tail_allowed(head, head_behind, run):
            return Composed(first, run, head, head_behind, reach.skip)
        if head_behind < run and not self._cut_allowed(head_behind):
            return self._fronted(first, run)
        return self._whole(first, head_behind, head, reach.skip)

    def _opens_with_post(self, first: int) -> bool:
        """Say whether a post begins or holds what looks like a name: "Commander Air Force", "Head of Mission of X"."""
        words = [word.lower for word in self._words[first : first + 3]]
        if words[0] == "mission" and first > 1:
            before = [word.lower for word in self._words[first - 2 : first]]
            return before in (["head", "of"], ["chief", "of"]) and words[1:2] == ["of"]
        posts = word_list("posts", "words")
        for post, head in pairwise(word.lower for word in self._words[first : first + 4]):
            if post in posts and head in {"ministry", "department"}:
                return True
        behind = words[1:] if words[0] == "deputy" else words
        return len(behind) > 1 and behind[0] == "commander" and self._words[first + 1].capital

    def _union_mission(self, first: int) -> Composed | None:
        """Read a mission of the European Union by its short name and the place behind it: "EUCAP Sahel Niger"."""
        if (
            self._words[first].lower not in word_list("links", "union_missions")
            or not self._words[first].text.isupper()
        ):
            return None
        known = self._matches.get(first)
        if known is not None and known.behind > first + 1:
            return None
        end = first + 1
        others = word_list("openers", "words") | word_list("posts", "words")
        while (
            end < len(self._words)
            and end - first < _LONGEST_SHORT_NAME
            and self._words[end].capital
            and self._words[end].lower not in others
        ):
            end += 1
        head = Head(EntityKind.MISSION, None, "mission")
        return Composed(first, end, head, end) if end > first + 1 else None

    def _whole(self, first: int, run: int, head: Head, skip: tuple[tuple[int, int], ...]) -> Composed | None:
        """Return the name with its complements, unless it is only a head without anything of its own."""
        if self._names_nothing(first, run, head):
            return None
        bracketed = sum(b - a for a, b in skip if b <= run)
        proper = (run - first) - bracketed - len(head.words.split())
        if proper <= 0 and self._is_portfolio(first):
            return None
        short = self._short_form_before_link(run) if head.kind is EntityKind.AGREEMENT else run
        behind, items = self._complements.of(head, short, named=proper > 0)
        if short != run:
            skip = (*skip, (run, short))
            behind = run if behind == short else behind
        skip = tuple(pair for pair in skip if pair[1] <= behind and not self._is_amendment(pair, head))
        named = head.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}
        owned = word_list("alone", "never") | word_list("companies", "trades")
        parts = head.plural and head.words in word_list("links", "units")
        if proper <= 0 and behind > run and (parts or head.words in owned):
            # "Forces of Rwanda", "Shipyard of Norfolk", "Regiments of the Army": said of somebody's, and no names.
            return None
        if behind == run:
            # "Border Police" is a head and yet a name; "Ministries" or "Agreement" alone are none.
            single = " " not in head.words
            statement = head.words in {*word_list("agreement", "bare"), *word_list("alone", "never")}
            if proper <= 0 and (head.plural or (single and not named) or statement or run - first == 1):
                return None
            if head.plural and head.kind is not EntityKind.AGREEMENT and not self._services(first, run, head, proper):
                return None
        if head.words in {"committee", "council", "commission"} and items:
            whose = self._words[items[0][0]].lower
            if whose in word_list("links", "bereaved"):
                head = Head(head.kind, "civil", head.words)
        return Composed(first, behind, head, run, skip, items if head.plural else ())

    def _services(self, first: int, run: int, head: Head, proper: int) -> bool:
        """Say whether a name in the plural is that of one body: "the Royal Medical Services"."""
        article = first > 0 and self._words[first - 1].lower == "the"
        if head.words in word_list("links", "units"):
            return article and proper > 1
        closed = run >= len(self._words) or self._words[run].lower not in word_list("links", "complement")
        return head.words == "service" and article and proper > 1 and closed

    def _is_amendment(self, bracket: tuple[int, int], head: Head) -> bool:
        """Say whether a bracket in a law's name is no short form: "Police (Amendment) Act", "Trade (Mali) Order"."""
        word = self._words[bracket[0] + 1]
        if head.type == "law" and not any(letter.isupper() for letter in word.text[1:]):
            return True
        return word.lower in {"amendment", "amendments", "consolidation", "provisions", "repeal"}

    def _short_form_before_link(self, run: int) -> int:
        """Return the index behind a short form in brackets that parts a head from its topic: "Treaty (ABC) on X"."""
        words = self._words
        bracket = [word.text for word in words[run : run + 3]]
        closed = len(bracket) == 3 and bracket[0] == "(" and bracket[2] == ")"  # noqa: PLR2004 - "(", word, ")"
        link = words[run + 3].lower if closed and run + 3 < len(words) else ""
        return run + 3 if link in word_list("links", "topics") else run

    def _names_nothing(self, first: int, run: int, head: Head) -> bool:
        """Say whether words that end in a head are a plain phrase ("Sales Commission") or a minister's portfolio."""
        words = self._words
        phrase = " ".join(word.lower for word in words[first:run])
        before = [word.lower for word in words[max(0, first - 3) : first]]
        nothing = (
            phrase in word_list("no_bodies", "phrases"),
            self._is_post_of_mission(first, run, head),
            head.words == "international" and self._is_no_society(first, run),
            head.words == "delegation" and not (self._of_union(first) or self._union_behind(run)),
            phrase == "general staff" and before == ["chief", "of", "the"],
            head.words == "authority" and run < len(words) - 1 and words[run].lower == "to",
            # "Deputy Commander Land Forces": a post.
            words[first].lower in {"commander", "deputy"} and head.type in {"military", "police"},
        )
        return any(nothing) or (head.kind is EntityKind.ORGANIZATION and self._is_of_minister(first))

    def _is_of_minister(self, first: int) -> bool:
        """Say whether words stand in a minister's title: "Minister for Defence and [National Service]"."""
        words = self._words
        at = first - 1
        if at > 0 and words[at].lower == "the":
            at -= 1
        joins = {"and", ",", "&"}
        while at > 0 and first - at < _LONGEST_PORTFOLIO and (words[at].capital or words[at].lower in joins):
            at -= 1
        return at > 0 and words[at].lower in {"of", "for"} and words[at - 1].lower in {"minister", "ministers"}

    def _is_post_of_mission(self, first: int, run: int, head: Head) -> bool:
        """Say whether "Mission" belongs to the title of its head: "Head of Mission of X"."""
        before = " ".join(word.lower for word in self._words[max(0, first - 2) : first])
        return head.kind is EntityKind.MISSION and run == first + 1 and before in {"head of", "chief of"}

    def _is_no_society(self, first: int, run: int) -> bool:
        """Say whether words that end in "International" are too many or of too many parts to name a society."""
        links = word_list("links", "complement")
        return run - first > _LONGEST_NGO or any(word.lower in links for word in self._words[first:run])

    def _of_union(self, first: int) -> bool:
        """Say whether a delegation is that of a union of states, and so an embassy: "EU Delegation"."""
        match = self._matches.get(first)
        return match is not None and match.entity.type == "international" and not match.adjective

    def _union_behind(self, run: int) -> bool:
        """Say whether a union of states stands behind "of": "Delegation of the European Union"."""
        words = self._words
        at = run + 1 + (run + 1 < len(words) and words[run + 1].lower == "the")
        return run < len(words) and words[run].lower == "of" and self._of_union(at)

    def _unit(self, first: int, head: Head, head_behind: int) -> Head:
        """Make a company, group or division by number a part of a force: "285th Medical Company"."""
        word = self._words[first]
        numbered = word.number or word.lower in word_list("units", "ordinals")
        named = head_behind - first > len(head.words.split())
        before = self._words[head_behind - len(head.words.split()) - 1].lower if named else ""
        if before == "police" and head.type == "government" and head.words in word_list("alone", "of_police"):
            return Head(EntityKind.ORGANIZATION, "police", head.words, plural=head.plural)
        if numbered and named and head.words in word_list("units", "nouns") and head.type != "police":
            return Head(EntityKind.ORGANIZATION, "military", head.words, plural=head.plural)
        return head

    def _is_portfolio(self, first: int) -> bool:
        """Say whether a bare head stands behind a minister's title: "Minister of the Armed Forces of France"."""
        before = [word.lower for word in self._words[max(0, first - 3) : first] if word.lower != "the"]
        return len(before) > 1 and before[-1] in {"of", "for"} and before[-2] in word_list("posts", "ministers")

    def _headed(self, first: int, run: int) -> tuple[Head, int] | None:
        found = self._head_of_run(first, run)
        return None if found is not None and self._no_mission(found[0], first, found[1]) else found

    def _head_of_run(self, first: int, run: int) -> tuple[Head, int] | None:
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

    def _no_mission(self, head: Head, first: int, head_behind: int) -> bool:
        """Say whether "mission" means a delegation or an embassy: "Trade Mission", "Permanent Mission"."""
        if head.kind is not EntityKind.MISSION:
            return False
        state = self._matches.get(first)
        if head.words == "mission" and state is not None and state.behind == head_behind - 1:
            # "U.S. Mission": an embassy.
            return state.entity.type == "country"
        modifiers = self._words[max(0, first - 1) : head_behind - 1]
        return any(w.lower in word_list("mission", "delegations") for w in modifiers)

    def _tail_allowed(self, head: Head, head_behind: int, run: int) -> bool:
        """Say whether the words behind a head belong to the name: "Law 20", "NATO Mission Iraq", "Command North"."""
        tail = self._words[head_behind:run]
        # "Task Force - Sahel", with a dash: the part behind it.
        if len(tail) > 1 and tail[0].what == "mark":
            return head.kind is EntityKind.MISSION and len(tail) == 2 and tail[1].capital  # noqa: PLR2004 - dash, word
        if all(w.number or (len(w.text) <= _SHORT_NUMBER and any(c.isdigit() for c in w.text)) for w in tail):
            return head.kind in {EntityKind.AGREEMENT, EntityKind.MISSION} or head.words in {
                "battle group",
                "maritime group",
            }
        unit = head.kind is EntityKind.MISSION or head.type == "military"
        if unit and len(tail) == 1 and tail[0].lower in word_list("alone", "compass"):
            return True
        match = self._matches.get(head_behind)
        state = match is not None and match.behind == run and not match.adjective
        # "University of X Y", with a short form behind: the state is a part of the name.
        defined = state and match is not None and match.entity.type == "country" and bracket_at(self._words, run)
        taught = head.words in word_list("alone", "of_a_state")
        return (unit and state) or (defined is not None and defined is not False and taught)

    def _cut_allowed(self, at: int) -> bool:
        """Say whether a name may end at `at` although capitals follow: a post, or another name."""
        post = self._words[at].lower in word_list("posts", "words")
        return post or at in self._matches or head_at_end(self._words[at : at + 1]) is not None

    def _fronted(self, first: int, run: int) -> Composed | None:
        """Read a name that begins with its head and has no "of": "Cartel X", "Fundación Y", "Garde nationale"."""
        head = self._words[first].lower
        foreign = head in word_list("fronted", "heads")
        if not (foreign or head in word_list("fronted", "shared")):
            return None
        end = foreign_end(self._words, run)
        if end == (first + 1 if foreign else run):
            return None
        kind = head_at_end(self._words[first : first + 1])
        known = kind[0] if kind else Head(EntityKind.ORGANIZATION, self._fronted_type(head), head)
        return Composed(first, end, known, first + 1)

    @staticmethod
    def _fronted_type(head: str) -> str:
        types = ("government", "military", "police")
        return next((type_ for type_ in types if head in word_list("fronted", type_)), "civil")

    def _withlower_head(self, first: int, run: int, skip: tuple[tuple[int, int], ...]) -> Composed | None:
        """Read a name whose head is in lower case: "Multinational Security Support (MSS) mission"."""
        words = self._words
        behind = run
        bracket = [word.text for word in words[behind : behind + 3]]
        if len(bracket) == 3 and bracket[0] == "(" and bracket[2] == ")" and words[behind + 1].capital:  # noqa: PLR2004 - "(", word, ")"
            skip = (*skip, (behind, behind + 3))
            behind += 3
        if behind >= len(words) or words[behind].capital or words[run - 1].lower in word_list("posts", "words"):
            return None
        match = self._matches.get(first)
        agreement = lower_head("agreements", words[behind].lower)
        if agreement is not None and run - first == 1 and not skip and self._may_name_an_agreement(first, match):
            return Composed(first, behind + 1, agreement, behind + 1)
        head = lower_head("heads", words[behind].lower) or self._defined_head(first, behind)
        # One word is no name of a mission, nor is a known body's name.
        if head is None or run - first == 1 or (match is not None and match.behind == run):
            return None
        return Composed(first, behind + 1, head, behind + 1, skip)

    def _defined_head(self, first: int, at: int) -> Head | None:
        """Return a body's head in lower case behind which a short form is defined: "Safe Ground organisation (SGO)"."""
        bracket = bracket_at(self._words, at + 1)
        found = head_at_end(self._words[at : at + 1])
        if bracket is None or found is None or found[0].plural or found[0].kind is not EntityKind.ORGANIZATION:
            return None
        initials = "".join(word.text[0] for word in self._words[first : at + 1]).casefold()
        if not bracket.abbreviation or bracket.words.casefold()[:2] != initials[:2]:
            return None
        # An "organisation" with a capital is one of states; in lower case it is a society.
        society = found[0].words in {"organization", "organisation"}
        return Head(EntityKind.ORGANIZATION, "civil", found[0].words) if society else found[0]

    def _may_name_an_agreement(self, first: int, match: Match | None) -> bool:
        """Say whether one capitalised word names the agreement or law behind it: a place, or a person's name."""
        if match is not None:
            return match.entity.kind is EntityKind.PLACE and not match.adjective
        article = first > 0 and self._words[first - 1].lower == "the"
        return article and not self._words[first].text.isupper()
