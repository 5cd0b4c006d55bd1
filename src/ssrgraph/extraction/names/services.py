"""National services by a bare noun behind the armed forces they belong to: "8,000 in the Army, 900 in the Navy"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.names.found import Found
from ssrgraph.extraction.names.heads import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssrgraph.entities.model import ReferenceEntity
    from ssrgraph.entities.reference import Reference

_SERVICE = re.compile(
    r"\b[Tt]he (?P<noun>Army|Navy|Air Force|Coast Guard|National Guard|Land Forces|Ground Forces)\b"
    r"(?!\s+[A-Z])"
)
_WHOLE = re.compile(r"\b(?:armed|defen[cs]e|military|people's liberation) (?:forces?|army)\b", re.IGNORECASE)
_REACH = 400


def find_services(text: str, sentence: Span, names: Sequence[Found], reference: Reference) -> Iterator[Found]:
    """Yield services of a sentence that no name covers: of a body named before by that noun, else of armed forces.

    Args:
        text: The document's text.
        sentence: The sentence.
        names: The names of the document so far, in order.
        reference: The reference data.
    """
    for match in _SERVICE.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span("noun"))
        noun = match.group("noun")
        if any(name.span.meets(span) and not _is_bare(name, noun) for name in names):
            continue
        bodies = [n for n in names if _is_body(n) and n.span.end <= span.start]
        same = [n for n in bodies if n.label.endswith(f" {noun}") and n.owner is not None]
        if same and len({n.label for n in same}) == 1:
            yield _again(same[0], span)
            continue
        forces = [n for n in bodies if _WHOLE.search(n.label) and span.start - n.span.end <= _REACH]
        if forces:
            found = _of_forces(noun, span, forces[-1], reference)
            if found is not None:
                yield found


def _is_bare(name: Found, noun: str) -> bool:
    return name.label == noun and name.reference is None and name.owner is None


def _is_body(name: Found) -> bool:
    return name.kind is EntityKind.ORGANIZATION and name.type == "military" and not name.nested and name.form == "name"


def _again(name: Found, span: Span) -> Found:
    return Found(span=span, label=name.label, kind=name.kind, type=name.type, head=name.head, owner=name.owner)


def _of_forces(noun: str, span: Span, forces: Found, reference: Reference) -> Found | None:
    """Return a service of armed forces whose state is known."""
    known = reference.get(forces.reference) if forces.reference is not None else None
    code = known.state if known is not None else None
    of = forces.owner or (f"organization/{code.lower()}" if code else None)
    state = reference.get(of) if of is not None else None
    if state is None or noun.casefold() not in word_list("national", "military"):
        return None
    label = f"{_adjective(state, reference)} {noun}"
    entity = next((e for e in reference.entities if e.label == label), None)
    return Found(
        span=span,
        label=label,
        surface=noun,
        kind=EntityKind.ORGANIZATION,
        type="military",
        head=noun.casefold(),
        reference=entity.id if entity is not None else None,
        owner=None if entity is not None else state.id,
        holder=forces.span,
    )


def _adjective(state: ReferenceEntity, reference: Reference) -> str:
    """Return the adjective by which most bodies of a state are called: "Philippine", not "Filipino"."""
    labels = [entity.label for entity in reference.entities if entity.state == state.code]
    counts = [(sum(label.startswith(f"{one} ") for label in labels), one) for one in state.adjectives]
    return max(counts, key=lambda count: count[0])[1] if counts else state.label
