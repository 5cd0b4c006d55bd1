"""Which words of a sentence belong to which of its values.

"€5 million to Moldova in 2021 and €7 million to Georgia": what stands between a value and the next one is its own;
what stands behind the last one is shared by all; what stands in front is shared as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from ssrgraph.documents.model import Span
from ssrgraph.extraction.clauses import grammar, tells_of_another
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.periods import Period

T = TypeVar("T")
_COMPARING = re.compile(
    r"(?<!\w)(?i:compared (?:with|to)|as compared|as against|against only|up from|down from|versus|rather than)(?!\w)"
)
_BACK = re.compile(
    r"(?<!\w)(?i:(?:in|over|during) (?:the same|that|this) (?:fiscal |financial |calendar )?(?:year|period))(?!\w)"
)
_CLOSE = 2  # words between a date and the value that it opens: "in 2022, some 40"
_NAME = 40  # characters in front of a number in which a model's name stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The words that may say something about one value.

    Attributes:
        sentence: The sentence of the value.
        value: The value's span.
        root: The token that the value's words hang on.
        own: Behind the value up to the next one of its kind.
        shared: Behind the last value of the sentence.
        front: In front of the value.
        former: End of the value before; what stands between the two belongs to that one.
        places: Indexes of the tokens within reach: those of other clauses are left out.
    """

    sentence: Sentence
    value: Span
    root: Token
    own: Span
    shared: Span
    front: Span
    former: int
    places: frozenset[int]

    def reaches(self, span: Span) -> bool:
        """Say whether a span begins at a token within reach."""
        return any(token.i in self.places for token in self.sentence.tokens_meeting(span))

    def nearest(self, found: Iterable[T], place: Callable[[T], Span], *, strict: bool = False) -> list[T]:
        """Return what was found within reach, what belongs to the value most likely first.

        Args:
            found: What was found.
            place: Where it stands.
            strict: Whether to leave out what stands between the value before and this one.
        """
        ranked = []
        for each in found:
            span = place(each)
            if not self.reaches(span):
                continue
            if self.own.start <= span.start < self.own.end:
                ranked.append(((0, span.start - self.own.start), each))
            elif self.shared.start <= span.start < self.shared.end:
                ranked.append(((1, span.start - self.shared.start), each))
            elif span.end <= self.value.start and not (strict and self.front.start < self.former <= span.start):
                ranked.append(((2, self.value.start - span.end), each))
        return [each for _, each in sorted(ranked, key=lambda pair: pair[0])]


def scope_of(sentence: Sentence, value: Span, values: Iterable[Span] = ()) -> Scope | None:
    """Return the scope of a value.

    Args:
        sentence: Its sentence.
        value: Its span.
        values: The spans of all values of its kind in the document, in order.
    """
    tokens = sentence.tokens_meeting(value)
    if not tokens:
        return None
    root = grammar.root_of(tokens)
    known = list(values)
    end = _part_end(sentence, value)
    behind = [span for span in known if value.end <= span.start < end]
    last = max([value.end, *(span.end for span in behind)])
    return Scope(
        sentence=sentence,
        value=value,
        root=root,
        own=Span(value.end, behind[0].start if behind else end),
        shared=Span(last, max(end, last)),
        front=Span(sentence.span.start, value.start),
        former=max([sentence.span.start, *(v.end for v in known if sentence.span.start <= v.start < value.start)]),
        places=_within_reach(sentence, root),
    )


def _part_end(sentence: Sentence, value: Span) -> int:
    """Return where what is said of a value must end: at the next semicolon, or with the sentence."""
    for token in sentence.tokens:
        place = sentence.token_span(token)
        if token.text == ";" and place.start >= value.end:
            return place.start
    return sentence.span.end


def widened(scope: Scope) -> Scope:
    """Return a scope that reaches all words of its sentence, those of other clauses too."""
    return replace(scope, places=frozenset(token.i for token in scope.sentence.tokens))


def _within_reach(sentence: Sentence, root: Token) -> frozenset[int]:
    above = {root.i, *(token.i for token in root.ancestors)}
    left_out: set[int] = set()
    for token in sentence.tokens:
        if token.i in above or not grammar.is_verb(token):
            continue
        apart = token.head.i != root.i or tells_of_another(token)
        if token.dep_ in {"conj", "ccomp", "parataxis", "relcl"} and apart and _joined(token):
            left_out |= {each.i for each in token.subtree}
        elif token.dep_ == "acl" and token.i < root.i and token.head.i not in above:
            left_out |= {each.i for each in token.subtree}  # "cases notified to Congress include"
    for verb in (token for token in root.ancestors if grammar.is_verb(token)):
        left_out |= _own_of_former(verb, above)
    for token in sentence.tokens:
        if token.i > root.i and token.lower_ in {"including", "notably"} and token.i not in above:
            left_out |= _examples(token)
    return frozenset(token.i for token in sentence.tokens if token.i not in left_out)


def _examples(including: Token) -> set[int]:
    """Return the examples behind "including", up to a receiver behind a comma: they are not who receives."""
    found: set[int] = set()
    for token in sorted(including.subtree, key=lambda each: each.i):
        following = token.nbor() if token.i + 1 < len(token.doc) else token
        if token.text == "," and following.lower_ in {"to", "for"}:
            break
        found.add(token.i)
    return found


def _own_of_former(verb: Token, above: set[int]) -> set[int]:
    """Return what only the first of two joined verbs has: "gave [60 trucks to the army] and awarded"."""
    following = next((child for child in verb.children if child.i in above and child.dep_ == "conj"), None)
    if following is None or not grammar.is_verb(following):
        return set()
    # The subject is shared, unless the second verb has one of its own.
    start = -1 if any(child.dep_ in grammar.SUBJECTS for child in following.children) else verb.i
    parts = [child for child in verb.children if start < child.i < following.i]
    return {each.i for child in parts for each in child.subtree if each.i not in above}


def _joined(verb: Token) -> bool:
    """Say whether a coordinated verb has a conjunction or comma in front; without one the parse has gone wrong."""
    if verb.dep_ != "conj":
        return True
    if verb.tag_ == "VBP" and verb.head.tag_ == "VBD" and not any(c.dep_ in grammar.SUBJECTS for c in verb.children):
        return False  # two tenses under one subject: "turned over mortars, grenade launchers"
    between = [token for token in verb.doc[verb.head.i : verb.i] if token.dep_ in {"cc", "punct"}]
    return bool(between)


def period_of(analysis: Analysis, scope: Scope) -> Period | None:
    """Return the period that a value is of, or None where the text gives none that can be resolved."""
    back = _same_year(analysis, scope)
    if back is not None:
        return back
    usable = [
        period
        for period in analysis.periods_in(scope.sentence.span)
        if period.kind != "unresolved"
        and not _in_name(analysis, period.span)
        and not _of_model(analysis, period.span)
        and not _of_goal(scope, period)
        and not _of_other_noun(scope, period.span)
        and not _of_other_part(analysis, scope, period.span)
        and not _compared(analysis, scope.sentence.span.start, period.span, scope.value)
    ]
    near = [p for p in scope.nearest(usable, lambda period: period.span) if not _of_former(scope, p.span)]
    if near:
        return near[0]
    for lead in reversed(analysis.lead_of(scope.sentence)):
        found = [p for p in analysis.periods_in(lead.span) if p.kind != "unresolved" and not _in_name(analysis, p.span)]
        if found:
            return found[0]
    return None


def _of_former(scope: Scope, span: Span) -> bool:
    """Say whether a date between two values is the former's: "€5 million for a base opened in 2011, and a loan of"."""
    if not scope.former <= span.start < scope.value.start or scope.former == scope.sentence.span.start:
        return False
    between = scope.sentence.tokens_in(Span(span.end, scope.value.start))
    return any(token.text in {",", ";"} or token.lower_ == "and" for token in between) and len(between) > _CLOSE


def is_deadline(analysis: Analysis, period: Period) -> bool:
    """Say whether a period is a date still to come: "by 2027"."""
    date = analysis.document.date
    last = period.to or ""
    past = date is not None and last[: len(date)] < date[: len(last)]
    return period.kind == "until" and analysis.words(period.span).lower().startswith("by ") and not past


def passage_of(sentence: Sentence, words: Mapping[str, Span]) -> Span:
    """Return the sentence, with those parts of its paragraph or of its list's lead from which words were read."""
    block, lead = sentence.block, sentence.block.lead
    reach = Span(lead.start if lead is not None else block.span.start, block.span.end)
    spans = [sentence.span, *(span for span in words.values() if reach.covers(span))]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _in_name(analysis: Analysis, span: Span) -> bool:
    return analysis.mention_at(span.start) is not None


def _of_model(analysis: Analysis, span: Span) -> bool:
    """Say whether a year is a part of a model's name: "Panzerhaubitze 2000"."""
    before = analysis.text[max(0, span.start - _NAME) : span.start].lower().split()
    names = load_lexicon("equipment")["names"]["known"]
    return bool(before) and (before[-1].strip("(") in names or " ".join(before[-2:]).strip("(") in names)


def _of_other_noun(scope: Scope, span: Span) -> bool:
    """Say whether a date is in the description of another noun: "€2 million for the base, opened in 2012"."""
    over = {scope.root.i, *(each.i for each in scope.root.ancestors)}
    inside = scope.sentence.tokens_in(span)
    if not inside or inside[0].i < scope.root.i:
        return False
    for above in grammar.root_of(inside).ancestors:
        if above.i in over:
            return False
        if above.tag_ in {"VBN", "VBD"} and above.i > scope.root.i + 1:
            apposed = above.nbor(-1).text == "," and not any(c.dep_ in grammar.SUBJECTS for c in above.children)
            noun = above.head if above.dep_ == "acl" else above.nbor(-2) if apposed else None
            return noun is not None and noun.i not in over and noun.dep_ == "pobj"
    return False


def _compared(analysis: Analysis, start: int, span: Span, value: Span | None = None) -> bool:
    """Say whether a date is of what something is compared with: "$5 million, compared with $3 million in 2019"."""
    found = list(_COMPARING.finditer(analysis.text, start, span.start))
    if not found or re.search(r"[;.]\s", analysis.text[found[-1].end() : span.start]):
        return False
    return value is None or value.start < found[-1].start()


def _same_year(analysis: Analysis, scope: Scope) -> Period | None:
    """Return the period of the sentences before that "the same year" or "that year" goes back to."""
    sentence, block = scope.sentence.span, scope.sentence.block.span
    match = _BACK.search(analysis.text, sentence.start, sentence.end)
    if match is None or analysis.periods_in(Span(match.end(), sentence.end)):
        return None
    before = [
        p
        for p in analysis.periods_in(Span(block.start, match.start()))
        if p.kind in {"point", "fiscal"} and p.from_ == p.to and not _compared(analysis, block.start, p.span)
    ]
    return before[-1] if before else None


def _of_other_part(analysis: Analysis, scope: Scope, span: Span) -> bool:
    """Say whether a date stands in a part before a semicolon that has a value of its own: "€5 million in 2021; ..."."""
    if span.end > scope.value.start or ";" not in analysis.text[span.end : scope.value.start]:
        return False
    before = analysis.quantities_in(Span(scope.sentence.span.start, span.start))
    return any(quantity.unit in {"money", "count"} for quantity in before)


def _of_goal(scope: Scope, period: Period) -> bool:
    """Say whether a date belongs to what the value is for ("to cut deaths by 2030"), not to the value."""
    if period.kind != "until":
        return False
    span = period.span
    for token in scope.sentence.tokens:
        if not span.meets(scope.sentence.token_span(token)):
            continue
        over = {scope.root.i, *(each.i for each in scope.root.ancestors)}
        for above in token.ancestors:
            if above.i in over:
                break
            if (
                above.tag_ == "VB"
                and above.dep_ in {"advcl", "acl", "xcomp", "relcl", "conj"}
                and grammar.is_verb(above)
            ):
                return True
        return False
    return False
