"""Tables and curves of what `scale.py` has measured."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from scale_documents import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 400, 70, 190, 30, 50
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#134f5c", "#7f6000", "#990000", "#444444")
ONE = "a store of one"


def report(results: Path, curves: Path) -> None:
    """Write the tables beside the results, and the curves as SVG."""
    documents, triples = (_records(results, kind) for kind in ("documents", "triples"))
    lines = [
        "# How the whole line grows",
        "",
        "Made by `python3 benchmarks/scale.py`; the figures are in the JSON files.",
    ]
    lines += [*_of_documents(documents), *_of_queries(documents), *_of_triples(triples), *_of_runs(documents + triples)]
    results.mkdir(parents=True, exist_ok=True)
    (results / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    curves.mkdir(parents=True, exist_ok=True)
    for name, text in _curves(documents, triples):
        (curves / f"{name}.svg").write_text(text, encoding="utf-8")


def _records(results: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in results.glob(f"{kind}-*.json")]
    return sorted(found, key=lambda one: one["about"][kind])


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    if not rows:
        return []
    lines = ["", f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    return lines + [f"| {' | '.join(map(str, row))} |" for row in rows]


def _across(records: list[dict[str, Any]], rows: dict[str, Any], first: str) -> list[str]:
    """Return a table with a column for each size; what was not measured is a dash."""

    def cell(record: dict[str, Any], value: Any) -> object:
        try:
            return value(record["steps"])
        except KeyError:
            return "–"

    kind = "documents" if records and "documents" in records[0]["about"] else "triples"
    heads = [first, *(f"{one['about'][kind]:,}" for one in records)]
    return _table(heads, [[name, *(cell(one, value) for one in records)] for name, value in rows.items()])


def _seconds(value: float) -> str:
    return f"{value:.3f} s" if value < 1 else f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def _megabytes(value: float) -> str:
    return f"{value:,.0f} MB"


def _of_documents(records: list[dict[str, Any]]) -> list[str]:
    if not records:
        return []

    def change(verb: str, *, small: bool) -> Any:
        def found(steps: dict[str, Any]) -> str:
            parts = steps["add and remove one document"]
            return _seconds(next(one for key, one in parts.items() if key != "machine" and (key == ONE) == small)[verb])

        return found

    rows = {
        "text": lambda steps: _megabytes(steps["corpus"]["bytes"] / 1e6),
        "build": lambda steps: _seconds(steps["build"]["seconds"]),
        "a document": lambda steps: _seconds(steps["build"]["seconds"] / steps["corpus"]["documents"]),
        "build, processor": lambda steps: _seconds(steps["build"]["processor seconds"]),
        "a document, processor": lambda steps: _seconds(
            steps["build"]["processor seconds"] / steps["corpus"]["documents"]
        ),
        "build, memory of all processes": lambda steps: _megabytes(steps["build"]["megabytes"]),
        "build, memory of the largest": lambda steps: _megabytes(steps["build"]["megabytes of the largest"]),
        "store on disk": lambda steps: _megabytes(steps["build"]["store"] / 1e6),
        "build, nothing changed": lambda steps: _seconds(steps["rebuild, nothing changed"]["seconds"]),
        "add one": change("add", small=False),
        "add one to a store of one": change("add", small=True),
        "remove one": change("remove", small=False),
        "remove one of two": change("remove", small=True),
    }
    for name in ("export --format nquads", "facts --all", "stats"):
        rows[name] = lambda steps, name=name: _seconds(steps["commands"][name]["seconds"])
    rows["check"] = lambda steps: _seconds(steps["check"]["seconds"])
    rows["server: answers after"] = lambda steps: _seconds(steps["queries over HTTP"]["started after"])
    making = "queries made ahead", "making ahead"
    rows["answers made ahead"] = lambda steps: steps[making[0]][making[1]]["answers"]
    rows["answers made ahead, after"] = lambda steps: _seconds(steps[making[0]][making[1]]["seconds"])
    rows["answers made ahead, on disk"] = lambda steps: _megabytes(steps[making[0]][making[1]]["bytes"] / 1e6)
    rows["server: memory"] = lambda steps: _megabytes(steps["queries over HTTP"]["megabytes"])
    return ["", "## Documents", *_across(records, rows, "documents")]


def _of_queries(records: list[dict[str, Any]]) -> list[str]:
    names = {name: None for one in records for name in one["steps"].get("queries over HTTP", {}).get("queries", {})}
    if not names:
        return []

    def cell(steps: dict[str, Any], name: str) -> str:
        found = steps["queries over HTTP"]["queries"][name]
        command = steps.get("queries by the command", {}).get(name)
        fresh = f"{_seconds(found['fresh']['median'])}" if "fresh" in found else "given up"
        if "queries made ahead" not in steps:
            return fresh
        made = steps["queries made ahead"]["queries"][name]
        ahead = _seconds(made) if made else "given up"
        return f"{fresh} / {ahead} / {_seconds(command['seconds']) if command else 'given up'}"

    rows = {name: lambda steps, name=name: cell(steps, name) for name in names}
    words = (
        "Median over HTTP, not asked before and not made ahead; over HTTP, once the long ones are made ahead; and the "
        f"whole command, then. Given up: after {PATIENCE} seconds."
    )
    return ["", "## Saved queries", "", words, *_across(records, rows, "query")]


def _of_triples(records: list[dict[str, Any]]) -> list[str]:
    if not records:
        return []

    def mix(name: str) -> Any:
        def found(steps: dict[str, Any]) -> str:
            part = steps["mix of queries"][name]
            return " / ".join(f"{1000 * part[key]:.1f}" for key in ("median", "p95", "p99")) + " ms"

        return found

    rows = {
        "`reason`, asserted": lambda steps: f"{steps['reason']['asserted']:,}",
        "`reason`, with what follows": lambda steps: f"{steps['reason']['with what follows']:,}",
        "`reason`": lambda steps: _seconds(steps["reason"]["seconds"]),
        "`reason`, memory": lambda steps: _megabytes(steps["reason"]["megabytes of the largest"]),
        "store: quads given": lambda steps: f"{steps['load']['quads']:,}",
        "store: derived": lambda steps: f"{steps['load']['inferred']:,}",
        "loading": lambda steps: _seconds(steps["load"]["steps in seconds"]["loading"]),
        "deriving": lambda steps: _seconds(steps["load"]["steps in seconds"]["deriving"]),
        "merging": lambda steps: _seconds(steps["load"]["steps in seconds"]["merging"]),
        "loading and deriving, memory": lambda steps: _megabytes(steps["load"]["megabytes of the largest"]),
        "store on disk": lambda steps: _megabytes(steps["load"]["store"] / 1e6),
        "server: answers after": lambda steps: _seconds(steps["mix of queries"]["started after"]),
        "server: memory": lambda steps: _megabytes(steps["mix of queries"]["megabytes"]),
        "the first hundred queries: median / p95 / p99": mix("first hundred"),
        "mix, one client: median / p95 / p99": mix("1 at a time"),
        "mix, eight clients: median / p95 / p99": mix("8 at a time"),
        "queries a second, eight clients": lambda steps: steps["mix of queries"]["8 at a time"]["queries a second"],
    }
    names = {name: None for one in records for name in one["steps"].get("saved queries", {}).get("queries", {})}

    def saved(steps: dict[str, Any], name: str) -> str:
        found = steps["saved queries"]["queries"][name]
        return _seconds(found["seconds"]) + (" (given up)" if "problem" in found else "")

    each = {name: lambda steps, name=name: saved(steps, name) for name in names}
    found = ["", "## Triples", *_across(records, rows, "triples")]
    return [*found, "", "Saved queries over HTTP, none made ahead:", *_across(records, each, "query")]


def _of_runs(records: list[dict[str, Any]]) -> list[str]:
    """Return on which day, machine and commit each step was measured."""
    rows = []
    for record in records:
        size = ", ".join(f"{key} {value}" for key, value in record["about"].items())
        for name, step in record["steps"].items():
            on = step["machine"]
            rows.append([size, name, on["date"], on["commit"], on["load before"], on["processor"], on["packages"]])
    heads = ("of", "step", "date", "commit", "load before", "processor", "packages")
    return ["", "## When and where", *_table(heads, rows)]


# Curves


def _points(records: list[dict[str, Any]], kind: str, value: Any) -> list[tuple[float, float]]:
    found = []
    for one in records:
        try:
            found.append((one["about"][kind], value(one["steps"])))
        except KeyError:
            continue
    return found


def _curves(documents: list[dict[str, Any]], triples: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    def change(verb: str) -> Any:
        def found(steps: dict[str, Any]) -> float:
            parts = steps["add and remove one document"]
            return next(one for key, one in parts.items() if key not in {"machine", ONE})[verb]

        return found

    def slowest(steps: dict[str, Any]) -> float:
        every = steps["queries over HTTP"]["queries"].values()
        return max(one["fresh"]["median"] if "fresh" in one else one["seconds"] for one in every)

    times = {
        "build": lambda steps: steps["build"]["seconds"],
        "export": lambda steps: steps["commands"]["export --format nquads"]["seconds"],
        "check": lambda steps: steps["check"]["seconds"],
        "all fact tables": lambda steps: steps["commands"]["facts --all"]["seconds"],
        "add one": change("add"),
        "remove one": change("remove"),
        "nothing changed": lambda steps: steps["rebuild, nothing changed"]["seconds"],
        "slowest saved query": slowest,
    }
    lines = {name: _points(documents, "documents", value) for name, value in times.items()}
    yield "documents-seconds", curve("Seconds by documents", "documents", "seconds", lines)
    sizes = {
        "memory of a build": lambda steps: steps["build"]["megabytes"],
        "memory of the server": lambda steps: steps["queries over HTTP"]["megabytes"],
        "store on disk": lambda steps: steps["build"]["store"] / 1e6,
    }
    lines = {name: _points(documents, "documents", value) for name, value in sizes.items()}
    yield "documents-megabytes", curve("Megabytes by documents", "documents", "megabytes", lines)
    if documents and documents[-1]["steps"].get("build", {}).get("series"):
        last = documents[-1]
        series = [(second, size) for second, size in last["steps"]["build"]["series"] if size]
        title = f"Memory of all processes while {last['about']['documents']:,} documents are built"
        yield "build-memory", curve(title, "seconds", "megabytes", {"all processes": series}, logarithmic=False)
    times = {
        "reason": lambda steps: steps["reason"]["seconds"],
        "load": lambda steps: steps["load"]["steps in seconds"]["loading"],
        "derive in the store": lambda steps: steps["load"]["steps in seconds"]["deriving"],
        "p95 of the mix": lambda steps: steps["mix of queries"]["1 at a time"]["p95"],
    }
    lines = {name: _points(triples, "triples", value) for name, value in times.items()}
    yield "triples-seconds", curve("Seconds by triples", "triples", "seconds", lines)
    sizes = {
        "memory of reason": lambda steps: steps["reason"]["megabytes of the largest"],
        "memory of loading": lambda steps: steps["load"]["megabytes of the largest"],
        "memory of the server": lambda steps: steps["mix of queries"]["megabytes"],
        "store on disk": lambda steps: steps["load"]["store"] / 1e6,
    }
    lines = {name: _points(triples, "triples", value) for name, value in sizes.items()}
    yield "triples-megabytes", curve("Megabytes by triples", "triples", "megabytes", lines)


def curve(title: str, across: str, up: str, lines: dict[str, Points], *, logarithmic: bool = True) -> str:
    """Return lines through points as SVG; on logarithmic axes what grows in proportion rises at 45 degrees or so."""
    lines = {name: points for name, points in lines.items() if points}
    places = [point for points in lines.values() for point in points]
    parts = [f'<text x="{LEFT}" y="18" font-size="14">{title}</text>']
    if places:
        scales = [_Scale([place[side] for place in places], logarithmic=logarithmic) for side in (0, 1)]
        inner = (WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
        parts += _axes(scales, inner, (across, up))
        labels = []
        for number, (name, points) in enumerate(lines.items()):
            colour = COLOURS[number % len(COLOURS)]
            at = [(LEFT + scales[0](x) * inner[0], TOP + (1 - scales[1](y)) * inner[1]) for x, y in points]
            drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
            parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
            if len(at) < 20:
                parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at]
            labels.append((at[-1][1], name, colour))
        last = -math.inf
        for height, name, colour in sorted(labels):
            last = max(height + 4, last + 14)
            parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{last:.1f}" fill="{colour}">{name}</text>')
    body = "\n".join(parts)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'{head} font-family="sans-serif" font-size="12" role="img">\n<title>{title}</title>\n{body}\n</svg>\n'


class _Scale:
    """From a value to its place between 0 and 1."""

    def __init__(self, values: Sequence[float], *, logarithmic: bool) -> None:
        self._logarithmic = logarithmic
        low, high = (min(values), max(values)) if logarithmic else (0.0, max(values))
        if logarithmic:
            low, high = math.floor(math.log10(low)), math.ceil(math.log10(high))
            high += low == high
            self.marks = [10.0**power for power in range(low, high + 1)]
        else:
            step = 10 ** math.floor(math.log10(high or 1))
            high = math.ceil((high or 1) / step) * step
            self.marks = [step * number for number in range(round(high / step) + 1)]
        self._low, self._high = low, high

    def __call__(self, value: float) -> float:
        found = math.log10(value) if self._logarithmic else value
        return (found - self._low) / (self._high - self._low)


def _axes(scales: list[_Scale], inner: tuple[int, int], names: tuple[str, str]) -> Iterator[str]:
    bottom = TOP + inner[1]
    for mark in scales[0].marks:
        x = LEFT + scales[0](mark) * inner[0]
        yield f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{mark:,.6g}</text>'
    for mark in scales[1].marks:
        y = TOP + (1 - scales[1](mark)) * inner[1]
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{LEFT + inner[0]}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{mark:,.6g}</text>'
    yield f'<text x="{LEFT + inner[0] / 2}" y="{HEIGHT - 12}" text-anchor="middle">{names[0]}</text>'
    middle = TOP + inner[1] / 2
    turned = f'transform="rotate(-90 14 {middle})" text-anchor="middle"'
    yield f'<text x="14" y="{middle}" {turned}>{names[1]}</text>'
