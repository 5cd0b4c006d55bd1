"""How long reading documents takes beside the bare language pipeline, how it scales, and what memory it needs.

    python benchmarks/extraction.py [--rounds N] [--no-write] [--only size|jobs|memory]

Three questions: extraction beside spaCy alone on the same blocks of the same texts, by size of the document (in this
process, interleaved, in seconds of the processor); building with one and with two reading processes; and the peak
memory of a build by the number of documents. The texts are made from the shipped ones by other numbers and names.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from pathlib import Path

from measuring import ROOT, SSRGRAPH, Candidate, Row, measure, report

from ssrgraph.documents import BlockKind, Document, parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.extractor import Extractor
from ssrgraph.extraction.parsing import load_model, parse

SIZES = (30_000, 100_000, 300_000, 1_000_000)
COUNTS = (10, 100, 300)
JOBS_DOCUMENTS = 40
_NAMES = ("Aboro", "Belmar", "Cantu", "Dorvel", "Estran", "Fulgar", "Gasher", "Hontor", "Iskren", "Joveli")


def shipped() -> list[str]:
    """Return the shipped texts and those of the corpus."""
    folders = (ROOT / "data" / "documents", ROOT / "tests" / "corpus" / "documents")
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [path.read_text(encoding="utf-8").strip() for path in paths]


def varied(text: str, chance: random.Random) -> str:
    """Return a text with other numbers and, here and there, other names."""
    text = re.sub(r"(?<![\d,.])[1-9]\d{1,2}(?=[,.]?\d* )", lambda _: str(chance.randint(10, 999)), text)
    return re.sub(
        r"\b[A-Z][a-z]{5,}\b",
        lambda word: word[0] if chance.random() > 0.04 else chance.choice(_NAMES) + chance.choice("aeiou"),
        text,
    )


def long_text(characters: int) -> str:
    """Return one text of about so many characters."""
    chance, texts = random.Random(characters), shipped()  # noqa: S311 - the same text each time
    parts: list[str] = []
    while sum(map(len, parts)) < characters:
        text = texts[len(parts) % len(texts)]
        parts.append(text if len(parts) < len(texts) else varied(text, chance))
    return "\n\n".join(parts)[:characters]


def many_texts(count: int) -> list[str]:
    """Return so many documents of the usual length, no two alike."""
    chance, texts = random.Random(count), shipped()  # noqa: S311 - the same texts each time
    return [f"{varied(texts[number % len(texts)], chance)}\n\nNumber {number}." for number in range(count)]


def by_size(rounds: int, *, write: bool) -> None:
    extractor, model = Extractor(load_reference()), load_model()
    for size in SIZES:
        data = long_text(size).encode()
        document = parse_document(data, name=Path("long.txt"))
        blocks = [block.span.of(document.text) for block in document.blocks if block.kind is not BlockKind.FURNITURE]

        def bare(blocks: list[str] = blocks) -> None:
            # As short as extraction passes them on, for the pipeline takes time that grows with a block.
            list(model.language.pipe(blocks, batch_size=64))

        def parsed(document: Document = document) -> None:
            parse(document, model)

        def whole(data: bytes = data) -> None:
            extractor.extract(parse_document(data, name=Path("long.txt")))

        works = {"spaCy alone": bare, "reading, sentences and parse": parsed, "whole extraction": whole}
        seconds: dict[str, list[float]] = {name: [] for name in works}
        for number in range(rounds + 1):
            for name, work in works.items():
                start = time.process_time()
                work()
                if number or rounds == 1:
                    seconds[name].append(time.process_time() - start)
        medians = {name: statistics.median(each) for name, each in seconds.items()}
        rows = [
            Row(
                name=name,
                median_seconds=round(medians[name], 3),
                ratio_to_peer=round(medians[name] / medians["spaCy alone"], 2),
                seconds=tuple(round(each, 3) for each in seconds[name]),
                peak_megabytes=0,
            )
            for name in works
        ]
        question = "How long does extraction take beside the bare language pipeline?"
        data_words = f"one document of {size:,} characters; seconds of the processor, memory not measured"
        report(question, f"extraction-{size}", data_words, rows, write=write)


def build_command(folder: Path, store: Path, jobs: int) -> list[str]:
    return [SSRGRAPH, "build", str(folder), "--store", str(store), "--jobs", str(jobs), "--force"]


def write_texts(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number, text in enumerate(many_texts(count)):
        (folder / f"d{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


def by_jobs(rounds: int, *, write: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = write_texts(Path(place, "documents"), JOBS_DOCUMENTS)
        store = Path(place, "store")
        candidates = [
            Candidate(name=f"{jobs} processes", command=[*build_command(folder, store, jobs), "--reasoner", "none"])
            for jobs in (2, 1)
        ]
        rows = measure(candidates, rounds)
    question = "How much faster do two processes read than one?"
    report(question, "extraction-jobs", f"{JOBS_DOCUMENTS} documents, built without reasoning", rows, write=write)


def by_count(*, write: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        candidates = [
            Candidate(
                name=f"{count} documents",
                command=build_command(
                    write_texts(Path(place, f"documents{count}"), count), Path(place, f"store{count}"), 1
                ),
            )
            for count in COUNTS
        ]
        rows = measure(candidates, 1)
    report("What memory does a build need?", "extraction-memory", "documents of 2 to 8 kB", rows, write=write)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds that count (default: 3)")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    parser.add_argument("--only", choices=["size", "jobs", "memory"], help="one of the three questions")
    options = parser.parse_args()
    write = not options.no_write
    if options.only in {None, "size"}:
        by_size(options.rounds, write=write)
    if options.only in {None, "jobs"}:
        by_jobs(options.rounds, write=write)
    if options.only in {None, "memory"}:
        by_count(write=write)


if __name__ == "__main__":
    main()
