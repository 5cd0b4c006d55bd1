"""Persons in posts: who holds which post where, as titles, appositions, appointments and lists say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.entities.naming import fold_name
from ssrgraph.extraction.claims.posts import Post, read_post
from ssrgraph.extraction.lexicon import load_lexicon
from ssrgraph.extraction.model import Role
from ssrgraph.extraction.names.titles import person_words, plain, title_start
from ssrgraph.extraction.names.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.model import Claim, Rejected

_BOUNDARY = re.compile(r"[,;:()\[\]“”\"–—•!?]|(?<=\s)-(?=\s)|-(?=\s)")
_GAP = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|&|,?\s*as well as|,?\s*together with)\s*(?:the\s+)?")
_OPEN = re.compile(r"\s*(?:,|[–—(]|\s-(?=\s))\s*")
_NICKNAME = re.compile(r"\s*[“\"‘][^”\"’]{2,25}[”\"’]\s+[A-Z]")
_NATION = re.compile(r"\s*\([A-Z][A-Za-z. ]{1,20}\)(?=\s*,)")
_CLOSE = re.compile(r"\s*(?:[,)–—]|\s-(?=\s))?\s*")
_AND = re.compile(r",?\s*(?:and|as well as|&)\s+(?:(?:is|was|also|as|the|concurrently)\s+)*")
_OF = re.compile(r"\s+(?:of|from)\s+(?:the\s+)?")
_AUTHORITY = re.compile(r"\bvested in me as (?=[A-Z])")
_REACH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """A person at a place of the text, with the title in front of the name."""

    mention: Mention
    title: Span | None
    start: int

    @property
    def end(self) -> int:
        return self.mention.span.end


def read_roles(analysis: Analysis) -> Iterator[Claim | Rejected]:
    """Yield one claim for each post of each person; a title alone only for who has no post in the document."""
    claims = [claim for sentence in analysis.sentences for claim in _Sentence(analysis, sentence).roles()]
    claims += _by_authority(analysis)
    yield from _merged(analysis, claims)


class _Sentence:
    """Reads the posts of the persons in one sentence."""

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._sentence = sentence
        self._words = words_of(analysis.text, sentence.span)
        persons = [m for m in analysis.mentions_in(sentence.span) if m.kind is EntityKind.PERSON and m.form == "name"]
        self._holders = self._sharing([self._holder(mention) for mention in persons])
        self._fronted: set[int] = set()
        self._last_state: tuple[int, Post] | None = None

    def _holder(self, mention: Mention) -> _Holder:
        at = next(i for i, word in enumerate(self._words) if word.end > mention.span.start)
        first = title_start(self._words, at)
        title = Span(self._words[first].start, self._trimmed(at)) if first < at else None
        return _Holder(mention=mention, title=title, start=title.start if title else mention.span.start)

    def _sharing(self, holders: list[_Holder]) -> list[_Holder]:
        """Give a title in the plural to all in the list behind it: "Generals X and Y"."""
        shared: list[_Holder] = []
        for holder in holders:
            former = shared[-1] if shared else None
            if (
                former is not None
                and former.title is not None
                and holder.title is None
                and self._text[former.title.start : former.title.end].endswith("s")
                and re.fullmatch(r"\s*(?:,|,?\s*and)\s*", self._text[former.end : holder.start])
            ):
                plural = self._analysis.words(former.title).casefold().split()[-1]
                if plural.removesuffix("s") in person_words("titles", "rank_ends"):
                    shared.append(_Holder(mention=holder.mention, title=former.title, start=holder.start))
                    continue
            shared.append(holder)
        return shared

    def _trimmed(self, at: int) -> int:
        return self._words[at - 1].end

    def roles(self) -> list[Role]:
        """Return the roles of this sentence in order."""
        found: list[Role] = []
        groups = self._groups()
        for group in groups:
            for number, holder in enumerate(group):
                found += self._in_front(holder, group if number == 0 else [holder], follows=number > 0)
        for group in groups:
            for holder in group:
                found += self._behind(holder, group if holder is group[-1] else [holder])
        for holder in self._holders:
            found += [
                *self._heads(holder),
                *self._passive(holder),
                *self._listed(holder),
                *self._of_body(holder),
                *self._titled(holder),
            ]
        return found

    def _groups(self) -> list[list[_Holder]]:
        groups: list[list[_Holder]] = []
        for holder in self._holders:
            if groups and _GAP.fullmatch(self._text, groups[-1][-1].end, holder.start):
                groups[-1].append(holder)
            else:
                groups.append([holder])
        return groups

    def _claim(self, holder: _Holder, post: Post, rule: str, *, confidence: float = 0.85) -> Role:
        start, end = min(holder.start, post.span.start), max(holder.end, post.span.end)
        words = {"person": holder.mention.span, "role": post.words}
        if post.holders is not None:
            words["organization"] = post.holders
        if holder.title is not None:
            words["title"] = holder.title
        return Role(
            quote=Span(start, end), passage=self._passage(Span(start, end)), words=words, person=holder.mention.entity,
            title=self._title(holder), role=post.role, organization=post.organization, confidence=confidence, rule=rule,
        )  # fmt: skip

    def _passage(self, quote: Span) -> Span:
        return Span(min(quote.start, self._sentence.span.start), max(quote.end, self._sentence.span.end))

    def _title(self, holder: _Holder) -> str | None:
        if holder.title is None:
            return None
        words = self._analysis.words(holder.title).split()
        last = words[-1].casefold()
        if last.removesuffix("s") != last and last.removesuffix("s") in person_words(
            "titles", "rank_ends"
        ) | person_words("titles", "offices"):
            words[-1] = words[-1][:-1]
        return " ".join(words)

    def _bound_before(self, offset: int) -> int:
        """Return where the stretch without punctuation or person begins that ends at an offset."""
        start = self._sentence.span.start
        for other in self._holders:
            if other.end <= offset:
                start = max(start, other.end)
        for mark in _BOUNDARY.finditer(self._text, start, offset):
            held = self._analysis.mention_at(mark.start())
            if held is None or held.span.end > offset or mark.group() not in "()":
                start = mark.end()
        return start

    def _in_front(self, holder: _Holder, group: Sequence[_Holder], *, follows: bool) -> Iterator[Role]:
        """Read the post in front of a name, or in front of a comma and the name."""
        near = Span(self._bound_before(holder.start), holder.start)
        post = read_post(self._analysis, self._sentence, near, whole=True)
        if post is not None:
            self._fronted.add(holder.mention.span.start)
            named = self._with_honorific(holder, post)
            of = self._state_behind(holder)
            if of is not None and not post.organization:
                post = replace(post, organization=(of.entity,), holders=of.span)
            post = self._shared_state(holder, post)
            if not (
                post.bare and post.head in person_words("titles", "offices") and not (post.organization or named.title)
            ):
                for one in group if post.plural else [named]:
                    yield self._claim(one, post, "post in front of a name", confidence=0.9)
                    if post.also is not None:
                        yield self._claim(one, post.also, "post in front of a name", confidence=0.9)
                return
            self._fronted.discard(holder.mention.span.start)
            near = Span(near.start, post.span.start)
        comma = re.search(r"[,:–—]\s*$", self._text[self._sentence.span.start : near.end])
        if comma is None or follows:
            return
        at = self._sentence.span.start + comma.start()
        before = self._bound_before(at)
        if any(other.end == before and other.mention.span.start not in self._fronted for other in self._holders):
            return
        post = read_post(self._analysis, self._sentence, Span(before, at), whole=True)
        if post is not None and not any(other.end == before for other in self._holders):
            named = self._with_office(holder)
            self._fronted.add(holder.mention.span.start)
            for one in group if post.plural else [named]:
                yield self._claim(one, post, "post and comma in front of a name")
                if post.also is not None:
                    yield self._claim(one, post.also, "post and comma in front of a name")

    def _shared_state(self, holder: _Holder, post: Post) -> Post:
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

    def _with_honorific(self, holder: _Holder, post: Post) -> _Holder:
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

    def _state_behind(self, holder: _Holder) -> Mention | None:
        link = _OF.match(self._text, holder.end, self._sentence.span.end)
        found = self._analysis.mention_at(link.end()) if link else None
        return (
            found
            if found is not None
            and found.form == "name"
            and found.kind in {EntityKind.ORGANIZATION, EntityKind.MISSION}
            and link
            and found.span.start == link.end()
            else None
        )

    def _behind(self, holder: _Holder, group: Sequence[_Holder]) -> Iterator[Role]:
        """Read what follows a name: appositions, predicates, appointments."""
        nation = _NATION.match(self._text, holder.end, self._sentence.span.end)
        at = nation.end() if nation else holder.end
        opening = _OPEN.match(self._text, at, self._sentence.span.end)
        if opening is not None:
            who = _ties("who").match(self._text, opening.end(), self._sentence.span.end)
            start = _after_space(self._text, who.end()) if who else opening.end()
            post = self._apposed(start)
            if post is not None and (who or self._may_apposition(holder, post)):
                yield from self._for_all(holder, group, post, "apposition")
                at = post.span.end
                at = yield from self._more(holder, group, at, "apposition")
            else:
                yield from self._heads_from(holder, _after_who(self._text, opening.end()))
            closing = _CLOSE.match(self._text, at, self._sentence.span.end) if post is not None else None
            at = closing.end() if closing else at
        yield from self._predicates(holder, group, at)

    def _predicates(self, holder: _Holder, group: Sequence[_Holder], at: int) -> Iterator[Role]:
        for name in ("appointed", "is"):
            verb = _ties(name).match(self._text, _after_space(self._text, at), self._sentence.span.end)
            if verb is None:
                continue
            post = self._apposed(_after_space(self._text, verb.end()))
            if post is not None:
                yield from self._for_all(holder, group, post, "predicate" if name == "is" else "appointment")
                yield from self._more(holder, group, post.span.end, "predicate")
                return
        named = _ties("appoint", behind=r"\s+(?:the\s+)?$").search(
            self._text[self._sentence.span.start : group[0].start]
        )
        fronted = self._text[self._sentence.span.start : group[0].start].rstrip().casefold()
        as_ = _ties("as").match(self._text, _after_space(self._text, at), self._sentence.span.end)
        if as_ is not None and (named or fronted.endswith("'s appointment") or self._appointing()):
            post = self._apposed(_after_space(self._text, as_.end()))
        elif named and as_ is None:
            post = self._apposed(_after_space(self._text, at))
        else:
            return
        if post is not None:
            yield from self._for_all(holder, group, post, "appointment")
            yield from self._more(holder, group, post.span.end, "appointment")

    def _appointing(self) -> bool:
        return (
            re.search(r"\b(?:re)?(?:appoint|nominat|designat|promot)", self._sentence.span.of(self._text)) is not None
        )

    def _for_all(self, holder: _Holder, group: Sequence[_Holder], post: Post, rule: str) -> Iterator[Role]:
        for one in group if post.plural and len(group) > 1 else [holder]:
            one = self._with_office(one)  # noqa: PLW2901 - "Ambassador X, head of Y": the office is the title
            yield self._claim(one, post, rule)

    def _more(self, holder: _Holder, group: Sequence[_Holder], at: int, rule: str):  # noqa: ANN202 - a generator that returns an offset
        link = _AND.match(self._text, at, self._sentence.span.end)
        post = self._apposed(link.end()) if link else None
        if post is None:
            return at
        yield from self._for_all(holder, group, post, rule)
        return post.span.end

    def _apposed(self, start: int) -> Post | None:
        """Return the post that a phrase from an offset on names, if it is not the post of a person behind it."""
        end = self._sentence.span.end
        for mark in re.finditer(r"[;:()“”\"–—]|\s-\s|,|\.(?=\s|$)", self._text[start:end]):
            held = self._analysis.mention_at(start + mark.start())
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
        follower = next((h for h in self._holders if h.start >= start), None)
        if follower is not None and follower.start <= _after_space(self._text, post.span.end):
            return None
        if follower is not None and (
            follower.mention.span.start < post.span.end or self._leads_to(post.span.end, follower.start)
        ):
            return None
        return post

    def _leads_to(self, at: int, start: int) -> bool:
        """Say whether only capitalised words stand between a post and the name behind it."""
        return re.fullmatch(r"(?:\s+(?:[A-Z][\w’'-]*|of|for|and|the|to))*\s*", self._text[at:start]) is not None

    def _may_apposition(self, holder: _Holder, post: Post) -> bool:
        """Say whether a phrase between two names belongs to the first: not where the first has its post in front."""
        follower = next((h for h in self._holders if h.start >= post.span.end), None)
        if follower is None or holder.mention.span.start not in self._fronted:
            return True
        gap = self._text[post.span.end : follower.start]
        return re.fullmatch(r"\s*,\s*", gap) is None

    def _heads(self, holder: _Holder) -> Iterator[Role]:
        yield from self._heads_from(holder, _after_space(self._text, holder.end))

    def _heads_from(self, holder: _Holder, at: int) -> Iterator[Role]:
        """Read "X commands Y"."""
        for name in load_lexicon("roles")["heads"]:
            verb = _heads_pattern(name).match(self._text, at, self._sentence.span.end)
            if verb is None:
                continue
            body = self._body_at(_after_space(self._text, verb.end()))
            if body is not None:
                yield self._claim(holder, _post_of(name, Span(verb.start(), verb.end()), body), "heads a body")

    def _body_at(self, at: int) -> Mention | None:
        article = re.compile(r"(?:the|its|their|a|an)\s+(?:new\s+|joint\s+)?").match(self._text, at)
        found = self._analysis.mention_at(article.end() if article else at)
        if found is not None and re.match(
            r"\s+(?!in\b|and\b|for\b|at\b|on\b|since\b|from\b|with\b|until\b|during\b|as\b)[a-z]",
            self._text[found.span.end :],
        ):
            return None
        return found if found is not None and found.form != "adjective" and self._is_body(found) else None

    def _is_body(self, mention: Mention) -> bool:
        if mention.kind is EntityKind.MISSION:
            return True
        return mention.kind is EntityKind.ORGANIZATION and self._analysis.entities[mention.entity].type != "country"

    def _passive(self, holder: _Holder) -> Iterator[Role]:
        """Read "Y is led by X" and "Y, under the chairmanship of X"."""
        before = self._text[self._sentence.span.start : self._before_post(holder)]
        for name in load_lexicon("roles")["passive"]:
            found = _passive_pattern(name).search(before)
            if found is None:
                continue
            at = self._sentence.span.start + found.start()
            bodies = (
                [
                    m
                    for m in self._analysis.mentions_in(Span(self._sentence.span.start, at))
                    if self._is_body(m) and m.form != "adjective"
                ]
                if at > self._sentence.span.start
                else []
            )
            if bodies and at - bodies[-1].span.end <= _REACH:
                military = name == "leader" and self._military(holder, bodies[-1])
                yield self._claim(
                    holder,
                    _post_of("commander" if military else name, Span(at, at + len(found.group().rstrip())), bodies[-1]),
                    "headed by",
                )
                return

    def _before_post(self, holder: _Holder) -> int:
        """Return where title and post in front of a name begin."""
        near = Span(self._bound_before(holder.start), holder.start)
        post = read_post(self._analysis, self._sentence, near, whole=True)
        return post.span.start if post is not None else holder.start

    def _military(self, holder: _Holder, body: Mention) -> bool:
        if holder.title is None:
            return False
        rank = [plain(word) for word in words_of(self._text, holder.title)]
        return body.kind is EntityKind.MISSION or bool(set(rank) & person_words("titles", "rank_ends"))

    def _listed(self, holder: _Holder) -> Iterator[Role]:
        """Read the items of a list under "The members of the board are:"."""
        block = self._sentence.block
        if block.kind is not BlockKind.ITEM or block.lead is None or holder is not self._holders[0]:
            return
        if self._text[block.span.start : holder.start].strip() not in {
            "",
            *_offices_in(self._text, block.span.start, holder.start),
        }:
            return
        lead = block.lead.of(self._text)
        said = list(re.finditer("|".join(load_lexicon("roles")["lists"]["members"]), lead, re.IGNORECASE))
        if not said:
            return
        body = self._collective(block.lead)
        if body is not None:
            post = Post(
                span=Span(holder.start, holder.end),
                role=_names("member"),
                words=Span(block.lead.start + said[-1].start(), block.lead.start + said[-1].end()),
                organization=(body.entity,),
                holders=body.span,
                head="member",
            )
            holder = self._with_office(holder)
            claim = self._claim(holder, post, "list of members")
            yield replace(claim, passage=Span(block.lead.start, self._sentence.span.end))

    def _with_office(self, holder: _Holder) -> _Holder:
        if holder.title is None:
            at = next(i for i, word in enumerate(self._words) if word.end > holder.mention.span.start)
            if (
                at
                and plain(self._words[at - 1]) in person_words("titles", "offices")
                and holder.mention.span.start not in self._fronted
            ):
                return replace(
                    holder,
                    title=Span(self._words[at - 1].start, self._words[at - 1].end),
                    start=self._words[at - 1].start,
                )
        return holder

    def _collective(self, lead: Span) -> Mention | None:
        """Return the board or committee whose members a list gives: in its lead, or the last one named before."""
        words = load_lexicon("roles")["lists"]["collective"]
        named = [
            m for m in self._analysis.mentions
            if m.span.start < lead.end and not m.nested and self._is_body(m) and m.form != "adjective"
            and any(re.search(rf"\b{word}\b", self._analysis.entities[m.entity].label.casefold()) for word in words)
        ]  # fmt: skip
        inside = [m for m in named if lead.covers(m.span)]
        return (inside or named or [None])[-1]

    def _of_body(self, holder: _Holder) -> Iterator[Role]:
        """Read "Major General X of the Y": a title and a body, and no post."""
        body = self._state_behind(holder)
        if body is not None and holder.title is not None and self._is_body(body):
            quote = Span(holder.start, body.span.end)
            yield Role(
                quote=quote, passage=self._passage(quote), words={"person": holder.mention.span, "title": holder.title, "organization": body.span},
                person=holder.mention.entity, title=self._title(holder), organization=(body.entity,), confidence=0.75, rule="title and body",
            )  # fmt: skip

    def _titled(self, holder: _Holder) -> Iterator[Role]:
        """Read a rank or office in front of a name; kept only for who has no post."""
        named = self._with_office(holder)
        if named.title is None:
            return
        words = words_of(self._text, named.title)
        offices = person_words("titles", "offices") | person_words("titles", "rank_ends")
        if not any(plain(word) in offices for word in words):
            return
        quote = Span(named.start, named.end)
        yield Role(
            quote=quote, passage=self._passage(quote), words={"person": named.mention.span, "title": named.title},
            person=named.mention.entity, title=self._title(named), confidence=0.8, rule="title alone",
        )  # fmt: skip


def _offices_in(text: str, start: int, end: int) -> set[str]:
    words = text[start:end].strip()
    return {words} if words.casefold() in person_words("titles", "offices") else set()


def _post_of(name: str, words: Span, body: Mention) -> Post:
    span = Span(min(words.start, body.span.start), max(words.end, body.span.end))
    return Post(span=span, role=_names(name), words=words, organization=(body.entity,), holders=body.span, head=name)


def _names(name: str) -> str:
    return str(load_lexicon("roles")["names"][name])


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _after_who(text: str, at: int) -> int:
    who = re.compile(r"who\s+").match(text, at)
    return who.end() if who else at


@cache
def _ties(name: str, behind: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_lexicon("roles")["ties"][name]) + ")" + behind, re.IGNORECASE)


@cache
def _heads_pattern(name: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load_lexicon("roles")["heads"][name]) + r")(?!\w)", re.IGNORECASE)


@cache
def _passive_pattern(name: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:\b" + r"|\b".join(load_lexicon("roles")["passive"][name]) + r")\s+(?:the\s+)?$", re.IGNORECASE
    )


def _by_authority(analysis: Analysis) -> Iterator[Role]:
    """Read the post of who signs an order: "By the authority vested in me as President …" above a signature."""
    for found in _AUTHORITY.finditer(analysis.text):
        sentence = analysis.sentence_at(found.start())
        signature = [m for m in analysis.mentions if m.kind is EntityKind.PERSON and m.span.start > found.end()]
        post = (
            read_post(analysis, sentence, Span(found.end(), min(found.end() + _REACH, sentence.span.end)))
            if sentence
            else None
        )
        if post is not None and sentence is not None and signature:
            last = signature[-1]
            words = {"person": last.span, "role": post.words} | ({"organization": post.holders} if post.holders else {})
            yield Role(
                quote=last.span, passage=Span(sentence.span.start, last.span.end), words=words, person=last.entity, role=post.role,
                organization=post.organization, confidence=0.8, rule="signature",
            )  # fmt: skip
            return


def _merged(analysis: Analysis, claims: Sequence[Role]) -> Iterator[Role]:
    """Yield one row for each person and post: the fullest role, with the body and title that any of them has."""
    headings = [b.span for b in analysis.document.blocks if b.kind in {BlockKind.TITLE, BlockKind.HEADING}]
    posts = [c for c in claims if c.role is not None]
    # Headings shorten posts; what the text says goes before.
    body = [c for c in posts if not any(h.covers(c.quote) for h in headings)]
    said = {c.person for c in body}
    posts = [
        *(c for c in body if not _only_heads(c, body)),
        *(c for c in posts if c not in body and (c.person not in said or any(_same_post(c, b) for b in body))),
    ]
    posts = [_with_headed(c, body) for c in posts]
    kept: list[Role] = []
    for claim in posts:
        same = next((i for i, other in enumerate(kept) if _same_post(other, claim)), None)
        if same is None:
            kept.append(claim)
        else:
            kept[same] = _fuller(kept[same], claim)
    for claim in [c for c in claims if c.role is None]:
        own = [other for other in kept if other.person == claim.person]
        if not own or (
            claim.organization and not any(set(claim.organization) & set(other.organization) for other in own)
        ):
            if own and own[0].role is None and not own[0].organization and claim.organization:
                kept[kept.index(own[0])] = claim
            elif not (own and not claim.organization):
                kept.append(claim)
    yield from sorted(kept, key=lambda claim: claim.quote)


def _only_heads(claim: Role, claims: Sequence[Role]) -> bool:
    """Say whether "X leads Y" says nothing but where the post is that the sentence gives X."""
    return claim.rule == "heads a body" and any(
        other.person == claim.person and other.rule != claim.rule and other.passage.meets(claim.passage)
        and (not other.organization or set(other.organization) & set(claim.organization))
        for other in claims
    )  # fmt: skip


def _with_headed(claim: Role, claims: Sequence[Role]) -> Role:
    """Give a post without a body the one that its holder heads in the same sentence."""
    if claim.organization:
        return claim
    heads = [
        c for c in claims if c.rule == "heads a body" and c.person == claim.person and c.passage.meets(claim.passage)
    ]
    if not heads:
        return claim
    return replace(
        claim, organization=heads[0].organization, words={**claim.words, "organization": heads[0].words["organization"]}
    )


def _same_post(a: Role, b: Role) -> bool:
    if a.person != b.person or (a.organization and b.organization and not set(a.organization) & set(b.organization)):
        return False
    first, second = set(fold_name(a.role or "").split()), set(fold_name(b.role or "").split())
    return first <= second or second <= first


def _fuller(a: Role, b: Role) -> Role:
    """Return the claim of the two that says more, with the other's title where it has none."""
    rank = [(bool(c.organization), len((c.role or "").split()), c.title is not None) for c in (a, b)]
    best, other = (b, a) if rank[1] > rank[0] else (a, b)
    if best.title is None and other.title is not None:
        return replace(
            best,
            title=other.title,
            words={**best.words, "title": other.words["title"]},
            passage=Span(min(a.passage.start, b.passage.start), max(a.passage.end, b.passage.end)),
        )
    return best
