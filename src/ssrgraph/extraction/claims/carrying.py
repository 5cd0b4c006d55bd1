"""Who gives and receives where the subject of a clause is what passes: "U.S. aid to Iraq totals", "were a gift of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssrgraph.extraction.claims.destinations import HOLDERS, named_in
from ssrgraph.extraction.claims.giving_phrases import is_gift
from ssrgraph.extraction.claims.stand_ins import governing
from ssrgraph.extraction.clauses import antecedent, grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.clauses import Clause, Phrase

_DONORS = frozenset({"backer", "contributor", "donor", "funder", "provider", "supplier", "supporter", "financier"})


def carried(analysis: Analysis, sentence: Sentence, clause: Clause) -> tuple[list[Mention], list[Mention]]:
    """Return who gives and who receives by a clause whose subject is what passes.

    Args:
        analysis: The document.
        sentence: The clause's sentence.
        clause: A clause such as "aid from Japan to Fiji totals" or "Japan is the largest donor".
    """
    if any(token.lemma_.lower() in _DONORS for token in clause.attributes):  # "is the mission's largest donor"
        receivers = [
            *owners(analysis, sentence, clause.attributes),
            *named_in(analysis, sentence, clause.behind("to", "for", "of")),
        ]
        return named_in(analysis, sentence, clause.agents), receivers
    if is_gift(clause):
        givers = _behind(analysis, sentence, clause.phrases, ("of", "from", "by"))
        receivers = _behind(analysis, sentence, clause.phrases, ("to", "for"))
        return givers or owners(analysis, sentence, clause.attributes), receivers
    return _of_subjects(analysis, sentence, clause)


def _of_subjects(analysis: Analysis, sentence: Sentence, clause: Clause) -> tuple[list[Mention], list[Mention]]:
    raised = clause.objects if clause.lemma in {"bring", "raise", "take"} else ()
    subjects = [token for token in (*clause.agents, *clause.objects) if token.i < clause.predicate.i]
    subjects += [token for token in raised if token not in subjects]
    givers: list[Mention] = []
    receivers: list[Mention] = []
    for subject in subjects:
        phrases = list(grammar.phrases_in(subject.subtree))
        givers = givers or _behind(analysis, sentence, phrases, ("from", "by"))
        receivers = receivers or _behind(analysis, sentence, phrases, ("to", "for"))
        if not givers:  # "the value of U.S. aid to Iraq was"
            held = [t for p in phrases if p.word == "of" and p.head.i == subject.i for t in p.objects]
            givers = owners(analysis, sentence, (subject, *held))
    return givers, receivers


def _behind(analysis: Analysis, sentence: Sentence, phrases: Iterable[Phrase], words: tuple[str, ...]) -> list[Mention]:
    return [m for p in phrases if p.word in words for m in named_in(analysis, sentence, p.objects)]


def owners(analysis: Analysis, sentence: Sentence, carriers: Iterable[Token]) -> list[Mention]:
    """Return whom a noun's possessive or adjective names: "the EU's contribution", "British aid"."""
    sums = [quantity.span for quantity in analysis.quantities_in(sentence.span)]  # "Norwegian kroner" names no giver
    for noun in carriers:
        front = [
            child for child in noun.children if child.i < noun.i and child.dep_ in {"poss", "amod", "compound", "nmod"}
        ]
        for child in front:
            whose = child.lower_ == "whose"
            named = next(iter(governing(analysis, sentence, (child,))), None) if child.dep_ == "poss" else None
            named = named or analysis.mention_at(sentence.token_span(child).start)
            mention = antecedent(analysis, sentence, child) if whose else named
            if mention is None or any(mention.span.meets(span) for span in sums):
                continue
            if mention.kind in HOLDERS and not mention.span.covers(sentence.token_span(noun)):
                return [mention]
    return []
