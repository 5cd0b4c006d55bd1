"""Values of slots become terms that compare as the values do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ssrgraph.graph import terms


@pytest.mark.parametrize(
    ("value", "plain"),
    [("1.25E+9", "1250000000"), ("4100000.00", "4100000"), ("0.50", "0.5"), ("0", "0"), ("100", "100")],
)
def test_equal_numbers_are_equal_terms(value, plain):
    assert terms.number(Decimal(value)) == terms.number(Decimal(plain))
    assert terms.number(Decimal(value)).value == plain


@pytest.mark.parametrize(("value", "datatype"), [("2015", "gYear"), ("2015-04", "gYearMonth"), ("2015-04-30", "date")])
def test_a_date_has_the_datatype_of_its_precision(value, datatype):
    assert terms.date(value).datatype.value == f"http://www.w3.org/2001/XMLSchema#{datatype}"


@pytest.mark.parametrize("value", ["15", "2015-4", "April 2015", "2015-04-30T00:00:00"])
def test_another_form_of_a_date_is_refused(value):
    with pytest.raises(ValueError, match="no date"):
        terms.date(value)


def test_the_measure_of_people_is_a_concept_and_that_of_a_result_a_phrase():
    assert terms.scheme_of("personnel", "measure") == "measure"
    assert terms.scheme_of("results", "measure") is None
