"""Persons: by the rank, honorific or post in front of their name, or by what the text says of them."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import head_table, word_list
from ssrgraph.extraction.names.person_names import NameForm, Run
from ssrgraph.extraction.names.post_phrases import is_post_phrase, line_of_post, phrase
from ssrgraph.extraction.names.titles import is_post_noun, person_words, plain, title_start
from ssrgraph.extraction.names.words import words_of
from ssrgraph.extraction.overlaps import Overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ssrgraph.extraction.analysis import Sentence
    from ssrgraph.extraction.names.words import Word

_LONGEST_POST = 14
_LINKS = {"of", "for", "to", "in", "at"}
_WHO = {"who", "whose"}
_IS = {"is", "was", "remains", "be"}
# Where a line has columns.
_COLUMN = re.compile(r"[ \t]{3,}|\t")
_POST_REACH = 5
# What stands above the name of who signs or answers.
_SIGNED = re.compile(r"(?:\bby|:|\b[Cc]ontacts?|\b[Ss]igned|\b[Ss]incerely|\b[Ff]aithfully|\b[Rr]egards),?\s*$")
_NEAR = 30
_PLAIN_GAPS = frozenset({"", " "})
_SIGNATURE = re.compile(r"(?:[A-Z][A-ZÀ-Þ'’.-]*\s+){1,4}[A-ZÀ-Þ'’-]{2,}(?:,?\s+(?:JR|SR|II|III)\b)?\.?")


def find_persons(text: str, sentence: Sentence, names: Sequence[Found] = ()) -> tuple[Found, ...]:
    """Return the persons that a sentence names, in order; a span is the name without title or post.

    A name counts where a rank, honorific or post stands in front of it, or where the text shows that a person is meant:
    an apposition with a post, a verb of saying, an appointment, a list of members, a signature. What only the language
    model takes for a person does not count.

    Args:
        text: The document's text.
        sentence: The sentence.
        names: Names of bodies, places and others in the sentence.
    """
    words = words_of(text, sentence.span)
    reader = _Reader(text, sentence, words, names)
    return tuple(_person(text, Span(words[run.first].start, words[run.behind - 1].end)) for run in reader.persons())


def find_short_names(
    text: str, sentences: Iterable[Sentence], persons: Sequence[Found], names: Sequence[Found]
) -> Iterator[Found]:
    """Yield the places where a person who is named in full elsewhere is named by the last name alone."""
    surnames = {found.label.split()[-1] for found in persons if len(found.label.split()) > 1}
    taken = Overlaps([*persons, *names])
    for sentence in sentences:
        words = words_of(text, sentence.span)
        for i, word in enumerate(words):
            if word.text not in surnames:
                continue
            before, behind = words[i - 1] if i else None, words[i + 1] if i + 1 < len(words) else None
            longer = before is not None and before.capital and plain(before) not in word_list("openers", "words")
            if longer or (behind is not None and behind.capital):
                continue
            span = Span(word.start, word.end)
            if not taken.meets(span):
                yield _person(text, span)


class _Reader:
    """Reads the persons of one sentence."""

    def __init__(self, text: str, sentence: Sentence, words: Sequence[Word], names: Sequence[Found]) -> None:
        self._text = text
        self._sentence = sentence
        self._words = words
        self._heading = sentence.block.kind in {BlockKind.TITLE, BlockKind.HEADING}
        self._names = {
            n.span.start: n
            for n in sorted(names, key=lambda n: n.span.end)
            if not n.nested and sentence.span.covers(n.span)
        }
        self._model = [
            Span(sentence.base + e.start_char, sentence.base + e.end_char)
            for e in sentence.names
            if e.label_ == "PERSON"
        ]
        self._bodies = {
            Span(sentence.base + e.start_char, sentence.base + e.end_char) for e in sentence.names if e.label_ == "ORG"
        }
        self._form = NameForm(
            words,
            self._names,
            capitals=sentence.span.of(text).isupper(),
            persons=frozenset(w.start for w in words for span in self._model if span.covers(Span(w.start, w.end))),
            breaks=frozenset(self._breaks()),
        )

    def persons(self) -> list[Run]:
        signature = self._signature()
        if signature is not None:
            return [signature]
        found: list[Run] = []
        open_: list[Run] = []
        i = 0
        while i < len(self._words):
            run = self._form.run(i)
            if run is None:
                i += 1
                continue
            titled = self._titled(run)
            if titled is not None:
                found.append(titled)
                if titled.behind < run.behind:
                    run = Run(run.first, titled.behind)
            else:
                bare = self._bare(run)
                if bare is not None and self._shown(bare):
                    found.append(bare)
                elif bare is not None:
                    open_.append(bare)
            i = max(run.behind, i + 1)
        return sorted([*found, *self._listed(found, open_)], key=lambda run: run.first)

    def _breaks(self) -> Iterator[int]:
        """Yield where a column, or a line with a post begins: what stands before is no part of the same name."""
        words = self._words
        for i in range(1, len(words)):
            gap = self._text[words[i - 1].end : words[i].start]
            if gap in _PLAIN_GAPS:
                continue
            if _COLUMN.search(gap):
                yield i
            elif "\n" in gap and words[i].capital:
                front = takewhile(lambda w: w.capital, words[i : i + _POST_REACH])
                if any(is_post_noun(plain(w)) for w in front):
                    yield i

    def _titled(self, run: Run) -> Run | None:
        """Return the name behind the titles and posts of a run, if it has any."""
        words = self._words
        for at in range(run.behind - 1, run.first, -1):
            before = at - 1
            while (before > run.first and words[before].text in {".", ")"}) or (
                words[before].text == "(" and before > run.first
            ):
                before -= 1
            in_bracket = words[at - 1].text == ")"
            if self._is_within_name(at - 1, run.first):
                continue
            if not words[at].capital or not (
                title_start(words, at, first=run.first) < at or (not in_bracket and self._form.is_post(before))
            ):
                continue
            if any(n.span.start <= words[at - 1].start and words[at].end <= n.span.end for n in self._names.values()):
                continue
            name = self._form.cut(Run(at, run.behind))
            if name is not None and self._form.plausible(name, single=self._strong(at, run.first)):
                return name
        return self._behind_portfolio(run)

    def _is_within_name(self, i: int, first: int) -> bool:
        """Say whether a form of address is a part of the name here: "General Ibrahim Sheikh Yusuf"."""
        words = self._words
        if i - 1 <= first or plain(words[i]) not in person_words("titles", "names"):
            return False
        before = words[i - 1]
        if before.what != "word" or not before.capital or title_start(words, i, first=first) < i:
            return False
        return not self._form.is_post(i - 1) and title_start(words, i - 1, first=first) < i - 1

    def _strong(self, at: int, first: int) -> bool:
        """Say whether what stands before a name is enough to believe in a name of one word."""
        words = self._words
        before = words[max(first, title_start(words, at, first=first)) : at]
        if before:
            # "General Electric"
            name = Span(before[0].start, words[at].end)
            return len(before) > 1 or name not in self._bodies
        last = " ".join(plain(w) for w in words[max(first, at - 2) : at])
        return any(
            last == one or last.endswith(f" {one}")
            for one in [
                *person_words("titles", "posts"),
                *person_words("titles", "offices"),
                "spokesperson",
                "secretary-general",
                "secretary general",
                "attorney general",
                "director general",
            ]
        )

    def _behind_portfolio(self, run: Run) -> Run | None:
        """Return the name behind a post with its portfolio: "Secretary of State X", "Ambassador to Lebanon X"."""
        words = self._words
        head = self._post_before(run.first)
        if head is None:
            return None
        starts = [run.first]
        known = self._names.get(words[run.first].start)
        if known is not None:
            starts.append(
                next((i for i in range(run.first, run.behind) if words[i].start >= known.span.end), run.behind)
            )
        ordinary = [i for i in range(run.first, run.behind) if self._of_portfolio(i)]
        if ordinary:
            starts.append(ordinary[-1] + 1)
        model = [i for i in range(run.first + 1, run.behind) if any(s.start == words[i].start for s in self._model)]
        start = max(starts)
        if start == run.first and not model:
            return None
        name = (
            self._form.cut(Run(max(start, model[0] if model and start == run.first else start), run.behind))
            if start < run.behind
            else None
        )
        return name if name is not None and self._form.plausible(name, single=False) else None

    def _of_portfolio(self, i: int) -> bool:
        word = self._words[i]
        if plain(word) in person_words("ordinary", "names") and self._form.is_persons(word):
            return False
        return plain(word) in person_words("ordinary", "words") or head_table().get(plain(word)) is not None

    def _post_before(self, first: int) -> int | None:
        """Return the index of a post's noun from which links and portfolio words lead to `first`."""
        words = self._words
        at = first - 1
        linked = False
        while at >= 0 and first - at < _LONGEST_POST:
            word = words[at]
            if linked and self._form.is_post(at):
                return at
            if word.lower in _LINKS:
                linked = True
            elif not (
                word.capital
                or word.lower in {"the", "and", "&"}
                or word.what == "possessive"
                or word.text in {"(", ")"}
            ):
                return None
            at -= 1
        return None

    def _bare(self, run: Run) -> Run | None:
        words = self._words
        name = self._form.cut(run)
        return (
            name
            if name is not None and words[name.first].capital and self._form.plausible(name, single=False)
            else None
        )

    def _shown(self, run: Run) -> bool:
        """Say whether the words around a name show that it is a person's."""
        return self._said(run) or self._apposed_or_listed(run) or self._has_post(run)

    def _said(self, run: Run) -> bool:
        """Say whether a name is the subject of saying, or is appointed, accompanied, quoted."""
        words = self._words
        if not self._heading and run.behind < len(words) and words[run.behind].lower in person_words("signs", "said"):
            return True
        before = " ".join(w.lower for w in words[max(0, run.first - 3) : run.first])
        signs = (*person_words("signs", "by"), *person_words("signs", "saying"))
        shown = any(before == sign or before.endswith(f" {sign}") for sign in signs)
        return shown and (self._model_says(run) or not self._named(run))

    def _apposed_or_listed(self, run: Run) -> bool:
        """Say whether a post stands beside a name, or the name is an item of a list of persons."""
        after = [w.lower for w in self._words[run.behind : run.behind + 2]]
        comma = after[:1] == [","]
        if self._behind_post(run) and (
            comma or self._model_says(run) or (self._ends_line(run) and not self._named(run))
        ):
            return True
        if self._post_on_next_line(run):
            return True
        if comma and len(after) > 1 and (after[1] in _WHO or self._apposed(run.behind + 1)):
            return True
        if self._behind_noun(run):
            return True
        contact = self._sentence.block.kind is BlockKind.CONTACT and run.first == 0
        return self._is_item_of_persons(run) or (contact and self._model_says(run))

    def _behind_noun(self, run: Run) -> bool:
        """Say whether a noun says who is meant: "team leader X", "his counterpart, X", "its head is X"."""
        at = run.first - 1
        if at > 0 and self._words[at].text == "," and self._words[at - 1].lower == "counterpart":
            return not self._named(run)
        if at < 0 or self._words[at].capital or not self._model_says(run):
            return False
        if self._words[at].lower in _IS:
            return self._post_precedes(at)
        return is_post_noun(plain(self._words[at])) or self._words[at].lower == "counterpart"

    def _has_post(self, run: Run) -> bool:
        """Say whether a predicate gives a post: "X was appointed head", "X is the head"."""
        behind = self._behind_holder(run.behind) if run.behind < len(self._words) else run.behind
        if behind > run.behind and self._words[run.behind].text == "(" and self._post_follows(behind + 1):
            return self._words[behind : behind + 1][0].lower in person_words("signs", "is") and self._model_says(run)
        after = [w.lower for w in self._words[run.behind : run.behind + 3]]
        if any(" ".join(after).startswith(sign) for sign in person_words("signs", "passive")):
            return self._post_follows(run.behind + 2)
        is_ = after[:1] and after[0] in person_words("signs", "is") and self._model_says(run)
        return bool(is_ or after[:1] == ["as"]) and self._post_follows(run.behind + 1)

    def _behind_post(self, run: Run) -> bool:
        """Say whether a post and a comma stand in front: "The Inspector General of Police, X Y,"."""
        words = self._words
        if run.first < 2 or words[run.first - 1].text not in {",", ":"}:  # noqa: PLR2004 - a post and a comma
            return False
        comma = run.first - 1
        return (self._form.is_post(comma - 1) and words[comma - 1].what == "word") or self._post_before(
            comma
        ) is not None

    def _ends_line(self, run: Run) -> bool:
        """Say whether a line, a column or a bracket follows a name."""
        behind = self._text[self._words[run.behind - 1].end : self._sentence.block.span.end]
        return re.match(r"[ \t]*(?:\n|$|[(;|])|[ \t]{2,}|\t|\.(?:\s|$)|\s+(?:and|to|in|on|at)\s", behind) is not None

    def _post_on_next_line(self, run: Run) -> bool:
        """Say whether a name is a line of its own and the next line begins with a post, as under a letter."""
        start, end = self._words[run.first].start, self._words[run.behind - 1].end
        block = self._sentence.block.span
        if run.first == 0 and block.end - end <= 1:
            signed = _SIGNED.search(self._text[max(0, block.start - _NEAR) : block.start]) is not None
            return (signed or self._model_says(run)) and line_of_post(self._text, block.end) is not None
        alone = re.search(r"(?:^|\n)[^\n]{0,25}$", self._text[block.start : start]) is not None
        line = re.match(r",?[ \t]*\n", self._text[end : block.end])
        if not alone or line is None or run.behind >= len(self._words):
            return False
        at = run.behind + (self._words[run.behind].text == ",")
        return at < len(self._words) and self._words[at].capital and self._apposed(at)

    def _named(self, run: Run) -> bool:
        return any(
            Span(self._words[run.first].start, self._words[run.behind - 1].end).meets(n.span)
            for n in self._names.values()
        )

    def _model_says(self, run: Run) -> bool:
        span = Span(self._words[run.first].start, self._words[run.behind - 1].end)
        return any(span.meets(other) for other in self._model)

    def _apposed(self, at: int) -> bool:
        """Say whether the words from `at` to the next comma are a phrase for a post."""
        part = phrase(self._words[at:])
        if not is_post_phrase(part):
            return False
        last = max(i for i, w in enumerate(part) if is_post_noun(plain(w)))
        behind = part[last + 1 :]
        return not (behind and behind[0].capital and any(s.start == behind[0].start for s in self._model))

    def _post_follows(self, at: int) -> bool:
        words = self._words
        end = min(at + 8, len(words))
        for i in range(at, end):
            if is_post_noun(plain(words[i])):
                return True
            if words[i].text in {",", ";", ".", ":"}:
                return False
        return False

    def _post_precedes(self, at: int) -> bool:
        """Say whether a post stands in front of a verb, in the same clause."""
        before = takewhile(lambda w: w.text not in {",", ";", ".", ":"}, reversed(self._words[max(0, at - 8) : at]))
        return any(is_post_noun(plain(word)) for word in before)

    def _is_item_of_persons(self, run: Run) -> bool:
        block = self._sentence.block
        if block.lead is None or block.kind is not BlockKind.ITEM or run.first != 0:
            return False
        lead = block.lead.of(self._text).casefold()
        if not any(re.search(rf"\b{word}\b", lead) for word in person_words("signs", "lists")):
            return False
        rest = self._words[run.behind : run.behind + 1]
        return not rest or rest[0].text in {",", ";", "(", "–", "—", "-", "."}

    def _listed(self, found: Sequence[Run], open_: Sequence[Run]) -> Iterator[Run]:
        """Yield the names that stand in one list with a person and that the language model takes for a person."""
        words = self._words
        known = list(found)
        for run in [*open_, *reversed(open_)]:
            if run in known or self._named(run):
                continue
            for other in known:
                if not self._model_says(run) and not self._plural_title(other):
                    continue
                first, second = sorted((run, other), key=lambda r: r.first)
                gap = [w.lower for w in words[self._behind_holder(first.behind) : second.first]]
                if gap in (["and"], [","], [",", "and"], ["or"], ["with"]):
                    known.append(run)
                    yield run
                    break

    def _behind_holder(self, at: int) -> int:
        """Return the index behind "of X" or "(X)" that says whom a person in a list stands for."""
        words = self._words
        first = at + 1 + (at + 1 < len(words) and words[at + 1].lower == "the")
        if first >= len(words) or words[at].lower not in {"of", "for", "from", "("}:
            return at
        known = self._names.get(words[first].start)
        if known is None:
            return at
        behind = next((i for i in range(first, len(words)) if words[i].start >= known.span.end), len(words))
        return behind + (words[at].text == "(" and behind < len(words) and words[behind].text == ")")

    def _plural_title(self, run: Run) -> bool:
        """Say whether a title in the plural stands in front: "Generals X and Y"."""
        before = plain(self._words[run.first - 1]) if run.first else ""
        plurals = (
            person_words("titles", "rank_ends") | person_words("titles", "offices") | person_words("titles", "posts")
        )
        return before in plurals and before.removesuffix("s") in plurals and before.endswith("s")

    def _signature(self) -> Run | None:
        """Return the name of which a line in capitals is made."""
        words = self._words
        line = self._text[self._sentence.block.span.start : self._sentence.block.span.end].strip()
        if not self._sentence.span.covers(self._sentence.block.span) or not _SIGNATURE.fullmatch(line):
            return None
        initial = any(
            len(w.text) == 1 or plain(w) in person_words("signs", "endings") for w in words if w.what == "word"
        )
        run = Run(0, len(words) - (words[-1].text == "." and not self._form.stop_belongs(len(words) - 1)))
        return run if initial and self._form.plausible(run, single=False) else None


def _person(text: str, span: Span) -> Found:
    return Found(span=span, label=" ".join(span.of(text).split()), kind=EntityKind.PERSON)
