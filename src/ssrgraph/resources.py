"""Where the shipped files lie: in the installed package, or in the checkout beside `src`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder or file of this name, such as `"ontology"` or `"data/reference"`.

    A wheel carries them in the package; a checkout (editable install) has them at its top level.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.exists() else _PACKAGE.parent.parent / name
