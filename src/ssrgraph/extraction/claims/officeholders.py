"""The persons of one sentence with the titles in front of their names, and which of them stand in one list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.posts import of_state, read_post
from ssrgraph.extraction.model import Role
from ssrgraph.extraction.names.titles import person_words, plain, title_start
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.posts import Post

_COMPLEMENT = re.compile(r" of (?=.)")
_BOUNDARY = re.compile(r"[,;:()\[\]“”\"–—•!?]|(?<=\s)-(?=\s)|-(?=\s)")
# A body beside a post, and what may follow it there: "Programme Manager, UNDP", "Minister (Ministry of Defence)".
_BESIDE = re.compile(r"(?:\s*[,(]|\s+[–—-](?=\s))\s*(?:the\s+)?")
_AFTER_BODY = re.compile(r"(?:\s*\([^)]{2,30}\))?(?:\s*(?:$|[,;)|]\s*|\.(?=\s|$)|\n))")
_GAP = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|&|,?\s*as well as|,?\s*together with)\s*(?:the\s+)?")
_OF = re.compile(r"\s+(?:of|from|for|on behalf of)\s+(?:the\s+)?")
_NATION = re.compile(r"\s*\([A-Z][A-Za-z. ]{1,20}\)")
# A part of a body, behind which the whole stands: "Division for International Affairs, Ministry of Defence".
_PART = re.compile(r"\b(?:[Dd]ivision|[Ss]ection|[Dd]irectorate|[Dd]epartment|[Uu]nit|[Bb]ranch|[Oo]ffice)\b")
_POSSESSIVE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person at a place of the text.

    Attributes:
        mention: The name.
        title: The rank or form of address in front of it.
        start: Where title and name begin.
    """

    mention: Mention
    title: Span | None
    start: int

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.mention.span.end


class Officeholders:
    """The persons of one sentence.

    Args:
        analysis: The document.
        sentence: The sentence.
    """

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self.analysis = analysis
        self.sentence = sentence
        self.text = analysis.text
        self._words = words_of(analysis.text, sentence.span)
        self._fronted: set[int] = set()
        persons = [m for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.PERSON and m.form == "name"]
        self.all = self._sharing([self._holder(mention) for mention in persons])

    def front(self, holder: Holder) -> None:
        """Remember that a post stands in front of a name."""
        self._fronted.add(holder.mention.span.start)

    def is_fronted(self, holder: Holder) -> bool:
        """Say whether a post stands in front of a name."""
        return holder.mention.span.start in self._fronted

    def _holder(self, mention: Mention) -> Holder:
        at = next(i for i, word in enumerate(self._words) if word.end > mention.span.start)
        first = title_start(self._words, at)
        if at - first == 1 and plain(self._words[first]) == "commander" and self._commands(first):
            first = at
        title = Span(self._words[first].start, self._words[at - 1].end) if first < at else None
        return Holder(mention=mention, title=title, start=title.start if title else mention.span.start)

    def _commands(self, at: int) -> bool:
        """Say whether "Commander" is a post and no rank: behind a body that is no navy ("KFOR Commander X")."""
        found = self.analysis.mention_at(self._words[at - 1].start) if at else None
        if found is None or not self.is_body(found) or found.form != "name":
            return False
        return re.search(r"\b(?:navy|naval|coast guard|maritime)\b", self.analysis.words(found.span).casefold()) is None

    def _sharing(self, holders: list[Holder]) -> list[Holder]:
        """Give a title in the plural to all in the list behind it: "Generals X and Y"."""
        shared: list[Holder] = []
        for holder in holders:
            former = shared[-1] if shared else None
            if (
                former is not None
                and former.title is not None
                and holder.title is None
                and self.text[former.title.start : former.title.end].endswith("s")
                and re.fullmatch(r"\s*(?:,|,?\s*and)\s*", self.text[former.end : holder.start])
            ):
                plural = self.analysis.words(former.title).casefold().split()[-1]
                if plural.removesuffix("s") in person_words("titles", "rank_ends"):
                    shared.append(Holder(mention=holder.mention, title=former.title, start=holder.start))
                    continue
            shared.append(holder)
        return shared

    def groups(self) -> list[list[Holder]]:
        """Return the persons in lists: with only commas, "and" and titles between them."""
        groups: list[list[Holder]] = []
        for holder in self.all:
            if groups and self._joined(groups[-1][-1], holder):
                groups[-1].append(holder)
            else:
                groups.append([holder])
        return groups

    def _joined(self, former: Holder, holder: Holder) -> bool:
        """Say whether two persons stand in one list, each with whom it stands for behind the name or not."""
        body = self.body_behind(former)
        nation = _NATION.match(self.text, former.end, holder.start)
        ends = [former.end, *([body.span.end] if body else []), *([nation.end()] if nation else [])]
        return any(_GAP.fullmatch(self.text, end, holder.start) is not None for end in ends)

    def claim(self, holder: Holder, post: Post, rule: str, *, confidence: float = 0.85) -> Role:
        """Return the claim that a person holds a post."""
        start, end = min(holder.start, post.span.start), max(holder.end, post.span.end)
        words = {"person": holder.mention.span, "role": post.words}
        if post.holders is not None:
            words["organization"] = post.holders
        if holder.title is not None:
            words["title"] = holder.title
        return Role(
            quote=Span(start, end),
            passage=self.passage(Span(start, end)),
            words=words,
            person=holder.mention.entity,
            title=self.title_of(holder),
            role=post.role,
            organization=post.organization,
            confidence=confidence,
            rule=rule,
        )

    def passage(self, quote: Span) -> Span:
        """Return the sentence, with a quote that goes beyond it."""
        return Span(min(quote.start, self.sentence.span.start), max(quote.end, self.sentence.span.end))

    def title_of(self, holder: Holder) -> str | None:
        """Return the words of a title, in the singular."""
        if holder.title is None:
            return None
        words = self.analysis.words(holder.title).split()
        if words[0].casefold() == "the" and len(words) > 1 and words[1][:1].isupper():
            words = words[1:]
        last = words[-1].casefold()
        if last.removesuffix("s") != last and last.removesuffix("s") in person_words(
            "titles", "rank_ends"
        ) | person_words("titles", "offices"):
            words[-1] = words[-1][:-1]
        return " ".join(words)

    def bound_before(self, offset: int) -> int:
        """Return where the stretch without punctuation or person begins that ends at an offset."""
        start = self.sentence.span.start
        for other in self.all:
            if other.end <= offset:
                start = max(start, other.end)
        for mark in _BOUNDARY.finditer(self.text, start, offset):
            held = self.analysis.mention_at(mark.start())
            if held is None or held.span.end > offset or mark.group() not in "()":
                start = mark.end()
        return start

    def body_behind(self, holder: Holder) -> Mention | None:
        """Return the body or state behind a name: "X of Y"."""
        link = _OF.match(self.text, holder.end, self.sentence.span.end)
        found = self.analysis.mention_at(link.end()) if link else None
        return (
            found
            if found is not None
            and found.form == "name"
            and found.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}
            and link
            and found.span.start == link.end()
            and _POSSESSIVE.match(self.text, found.span.end) is None
            else None
        )

    def with_office(self, holder: Holder) -> Holder:
        """Give a name the office in front of it as its title: "Minister X"."""
        if holder.title is None:
            at = next(i for i, word in enumerate(self._words) if word.end > holder.mention.span.start)
            stop = at > 1 and self._words[at - 1].text == "."
            office = self._words[at - 1 - stop]
            if at and plain(office) in person_words("titles", "offices") and not self.is_fronted(holder):
                return replace(holder, title=Span(office.start, self._words[at - 1].end), start=office.start)
        return holder

    def after_letters(self, holder: Holder) -> int:
        """Return the offset behind a name and the letters behind it: "X KCB MP"."""
        end = holder.end
        for word in self._words:
            if word.start < holder.end:
                continue
            if not word.text.isupper() or plain(word) not in person_words("signs", "behind"):
                break
            end = word.end
        return end

    def body_beside(self, at: int, *, state: bool = False) -> Mention | None:
        """Return the body that a comma, a bracket or a dash sets beside a post or title: "Director, UNDP".

        Args:
            at: Where the post or title ends.
            state: Whether a state will do too, because a minister's post is that of a state.
        """
        mark = _BESIDE.match(self.text, at, self.sentence.span.end)
        found = (self.analysis.mention_at(mark.end()) or self._bracketed(mark)) if mark else None
        if mark is None or found is None or found.span.start != mark.end() or found.form != "name":
            return None
        rest = _AFTER_BODY.match(self.text, found.span.end)
        country = state and self.analysis.entities[found.entity].type == "country"
        if not (country or self.is_body(found)) or rest is None:
            return None
        follower = self.analysis.mention_at(rest.end())
        listed = "," in rest.group() and follower is not None and self.is_body(follower)
        return None if listed and not _PART.search(self.analysis.entities[found.entity].label) else found

    def _bracketed(self, mark: re.Match[str]) -> Mention | None:
        """Return the body of which the document uses the words in a bracket elsewhere."""
        close = self.text.find(")", mark.end(), self.sentence.span.end)
        if "(" not in mark.group() or close < 0:
            return None
        span = Span(mark.end(), close)
        found = self.analysis.once(_by_words).get(self.analysis.words(span))
        return None if found is None else replace(found, span=span, nested=False)

    def placed(self, post: Post) -> Post:
        """Give a post the body or state that is set beside it: "Manager, UNDP", "Minister of Defence, Peru"."""
        body = self.body_beside(post.span.end, state=of_state(post.role)) if not post.organization else None
        if body is None:
            return post
        span = Span(post.span.start, body.span.end)
        return replace(post, span=span, organization=(body.entity,), holders=body.span)

    def with_body_behind(self, holder: Holder, post: Post) -> Post:
        """Give a post in front of a name the body that is set behind the name: "the Editor, Ms. X, Press Office"."""
        body = self.body_beside(holder.end) if not post.organization and not of_state(post.role) else None
        return post if body is None else replace(post, organization=(body.entity,), holders=body.span)

    def body_in_front(self, holder: Holder) -> Mention | None:
        """Return the force directly in front of a title: "U.S. Army Captain X"."""
        before = re.search(r"\s+$", self.text[self.sentence.span.start : holder.start])
        found = self.analysis.mention_at(self.sentence.span.start + before.start() - 1) if before else None
        if found is None or not self.is_body(found) or found.kind is EntityKind.MISSION:
            return None
        of = self.analysis.entities[found.entity].type
        return found if found.form == "name" and of in {"military", "police"} else None

    def with_honorific(self, holder: Holder, post: Post) -> Holder:
        """Give a name the form of address in front of its post: "His Majesty King X"."""
        at = next((i for i, word in enumerate(self._words) if word.start == post.span.start), None)
        if holder.title is not None or at is None:
            return holder
        first = title_start(self._words, at)
        return (
            replace(
                holder, title=Span(self._words[first].start, self._words[at - 1].end), start=self._words[first].start
            )
            if first < at
            else holder
        )

    def before_nation(self, holder: Holder) -> int:
        """Return where title and name begin with the nation in front of them: "Belgian Brigadier General X"."""
        gap = re.search(r"\s+$", self.text[self.sentence.span.start : holder.start])
        found = self.analysis.mention_at(self.sentence.span.start + gap.start() - 1) if gap and holder.title else None
        return found.span.start if found is not None and found.form == "adjective" else holder.start

    def before_post(self, holder: Holder) -> int:
        """Return where nation, title and post in front of a name begin."""
        near = Span(self.bound_before(holder.start), holder.start)
        post = read_post(self.analysis, self.sentence, near, whole=True)
        return post.span.start if post is not None else self.before_nation(holder)

    def is_body(self, mention: Mention) -> bool:
        """Say whether a mention is one of a mission or of a body that is no state."""
        if mention.kind is EntityKind.MISSION:
            return True
        return mention.kind is EntityKind.ORGANIZATION and self.analysis.entities[mention.entity].type != "country"


def _by_words(analysis: Analysis) -> dict[str, Mention]:
    """Return the first name with each wording, and with each wording in front of "of"."""
    named: dict[str, Mention] = {}
    for mention in reversed(analysis.mentions):
        words = analysis.words(mention.span) if mention.form == "name" else ""
        named |= {key: mention for key in (words, *(words[: of.start()] for of in _COMPLEMENT.finditer(words))) if key}
    return named
