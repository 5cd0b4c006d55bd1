"""A corpus of made-up documents of any size, with what each of them states written beside it.

    python3 benchmarks/made_up_corpus.py --documents 1000 --out DIR [--kilobytes 4] [--seed 1]

writes DIR/documents, a file a document, and DIR/gold, its rows in the fact tables. States, bodies, missions, programmes
and cities are those of the reference data; the facts are invented. The n-th document is the same however many are
written, and the same in every run. Give `--documents` as `FIRST-LAST` to write a part of a corpus.

The kinds: press releases, reports with tables, agreements, parliamentary answers, agency reports, audits, communiqués
(`.txt`), fact sheets (`.html`), evaluation notes (`.md`) and e-mails (`.eml`). Two in a thousand are of about 50 kB,
the others of 0.4 to 4 times `--kilobytes`, most of them below it.
"""

from __future__ import annotations

import argparse
import html
import json
from pathlib import Path
from typing import TYPE_CHECKING

from made_up_cast import World, chance_of
from made_up_facts import MONTHS, Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADINGS = ("Background", "Training", "Material assistance", "Finances", "Results", "Cooperation", "Legal framework")
HEADINGS += ("Next steps", "Regional context", "Partners", "Oversight", "Outlook", "Findings", "Recommendations")
LARGE = 50_000


def paragraph(telling: Telling) -> str:
    return " ".join(telling.sentence() for _ in range(telling.chance.randrange(2, 6)))


def paragraphs(telling: Telling, size: int) -> Iterator[str]:
    """Yield paragraphs until about so many characters are written; at least one."""
    while True:
        text = paragraph(telling)
        yield text
        size -= len(text) + 2
        if size <= 0:
            return


def title_of(telling: Telling, what: str) -> str:
    return f"{what} {telling.world.of(telling.cast.recipient).text}"


def press_release(telling: Telling, size: int) -> str:
    day, city = telling.cast.date, telling.city().text
    head = title_of(telling, telling.chance.choice(("New assistance for", "Cooperation with", "Support for reform in")))
    first, *rest = paragraphs(telling, size)
    line = f"{city}, {day.day} {MONTHS[day.month - 1]} {day.year} – {first}"
    return "\n\n".join((head, line, *rest, "ENDS"))


def report(telling: Telling, size: int) -> str:
    """Return a yearly report with a table of contributions and one of deliveries in it."""
    head = title_of(telling, f"Annual report {telling.cast.date.year} on assistance to")
    parts, tables = [head], [contributions, deliveries]
    for text in paragraphs(telling, size):
        if telling.chance.random() < 0.3:
            parts.append(telling.chance.choice(HEADINGS))
        parts.append(text)
        if tables and telling.chance.random() < 0.5:
            parts.append(tables.pop(0)(telling))
    return "\n\n".join(parts)


def contributions(telling: Telling) -> str:
    """Return a table of who paid how much, with its rows written down."""
    lines = ["Donor | Contribution | Period"]
    for state in telling.chance.sample([telling.cast.donor, *telling.cast.partners], 2):
        giver = telling.name(telling.world.of(state))
        amount, year = telling.chance.randrange(30, 990) * 10_000, telling.cast.date.year - telling.chance.randrange(3)
        lines.append(f"{giver.forms[0]} | USD {amount:,} | {year - 1}-{year}")
        row = {"funder": giver, "amount": amount, "currency": "USD", "bound": "exact", "from": str(year - 1)}
        open_ = ["recipient", "programme", "modality", "status", "purpose"]
        telling.row("funding", f"USD {amount:,}", **row, to=str(year), optional_slots=open_)
    return "\n".join(lines)


def deliveries(telling: Telling) -> str:
    lines = ["Item | Quantity"]
    for item in telling.chance.sample(telling.world.lists["items"], 4):
        value = telling.number(2, 400)
        lines.append(f"{item.capitalize()} | {value:,}")
        open_ = ["provider", "recipient", "programme", "status", "from", "to"]
        row = {"item": item, "value": value, "bound": "exact", "optional_slots": open_}
        telling.row("equipment", f"{item.capitalize()} | {value:,}", **row)
    return "\n".join(lines)


def agreement(telling: Telling, size: int) -> str:
    field = telling.chance.choice(telling.world.lists["fields"])
    one, other = (telling.name(telling.world.of(state)) for state in (telling.cast.donor, telling.cast.recipient))
    name, day = f"Agreement on {field}", telling.cast.date
    parties = [list(one.forms), list(other.forms)]
    open_ = ["date", "parties"]
    telling.row("agreements", name, agreement=(name,), kind="agreement", parties=parties, optional_slots=open_)
    parts = [f"{name} between {one.text} and {other.text}", "Preamble"]
    parts += [f"Done on {telling.date(day)} in two copies, both texts being equally authentic."]
    articles = [f"Article {number}\n\n{text}" for number, text in enumerate(paragraphs(telling, size), start=1)]
    return "\n\n".join((*parts[:2], *articles, parts[2]))


def answer(telling: Telling, size: int) -> str:
    """Return a question in parliament and what was answered."""
    number = telling.chance.randrange(100, 9999)
    state = telling.world.of(telling.cast.recipient).text
    asked = f"Question {number}: To ask the Minister what assistance {state} has received."
    return "\n\n".join(
        (f"Written answers, {telling.date(telling.cast.date)}", asked, "Answer", *paragraphs(telling, size))
    )


def agency(telling: Telling, size: int) -> str:
    first, *rest = paragraphs(telling, size)
    day = telling.cast.date
    line = f"{telling.city().text.upper()}, {MONTHS[day.month - 1]} {day.day} (Agency) – {first}"
    return "\n\n".join((title_of(telling, "Partners step up work in"), line, *rest))


def audit(telling: Telling, size: int) -> str:
    parts = [title_of(telling, "Audit of programmes in")]
    for number, text in enumerate(paragraphs(telling, size), start=1):
        if number % 3 == 1:
            parts.append(telling.chance.choice(HEADINGS))
        parts.append(f"{number}. {text}")
    return "\n\n".join(parts)


def communique(telling: Telling, size: int) -> str:
    parts = [title_of(telling, "Communiqué on"), f"{telling.city().text}, {telling.date(telling.cast.date)}"]
    return "\n\n".join((*parts, *(f"{n}. {text}" for n, text in enumerate(paragraphs(telling, size), start=1))))


def fact_sheet(telling: Telling, size: int) -> str:
    head = title_of(telling, "Fact sheet:")
    parts = []
    for text in paragraphs(telling, size):
        if telling.chance.random() < 0.4:
            parts.append(f"<h2>{telling.chance.choice(HEADINGS)}</h2>")
        parts.append(f"<p>{html.escape(text, quote=False)}</p>")
        items = (html.escape(telling.sentence(), quote=False) for _ in range(telling.chance.randrange(4)))
        if listed := "\n".join(f"<li>{item}</li>" for item in items):
            parts.append(f"<ul>\n{listed}\n</ul>")
    day = telling.cast.date.isoformat()
    meta = f'<meta charset="utf-8"><title>{head}</title><meta name="date" content="{day}">'
    body = "\n".join((f"<h1>{head}</h1>", *parts))
    page = f"<body><main><article>\n{body}\n</article></main></body>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{meta}</head>\n{page}</html>\n'


def note(telling: Telling, size: int) -> str:
    head = title_of(telling, "Evaluation note:")
    parts = [
        f"---\ntitle: {json.dumps(head, ensure_ascii=False)}\ndate: {telling.cast.date.isoformat()}\n---",
        f"# {head}",
    ]
    for text in paragraphs(telling, size):
        if telling.chance.random() < 0.4:
            parts.append(f"## {telling.chance.choice(HEADINGS)}")
        parts.append(text if telling.chance.random() < 0.7 else "\n".join(f"- {one}" for one in text.split("\n")))
    return "\n\n".join(parts)


def mail(telling: Telling, size: int) -> str:
    day, chance = telling.cast.date, telling.chance
    heads = ("From: desk@example.org", "To: partners@example.org", f"Subject: {title_of(telling, 'Update on')}")
    heads += (f"Date: {day.day:02d} {MONTHS[day.month - 1][:3]} {day.year} {chance.randrange(8, 18):02d}:15:00 +0000",)
    heads += (f"Message-ID: <{chance.randrange(10**12)}@example.org>", "MIME-Version: 1.0")
    heads += ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    return "\n".join(heads) + "\n\n" + "\n\n".join(("Dear all,", *paragraphs(telling, size), "Kind regards"))


KINDS: tuple[tuple[Callable[[Telling, int], str], str, int], ...] = (
    (press_release, "txt", 6),
    (report, "txt", 4),
    (agreement, "txt", 1),
    (answer, "txt", 2),
    (agency, "txt", 3),
    (audit, "txt", 2),
    (communique, "txt", 2),
    (fact_sheet, "html", 3),
    (note, "md", 2),
    (mail, "eml", 2),
)


def document(world: World, number: int, kilobytes: float) -> tuple[str, str, dict]:
    """Return the file name, the content and the gold of the n-th document."""
    chance = chance_of(world.seed, "document", number)
    make, ending, _ = chance.choices(KINDS, [kind[2] for kind in KINDS])[0]
    size = kilobytes * 1000 * min(4.0, max(0.4, chance.lognormvariate(-0.35, 0.6)))
    telling = Telling(world, world.cast(chance), chance)
    text = make(telling, LARGE if chance.random() < 0.002 else round(size * 0.9))
    name = f"{make.__name__.replace('_', '-')}-{number:07d}"
    return f"{name}.{ending}", text.rstrip() + "\n", {"document": name, "tables": telling.rows}


def write(out: Path, numbers: range, *, kilobytes: float, seed: int) -> int:
    """Write a corpus and return how many bytes its documents have."""
    world, size = World(seed), 0
    for folder in ("documents", "gold"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for number in numbers:
        name, text, gold = document(world, number, kilobytes)
        content = text.encode()
        (out / "documents" / name).write_bytes(content)
        size += len(content)
        (out / "gold" / f"{gold['document']}.json").write_text(
            json.dumps(gold, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return size


def numbers_of(text: str) -> range:
    """Return the numbers of documents that `1000` or `1000-1009` stands for."""
    first, _, last = text.partition("-")
    return range(int(first), int(last) + 1) if last else range(int(first))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=numbers_of, required=True, metavar="COUNT|FIRST-LAST")
    parser.add_argument("--out", type=Path, required=True, help="a folder; made if it is missing")
    parser.add_argument("--kilobytes", type=float, default=4.0, help="about the mean size (default: 4)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = write(options.out, options.documents, kilobytes=options.kilobytes, seed=options.seed)
    print(f"{len(options.documents):,} documents, {size:,} bytes, in {options.out}")


if __name__ == "__main__":
    main()
