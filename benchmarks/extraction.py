"""How long reading documents takes beside the bare language pipeline, how it scales, and what memory it needs.

    python benchmarks/extraction.py [--rounds N] [--no-write] [--only size|jobs|memory]

Three questions: extraction beside spaCy alone on the same blocks of the same texts, by size of the document (in this
process, interleaved, in seconds of the processor); reading with one and with two processes, by the number of
documents, their start included and apart; and the peak memory of a build by the number of documents, a paragraph
each. The texts are made from the shipped ones by other numbers and names.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import ROOT, SSRGRAPH, Candidate, Row, measure_once, report

from ssrgraph.documents import BlockKind, parse_document
from ssrgraph.entities import load_reference
from ssrgraph.extraction.extractor import Extractor
from ssrgraph.extraction.parsing import load_model, parse
from ssrgraph.pipeline.building import build
from ssrgraph.pipeline.inputs import Options

SIZES = (30_000, 100_000, 300_000, 1_000_000)
COUNTS = (100, 300, 1_000, 3_000)
REASONED = (100, 300, 1_000)
USUAL = 15
JOBS_DOCUMENTS = (40, 200, 1_000)
_READERS = {"2 processes": (2, 1), "1 process": (1, 1), "half of two builds at once": (1, 2)}
"""By name: with how many processes each build reads, and how many builds run at once."""
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


def usual_texts(count: int) -> list[str]:
    """Return so many documents of 3 to 7 kB, no two alike."""
    chance, texts = random.Random(count), shipped()  # noqa: S311 - the same texts each time
    found = []
    for number in range(count):
        size, parts = chance.randint(3_000, 7_000), [f"Report {number}"]
        while sum(map(len, parts)) < size:
            parts.append(varied(chance.choice(texts), chance))
        found.append("\n\n".join(parts)[:size])
    return found


def small_texts(count: int) -> list[str]:
    """Return so many documents of a paragraph each, no two alike: what is asked is what a further document takes."""
    chance = random.Random(count)  # noqa: S311 - the same texts each time
    paragraphs = [part for text in shipped() for part in text.split("\n\n") if 200 < len(part) < 700]
    return [f"Report {number}\n\n{varied(paragraphs[number % len(paragraphs)], chance)}\n" for number in range(count)]


def by_size(rounds: int, *, write: bool) -> None:
    usual = usual_texts(USUAL)
    compared(usual, f"{USUAL} documents of 3 to 7 kB", "usual", rounds, write=write)
    for size in SIZES:
        compared([long_text(size)], f"one document of {size:,} characters", str(size), rounds, write=write)


def compared(texts: list[str], what: str, name: str, rounds: int, *, write: bool) -> None:
    """Compare extraction with the bare pipeline on the same blocks of the same texts.

    Every run of ours begins with a pipeline that knows no text yet, so that only what repeats itself within the texts
    is parsed once; the bare pipeline parses it each time.
    """
    extractor, model = Extractor(load_reference()), load_model()
    named = [(text.encode(), Path(f"{name}-{number}.txt")) for number, text in enumerate(texts)]
    documents = [parse_document(data, name=path) for data, path in named]
    blocks = [
        [block.span.of(document.text) for block in document.blocks if block.kind is not BlockKind.FURNITURE]
        for document in documents
    ]

    def bare() -> None:
        # As short as extraction passes them on, for the pipeline takes time that grows with a block.
        for each in blocks:
            list(model.language.pipe(each, batch_size=64))

    def parsed() -> None:
        model.forget()
        for document in documents:
            parse(document, model)

    def whole() -> None:
        extractor.forget()
        for data, path in named:
            extractor.extract(parse_document(data, name=path))

    works = {"spaCy alone": bare, "sentences and parse": parsed, "whole extraction": whole}
    seconds: dict[str, list[float]] = {key: [] for key in works}
    for number in range(rounds + 1):
        for key, work in works.items():
            start = time.process_time()
            work()
            if number:
                seconds[key].append(time.process_time() - start)
    peer = seconds["spaCy alone"]
    rows = [
        Row(
            name=key,
            median_seconds=round(statistics.median(each), 3),
            # Of each round, for a machine that others use is slower in one than in the next.
            ratio_to_peer=round(statistics.median(own / other for own, other in zip(each, peer, strict=True)), 2),
            seconds=tuple(round(one, 3) for one in each),
            peak_megabytes=0,
        )
        for key, each in seconds.items()
    ]
    question = "How long does extraction take beside the bare language pipeline?"
    about = f"{what}, {sum(map(len, texts)):,} characters; seconds of the processor, memory not measured"
    report(question, f"extraction-{name}", about, rows, write=write)


def build_command(folder: Path, store: Path, jobs: int) -> list[str]:
    return [SSRGRAPH, "build", str(folder), "--store", str(store), "--jobs", str(jobs), "--force"]


def write_texts(folder: Path, texts: list[str]) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"d{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


def by_jobs(rounds: int, *, write: bool) -> None:
    """Compare one and two reading processes, by the number of documents, with and without their start.

    What one process has to do anyhow, reasoning and checks, is left out. How much two processes could gain on this
    machine, whose cores may share caches and memory, is what two builds gain that know nothing of each other.
    """
    for count in JOBS_DOCUMENTS:
        with tempfile.TemporaryDirectory() as place:
            folder = write_texts(Path(place, "documents"), many_texts(count))
            runs: dict[str, list[tuple[float, float]]] = {name: [] for name in _READERS}
            for _ in range(rounds):
                for name, (jobs, builds) in _READERS.items():
                    stores = [Path(place, f"store-{number}") for number in range(builds)]
                    runs[name].append(reading_seconds(folder, stores, jobs))
        rows = []
        for what, part in (("start included", 0), ("from the first document on", 1)):
            peer = statistics.median(run[part] for run in runs["2 processes"])
            for name, each in runs.items():
                median = statistics.median(run[part] for run in each)
                rows.append(
                    Row(
                        name=f"{name}, {what}",
                        median_seconds=round(median, 3),
                        ratio_to_peer=round(median / peer, 2),
                        seconds=tuple(round(run[part], 3) for run in each),
                        peak_megabytes=0,
                    )
                )
        question = "How much faster do two processes read than one?"
        data = f"{count} documents, read into a store; the ratio is to two processes of the same kind of row"
        report(question, f"extraction-jobs-{count}", data, rows, write=write)


def reading_seconds(folder: Path, stores: list[Path], jobs: int) -> tuple[float, float]:
    """Return how long reading takes, from the start of the build and, for each document alike, from the first on.

    With several stores as many builds run at once, and what the slowest took is shared out among them.
    """
    program = [sys.executable, __file__, "--read", str(folder)]
    commands = [[*program, str(store), str(jobs)] for store in stores]
    running = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True, cwd=ROOT) for each in commands]
    found: list[tuple[float, float]] = []
    for process in running:
        printed, _ = process.communicate()
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        first, last, count = map(float, printed.split())
        found.append((last, (last - first) * count / (count - 1)))
    whole, steady = (max(column) / len(stores) for column in zip(*found, strict=True))
    return whole, steady


def read(folder: Path, store: Path, jobs: int) -> None:
    """Read documents into a store, and print when the first and the last were done, and how many there are."""
    times: list[float] = []
    start = time.perf_counter()

    def note(what: str, done: int, _of: int) -> None:
        if what == "reading" and done:
            times.append(time.perf_counter() - start)

    options = Options(reasoner="none", validate=False)
    build([folder], store=store, options=options, jobs=jobs, force=True, progress=note)
    print(times[0], times[-1], len(times))


def by_count(*, write: bool) -> None:
    """Build once each, without and with the reasoner, whose memory grows with the triples by its nature."""
    with tempfile.TemporaryDirectory() as place:
        store = Path(place, "store")
        rows = []
        for count in COUNTS:
            folder = write_texts(Path(place, f"documents{count}"), small_texts(count))
            for reasoner in ("none", "native") if count in REASONED else ("none",):
                command = [*build_command(folder, store, 1), "--reasoner", reasoner]
                seconds, peak = measure_once(Candidate(name=f"{count} documents, reasoner {reasoner}", command=command))
                rows.append(
                    Row(
                        name=f"{count} documents, reasoner {reasoner}",
                        median_seconds=round(seconds, 3),
                        ratio_to_peer=round(seconds / rows[0].median_seconds, 2) if rows else 1.0,
                        seconds=(round(seconds, 3),),
                        peak_megabytes=round(peak),
                    )
                )
                print(f"{rows[-1].name}: {seconds:.0f} s, {peak:.0f} MB", flush=True)
    report("What memory does a build need?", "extraction-memory", "documents of a paragraph each", rows, write=write)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds that count (default: 3)")
    parser.add_argument("--no-write", action="store_true", help="print only; leave results/ as it is")
    parser.add_argument("--only", choices=["size", "jobs", "memory"], help="one of the three questions")
    parser.add_argument("--read", nargs=3, help=argparse.SUPPRESS)  # one run of the second question
    options = parser.parse_args()
    if options.read:
        folder, store, jobs = options.read
        read(Path(folder), Path(store), int(jobs))
        return
    write = not options.no_write
    if options.only in {None, "size"}:
        by_size(options.rounds, write=write)
    if options.only in {None, "jobs"}:
        by_jobs(options.rounds, write=write)
    if options.only in {None, "memory"}:
        by_count(write=write)


if __name__ == "__main__":
    main()
