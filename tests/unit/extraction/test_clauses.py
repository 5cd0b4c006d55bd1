"""The clause around a span: predicate, voice, who acts, and whether it is done."""

from __future__ import annotations

import re

import pytest

from ssrgraph.documents.model import Block, BlockKind, Document, Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.analysis import Analysis, Mention
from ssrgraph.extraction.clauses import (
    Role,
    clause_of,
    clauses_of,
    describing_clauses,
    holders,
    lead_clause,
    root_of,
    status_of,
)
from ssrgraph.extraction.parsing import load_model, parse


@pytest.fixture(scope="module")
def model():
    return load_model()


@pytest.fixture(scope="module")
def read(model):
    """Return a function that reads "text with [the span]" and the names given as mentions."""

    def reading(marked: str, names: dict[str, str] | None = None, adjectives: tuple[str, ...] = ()):
        marks = re.search(r"\[(.*?)\]", marked)
        text = marked.replace("[", "").replace("]", "")
        span = Span(marks.start(), marks.end() - 2) if marks else Span(0, len(text))
        whole = Span(0, len(text))
        block = Block(kind=BlockKind.PARAGRAPH, span=whole, sentences=(whole,))
        document = Document(id="text", text=text, sha256="", blocks=(block,))
        mentions = [
            Mention(
                span=Span(match.start(), match.end()),
                entity=entity,
                kind=EntityKind.ORGANIZATION,
                form="adjective" if name in adjectives else "name",
            )
            for name, entity in (names or {}).items()
            for match in re.finditer(rf"\b{re.escape(name)}\b", text)
        ]
        analysis = Analysis(
            document=document,
            sentences=parse(document, model),
            mentions=tuple(sorted(mentions, key=lambda mention: mention.span)),
            entities={},
            quantities=(),
            periods=(),
        )
        return analysis, analysis.sentences[0], span

    return reading


def words(tokens) -> str:
    return " ".join(token.text for token in tokens)


@pytest.mark.parametrize(
    ("marked", "lemma", "parts"),
    [
        ("Norway donated [ten boats] to Ghana.", "donate", ("Norway", "boats", "")),
        ("Norway gave Ghana [ten boats].", "give", ("Norway", "boats", "Ghana")),
        ("Spain supplied the navy with [ten boats].", "supply", ("Spain", "boats", "navy")),
        ("[Ten boats] were given to Ghana by Norway and Denmark.", "give", ("Norway Denmark", "boats", "")),
        ("Fiji was given [two boats] by Australia.", "give", ("Australia", "boats", "Fiji")),
        ("The EU funds the mission, which has trained [500 officers].", "train", ("mission", "officers", "")),
        ("Funded by the EU with [12 million euros], the project began in May.", "fund", ("EU", "euros", "project")),
        ("The UN plans to provide [40 trucks].", "provide", ("UN", "trucks", "")),
        ("The EU asked Kenya to lead [1,000 officers].", "lead", ("Kenya", "officers", "")),
        ("France visited the base and delivered [six howitzers].", "deliver", ("France", "howitzers", "")),
        ("The donation of [ten boats] by Norway pleased Ghana.", "donate", ("Norway", "boats", "")),
        ("Japan is the largest donor, providing [30 vehicles].", "provide", ("Japan", "vehicles", "")),
    ],
)
def test_clause_has_its_parts_whatever_the_voice(read, marked, lemma, parts):
    _, sentence, span = read(marked)
    clause = clause_of(sentence, span)
    assert clause is not None
    assert clause.lemma == lemma
    assert (words(clause.agents), words(clause.objects), words(clause.receivers)) == parts
    assert clause.role is Role.OBJECT


def test_clauses_come_from_the_innermost_outwards(read):
    _, sentence, span = read("Canada plans to support the provision of [five million dollars] to Jordan.")
    assert [clause.lemma for clause in clauses_of(sentence, span)] == ["provide", "support", "plan"]


def test_prepositions_are_found_with_all_they_govern(read):
    _, sentence, span = read("The UN handed over [ten trucks] to Mali and Niger.")
    clause = clause_of(sentence, span)
    assert clause is not None
    assert words(clause.behind("to")) == "Mali Niger"


def test_a_description_behind_a_noun_is_a_clause_of_its_own(read):
    _, sentence, span = read("The force has [ten boats] donated by Japan.")
    noun = root_of(sentence.tokens_in(span))
    assert [(clause.lemma, words(clause.agents)) for clause in describing_clauses(noun)] == [("donate", "Japan")]


@pytest.mark.parametrize(
    ("marked", "planned", "doubt"),
    [
        ("Norway donated [ten boats].", False, None),
        ("Norway has donated [ten boats].", False, None),
        ("Norway is donating [ten boats].", False, None),
        ("Norway will donate [ten boats].", True, None),
        ("Norway has pledged [75 million kroner].", True, None),
        ("Norway plans to deliver [ten boats].", True, None),
        ("Sweden is to contribute [150 soldiers].", True, None),
        ("The mission is expected to train [150 soldiers].", True, None),
        ("France announced that it had delivered [six howitzers].", False, None),
        ("France announced that it would deliver [six howitzers].", True, None),
        ("The centre was set up to train [500 officers].", True, None),
        ("Canada continues to train [200 officers] a year.", False, None),
        ("Canada helped train [200 officers].", False, None),
        ("The planned sale of [ten tanks] to Chile was discussed.", True, None),
        ("The plan is to hand over [twenty trucks].", True, None),
        ("The EU made a commitment of [5 million euros].", True, None),
        ("The EU has committed [5 million euros].", False, None),
        ("Germany did not deliver [ten tanks].", False, "negated"),
        ("It denied that it had delivered [ten tanks].", False, "negated"),
        ("Germany refused to deliver [ten tanks].", False, "negated"),
        ("The loan could reach [100 million dollars].", False, "hypothetical"),
        ("The EU urged members to provide [1,000 trainers].", False, "hypothetical"),
        ("Did the EU really deliver [40 drones]?", False, "question"),
    ],
)
def test_standing_tells_done_from_planned_and_from_what_is_not_so(read, marked, planned, doubt):
    analysis, sentence, span = read(marked)
    standing = status_of(analysis, sentence, span)
    assert standing.doubt == doubt
    if doubt is None:
        assert standing.planned is planned


def test_a_plan_is_shown_by_its_trigger(read):
    analysis, sentence, span = read("Norway has pledged [75 million kroner].")
    trigger = status_of(analysis, sentence, span).trigger
    assert trigger is not None
    assert analysis.words(trigger) == "pledged"


def test_no_less_than_is_no_negation(read):
    analysis, sentence, span = read("Norway gave [no less than 75 million kroner].")
    assert status_of(analysis, sentence, span).doubt is None


def test_an_item_stands_as_its_lead_does(model):
    text = "Norway will provide:\n- ten boats\n- five trucks"
    lead = Span(0, 20)
    items = [Span(23, 32), Span(35, 46)]
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, span=lead, sentences=(lead,)),
        *(Block(kind=BlockKind.ITEM, span=span, sentences=(span,), lead=lead) for span in items),
    )
    document = Document(id="list", text=text, sha256="", blocks=blocks)
    analysis = Analysis(
        document=document, sentences=parse(document, model), mentions=(), entities={}, quantities=(), periods=()
    )
    item = analysis.sentences[1]
    found = lead_clause(analysis, item)
    assert found is not None
    assert (found[1].lemma, words(found[1].agents)) == ("provide", "Norway")
    assert status_of(analysis, item, item.span).planned


def test_coordination_names_several_holders(read):
    names = {"NATO": "organization/nato", "Ukraine": "organization/ua"}
    analysis, sentence, span = read("NATO and Ukraine opened [ten centres].", names)
    clause = clause_of(sentence, span)
    assert clause is not None
    assert holders(analysis, sentence, clause.agents) == ("organization/nato", "organization/ua")


def test_an_adjective_holds_only_on_request(read):
    analysis, sentence, span = read("Canada trained [Iraqi officers].", {"Iraqi": "organization/iq"}, ("Iraqi",))
    clause = clause_of(sentence, span)
    assert clause is not None
    assert holders(analysis, sentence, clause.objects) == ()
    assert holders(analysis, sentence, clause.objects, adjectives=True) == ("organization/iq",)
