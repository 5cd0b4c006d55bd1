"""The names that the language model sees: spaCy's entity recognizer, with all its states scored together.

spaCy takes one state after the other. But outside of a name a state depends on one token only, so all tokens can be
scored at once; and within a name it depends on that token and on where the name began, so all names can grow at once,
word by word. The network, its numbers and the moves that are allowed are the recognizer's; so is what it finds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

# A state looks at the next token, at the first token of the name that is open, and at the token in front of the next.
_LOOKS_AT = 3


class NameSteps:
    """An entity recognizer as a step of a pipeline that finds the same names in less time.

    Args:
        recognizer: The recognizer; it `can_be_scored_together`.
    """

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model: Any = recognizer.model
        self._vectors, self._lower, self._upper = model.layers
        # A move is for instance "B-ORG"; "O"; or "U-", for names that are given from outside.
        names = [recognizer.moves.get_class_name(place) for place in range(recognizer.moves.n_moves)]
        moves = [tuple(name.split("-", 1)) for name in names]
        places = {move: place for place, move in enumerate(moves)}
        self._labels = [move[-1] for move in moves]
        self._begins = np.array([move[0] == "B" for move in moves])
        self._single = np.array([move[0] == "U" and bool(move[-1]) for move in moves])
        self._outside = np.array([move[0] == "O" for move in moves])
        self._goes_on = np.array([places.get(("I", label), -1) for label in self._labels])
        self._ends = np.array([places.get(("L", label), -1) for label in self._labels])

    def pipe(self, texts: Sequence[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Yield texts with their names."""
        for first in range(0, len(texts), batch_size):
            batch = texts[first : first + batch_size]
            self._name([text for text in batch if len(text)])
            yield from batch

    def _name(self, texts: Sequence[Doc]) -> None:
        if not texts:
            return
        looks = self._lower.predict(self._vectors.predict(texts))
        starts, spaces = np.concatenate([text.to_array(["SENT_START", "IS_SPACE"]) for text in texts]).T
        bounds = np.cumsum([0, *map(len, texts)]).tolist()
        # A name does not go on into the next sentence, nor into the next text.
        runs_on = np.append(starts[1:] != 1, [False])
        runs_on[np.array(bounds[1:]) - 1] = False
        moves = self._moves_outside(looks, runs_on, spaces == 1)
        behind = self._behind(looks, runs_on, moves)
        for text, (first, end) in zip(texts, pairwise(bounds), strict=True):
            spans = self._chosen(moves, behind, first, end)
            text.set_ents([_span(text, a - first, b - first, label) for a, b, label in spans], default="outside")

    def _moves_outside(self, looks: NDArray[Any], runs_on: NDArray[Any], spaces: NDArray[Any]) -> NDArray[Any]:
        """Return the move at each token if no name is open there."""
        scores = self._scores(looks[1:, 0] + looks[0, 1] + looks[0, 2])
        allowed = self._outside | (self._single & ~spaces[:, None]) | (self._begins & (runs_on & ~spaces)[:, None])
        best: NDArray[Any] = np.where(allowed, scores, -np.inf).argmax(axis=1)
        return best

    def _behind(self, looks: NDArray[Any], runs_on: NDArray[Any], moves: NDArray[Any]) -> dict[int, int]:
        """Return the index behind each name that might begin, by the index of its first token."""
        behind: dict[int, int] = {}
        first = np.flatnonzero(self._begins[moves])
        at = first + 1
        while first.size:
            scores = self._scores(looks[1 + at, 0] + looks[1 + first, 1] + looks[at, 2])
            rows, on, end = np.arange(first.size), self._goes_on[moves[first]], self._ends[moves[first]]
            more = (scores[rows, on] > scores[rows, end]) | ((scores[rows, on] == scores[rows, end]) & (on < end))
            more &= runs_on[at]
            behind.update(zip(first[~more].tolist(), (at[~more] + 1).tolist(), strict=True))
            first, at = first[more], at[more] + 1
        return behind

    def _scores(self, states: NDArray[Any]) -> NDArray[Any]:
        hidden = (states + self._lower.get_param("b")).max(axis=-1)
        scores: NDArray[Any] = self._upper.predict(hidden)
        return scores

    def _chosen(
        self, moves: NDArray[Any], behind: dict[int, int], first: int, end: int
    ) -> Iterator[tuple[int, int, str]]:
        """Yield the names of one text in order: where one is open, none begins."""
        free = first
        for at in (first + np.flatnonzero(~self._outside[moves[first:end]])).tolist():
            if at >= free:
                free = behind.get(at, at + 1)
                yield at, free, self._labels[moves[at]]


def can_be_scored_together(component: object) -> bool:
    """Say whether a component is a recognizer of the kind whose states are known; any other runs as it is."""
    from spacy.pipeline import EntityRecognizer  # noqa: PLC0415 - only who reads documents pays for it

    if not isinstance(component, EntityRecognizer) or component.cfg.get("beam_width") != 1:
        return False
    model: Any = component.model
    plain = model.name == "parser_model" and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
    return bool(
        plain and model.get_ref("lower").get_dim("nF") == _LOOKS_AT and model.get_ref("lower").get_dim("nP") > 1
    )


def _span(text: Doc, first: int, behind: int, label: str) -> Any:  # noqa: ANN401 - spaCy has no types
    from spacy.tokens import Span  # noqa: PLC0415

    return Span(text, first, behind, label=label)
