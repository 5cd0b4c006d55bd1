"""What documents say and Wikidata could take, as commands of QuickStatements (version 1, one a line).

Only what a document asserts is written, and only between things that are linked to items; nothing is created. Each line
has its reference: where the document can be had or which item it is, its title, when it was retrieved, and the words.
What cannot be said exactly, or cannot be referenced, stands as a comment with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from ssrgraph.entities.model import EntityKind
from ssrgraph.graph import Iris
from ssrgraph.query.provenance import Provenance, SourceKind
from ssrgraph.vocabulary import PREFIXES, WIKIDATA, Dc, Dct, Pav, Rdf, Schema, Skos, Ssr, Xsd, concept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ssrgraph.query.provenance import Source
    from ssrgraph.store import Store

MEMBER_OF, PARENT, OPERATOR, REPLACES = "P463", "P749", "P137", "P1365"
SIGNATORY, ORGANIZER, PARTICIPANT, LOCATION, COMMANDED_BY = "P1891", "P664", "P710", "P276", "P4791"
POINT_IN_TIME, START, END = "P585", "P580", "P582"
EMPLOYEES, PARTICIPANTS, FUNDER = "P1128", "P1132", "P8324"
STATED_IN, TITLE, PUBLISHED, ADDRESS, RETRIEVED, QUOTATION = "S248", "S1476", "S577", "S854", "S813", "S1683"

_RELATIONS: Final = {
    Ssr.MEMBER.value: (MEMBER_OF, True),
    Ssr.PARENT.value: (PARENT, False),
    Ssr.LEAD.value: (OPERATOR, False),
    Ssr.PREDECESSOR.value: (REPLACES, False),
    Ssr.PARTY.value: (SIGNATORY, False),
    Ssr.ORGANIZER.value: (ORGANIZER, False),
    Ssr.PARTICIPANT.value: (PARTICIPANT, False),
    Ssr.PLACE.value: (LOCATION, False),
    Ssr.COMMANDER.value: (COMMANDED_BY, False),
    Ssr.START.value: (START, False),
    Ssr.END.value: (END, False),
    Ssr.DATE.value: (POINT_IN_TIME, False),
}
"""For each relation of the graph the property of Wikidata, and whether subject and object change places."""
_EVERYBODY: Final = frozenset(
    {"employees", "members", "members of staff", "men and women", "people", "personnel", "staff", "staff members"}
)
"""Who is counted if the number is that of all; "officers" are a part of a body's people."""
_LONGEST_QUOTATION: Final = 400
_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")
_CLAIMS: Final = """
SELECT ?claim ?class ?measure ?subject ?value ?bound ?status ?modality ?per ?group ?from ?to {
  { ?claim a ssr:PersonnelClaim ; ssr:measure ?measure ; ssr:organization ?subject ; ssr:value ?value ;
      ssr:group ?group . BIND (ssr:PersonnelClaim AS ?class) }
  UNION
  { ?claim a ssr:FundingClaim ; ssr:recipient|ssr:programme ?subject ; ssr:funder ?value .
    FILTER NOT EXISTS { ?claim ssr:programme ?named ; ssr:recipient ?subject } BIND (ssr:FundingClaim AS ?class) }
  OPTIONAL { ?claim ssr:bound ?bound } OPTIONAL { ?claim ssr:status ?status } OPTIONAL { ?claim ssr:per ?per }
  OPTIONAL { ?claim ssr:modality ?modality } OPTIONAL { ?claim ssr:from ?from } OPTIONAL { ?claim ssr:to ?to }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement that Wikidata could take.

    Attributes:
        subject: Identifier of the item.
        property: Identifier of the property.
        value: The value as QuickStatements writes it.
        qualifiers: Property and value of each qualifier.
        reference: Part and value of its reference; empty if there is none.
        note: Why it is only a comment; "" for a command.
        words: The document's words, for a comment.
    """

    subject: str
    property: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    reference: tuple[tuple[str, str], ...] = ()
    note: str = ""
    words: str = ""

    def line(self) -> str:
        """Return the command, or the comment."""
        if self.note:
            text = f"{self.subject} {self.property} {self.value}: left out, {self.note}"
            return _comment(f"{text}: {self.words}" if self.words else text)
        parts = (*self.qualifiers, *self.reference)
        return "\t".join((self.subject, self.property, self.value, *(cell for part in parts for cell in part)))


def export(store: Store) -> bytes:
    """Write what Wikidata could take, sorted, each line once."""
    lines = dict.fromkeys(each.line() for each in sorted(statements(store), key=_order))
    head = _comment("Statements of documents, for QuickStatements. Look at each before you send it.")
    return "".join(f"{line}\n" for line in (head, *lines)).encode()


def statements(store: Store) -> Iterator[Statement]:
    """Yield what documents say between things that are linked to items of Wikidata, in no certain order."""
    writer = _Writer(store)
    if writer.items:
        yield from writer.relations()
        yield from writer.claims()


def _order(one: Statement) -> tuple[bool, str]:
    return bool(one.note), one.line()


class _Writer:
    """Turns what a store holds into statements.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._iris = Iris(store.info.base_iri)
        self._provenance = Provenance(store)
        self._documents: dict[str, Mapping[str, str]] = {}
        links = store.match(None, NamedNode(Skos.EXACT_MATCH), None, self._iris.graph("links"))
        self.items = {
            one.subject: one.object.value.removeprefix(WIKIDATA)
            for one in links
            if isinstance(one.object, NamedNode) and re.fullmatch(rf"{re.escape(WIKIDATA)}Q[1-9]\d*", one.object.value)
        }

    def relations(self) -> Iterator[Statement]:
        """Yield the relations between entities, and their dates, that documents state."""
        for predicate, (property_, is_turned) in _RELATIONS.items():
            for triple in self._store.match(None, NamedNode(predicate), None):
                if isinstance(triple.subject, NamedNode) and self._iris.is_claim(triple.subject.value):
                    continue
                subject, value = (triple.object, triple.subject) if is_turned else (triple.subject, triple.object)
                written = _time(value) if isinstance(value, Literal) else self.items.get(value)
                if subject in self.items and written:
                    yield from self._told(self.items[subject], property_, written, self._sources(triple))  # type: ignore[index]

    def claims(self) -> Iterator[Statement]:
        """Yield what claims about people and money say of a linked body or programme."""
        types = self._store.match(None, NamedNode(Ssr.KIND), NamedNode(concept("kind", "country")))
        countries = {one.subject for one in types}
        found = self._store.query(_CLAIMS, prefixes=PREFIXES)
        for row in found if isinstance(found, QuerySolutions) else ():
            subject = self.items.get(row["subject"])
            if subject is None or row["subject"] in countries:
                continue  # Whoever pays a state for something does not fund the state.
            sources = self._sources(Triple(row["claim"], NamedNode(Rdf.TYPE), row["class"]))
            qualifiers = _period(row["from"], row["to"])
            if isinstance(row["value"], NamedNode):
                funder = self.items.get(row["value"])
                if funder and funder != subject:
                    note = _not_given(row["status"], row["modality"])
                    yield from self._told(subject, FUNDER, funder, sources, qualifiers=qualifiers, note=note)
            elif property_ := self._counted(row["measure"], row["subject"]):
                note = _not_a_total(row["bound"], row["status"], row["per"], row["group"].value)
                yield from self._told(subject, property_, row["value"].value, sources, qualifiers=qualifiers, note=note)

    def _counted(self, measure: NamedNode, subject: NamedNode) -> str:
        """Return the property for a number of people; "" where there is none."""
        if measure.value == concept("measure", "employed"):
            return EMPLOYEES
        is_mission = subject.value.startswith(f"{self._iris.base}id/{EntityKind.MISSION}/")
        return PARTICIPANTS if is_mission and measure.value == concept("measure", "deployed") else ""

    def _told(
        self,
        subject: str,
        property_: str,
        value: str,
        sources: Iterable[Source],
        *,
        qualifiers: tuple[tuple[str, str], ...] = (),
        note: str = "",
    ) -> Iterator[Statement]:
        """Yield a statement once for each document that makes it, with the first words that account for it there."""
        seen = set()
        for source in sources:
            if source.kind is SourceKind.DOCUMENT and source.graph not in seen:
                seen.add(source.graph)
                words = " ".join(source.quote.split())
                reference = self._reference(source.name, words)
                yield Statement(
                    subject=subject,
                    property=property_,
                    value=value,
                    qualifiers=qualifiers,
                    reference=reference,
                    note=note or ("" if reference else f"the document {source.name} has no address, item or title"),
                    words=words,
                )

    def _sources(self, triple: Triple) -> tuple[Source, ...]:
        return self._provenance.of(triple)

    def _reference(self, document: str, words: str) -> tuple[tuple[str, str], ...]:
        """Return the parts of a reference to a document; nothing where nobody could find it."""
        known = self._about(document)
        item = self.items.get(self._iris.document(document))
        language = known.get(Dc.LANGUAGE, "en").partition("-")[0].lower()
        found = {
            STATED_IN: item,
            ADDRESS: _text(known.get(Schema.URL, "")),
            TITLE: _in_language(known.get(Dct.TITLE, ""), language),
        }
        if not any(found.values()):
            return ()
        found |= {
            PUBLISHED: _time(known.get(Dct.ISSUED, "")),
            RETRIEVED: _time(known.get(Pav.RETRIEVED_ON, "")),
            QUOTATION: _in_language(words if len(words) <= _LONGEST_QUOTATION else "", language),
        }
        return tuple((part, value) for part, value in found.items() if value)

    def _about(self, document: str) -> Mapping[str, str]:
        if document not in self._documents:
            graph = self._iris.evidence_graph(document)
            triples = self._store.match(self._iris.document(document), None, None, graph)
            known = {one.predicate.value: one.object.value for one in triples if isinstance(one.object, Literal)}
            self._documents[document] = {name: " ".join(value.split()) for name, value in known.items()}
        return self._documents[document]


def _not_a_total(bound: object, status: object, per: object, group: str) -> str:
    """Return why a number is not that of all people of a body; "" if it is."""
    kind = getattr(bound, "value", "")
    if kind != concept("bound", "exact"):
        return f"the number is {kind.rpartition('#')[2].replace('_', ' ') or 'not said to be exact'}"
    if getattr(status, "value", "") != concept("status", "actual"):
        return "it is planned"
    if per is not None:
        return "it is a rate"
    if group.casefold() not in _EVERYBODY:
        return f"it counts {group}, perhaps not everybody"
    return ""


def _not_given(status: object, modality: object) -> str:
    """Return why a claim does not say that its funder funds something; "" if it does."""
    if getattr(status, "value", "") != concept("status", "provided"):
        return "it is planned"
    kind = getattr(modality, "value", "")
    if kind not in (concept("modality", "grant"), concept("modality", "contribution")):
        return f"it is a {kind.rpartition('#')[2]}" if kind else "it does not say that it is given"
    return ""


def _period(start: object, end: object) -> tuple[tuple[str, str], ...]:
    """Return the qualifiers for a period; one year, month or day is a point in time."""
    first, last = (_time(one) if isinstance(one, Literal) else "" for one in (start, end))
    if first and first == last:
        return ((POINT_IN_TIME, first),)
    return tuple((name, value) for name, value in ((START, first), (END, last)) if value)


def _time(value: Literal | str) -> str:
    """Return a year, month or day as QuickStatements writes it, with its precision; "" for anything else.

    >>> _time("2018-10")
    '+2018-10-00T00:00:00Z/10'
    """
    if isinstance(value, Literal) and value.datatype.value not in {Xsd.DATE, Xsd.G_YEAR, Xsd.G_YEAR_MONTH}:
        return ""
    match = _DATE.fullmatch(value.value if isinstance(value, Literal) else value)
    if match is None:
        return ""
    precision = 9 + bool(match["month"]) + bool(match["day"])
    return f"+{match['year']}-{match['month'] or '00'}-{match['day'] or '00'}T00:00:00Z/{precision}"


def _text(value: str) -> str:
    return f'"{value}"' if value else ""


def _in_language(text: str, language: str) -> str:
    return f'{language}:"{text}"' if text and re.fullmatch(r"[a-z]{2,3}", language) else ""


def _comment(text: str) -> str:
    return f"/* {' '.join(text.split()).replace('*/', '* /').replace('/*', '/ *')} */"
