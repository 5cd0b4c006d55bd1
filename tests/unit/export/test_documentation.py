"""The pages of the ontology, its schemes and code lists."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from ssrgraph.export import documentation
from ssrgraph.vocabulary import ONTOLOGY, SCHEMES, Ssr, SsrClass


class Page(HTMLParser):
    """Collects what a page names and what it leads to."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if tag == "a" else []


def term(path, anchor, **options):
    sections = documentation.document(path, **options).sections
    return next(one for _, terms in sections for one in terms if one.anchor == anchor)


def facts(path, anchor):
    return {words: [one.text for one in values] for words, values in term(path, anchor).facts}


def test_there_is_a_page_for_everything_that_declares_terms():
    assert {"ontology", *(f"scheme/{name}" for name in SCHEMES)} <= set(documentation.paths())
    assert documentation.document("scheme/nothing") is None
    with pytest.raises(KeyError):
        documentation.page("scheme/nothing")


def test_every_term_is_documented_once_with_its_definition():
    sections = documentation.document("ontology").sections
    terms = [one for _, found in sections for one in found]
    assert sorted(one.iri for one in terms) == sorted(map(str, (*SsrClass, *Ssr)))
    assert all(one.label and one.definition for one in terms)


def test_what_is_said_of_a_term_is_in_words():
    assert facts("ontology", "Donor")["is whatever is"] == ["funder of some funding claim"]
    assert facts("ontology", "Country")["is the same as"] == ["kind value country"]
    assert "funder, then acts for" in facts("ontology", "attributedFunder")["follows from"]
    assert facts("ontology", "predecessor")["is a kind of"] == ["preceded by"]
    assert term("ontology", "predecessor").traits == ("asymmetric", "irreflexive")
    assert facts("scheme/modality", "loan")["is near to"] == ["Standard loan"]
    assert term("scheme/modality", "sale").notes[0].startswith("No match: ")


@pytest.mark.parametrize("path", documentation.paths())
def test_a_page_stands_on_its_own_and_its_links_to_itself_lead_somewhere(path):
    page = Page(documentation.page(path).decode())
    assert len(page.ids) == len(set(page.ids))
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert inside
    assert set(inside) <= set(page.ids)
    assert all(link.startswith(("#", "http://", "https://")) for link in page.links)


def test_links_to_own_terms_begin_where_they_are_served():
    (claim,) = dict(term("ontology", "FundingClaim", root="/").facts)["is a kind of"]
    assert claim.href == "/ontology#Claim"
    (claim,) = dict(term("ontology", "FundingClaim").facts)["is a kind of"]
    assert claim.href == f"{ONTOLOGY}#Claim"


def test_a_page_is_the_same_every_time():
    assert documentation.page() == documentation.page()
