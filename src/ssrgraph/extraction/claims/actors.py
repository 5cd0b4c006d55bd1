"""Who acts in a sentence: the bodies and persons in front of a verb, or in a list behind a word."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence

# A post between a body and its holder's name; what joins the members of a list, with titles and posts.
_POST = re.compile(r"(?:['’]s?)?(?:\s+(?:[A-Z][\w.’'-]*|of|for|the|[(][\w .]+[)]))*\s+")
_JOINED = re.compile(
    r"\s*(?:,|;|,?\s*(?:and|or|as well as|together with|along with)\b)\s*(?:(?:and|the|both|its|their)\s+)*"
    r"(?:(?:[A-Z][\w.’'-]*|of|for|the|and|its|acting|deputy|chief)\s*){0,12}"
)
# "At the summit of X, Y and Z met": X is no subject.
_FRONT = re.compile(r"^(?:On|At|In|During|Following|After|Before|Within|Under)\b[^,]*$")
_NEAR = 70


class Actors:
    """The bodies and persons of one sentence.

    Args:
        analysis: The document.
        sentence: The sentence.
    """

    def __init__(self, analysis: Analysis, sentence: Sentence) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._sentence = sentence
        self._span = sentence.span

    def may_act(self, mention: Mention) -> bool:
        """Say whether a mention is one of a body, a mission or a person."""
        return mention.form != "adjective" and mention.kind in {
            EntityKind.ORGANIZATION,
            EntityKind.PERSON,
            EntityKind.MISSION,
        }

    def list_after(self, at: int, *, reach: int = 45) -> list[Mention]:
        """Return the actors of a list that begins near an offset; titles and posts may stand between them."""
        actors = self.among(at, self._span.end)
        if not actors or actors[0].span.start - at > reach + (_NEAR if actors[0].kind is EntityKind.PERSON else 0):
            return []
        return self._listed_back(actors[0], actors[1:])

    def among(self, start: int, end: int) -> list[Mention]:
        """Return who may act in a stretch; a body in front of a person's name is only where the person has a post."""
        found = [m for m in self._analysis.mentions_in(Span(start, end)) if self.may_act(m)] if end > start else []
        return [one for one, behind in zip_longest(found, found[1:]) if not self._is_post_of(one, behind)]

    def _is_post_of(self, one: Mention, behind: Mention | None) -> bool:
        if behind is None or one.kind is EntityKind.PERSON or behind.kind is not EntityKind.PERSON:
            return False
        return _POST.fullmatch(self._text, one.span.end, behind.span.start) is not None

    def subjects(self, end: int) -> list[Mention]:
        """Return the last list of actors that ends in front of a verb."""
        actors = self.among(self._span.start, end)
        if not actors or end - actors[-1].span.end > _NEAR // 2:
            return []
        chain = [actors[-1]]
        for actor in reversed(actors[:-1]):
            if _JOINED.fullmatch(self._text, actor.span.end, chain[0].span.start) is None or self._behind_place(actor):
                break
            chain.insert(0, actor)
        gaps = self._text[chain[0].span.end : chain[-1].span.start]
        if len(chain) > 1 and not re.search(r"\b(?:and|as well as|with)\b", gaps):
            return chain[-1:]
        if len(chain) > 1 and _FRONT.search(self._text[self._span.start : chain[0].span.start]):
            return chain[1:]
        return chain

    def _behind_place(self, mention: Mention) -> bool:
        """Say whether a state only says where a place is: "San José, Costa Rica"."""
        comma = re.search(r",\s*$", self._text[self._span.start : mention.span.start])
        before = self._analysis.mention_at(self._span.start + comma.start() - 1) if comma and comma.start() else None
        return before is not None and before.kind is EntityKind.PLACE

    def subject_of(self, at: int) -> list[Mention]:
        """Return who is the subject of the verb at an offset: after the parse, or else who stands in front."""
        token = next(
            (
                t
                for t in self._sentence.tokens
                if self._sentence.token_span(t).start <= at < self._sentence.token_span(t).end
            ),
            None,
        )
        while token is not None and token.pos_ in {"ADV", "AUX"} and token.head is not token:
            token = token.head
        verbs = [token, token.head] if token is not None else []
        for verb in verbs:
            for child in verb.children:
                if child.dep_ == "nsubj" and child.i < verb.i:
                    place = self._sentence.token_span(child)
                    found = self._analysis.mention_at(place.start)
                    if found is not None and self.may_act(found):
                        return self._listed_back(found, self.among(found.span.end, at))
        near = self.subjects(at)
        before = self._text[self._span.start : near[0].span.start] if near else ""
        if re.search(r"\b(?:with|from|by|alongside|and)\s+(?:the\s+)?(?:[\w’',-]+\s+){0,6}$", before):
            # "X, in coordination with Y, hosted": who opens the sentence.
            actors = [m for m in self._analysis.mentions_in(Span(self._span.start, at)) if self.may_act(m)]
            first = [
                m
                for m in actors
                if not re.search(
                    r"\b(?:in|at|for|with|from)\s+(?:the\s+)?$", self._text[self._span.start : m.span.start]
                )
            ]
            while len(first) > 1 and re.fullmatch(r"['’]s?\s+", self._text[first[0].span.end : first[1].span.start]):
                first = first[1:]
            return first[:1]
        return near

    def _listed_back(self, first: Mention, others: Sequence[Mention]) -> list[Mention]:
        """Return a list of actors from the first on, titles and posts between them or not."""
        found = [first]
        for mention in others:
            if _JOINED.fullmatch(self._text, found[-1].span.end, mention.span.start) is None:
                break
            found.append(mention)
        return found
