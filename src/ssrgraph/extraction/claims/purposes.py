"""What a sum is for: a short verbatim phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.scopes import Scope, widened
from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis

_LONGEST = 32  # words; what is longer has run over its end
_BREAKS = frozenset({".", ";", ":", "(", ")", "?", "!", "—", "[", "]", "–", "•"})
_DEAL_ENDS = frozenset({"to", "from", "with", "worth", "valued", "by", "under", "at", "in"})
_QUOTES = frozenset({'"', "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"})


def purpose_of(analysis: Analysis, scope: Scope) -> Span | None:
    """Return the words that say what a sum is for, or None.

    Looked for in this order: "to train police", "for mine clearance", "in humanitarian assistance"; behind the sum
    first, then behind the last sum of the sentence, then at the head of the sentence ("To train police, ...").
    """
    served = _served(analysis, scope, scope.sentence.tokens_in(scope.own))
    if served is not None:
        return served
    tokens = scope.sentence.tokens_in(scope.own)
    span = _behind(analysis, scope, [t for t in tokens if t.i in scope.places])
    if span is not None:
        return span
    for reader in (_kind_of_help, _enabling):
        span = reader(analysis, scope, tokens)
        if span is not None:
            return span
    parts = "of which" in Span(scope.value.end, scope.shared.start).of(analysis.text)
    if not parts and not any(m.kind is EntityKind.PROGRAMME for m in analysis.mentions_in(scope.own)):
        # "has given €5 million and will give €7 million to train": what follows the last sum is said of both
        reach = widened(scope) if scope.shared.start > scope.own.end else scope
        span = _behind(analysis, scope, [t for t in scope.sentence.tokens_in(scope.shared) if t.i in reach.places])
    span = span or _devoted(analysis, scope, tokens) or _goods(analysis, scope)
    return span or _of_deal(analysis, scope) or _in_front(analysis, scope)


def _behind(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    return _infinitive(analysis, scope, tokens) or _for_phrase(analysis, scope, tokens)


def _infinitive(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    for index, token in enumerate(tokens[:-1]):
        following = tokens[index + 1]
        if following.pos_ == "ADV" and index + 2 < len(tokens):
            following = tokens[index + 2]
        if token.lower_ != "to" or token.tag_ != "TO" or following.tag_ not in {"VB", "VBP"}:
            continue
        if following.lower_ in {"be", "date"} or _reported(token, scope):
            continue
        rest = [t for t in tokens if t.i > token.i]
        return until_stop(analysis, scope, rest)
    return None


def _reported(token: Token, scope: Scope) -> bool:
    """Say whether "to" belongs to a verb that governs the sum itself ("$5 million is expected to be paid")."""
    return token.head.i in {each.i for each in scope.root.ancestors}


def _for_phrase(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    for token in tokens:
        spent = token.lower_ == "on" and token.head.lemma_.lower() in load_lexicon("funding")["purpose"]["spending"]
        if token.pos_ not in {"ADP", "SCONJ"} or not (spent or token.lower_ in {"for", "toward", "towards"}):
            continue
        rest = [t for t in tokens if t.i > token.i]
        favour = len(rest) > 1 and [t.lower_ for t in rest if t.pos_ != "DET"][:2] == ["benefit", "of"]
        if not rest or favour or _names_only(analysis, scope, token) or analysis.periods_in(_span(scope, rest[:3])):
            continue
        if any(child.lemma_.lower() in _times() for child in token.children):
            continue
        return until_stop(analysis, scope, rest)
    return None


def _devoted(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    """Read "contributed $5 million to English courses", where what follows "to" is no body and no people."""
    first = next((t for t in tokens if not t.is_space), None)
    verbs = {t.lemma_.lower() for t in scope.root.ancestors if grammar.is_verb(t)}
    if first is None or first.lower_ != "to" or first.pos_ != "ADP" or not verbs & _devoting():
        return None
    objects = [child for child in first.children if child.dep_ == "pobj"]
    if not objects or _names_only(analysis, scope, first) or objects[0].lemma_.lower() not in _activities():
        return None
    return until_stop(analysis, scope, [t for t in tokens if t.i > first.i])


def _goods(analysis: Analysis, scope: Scope) -> Span | None:
    """Read "patrol boats and related equipment worth $5 million": the goods are the purpose."""
    front = scope.sentence.tokens_in(scope.front)
    ending = [token.lower_ for token in front[-2:]]
    if ending[-1:] != ["worth"] and ending != ["valued", "at"]:
        return None
    front = front[:-1] if ending[-1] == "worth" else front[:-2]
    if not front or front[-1].pos_ not in {"NOUN", "PROPN"}:
        return None
    if analysis.mention_at(scope.sentence.token_span(front[-1]).start) is not None:
        return None
    words = _phrase_before(front)
    vague = front[-1].lower_ in _vague() and not any(token.pos_ == "CCONJ" for token in words)
    return _span(scope, words) if words and not vague else None


def _of_deal(analysis: Analysis, scope: Scope) -> Span | None:
    """Read what a deal is for: "the $5 million purchase of [boats]", "a contract for [upkeep] worth $5 million"."""
    for noun in _deals(scope):
        behind = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"of", "for"} and c.i > noun.i]
        for preposition in behind:
            rest = sorted((t for t in preposition.subtree if t.i > preposition.i), key=lambda t: t.i)
            rest = [t for t in rest if not t.is_space]
            money = any(scope.value.meets(scope.sentence.token_span(t)) for t in rest[:3])
            if rest and not money and not _names_only(analysis, scope, preposition):
                cut = next((i for i, t in enumerate(rest) if i and t.lower_ in _DEAL_ENDS), len(rest))
                return until_stop(analysis, scope, rest[:cut])
    return None


def _deals(scope: Scope) -> Iterator[Token]:
    """Yield the nouns of a sale or contract that a sum hangs on, or that its verb of cost has as subject."""
    sale = load_lexicon("funding")["nouns"]["sale"]
    for above in scope.root.ancestors:
        if above.lower_ in sale and above.pos_ == "NOUN":
            yield above
        if grammar.is_verb(above):
            for subject in grammar.subjects_of(above):
                yield from (t for t in (subject, *subject.subtree) if t.lower_ in sale and t.i < scope.root.i)
            return


def _phrase_before(tokens: list[Token]) -> list[Token]:
    """Return the nouns and their modifiers that some tokens end in, without a count."""
    words: list[Token] = []
    for token in reversed(tokens):
        joins = token.lower_ in {"and", ","} and bool(words)
        inside = token.pos_ in {"NOUN", "ADJ", "NUM", "PROPN", "PUNCT"} or token.tag_ in {"VBN", "VBG", "HYPH"}
        acting = grammar.is_verb(token) and token.dep_ not in {"amod", "compound"}
        if token.text in _BREAKS or acting or not (inside or joins):
            break
        words.insert(0, token)
    while words and (words[0].is_punct or words[0].pos_ == "CCONJ" or words[0].like_num):
        words.pop(0)
    return words


def _vague() -> frozenset[str]:
    """Return the nouns that say that it is money or help, and not what for."""
    nouns = load_lexicon("funding")["nouns"]
    groups = ("grant", "loan", "sale", "contribution", "licence", "open")
    known = {word for group in groups for word in nouns[group]} | set(load_lexicon("funding")["purpose"]["generic"])
    known |= {"agreement", "agreements", "memorandum", "memoranda"}
    return frozenset(known - {"weapons", "vehicles", "ammunition"})


def _devoting() -> frozenset[str]:
    return frozenset({"allocate", "contribute", "devote", "dedicate", "direct", "commit"})


def _activities() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["purpose"]["activities"])


def _times() -> frozenset[str]:
    return frozenset(load_lexicon("funding")["purpose"]["times"])


def _names_only(analysis: Analysis, scope: Scope, preposition: Token) -> bool:
    """Say whether a preposition governs only names: who, not what for."""
    heads = [child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}]
    if not heads:
        return True
    named = analysis.mention_at(scope.sentence.token_span(heads[0]).start)
    return named is not None and named.form != "adjective"


def _kind_of_help(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    """Read "$5 million in humanitarian assistance", "$5 million of military aid"."""
    if not tokens or tokens[0].lower_ not in {"in", "of", "worth"}:
        return None
    rest = tokens[1:] if tokens[0].lower_ != "worth" else [t for t in tokens[1:] if t.lower_ != "of"]
    words: list[Token] = []
    if any(t.lemma_.lower() in _times() for t in rest[:3]):
        return None  # "in a calendar year"
    periods = analysis.periods_in(scope.sentence.span)
    if not rest or any(p.span.start == scope.sentence.token_span(rest[0]).start for p in periods):
        return None
    for token in rest:
        if token.lower_ in {"to", "for", "from", "by", "under", "through", "with", "that", "which", "since", "per"}:
            break
        if token.tag_ in {"VBZ", "VBD", "VBP", "MD", "VBG", "VBN"} and grammar.is_verb(token) and words:
            break
        words.append(token)
    span = until_stop(analysis, scope, words)
    if span is None:
        return None
    heads = [analysis.mention_at(scope.sentence.token_span(t).start) for t in words]
    if any(m is not None and m.kind is EntityKind.PROGRAMME for m in heads) or heads[0] is not None:
        return None
    generic = frozenset(load_lexicon("funding")["purpose"]["generic"])
    said = [word.strip(",").lower() for word in span.of(analysis.text).split()]
    return None if all(word in generic for word in said) else span


def _enabling(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    """Read "$5 million, which will enable the police to patrol"."""
    relative = next((t for t in tokens if t.lower_ in {"which", "that"} and t.tag_ in {"WDT", "WP"}), None)
    if relative is None or not _is(relative.head, "enabling"):
        return None
    rest = [t for t in tokens if t.i > relative.head.i]
    goal = next((i for i, t in enumerate(rest) if t.lower_ == "to" and t.tag_ == "TO"), None)
    return None if goal is None else until_stop(analysis, scope, rest[goal + 1 :])


def _served(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    """Read "the $5 million package will fund new border posts", "$5 million will go to mine clearance"."""
    verb = verb_of_sum(scope)
    if verb is None or grammar.is_passive(verb):
        return None
    rest = [t for t in tokens if t.i > verb.i]
    if _is(verb, "flowing"):
        at = next((i for i, t in enumerate(rest[:3]) if t.lower_ in {"to", "towards", "toward", "into"}), None)
        named = at is not None and _names_only(analysis, scope, rest[at])
        return None if at is None or named else until_stop(analysis, scope, rest[at + 1 :])
    if _is(verb, "enabling"):
        goal = next((i for i, t in enumerate(rest) if t.lower_ == "to" and t.tag_ == "TO"), None)
        if goal is not None:
            return until_stop(analysis, scope, rest[goal + 1 :])
    return until_stop(analysis, scope, rest) if _is(verb, "serving") else None


def verb_of_sum(scope: Scope) -> Token | None:
    """Return the verb whose subject holds the sum, or None."""
    verb = next((t for t in scope.root.ancestors if grammar.is_verb(t)), None)
    return verb if verb is not None and verb.i > scope.root.i else None


def _is(verb: Token, group: str) -> bool:
    return verb.lemma_.lower() in load_lexicon("funding")["purpose"][group]


def _in_front(analysis: Analysis, scope: Scope) -> Span | None:
    """Read "To train police, Japan gave $5 million"."""
    tokens = scope.sentence.tokens_in(scope.front)
    if len(tokens) > 2 and tokens[0].lower_ == "to" and tokens[1].tag_ == "VB":  # noqa: PLR2004 - "to", verb, object
        goal = tokens[1]
        inside = {t.i for t in goal.subtree}
        return until_stop(analysis, scope, [t for t in tokens[1:] if t.i in inside])
    return None


def until_stop(analysis: Analysis, scope: Scope, tokens: list[Token]) -> Span | None:
    """Return the words from the first token up to where a phrase on a purpose must end."""
    kept: list[Token] = []
    for index, token in enumerate(tokens[:_LONGEST]):
        if token.text in _BREAKS or token.text in _QUOTES or _stops(analysis, scope, tokens, index):
            break
        kept.append(token)
    while kept and (kept[-1].is_punct or kept[-1].pos_ in {"ADP", "CCONJ", "DET", "SCONJ"} or kept[-1].tag_ == "PRP$"):
        kept.pop()
    return _span(scope, kept) if kept else None


def _stops(analysis: Analysis, scope: Scope, tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if index == 0:
        return False
    start = scope.sentence.token_span(token).start
    rest = analysis.text[start : start + 40].lower()
    comma = token.text == ","
    if comma:
        rest = rest[1:].lstrip()
    if any(rest.startswith(f"{phrase} ") for phrase in _stop_phrases(comma=comma)):
        return True
    if any(period.span.start == start for period in analysis.periods_in(scope.sentence.span)) and not comma:
        return True
    if token.lower_ in {"in", "during", "since", "from", "between", "by"} and index + 1 < len(tokens):
        after = scope.sentence.token_span(tokens[index + 1]).start
        if any(p.span.start in {start, after} for p in analysis.periods_in(scope.sentence.span)):
            return True
    return comma and not _continues(tokens[index + 1 :])


def _stop_phrases(*, comma: bool) -> Iterator[str]:
    yield from load_lexicon("funding")["purpose"]["stop"]
    if comma:
        yield from ("as", "with", "but", "and will", "and has", "and is", "making", "who", "that", "it", "the")


def _continues(tokens: list[Token]) -> bool:
    """Say whether a comma is one of a list: no verb follows before its "and"."""
    for position, token in enumerate(tokens[:14]):
        if token.text in _BREAKS:
            return False
        if token.pos_ == "CCONJ":
            return True
        finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        if finite or (position == 0 and token.tag_ in {"VBG", "VBN", "WDT", "WP", "WRB"} and token.dep_ != "amod"):
            return False
    return False


def _span(scope: Scope, tokens: list[Token]) -> Span:
    return Span(scope.sentence.token_span(tokens[0]).start, scope.sentence.token_span(tokens[-1]).end)
