# ruff: noqa: INP001 - a script beside its data, no part of a package
"""Write the two mapping sets of this folder: `wikidata.sssom.tsv` and `terms.sssom.tsv`.

They are made of facts that were verified (`items.csv`), and of what a person has chosen: the column `wikidata` of the
reference data, `chosen.csv`, `terms.csv`. Nothing is matched here; what was chosen is only looked over: the identifier
is verified, both sides share a name, a state has the same code.

Run: `python data/links/generate.py`; with `--check` nothing is written, and the exit status is 1 if a file differs.
"""

from __future__ import annotations

import argparse
import csv
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

from pyoxigraph import parse

from ssrgraph.entities import load_reference
from ssrgraph.entities.links import Link
from ssrgraph.entities.naming import fold_name
from ssrgraph.entities.sssom import write
from ssrgraph.vocabulary import BASE, ONTOLOGY, PREFIXES, SCHEME, WIKIDATA, Semapv, Skos

HERE = Path(__file__).parent
TOP = HERE.parent.parent
REVIEWED = "2026-11-27"
AUTHOR = "ssrgraph contributors"
CONFIDENCE = {2: Decimal("0.95")}
"""By how many projects show the identifier with its name; by convention, not measured."""
OF_THREE = Decimal("0.99")
KINDS = ("organization", "place", "mission", "programme", "currency")
ABOUT = {
    "sssom_version": "1.0",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    "creator_label": (AUTHOR,),
    "subject_source": ONTOLOGY,
    "object_source": "http://www.wikidata.org/entity/Q2013",
    "comment": (
        "Made by data/links/generate.py of identifiers that several public projects show with their name. "
        "The confidence is 0.99 where three or more projects agree and 0.95 where two do, by convention."
    ),
}


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items() -> dict[str, dict[str, str]]:
    """Return what is known of Wikidata, by identifier."""
    return {row["id"]: row for row in rows(HERE / "items.csv")}


@cache
def ours() -> dict[str, tuple[str, set[str], str]]:
    """Return label, folded names and code of everything that may be linked, by prefixed name."""
    found = {}
    reference = load_reference(TOP / "data" / "reference")
    for entity in reference.entities:
        names = {entity.label, entity.abbreviation or entity.label, *entity.aliases}
        kind, _, name = entity.id.partition("/")
        found[f"{kind}:{name}"] = (entity.label, {*map(fold_name, names)}, entity.code or "")
    for currency in reference.currencies():
        names = {currency.name, currency.code, *currency.names}
        found[f"currency:{currency.code.lower()}"] = (currency.name, {*map(fold_name, names)}, "")
    for path in sorted((TOP / "ontology").rglob("*.ttl")):
        for quad in parse(path=path):
            if quad.predicate.value not in {PREFIXES["rdfs"] + "label", Skos.PREF_LABEL}:
                continue
            for prefix in ("ssr", "kind", "materiel"):
                if quad.subject.value.startswith(PREFIXES[prefix]):
                    name = f"{prefix}:{quad.subject.value.removeprefix(PREFIXES[prefix])}"
                    found[name] = (quad.object.value, {fold_name(quad.object.value)}, "")
    return found


def expanded(name: str) -> str:
    """Return the IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return (f"{BASE}id/{prefix}/" if prefix in KINDS else PREFIXES[prefix]) + local


def link(name: str, item: dict[str, str], predicate: str, comment: str = "") -> Link:
    """Return a link between something of ours, by its prefixed name, and an item or property."""
    return Link(
        subject=expanded(name),
        subject_label=ours()[name][0],
        predicate=expanded(predicate),
        object=WIKIDATA + item["id"],
        object_label=item["label"],
        justification=Semapv.MANUAL_MAPPING_CURATION,
        author=AUTHOR,
        date=REVIEWED,
        confidence=CONFIDENCE.get(int(item["projects"]), OF_THREE),
        comment=comment,
    )


def entity_links() -> list[Link]:
    """Return the links of entities, each looked over."""
    known = items()
    chosen = [(row["subject_id"], row["item"]) for row in rows(HERE / "chosen.csv")]
    for entity in load_reference(TOP / "data" / "reference").entities:
        if entity.wikidata:
            kind, _, name = entity.id.partition("/")
            chosen.append((f"{kind}:{name}", entity.wikidata))
    found = []
    for name, identifier in sorted(chosen):
        item, (label, names, code) = known.get(identifier), ours()[name]
        if item is None:
            sys.exit(f"{name} ({label}): {identifier} is not verified")
        theirs = {*map(fold_name, (item["label"], *filter(None, item["aliases"].split("|"))))}
        if not names & theirs:
            sys.exit(f"{name} ({label}): shares no name with {identifier} ({item['label']})")
        if code != item["iso2"]:
            sys.exit(f"{name} ({label}): has the code {code!r}, {identifier} has {item['iso2']!r}")
        found.append(link(name, item, "skos:exactMatch"))
    return found


def term_links() -> list[Link]:
    """Return the links of terms of the ontology."""
    known = items()
    return [
        link(row["subject_id"], known[row["item"]], row["predicate_id"], row["comment"])
        for row in rows(HERE / "terms.csv")
    ]


def texts() -> dict[Path, str]:
    """Return the files with what they must hold."""
    kinds = {kind: f"{BASE}id/{kind}/" for kind in KINDS}
    entities = {
        "mapping_set_id": f"{BASE}links/wikidata",
        "mapping_set_title": "Entities of ssrgraph and their items in Wikidata",
        **ABOUT,
    }
    terms = {
        "mapping_set_id": f"{BASE}links/terms",
        "mapping_set_title": "Terms of the ssrgraph ontology beside properties and classes of Wikidata",
        **ABOUT,
    }
    found = entity_links()
    used = {name: iri for name, iri in kinds.items() if any(one.subject.startswith(iri) for one in found)}
    entity_prefixes = {**used, "materiel": f"{SCHEME}materiel#", "wd": WIKIDATA}
    term_prefixes = {"kind": PREFIXES["kind"], "ssr": PREFIXES["ssr"], "wd": WIKIDATA}
    return {
        HERE / "wikidata.sssom.tsv": write(found, prefixes=entity_prefixes, about=entities),
        HERE / "terms.sssom.tsv": write(term_links(), prefixes=term_prefixes, about=terms),
    }


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, tell whether a file differs")
    check = parser.parse_args().check
    for path, text in texts().items():
        if not check:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path}: differs from what {Path(__file__).name} writes")


if __name__ == "__main__":
    main()
