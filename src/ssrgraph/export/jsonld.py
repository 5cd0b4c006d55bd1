"""JSON-LD that a person can read: the project's context, claims first, what they speak of within them."""

from __future__ import annotations
