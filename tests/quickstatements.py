"""A strict parser of QuickStatements, version 1: only the commands that add a statement, nothing lenient."""

from __future__ import annotations

import re
from dataclasses import dataclass

ITEM = re.compile(r"Q[1-9]\d*")
PROPERTY = re.compile(r"P[1-9]\d*")
SOURCE = re.compile(r"S[1-9]\d*")
COMMENT = re.compile(r"/\* (?:(?!\*/|/\*).)+ \*/")
VALUES = {
    "item": ITEM,
    "time": re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T00:00:00Z/(9|10|11)"),
    "quantity": re.compile(r"[+-]?\d+(?:\.\d+)?(?:U[1-9]\d*)?"),
    "monolingual": re.compile(r'[a-z]{2,3}(?:-[a-z]+)*:"[^\t\n]+"'),
    "string": re.compile(r'"[^\t\n]+"'),
}


class NoCommandError(ValueError):
    pass


def need(condition: object, problem: str) -> None:
    if not condition:
        raise NoCommandError(problem)


@dataclass(frozen=True)
class Command:
    subject: str
    property: str
    kind: str
    value: str
    qualifiers: dict[str, tuple[str, str]]
    reference: dict[str, tuple[str, str]]


def value(cell: str) -> tuple[str, str]:
    """Return the kind of a value with the value; a `NoCommandError` says that it is none."""
    for kind, form in VALUES.items():
        match = form.fullmatch(cell)
        if match:
            if kind == "time":
                month, day, precision = match[2], match[3], match[4]
                whole = {"9": (False, False), "10": (True, False), "11": (True, True)}[precision]
                need((month != "00", day != "00") == whole, f"{cell} is not as precise as it says")
                need(int(month) <= 12 and int(day) <= 31, f"{cell} is no day")
            return kind, cell
    problem = f"no value: {cell!r}"
    raise NoCommandError(problem)


def parse(text: str) -> tuple[list[Command], list[str]]:
    """Return the commands and the comments of a file; a `NoCommandError` names the line that is neither."""
    need(not text or text.endswith("\n"), "the last line is not ended")
    commands, comments = [], []
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        try:
            if COMMENT.fullmatch(line):
                comments.append(line[3:-3])
            else:
                commands.append(command(line))
        except NoCommandError as error:
            problem = f"line {number}: {error}: {line}"
            raise NoCommandError(problem) from error
    return commands, comments


def command(line: str) -> Command:
    cells = line.split("\t")
    need(len(cells) >= 3 and len(cells) % 2, f"{len(cells)} cells")
    subject, property_, main, *rest = cells
    need(ITEM.fullmatch(subject) and PROPERTY.fullmatch(property_), "does not begin with an item and a property")
    qualifiers: dict[str, tuple[str, str]] = {}
    reference: dict[str, tuple[str, str]] = {}
    for name, cell in zip(rest[::2], rest[1::2], strict=True):
        part = reference if SOURCE.fullmatch(name) else qualifiers
        # Qualifiers stand before the reference.
        need(part is reference or (PROPERTY.fullmatch(name) and not reference), f"{name} stands where no property can")
        need(name not in part, f"{name} stands twice")
        part[name] = value(cell)
    return Command(subject, property_, *value(main), qualifiers, reference)
