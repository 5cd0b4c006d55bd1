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
_ENDS_IN_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_SECOND_YEAR = re.compile(r"\s?(?:[-–/]|to)\s?(?:19|20)?\d\d\b(?!\d)")
_TERM = re.compile(r"\s+towards?\s+20\d\d\b|\s+(?:19|20)\d\d\s?(?:[-–/]|to)\s?(?:19|20)\d\d\b")
# "resolutions 1325 (2000), 1820 (2008) and 2242 (2015)": each is one.
_BARE_LIST = re.compile(rf"\b[Rr]esolutions\s+({_NUMBER})(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NUMBER})+")
# "OSCE Ministerial Council Decision No. 2/05": of a council of states.
_COUNCIL_DECISION = re.compile(
    r"\b(?:[A-Z][\w-]+\s+){0,4}?(?:Council|Committee|Assembly|Board|Commission)\s+[Dd]ecision\s+No\.?\s*\d+(?:/\d+)?"
)
# "Government Resolution No. 412 of 2016", "Cabinet Decision No. 77": of a government or parliament.
_STATE_RESOLUTION = re.compile(
    r"\b(?:[A-Z][\w-]+\s+)?(?:Government|Cabinet|Parliament|Parliamentary|Ministerial|Presidential)\s+"
    r"(?:Resolution|Decision)\s+(?:No\.?|Nr\.?|Number)\s*\d[\w/-]*(?:\s+of\s+(?:19|20)\d\d)?"
)
# "its Statute, adopted in 2017": the basic law of a body, named by its noun alone.
_BASIC_LAW = re.compile(
    r"\b(?:[Ii]ts|[Tt]he|[Tt]heir)\s+(?P<name>Statute|Constitutive Act|Constitution|Covenant)"
    r"(?=,\s+(?:which\s+was\s+|as\s+)?(?:adopted|signed|approved|promulgated|amended)\b)"
)
# "section 333 of title 10, United States Code".
_CODE = re.compile(
    r"\b(?:[Ss]ec(?:tion|\.)\s+\d+\w?\s+of\s+)?[Tt]itle\s+\d{1,2},?\s+(?:of\s+the\s+)?(?:United\s+States|U\.\s?S\.)\s+Code\b"
)
# "Public Law 117-81", "Pub. L. 109–177", "P.L. 117-128".
_PUBLIC_LAW = re.compile(r"\b(?:Public Law|Pub\.\s?L\.|P\.\s?L\.)\s*(?:No\.\s*)?\d{2,3}[-–]\d{1,4}\b")
# "Council Decision (CFSP) 2021/509", "Regulation (EU) No 833/2014", "Joint Action 2008/124/CFSP".
_UNION_ACT = re.compile(
    r"\b(?:(?:Council|Commission|Parliament|Framework|Delegated|Implementing)\s+){0,3}"
    r"(?:[Dd]ecision|[Rr]egulation|[Dd]irective|Joint Action|Common Position)\s+"
    r"(?:\((?:EU|CFSP|EC|EEC|EU, Euratom|Euratom|PESC)\)\s*)?"
    r"(?:No\.?\s*)?\d{2,4}/\d{2,5}(?:/[A-Z]{2,5})?"
)
# "Law No. 123/2019", "Presidential Decree No. 571", "Act No. 13 of 2016", "Federal Law No. 61-FZ".
_NUMBERED_LAW = re.compile(
    r"\b(?:(?!(?:Under|The|In|By|On|Of|And|Pursuant|See|With|Since|After|Before|Following|Through|This|That|Its)\b)"
    r"[A-Z][\w-]+\s+){0,3}?"
    r"(?:Law|Act|Decree|Order|Ordinance|Regulation|Decree-Law|Legislative Decree|Directive|Bill)"
    r"\s+(?:No\.?|Nos\.?|Nr\.?|n°|Number)\s*\d(?:[.,](?=\d{3}\b)|[\w/-])*(?:\s+of\s+(?:19|20)\d\d)?"
)
# The number of a law behind its name: "Regulation Act, No. 13 of 2016", "Law on Police (Law No. 123/2019)".
_NUMBER_BEHIND = re.compile(
    r"\s*(?:,\s*|\()(?:"
    r"(?:Public Law|Pub\.\s?L\.|P\.\s?L\.)\s*(?:No\.\s*)?\d{2,3}[-–]\d{1,4}"
    r"|(?:(?:(?:Law|Act|Decree)\s+)?(?:No\.?|Nr\.?)|Law|Act|Decree|Bill)"
    r"\s*\d(?:[.,](?=\d{3}\b)|[\w/-])*(?:\s+of\s+(?:19|20)\d\d)?)\)?"
)
_LOWER = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]heir|[Ii]ts|[Oo]ur|new)\s+"
    r"((?:new\s+|bilateral\s+|draft\s+|joint\s+|revised\s+|updated\s+){0,2}"
    r"(?:(?P<memorandum>memorandum of understanding)(?:\s+\((?P<short>Mo[Uu]|MOU)\))?"
    r"|(?P<agreement>(?:(?:19|20)\d\d\s+)?(?:[\w-]+\s+){0,3}?(?:agreement|treaty|accord|pact|arrangement"
    r"|letter of intent|letter of understanding)(?:\s+on\s+(?:[a-z][\w-]*\s+){0,3}?[a-z][\w-]*)?"
    r"(?=\s+(?:between\b|with\b|of\s+(?:19|20)\d\d\b|(?:(?:which|that)\s+was\s+)?(?:signed|concluded)\b"
    r"|reached\b|(?:entered|came) into force\b|under which\b|by which\b|whereby\b)))"
    r"|(?P<dated>(?:19|20)\d\d\s+(?:[a-z][\w-]+\s+){1,4}?(?:agreement|treaty|accord|pact|memorandum))\b"
    r"|(?P<strategy>(?:[\w-]+\s+){0,2}?(?:\w+|\d+)-year\s+(?:[\w-]+\s+){0,4}?(?:plan|strategy|road ?map))))",
)
# The same behind the verb that says how it came about: "signed a military cooperation agreement".
_SIGNED = re.compile(
    r"\b(?:sign|signs|signed|signing|concluded?|initialled|ratified|renewed|exchanged|entered into|inked)\s+"
    r"(?:an?|the|their|its|two|new)\s+(?:new\s+)?"
    r"(?P<agreement>(?:[a-z-]+\s+){1,4}?(?:agreement|treaty|accord|pact)|letter of (?:intent|understanding|agreement)"
    r"|memorandum of agreement)\b(?!\s+(?:aimed|worth\s+\$?\d+\s*$))"
)
# An agreement whose parties stand between its noun and its topic: "Agreement between A and B on the Exchange of Data".
_PARTED = re.compile(
    r"(?P<noun>\b(?:[A-Z][\w-]+\s+){0,4}?"
    r"(?:Agreement|Treaty|Convention|Protocol|Memorandum of Understanding|Arrangement|Accord|MoU|MOU|Memorandum))"
    r"(?:\s+\([A-Z]\w+\))?\s+(?:between|among)\s+"
    r"(?P<parties>(?:(?!\b(?:signed|on|for|concerning|regarding|with|entered|was|were|is)\b)[^.;:\n]){5,200}?)\s+"
    r"(?P<topic>(?:on|concerning|regarding|for|relating to)\s+(?:the\s+)?[A-Z][\w'’-]*"
    r"(?:\s+(?:(?:of|and|the|for|in)\s+){0,2}[A-Z][\w'’-]*)*)"
)
_TITLE = re.compile(
    r"\s*(?P<title>(?P<noun>(?:[A-Z][\w-]*\s+){0,4}?(?:Agreement|Treaty|Convention|Protocol|Memorandum\s+of\s+Understanding"
    r"|Arrangement|Exchange\s+of\s+Notes|Accord))\s+between\s[^.;:]{10,400}?\s+and\s[^.;:]{4,400}?)(?:\s+(?:on|concerning|of|the|and|for))*\s*",
    re.IGNORECASE,
)
_TYPES = {"dated": "agreement", "memorandum": "agreement", "agreement": "agreement", "strategy": "strategy"}


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
    heading = _titled(text, sentence, inside)
    if heading:
        yield from heading
        return
    named += _parted(text, sentence, inside, named)
    yield from named
    taken = [name.span for name in (*inside, *named) if name.kind is EntityKind.AGREEMENT]
    for match in _SIGNED.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span("agreement"))
        if not any(span.meets(other) for other in taken):
            taken.append(span)
            label = " ".join(match["agreement"].split())
            yield replace(_instrument(span, label, "agreement"), head=label.split()[-1])
    for match in _LOWER.finditer(text, sentence.start, sentence.end):
        span = Span(match.start(1), match.end(1))
        kind = next(name for name in _TYPES if match.group(name))
        if any(span.meets(other) for other in taken):
            continue
        label = re.sub(r"\s*\(.*", "", " ".join(match.group(1).split()))
        label = re.sub(r"^(?:19|20)\d\d\s+", "", label)
        label = re.sub(r"^(?:(?:new|draft|joint|revised|updated)\s+)+", "", label)
        yield replace(_instrument(span, label, _TYPES[kind]), head=label.split()[-1], abbreviation=match.group("short"))


def numbers_behind(text: str, names: Sequence[Found]) -> list[Found]:
    """Return where the number of a law stands behind its name: it is another name of it."""
    laws = [name for name in names if name.kind is EntityKind.AGREEMENT]
    found = (_NUMBER_BEHIND.match(text, name.span.end) for name in laws)
    return [_instrument(Span(*match.span()), match.group(), "law") for match in found if match is not None]


def _titled(text: str, sentence: Span, inside: Sequence[Found]) -> list[Found]:
    """Return the agreement whose title a line is, with the parties in it: "AGREEMENT BETWEEN A AND B CONCERNING C"."""
    match = _TITLE.fullmatch(text, sentence.start, sentence.end)
    if match is None or "\n\n" in match["title"]:
        return []
    span = Span(*match.span("title"))
    parties = [replace(name, nested=True) for name in inside if span.covers(name.span) and not name.nested]
    if sum(name.kind is EntityKind.ORGANIZATION and name.form == "name" for name in parties) < 2:  # noqa: PLR2004 - two parties
        return []
    label = " ".join(match["title"].split())
    head = match["noun"].split()[-1].casefold()
    return [replace(_instrument(span, label, "agreement"), head=head), *parties]


def _parted(text: str, sentence: Span, inside: Sequence[Found], named: Sequence[Found]) -> Iterator[Found]:
    """Yield agreements whose topic stands behind their parties; the span is that of the noun in front of them."""
    for match in _PARTED.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span("noun"))
        longer = any(n.kind is EntityKind.AGREEMENT and n.span.covers(span) and n.span != span for n in inside)
        if not longer and not any(span.meets(found.span) for found in named):
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
    for name in agreements:
        yield from _with_years(text, sentence, name)
    for pattern, type_ in _NUMBERED:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span("name" if pattern is _BASIC_LAW else 0))
            longer = any(name.span.covers(span) and name.span != span for name in agreements)
            if longer or any(span.meets(other) for other in used):
                continue
            used.append(span)
            if pattern is _BARE_LIST:
                yield from _listed(text, match)
                continue
            label = " ".join(span.of(text).split())
            label = re.sub(r"^([Rr]esolution)s\b", r"\1", re.sub(r"\s*\((?:19|20)\d\d\)$", "", label))
            yield _instrument(span, label, type_)


def _with_years(text: str, sentence: Span, name: Found) -> Iterator[Found]:
    """Yield a name with its second year: "National Security Strategy 2021–2026", "Defence Acts 1954 to 2015"."""
    behind = _SECOND_YEAR.match(text, name.span.end, sentence.end) if _ENDS_IN_YEAR.search(name.span.of(text)) else None
    behind = behind or _TERM.match(text, name.span.end, sentence.end)
    if behind is not None:
        label = " ".join(f"{name.surface or name.label}{behind.group()}".split())
        yield replace(name, span=Span(name.span.start, behind.end()), label=label, surface="")


def _listed(text: str, match: re.Match[str]) -> Iterator[Found]:
    """Yield each resolution of a list without its body's name; the noun stands in the span of the first."""
    for number, value in enumerate(_NUMBERS.finditer(text, match.start(1), match.end())):
        start = match.start() if number == 0 else value.start()
        yield _instrument(Span(start, value.end()), "resolution " + re.sub(r"\s*\(.*", "", value.group()), "resolution")


_NUMBERED = (
    (_UNION_ACT, "law"),
    (_CODE, "law"),
    (_PUBLIC_LAW, "law"),
    (_COUNCIL_DECISION, "resolution"),
    (_STATE_RESOLUTION, "resolution"),
    (_NUMBERED_LAW, "law"),
    (_BASIC_LAW, "law"),
    (_BARE_LIST, "resolution"),
    (_BARE_RESOLUTION, "resolution"),
)


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
