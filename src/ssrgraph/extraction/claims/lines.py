"""Sums in lines without a verb: "Norway: NOK 30 million", "Approved budget (07/2021-06/2022): $1.1 million"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.destinations import HOLDERS
from ssrgraph.extraction.claims.purposes import purpose_of
from ssrgraph.extraction.claims.scopes import Scope, passage_of, period_of
from ssrgraph.extraction.claims.transfers import bracket_behind
from ssrgraph.extraction.lexicon import any_of, load_lexicon
from ssrgraph.extraction.model import Funding, Rejected

if TYPE_CHECKING:
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.periods import Period
    from ssrgraph.extraction.quantities import Quantity

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WIDEST = 400  # characters of a line in front of its sum
_LONGEST = 12  # words of a label
_SURE, _FAINT = 0.8, 0.6
_FEW = 6  # lines of one list of labels
_LINES = 15  # lines from a heading to the last line below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label with a sum behind it.

    Attributes:
        label: The words in front of the sum, without marks and brackets.
        words: The words of the label and of the heading above, in lower case.
        holder: Who stands alone as the label: "Norway", "EU".
        gives: Whether the holder gives; else it receives.
        giver: Whom the label names as giving: "EU support to Mali", "Contribution of Norway".
        named: Whom the label or the heading names behind "to", "for" or "in".
        programme: The programme that the label names.
        heading: Span of the heading above or of the list's lead.
    """

    label: Span
    words: frozenset[str]
    holder: Mention | None = None
    gives: bool = True
    giver: Mention | None = None
    named: Mention | None = None
    programme: Mention | None = None
    heading: Span | None = None


def line_of(analysis: Analysis, sentence: Sentence, value: Span) -> Line | None:
    """Return the label that a sum stands behind in a line of its own, or None where a sentence speaks of it."""
    label = _label(analysis, sentence, value)
    if label is None or len(label.of(analysis.text).split()) > _LONGEST:
        return None
    if any(token.tag_ in _FINITE for token in sentence.tokens_in(Span(sentence.span.start, label.end))):
        return None
    heading = _heading(analysis, sentence)
    said = f"{label.of(analysis.text)} {heading.of(analysis.text) if heading is not None else ''}"
    mentions = [m for m in analysis.mentions_in(label) if m.kind in HOLDERS]
    whole = next((m for m in mentions if stands_alone(analysis, label, m)), None)
    givers = [m for m in mentions if m is not whole and _gives(analysis, label, m)]
    named = [] if whole is not None else behind_prepositions(analysis, label, ("to", "for", "in"))
    if not named and heading is not None:
        named = behind_prepositions(analysis, heading, ("to", "for"))
    if not named and heading is not None and _leads_to(analysis, heading):
        named, givers = mentions, []
    programmes = [m for m in analysis.mentions_in(label) if m.kind is EntityKind.PROGRAMME]
    return Line(
        label=label,
        words=frozenset(re.findall(r"[\w'-]+", said.lower())),
        holder=whole,
        gives=heading is None or not (tells(heading.of(analysis.text), "receiving") or _leads_to(analysis, heading)),
        giver=givers[0] if givers else None,
        named=named[0] if named else None,
        programme=programmes[0] if programmes else None,
        heading=heading,
    )


def purpose_in(analysis: Analysis, line: Line) -> Span | None:
    """Return a label that says what the sum is for: "Training in Albania", not "Budget" or "Requirements for 2024"."""
    if line.holder is not None or line.programme is not None:
        return None
    text = line.label.of(analysis.text)
    for mention in reversed(analysis.mentions_in(line.label)):
        text = text[: mention.span.start - line.label.start] + text[mention.span.end - line.label.start :]
    said = re.findall(r"[a-z'-]+", text.lower().replace("'s", ""))
    plain = {word for group in load_lexicon("funding")["nouns"].values() for word in group}
    plain |= {*load_lexicon("funding")["lines"]["plain"], *load_lexicon("funding")["purpose"]["generic"]}
    return None if not said or all(word in plain for word in said) else line.label


def read_line(analysis: Analysis, quantity: Quantity, scope: Scope, line: Line) -> Funding | Rejected:
    """Return what a line claims, or why it claims nothing."""
    lexicon = load_lexicon("funding")
    nouns = lexicon["nouns"]
    helps = {word for name in ("grant", "loan", "licence", "sale", "contribution", "open") for word in nouns[name]}
    last = re.findall(r"[a-z]+", line.label.of(analysis.text).lower())[-1:]
    if line.words & frozenset(nouns["other"]) and (not line.words & helps or set(last) & set(nouns["other"])):
        return Rejected(table="funding", reason="no funding", quote=quantity.span)
    purpose = purpose_of(analysis, scope) or purpose_in(analysis, line)
    known = line.words & (helps | set(lexicon["lines"]["planned"]) | {"cost", "costs", "ceiling", "reference"})
    if not (line.holder or line.programme or line.giver or known or (purpose is not None and line.named)):
        return Rejected(table="funding", reason="nobody gives it", quote=quantity.span)
    funder = line.holder if line.holder is not None and line.gives else line.giver
    funder = funder or bracket_behind(analysis, quantity.span) or _said_above(analysis, scope.sentence, "giver")
    recipient = line.holder if line.holder is not None and not line.gives else line.named
    recipient = recipient or _said_above(analysis, scope.sentence, "receiver") or _destination(analysis, scope)
    programme = line.programme or _channel(analysis, scope)
    words = {
        slot: mention.span
        for slot, mention in (("funder", funder), ("recipient", recipient), ("programme", programme))
        if mention is not None
    }
    period = _period(analysis, scope, line)
    if period is not None:
        words["from_" if period.from_ else "to"] = period.span
    if purpose is not None:
        words["purpose"] = purpose
    return Funding(
        quote=quantity.span,
        passage=passage_of(scope.sentence, words),
        words=words,
        confidence=_SURE if funder is not None or line.programme is not None else _FAINT,
        rule="funding-line",
        funder=(funder.entity,) if funder is not None else (),
        recipient=(recipient.entity,) if recipient is not None and recipient is not funder else (),
        programme=(programme.entity,) if programme is not None else (),
        amount=quantity.value,
        amount_min=quantity.value_min,
        amount_max=quantity.value_max,
        currency=quantity.currency or "",
        bound=quantity.bound,
        modality=_modality(line, given=funder is not None),
        status="planned" if line.words & frozenset(lexicon["lines"]["planned"]) else "provided",
        from_=period.from_ if period else None,
        to=period.to if period else None,
        purpose=analysis.words(purpose) if purpose is not None else None,
        per=quantity.per,
    )


def _said_above(analysis: Analysis, sentence: Sentence, kind: str) -> Mention | None:
    """Return who gives or receives by a line of the same list above: "Donor: Japan"."""
    place = analysis.place_of(sentence)
    opening = any_of(load_lexicon("funding")["lines"][kind])
    for above in reversed(analysis.sentences[max(0, place - _FEW) : place]):
        text = above.span.of(analysis.text)
        if re.match(rf"[\W_]*(?i:{opening})s?\s*[:|\u2013]", text) is not None:
            named = [m for m in analysis.mentions_in(above.span) if m.kind in HOLDERS]
            return named[0] if named else None
        if ":" not in text and "|" not in text:
            return None
    return None


def _modality(line: Line, *, given: bool) -> str | None:
    nouns = load_lexicon("funding")["nouns"]
    for name in ("licence", "loan", "sale", "contribution", "grant"):
        if line.words & frozenset(nouns[name]):
            return name
    return "grant" if given or line.programme is not None else None


def _period(analysis: Analysis, scope: Scope, line: Line) -> Period | None:
    own = period_of(analysis, scope)
    if own is not None or line.heading is None:
        return own
    above = [p for p in analysis.periods_in(line.heading) if p.kind != "unresolved"]
    return above[0] if above else None


def _channel(analysis: Analysis, scope: Scope) -> Mention | None:
    """Return the programme or fund that a sum goes through: "€12 million under the Stability Instrument"."""
    named = [m for m in analysis.mentions_in(scope.own) if m.kind is EntityKind.PROGRAMME]
    if not named:
        return None
    between = set(analysis.text[scope.value.end : named[0].span.start].lower().split())
    return named[0] if between & {"through", "under", "via", "from", "within"} else None


def _destination(analysis: Analysis, scope: Scope) -> Mention | None:
    found = behind_prepositions(analysis, scope.own, ("to", "for"))
    return found[0] if found else None


def _leads_to(analysis: Analysis, heading: Span) -> bool:
    """Say whether a list's lead ends in its preposition: "may contribute to:", "has set aside funds for"."""
    return re.search(r"\b(?:to|for|towards)\s*[:\u2013\u2014-]*\s*$", heading.of(analysis.text)) is not None


def is_heading_of_giving(text: str) -> bool:
    """Say whether a heading stands above those who give: "Donors", "Who paid"."""
    return tells(text, "giving")


def _label(analysis: Analysis, sentence: Sentence, value: Span) -> Span | None:
    if value.start - sentence.span.start > _WIDEST:
        return None
    start = max(
        [sentence.span.start, *(m.end() + sentence.span.start for m in _parts(analysis.text, sentence.span, value))]
    )
    before = analysis.text[start : value.start]
    match = _before_sum().fullmatch(before)
    if match is None:
        return None
    label = Span(start + match.start("label"), start + match.end("label"))
    marked = bool(match["mark"].strip()) or "  " in match["mark"] or "\t" in match["mark"]
    beside = next((m for m in analysis.mentions_in(label) if stands_alone(analysis, label, m)), None)
    lonely = beside is not None and start + len(before.rstrip()) >= beside.span.end
    rest = analysis.text[value.end : sentence.span.end].strip(" .)*")
    if not marked and (not lonely or rest):
        return None
    if match["mark"].strip() in {"(", ""} and (beside is None or len(rest.split()) > 1):
        return None
    return label


def _parts(text: str, sentence: Span, value: Span) -> list[re.Match[str]]:
    return list(re.finditer(r";\s*|\|\s*(?=[^|]*\|[^|]*$)", text[sentence.start : value.start]))


def stands_alone(analysis: Analysis, label: Span, mention: Mention) -> bool:
    """Say whether a label is a name and nothing but an article or words in brackets."""
    text = label.of(analysis.text)
    rest = text[: mention.span.start - label.start] + text[mention.span.end - label.start :]
    return not re.sub(r"\([^()]*\)?|(?i:\bthe\b|\bgovernment of\b)|[^\w]", "", rest)


def _heading(analysis: Analysis, sentence: Sentence) -> Span | None:
    """Return the lead of a list or the nearest line above without a figure."""
    leads = analysis.lead_of(sentence)
    if leads:
        return leads[-1].span
    place = analysis.place_of(sentence)
    for above in reversed(analysis.sentences[max(0, place - _LINES) : place]):
        if any(token.tag_ in _FINITE for token in above.tokens) and not tells(analysis.words(above.span), "giving"):
            return None
        if not any(q.unit == "money" for q in analysis.quantities_in(above.span)):
            return above.span
    return None


def behind_prepositions(analysis: Analysis, span: Span, prepositions: tuple[str, ...]) -> list[Mention]:
    """Return the bodies in a span that stand behind one of some prepositions."""
    before = [(m, analysis.text[span.start : m.span.start].lower().split()) for m in analysis.mentions_in(span)]
    ends = [(m, words[:-1] if words[-1:] == ["the"] else words) for m, words in before if m.kind in HOLDERS]
    return [m for m, words in ends if words and words[-1] in prepositions]


def _gives(analysis: Analysis, label: Span, mention: Mention) -> bool:
    """Say whether a label names somebody who gives: "EU support to Mali", "Contribution from Norway"."""
    before = analysis.text[label.start : mention.span.start].lower().split()
    after = re.findall(r"[a-z]+", analysis.text[mention.span.end : label.end].lower().removeprefix("\u2019s"))
    before = before[:-1] if before[-1:] == ["the"] else before
    nouns = load_lexicon("funding")["nouns"]
    helps = {word for group in ("grant", "loan", "contribution") for word in nouns[group]} | {"funding", "financing"}
    if before and before[-1] in {"from", "by"}:
        return True
    if len(before) > 1 and before[-1] == "of":
        return before[-2] in helps
    return any(word in helps for word in after[:3]) and (not before or before[-1] not in {"to", "for", "in"})


def tells(text: str, kind: str) -> bool:
    """Say whether a heading has words of a list of the lexicon: "giving" or "receiving"."""
    words = load_lexicon("funding")["lines"][kind]
    return re.search(rf"(?<!\w)(?i:{any_of(words)})(?!\w)", text) is not None


@cache
def _before_sum() -> re.Pattern[str]:
    marks = r"[:|=(\u2013\u2014\u2026]|\.{3,}|\s-"
    return re.compile(
        rf"[\s\u2022*\u2013-]*(?P<label>\S(?:[^\n]*?\S)?)(?P<mark>\s*(?:{marks})?\s+|\s*[:|(\u2026.]+\s*)"
    )
