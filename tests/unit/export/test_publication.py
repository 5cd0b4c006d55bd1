"""What a data set says of itself, and the folder in which it is published."""

from __future__ import annotations

import csv
import hashlib
import json

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ssrgraph.errors import DataError
from ssrgraph.export.files import OutputError
from ssrgraph.export.publication.about import About, AboutError, load_about
from ssrgraph.export.publication.folder import publish
from ssrgraph.export.publication.gathering import load_sources
from ssrgraph.query import catalogue
from ssrgraph.resources import shipped
from ssrgraph.store import MemoryStore
from ssrgraph.vocabulary import Dc, Dct, OrgClass, Rdf, Schema, Skos, Ssr, SsrClass

BASE = "https://data.example.org/"
NEEDED = 'title = "Boats"\ndescription = "Who gave boats."\nlicence = "https://spdx.org/licenses/CC0-1.0"\n'
ABOUT = About(
    title="Boats | and more",
    description="Who gave boats.",
    licence="https://spdx.org/licenses/CC0-1.0",
    publisher="A library",
    address="https://data.example.org/files/",
    issued="2026-05-01",
)


def node(name):
    return NamedNode(BASE + name)


def statement(subject, predicate, value):
    return Triple(node(subject), NamedNode(predicate), value if isinstance(value, NamedNode) else Literal(value))


@pytest.fixture
def store():
    filled = MemoryStore(BASE)
    filled.replace_graph(
        node("graph/document/a"),
        [
            statement("id/organization/us", Rdf.TYPE, NamedNode(OrgClass.ORGANIZATION)),
            statement("id/organization/us", Skos.PREF_LABEL, "United States"),
            statement("id/organization/us", Schema.NAME, "the U.S."),
            statement("id/organization/us", Ssr.KIND, NamedNode("https://w3id.org/ssrgraph/scheme/kind#country")),
        ],
    )
    filled.replace_graph(
        node("graph/evidence/a"),
        [
            statement("document/a", Rdf.TYPE, NamedNode(SsrClass.DOCUMENT)),
            statement("document/a", Dct.IDENTIFIER, "a"),
            statement("document/a", Dct.TITLE, "Of boats"),
            statement("document/a", Dc.RIGHTS, "Ask the author."),
        ],
    )
    filled.replace_graph(
        node("graph/entities"), [statement("id/organization/us", Dct.SOURCE, "wikidata|curated: un.org")]
    )
    filled.replace_graph(
        node("graph/links"),
        [
            Triple(
                node("id/organization/us"),
                NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch"),
                NamedNode("http://www.wikidata.org/entity/Q30"),
            )
        ],
    )
    return filled


@pytest.fixture
def published(store, tmp_path):
    publish(store, ABOUT, catalogue.load(shipped("queries")), today="2026-06-01", out=tmp_path / "set")
    return tmp_path / "set"


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def described(folder):
    return {
        (quad.subject.value, quad.predicate.value, quad.object.value) for quad in parse(path=folder / "dataset.ttl")
    }


def test_the_shipped_words_can_be_used():
    about = load_about()
    assert about.title
    assert about.licence == "https://spdx.org/licenses/Apache-2.0"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = ", "is no TOML"),
        ('title = "Boats"', "description is missing"),
        (NEEDED + 'licens = "x"', "there is no licens; there are title, description, licence"),
        (NEEDED + "version = 1", "version is no text"),
        (NEEDED + 'keywords = "boats"', "keywords is no list of words"),
        (NEEDED + 'issued = "May 2026"', "issued is no day of the form YYYY-MM-DD: May 2026"),
        (NEEDED + 'address = "https://data.example.org/files"', "ends with a slash"),
        (NEEDED + 'address = "data files/"', "address is no address: data files/"),
        (NEEDED + 'previous = "urn:x"', "previous is no address: urn:x"),
    ],
)
def test_words_that_cannot_be_used_are_told(tmp_path, text, problem):
    (tmp_path / "about.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AboutError, match=problem.replace(".", r"\.")) as caught:
        load_about(tmp_path / "about.toml")
    assert str(caught.value).startswith(f"{tmp_path / 'about.toml'}: ")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AboutError, match="cannot be read: No such file"):
        load_about(tmp_path / "none.toml")


def test_a_date_may_stand_without_quotes(tmp_path):
    (tmp_path / "about.toml").write_text(NEEDED + "issued = 2026-05-01", encoding="utf-8")
    assert load_about(tmp_path / "about.toml").issued == "2026-05-01"


def test_a_broken_list_of_sources_is_told(tmp_path):
    (tmp_path / "sources.toml").write_text("[wikidata]\nname = 'x'\n", encoding="utf-8")
    with pytest.raises(DataError, match="name"):
        load_sources(tmp_path / "sources.toml")


def test_every_file_is_in_the_list_of_checksums(published):
    listed = dict(line.split("  ")[::-1] for line in (published / "SHA256SUMS").read_text("utf-8").splitlines())
    found = {path.relative_to(published).as_posix(): path for path in published.rglob("*") if path.is_file()}
    assert set(listed) == set(found) - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256(found[name].read_bytes()).hexdigest() == digest


def test_the_same_graph_gives_the_same_files(store, published, tmp_path):
    publish(store, ABOUT, catalogue.load(shipped("queries")), today="2026-06-02", out=tmp_path / "again")
    for path in published.rglob("*"):
        if path.is_file():
            assert (tmp_path / "again" / path.relative_to(published)).read_bytes() == path.read_bytes()


def test_the_day_counts_where_none_is_given(store, tmp_path):
    about = About(title="Boats", description="Boats.", licence=ABOUT.licence)
    edition = publish(store, about, catalogue.load(shipped("queries")), today="2026-06-02", out=tmp_path / "set")
    digest = hashlib.sha256((tmp_path / "set" / "graph.nq").read_bytes()).hexdigest()
    assert (edition.about.issued, edition.about.version) == ("2026-06-02", f"{store.info.version}+{digest[:12]}")


def test_both_dumps_are_the_store(store, published):
    for name, kind in (("graph.nq", RdfFormat.N_QUADS), ("graph.trig", RdfFormat.TRIG)):
        assert set(parse(path=published / name, format=kind)) == set(store.quads())


def test_the_description_has_terms_sources_parts_links_and_files(published):
    dataset = BASE + "dataset"
    found = described(published)
    dct, dcat, void = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
    assert {
        (dataset, dct + "license", ABOUT.licence),
        (dataset, dct + "issued", "2026-05-01"),
        (dataset, "http://www.w3.org/ns/prov#wasDerivedFrom", BASE + "document/a"),
        (BASE + "document/a", "http://purl.org/dc/elements/1.1/rights", "Ask the author."),
        (dataset, dct + "source", dataset + "#source=wikidata"),
        (dataset + "#source=wikidata", dct + "license", "https://spdx.org/licenses/CC0-1.0"),
        (dataset, void + "subset", BASE + "graph/document/a"),
        (BASE + "graph/document/a", void + "triples", "4"),
        (dataset, void + "triples", "10"),
        (dataset, void + "dataDump", "https://data.example.org/files/graph.nq"),
        (dataset + "#file=graph.nq", dcat + "downloadURL", "https://data.example.org/files/graph.nq"),
        (dataset + "#file=facts%2Ffunding.csv", dct + "identifier", "facts/funding.csv"),
    } <= found
    sources = {value for subject, predicate, value in found if (subject, predicate) == (dataset, dct + "source")}
    assert sources == {dataset + "#source=wikidata", dataset + "#source=curated"}
    (links,) = [subject for subject, _, value in found if value == void + "Linkset"]
    assert (links, void + "triples", "1") in found
    size = str((published / "graph.nq").stat().st_size)
    assert (dataset + "#file=graph.nq", dcat + "byteSize", size) in found
    digest = hashlib.sha256((published / "graph.nq").read_bytes()).hexdigest()
    assert (dataset + "#file=graph.nq;sha256", "http://spdx.org/rdf/terms#checksumValue", digest) in found


def test_classes_and_properties_are_counted(published):
    found, void = described(published), "http://rdfs.org/ns/void#"
    (part,) = [subject for subject, predicate, value in found if (predicate, value) == (void + "property", Rdf.TYPE)]
    assert (BASE + "dataset", void + "propertyPartition", part) in found
    assert (part, void + "triples", "2") in found
    (part,) = [subject for subject, _, value in found if value == OrgClass.ORGANIZATION and "#class=" in subject]
    assert (part, void + "entities", "1") in found


def test_no_file_has_an_address_where_none_is_known(store, tmp_path):
    about = About(title="Boats", description="Boats.", licence=ABOUT.licence)
    publish(store, about, catalogue.load(shipped("queries")), today="2026-06-02", out=tmp_path / "set")
    predicates = {predicate.rpartition("#")[2] for _, predicate, _ in described(tmp_path / "set")}
    assert "distribution" in predicates
    assert predicates.isdisjoint({"downloadURL", "accessURL", "dataDump"})


def test_entities_and_names_join_the_tables_with_the_graph(published):
    us = BASE + "id/organization/us"
    assert table(published / "names.csv") == [{"document": "a", "name": "the U.S.", "entity": us}]
    (entity,) = table(published / "entities.csv")
    assert entity == {
        "entity": us,
        "label": "United States",
        "class": "organization",
        "kind": "country",
        "abbreviation": "",
        "code": "",
        "wikidata": "Q30",
    }


def test_a_cell_of_the_readme_breaks_no_grid(published):
    text = (published / "README.md").read_text("utf-8")
    assert text.startswith("# Boats | and more\n")
    widths = {line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("| `a`")}
    assert widths == {6}
    assert "| `a` | Ask the author. |" in (published / "LICENSE.md").read_text("utf-8")


def test_every_column_of_the_package_is_described(published):
    package = json.loads((published / "datapackage.json").read_text("utf-8"))
    tables = [resource for resource in package["resources"] if "schema" in resource]
    assert len(tables) == 13
    for resource in tables:
        with (published / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
    by_name = {resource["name"]: resource["schema"]["fields"] for resource in tables}
    bound = next(field for field in by_name["funding"] if field["name"] == "bound")
    assert bound["constraints"] == {"enum": ["approximate", "at_least", "at_most", "exact"]}
    assert bound["property"] == Ssr.BOUND


def test_a_version_is_not_written_over_another(store, published):
    before = (published / "README.md").read_bytes()
    with pytest.raises(OutputError, match="is there already and not empty"):
        publish(store, ABOUT, catalogue.load(shipped("queries")), today="2026-06-01", out=published)
    assert (published / "README.md").read_bytes() == before


def test_what_cannot_be_written_leaves_nothing_behind(store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        publish(store, ABOUT, catalogue.load(shipped("queries")), today="2026-06-01", out=tmp_path / "file" / "set")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
