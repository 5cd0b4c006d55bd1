"""`ssrgraph reason`."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from ssrgraph.cli import options, output
from ssrgraph.errors import GraphFileError
from ssrgraph.query.syntax import write_triples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from ssrgraph.reasoning import Inconsistency
    from ssrgraph.reasoning.parsing import Lines

INCONSISTENT = 3
_LARGE = 1 << 22
"""Bytes of a file from which on a process of its own reads it."""


@click.command("reason", short_help="Derive what follows from RDF files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.engine_option(*options.REASONERS, "spark")
@options.spark_options
@click.option(
    "--out",
    metavar="FILE",
    help="Write to this file, whole or not at all, instead of standard output: --out graph.ttl. With --engine spark: "
    "a folder, as Spark names it.",
)
@click.option("--only-inferred", is_flag=True, help="Leave out what the files say: reason a.ttl --only-inferred.")
@click.option(
    "--complete",
    is_flag=True,
    help="Keep what holds of everything, such as a term being the same as itself: reason a.ttl --complete.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(min=1),
    metavar="MB",
    help="Stop where what follows takes more megabytes; three quarters of the machine's if not given.",
)
def command(
    files: tuple[str, ...],
    *,
    engine: str,
    master: str | None,
    settings: tuple[str, ...],
    out: str | None,
    memory_limit: int | None,
    only_inferred: bool,
    complete: bool,
) -> int:
    """Derive what follows from RDF files.

    The OWL 2 RL closure of all FILEs together: Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD by their ending; -
    reads Turtle from standard input. The result is Turtle, or what the ending of --out says. The exit status is 3 if
    the files contradict themselves; the reasons stand on standard error. A list that has a gap or never ends is wrong
    input. owlrl is for comparison.

    With --engine spark a cluster does the work, on any file system that it reads, and --out gets N-Triples in many
    files. The names of FILEs may have wildcards, and N-Triples and N-Quads may be compressed by gzip.

    \b
    Example:
      ssrgraph reason ontology.ttl data.nt --only-inferred --out inferred.nt
    """
    if engine == "spark":
        if complete or memory_limit is not None:
            name = "--complete" if complete else "--memory-limit"
            raise options.OptionError(name, "is for --engine native")
        return _on_cluster(files, out, master, settings, only_inferred=only_inferred)
    options.without_spark(master=master, settings=settings)
    place = None if out is None else Path(out)
    if engine == "native":
        return _native(files, place, memory_limit, only_inferred=only_inferred, complete=complete)
    return _compared(files, engine, place, only_inferred=only_inferred, complete=complete)


def _on_cluster(
    files: Sequence[str], out: str | None, master: str | None, settings: Sequence[str], *, only_inferred: bool
) -> int:
    from ssrgraph.cluster.reasoning import reason  # noqa: PLC0415 -- the help needs none of it

    address, pairs = options.spark_settings(master, settings)
    if out is None:
        raise options.OptionError("--engine", "spark needs --out FOLDER, where the triples go")
    done = reason(files, out=out, master=address, settings=pairs, only_inferred=only_inferred)
    given, rounds = output.count(done.given, "triple"), output.count(done.rounds, "round")
    output.say(f"{given} given, {done.inferred:,} derived in {rounds}, in {out}.")
    return _told(done.inconsistencies)


def _native(
    files: Sequence[str], out: Path | None, memory_limit: int | None, *, only_inferred: bool, complete: bool
) -> int:
    from ssrgraph.reasoning import BrokenListError, Reasoner  # noqa: PLC0415 -- the help needs none of it

    kind = _kind_of(out)
    limit = None if memory_limit is None else memory_limit * 2**20
    reasoner = Reasoner.of_parts((_part(name) for name in files), complete=complete, memory_limit=limit)
    if broken := reasoner.broken_lists():
        raise BrokenListError(broken[0], len(broken) - 1)
    inconsistencies = reasoner.inconsistencies()
    if kind == RdfFormat.N_TRIPLES and not reasoner.left_out:
        content: bytes | Iterable[bytes] = reasoner.n_triples(with_asserted=not only_inferred)
    else:
        triples = set(reasoner.inferred())
        if not only_inferred:
            about_triples = parse("".join(reasoner.left_out).encode(), format=RdfFormat.N_TRIPLES)
            triples |= {*reasoner.asserted(), *(quad.triple for quad in about_triples)}
        content = write_triples(triples, kind)
    output.emit(content, out)
    return _told(inconsistencies)


def _compared(files: Sequence[str], engine: str, out: Path | None, *, only_inferred: bool, complete: bool) -> int:
    from ssrgraph.reasoning import closure  # noqa: PLC0415 -- as above

    kind = _kind_of(out)
    given = {_own_nodes(quad.triple, number) for number, name in enumerate(files) for quad in _quads(name)}
    result = closure(given, engine=engine, complete=complete)
    triples = set(result.inferred) if only_inferred else given | set(result.inferred)
    output.emit(write_triples(triples, kind), out)
    return _told(result.inconsistencies)


def _kind_of(out: Path | None) -> RdfFormat:
    return _format_of(str(out)) if out is not None and str(out) != "-" else RdfFormat.TURTLE


def _told(inconsistencies: Sequence[Inconsistency]) -> int:
    """Say what cannot all be true, and return the exit status."""
    for inconsistency in inconsistencies:
        output.say(f"inconsistent: {' '.join(inconsistency.message.split())}")
    return INCONSISTENT if inconsistencies else 0


def _part(name: str) -> Iterable[Quad] | Lines:
    """Return the statements of a file: of a large one as a process of its own reads them, where there is a core."""
    from ssrgraph.reasoning.parsing import Lines, read_beside  # noqa: PLC0415 -- the help needs none of it

    path = Path(name)
    if name == "-" or not path.is_file() or path.stat().st_size < _LARGE or os.cpu_count() == 1:
        return _quads(name)
    blocks = read_beside(path, _format_of(name), path.absolute().as_uri()).blocks

    def told() -> Iterator[bytes]:
        with _reading(name):
            yield from blocks

    return Lines(told())


def _quads(name: str) -> Iterator[Quad]:
    """Read a file."""
    with _reading(name):
        if name == "-":
            if sys.stdin is None:
                raise GraphFileError(name, "standard input is closed")
            yield from parse(sys.stdin.buffer.read(), format=RdfFormat.TURTLE)
        else:
            path = Path(name)
            with path.open("rb") as file:
                yield from parse(file, format=_format_of(name), base_iri=path.absolute().as_uri())


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Tell in a line what is wrong with a file."""
    try:
        yield
    except FileNotFoundError as error:
        raise GraphFileError(name, "no such file") from error
    except (SyntaxError, ValueError) as error:
        raise GraphFileError(name, " ".join(str(error).split())) from error
    except OSError as error:
        raise GraphFileError(name, f"cannot be read: {error.strerror or error}") from error


def _own_nodes(triple: Triple, number: int) -> Triple:
    """Keep blank nodes of different files apart by the file's number."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, BlankNode):
        subject = _own(subject, number)
    if isinstance(value, BlankNode):
        value = _own(value, number)
    return Triple(subject, triple.predicate, value)


def _own(node: BlankNode, number: int) -> BlankNode:
    return BlankNode(f"f{number}x{node.value}")


def _format_of(name: str) -> RdfFormat:
    ending = Path(name).suffix.removeprefix(".").lower()
    kind = RdfFormat.from_extension({"owl": "rdf", "json": "jsonld"}.get(ending, ending))
    if kind is None:
        raise GraphFileError(name, "the ending tells no RDF format; use .ttl, .nt, .nq, .trig, .rdf or .jsonld")
    return kind
