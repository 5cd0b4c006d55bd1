"""Persons in posts: who holds which post where, as titles, appositions, appointments and lists say it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.extraction.claims.copular_posts import named_by_verb
from ssrgraph.extraction.claims.headed_bodies import after_space, headed_by, heads, listed
from ssrgraph.extraction.claims.officeholders import Holder, Officeholders
from ssrgraph.extraction.claims.post_places import with_line_below, with_places, with_portfolio
from ssrgraph.extraction.claims.posts import Post, is_interim, read_post
from ssrgraph.extraction.claims.predecessors import predecessors
from ssrgraph.extraction.claims.profile import is_pair
from ssrgraph.extraction.claims.role_rows import merged
from ssrgraph.extraction.claims.signed_posts import signed_posts
from ssrgraph.extraction.claims.successions import counterparts, successions
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Role
from ssrgraph.extraction.names.titles import person_words, plain
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Claim, Rejected

_OPEN = re.compile(r"\s*(?:,|[–—(]|\s-(?=\s))\s*")
_NICKNAME = re.compile(r"\s*[“\"‘][^”\"’]{2,25}[”\"’]\s+[A-Z]")
_NATION = re.compile(r"\s*\((?P<name>[A-Z][A-Za-z. ]{1,30})\)(?=\s*,|\s+[a-z])")
_LINE = re.compile(r"[ \t]*,?[ \t]*\n\s*")
_CLOSE = re.compile(r"\s*(?:[,)–—]|\s-(?=\s))?\s*")
_AND = re.compile(r",?\s*(?:and|as well as|&)\s+(?:(?:is|was|also|as|the|concurrently)\s+)*")
_COMMA = re.compile(r"[,:–—]\s*$")


def read_roles(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each post of each person; a title alone only for who has no post in the document."""
    yield from analysis.once(_all_roles)


def _all_roles(analysis: Analysis) -> tuple[Claim | Rejected, ...]:
    claims = [claim for sentence in analysis.sentences for claim in _Sentence(analysis, sentence).roles()]
    claims += signed_posts(analysis)
    placed = list(with_places(analysis, claims))
    return tuple(merged(analysis, [*placed, *predecessors(analysis, placed)]))


class _Sentence:
    """Reads the posts of the persons in one sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._sentence = sentence
        self._persons = Officeholders(analysis, sentence)
        self._last_state: tuple[int, Post] | None = None

    def roles(self) -> list[Role]:
        """Return the roles of this sentence."""
        found: list[Role] = []
        groups = self._persons.groups()
        for group in groups:
            for number, holder in enumerate(group):
                found += self._in_front(holder, group if number == 0 else [holder], follows=number > 0)
        for group in groups:
            for holder in group:
                found += self._behind(holder, group if holder is group[-1] else [holder])
        for holder in self._persons.all:
            found += heads(self._persons, holder, after_space(self._text, self._after_nation(holder)))
            found += [*headed_by(self._persons, holder), *named_by_verb(self._persons, holder)]
            found += listed(self._persons, holder)
            found += [*self._of_body(holder), *self._titled(holder)]
        found += counterparts(self._persons, found)
        return [*found, *successions(self._persons)]

    def _in_front(self, holder: Holder, group: Sequence[Holder], *, follows: bool) -> Iterator[Role]:
        """Read the post in front of a name, or in front of a comma and the name."""
        near = Span(self._persons.bound_before(holder.start), holder.start)
        post = read_post(self._analysis, self._sentence, near, whole=True)
        if post is not None:
            named = self._persons.with_honorific(holder, post)
            of = self._persons.body_behind(holder)
            if of is not None and not post.organization:
                post = replace(post, organization=(of.entity,), holders=of.span)
            post = self._shared_state(holder, post)
            # "Minister X" and no more: the office is the title.
            office = post.bare and post.head in person_words("titles", "offices")
            if not office or post.organization or named.title:
                self._persons.front(holder)
                yield from self._all_posts(group if post.plural else [named], post, "post in front of a name")
                return
            near = Span(near.start, post.span.start)
        if not follows:
            end = self._persons.before_nation(holder) if near.end == holder.start else near.end
            yield from self._before_comma(holder, group, end)

    def _before_comma(self, holder: Holder, group: Sequence[Holder], end: int) -> Iterator[Role]:
        """Read the post in front of a comma and a name: "The commander of Y, Colonel X"."""
        comma = _COMMA.search(self._text[self._sentence.span.start : end])
        if comma is None:
            return
        at = self._sentence.span.start + comma.start()
        before = self._persons.bound_before(at)
        post = read_post(self._analysis, self._sentence, Span(before, at), whole=True)
        if post is None:
            return
        second = re.match(r"\s+and\s+(?:his|her|the|its)\s", self._text[before:at])
        beside = any(other.end == before for other in self._persons.all)
        if not beside or second or self._acts_between(before, post.span.start):
            named = self._persons.with_office(holder)
            self._persons.front(holder)
            post = self._persons.with_body_behind(holder, post)
            if self._text[at] == ":" and not post.organization:
                post = self._of_sheet(post)
            yield from self._all_posts(group if post.plural else [named], post, "post and comma in front of a name")

    def _acts_between(self, start: int, end: int) -> bool:
        """Say whether a verb stands in a stretch: what follows a name is no post of its own."""
        verbs = (t for t in self._sentence.tokens if t.pos_ == "VERB")
        return any(start <= self._sentence.token_span(verb).start < end for verb in verbs)

    def _of_sheet(self, post: Post) -> Post:
        """Give a post in a line of a fact sheet ("Head: X") the body that the nearest heading above it names."""
        for block in reversed(self._analysis.document.blocks):
            if block.kind not in {BlockKind.TITLE, BlockKind.HEADING} or block.span.end > self._sentence.span.start:
                continue
            if block.kind is BlockKind.HEADING and is_pair(self._text, block.span):
                continue
            named = [m for m in self._analysis.mentions_in(block.span) if self._persons.is_body(m) and m.form == "name"]
            bodies = {m.entity for m in named} or set(self._titled_after(block.span))
            if len(bodies) == 1:
                return replace(post, organization=tuple(bodies))
        return post

    def _titled_after(self, heading: Span) -> Iterator[str]:
        """Yield the bodies that a heading in capitals names, and the text elsewhere."""
        words = self._analysis.words(heading).casefold()
        for name, mention in self._analysis.once(_named_bodies):
            if name in words and self._persons.is_body(mention) and re.search(rf"\b{re.escape(name)}\b", words):
                yield mention.entity

    def _all_posts(self, group: Sequence[Holder], post: Post, rule: str) -> Iterator[Role]:
        for number, one in enumerate(group):
            own = self._persons.body_behind(one) if number else None
            if own is not None:
                # "Ministers X of Y and Z of W"
                post = replace(post, organization=(own.entity,), holders=own.span)
            yield self._persons.claim(one, post, rule)
            if post.also is not None:
                yield self._persons.claim(one, post.also, rule)

    def _shared_state(self, holder: Holder, post: Post) -> Post:
        """Give an office the state of the one in front of it: "Kosovo President X and Prime Minister Y"."""
        former = self._last_state
        office = post.role.casefold() in person_words("titles", "posts") | {"first lady"}
        if (
            former is not None
            and office
            and not post.organization
            and re.fullmatch(r"\s*(?:,|,?\s*and)\s*", self._text[former[0] : post.span.start])
        ):
            post = replace(post, organization=former[1].organization, holders=former[1].holders)
        entities = [self._analysis.entities[one] for one in post.organization]
        self._last_state = (holder.end, post) if office and entities and entities[0].type == "country" else None
        return post

    def _behind(self, holder: Holder, group: Sequence[Holder]) -> Iterator[Role]:
        """Read what follows a name: appositions, predicates, appointments."""
        at = self._after_nation(holder)
        sent = self._persons.body_behind(holder) if at == holder.end else None
        at = sent.span.end if sent is not None else at
        yield from self._next_line(holder, at)
        opening = _OPEN.match(self._text, at, self._sentence.span.end)
        if opening is not None:
            who = _ties("who").match(self._text, opening.end(), self._sentence.span.end)
            start = after_space(self._text, who.end()) if who else opening.end()
            post = self._apposed(start)
            several = post is not None and post.plural and len(group) == 1
            if post is not None and not several and (who or self._may_apposition(holder, post)):
                post = self._persons.placed(post)
                yield from self._for_all(holder, group, post, "apposition")
                at = post.span.end
                at = yield from self._more(holder, group, at, "apposition")
            else:
                yield from heads(self._persons, holder, _after_who(self._text, opening.end()))
            closing = _CLOSE.match(self._text, at, self._sentence.span.end) if post is not None else None
            at = closing.end() if closing else at
        yield from self._predicates(holder, group, at)

    def _after_nation(self, holder: Holder) -> int:
        """Return the offset behind a name with letters and a nation in brackets: "X KCB (Portugal)"."""
        named = self._persons.after_letters(holder)
        nation = _NATION.match(self._text, named, self._sentence.span.end)
        return nation.end() if nation and self._analysis.mention_at(nation.start("name")) else named

    def _next_line(self, holder: Holder, at: int) -> Iterator[Role]:
        """Read the post in the line under a name, as in the signature of a letter."""
        line = _LINE.match(self._text, at, self._sentence.span.end)
        if line is None or self._persons.is_fronted(holder):
            return
        end = self._text.find("\n", line.end(), self._sentence.span.end)
        end = end if end >= 0 else self._sentence.span.end
        post = self._apposed(line.end(), end)
        if post is not None and (post.span.start == line.end() or self._text[line.end() : post.span.start].isspace()):
            post = with_line_below(self._analysis, with_portfolio(self._text, self._persons.placed(post)))
            yield self._persons.claim(holder, post, "line under a name")
            yield from self._more(holder, [holder], post.span.end, "line under a name")

    def _predicates(self, holder: Holder, group: Sequence[Holder], at: int) -> Iterator[Role]:
        for name in ("appointed", "is"):
            verb = _ties(name).match(self._text, after_space(self._text, at), self._sentence.span.end)
            if verb is None:
                continue
            post = self._apposed(after_space(self._text, verb.end()))
            if post is not None:
                yield from self._for_all(holder, group, post, "predicate" if name == "is" else "appointment")
                yield from self._more(holder, group, post.span.end, "predicate")
                return
        named = _ties("appoint", behind=r"\s+(?:the\s+)?$").search(
            self._text[self._sentence.span.start : group[0].start]
        )
        fronted = self._text[self._sentence.span.start : group[0].start].rstrip().casefold()
        as_ = _ties("as").match(self._text, after_space(self._text, at), self._sentence.span.end)
        beside = re.search(r"\bwith\s+$", self._text[self._sentence.span.start : group[0].start]) is not None
        if as_ is not None and (named or beside or fronted.endswith("'s appointment") or self._appointing()):
            post = self._apposed(after_space(self._text, as_.end()))
        elif named and as_ is None:
            post = self._apposed(after_space(self._text, at))
        else:
            return
        if post is not None:
            yield from self._for_all(holder, group, post, "appointment")
            yield from self._more(holder, group, post.span.end, "appointment")

    def _appointing(self) -> bool:
        return (
            re.search(r"\b(?:re)?(?:appoint|nominat|designat|promot)", self._sentence.span.of(self._text)) is not None
        )

    def _for_all(self, holder: Holder, group: Sequence[Holder], post: Post, rule: str) -> Iterator[Role]:
        for one in group if post.plural and len(group) > 1 else [holder]:
            one = self._persons.with_office(one)  # noqa: PLW2901 - "Ambassador X, head of Y": the office is the title
            yield self._persons.claim(one, post, rule)

    def _more(self, holder: Holder, group: Sequence[Holder], at: int, rule: str) -> Generator[Role, None, int]:
        link = _AND.match(self._text, at, self._sentence.span.end)
        post = self._apposed(link.end()) if link else None
        if link is None or post is None or (" the " in link.group() and self._is_of_next(post)):
            return at
        post = self._persons.placed(post)
        yield from self._for_all(holder, group, post, rule)
        return post.span.end

    def _apposed(self, start: int, limit: int | None = None) -> Post | None:
        """Return the post that a phrase from an offset on names, if it is not the post of a person behind it."""
        end = self._sentence.span.end if limit is None else limit
        for mark in re.finditer(r"[;:()“”\"–—]|\s-\s|,|\.(?=\s|$)", self._text[start:end]):
            held = self._analysis.mention_at(start + mark.start())
            if mark.group() in "()." and is_interim(self._text, start, start + mark.start()):
                continue
            if held is None or not held.span.start < start + mark.start() < held.span.end:
                if mark.group() == "," and re.match(
                    r",\s+[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?,?\s+and\s+[A-Z]", self._text[start + mark.start() : end]
                ):
                    continue
                end = start + mark.start()
                break
        post = read_post(self._analysis, self._sentence, Span(start, end))
        if post is None:
            return None
        if _NICKNAME.match(self._text, post.span.end):
            return None
        follower = next((h for h in self._persons.all if h.start >= start), None)
        if follower is not None and follower.start <= after_space(self._text, post.span.end):
            return None
        if follower is not None and (
            follower.mention.span.start < post.span.end or self._leads_to(post.span.end, follower.start)
        ):
            return None
        return post

    def _is_of_next(self, post: Post) -> bool:
        """Say whether a post with an article stands in front of a comma and another name."""
        follower = next((h for h in self._persons.all if h.start >= post.span.end), None)
        return follower is not None and re.fullmatch(r"\s*,\s*", self._text[post.span.end : follower.start]) is not None

    def _leads_to(self, at: int, start: int) -> bool:
        """Say whether only capitalised words stand between a post and the name behind it."""
        if re.fullmatch(r"\s+(?:and|&)\s+(?:the\s+)?", self._text[at:start]):
            # "X, administrator of Y and Mr. Z"
            return not any(holder.start == start and holder.title for holder in self._persons.all)
        return re.fullmatch(r"(?:\s+(?:[A-Z][\w’'-]*|of|for|and|the|to))*\s*", self._text[at:start]) is not None

    def _may_apposition(self, holder: Holder, post: Post) -> bool:
        """Say whether a phrase between two names belongs to the first: not where the first has its post in front."""
        follower = next((h for h in self._persons.all if h.start >= post.span.end), None)
        if follower is None or not self._persons.is_fronted(holder):
            return True
        gap = self._text[post.span.end : follower.start]
        return re.fullmatch(r"\s*,\s*", gap) is None

    def _of_body(self, holder: Holder) -> Iterator[Role]:
        """Read "Major General X of the Y": a title and a body, and no post."""
        body = self._persons.body_behind(holder) or self._persons.body_beside(self._persons.after_letters(holder))
        ranked = holder.title is not None and self._ranked(holder.title)
        if body is None and ranked:
            body = self._persons.body_in_front(holder)
        if body is not None and holder.title is not None and self._persons.is_body(body):
            quote = Span(min(holder.start, body.span.start), max(holder.end, body.span.end))
            yield Role(
                quote=quote,
                passage=self._persons.passage(quote),
                words={"person": holder.mention.span, "title": holder.title, "organization": body.span},
                person=holder.mention.entity,
                title=self._persons.title_of(holder),
                organization=(body.entity,),
                confidence=0.75,
                rule="title and body",
            )

    def _titled(self, holder: Holder) -> Iterator[Role]:
        """Read a rank or office in front of a name; kept only for who has no post."""
        named = self._persons.with_office(holder)
        if named.title is None:
            return
        if not self._ranked(named.title):
            return
        quote = Span(named.start, named.end)
        yield Role(
            quote=quote,
            passage=self._persons.passage(quote),
            words={"person": named.mention.span, "title": named.title},
            person=named.mention.entity,
            title=self._persons.title_of(named),
            confidence=0.8,
            rule="title alone",
        )

    def _ranked(self, title: Span) -> bool:
        """Say whether a title is a rank or an office, and no mere form of address."""
        offices = person_words("titles", "offices") | person_words("titles", "rank_ends")
        return any(plain(word) in offices for word in words_of(self._text, title))


def _after_who(text: str, at: int) -> int:
    who = re.compile(r"who\s+").match(text, at)
    return who.end() if who else at


def _named_bodies(analysis: Analysis) -> list[tuple[str, Mention]]:
    """Return the names in the text, each with one of its mentions for each entity."""
    named = ((analysis.words(m.span).casefold().split(" (")[0], m) for m in analysis.mentions if m.form == "name")
    return list({(name, m.entity): (name, m) for name, m in named}.values())


@cache
def _ties(name: str, behind: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_lexicon("roles")["ties"][name]) + ")" + behind, re.IGNORECASE)
