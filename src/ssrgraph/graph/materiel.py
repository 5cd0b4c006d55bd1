"""Which kinds of materiel a phrase names: concepts of the scheme of materiel, by their labels."""

from __future__ import annotations

import re
from functools import cache

from pyoxigraph import Literal, NamedNode, parse

from ssrgraph.entities.naming import fold_name
from ssrgraph.errors import DataError
from ssrgraph.resources import shipped
from ssrgraph.vocabulary import Skos

_LABELS = frozenset({Skos.PREF_LABEL.value, Skos.ALT_LABEL.value})


def materiel_in(phrase: str) -> tuple[NamedNode, ...]:
    """Return the kinds of materiel that a phrase names, sorted; singular and plural are one.

    >>> [kind.value.partition("#")[2] for kind in materiel_in("the clearance of landmines and IEDs")]
    ['IED', 'land-mine']
    """
    pattern, kinds = _names()
    found = {kinds[match["name"]] for match in pattern.finditer(fold_name(phrase))}
    return tuple(sorted(found, key=str))


@cache
def _names() -> tuple[re.Pattern[str], dict[str, NamedNode]]:
    path = shipped("ontology/schemes/materiel.ttl")
    try:
        quads = list(parse(path=path))
    except (OSError, SyntaxError) as error:
        raise DataError(path, str(error)) from error
    kinds: dict[str, NamedNode] = {}
    for quad in quads:
        if quad.predicate.value in _LABELS and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            other = kinds.setdefault(fold_name(quad.object.value), quad.subject)
            if other != quad.subject:
                raise DataError(path, f"{quad.object.value!r} is the name of two kinds")
    longest_first = sorted(kinds, key=len, reverse=True)
    return re.compile(rf"\b(?P<name>{'|'.join(map(re.escape, longest_first))})s?\b"), kinds
