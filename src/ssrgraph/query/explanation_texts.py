"""Explanations for people and scripts: a tree of lines, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.query.provenance import SourceKind
from ssrgraph.query.syntax import prefixes_with
from ssrgraph.query.terms import shown
from ssrgraph.reasoning.proofs import ASSERTED
from ssrgraph.reasoning.rules import rules
from ssrgraph.vocabulary import Rdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ssrgraph.query.explanations import Explanation
    from ssrgraph.query.provenance import Source
    from ssrgraph.query.terms import Term
    from ssrgraph.reasoning import Fact, Proof

_FIRST, _REST, _NIL = (f"{Rdf.TYPE.removesuffix('type')}{name}" for name in ("first", "rest", "nil"))


def as_tree(explanation: Explanation) -> str:
    """Return an explanation as lines for a person: what holds, by which rule, from what, down to the sources."""
    writer = _Tree(explanation)
    lines: list[str] = []
    for number, proof in enumerate(explanation.proofs, start=1):
        if len(explanation.proofs) > 1:
            lines += [*([""] if lines else []), f"Proof {number}: {_steps(proof)}"]
        lines += writer.of(proof)
    used = dict.fromkeys(node.rule for proof in explanation.proofs for node in proof.nodes() if node.rule != ASSERTED)
    if used:
        lines += ["", "Rules of OWL 2 RL:", *(f"  {name}: {rules()[name].text}" for name in used)]
    return "".join(f"{line}\n" for line in lines)


def as_record(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as JSON values."""
    return {
        "triple": _fact(explanation.proofs[0].conclusion, explanation) if explanation.goal else None,
        "proofs": [{"steps": proof.steps, "proof": _node(proof, explanation)} for proof in explanation.proofs],
    }


class _Tree:
    def __init__(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._prefixes = prefixes_with(explanation.base_iri)
        self._seen: set[Proof] = set()

    def of(self, proof: Proof) -> list[str]:
        head = self._fact(proof.conclusion) if proof.conclusion else "These cannot all be true:"
        if proof.rule == ASSERTED:
            return [head, *self._sources(proof.conclusion)]
        if proof.conclusion is not None and proof in self._seen:
            return [head, f"  by {proof.rule}, as above"]
        self._seen.add(proof)
        parts = list(self._parts(proof))
        by = f"  by {proof.rule}{', from' if parts else ''}"
        lines = [head, by]
        for place, part in enumerate(parts, start=1):
            branch, under = ("  └─ ", "     ") if place == len(parts) else ("  ├─ ", "  │  ")
            lines += [(branch if number == 0 else under) + line for number, line in enumerate(part)]
        return lines

    def _parts(self, proof: Proof) -> Iterator[list[str]]:
        """Yield the lines of each premise; the given cells of a list are one part."""
        waiting = list(proof.premises)
        while waiting:
            cells = list_cells(waiting)
            if cells:
                members = [self._term(one) for one in list_members(cells)]
                yield [f"a list: {', '.join(members)}", *self._sources(cells[0].conclusion)]
            else:
                cells = waiting[:1]
                yield self.of(waiting[0])
            waiting = waiting[len(cells) :]

    def _fact(self, fact: Fact) -> str:
        return "  ".join(self._term(one) for one in fact)

    def _term(self, term: Term) -> str:
        name = shown(term, self._prefixes)
        words = self._explanation.labels.get(term, "")
        return f"{name} “{' '.join(words.split())}”" if words else name

    def _sources(self, fact: Fact | None) -> list[str]:
        found = self._explanation.sources.get(fact, ()) if fact else ()
        return [line for one in found for line in self._source(one)]

    def _source(self, source: Source) -> Iterator[str]:
        if source.kind is not SourceKind.DOCUMENT:
            yield f"  {source.kind}{': ' if source.name else ''}{source.name}"
            return
        title = f" “{' '.join(source.title.split())}”" if source.title else ""
        claim = f" by {shown(source.claim, self._prefixes)}" if source.claim else ""
        yield f"  said in document {source.name}{title}{claim},"
        yield f"  characters {source.start} to {source.end}: “{' '.join(source.quote.split())}”"


def list_cells(premises: list[Proof]) -> list[Proof]:
    """Return the cells of a given list that stand in front of some premises; none if no list does."""
    found: list[Proof] = []
    for one in premises:
        place = (_FIRST, _REST)[len(found) % 2]
        if one.rule != ASSERTED or one.conclusion is None or not _is(one.conclusion, place):
            break
        found.append(one)
        if place == _REST and one.conclusion.object == NamedNode(_NIL):
            return found
    return []


def list_members(cells: list[Proof]) -> list[Term]:
    """Return the members of a list from its cells."""
    return [one.conclusion.object for one in cells if one.conclusion and _is(one.conclusion, _FIRST)]


def _is(fact: Fact, predicate: str) -> bool:
    return fact.predicate == NamedNode(predicate)


def _steps(proof: Proof) -> str:
    return f"{proof.steps} rule application{'' if proof.steps == 1 else 's'}"


def _node(proof: Proof, explanation: Explanation) -> dict[str, object]:
    found: dict[str, object] = {
        "conclusion": _fact(proof.conclusion, explanation),
        "rule": None if proof.rule == ASSERTED else proof.rule,
    }
    if proof.rule == ASSERTED:
        sources = explanation.sources.get(proof.conclusion, ()) if proof.conclusion else ()
        found["sources"] = [_source(one) for one in sources]
    else:
        found["premises"] = [_node(one, explanation) for one in proof.premises]
    return found


def _fact(fact: Fact | None, explanation: Explanation) -> dict[str, object] | None:
    if fact is None:
        return None
    return {
        name: {"term": str(term), "label": explanation.labels.get(term)}
        for name, term in zip(("subject", "predicate", "object"), fact, strict=True)
    }


def _source(source: Source) -> Mapping[str, object]:
    found: dict[str, object] = {"kind": source.kind.value, "graph": source.graph.value, "name": source.name or None}
    if source.kind is SourceKind.DOCUMENT:
        found |= {
            "title": source.title or None,
            "claim": source.claim.value if source.claim else None,
            "words": source.words.value if source.words else None,
            "quote": source.quote,
            "start": source.start,
            "end": source.end,
        }
    return found
