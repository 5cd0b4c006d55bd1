"""Scores over small tables whose figures are plain to see, and against the reference scorer where it is at hand."""

from __future__ import annotations

import importlib.util
import random

import pytest

from ssrgraph.evaluation import COLUMNS, CORE, GoldRow, describe, read_gold, score, score_records, score_rows


def gold_row(table, quote="q", *, lists=None, optional=False, open_slots=(), **forms):
    filled = {name.rstrip("_"): value if isinstance(value, tuple) else (value,) for name, value in forms.items()}
    return GoldRow(
        table=table, quote=quote, forms=filled, lists=lists or {}, optional=optional, open=frozenset(open_slots)
    )


def system_row(document="d", quote="q", **columns):
    return {"document": document, "quote": quote, **{name.rstrip("_"): value for name, value in columns.items()}}


def scored(golds, rows, table, text=None):
    return score({"d": {table: golds}}, {table: rows}, None if text is None else {"d": text})


def test_a_row_with_every_slot_counts_fully():
    golds = [gold_row("memberships", member=("Poland",), organization=("NATO", "Alliance"))]
    total = scored(golds, [system_row(member="the POLAND", organization="alliance")], "memberships").total()
    assert (total.precision, total.recall, total.row_f1, total.slot_accuracy, total.strict_f1) == (1, 1, 1, 1, 1)


def test_a_wrong_slot_costs_slots_and_strict_f1_only():
    golds = [gold_row("memberships", member=("Poland",), organization=("NATO",))]
    found = scored(golds, [system_row(member="Poland", organization="EU")], "memberships")
    assert (found.total().row_f1, found.total().slot_accuracy, found.total().strict_f1) == (1, 0, 0)
    (difference,) = found.differences
    assert (difference.kind, difference.slots) == ("wrong", ("organization",))
    assert describe(difference) == "wrong     memberships: member=Poland: organization: gold NATO, system EU"


def test_missed_and_spurious_rows_cost_recall_and_precision():
    golds = [gold_row("memberships", member=("Poland",)), gold_row("memberships", member=("Spain",))]
    rows = [system_row(member="Poland"), system_row(member="Iraq"), system_row(member="Mali")]
    found = scored(golds, rows, "memberships")
    assert (found.total().precision, found.total().recall) == (1 / 3, 1 / 2)
    assert found.total().row_f1 == pytest.approx(0.4)
    assert [describe(one) for one in found.differences] == [
        "missed    memberships: member=Spain  «q»",
        "spurious  memberships: member=Iraq  «q»",
        "spurious  memberships: member=Mali  «q»",
    ]


def test_a_row_that_an_optional_gold_row_takes_is_neutral():
    golds = [gold_row("memberships", member=("Poland",), optional=True)]
    total = scored(golds, [system_row(member="Poland")], "memberships").total()
    assert (total.gold, total.system, total.neutral, total.matched, total.row_f1) == (0, 0, 1, 0, None)


def test_required_rows_are_served_before_optional_ones():
    golds = [gold_row("memberships", member=("Poland",), optional=True), gold_row("memberships", member=("Poland",))]
    total = scored(golds, [system_row(member="Poland")], "memberships").total()
    assert (total.matched, total.neutral) == (1, 0)


def test_the_best_agreement_is_served_first():
    golds = [gold_row("funding", amount="5", currency="USD", funder="Poland", recipient="Iraq")]
    rows = [
        system_row(amount="5", currency="USD", funder="Spain"),
        system_row(amount="5", currency="usd", funder="Poland", recipient="Iraq"),
    ]
    found = scored(golds, rows, "funding")
    (spurious,) = found.differences
    assert spurious.row["funder"] == "Spain"
    assert found.total().strict == 1


def test_open_slots_are_not_scored():
    golds = [gold_row("memberships", member=("Poland",), organization=("NATO",), open_slots=["organization"])]
    assert scored(golds, [system_row(member="Poland", organization="EU")], "memberships").total().strict_f1 == 1


@pytest.mark.parametrize(
    ("amount", "matches"), [("1000000", 1), ("1,000,500", 1), ("1010000", 0), ("", 0), ("a million", 0)]
)
def test_sums_match_within_a_tenth_of_a_percent(amount, matches):
    golds = [gold_row("funding", amount="1000000", currency="USD")]
    assert scored(golds, [system_row(amount=amount, currency="USD")], "funding").total().matched == matches


@pytest.mark.parametrize(
    ("quote", "matches"),
    [
        ("train the officers", 1),
        ("ten of the", 1),
        ("ten of", 0),
        ("", 0),
    ],
)
def test_people_match_only_where_the_quotes_meet_in_the_text(quote, matches):
    golds = [gold_row("personnel", quote="the officers", value="10")]
    text = "They train the officers. Today ten of the\nofficers came."
    assert scored(golds, [system_row(quote=quote, value="10")], "personnel", text).total().matched == matches


def test_people_match_where_the_quotes_share_a_number():
    golds = [gold_row("personnel", quote="twelve officers", value="12")]
    assert scored(golds, [system_row(quote="these 12", value="12")], "personnel").total().matched == 1
    assert scored(golds, [system_row(quote="these men", value="12")], "personnel").total().matched == 0


def test_lists_of_names_agree_in_any_order_and_in_full():
    golds = [gold_row("agreements", agreement="Pact", kind="agreement", lists={"parties": (("Iraq",), ("US", "U.S."))})]
    full = system_row(agreement="Pact", kind="agreement", parties="U.S.;Iraq")
    assert scored(golds, [full], "agreements").total().strict == 1
    assert scored(golds, [{**full, "parties": "Iraq"}], "agreements").total().strict == 0
    assert scored(golds, [{**full, "parties": "Iraq;Iraq"}], "agreements").total().strict == 0


def test_quotes_are_looked_up_in_their_documents():
    rows = [system_row(quote="ten  men"), system_row(quote="two men"), system_row(document="e")]
    quotes = scored([], rows, "results", "There were ten\nmen.").quotes
    assert (quotes.rows, quotes.missing, quotes.foreign) == (2, {"results": 1}, 1)


def test_gold_against_itself_is_perfect_for_every_table_and_document(root):
    gold = read_gold(root / "tests" / "golden" / "gold")
    found = score(gold, as_facts(gold))
    assert found.documents == tuple(gold)
    assert found.differences == ()
    assert all(rate in ("100.0", "-") for row in score_rows(found) for rate in row[5:])


def as_facts(gold):
    facts = {table: [] for table in COLUMNS}
    for document, tables in gold.items():
        for table, golds in tables.items():
            for one in golds:
                if not one.optional:
                    columns = {column: one.first(column) for column in COLUMNS[table]}
                    facts[table].append({"document": document, "quote": one.quote, **columns})
    return facts


def spoiled(facts, seed):
    """Drop, repeat and change rows at random."""
    chance = random.Random(seed)  # noqa: S311  # the same rows each time, nothing secret
    found = {}
    for table, rows in facts.items():
        found[table] = []
        for row in rows:
            changed = dict(row)
            for column in COLUMNS[table]:
                if chance.random() < 0.15:
                    changed[column] = chance.choice(rows)[column]
                if chance.random() < 0.05:
                    changed[column] = chance.choice(["", "The " + changed[column].upper(), "2018-07", "many", "1,000"])
            if chance.random() < 0.2:
                changed["quote"] = chance.choice(rows)["quote"]
            found[table] += [changed] * chance.choice([0, 1, 1, 1, 1, 2])
    return found


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("with_texts", [False, True])
def test_every_figure_is_that_of_the_reference_scorer(shared, seed, with_texts):
    scorer = shared / "tools" / "score.py"
    folder = shared / "development"
    if not scorer.is_file() or not folder.is_dir():
        pytest.skip("no reference scorer or development gold beside the checkout")
    spec = importlib.util.spec_from_file_location("reference_scorer", scorer)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)

    gold = read_gold(folder / "gold")
    facts = spoiled(as_facts(gold), seed)
    paths = [*(folder / "documents").glob("*.txt"), *(shared / "documents").glob("*.txt")] if with_texts else []
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    ours = score(gold, facts, texts or None)
    folded = {document: reference.fold(text) for document, text in texts.items()}
    theirs, missed, spurious, wrong = reference.score(reference.load_gold(folder / "gold"), facts, folded)

    expected = {**theirs["tables"], "core": theirs["core"], "all": theirs["all"]}
    for record in score_records(ours):
        if record["document"] is None:
            figures = expected[record["scope"]]
            assert record["neutral"] == figures["absorbed"]
            for name in ("gold", "system", "matched", "precision", "recall", "row_f1", "slot_accuracy", "strict_f1"):
                assert record[name] == (None if figures[name] is None else pytest.approx(figures[name])), record
    counts = {kind: sum(one.kind == kind for one in ours.differences) for kind in ("missed", "spurious", "wrong")}
    assert counts == {
        "missed": sum(map(len, missed.values())),
        "spurious": sum(map(len, spurious.values())),
        "wrong": sum(map(len, wrong.values())),
    }
    assert ours.total(tables=CORE).matched > 100
    if texts:
        assert sum(ours.quotes.missing.values()) == theirs["quotes"]["not_in_document"]


def test_the_gold_of_the_source_documents_is_that_of_the_development_set(root, shared):
    if not (shared / "development" / "gold").is_dir():
        pytest.skip("no development gold beside the checkout")
    for path in sorted((root / "tests" / "golden" / "gold").glob("*.json")):
        assert path.read_bytes() == (shared / "development" / "gold" / path.name).read_bytes()
