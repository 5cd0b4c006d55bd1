"""Texts with every organization, membership, mission and agreement that they name: `names/*.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ssrgraph.entities import fold_name
from ssrgraph.extraction.claims.agreements import read_agreements
from ssrgraph.extraction.claims.memberships import read_memberships
from ssrgraph.extraction.claims.missions import read_missions
from ssrgraph.extraction.claims.organizations import read_organizations
from ssrgraph.extraction.model import Claim

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['reason']}")
    for path in sorted((Path(__file__).parent / "names").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
READERS = {
    "organization": read_organizations,
    "membership": read_memberships,
    "mission": read_missions,
    "agreement": read_agreements,
}
ENTITY_SLOTS = {"lead", "host", "commander", "requested_by", "predecessor", "parties", "parent"}
DEFAULTS = {
    "organization": {"kind": "", "abbreviation": "", "parent": ""},
    "mission": dict.fromkeys(
        ("abbreviation", "lead", "host", "start", "end", "commander", "requested_by", "predecessor"), ""
    )
    | {"mandate": []},
    "agreement": {"kind": "", "parties": [], "date": ""},
}
ANY = ("*", ["*"])


def names(analysis, id_):
    """Return all folded names of an entity that the document or the reference data has for it."""
    entity = analysis.entities[id_]
    inside = [analysis.words(span) for span in entity.mentions]
    texts = (entity.name, entity.label, *entity.aliases, *inside, entity.abbreviation or "")
    return {fold_name(text) for text in texts if text}


def expected_rows(case):
    """Yield kind, names and slots of each row that a case expects, and whether it may be left out."""
    for line in case["organizations"]:
        cells = [cell.strip() for cell in re.split(r"\s*\|\s+|\s+\|\s*", line)]
        slots = dict(zip(("kind", "abbreviation", "parent"), cells[1:], strict=False))
        yield "organization", cells[0].split("|"), DEFAULTS["organization"] | slots, False
    for line in case.get("memberships", []):
        yield "membership", line.split(" > "), {}, False
    for kind in ("mission", "agreement"):
        for row in case.get(f"{kind}s", []):
            slots = {slot: value for slot, value in row.items() if slot not in {kind, "optional"}}
            yield kind, row[kind].split("|"), DEFAULTS[kind] | slots, row.get("optional", False)


def found_rows(analysis):
    for kind, read in READERS.items():
        for claim in read(analysis):
            if isinstance(claim, Claim):
                yield kind, claim


def is_row(analysis, kind, claim, wanted):
    if kind == "membership":
        group, member = wanted
        return fold_name(group) in names(analysis, claim.organization) and fold_name(member) in names(
            analysis, claim.member
        )
    return any(fold_name(name) in names(analysis, getattr(claim, kind)) for name in wanted)


def slot_problem(analysis, claim, slot, wanted):
    """Say how a slot differs from what is wanted, or nothing."""
    if wanted in ANY:
        return None
    value = getattr(claim, slot)
    if slot in ENTITY_SLOTS:
        all_wanted = wanted if isinstance(wanted, list) else [name for name in [wanted] if name]
        left = list(value)
        for name in all_wanted:
            accepted = {fold_name(one) for one in name.split("|")}
            fitting = [id_ for id_ in left if accepted & names(analysis, id_)]
            if not fitting:
                return f"{slot}: {name} is not in {[analysis.entities[id_].name for id_ in value]}"
            left.remove(fitting[0])
        return (
            f"{slot}: {[analysis.entities[id_].name for id_ in left]} is too much" if left and slot != "host" else None
        )
    if isinstance(wanted, list):
        return None if list(value) == wanted else f"{slot}: {list(value)} is not {wanted}"
    return None if (value or "") in wanted.split("|") else f"{slot}: {value!r} is not {wanted!r}"


def problems(case, analysis):
    """Return what is missed, wrong or too much, one line each."""
    rows = list(found_rows(analysis))
    open_names = {fold_name(name) for name in case.get("open", [])}
    used = set()
    for kind, wanted, slots, optional in expected_rows(case):
        at = next(
            (
                i
                for i, (k, claim) in enumerate(rows)
                if i not in used and k == kind and is_row(analysis, k, claim, wanted)
            ),
            None,
        )
        title = f"{kind} {' > '.join(wanted)}"
        if at is None:
            if not optional and not open_names & {fold_name(name) for name in wanted}:
                yield f"missed {title}"
            continue
        used.add(at)
        if not optional:
            for slot, value in slots.items():
                problem = slot_problem(analysis, rows[at][1], slot, value)
                if problem:
                    yield f"{title}: {problem}"
    for i, (kind, claim) in enumerate(rows):
        if i in used:
            continue
        id_ = claim.member if kind == "membership" else getattr(claim, kind)
        body = kind == "organization" and analysis.entities[id_].kind == "mission"
        if not body and not (kind == "organization" and open_names & names(analysis, id_)):
            group = f"{analysis.entities[claim.organization].name} > " if kind == "membership" else ""
            yield f"spurious {kind} {group}{analysis.entities[id_].name}"


@pytest.mark.parametrize("case", CASES)
def test_reads_what_the_text_names(case, analysed):
    analysis = analysed(case["text"])
    assert sorted(problems(case, analysis)) == sorted(case.get("known", []))


@pytest.mark.parametrize("case", CASES)
def test_quotes_and_words_stand_in_the_text(case, analysed):
    analysis = analysed(case["text"])
    for _, claim in found_rows(analysis):
        for span in (claim.quote, *claim.words.values()):
            assert span.of(analysis.text).strip()
        assert claim.passage.covers(claim.quote)
        assert 0 < claim.confidence < 1
