"""Does every triple of a document lead to words that stand where they are said to stand?

Which words account for a triple is the rule of `ssrgraph.graph.accounting`. They count only if their quote is exactly
what the stored text has at their offsets, in Unicode code points, and the stored text is the one whose checksum was
kept.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ssrgraph.graph import Evidence, Iris
from ssrgraph.validation.model import Finding, Kind, Severity
from ssrgraph.vocabulary import Oa, Schema, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode

    Term = NamedNode | BlankNode | Literal | Triple

_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedEvidence:
    """The evidence graph of one document, with its quotes held against the stored text.

    Attributes:
        graph: The evidence graph's name.
        quotes: The words of each stretch of text whose quote stands at its offsets.
        findings: What is wrong with texts and quotes.
        accounting: Which stretches account for a triple.
        subjects: The first sound quote of each subject that has evidence or a mention.
    """

    graph: NamedNode
    quotes: dict[Term, str]
    findings: tuple[Finding, ...]
    accounting: Evidence
    subjects: dict[Term, str]

    def behind(self, triple: Triple) -> tuple[str, ...]:
        """Return the words that account for a triple of the document; empty if nothing sound does."""
        return tuple(dict.fromkeys(self.quotes[one] for one in self.accounting.of(triple) if one in self.quotes))


def read_evidence(graph: NamedNode, triples: Iterable[Triple], iris: Iris) -> CheckedEvidence:
    """Index an evidence graph and check its texts and quotes."""
    triples = list(triples)
    index: defaultdict[tuple[Term, str], list[Term]] = defaultdict(list)
    for triple in triples:
        index[triple.subject, triple.predicate.value].append(triple.object)
    for objects in index.values():
        objects.sort(key=str)
    findings: list[Finding] = []
    texts = dict(_texts(graph, index, findings))
    quotes = dict(_quotes(graph, index, texts, findings))
    subjects: dict[Term, str] = {}
    for name in (Ssr.EVIDENCE, Ssr.MENTION):
        for (node, predicate), found in index.items():
            sound = [quotes[one] for one in found if one in quotes]
            if predicate == name and sound:
                subjects.setdefault(node, sound[0])
    return CheckedEvidence(
        graph=graph,
        quotes=quotes,
        findings=tuple(findings),
        accounting=Evidence((Quad(one.subject, one.predicate, one.object, graph) for one in triples), iris),
        subjects=subjects,
    )


def unaccounted(graph: NamedNode, triples: Iterable[Triple], evidence: CheckedEvidence | None) -> Iterator[Finding]:
    """Yield a finding for each triple of a document's graph that no sound words account for."""
    for triple in triples:
        if evidence is None or not evidence.behind(triple):
            yield Finding(
                kind=Kind.EVIDENCE,
                severity=Severity.VIOLATION,
                subject=resource(triple.subject),
                graph=graph,
                message=f"no evidence for: {triple}",
                check="evidence",
            )


Index = dict[tuple["Term", str], list["Term"]]


def _texts(graph: NamedNode, index: Index, findings: list[Finding]) -> Iterator[tuple[Term, str]]:
    """Yield the documents with their texts; a text that is not the one that was read is not used."""
    sources = {source for (_, predicate), found in index.items() if predicate == Oa.HAS_SOURCE for source in found}
    documents = sources | {node for node, predicate in index if predicate == Schema.TEXT}
    for document in sorted(documents, key=str):
        texts = index.get((document, Schema.TEXT), [])
        checksums = index.get((document, Schema.SHA256), [])
        if len(texts) != 1 or len(checksums) != 1:
            problem = f"has {len(texts)} stored texts and {len(checksums)} checksums, not one of each"
        elif not _fits(text := _value(texts[0]), _value(checksums[0])):
            problem = "the stored text is not the one whose checksum was kept"
        else:
            yield document, text
            continue
        findings.append(_finding(Kind.TEXT, document, graph, f"document {_value(document)}: {problem}"))


def _fits(text: str, checksum: str) -> bool:
    content = text.encode()
    return checksum.lower() in {hashlib.sha256(mark + content).hexdigest() for mark in (b"", _UTF8_MARK)}


def _quotes(
    graph: NamedNode, index: Index, texts: dict[Term, str], findings: list[Finding]
) -> Iterator[tuple[Term, str]]:
    """Yield the specific resources whose quote stands at its offsets, with the quote."""
    for (node, predicate), selectors in index.items():
        if predicate != Oa.HAS_SELECTOR:
            continue
        exact = _only(index, selectors, Oa.EXACT)
        problem = _misquote(index, node, selectors, texts)
        if problem:
            findings.append(_finding(Kind.QUOTE, node, graph, problem, quote=exact or ""))
        elif exact is not None:
            yield node, exact


def _misquote(index: Index, node: Term, selectors: list[Term], texts: dict[Term, str]) -> str:
    """Return what is wrong with a specific resource, "" if its quote stands where it should."""
    exact, start, end = (_only(index, selectors, name) for name in (Oa.EXACT, Oa.START, Oa.END))
    sources = index.get((node, Oa.HAS_SOURCE), [])
    if exact is None or start is None or end is None or len(sources) != 1:
        return f"{_value(node)} needs one source, one quote and one position"
    if not (start.isdecimal() and end.isdecimal()):
        return f"{_value(node)} has no offsets but {start!r} and {end!r}"
    text = texts.get(sources[0])
    if text is None:
        return f"{_value(node)} quotes a document without a valid stored text"
    around = (_only(index, selectors, Oa.PREFIX) or "", _only(index, selectors, Oa.SUFFIX) or "")
    return _misplaced(text, int(start), int(end), exact, around)


def _misplaced(text: str, start: int, end: int, exact: str, around: tuple[str, str]) -> str:
    found = text[start:end]
    if found != exact or not found:
        return f"the quote does not stand at {start} to {end}: the text has {_shown(found)}, not {_shown(exact)}"
    if not text[:start].endswith(around[0]):
        return f"in front of {start} the text does not have {_shown(around[0])}"
    if not text[end:].startswith(around[1]):
        return f"behind {end} the text does not have {_shown(around[1])}"
    return ""


def _only(index: Index, nodes: list[Term], predicate: str) -> str | None:
    values = [_value(value) for node in nodes for value in index.get((node, predicate), ())]
    return values[0] if len(values) == 1 else None


def _value(term: Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def resource(term: Term) -> NamedNode | BlankNode | Literal:
    """Return a term that a finding can be about; a triple term is one as text."""
    return Literal(str(term)) if isinstance(term, Triple) else term


def _shown(words: str) -> str:
    limit = 60
    return repr(words if len(words) <= limit else f"{words[: limit - 1]}…")


def _finding(kind: Kind, subject: Term, graph: NamedNode, message: str, *, quote: str = "") -> Finding:
    return Finding(
        kind=kind,
        severity=Severity.VIOLATION,
        subject=resource(subject),
        graph=graph,
        message=message,
        quote=quote,
        check=str(kind),
    )
