"""`ssrgraph explain`."""

from __future__ import annotations

import click
from pyoxigraph import RdfFormat

from ssrgraph.cli import options, output
from ssrgraph.query import explanation_rdf, explanation_texts, explanations
from ssrgraph.query.explanations import DoesNotHoldError
from ssrgraph.query.facts import as_json
from ssrgraph.query.syntax import prefixes_with, write_triples
from ssrgraph.store import open_store

DOES_NOT_HOLD = 1


@click.command("explain", short_help="Say why a triple holds, down to the words.")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
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
def command(subject: str, predicate: str, object_: str, *, proofs: int, format_: str, store: str) -> int:
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
        triple = explanations.read_triple(opened, subject, predicate, object_)
        try:
            found = explanations.explain(opened, triple, limit=proofs)
        except DoesNotHoldError as error:
            output.say(f"ssrgraph: {error}")
            return DOES_NOT_HOLD
    if format_ == "json":
        output.emit(as_json(explanation_texts.as_record(found)))
    elif format_ == "turtle":
        prefixes = prefixes_with(found.base_iri)
        output.emit(write_triples(explanation_rdf.as_triples(found), RdfFormat.TURTLE, prefixes=prefixes))
    else:
        output.emit(explanation_texts.as_tree(found))
    return 0
