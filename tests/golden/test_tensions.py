"""`check` and the saved question find the same numbers in tension, in the small world and in the five documents."""

from __future__ import annotations

import re

from ssrgraph import resources
from ssrgraph.query import catalogue, results, running
from ssrgraph.store import LocalStore
from ssrgraph.validation import check

DATE = re.compile(r"(19|20)\d\d(-\d\d){0,2}")


def asked(store, saved):
    """The quotes of each two claims that the saved question finds in tension; dates have checks of their own."""
    rows = results.rows(running.run(store, catalogue.find(saved, "statements-in-tension")))
    return {
        frozenset((one_quote, other_quote))
        for _, one, _, one_quote, _, _, other_quote in rows
        if not DATE.fullmatch(one)
    }


def checked(store):
    found = (one for one in check(store, shapes=[], checks=[], inconsistencies=[]).findings)
    graded = [one for one in found if one.check in {"in-tension", "contradictory"}]
    return {frozenset(" ".join(words.split()) for words in one.quote.split(" | ")) for one in graded}


def test_check_grades_what_the_saved_question_finds(world, saved):
    assert checked(world) == asked(world, saved)
    grades = {one.check: one.quote for one in check(world).findings if one.check in {"in-tension", "contradictory"}}
    assert grades == {
        "contradictory": "about 1 million euros | 1.4 million euros",
        "in-tension": "about 1,000 Sudland guards | 2,000 to 2,500 Sudland guards",
    }


def test_check_and_question_agree_on_the_five_documents(five):
    with LocalStore.open(five) as store:
        assert checked(store) == asked(store, catalogue.load(resources.shipped("queries")))
