"""What `build`, `up`, `add` and `remove` say of what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.cli.output import count, say

if TYPE_CHECKING:
    from ssrgraph.pipeline.building import Change


def report_skipped(change: Change) -> None:
    """Say on standard error which files are not in the store, a line each."""
    for skipped in change.skipped:
        say(f"Skipped {skipped.name}: {skipped.problem}.")


def report(change: Change, store: str) -> None:
    """Say in a few lines on standard error what was done."""
    report_skipped(change)
    if not change.changed:
        documents = count(len(change.kept), "document")
        more = f", {count(len(change.skipped), 'file')} skipped" if change.skipped else ""
        say(f"Nothing changed: {documents}, {count(change.triples, 'triple')} in {store}{more}.")
    else:
        before = f" ({change.taken_up:,} by a build that was stopped)" if change.taken_up else ""
        parts = [f"{count(len(change.read), 'document')} read{before}"]
        if change.kept:
            parts.append(f"{len(change.kept):,} unchanged")
        if change.removed:
            parts.append(f"{len(change.removed):,} removed")
        if change.skipped:
            parts.append(f"{count(len(change.skipped), 'file')} skipped")
        say(f"{', '.join(parts)}; {count(change.triples, 'triple')}, {change.inferred:,} of them derived, in {store}.")
    if change.violations or change.warnings:
        found = f"{count(change.violations, 'violation')}, {count(change.warnings, 'warning')}"
        say(f"{found}; `ssrgraph check` shows them.")
