"""Agreements, resolutions, laws and plans that a text names without capitals or by number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = r"(?:[A-Z]{1,3}[-/])?\d{1,5}(?:[-/]\d{1,3})*(?:\s*\([12][09]\d\d\))?"
_RESOLUTIONS = re.compile(rf"\s+[Rr]esolutions?\s+({_NUMBER})((?:\s*,\s*(?:and\s+)?|\s+and\s+){_NUMBER})*")
_NUMBERS = re.compile(_NUMBER)
# "resolution 2749", "UNSCR 1325 (2000)", "S/RES/2149": without the body's name in words.
_BARE_RESOLUTION = re.compile(
    r"\b(?:(?:[Rr]esolutions?\s+|UNSC(?:R|\s[Rr]esolution)s?\s+|S/RES/|A/RES/)(?P<number>\d{2,4}(?:/\d{1,4})?)"
    r"(?:\s*\((?:19|20)\d\d\))?)"
)
# "Council Decision (CFSP) 2021/509", "Regulation (EU) No 833/2014", "Joint Action 2008/124/CFSP".
_UNION_ACT = re.compile(
    r"\b(?:(?:Council|Commission|Parliament|Framework|Delegated|Implementing)\s+){0,3}"
    r"(?:[Dd]ecision|[Rr]egulation|[Dd]irective|Joint Action|Common Position)\s+"
    r"(?:\((?:EU|CFSP|EC|EEC|EU, Euratom|Euratom|PESC)\)\s*)?"
    r"(?:No\.?\s*)?\d{2,4}/\d{2,5}(?:/[A-Z]{2,5})?"
)
# "Law No. 123/2019", "Presidential Decree No. 571", "Act No. 13 of 2016", "Federal Law No. 61-FZ".
_NUMBERED_LAW = re.compile(
    r"\b(?:[A-Z][\w-]+\s+){0,3}?"
    r"(?:Law|Act|Decree|Order|Ordinance|Regulation|Decree-Law|Legislative Decree|Directive|Bill)"
    r"\s+(?:No\.?|Nos\.?|Nr\.?|n°|Number)\s*\d(?:[.,](?=\d{3}\b)|[\w/-])*(?:\s+of\s+(?:19|20)\d\d)?"
)
# The number of a law behind its name: "Regulation Act, No. 13 of 2016", "Law on Police (Law No. 123/2019)".
_NUMBER_BEHIND = re.compile(
    r"\s*(?:,\s*|\()(?:(?:(?:Law|Act|Decree)\s+)?(?:No\.?|Nr\.?)|Public\s+Law|P\.\s?L\.|Pub\.\s?L\.|Law|Act|Decree|Bill)"
    r"\s*\d(?:[.,](?=\d{3}\b)|[\w/-])*(?:\s+of\s+(?:19|20)\d\d)?\)?"
)
# "P.L. 117-128", "Pub. L. No. 111-5".
_PUBLIC_LAW = re.compile(r"\b(?:P\.\s?L\.|Pub\.\s?L\.)\s*(?:No\.\s*)?\d{2,3}[-–]\d{1,4}")
# Of the council of an organization: "Ministerial Council Decision No. 4/09".
_COUNCIL_DECISION = re.compile(r"\b(?:[A-Z][\w-]+\s+){1,4}?Decisions?\s+No\.?\s*\d{1,4}(?:/\d{1,4})?")
# "resolutions 2100 (2013), 2164 (2014) and 2227 (2015)": those behind the first.
_MORE_RESOLUTIONS = re.compile(
    r"\b[Rr]esolutions\s+(?P<first>\d{2,4}(?:\s*\((?:19|20)\d\d\))?)"
    r"(?P<more>(?:(?:,\s*(?:and\s+)?|\s+and\s+)\d{2,4}(?:\s*\((?:19|20)\d\d\))?)+)"
)
_ONE_MORE = re.compile(r"\d{2,4}(?:\s*\((?:19|20)\d\d\))?(?![\d)])")
_LOWER = re.compile(
    r"\b(?:an?|the|this|their|its|our|new)\s+((?:new\s+|bilateral\s+|draft\s+|joint\s+|revised\s+|updated\s+){0,2}"
    r"(?:(?P<memorandum>memorandum of understanding)(?:\s+\((?P<short>Mo[Uu]|MOU)\))?"
    r"|(?P<agreement>(?:[\w-]+\s+){0,3}?(?:agreement|treaty|accord|pact)(?=\s+(?:between|with|signed|concluded|reached|ratified)\b))"
    r"|(?P<strategy>(?:[\w-]+\s+){0,2}?(?:\w+|\d+)-year\s+(?:[\w-]+\s+){0,4}?(?:plan|strategy|road ?map))))",
)
# An agreement whose parties stand between its noun and its topic: "Agreement between A and B on the Exchange of Data".
_PARTED = re.compile(
    r"(?P<noun>\b(?:[A-Z][\w-]+\s+){0,4}?"
    r"(?:Agreement|Treaty|Convention|Protocol|Memorandum of Understanding|Arrangement|Accord|MoU|MOU|Memorandum))"
    r"(?:\s+\([A-Z]\w+\))?\s+(?:between|among)\s+"
    r"(?P<parties>(?:(?!\b(?:signed|on|for|concerning|regarding|with)\b)[^.;:\n]){5,200}?)\s+"
    r"(?P<topic>(?:on|concerning|regarding|for|relating to)\s+(?:the\s+)?[A-Z][\w'’-]*"
    r"(?:\s+(?:(?:of|and|the|for|in)\s+){0,2}[A-Z][\w'’-]*)*)"
)
_SIGNED_OR_DATED = re.compile(
    r"\b(?:(?:signed|concluded|initialled|ratified)\s+an?|(?:a|the)\s+(?P<year>(?:19|20)\d\d))\s+"
    r"(?P<name>(?:[a-z][\w-]+\s+){1,4}(?:agreement|treaty|accord|pact))\b(?!\s+in\s+principle)"
)
_TYPES = {"memorandum": "agreement", "agreement": "agreement", "strategy": "strategy"}


def find_instruments(text: str, sentence: Span, names: Sequence[Found]) -> Iterator[Found]:
    """Yield resolutions, acts by number, and agreements and plans in lower case that are not part of a name.

    >>> text = "They signed a memorandum of understanding on training."
    >>> [found.label for found in find_instruments(text, Span(0, len(text)), ())]
    ['memorandum of understanding']
    """
    inside = [name for name in names if sentence.covers(name.span)]
    named: list[Found] = []
    for name in inside:
        if name.kind is EntityKind.ORGANIZATION and name.form == "name" and name.type == "international":
            named += _resolutions(text, sentence, name)
    named += _numbered(text, sentence, inside, [found.span for found in named])
    named += _parted(text, sentence, named)
    named += _in_lower_case(text, sentence, [*inside, *named])
    yield from named
    taken = [name.span for name in (*inside, *named) if name.kind is EntityKind.AGREEMENT]
    for match in _LOWER.finditer(text, sentence.start, sentence.end):
        span = Span(match.start(1), match.end(1))
        kind = next(name for name in _TYPES if match.group(name))
        if any(span.meets(other) for other in taken):
            continue
        label = re.sub(r"\s*\(.*", "", " ".join(match.group(1).split()))
        label = re.sub(r"^(?:(?:new|draft|joint|revised|updated)\s+)+", "", label)
        yield replace(_instrument(span, label, _TYPES[kind]), head=label.split()[-1], abbreviation=match.group("short"))


def _in_lower_case(text: str, sentence: Span, names: Sequence[Found]) -> Iterator[Found]:
    """Yield agreements without capitals that were signed, or that a year tells: "signed a transit accord"."""
    for match in _SIGNED_OR_DATED.finditer(text, sentence.start, sentence.end):
        span = Span(match.start("year") if match["year"] else match.start("name"), match.end("name"))
        if not any(span.meets(name.span) for name in names):
            label = re.sub(r"^(?:new|draft|joint|revised|updated|bilateral)\s+", "", " ".join(match["name"].split()))
            yield replace(_instrument(span, label, "agreement"), head=label.split()[-1])


def numbers_behind(text: str, names: Sequence[Found]) -> list[Found]:
    """Return where the number of a law stands behind its name: it is another name of it."""
    laws = [name for name in names if name.kind is EntityKind.AGREEMENT]
    found = (_NUMBER_BEHIND.match(text, name.span.end) for name in laws)
    return [_instrument(Span(*match.span()), match.group(), "law") for match in found if match is not None]


def _parted(text: str, sentence: Span, named: Sequence[Found]) -> Iterator[Found]:
    """Yield agreements whose topic stands behind their parties; the span is that of the noun in front of them."""
    for match in _PARTED.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span("noun"))
        if not any(span.meets(found.span) for found in named):
            label = " ".join(f"{match['noun']} {match['topic']}".split())
            yield replace(_instrument(span, label, "agreement"), head=match["noun"].split()[-1].casefold())


def _instrument(span: Span, label: str, type_: str) -> Found:
    head = "resolution" if type_ == "resolution" else ""
    return Found(span=span, label=label, kind=EntityKind.AGREEMENT, type=type_, head=head)


def _numbered(text: str, sentence: Span, inside: Sequence[Found], taken: Sequence[Span]) -> Iterator[Found]:
    """Yield resolutions without their body, acts of the European Union, and laws by number."""
    agreements = [name for name in inside if name.kind is EntityKind.AGREEMENT]
    behind = [
        Span(*match.span())
        for name in agreements
        if (match := _NUMBER_BEHIND.match(text, name.span.end, sentence.end)) is not None
    ]
    used = [*taken, *behind]
    patterns = (
        (_UNION_ACT, "law"),
        (_PUBLIC_LAW, "law"),
        (_COUNCIL_DECISION, "resolution"),
        (_NUMBERED_LAW, "law"),
        (_BARE_RESOLUTION, "resolution"),
    )
    for pattern, type_ in patterns:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            longer = any(name.span.covers(span) and name.span != span for name in agreements)
            if longer or any(span.meets(other) for other in used):
                continue
            used.append(span)
            label = " ".join(match.group().split())
            label = re.sub(r"^([Rr]esolution)s\b", r"\1", re.sub(r"\s*\((?:19|20)\d\d\)$", "", label))
            yield _instrument(span, label, type_)
    for listed in _MORE_RESOLUTIONS.finditer(text, sentence.start, sentence.end):
        for match in _ONE_MORE.finditer(text, *listed.span("more")):
            span = Span(*match.span())
            if not any(span.meets(other) for other in used):
                number = re.sub(r"\s*\(.*", "", match.group())
                yield _instrument(span, f"resolution {number}", "resolution")


def _resolutions(text: str, sentence: Span, body: Found) -> Iterator[Found]:
    match = _RESOLUTIONS.match(text, body.span.end, sentence.end)
    if match is None:
        return
    words = body.surface or body.label
    noun = "Resolution" if "R" in match.group()[:3] else "resolution"
    for number, value in enumerate(_NUMBERS.finditer(text, match.start(1), match.end())):
        bare = re.sub(r"\s*\(.*", "", value.group())
        start = body.span.start if number == 0 else value.start()
        yield _instrument(Span(start, value.end()), f"{words} {noun} {bare}", "resolution")
        if number == 0:
            yield replace(body, nested=True)
