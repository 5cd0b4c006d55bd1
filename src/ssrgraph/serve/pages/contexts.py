"""What the templates are given: a documented class for each template; `parts` has what they share.

Those of the review of links stand in `link_contexts`.

Nothing in here is HTML: every text is escaped by the template that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssrgraph.serve.pages.link_contexts import CandidatesPage, LinksPage, SignInPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.export.documentation import Vocabulary
    from ssrgraph.serve.pages.parts import (
        ClaimCard,
        ClaimGroup,
        DocumentLine,
        Elsewhere,
        Field,
        Figure,
        HitGroup,
        Link,
        Neighbour,
        ProofStep,
        Quotation,
        Results,
        SavedLine,
        StatementGroup,
        Stretch,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """`start.html`: what is inside.

    Attributes:
        counts: What there is and how much of it.
        figures: Plots of it.
        documents: The documents; the first ones where there are many.
        more_documents: How many there are beyond those.
        questions: Saved queries for analysts.
        version: The state of the store.
    """

    counts: tuple[tuple[Link, str], ...]
    figures: tuple[Figure, ...]
    documents: tuple[DocumentLine, ...]
    more_documents: int
    questions: tuple[SavedLine, ...]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """`entity.html`: an entity.

    Attributes:
        iri: Its IRI.
        path: The path of this page.
        label: Its name.
        kind: What it is, in words.
        names: Its other names.
        said: What documents and reference data say of it.
        inferred: What follows from that.
        aligned: What follows in the terms of other vocabularies.
        claims: The claims in which it has a part.
        mentions: Documents that name it, with the words.
        more_mentions: How many name it beyond those.
        neighbours: The entities beside it.
        elsewhere: What it is in other data sets.
        data: The same as data.
    """

    iri: str
    path: str
    label: str
    kind: str
    names: tuple[str, ...]
    said: tuple[StatementGroup, ...]
    inferred: tuple[StatementGroup, ...]
    aligned: tuple[StatementGroup, ...]
    claims: tuple[ClaimGroup, ...]
    mentions: tuple[Quotation, ...]
    more_mentions: int
    neighbours: tuple[Neighbour, ...]
    elsewhere: tuple[Elsewhere, ...]
    data: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """`claim.html`: a claim.

    Attributes:
        iri: Its IRI.
        card: What it says.
        before: The text before its quote, within the passage.
        after: The text behind it.
        inferred: What follows from it.
        aligned: What follows in the terms of other vocabularies.
        why: The page that shows its statement as given.
        data: The same as data.
    """

    iri: str
    card: ClaimCard
    before: str
    after: str
    inferred: tuple[StatementGroup, ...]
    aligned: tuple[StatementGroup, ...]
    why: str
    data: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """`document.html`: a document.

    Attributes:
        iri: Its IRI.
        title: Its title, or its first words.
        facts: What is known of it: name and value.
        paragraphs: Its text.
        groups: The claims that it makes, by fact table.
        names: Entities that it names without a row of their own.
        sha256: The hash of the text.
        data: The same as data.
    """

    iri: str
    title: str
    facts: tuple[tuple[str, Link], ...]
    paragraphs: tuple[tuple[Stretch, ...], ...]
    groups: tuple[ClaimGroup, ...]
    names: tuple[Link, ...]
    sha256: str
    data: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainPage:
    """`explain.html`: why a statement holds.

    Attributes:
        goal: The statement in words.
        proofs: Its proofs.
        steps: How many applications of a rule each of them has.
        rules: The rules that are used, with what they say.
        json: The same as JSON.
        written: The statement as it was asked for: subject, predicate, object.
    """

    goal: tuple[Link, ...]
    proofs: tuple[ProofStep, ...]
    steps: tuple[int, ...]
    rules: tuple[tuple[str, str], ...]
    json: str
    written: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """`search.html`: what a search found.

    Attributes:
        words: What was searched for.
        groups: What was found.
        is_whole: Whether all was looked through.
    """

    words: str
    groups: tuple[HitGroup, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPage:
    """`sparql.html`: the query page.

    Attributes:
        query: The text of the query.
        results: What it gave; None before it was sent.
        problem: Why it gave nothing; "" if it did.
        line: The line where that lies.
        column: The column there.
        excerpt: That line's text, before and from that column on.
        prefixes: The prefixes that a query may declare, as declarations.
        examples: Saved queries to begin with.
        is_stable: Whether the same query gives the same as long as the store is the same.
        status: The HTTP status.
    """

    query: str
    results: Results | None
    problem: str
    line: int | None
    column: int | None
    excerpt: tuple[str, str]
    prefixes: str
    examples: tuple[Link, ...]
    is_stable: bool = True
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class QueriesPage:
    """`queries.html`: the saved queries.

    Attributes:
        groups: Their groups: title, what they are, the queries.
    """

    groups: tuple[tuple[str, str, tuple[SavedLine, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """`saved.html`: a saved query with its results.

    Attributes:
        name: Its name.
        title: Its title.
        question: The question it answers.
        fields: Its parameters.
        results: What it gave; None where a value is missing or wrong.
        problem: What is missing or wrong.
        text: The query.
        more: Further entries of its header.
        open_in_editor: The query page with this query.
        status: The HTTP status.
        is_stable: Whether it gives the same as long as the store is the same.
    """

    name: str
    title: str
    question: str
    fields: tuple[Field, ...]
    results: Results | None
    problem: str
    text: str
    more: tuple[tuple[str, str], ...]
    open_in_editor: str
    status: int = 200
    is_stable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPage:
    """`vocabulary.html`: the ontology, a scheme or a code list.

    Attributes:
        vocabulary: What it declares.
        data: The same as data.
    """

    vocabulary: Vocabulary
    data: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NanopubPage:
    """`nanopub.html`: a nanopublication.

    Attributes:
        iri: Its name.
        told: What it is about and who published it, by name.
        text: All of it, as TriG.
        data: The same as data.
    """

    iri: str
    told: tuple[tuple[str, Link], ...]
    text: str
    data: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage:
    """`problem.html`: a request that cannot be answered.

    Attributes:
        status: The HTTP status.
        title: Its name.
        detail: What went wrong and what can be done.
    """

    status: int
    title: str
    detail: str


Context = (
    StartPage
    | EntityPage
    | ClaimPage
    | DocumentPage
    | ExplainPage
    | SearchPage
    | QueryPage
    | QueriesPage
    | SavedPage
    | VocabularyPage
    | NanopubPage
    | SignInPage
    | LinksPage
    | CandidatesPage
    | ProblemPage
)

TEMPLATES: Mapping[type, str] = {
    StartPage: "start.html",
    EntityPage: "entity.html",
    ClaimPage: "claim.html",
    DocumentPage: "document.html",
    ExplainPage: "explain.html",
    SearchPage: "search.html",
    QueryPage: "sparql.html",
    QueriesPage: "queries.html",
    SavedPage: "saved.html",
    VocabularyPage: "vocabulary.html",
    NanopubPage: "nanopub.html",
    SignInPage: "sign-in.html",
    LinksPage: "links.html",
    CandidatesPage: "candidates.html",
    ProblemPage: "problem.html",
}
"""The template of each context."""
