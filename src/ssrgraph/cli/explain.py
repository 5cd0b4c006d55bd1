"""`ssrgraph explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from pyoxigraph import RdfFormat

from ssrgraph.cli import options, output
from ssrgraph.materialize import inconsistencies_of
from ssrgraph.query import explanation_rdf, explanation_texts, explanations
from ssrgraph.query.explanations import DoesNotHoldError
from ssrgraph.query.facts import as_json
from ssrgraph.query.syntax import prefixes_with, write_triples
from ssrgraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssrgraph.query.explanations import Explanation

DOES_NOT_HOLD = 1


@click.command("explain", short_help="Say why a triple holds, down to the words.")
@click.argument("subject", required=False)
@click.argument("predicate", required=False)
@click.argument("object_", metavar="OBJECT", required=False)
@click.option(
    "--inconsistencies",
    is_flag=True,
    help="Instead of a triple, explain all that cannot be true together: explain --inconsistencies.",
)
@click.option(
    "--proofs",
    type=click.IntRange(min=1),
    metavar="N",
    default=1,
    show_default=True,
    help="How many different proofs to look for, the shortest first: --proofs 3.",
)
@options.format_option("tree", "json", "turtle", default="tree", example="json")
@options.store_option
def command(  # one an option
    subject: str | None,
    predicate: str | None,
    object_: str | None,
    *,
    inconsistencies: bool,
    proofs: int,
    format_: str,
    store: str,
) -> int:
    """Say why a triple holds, down to the words.

    A proof: which rules of OWL 2 RL give the triple, from which triples, and where each of these is said: in which
    words of which document, in the reference data or in the ontology. SUBJECT, PREDICATE and OBJECT are <IRI>s,
    prefixed names (organization:nato, ssr:funder) or literals. turtle is RDF in the terms of PROV. The exit status is
    1 if the triple does not hold.

    \b
    Example:
      ssrgraph explain organization:nato rdf:type ssr:TrainingProvider
      ssrgraph explain organization:nato a foaf:Agent --proofs 3 --format json
    """
    with open_store(store) as opened:
        if inconsistencies:
            found = [explanations.explain_inconsistency(opened, one) for one in inconsistencies_of(opened)]
        else:
            if subject is None or predicate is None or object_ is None:
                raise options.OptionError("--inconsistencies", "or SUBJECT, PREDICATE and OBJECT are needed")
            triple = explanations.read_triple(opened, subject, predicate, object_)
            try:
                found = [explanations.explain(opened, triple, limit=proofs)]
            except DoesNotHoldError as error:
                output.say(f"ssrgraph: {error}")
                return DOES_NOT_HOLD
        _show(found, format_, prefixes_with(opened.info.base_iri))
    if not found:
        output.say("Nothing is inconsistent.")
    return 0


def _show(found: list[Explanation], format_: str, prefixes: Mapping[str, str]) -> None:
    if format_ == "json":
        records = [explanation_texts.as_record(one) for one in found]
        output.emit(as_json(records[0] if found and found[0].goal else records))
    elif format_ == "turtle":
        triples = [triple for one in found for triple in explanation_rdf.as_triples(one)]
        output.emit(write_triples(triples, RdfFormat.TURTLE, prefixes=prefixes))
    else:
        output.emit("\n".join(explanation_texts.as_tree(one) for one in found))
