"""Values for the parameters of a saved query that come from elsewhere than a person's keyboard: typed, or refused.

What a parameter takes follows from its default: a quoted one takes texts, a number numbers, `<IRI>` IRIs; one without
a default takes any term, as it is written behind `--set`.
"""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ssrgraph.errors import QueryError
from ssrgraph.query import parameters
from ssrgraph.vocabulary import Xsd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.query.catalogue import Parameter, SavedQuery

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?P<fraction>\.[0-9]*)?|(?P<only>\.[0-9]+))(?P<exponent>[eE][+-]?[0-9]+)?")
_MOST_DIGITS = 18
"""What the engine computes with exactly; longer numbers are taken as doubles."""


class ValueType(StrEnum):
    """What a parameter takes."""

    TEXT = "text"
    NUMBER = "number"
    IRI = "iri"
    TERM = "term"


class ParameterError(QueryError):
    """A value that a saved query cannot take, or the want of one.

    Args:
        query: The name of the query.
        parameter: The name of the parameter.
        code: `unknown-parameter`, `missing-parameter` or `parameter-value`.
        problem: What is wrong and what to do.
    """

    def __init__(self, query: str, parameter: str, code: str, problem: str) -> None:
        super().__init__(query, problem)
        self.parameter = parameter
        self.code = code


def value_type(parameter: Parameter) -> ValueType:
    """Return what a parameter takes.

    >>> from ssrgraph.query.catalogue import Parameter
    >>> [value_type(Parameter(name="x", default=each, about="")).value for each in ('"a"', "0.5", "<urn:a>", None)]
    ['text', 'number', 'iri', 'term']
    """
    default = parameter.default
    if default is None:
        return ValueType.TERM
    if parameter.is_text:
        return ValueType.TEXT
    if default.startswith("<"):
        return ValueType.IRI
    return ValueType.NUMBER if _NUMBER.fullmatch(default) else ValueType.TEXT


def typed(parameter: Parameter, value: str) -> NamedNode | Literal:
    """Return the term that a value stands for; a text is that text, whatever signs it has.

    Raises:
        ValueError: It is none of what the parameter takes.
    """
    kind = value_type(parameter)
    if kind is ValueType.TEXT:
        return Literal(value)
    if kind is ValueType.NUMBER:
        return _number(value)
    if kind is ValueType.IRI:
        return NamedNode(value.removeprefix("<").removesuffix(">"))
    return parameters.term(value)


def bound(query: SavedQuery, given: Mapping[str, str]) -> str:
    """Return the text of a saved query with a term in the place of every parameter.

    Args:
        query: The query.
        given: Values by parameter; the others have their defaults.

    Raises:
        ParameterError: There is no such parameter, it lacks a value, or cannot take this one.
    """
    return parameters.bind(query.text, terms(query, given))


def terms(query: SavedQuery, given: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the term that is put in the place of every parameter; see `bound`.

    Raises:
        ParameterError: There is no such parameter, it lacks a value, or cannot take this one.
    """
    known = {each.name: each for each in query.parameters}
    for name in given:
        if name not in known:
            raise ParameterError(query.name, name, "unknown-parameter", _unknown(name, known))
    return {name: _term(query, each, given.get(name)) for name, each in known.items()}


def _term(query: SavedQuery, parameter: Parameter, value: str | None) -> NamedNode | Literal:
    name = parameter.name
    if value is not None:
        try:
            return typed(parameter, value)
        except ValueError as error:
            wanted = {ValueType.NUMBER: "a number", ValueType.IRI: "an IRI"}.get(value_type(parameter), "a term")
            problem = f"the parameter `{name}` takes {wanted}, not `{value}`"
            raise ParameterError(query.name, name, "parameter-value", problem) from error
    if parameter.default is None:
        raise ParameterError(query.name, name, "missing-parameter", f"the parameter `{name}` needs a value")
    return parameters.term(parameter.default, text=parameter.is_text)


def _number(value: str) -> Literal:
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise ValueError(value)
    digits = sum(char.isdigit() for char in value)
    if match["exponent"] or digits > _MOST_DIGITS:
        return Literal(value, datatype=NamedNode(Xsd.DOUBLE))
    is_whole = match["fraction"] is None and match["only"] is None
    return Literal(value, datatype=NamedNode(Xsd.INTEGER if is_whole else Xsd.DECIMAL))


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    if not known:
        return f"has no parameter `{name}`; it has none at all"
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`? " if near else ""
    return f"has no parameter `{name}`; {hint}it has {', '.join(known)}"
