"""Checks of a store: shapes, consistency, quotes against texts, contradictions between documents."""

from __future__ import annotations

from ssrgraph.validation.checking import check, check_after, kept_report, read_shapes, shipped_shapes
from ssrgraph.validation.model import Finding, Kind, Report, Severity
from ssrgraph.validation.saved import Check, load_checks

__all__ = [
    "Check",
    "Finding",
    "Kind",
    "Report",
    "Severity",
    "check",
    "check_after",
    "kept_report",
    "load_checks",
    "read_shapes",
    "shipped_shapes",
]
