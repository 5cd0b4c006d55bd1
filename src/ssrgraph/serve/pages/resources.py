"""The pages of resources: entities, claims, documents."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from ssrgraph.serve.pages import texts
from ssrgraph.serve.pages.contexts import ClaimPage, DocumentPage, EntityPage
from ssrgraph.serve.pages.elsewhere import elsewhere
from ssrgraph.serve.pages.neighbours import neighbours_of
from ssrgraph.serve.pages.parts import ClaimGroup, Link, Quotation
from ssrgraph.serve.pages.reading import TITLES, Reader
from ssrgraph.serve.pages.statements import MOST, NAMES, Statements
from ssrgraph.serve.problems import Problem
from ssrgraph.vocabulary import SLOTS, Dc, Dct, Prov, Rdf, Schema, Ssr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.pages.contexts import Context
    from ssrgraph.serve.pages.parts import ClaimCard
    from ssrgraph.serve.pages.reading import Stored
    from ssrgraph.store import FinishedStore

_CARDS = 25
"""How many claims of one kind are shown on an entity's page."""
_MENTIONS = 50


def resource_page(store: FinishedStore, job: Values) -> Context:
    """Return the page of a resource of the store.

    Args:
        store: The store.
        job: `path`: what its IRI has behind the store's base, such as `id/organization/nato`; `at`, if it is there: the
            first and last characters of words of a document that are to have an anchor.

    Raises:
        Problem: The store knows nothing of it.
    """
    reader = Reader(store)
    try:
        node = NamedNode(f"{reader.names.base}{job['path']}")
    except ValueError:
        raise _unknown(job["path"]) from None
    kind = job["path"].partition("/")[0]
    if kind == "document":
        return _document_page(reader, node, job.get("at"))
    return _claim_page(reader, node) if kind == "claim" else _entity_page(reader, node)


def _unknown(path: str) -> Problem:
    return Problem(404, "not-found", f"Nothing is known of /{path}. Search for its name, or begin at the start page.")


def _path(reader: Reader, node: NamedNode) -> str:
    return node.value.removeprefix(reader.names.base)


# ------------------------------------------------------------------ entities


def _entity_page(reader: Reader, node: NamedNode) -> EntityPage:
    known = Statements(reader, node)
    if not known.outgoing and not known.incoming:
        raise _unknown(_path(reader, node))
    label = reader.names.label(node)
    mentions, more = _mentions(reader, node)
    return EntityPage(
        iri=node.value,
        path=reader.names.href(node.value),
        label=label,
        kind=_kind(reader, node),
        names=tuple(each for each in known.texts(NAMES) if each != label),
        said=known.about(given=True),
        inferred=known.about(given=False, own=True),
        aligned=known.about(given=False, own=False),
        claims=_claims(reader, known),
        mentions=mentions,
        more_mentions=more,
        neighbours=neighbours_of(reader, node),
        elsewhere=elsewhere(reader, node),
        data=reader.names.data(node.value),
    )


def _kind(reader: Reader, node: NamedNode) -> str:
    """Return what kind of entity something is: by its `ssr:kind`, else by the first part of its path."""
    kinds = [reader.names.label(one) for one in reader.objects(node, Ssr.KIND)]  # type: ignore[arg-type]
    if kinds:
        return ", ".join(dict.fromkeys(kinds))
    kind, _, rest = _path(reader, node).partition("/")
    return rest.partition("/")[0] if kind == "id" else kind


def _claims(reader: Reader, known: Statements) -> tuple[ClaimGroup, ...]:
    """Return the claims in which an entity fills a slot, by fact table."""
    properties = {iri for slots in SLOTS.values() for iri in slots.values()}
    found: dict[NamedNode, None] = {}
    for triple in known.incoming:
        subject = triple.subject
        if (
            isinstance(subject, NamedNode)
            and triple.predicate.value in properties
            and reader.names.href(subject.value).startswith("/claim/")
        ):
            found[subject] = None
    cards: dict[str, list[ClaimCard]] = {}
    beyond: Counter[str] = Counter()
    for claim in found:
        table = reader.table_of(claim, None)
        if len(cards.setdefault(table, [])) < _CARDS:
            cards[table] += reader.cards_of_claim(claim)
        else:
            beyond[table] += 1
    return _grouped(cards, beyond)


def _grouped(cards: dict[str, list[ClaimCard]], beyond: Mapping[str, int] | None = None) -> tuple[ClaimGroup, ...]:
    return tuple(
        ClaimGroup(
            title=TITLES[table],
            anchor=f"table-{table}",
            cards=tuple(cards[table]),
            more=(beyond or {}).get(table, 0),
        )
        for table in TITLES
        if cards.get(table)
    )


def _mentions(reader: Reader, node: NamedNode) -> tuple[tuple[Quotation, ...], int]:
    """Return the documents that name an entity, with the first words that account for it."""
    triples = reader.store.match(None, NamedNode(Schema.MENTIONS), node)
    documents = [
        found
        for triple in islice(triples, MOST)
        if (found := reader.document(_path(reader, triple.subject).removeprefix("document/")))  # type: ignore[arg-type]
    ]
    shown = []
    for document in documents[:_MENTIONS]:
        words = reader.stretch(node, Ssr.EVIDENCE, document) or reader.stretch(node, Ssr.MENTION, document)
        shown.append(
            Quotation(
                source=reader.link(document),
                words=" ".join(document.text[words[0] : words[1]].split()) if words else "",
                href=reader.place(document, *words) if words else "",
            )
        )
    return tuple(shown), len(documents) - len(shown)


# ------------------------------------------------------------------ claims


def _claim_page(reader: Reader, node: NamedNode) -> ClaimPage:
    cards = reader.cards_of_claim(node)
    if not cards:
        raise _unknown(_path(reader, node))
    card = cards[0]
    known = Statements(reader, node)
    before, after = texts.around(card.passage, card.quote)
    types = reader.store.match(node, NamedNode(Rdf.TYPE), None)
    given = next((one for one in types if known.is_given(one)), None)
    return ClaimPage(
        iri=node.value,
        card=card,
        before=before,
        after=after,
        inferred=known.about(given=False, own=True, claims=True),
        aligned=known.about(given=False, own=False, claims=True),
        why=reader.names.why(given) if given is not None else "",
        data=reader.names.data(node.value),
    )


# ------------------------------------------------------------------ documents


def _document_page(reader: Reader, node: NamedNode, at: Sequence[int] | None) -> DocumentPage:
    document = reader.document(_path(reader, node).removeprefix("document/"))
    if document is None:
        raise _unknown(_path(reader, node))
    cards: dict[str, list[ClaimCard]] = {}
    subjects = _subjects(reader, Ssr.EVIDENCE, document.evidence)
    for subject in subjects:
        for card in _cards_of(reader, subject, document):
            cards.setdefault(card.table, []).append(card)
    for table, mine in cards.items():
        cards[table] = sorted(dict.fromkeys(mine), key=lambda one: (one.start, one.end, one.anchor))
    every = [card for mine in cards.values() for card in mine]
    spans = reader.stretches(document)
    if at and 0 <= at[0] < at[1] <= len(document.text):
        spans.add((at[0], at[1]))
    names = [one for one in _subjects(reader, Ssr.MENTION, document.evidence) if one not in set(subjects)]
    return DocumentPage(
        iri=node.value,
        title=document.title,
        facts=_facts(reader, node, document.evidence),
        paragraphs=texts.paragraphs(document.text, every, spans),
        groups=_grouped(cards),
        names=tuple(reader.names.link(one) for one in names),
        sha256=reader.text(node, Schema.SHA256, document.evidence),
        data=reader.names.data(node.value),
    )


def _cards_of(reader: Reader, subject: NamedNode, document: Stored) -> Iterable[ClaimCard]:
    """Return the cards of a node that has words: a claim, an entity, or what a statement is about."""
    if "#" in subject.value:
        about = reader.objects(subject, Rdf.SUBJECT, document.evidence)
        # An entity that has a row of its own is asked for by itself.
        return [
            card
            for one in about
            if isinstance(one, NamedNode) and reader.stretch(one, Ssr.EVIDENCE, document) is None
            for card in reader.rows(one, document)
        ]
    if reader.names.href(subject.value).startswith("/claim/"):
        card = reader.card(subject, document)
        return [card] if card else []
    return reader.rows(subject, document)


def _subjects(reader: Reader, predicate: str, graph: NamedNode) -> list[NamedNode]:
    found = (triple.subject for triple in reader.store.match(None, NamedNode(predicate), None, graph))
    return list(dict.fromkeys(one for one in found if isinstance(one, NamedNode)))


def _facts(reader: Reader, node: NamedNode, graph: NamedNode) -> tuple[tuple[str, Link], ...]:
    wanted = (
        ("Publisher", Dc.PUBLISHER),
        ("Date", Dct.ISSUED),
        ("Identifier", Dct.IDENTIFIER),
        ("Language", Dc.LANGUAGE),
        ("Terms", Dc.RIGHTS),
    )
    found: list[tuple[str, Link]] = []
    for name, predicate in wanted:
        values = reader.objects(node, predicate, graph)
        found += [(name, reader.names.link(value)) for value in values[:1]]  # type: ignore[arg-type]
    address = reader.text(node, Schema.URL, graph)
    if address.startswith(("http://", "https://")):
        found.append(("Address", Link(text=address, href=address, is_outside=True)))
    software = f"{reader.names.base}software/"
    for triple in reader.store.match(None, NamedNode(Prov.WAS_ASSOCIATED_WITH), None, graph):
        value = getattr(triple.object, "value", "")
        if value.startswith(software):
            found.append(("Read by", reader.names.link(triple.object)))
    return tuple(found)
