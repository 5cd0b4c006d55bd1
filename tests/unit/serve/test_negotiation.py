from __future__ import annotations

import pytest

from ssrgraph.serve.negotiation import best, encoding, media_type, parameter

TURTLE, JSONLD, HTML = "text/turtle", "application/ld+json", "text/html"
OFFERED = [TURTLE, JSONLD, HTML]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TURTLE),
        ("", TURTLE),
        ("*/*", TURTLE),
        ("text/html", HTML),
        ("TEXT/HTML", HTML),
        ("text/*", TURTLE),
        ("application/*", JSONLD),
        ("text/html, */*", HTML),
        ("text/turtle;q=0.5, text/html", HTML),
        ("text/turtle;q=0.5,text/html;q=0.50", TURTLE),
        ("text/*;q=0.9, text/turtle;q=0.1", HTML),
        ("text/turtle;q=0, */*;q=0.1", JSONLD),
        ("text/turtle;q=0", None),
        ("image/png", None),
        ("*/html", None),
        ("text/html ; q=0.3 , application/ld+json ; q = 0.4", JSONLD),
        ('application/ld+json;profile="http://a.example/x,y", text/html;q=0.1', HTML),
        ("text/html;level=1", None),
        ("text/html;q=1.5, application/ld+json;q=0.2", JSONLD),
        ("text/html;q=abc, application/ld+json;q=0.2", JSONLD),
        ("this is no header, application/ld+json", JSONLD),
        (",,application/ld+json,,", JSONLD),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    ],
)
def test_the_type_that_suits_best_is_chosen(accept, chosen):
    assert best(accept, OFFERED) == chosen


def test_parameters_of_what_is_offered_are_compared():
    offered = ["text/plain", "text/plain;version=0.0.4"]
    assert best("text/plain;version=0.0.4", offered) == "text/plain;version=0.0.4"
    assert best("text/plain", offered) == "text/plain"
    assert best('text/plain;version="0.0.4";q=0.5, text/plain;q=0.1', offered) == "text/plain;version=0.0.4"


def test_nothing_is_chosen_from_nothing():
    assert best("*/*", []) is None


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("*", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
    ],
)
def test_a_coding_is_used_only_where_it_is_wanted(accept, chosen):
    assert encoding(accept) == chosen


def test_a_content_type_is_read_with_its_parameters():
    assert media_type("Text/Turtle ; charset=UTF-8") == "text/turtle"
    assert media_type(None) == ""
    assert parameter('text/turtle; charset="UTF-8"', "charset") == "utf-8"
    assert parameter("text/turtle", "charset") is None
    assert parameter(None, "charset") is None
