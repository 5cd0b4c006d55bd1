"""Building and changing a store: only what changed is done again, and all of it or nothing."""

from __future__ import annotations

import shutil
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from ssrgraph.errors import DocumentError, StoreError
from ssrgraph.materialize import FINDINGS, Changes, Materialization, kept_of, materialize_draft
from ssrgraph.pipeline.inputs import Fingerprints, Input, Options, find_inputs, take_fingerprints
from ssrgraph.pipeline.ledger import Ledger, Skipped, read_aside
from ssrgraph.pipeline.linking import keep_links, load_links, place_links
from ssrgraph.pipeline.naming import keep_named, named_after, named_before
from ssrgraph.store import LocalStore, change

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from ssrgraph.pipeline.intake import Intake
    from ssrgraph.pipeline.naming import Named
    from ssrgraph.store import Draft

    Progress = Callable[[str, int, int], None]
    """Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a build did to a store.

    Attributes:
        read: Ids of the documents that were read.
        kept: Ids of the documents whose graphs stayed as they were.
        removed: Ids of the documents that were taken away.
        taken_up: How many of those that were read had been read by a build that was stopped.
        skipped: The files that were given and are not in the store, each with the reason.
        triples: How many triples the merge holds.
        inferred: How many of them were derived.
        violations: How many findings of `validation.check` say that the graph does not keep what it promises.
        warnings: How many further findings there are.
        changed: Whether anything was done at all.
    """

    read: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    taken_up: int = 0
    skipped: tuple[Skipped, ...] = ()
    triples: int
    inferred: int
    violations: int = 0
    warnings: int = 0
    changed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a store remembers of its last build."""

    reading: str = ""
    schema: str = ""
    reasoning: str = ""
    links: str = ""
    same_as: bool = False
    same_as_reasoned: bool = False
    model: str = ""
    reasoner: str = ""
    documents: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    triples: int = 0
    inferred: int = 0
    violations: int = 0
    warnings: int = 0

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> _State:
        """Take what a store remembers; what an older version did not write is empty."""
        known = {name: values[name] for name in cls.__dataclass_fields__ if name in values}
        return cls(**known)

    def ledger(self) -> Ledger:
        """Return which documents the store holds and which it has set aside."""
        return Ledger(documents=dict(self.documents), words=dict(self.words), aside=read_aside(self.aside))


def build(
    documents: Sequence[Path],
    *,
    store: Path,
    options: Options | None = None,
    encoding: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> Change:
    """Make the store hold exactly these documents, what is shipped, and what follows.

    What is unchanged since the last build is not read again. The order of the documents and the number of jobs make
    no difference to the graph. The store is as it was if anything fails. A file of a folder that cannot be read does
    not keep the others from being read; it is set aside, and so is a document that has the same text as another.

    Args:
        documents: Files, and folders of files.
        store: The store's folder; made if it is missing.
        encoding: What text is in that is neither UTF-8 nor says what it is in.
        options: How to build.
        jobs: How many processes read, and check what was read; None: as many as pay.
        force: Do everything again, even over a store of another version or what a build that was stopped has read.
        progress: Told what is going on.

    Raises:
        InputError: A document that is named or the store cannot be used, or none of the documents can be read.
    """
    options = options or Options()
    _check_reasoner(options.reasoner)
    inputs = find_inputs(documents, encoding=encoding)
    prints = take_fingerprints(options)
    former = _State() if force else _former(store, base_iri=options.base_iri)
    state = _State() if former is None else former
    ledger = state.ledger()
    same = ledger.is_of(inputs) and len(ledger.fingerprints()) == len(inputs)
    if same and (state.reading, state.schema, state.reasoning, state.links) == astuple(prints):
        return _unchanged(state, inputs)
    fresh = force or former is None or state.reading != prints.reading
    with change(store, base_iri=options.base_iri, fresh=fresh) as draft:
        if force:
            shutil.rmtree(draft.workplace(), ignore_errors=True)
        base = _State() if fresh else state
        return _bring(draft, inputs, base, prints, options, jobs=jobs, progress=progress or _silent)


def add(
    files: Sequence[Path],
    *,
    store: Path,
    encoding: str | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Change:
    """Add documents to a store, or replace those that have the same id; what follows is brought up to date.

    Raises:
        InputError: A document or the store cannot be used, or the store was built by other code or data.
    """
    inputs = find_inputs(files, encoding=encoding)
    state, options = _present(store)
    prints = replace(take_fingerprints(options), links=state.links)  # The links that are kept with the store count.
    if (state.reading, state.schema) != (prints.reading, prints.schema):
        raise StoreError(store, "was built with other code or reference data; run `ssrgraph build` first")
    ledger = state.ledger()
    if ledger.is_of(inputs):
        return _unchanged(state, inputs)
    with change(store, base_iri=options.base_iri) as draft:
        stay = set(ledger.fingerprints()) - {item.id for item in inputs}
        return _bring(draft, inputs, state, prints, options, jobs=jobs, progress=progress or _silent, others=stay)


def remove(ids: Sequence[str], *, store: Path, progress: Progress | None = None) -> Change:
    """Take documents out of a store, with what only they supported and what only followed from them.

    Raises:
        InputError: The store cannot be used, or has no such document.
    """
    state, options = _present(store)
    given = state.ledger().fingerprints()
    for key in ids:
        if key not in given:
            raise StoreError(store, f"holds no document {key}; `ssrgraph stats` lists its documents")
    with change(store, base_iri=options.base_iri) as draft:
        stay = set(given) - set(ids)
        prints = Fingerprints(reading=state.reading, schema=state.schema, reasoning=state.reasoning, links=state.links)
        return _bring(draft, (), state, prints, options, jobs=1, progress=progress or _silent, others=stay)


def _bring(
    draft: Draft,
    inputs: Sequence[Input],
    state: _State,
    prints: Fingerprints,
    options: Options,
    *,
    jobs: int | None,
    progress: Progress,
    others: Collection[str] = (),
) -> Change:
    """Bring a draft from its former state to the inputs, and to the others, which it knows already."""
    found = draft.read_file(FINDINGS) if options.validate and draft.has_file(FINDINGS) else b""
    from ssrgraph.pipeline.intake import Intake  # noqa: PLC0415 -- a rebuild with nothing to do needs none of it

    changes = Changes(draft, remember=bool(kept_of(draft, options.reasoner)), watch=bool(found))
    if state.schema != prints.schema:
        _replace_ontology(changes, options.base_iri)
    if state.links != prints.links:
        keep_links(draft, load_links(options.links))
    ledger, new = state.ledger().keep(inputs, others)
    intake = Intake(draft, changes, ledger, base=options.base_iri)
    taken_up = _read(draft, intake, new, prints, options=options, jobs=jobs, progress=progress)
    if inputs and not ledger.documents:
        raise _none_readable(inputs, ledger)
    gone = tuple(sorted(key for key in state.documents if key not in ledger.documents))
    for key in gone:
        intake.drop(key)
    named = _replace_entities(draft, changes, options.base_iri, same=state.schema == prints.schema)
    place_links(draft, changes, options)
    result = _reason(draft, changes, options, progress)
    if intake.loads > 1:
        draft.compact()
    keep_named(draft, named)
    violations, warnings = 0, 0
    if options.validate:
        violations, warnings = _validate(draft, result, changes, found, jobs=jobs, progress=progress)
    after = _State(
        reading=prints.reading,
        schema=prints.schema,
        reasoning=prints.reasoning,
        links=prints.links,
        same_as=options.same_as,
        same_as_reasoned=options.same_as_reasoned,
        model=options.model,
        reasoner=options.reasoner,
        documents=dict(sorted(ledger.documents.items())),
        words=dict(sorted(ledger.words.items())),
        aside={key: asdict(value) for key, value in sorted(ledger.aside.items())},
        # To count all takes seconds where there are millions, and a document more or less is to cost what one costs.
        triples=draft.count() if draft.growth is None else state.triples + draft.growth,
        inferred=result.inferred,
        violations=violations,
        warnings=warnings,
    )
    # Not `asdict`, which copies each of very many documents.
    draft.describe({each.name: getattr(after, each.name) for each in fields(after)}, base_iri=options.base_iri)
    read = {item.id for item in new}
    return Change(
        read=tuple(key for key in after.documents if key in read),
        kept=tuple(key for key in after.documents if key not in read),
        removed=gone,
        taken_up=taken_up,
        skipped=ledger.skipped(inputs),
        triples=after.triples,
        inferred=after.inferred,
        violations=after.violations,
        warnings=after.warnings,
    )


def _none_readable(inputs: Sequence[Input], ledger: Ledger) -> DocumentError:
    first = inputs[0]
    more = f" (none of the {len(inputs):,} documents can be read)" if len(inputs) > 1 else ""
    return DocumentError(first.path, f"{ledger.aside[first.id].problem}{more}")


def _replace_ontology(changes: Changes, base: str) -> None:
    from ssrgraph.graph import Iris, ontology_quads  # noqa: PLC0415

    changes.replace_graph(Iris(base).graph("ontology"), (quad.triple for quad in ontology_quads(base=base)))


def _replace_entities(draft: Draft, changes: Changes, base: str, *, same: bool) -> Named:
    """Describe the reference entities that the documents name, and their relatives; return what they name.

    Args:
        draft: The store.
        changes: What it is changed by.
        base: What IRIs begin with.
        same: Whether what the store holds of them was made of the same reference data.
    """
    from ssrgraph.entities import load_reference  # noqa: PLC0415
    from ssrgraph.graph import Iris, reference_quads  # noqa: PLC0415

    former = named_before(draft)
    named = named_after(draft, changes, former)
    reference = load_reference()
    if same and former is not None and former.currencies == named.currencies:
        differing = set(former.entities) ^ set(named.entities)
        if not any(map(reference.get, differing)):
            return named
    quads = reference_quads(reference, named.entities, currencies=named.currencies, base=base)
    changes.replace_graph(Iris(base).graph("entities"), (quad.triple for quad in quads))
    return named


def _read(
    draft: Draft,
    intake: Intake,
    inputs: Sequence[Input],
    prints: Fingerprints,
    *,
    options: Options,
    jobs: int | None,
    progress: Progress,
) -> int:
    """Read documents, take each in, and say how many had been read before.

    What a build read that was stopped is taken up; only a few documents at a time are held in memory.
    """
    from ssrgraph.pipeline.records import Records  # noqa: PLC0415 -- a rebuild with nothing to do needs none of it
    from ssrgraph.pipeline.workers import read_and_keep  # noqa: PLC0415

    if not inputs:
        return 0
    records = Records(folder=draft.workplace(), reading=prints.reading)
    kept = {item.id: name for item in inputs if (name := records.find(item)) is not None}
    left = [item for item in inputs if item.id not in kept]
    taken = ((item, records.load(kept[item.id])) for item in inputs if item.id in kept)
    fresh = read_and_keep(left, options, records, jobs=jobs)
    try:
        for what, outcomes, of in (("taking up", taken, len(kept)), ("reading", fresh, len(left))):
            if of:
                progress(what, 0, of)
            for done, (item, outcome) in enumerate(outcomes, start=1):
                intake.take(item, outcome)
                progress(what, done, of)
        intake.load(progress)
    except OSError as error:
        raise StoreError(
            draft.address, f"cannot be written: {error.strerror or error}; the store is as it was before"
        ) from error
    return len(kept)


def _reason(draft: Draft, changes: Changes, options: Options, progress: Progress) -> Materialization:
    progress("reasoning", 0, 1)
    result = materialize_draft(draft, engine=options.reasoner, changes=changes)
    progress("reasoning", 1, 1)
    # What the reasoner knows is in its file now; while documents are checked, it would only take memory.
    return replace(result, kept=b"", reasoner=None)


def _validate(
    draft: Draft, result: Materialization, changes: Changes, former: bytes, *, jobs: int | None, progress: Progress
) -> tuple[int, int]:
    from ssrgraph.validation import Severity, check_after  # noqa: PLC0415 -- a rebuild with nothing to do needs none of it

    progress("validating", 0, 1)
    counts, found = check_after(draft, changes.changed, former, inconsistencies=result.inconsistencies, jobs=jobs)
    if found:
        draft.write_file(FINDINGS, found)
    progress("validating", 1, 1)
    return counts[Severity.VIOLATION], counts[Severity.WARNING]


def _former(store: Path, *, base_iri: str) -> _State | None:
    """Return what the store remembers, or None if there is no store yet."""
    if not (store / "CURRENT").exists():
        return None
    with LocalStore.open(store) as opened:
        if opened.info.base_iri != base_iri:
            return _State()
        return _State.of(opened.info.state)


def _present(store: Path) -> tuple[_State, Options]:
    with LocalStore.open(store) as opened:
        state = _State.of(opened.info.state)
        return state, Options(
            reasoner=state.reasoner,
            base_iri=opened.info.base_iri,
            model=state.model,
            same_as=state.same_as,
            same_as_reasoned=state.same_as_reasoned,
        )


def _unchanged(state: _State, inputs: Sequence[Input]) -> Change:
    return Change(
        kept=tuple(state.documents),
        skipped=state.ledger().skipped(inputs),
        triples=state.triples,
        inferred=state.inferred,
        violations=state.violations,
        warnings=state.warnings,
        changed=False,
    )


def _check_reasoner(name: str) -> None:
    from ssrgraph.reasoning import EngineError, engines  # noqa: PLC0415

    if name not in (*engines(), "none"):
        raise EngineError(name, (*engines(), "none"))


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""
