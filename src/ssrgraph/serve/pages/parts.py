"""The parts of pages that several templates share, as data; nothing in here is HTML."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssrgraph.serve.pages.plots import BarPlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that may lead somewhere.

    Attributes:
        text: What is read.
        href: Where it leads; "" for a text alone.
        about: What a pointer shows beside it, such as the IRI behind a label.
        is_outside: Whether it leads away from this server.
        is_number: Whether it is set as a figure.
    """

    text: str
    href: str = ""
    about: str = ""
    is_outside: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The same thing, or one near it, in another data set.

    Attributes:
        relation: How near it is, such as "exact match".
        link: Where it is described.
        note: How it is known, by whom, when and how surely.
    """

    relation: str
    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a document, or another source of a statement.

    Attributes:
        source: The document, or what else it is.
        words: The words; "" where the source is no document.
        href: The place in the document's page where they stand.
    """

    source: Link
    words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement about an entity.

    Attributes:
        value: The other end of it.
        quotations: Where it is said; none for what was inferred.
        why: The page that proves it.
    """

    value: Link
    quotations: tuple[Quotation, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementGroup:
    """Statements that have a property in common.

    Attributes:
        property: What the statements say, in words.
        statements: The statements.
    """

    property: Link
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of a claim.

    Attributes:
        name: Its name, as in the fact tables, with spaces.
        values: What fills it.
        words: The words from which it was read, where they are known apart.
        start: Where they begin in the text.
        end: Where they end.
        href: The place in the document's page where they stand.
    """

    name: str
    values: tuple[Link, ...]
    words: str = ""
    start: int | None = None
    end: int | None = None
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A claim, or another row of a fact table, in words.

    Attributes:
        anchor: Its id within a page.
        table: The fact table.
        href: Its own page.
        sentence: What is claimed, as a sentence whose parts may be links.
        is_planned: Whether the document says that it will be, not that it is.
        slots: Its slots.
        quote: The words that carry it.
        passage: The sentence around them.
        start: Where the words begin in the text.
        end: Where they end.
        place: The place in the document's page where they stand.
        document: The document.
        confidence: How many in a hundred claims that were read in this way hold; "" if it is not known.
        rule: The construction by which it was read.
    """

    anchor: str
    table: str
    href: str
    sentence: tuple[Link, ...]
    is_planned: bool
    slots: tuple[Slot, ...]
    quote: str
    passage: str
    start: int
    end: int
    place: str
    document: Link
    confidence: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """Claims of one kind.

    Attributes:
        title: What they have in common.
        anchor: Its id within the page.
        cards: The claims.
        more: How many there are beyond those that are shown.
    """

    title: str
    anchor: str
    cards: tuple[ClaimCard, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A plot with its table.

    Attributes:
        plot: The plot.
        headings: The heads of the table's columns.
        rows: Its rows.
        note: What must be known to read it rightly.
        source: The saved query that gives it.
    """

    plot: BarPlot
    headings: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    note: str
    source: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document in a list.

    Attributes:
        link: Its title and page.
        publisher: Who published it.
        date: When.
        claims: How many claims of money, people, materiel and results it makes.
        entities: How many entities it names.
    """

    link: Link
    publisher: str
    date: str
    claims: int
    entities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedLine:
    """A saved query in a list.

    Attributes:
        link: Its title and page.
        question: The question that it answers.
    """

    link: Link
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An entity beside another one.

    Attributes:
        link: It.
        kind: What kind of entity it is.
        relations: How the two are connected, each in words.
    """

    link: Link
    kind: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a document's text.

    Attributes:
        text: The text.
        start: Where it begins.
        end: Where it ends.
        ids: Ids that other pages link to.
    """

    text: str
    start: int
    end: int
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Pieces of a document's text that belong to the same claims.

    Attributes:
        pieces: The pieces, one behind the other.
        claims: The anchors of the claims whose words they hold, those with the fewest words first.
        table: The fact table of the first of them.
    """

    pieces: tuple[Piece, ...]
    claims: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStep:
    """A statement in a proof.

    Attributes:
        parts: The statement in words: subject, property, object; empty where statements cannot all be true.
        rule: The rule that gives it; "" for what is given.
        meaning: What the rule says.
        premises: What the rule needs.
        quotations: Where a given statement is said.
        is_repeated: Whether it was proved above.
    """

    parts: tuple[Link, ...]
    rule: str
    meaning: str
    premises: tuple[ProofStep, ...]
    quotations: tuple[Quotation, ...]
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found.

    Attributes:
        link: It.
        name: Its name, in pieces, each with whether it was searched for.
        note: What else helps to know it.
        snippets: Words around what was found, in pieces like the name; each with the address of its place.
    """

    link: Link
    name: tuple[tuple[str, bool], ...]
    note: str = ""
    snippets: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HitGroup:
    """What was found, of one kind.

    Attributes:
        title: The kind.
        hits: What was found.
        is_cut: Whether there is more.
    """

    title: str
    hits: tuple[Hit, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table of results.

    Attributes:
        link: What stands in it.
        is_number: Whether it is set as a figure.
    """

    link: Link
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMap:
    """The entities of an answer, and which of them stand together in it.

    Attributes:
        nodes: For each entity the path of its page, its name, and its kind.
        edges: For each two that stand together their paths, and how, in words.
        more: How many entities there are beyond those that are drawn.
    """

    nodes: tuple[tuple[str, str, str], ...]
    edges: tuple[tuple[str, str, tuple[str, ...]], ...]
    more: int = 0

    @property
    def json(self) -> str:
        """The same for the script that draws it."""
        nodes = [dict(zip(("id", "label", "kind"), one, strict=True)) for one in self.nodes]
        edges = [dict(zip(("source", "target", "relations"), one, strict=True)) for one in self.edges]
        return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a query gave.

    Attributes:
        columns: The heads of the columns, each with what it means and whether it holds figures.
        rows: The rows; the first ones where there are many.
        is_cut: Whether there are more.
        boolean: The answer of ASK; None for another query.
        plot: A plot, where the columns allow one.
        plot_note: What it shows.
        map: A map of its entities, where it has some.
        downloads: The same in every format.
    """

    columns: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool
    boolean: bool | None
    plot: BarPlot | None
    plot_note: str
    map: AnswerMap | None
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form.

    Attributes:
        name: The parameter.
        label: Its name in words.
        about: What it does.
        value: What it is set to.
        is_number: Whether it takes a number.
        is_required: Whether it must be set.
    """

    name: str
    label: str
    about: str
    value: str
    is_number: bool
    is_required: bool
