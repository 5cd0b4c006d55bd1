"""Why a statement holds: its proofs as a page, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from ssrgraph.errors import QueryError
from ssrgraph.query.explanation_texts import as_record, list_cells, list_members
from ssrgraph.query.explanations import DoesNotHoldError, explain, read_triple
from ssrgraph.reasoning.proofs import ASSERTED
from ssrgraph.reasoning.rules import rules
from ssrgraph.serve.pages.contexts import ExplainPage
from ssrgraph.serve.pages.parts import Link, ProofStep
from ssrgraph.serve.pages.reading import Reader
from ssrgraph.serve.pages.statements import quotations
from ssrgraph.serve.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.query.explanations import Explanation
    from ssrgraph.reasoning import Fact, Proof
    from ssrgraph.serve.framing import Values
    from ssrgraph.serve.pages.parts import Quotation
    from ssrgraph.store import FinishedStore

_PROOFS = 3
"""How many different proofs are shown."""


def _explained(store: FinishedStore, job: Values) -> Explanation:
    """Return the explanation of the triple `s`, `p`, `o` of a job.

    Raises:
        Problem: A part is missing or cannot be read, or the triple does not hold.
    """
    try:
        triple = read_triple(store, job["s"], job["p"], job["o"])
        return explain(store, triple, limit=_PROOFS)
    except DoesNotHoldError as error:
        raise Problem(404, "does-not-hold", f"This does not hold here: {error}") from error
    except QueryError as error:
        raise Problem(400, "term", str(error)) from error


def write_explanation(store: FinishedStore, job: Values) -> bytes:
    """Return why a triple holds, as JSON."""
    record = as_record(_explained(store, job))
    return f"{json.dumps(record, ensure_ascii=False, indent=1)}\n".encode()


def explain_page(store: FinishedStore, job: Values) -> ExplainPage:
    """Return the page that says why a triple holds."""
    found = _explained(store, job)
    writer = _Writer(Reader(store), found)
    used = dict.fromkeys(node.rule for proof in found.proofs for node in proof.nodes() if node.rule != ASSERTED)
    written = (job["s"], job["p"], job["o"])
    given = {**dict(zip("spo", written, strict=True)), "format": "json"}
    return ExplainPage(
        goal=writer.words(found.proofs[0].conclusion),
        proofs=tuple(writer.step(proof, set()) for proof in found.proofs),
        steps=tuple(proof.steps for proof in found.proofs),
        rules=tuple((name, rules()[name].text) for name in used),
        json=f"/explain?{urlencode(given, quote_via=quote)}",
        written=written,
    )


class _Writer:
    def __init__(self, reader: Reader, explanation: Explanation) -> None:
        self._reader = reader
        self._explanation = explanation

    def words(self, fact: Fact | None) -> tuple[Link, ...]:
        """Return a fact in words."""
        if fact is None:
            return ()
        names = self._reader.names
        subject, predicate, value = fact
        verb = names.link(predicate)
        if isinstance(predicate, NamedNode):
            verb = Link(text=names.property(predicate), about=verb.about)
        return names.link(subject), verb, names.link(value)

    def step(self, proof: Proof, seen: set[Proof]) -> ProofStep:
        """Return a proof as nested steps; what was proved above is not proved again."""
        is_given = proof.rule == ASSERTED
        is_repeated = not is_given and proof in seen
        seen.add(proof)
        return ProofStep(
            parts=self.words(proof.conclusion),
            rule="" if is_given else proof.rule,
            meaning="" if is_given else rules()[proof.rule].text,
            premises=() if is_repeated else tuple(self._premises(list(proof.premises), seen)),
            quotations=self._sources(proof) if is_given else (),
            is_repeated=is_repeated,
        )

    def _premises(self, waiting: list[Proof], seen: set[Proof]) -> Iterator[ProofStep]:
        """Yield the steps before a step; the cells of a list are one."""
        while waiting:
            cells = list_cells(waiting)
            if cells:
                names = ", ".join(self._reader.names.label(one) for one in list_members(cells))
                parts = (Link(text=f"the list: {names}"),)
                yield ProofStep(parts=parts, rule="", meaning="", premises=(), quotations=self._sources(cells[0]))
            else:
                cells = waiting[:1]
                yield self.step(waiting[0], seen)
            waiting = waiting[len(cells) :]

    def _sources(self, proof: Proof) -> tuple[Quotation, ...]:
        found = self._explanation.sources.get(proof.conclusion, ()) if proof.conclusion else ()
        return tuple(quotations(self._reader, found))
