"""Sentences of a made-up document from patterns, and beside each the rows of the fact tables that it states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from made_up_cast import Cast, Mention, World

from ssrgraph.evaluation.conventions import COLUMNS

if TYPE_CHECKING:
    import datetime as dt
    import random
    from collections.abc import Callable

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")
MONTHS += ("October", "November", "December")
HEDGES = (("", "exact"), ("", "exact"), ("", "exact"), ("about ", "approximate"), ("around ", "approximate"))
HEDGES += (("more than ", "at_least"), ("over ", "at_least"), ("nearly ", "approximate"), ("up to ", "at_most"))
THEMES = ("funding", "personnel", "equipment", "results", "missions", "agreements", "laws", "roles", "events")
THEMES += ("memberships", "organizations", "words")
WEIGHTS = (6, 6, 5, 4, 2, 2, 1, 3, 2, 1, 2, 5)


class Telling:
    """Tells of a company, sentence by sentence; `rows` holds by table what it has said.

    A slot of a pattern is a method of this class named `slot_…`, which returns the words, or a value that the
    sentence's own method has prepared.
    """

    def __init__(self, world: World, cast: Cast, chance: random.Random) -> None:
        self.world, self.cast, self.chance = world, cast, chance
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
        self._listed: set[str] = set()
        self._said: set[object] = set()

    # Patterns

    def sentence(self) -> str:
        """Return a sentence on whatever comes up, and write down what it states."""
        return self.about(self.chance.choices(THEMES, WEIGHTS)[0])

    def about(self, theme: str) -> str:
        """Return a sentence on this."""
        pattern = self.chance.choice(self.world.texts[theme])
        text = self._chosen(self.chance.choice(pattern["texts"]))
        made = getattr(self, f"_{theme}")(pattern, set(re.findall(r"{(\w+?)(?:_first|_bare)?}", text)))
        return self.filled(text, made) if made is not None else self.about("words")

    def _chosen(self, text: str) -> str:
        while "[" in text:
            text = re.sub(r"\[([^\[\]]*)\]", lambda found: self.chance.choice(found[1].split("|")), text)
        return " ".join(text.split())

    def filled(self, text: str, values: dict[str, object]) -> str:
        """Return a text with its slots filled; organizations that it names are written down."""

        def words(found: re.Match[str]) -> str:
            name = found[1]
            value = values[name.removesuffix("_first").removesuffix("_bare")]
            told = value.text if isinstance(value, Mention) else str(value)
            if isinstance(value, Mention):
                self.name(value)
            if name.endswith("_bare"):
                return told
            return told[:1].upper() + told[1:] if name.endswith("_first") else told

        done = re.sub(r"{(\w+)}", words, text)
        done = re.sub(r"\s+([.,])", r"\1", done)
        return done[:1].upper() + done[1:]

    def name(self, mention: Mention) -> Mention:
        """Write down that an organization is named."""
        if mention.kind and mention.forms[0] not in self._listed:
            self._listed.add(mention.forms[0])
            self.row(
                "organizations",
                mention.text.removeprefix("the "),
                organization=mention.forms,
                kind=mention.kind,
                optional=mention.optional,
                optional_slots=["parent", "abbreviation"],
            )
        return mention

    def row(self, table: str, quote: str, **values: object) -> None:
        """Write a row down; what is not given is empty."""
        row: dict[str, Any] = dict.fromkeys(COLUMNS[table])
        for key, value in values.items():
            if isinstance(value, Mention):
                row[key.rstrip("_")] = list(value.forms)
            elif value not in (None, "", False, []):
                row[key.rstrip("_")] = list(value) if isinstance(value, tuple) else value
        self.rows[table].append({**row, "quote": " ".join(quote.split())})

    # Values

    def state(self) -> Mention:
        return self.world.of(self.chance.choice((self.cast.donor, self.cast.donor, *self.cast.partners)))

    def giver(self) -> Mention:
        other = [one for one in self.cast.bodies if one.type in {"government", "international"}]
        return self.state() if self.chance.random() < 0.6 else self.world.of(self.chance.choice(other))

    def recipient(self) -> Mention:
        state, which = self.cast.recipient, self.chance.random()
        if which < 0.5:
            return self.world.of(state)
        return (self.world.force if which < 0.85 else self.world.ministry)(state, self.chance)

    def city(self) -> Mention:
        return self.world.of(self.chance.choice(self.cast.cities))

    def number(self, low: int, high: int) -> int:
        """Return a number as documents have them, small ones more often, larger ones rounded more often."""
        value = round(low * (high / low) ** self.chance.random())
        return round(value, -2) if value > 1000 and self.chance.random() < 0.6 else value

    def money(self) -> tuple[str, float, str, str]:
        """Return a sum in words, as a number, its currency and its bound."""
        hedge, bound = self.chance.choice(HEDGES)
        millions = self.chance.choice((self.chance.randrange(1, 40), self.chance.randrange(5, 2500) / 10))
        few = self.chance.random() < 0.25
        amount = self.chance.randrange(20, 990) * 1000 if few else round(millions * 1_000_000)
        told = f"{amount:,}" if few else f"{millions:g} million"
        own = self.world.currencies.get(self.cast.donor.code, "USD")
        code = self.chance.choice(("USD", "USD", "USD", "EUR", "EUR", "GBP", own))
        sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(code)
        words = f"{sign}{told}" if sign and self.chance.random() < 0.7 else f"{code} {told}"
        return hedge + words, amount, code, bound

    def when(self) -> tuple[str, str | None, str | None]:
        """Return a stretch of time before the document's day."""
        year = self.cast.date.year - self.chance.randrange(1, 6)
        which = self.chance.randrange(4)
        if which == 0:
            return f"since {year}", str(year), None
        if which == 1:
            return f"between {year - 2} and {year}", str(year - 2), str(year)
        if which == 2:
            month = self.chance.randrange(12)
            return f"in {MONTHS[month]} {year}", f"{year}-{month + 1:02d}", f"{year}-{month + 1:02d}"
        return f"in {year}", str(year), str(year)

    def date(self, day: dt.date) -> str:
        """Return a day as a text writes it."""
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    # Sentences by table: the values of the slots, or None where there is nothing to say

    def _funding(self, pattern: dict, used: set[str]) -> dict | None:
        money, amount, currency, bound = self.money()
        giver, recipient, state = self.giver(), self.recipient(), self.world.of(self.cast.recipient)
        programme = self.world.of(self.chance.choice(self.cast.programmes))
        when, start, end = self.when()
        purpose = self.chance.choice(self.world.lists["purposes"])
        to = recipient if "recipient" in used else state if used & {"recipient_state", "state"} else None
        if ("funding", amount, currency) in self._said:
            return None
        self._said.add(("funding", amount, currency))
        modality = pattern["modality"]
        row = {"funder": giver, "recipient": to, "amount": amount, "currency": currency, "bound": bound}
        row |= {"programme": programme if "programme" in used else None, "modality": modality}
        row |= {"status": pattern["status"], "purpose": purpose if "purpose" in used else None}
        row |= {"from": start, "to": end} if "when" in used else {}
        self.row("funding", money, **row, optional_slots=[] if to else ["recipient"])
        made = {"giver": giver, "recipient": recipient, "recipient_state": state, "state": state, "money": money}
        return {**made, "programme": programme, "when": when, "purpose": purpose}

    def _personnel(self, pattern: dict, used: set[str]) -> dict | None:
        hedge, bound = self.chance.choice(HEDGES)
        value = self.number(12, 9000)
        kinds = {"deployed": "deployed", "employed": "employed", "reached": "civilians"}
        group = self.chance.choice(self.world.lists[kinds.get(pattern["measure"], "people")])
        people = f"{hedge}{value:,} {group}"
        agent, state, force = self.giver(), self.state(), self.world.force(self.cast.recipient, self.chance)
        mission, place = self.world.of(self.chance.choice(self.cast.missions)), self.city()
        when, start, end = self.when()
        if ("personnel", value) in self._said or ("mission" in used and not self._is_new_mission(mission)):
            return None
        self._said.add(("personnel", value))
        row = {"agent": agent if "agent" in used else state if "agent_state" in used else None}
        row |= {"organization": force if "force" in used else mission if "mission" in used else None}
        row |= {"place": place if "place" in used else None, "group": group, "value": value, "bound": bound}
        row |= {"from": start, "to": end} if "when" in used else {}
        self.row("personnel", people, measure=pattern["measure"], status=pattern["status"], **row)
        if (
            "mission" in used
        ):  # By the conventions a member of a multinational mission; it is not said in so many words.
            self.row("memberships", state.text, member=state, organization=mission, optional=True)
        subject = self.chance.choice(self.world.lists["subjects"])
        made = {"agent": agent, "agent_state": state, "force": force, "mission": mission, "place": place}
        return {**made, "people": people, "civilians": people, "when": when, "subject": subject}

    def _is_new_mission(self, mission: Mention) -> bool:
        """Write a mission down if it has not been named; what was said of it elsewhere stays as it is."""
        if mission.forms[0] not in self._said:
            self._said.add(mission.forms[0])
            open_ = [column for column in COLUMNS["missions"] if column != "mission"]
            self.row("missions", mission.forms[0], mission=mission, optional_slots=open_)
        return True

    def _equipment(self, pattern: dict, used: set[str]) -> dict | None:
        giver, recipient = self.giver(), self.recipient()
        item, value = self.chance.choice(self.world.lists["items"]), self.number(2, 900)
        programme = self.world.of(self.chance.choice(self.cast.programmes))
        when, start, end = self.when()
        if ("equipment", item, value) in self._said:
            return None
        self._said.add(("equipment", item, value))
        row = {"provider": giver, "recipient": recipient, "item": item, "value": value, "bound": "exact"}
        row |= {"from": start, "to": end} if "when" in used else {}
        row |= {"programme": programme if "programme" in used else None, "status": pattern["status"]}
        self.row("equipment", f"{value:,} {item}", **row)
        made = {"giver": giver, "recipient": recipient, "programme": programme, "when": when}
        return {**made, "items": f"{value:,} {item}"}

    def _results(self, _pattern: dict, used: set[str]) -> dict | None:
        things, verb = self.chance.choice(self.world.lists["things"])
        value, agent, place = self.number(3, 9000), self.giver(), self.city()
        hedge, bound = self.chance.choice(HEDGES)
        when, start, end = self.when()
        if ("results", value) in self._said:
            return None
        self._said.add(("results", value))
        row = {"measure": f"{things} {verb}", "value": value, "bound": bound, "agent": agent}
        row |= {"place": place if "place" in used else None} | ({"from": start, "to": end} if "when" in used else {})
        self.row("results", f"{value:,} {things}", **row)
        return {"things": f"{hedge}{value:,} {things}", "verb": verb, "agent": agent, "place": place, "when": when}

    def _missions(self, _pattern: dict, used: set[str]) -> dict | None:
        entity = self.chance.choice(self.cast.missions)
        mission = self.world.of(entity)
        if mission.forms[0] in self._said:
            return None
        self._said.add(mission.forms[0])
        start = (entity.start or str(self.world.day(mission.forms[0]).year))[:4]
        host = self.world.by_id.get(f"organization/{entity.state.lower()}")
        lead = self.world.by_id.get(entity.parent or "") or self.cast.donor
        host_, lead_ = self.world.of(host or self.cast.recipient), self.world.of(lead)
        row = {"mission": mission, "start": start if "start" in used else None}
        row |= {"host": host_ if "host" in used else None, "lead": lead_ if "lead" in used else None}
        # Names of missions say where they are.
        open_ = ["abbreviation", "requested_by", "mandate", "end", *sorted({"host", "lead"} - used)]
        self.row("missions", mission.forms[0], **row, optional_slots=open_)
        return {"mission": mission, "start": start, "host": host_, "lead": lead_}

    def _agreements(self, _pattern: dict, used: set[str]) -> dict | None:
        party, other = sorted((self.cast.recipient, self.chance.choice(self.cast.partners)), key=lambda one: one.id)
        words = (self.chance.choice(self.world.lists[name]) for name in ("instruments", "fields"))
        name = " ".join(words)
        if name in self._said:
            return None
        self._said.add(name)
        # An agreement is told apart by its parties; each pair has signed each of them once.
        day = self.world.day(f"{party.id} {other.id} {name}", 1995)
        mentions = self.world.of(party), self.world.of(other)
        date = day.isoformat() if "date" in used else f"{day:%Y-%m}"
        parties = [list(one.forms) for one in mentions]
        self.row("agreements", name, agreement=(name,), kind="agreement", parties=parties, date=date)
        made = {"party": mentions[0], "other": mentions[1], "agreement": f"the {name}", "date": self.date(day)}
        return {**made, "month": f"{MONTHS[day.month - 1]} {day.year}", "city": self.city()}

    def _laws(self, _pattern: dict, used: set[str]) -> dict | None:
        strategy = self.chance.random() < 0.4
        short = self.chance.choice(self.world.lists["strategies" if strategy else "laws"])
        if short in self._said:
            return None
        self._said.add(short)
        day = self.world.day(f"{self.cast.recipient.id} {short}", 1990)
        name = f"{self.cast.recipient.adjectives[0]} {short}" if strategy else f"{short} {day.year}"
        kind = "strategy" if strategy else "law"
        date = day.isoformat() if "date" in used else f"{day:%Y-%m}"
        self.row("agreements", name, agreement=(name, short), kind=kind, date=date, optional_slots=["parties"])
        return {"law": f"the {name}", "date": self.date(day), "month": f"{MONTHS[day.month - 1]} {day.year}"}

    def _roles(self, _pattern: dict, used: set[str]) -> dict | None:
        kinds: tuple[Callable[[], Mention], ...] = (
            lambda: self.world.force(self.cast.recipient, self.chance),
            lambda: self.world.of(self.chance.choice(self.cast.bodies)),
        )
        body = self.chance.choice(kinds)()
        military = body.kind in {"military", "police"}
        person, chance = self.world.person(body.forms[0])
        post = chance.choice(self.world.lists["posts_military" if military else "posts_civil"])
        title = chance.choice(self.world.lists["titles_military" if military else "titles_civil"])
        if person in self._said:
            return None
        self._said.add(person)
        row = {"title": title if "title" in used else None, "role": post if "post" in used else "head"}
        open_ = [] if "post" in used else ["role"]
        self.row("roles", person, person=(person, person.split()[1]), organization=body, **row, optional_slots=open_)
        return {"person": person, "body": body, "title": title, "post": post}

    def _events(self, _pattern: dict, used: set[str]) -> dict | None:
        name = " ".join(self.chance.choice(self.world.lists[key]) for key in ("gatherings", "themes"))
        city, organizer = self.city(), self.giver()
        if name in self._said:
            return None
        self._said.add(name)
        day = self.world.day(f"{city.forms[0]} {name}", 2005)
        row = {"organizer": organizer if "organizer" in used else None, "place": city, "date": day.isoformat()}
        self.row("events", name, event=(name,), **row)
        return {"event": f"the {name}", "city": city, "date": self.date(day), "organizer": organizer}

    def _memberships(self, _pattern: dict, _used: set[str]) -> dict | None:
        member, alliance = self.state(), self.world.of(self.chance.choice(self.world.alliances))
        if (member, alliance) in self._said:
            return None
        self._said.add((member, alliance))
        self.row("memberships", member.text, member=member, organization=alliance)
        year = self.world.day(f"{member.forms[0]} {alliance.forms[0]}", 1990, 2010).year
        return {"member": member, "alliance": alliance, "year": year}

    def _organizations(self, _pattern: dict, used: set[str]) -> dict | None:
        first, second = (self.world.of(one) for one in self.chance.sample(self.cast.bodies, 2))
        parts = [one for one in self.world.bodies if one.parent and one.parent in self.world.by_id]
        part = self.chance.choice(parts)
        told, whole = self.world.of(part), self.world.of(self.world.by_id[part.parent])
        if "part" in used:
            if told.forms[0] in self._listed:
                return None
            self._listed.add(told.forms[0])
            row = {"organization": told, "kind": told.kind, "parent": whole, "optional_slots": ["abbreviation"]}
            self.row("organizations", told.text.removeprefix("the "), **row)
        return {"body": first, "other_body": second, "part": told, "whole": whole}

    def _words(self, _pattern: dict, _used: set[str]) -> dict:
        return {}
