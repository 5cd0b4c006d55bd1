"""Claims as sentences: who, did what, how many, hedged how, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.serve.pages.parts import Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Slots = Mapping[str, Sequence[Link]]
    Part = str | Sequence[Link]

HEDGES = {"approximate": "about", "at_least": "at least", "at_most": "at most"}
_DONE = {"trained": "trained", "employed": "employs", "deployed": "deployed", "reached": "reached", "lost": "lost"}
_TO_BE_DONE = {
    "trained": "is to train",
    "employed": "is to employ",
    "deployed": "is to deploy",
    "reached": "is to reach",
    "lost": "is to lose",
}
_PASSIVE = {
    "trained": "trained",
    "employed": "employed",
    "deployed": "deployed",
    "reached": "reached",
    "lost": "killed, wounded or missing",
}
_MODALITIES = {
    "grant": "as a grant",
    "loan": "as a loan",
    "sale": "as a sale",
    "licence": "as licensed exports",
    "contribution": "as a contribution",
}


def sentence(table: str, subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> tuple[Link, ...]:
    """Return a row of a fact table as a sentence whose parts may be links.

    Args:
        table: The fact table.
        subject: The entity that the row is about, for rows that are about one.
        slots: What fills each slot.
        codes: The codes of slots that have one, such as `at_least`.
    """
    parts = _WRITERS[table](subject, slots, codes)
    return tuple(_joined(parts))


def _joined(parts: Sequence[Part]) -> list[Link]:
    """Return the parts with a space between them, but for punctuation."""
    found: list[Link] = []
    for part in parts:
        if not part:
            continue
        if found and not (isinstance(part, str) and part[0] in ",:;)"):
            found.append(Link(text=" "))
        found.extend([Link(text=part)] if isinstance(part, str) else _listed(part))
    return found


def _listed(links: Sequence[Link]) -> list[Link]:
    found: list[Link] = []
    for place, link in enumerate(links):
        if place:
            found.append(Link(text=" and " if place == len(links) - 1 else ", "))
        found.append(link)
    return found


def _with(word: str, links: Sequence[Link] | None) -> list[Part]:
    return [word, links] if links else []


def _quoted(links: Sequence[Link] | None) -> list[Link]:
    return [Link(text=f"“{link.text}”") for link in links or ()]


def _count(slots: Slots, codes: Mapping[str, str], value: str = "value", ends: str = "value") -> list[Part]:
    """Return a figure with its hedge."""
    hedge = HEDGES.get(codes.get("bound", ""), "")
    if slots.get(value):
        return [hedge, slots[value]]
    low, high = slots.get(f"{ends}_min"), slots.get(f"{ends}_max")
    if low and high:
        return [hedge, low, "to", high]
    return ["at least", low] if low else ["at most", high] if high else []


def _period(slots: Slots) -> list[Part]:
    begin, end = slots.get("from"), slots.get("to")
    if begin and end:
        same = begin[0].text == end[0].text
        return ["in", begin] if same else ["from", begin, "to", end]
    return ["since", begin] if begin else ["until", end] if end else []


def _rate(codes: Mapping[str, str]) -> list[Part]:
    return [f"a {codes['per']}"] if codes.get("per") else []


def _is_planned(codes: Mapping[str, str]) -> bool:
    return codes.get("status") == "planned"


def _funding(_subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    amount = [slots.get("currency", ()), *_count(slots, codes, "amount", "amount"), *_rate(codes)]
    hedge, *rest = amount[1:] or [""]
    money: list[Part] = [hedge, amount[0], *rest]
    tail: list[Part] = [
        *_with("to", slots.get("recipient")),
        *_with("under", slots.get("programme")),
        _MODALITIES.get(codes.get("modality", ""), ""),
        *_with("for", _quoted(slots.get("purpose"))),
        *_period(slots),
    ]
    if slots.get("funder"):
        return [slots["funder"], "is to provide" if _is_planned(codes) else "provided", *money, *tail]
    return [*money, "to be provided" if _is_planned(codes) else "provided", *tail]


def _personnel(_subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    measure = codes.get("measure", "")
    people: list[Part] = [*_count(slots, codes), slots.get("group", ()), *_rate(codes)]
    tail = [*_with("in", slots.get("place")), *_period(slots)]
    body = slots.get("organization")
    if slots.get("agent"):
        verb = (_TO_BE_DONE if _is_planned(codes) else _DONE).get(measure, measure)
        return [slots["agent"], verb, *people, *_with("with", body), *tail]
    done = _PASSIVE.get(measure, measure)
    return [*people, f"to be {done}" if _is_planned(codes) else done, *_with("with", body), *tail]


def _equipment(_subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    what: list[Part] = [*_count(slots, codes), slots.get("item", ())]
    tail = [*_with("to", slots.get("recipient")), *_with("under", slots.get("programme")), *_period(slots)]
    if slots.get("provider"):
        return [slots["provider"], "is to provide" if _is_planned(codes) else "provided", *what, *tail]
    return [*what, "to be provided" if _is_planned(codes) else "provided", *tail]


def _results(_subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    tail = [*_with("by", slots.get("agent")), *_with("in", slots.get("place")), *_period(slots)]
    return [*_count(slots, codes), slots.get("measure", ()), *tail]


def _missions(subject: Link | None, slots: Slots, _codes: Mapping[str, str]) -> list[Part]:
    begin, end = slots.get("start"), slots.get("end")
    return [
        *_about(subject, slots, "mission"),
        *_with("led by", slots.get("lead")),
        *_with("in", slots.get("host")),
        *_with("under the command of", slots.get("commander")),
        *_with("requested by", slots.get("requested_by")),
        *_with("following", slots.get("predecessor")),
        *_with("from", begin),
        *_with("until", end),
    ]


def _agreements(subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    parties, date = slots.get("parties"), slots.get("date")
    kind = codes.get("kind", "agreement")
    return [*_about(subject, slots, kind), *_with("between" if parties and len(parties) > 1 else "of", parties),
            *_with("of" if not parties else ", dated", date)]  # fmt: skip


def _roles(_subject: Link | None, slots: Slots, _codes: Mapping[str, str]) -> list[Part]:
    return [
        slots.get("title", ()),
        slots.get("person", ()),
        ":",
        slots.get("role", ()) or "in a post",
        *_with("at", slots.get("organization")),
    ]


def _events(subject: Link | None, slots: Slots, _codes: Mapping[str, str]) -> list[Part]:
    who = slots.get("participants") or ()
    return [
        *_about(subject, slots, ""),
        *_with("on", slots.get("date")),
        *_with("in", slots.get("place")),
        *_with("held by", slots.get("organizer")),
        *([f"with {len(who)} participants"] if len(who) > 1 else _with("with", who)),
    ]


def _organizations(subject: Link | None, slots: Slots, codes: Mapping[str, str]) -> list[Part]:
    kind = codes.get("kind", "").replace("_", " ")
    return [*_about(subject, slots, kind), *_with(", part of", slots.get("parent"))]


def _memberships(subject: Link | None, slots: Slots, _codes: Mapping[str, str]) -> list[Part]:
    members = slots.get("member") or ()
    return [[subject] if subject else (), "has the member" if len(members) == 1 else "has the members", members]


def _about(subject: Link | None, slots: Slots, kind: str) -> list[Part]:
    short = slots.get("abbreviation")
    head: list[Part] = [[subject] if subject else ()]
    if short:
        head.append(f"({short[0].text})")
    return [*head, *([":", kind] if kind else [])]


_WRITERS = {
    "funding": _funding,
    "personnel": _personnel,
    "equipment": _equipment,
    "results": _results,
    "missions": _missions,
    "agreements": _agreements,
    "roles": _roles,
    "events": _events,
    "organizations": _organizations,
    "memberships": _memberships,
}
