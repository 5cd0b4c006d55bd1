from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ssrgraph.errors import DocumentError, StoreError
from ssrgraph.export.graphs import canonical
from ssrgraph.materialize import FINDINGS, NAMED
from ssrgraph.pipeline import building
from ssrgraph.pipeline.building import add, build, remove
from ssrgraph.pipeline.inputs import BaseIriError, EncodingError, Options
from ssrgraph.pipeline.intake import rejected_file
from ssrgraph.pipeline.naming import named_in
from ssrgraph.query.facts import texts
from ssrgraph.reasoning import EngineError
from ssrgraph.store import LocalStore
from ssrgraph.validation import Kind, Severity, check, kept_report
from ssrgraph.vocabulary import BASE

QUICK = Options(reasoner="none", validate=False)


def dump(store) -> bytes:
    with LocalStore.open(store) as opened:
        return canonical(opened)


def documents(store) -> list[str]:
    with LocalStore.open(store) as opened:
        return sorted(texts(opened))


def graphs(store) -> list[str]:
    with LocalStore.open(store) as opened:
        return [graph.value.removeprefix(f"{opened.info.base_iri}graph/") for graph in opened.graphs()]


def rebuilt(place, name="fresh", **changes) -> bytes:
    """Return the canonical dump of a build from scratch."""
    build([place / "documents"], store=place / name, options=QUICK, **changes)
    return dump(place / name)


def test_a_build_holds_each_document_with_its_evidence(built):
    assert documents(built / "store") == ["alpha", "beta", "gamma"]
    expected = {f"{kind}/{name}" for kind in ("document", "evidence") for name in ("alpha", "beta", "gamma")}
    assert expected | {"ontology"} <= set(graphs(built / "store"))


def test_nothing_changed_means_nothing_is_done(place):
    before = (place / "store" / "CURRENT").read_text()
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert (change.changed, change.read, change.kept) == (False, (), ("alpha", "beta", "gamma"))
    assert (place / "store" / "CURRENT").read_text() == before


def test_only_the_document_that_changed_is_read_again(place):
    text = place / "documents" / "beta.txt"
    text.write_text(text.read_text().replace("1,200", "1,300"))
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert (change.read, change.kept) == (("beta",), ("alpha", "gamma"))
    assert dump(place / "store") == rebuilt(place)


def test_what_is_known_of_a_source_counts_as_a_change(place):
    (place / "documents" / "sources.toml").write_text('[[document]]\nid = "gamma"\npublisher = "A ministry"\n')
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert change.read == ("gamma",)
    with LocalStore.open(place / "store") as store:
        (row,) = store.query(
            "SELECT ?who { ?document <http://purl.org/dc/elements/1.1/publisher> ?who }",
        )
        assert row["who"].value == "A ministry"


def test_a_document_that_is_gone_leaves_the_store(place):
    (place / "documents" / "gamma.txt").unlink()
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert (change.read, change.removed) == ((), ("gamma",))
    assert documents(place / "store") == ["alpha", "beta"]
    assert dump(place / "store") == rebuilt(place)


def test_add_and_remove_come_to_the_same_as_a_build(place):
    more = place / "more"
    more.mkdir()
    (more / "delta.txt").write_text("More for Iraq\n\nNorway gave $2 million to Iraq in 2019.\n")
    assert add([more / "delta.txt"], store=place / "store").read == ("delta",)
    assert documents(place / "store") == ["alpha", "beta", "delta", "gamma"]
    assert remove(["alpha", "gamma"], store=place / "store").removed == ("alpha", "gamma")
    (place / "documents" / "delta.txt").write_text((more / "delta.txt").read_text())
    for name in ("alpha", "gamma"):
        (place / "documents" / f"{name}.txt").unlink()
    assert dump(place / "store") == rebuilt(place)


def test_what_is_kept_of_a_store_is_what_asking_it_as_a_whole_gives(place):
    documents, store = place / "documents", place / "reasoned"
    build([documents], store=store, options=Options(validate=False))
    for name, text in [
        ("delta", "More for Iraq\n\nNorway gave €2 million to Iraq in 2019.\n"),
        ("beta", "Training in Mali\n\nFrance trained 40 Malian officers in 2014.\n"),
    ]:
        (documents / f"{name}.txt").write_text(text)
        add([documents / f"{name}.txt"], store=store)
    for gone in ("", "alpha"):
        if gone:
            remove([gone], store=store)
        with LocalStore.open(store) as opened:
            named = named_in(opened)
            assert json.loads(opened.read_file(NAMED)) == json.loads(json.dumps(asdict(named)))
            assert opened.info.state["triples"] == opened.count()
    assert "organization/ca" not in named.entities
    assert "EUR" in named.currencies
    (documents / "alpha.txt").unlink()
    build([documents], store=place / "fresh", options=Options(validate=False))
    assert dump(store) == dump(place / "fresh")


def test_an_added_document_replaces_the_one_of_its_id(place):
    path = place / "beta.txt"
    path.write_text("Training in Mali\n\nFrance trained 40 Malian officers in 2014.\n")
    change = add([path], store=place / "store")
    assert (change.read, change.removed) == (("beta",), ())
    with LocalStore.open(place / "store") as store:
        assert texts(store)["beta"].startswith("Training in Mali")


def test_adding_what_is_there_does_nothing(place):
    assert not add([place / "documents" / "beta.txt"], store=place / "store").changed


def test_order_and_number_of_jobs_make_no_difference(place):
    folder = place / "documents"
    build([folder / f"{name}.txt" for name in ("gamma", "alpha", "beta")], store=place / "two", options=QUICK, jobs=2)
    assert dump(place / "two") == dump(place / "store")


def test_another_reasoner_reads_nothing_again(place):
    change = build([place / "documents"], store=place / "store", options=Options(reasoner="owlrl"))
    assert change.read == ()
    assert change.inferred > 100
    with LocalStore.open(place / "store") as store:
        inferred = set(store.triples(NamedNode(f"{BASE}graph/inferred")))
        asserted = {
            triple
            for graph in store.graphs()
            if not graph.value.endswith("graph/inferred")
            for triple in store.triples(graph)
        }
        assert len(inferred) == change.inferred
        reasoned = {triple for triple in asserted if triple in inferred}
        assert reasoned == set()


def test_another_base_makes_all_iris_anew(place):
    base = "https://data.example.org/ssr/"
    change = build(
        [place / "documents"], store=place / "store", options=Options(reasoner="none", base_iri=base, validate=False)
    )
    assert change.read == ("alpha", "beta", "gamma")
    with LocalStore.open(place / "store") as store:
        assert {graph.value.startswith(f"{base}graph/") for graph in store.graphs()} == {True}


@pytest.mark.parametrize("base", ["", "nonsense", "https://example.org", "https://example.org/a b/", "/relative/"])
def test_what_cannot_be_a_base_is_refused(base):
    with pytest.raises(BaseIriError, match="cannot be the base of IRIs"):
        Options(base_iri=base)


def test_a_broken_document_that_is_named_leaves_the_store_as_it_was(place):
    before = dump(place / "store")
    broken = place / "documents" / "broken.txt"
    broken.write_bytes(b"caf\xe9")
    with pytest.raises(DocumentError, match=r"broken\.txt: is not UTF-8"):
        build([place / "documents", broken], store=place / "store", options=QUICK)
    with pytest.raises(DocumentError, match=r"broken\.txt: is not UTF-8"):
        add([broken], store=place / "store")
    assert dump(place / "store") == before


def test_a_broken_document_in_a_folder_is_skipped_and_the_others_go_on(place):
    (place / "documents" / "broken.txt").write_bytes(b"caf\xe9")
    (place / "documents" / "beta.txt").write_bytes(b"")
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert (change.read, change.kept, change.removed) == ((), ("alpha", "gamma"), ("beta",))
    assert [(Path(one.name).name, one.problem.partition(" (")[0]) for one in change.skipped] == [
        ("beta.txt", "is empty"),
        ("broken.txt", "is not UTF-8"),
    ]
    assert documents(place / "store") == ["alpha", "gamma"]
    assert dump(place / "store") == rebuilt(place)


def test_what_was_skipped_is_told_again_but_not_read_again(place):
    (place / "documents" / "broken.txt").write_bytes(b"")
    first = build([place / "documents"], store=place / "store", options=QUICK)
    again = build([place / "documents"], store=place / "store", options=QUICK)
    assert (first.changed, again.changed) == (True, False)
    assert again.skipped == first.skipped
    (place / "documents" / "broken.txt").write_text("Norway gave $2 million to Iraq in 2019.\n")
    assert build([place / "documents"], store=place / "store", options=QUICK).read == ("broken",)


def test_a_folder_in_which_nothing_can_be_read_is_refused(place):
    before = dump(place / "store")
    (place / "bad").mkdir()
    for name in ("one", "two"):
        (place / "bad" / f"{name}.txt").write_bytes(b"")
    with pytest.raises(DocumentError, match=r"one\.txt: is empty \(none of the 2 documents can be read\)"):
        build([place / "bad"], store=place / "store", options=QUICK)
    assert dump(place / "store") == before


def test_the_same_text_twice_is_read_once(place):
    text = (place / "documents" / "beta.txt").read_text()
    (place / "documents" / "copy.txt").write_text(text.replace("\n", "\r\n"), newline="")
    change = build([place / "documents"], store=place / "store", options=QUICK)
    assert [(Path(one.name).name, one.problem) for one in change.skipped] == [
        ("copy.txt", "has the same text as beta, which is read")
    ]
    assert documents(place / "store") == ["alpha", "beta", "gamma"]
    assert not build([place / "documents"], store=place / "store", options=QUICK).changed


def test_of_the_same_text_the_first_id_is_held_in_whatever_order_they_come(place):
    text = (place / "documents" / "beta.txt").read_text()
    for name in ("zeta", "aleph"):
        (place / "documents" / f"{name}.txt").write_text(text)
        build([place / "documents"], store=place / "store", options=QUICK)
    assert documents(place / "store") == ["aleph", "alpha", "gamma"]
    assert dump(place / "store") == rebuilt(place, jobs=2)
    (place / "documents" / "aleph.txt").unlink()
    build([place / "documents"], store=place / "store", options=QUICK)
    assert documents(place / "store") == ["alpha", "beta", "gamma"]
    assert dump(place / "store") == rebuilt(place, "fresher")


def test_a_document_whose_double_changes_is_read_after_all(place):
    folder = place / "documents"
    (folder / "copy.txt").write_text((folder / "beta.txt").read_text())
    build([folder], store=place / "store", options=QUICK)
    (folder / "beta.txt").write_text("Training in Mali\n\nFrance trained 40 Malian officers in 2014.\n")
    assert build([folder], store=place / "store", options=QUICK).read == ("beta", "copy")
    assert dump(place / "store") == rebuilt(place)


def test_adding_the_same_text_replaces_only_what_comes_behind_it(place):
    text = (place / "documents" / "beta.txt").read_text()
    for name, held in [("zeta", "beta"), ("aleph", "aleph")]:
        (place / f"{name}.txt").write_text(text)
        add([place / f"{name}.txt"], store=place / "store")
        assert [one for one in documents(place / "store") if one not in {"alpha", "gamma"}] == [held]
    remove(["aleph"], store=place / "store")
    assert documents(place / "store") == ["alpha", "gamma"]


def test_another_encoding_is_read_by_its_name_and_only_where_it_is_needed(place):
    folder = place / "documents"
    (folder / "delta.txt").write_bytes("Opération Sangaris\n\nFrance trained 40 officers in 2014.\n".encode("latin-1"))
    change = build([folder], store=place / "store", options=QUICK, encoding="windows-1252")
    assert (change.read, change.skipped) == (("delta",), ())
    with LocalStore.open(place / "store") as store:
        assert texts(store)["delta"].startswith("Opération Sangaris")
    assert not build([folder], store=place / "store", options=QUICK, encoding="windows-1252").changed
    assert [one.problem[:12] for one in build([folder], store=place / "store", options=QUICK).skipped] == [
        "is not UTF-8"
    ]
    with pytest.raises(EncodingError, match="nonsense: is no encoding of text"):
        build([folder], store=place / "store", options=QUICK, encoding="nonsense")


def test_force_does_everything_again(place):
    before = dump(place / "store")
    change = build([place / "documents"], store=place / "store", options=QUICK, force=True)
    assert change.read == ("alpha", "beta", "gamma")
    assert dump(place / "store") == before


def test_an_unknown_document_cannot_be_removed(place):
    with pytest.raises(StoreError, match="holds no document nobody"):
        remove(["nobody"], store=place / "store")
    assert documents(place / "store") == ["alpha", "beta", "gamma"]


def test_nothing_is_added_to_a_store_of_other_code(place, monkeypatch):
    prints = building.take_fingerprints(QUICK)
    monkeypatch.setattr(
        building,
        "take_fingerprints",
        lambda _options: type(prints)(reading="other", schema=prints.schema, reasoning=prints.reasoning, links=""),
    )
    (place / "delta.txt").write_text("A title\n\nNorway gave $2 million to Iraq in 2019.\n")
    with pytest.raises(StoreError, match="was built with other code or reference data; run `ssrgraph build` first"):
        add([place / "delta.txt"], store=place / "store")


def test_an_engine_that_there_is_not_is_told(place):
    with pytest.raises(EngineError, match="no reasoner is called 'magic'"):
        build([place / "documents"], store=place / "store", options=Options(reasoner="magic"))


def test_rejected_candidates_are_kept_beside_the_graph(place):
    with LocalStore.open(place / "store") as store:
        kept = [json.loads(store.read_file(rejected_file(name))) for name in ("alpha", "beta", "gamma")]
    assert [item["document"] for item in kept] == ["alpha", "beta", "gamma"]
    remove(["beta"], store=place / "store")
    with LocalStore.open(place / "store") as store:
        assert rejected_file("beta") not in store.files()
        assert rejected_file("alpha") in store.files()


def test_progress_is_told(place):
    told = []
    build(
        [place / "documents"],
        store=place / "new",
        options=QUICK,
        progress=lambda what, done, of: told.append((what, done, of)),
    )
    loading = [("loading", 0, 3), ("loading", 3, 3)]
    reading = [("reading", done, 3) for done in range(4)]
    assert told == [*reading, *loading, ("reasoning", 0, 1), ("reasoning", 1, 1)]


def test_the_finished_graph_is_checked(place):
    change = build([place / "documents"], store=place / "checked", options=Options(reasoner="none"))
    with LocalStore.open(place / "checked") as store:
        report = check(store, inconsistencies=())
    assert change.violations == sum(finding.severity is Severity.VIOLATION for finding in report.findings)
    assert change.violations + change.warnings == len(report.findings)


def kept_findings(store):
    with LocalStore.open(store) as opened:
        return kept_report(opened.read_file(FINDINGS))


def test_each_change_keeps_the_findings_of_a_check_of_everything(place):
    documents, store = place / "documents", place / "checked"
    build([documents], store=store, options=Options(reasoner="none"))
    kinds = set()

    def compare():
        with LocalStore.open(store) as opened:
            report = check(opened, inconsistencies=())
            state = opened.info.state
        assert kept_findings(store) == report
        assert state["violations"] + state["warnings"] == len(report.findings)
        kinds.update(one.kind for one in report.findings)

    compare()
    texts = {
        "delta": "In 2019 Norway gave 12 boats to Ghana. Norway trained 900 police officers of Ghana in 2019.",
        "epsilon": "In 2019 Norway trained 1,400 police officers of Ghana. The mission EUTM Mali began in 2012.",
        "zeta": "EUTM Mali began in 2013. In 2019 Norway trained 2,000 police officers of Ghana.",
    }
    for name in ("zeta", "delta", "epsilon"):
        (documents / f"{name}.txt").write_text(texts[name])
        add([documents / f"{name}.txt"], store=store)
        compare()
    (documents / "epsilon.txt").write_text(texts["epsilon"].replace("1,400", "900"))
    add([documents / "epsilon.txt"], store=store)
    compare()
    for name in ("delta", "beta", "zeta"):
        remove([name], store=store)
        compare()
    build([documents], store=store, options=Options(reasoner="none"))
    compare()
    assert Kind.CONTRADICTION in kinds


def test_what_was_kept_and_is_damaged_is_found_anew(place):
    documents, store = place / "documents", place / "checked"
    build([documents], store=store, options=Options(reasoner="none"))
    (documents / "delta.txt").write_text("In 2019 Norway gave 12 boats to Ghana.")
    (generation,) = store.glob("generation-*")
    kept = generation / "files" / FINDINGS
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    add([documents / "delta.txt"], store=store)
    with LocalStore.open(store) as opened:
        assert kept_findings(store) == check(opened, inconsistencies=())


def test_findings_are_kept_only_where_a_build_checks(place):
    build([place / "documents"], store=place / "store", options=QUICK, force=True)
    with LocalStore.open(place / "store") as opened:
        assert FINDINGS not in opened.files()
