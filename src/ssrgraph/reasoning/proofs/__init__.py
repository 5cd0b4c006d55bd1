"""Why a statement follows: proofs as trees of rule applications, how to find them, and how to check them."""

from __future__ import annotations

from ssrgraph.reasoning.proofs.checking import check_proof
from ssrgraph.reasoning.proofs.explaining import explain, explain_inconsistency, inconsistency_proof, prover
from ssrgraph.reasoning.proofs.model import ASSERTED, NO_PROOF, Fact, Graph, Proof, Term
from ssrgraph.reasoning.proofs.search import Prover

__all__ = [
    "ASSERTED",
    "NO_PROOF",
    "Fact",
    "Graph",
    "Proof",
    "Prover",
    "Term",
    "check_proof",
    "explain",
    "explain_inconsistency",
    "inconsistency_proof",
    "prover",
]
