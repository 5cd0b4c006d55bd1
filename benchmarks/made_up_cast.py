"""Who occurs in a made-up document: real states and bodies of the reference data, and facts that nobody claims twice.

What is a property of a thing itself (when a mission began, who heads a force) is worked out from the thing's name
alone, so that two documents never contradict each other by accident; figures are each document's own.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ssrgraph.entities import load_reference

TEXTS = Path(__file__).with_suffix("").parent / "made_up_texts.toml"
WITH_ARTICLE = {"AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"}
COMMON = re.compile(
    r"\b(Agency|Army|Authority|Bank|Brigade|Bureau|Command|Commission|Corps|Council|Department|Directorate|Fund"
    r"|Forces?|Gendarmerie|Guard|Institute|Ministry|Navy|Office|Organi[sz]ation|Police|Programme|Secretariat|Service"
    r"|Union)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name as a text writes it, and what the gold says of it."""

    text: str
    forms: tuple[str, ...] = ()
    kind: str = ""  # of organizations; empty for what is none
    optional: bool = False


@dataclass(slots=True)
class Cast:
    """The fixed company of a document."""

    donor: object
    recipient: object
    partners: list = field(default_factory=list)
    bodies: list = field(default_factory=list)
    missions: list = field(default_factory=list)
    programmes: list = field(default_factory=list)
    cities: list = field(default_factory=list)
    date: dt.date = dt.date(2000, 1, 1)


def chance_of(*words: object) -> random.Random:
    """Return the chance that belongs to these words; the same in every run."""
    return random.Random("|".join(map(str, words)))  # noqa: S311


class World:
    """What all documents share."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        self.lists = self.texts["lists"]
        reference = load_reference()
        self.by_id = reference.by_id
        entities = [one for one in reference.entities if not one.shared_names]
        organizations = [one for one in entities if one.id.startswith("organization/")]
        self.states = [one for one in organizations if one.code and one.adjectives]
        named = [one for one in organizations if not one.code and COMMON.search(one.label) and " " in one.label]
        self.bodies = [one for one in named if one.type in {"government", "international"}]
        self.forces = [one for one in named if one.type in {"military", "police"}]
        self.alliances = [one for one in self.bodies if one.type == "international" and not one.parent]
        self.missions = [one for one in entities if one.id.startswith("mission/") and one.state]
        self.programmes = [one for one in entities if one.id.startswith("programme/") and " " in one.label]
        self._ranks: dict[tuple[int, int], list[float]] = {}
        self._cities: dict[str, list] = {}
        for one in entities:
            if one.id.startswith("place/") and one.type == "city" and one.state:
                self._cities.setdefault(one.state, []).append(one)

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Codes of currencies by the state that uses them, where a text may write the code."""
        path = Path(__file__).parent.parent / "data" / "reference" / "currencies.csv"
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        return {state: row[0] for row in rows for state in row[-2].split("|") if len(state) == 2}

    def cast(self, chance: random.Random) -> Cast:
        """Return a company: a donor, a recipient, bodies that have to do with them, and a day."""
        donor = chance.choices(self.states, self._weights(self.states, 2))[0]
        recipient, *partners = chance.choices(self.states, self._weights(self.states, 8), k=8)
        while recipient is donor:
            recipient = chance.choice(self.states)
        partners = [one for one in dict.fromkeys(partners) if one not in (donor, recipient)][:4]
        near = [one for one in self.missions if one.state == recipient.code]
        at_home = [one for one in (*self.bodies, *self.forces) if one.state == donor.code]
        day = dt.date(2008, 1, 1) + dt.timedelta(days=chance.randrange(6400))
        return Cast(
            donor=donor,
            recipient=recipient,
            partners=partners,
            bodies=chance.sample(at_home, min(2, len(at_home))) + chance.sample(self.bodies, 4),
            missions=near[:2] or chance.sample(self.missions, 1),
            programmes=chance.sample(self.programmes, 3),
            cities=self._cities.get(recipient.code, [])[:6] or chance.sample(self._cities["KE"], 2),
            date=day,
        )

    def _weights(self, some: list, start: int) -> list[float]:
        """Return how often each is chosen: a few very often, most of them seldom, as in texts of the field."""
        if (len(some), start) not in self._ranks:
            ranks = list(range(len(some)))
            chance_of(self.seed, "ranks", start).shuffle(ranks)
            self._ranks[len(some), start] = [1 / (start + rank) for rank in ranks]
        return self._ranks[len(some), start]

    def of(self, entity: object) -> Mention:
        """Return a name of an entity with the article that it has in a sentence."""
        label = entity.label
        forms = tuple(dict.fromkeys((label, *entity.aliases, *filter(None, (entity.abbreviation,)))))
        if entity.code:
            article = entity.code in WITH_ARTICLE
        else:
            article = not entity.id.startswith("place/") and not label.startswith(("Operation ", "EU", "UN "))
        text = f"the {label}" if article and not label.startswith("The ") else label
        kind = ("country" if entity.code else entity.type or "") if entity.id.startswith("organization/") else ""
        return Mention(text=text, forms=forms, kind=kind)

    def force(self, state: object, chance: random.Random) -> Mention:
        """Return a force of a state, named by what belongs to the state: the Kenyan Coast Guard."""
        name, kind = chance.choice(self.lists["forces"])
        adjective = state.adjectives[0]
        return Mention(text=f"the {adjective} {name}", forms=(f"{adjective} {name}", name), kind=kind)

    def ministry(self, state: object, chance: random.Random) -> Mention:
        """Return a ministry of a state."""
        name = chance.choice(self.lists["ministries"])
        of_state = self.of(state).text
        forms = (f"{name} of {of_state}", f"{state.adjectives[0]} {name}", name)
        return Mention(text=f"the {name} of {of_state}", forms=forms, kind="government")

    def person(self, key: str) -> tuple[str, random.Random]:
        """Return whoever has the post of this name, always the same, and a chance for what else is known of them."""
        chance = chance_of(self.seed, "person", key)
        return f"{chance.choice(self.lists['given'])} {chance.choice(self.lists['family'])}", chance

    def day(self, key: str, first: int = 2000, last: int = 2024) -> dt.date:
        """Return the day of whatever has this name, always the same."""
        chance = chance_of(self.seed, "day", key)
        return dt.date(first, 1, 1) + dt.timedelta(days=chance.randrange((last - first + 1) * 365))
