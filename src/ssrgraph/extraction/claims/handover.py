"""Whether materiel changes hands: given, sold, ordered or delivered, not used, owned, destroyed or only spoken of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import BlockKind
from ssrgraph.extraction.claims.context import receivers_before, title_state
from ssrgraph.extraction.claims.following import speaks_of_money
from ssrgraph.extraction.claims.giving_phrases import by_phrase, described, is_gift, is_received
from ssrgraph.extraction.claims.handing import is_handed
from ssrgraph.extraction.claims.headings import chain_over
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.claims.states import is_state
from ssrgraph.extraction.claims.transfers import transfer_of
from ssrgraph.extraction.clauses import Clause, Role, clauses_of, describing_clauses, grammar
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Mention, Sentence
    from ssrgraph.extraction.claims.materiel import Item
    from ssrgraph.extraction.claims.scopes import Scope

_TABLE = "equipment"
UNSAID = "nobody gives it"
_LINKS = frozenset({"of", "in", "for", "including", "with", "like", "as"})
_FEW = 2  # words between a state's name and what is sold to it
_OPENING = 4  # characters in front of what opens a list's item: an article, a quotation mark


def _root(scope: Scope, item: Item) -> Token:
    if item.ordinal is not None:
        return item.ordinal
    return grammar.root_of(scope.sentence.tokens_in(item.span)) if scope.sentence.tokens_in(item.span) else item.head


def _behind_receiver(analysis: Analysis, scope: Scope) -> bool:
    """Recognize "transfer to the Philippines two vessels", which the parse takes for vessels of the Philippines."""
    before = scope.sentence.tokens_before(scope.value.start)
    named = analysis.mention_at(scope.sentence.token_span(before[-1]).start) if before else None
    if named is None:
        return False
    front = [t for t in before if scope.sentence.token_span(t).end <= named.span.start and t.pos_ != "DET"]
    to = bool(front) and front[-1].lower_ == "to"
    return to and len(front) > 1 and front[-2].lemma_.lower() in equipment_verbs()["give"] - listed_verbs("soft")


def _sold_to(analysis: Analysis, scope: Scope) -> bool:
    """Recognize "a sale to Poland of launchers", where the parse hangs them on the state."""
    before = analysis.text[scope.sentence.span.start : scope.value.start].rstrip()
    words = before.lower().split()
    while words and words[-1] in {"the", "a", "an", "additional", "new"}:
        words = words[:-1]
    if words[-1:] != ["of"]:
        return False
    named = [
        m
        for m in analysis.mentions_in(scope.front)
        if before[: m.span.end - scope.sentence.span.start].endswith(m.span.of(analysis.text))
    ]
    last = named[-1] if named else None
    if last is None or len(analysis.text[last.span.end : scope.value.start].split()) > _FEW:
        return False
    front = [
        w
        for w in analysis.text[scope.sentence.span.start : last.span.start].lower().split()
        if w not in {"the", "government", "of"}
    ]
    moving = word_set(_TABLE, "words", "moving")
    return len(front) > 1 and front[-1] == "to" and front[-2].rstrip("s") in moving


def _behind_with(scope: Scope) -> bool:
    """Recognize "to equip brigades with radios" by the order of its words."""
    before = scope.sentence.tokens_before(scope.value.start)
    before = [t for t in before if t.pos_ not in {"DET", "ADV"}][-9:]
    if not before or before[-1].lower_ != "with":
        return False
    verbs = listed_verbs("soft") | {"provide", "supply", "furnish", "present", "issue"}
    return any({t.lemma_.lower(), t.lower_} & verbs for t in before[:-1])


def _verdict(analysis: Analysis, scope: Scope, head: Token) -> str:
    """Say whether a noun's materiel is "given", "kept" (used, owned, destroyed, only spoken of), or "unknown"."""
    sentence = scope.sentence
    for noun in described(sentence, head):
        if any(_tells_of_giving(clause, noun) for clause in describing_clauses(noun)):
            return "given"
    listed = _list_verb(sentence, scope.value)
    if listed is not None:
        return _carried(analysis, sentence, listed)
    path = _path(head)
    if path is None and head.i > sentence.parsed.root.i and speaks_of_money(sentence) is not None:
        path = "given" if _behind_purpose(scope) else None  # "the funding will pay for radios"
    if path is not None:
        return path
    span = sentence.token_span(head)
    for clause in clauses_of(sentence, span):
        verdict = _of_clause(analysis, scope, clause)
        if verdict is not None:
            return verdict
    return "unknown"


def _tells_of_giving(clause: Clause, noun: Token) -> bool:
    """Say whether a description says that what it describes changes hands: "boats given by", "boats that we got"."""
    if clause.lemma in equipment_verbs()["give"]:
        return clause.lemma not in listed_verbs("soft")
    return clause.lemma in equipment_verbs()["receive"] and (clause.passive or is_received(clause, noun))


def _path(head: Token) -> str | None:
    """Follow the nouns above an item up to the verb: "the delivery of boats" gives, "training on boats" does not."""
    words = load_lexicon(_TABLE)["words"]
    below = head
    for above in head.ancestors:
        if grammar.is_verb(above):
            return None
        lemma = above.lemma_.lower()
        if above.pos_ == "ADP":
            below = above
            continue
        if below.lower_ == "with" and above.i < below.i and lemma not in words["moving"]:
            continue  # "equip brigades with radios": of the verb, whatever the parse says
        linked = below.pos_ != "ADP" or below.lower_ in _LINKS
        if lemma in words["moving"] and below.dep_ in {"prep", "compound", "nmod", "appos"} and linked:
            return "given"
        holder = lemma in words["holders"] or lemma in words["units"] or above.pos_ in {"NUM", "SYM"}
        example = below.pos_ == "ADP" and below.lower_ in {"including", "like", "as"}
        if not holder and not example and below.dep_ not in {"conj", "appos"}:
            return "kept" if below.pos_ == "ADP" or below.dep_ in {"compound", "nmod", "poss"} else None
        below = above
    return None


def _of_clause(analysis: Analysis, scope: Scope, clause: Clause) -> str | None:
    lemma, verbs = clause.lemma, equipment_verbs()
    if lemma in verbs["other"]:
        return "kept"
    if is_gift(clause):
        return "given"
    if lemma in verbs["carry"] and lemma not in listed_verbs("arrive"):
        return _carried(analysis, scope.sentence, clause.predicate)
    given: bool | None = None
    if clause.noun:
        given = lemma in verbs["give"] or lemma in verbs["receive"] or None
    elif lemma in listed_verbs("arrive"):
        given = clause.role in {Role.SUBJECT, Role.OBJECT} or None
    elif lemma in listed_verbs("lacking") and not clause.behind("from"):
        given = None  # "the army needs tanks": nobody gives them
    elif lemma in verbs["receive"] or lemma in verbs["request"]:
        given = clause.role in {Role.OBJECT, Role.PREPOSITION} or None
    elif lemma in verbs["give"]:
        given = _of_giving(analysis, scope, clause)
    return None if given is None else "given" if given else "kept"


def _of_giving(analysis: Analysis, scope: Scope, clause: Clause) -> bool:
    above = next((t for t in scope.root.ancestors if t.pos_ == "ADP" or grammar.is_verb(t)), None)
    with_it = above is not None and above.lower_ == "with"
    if clause.lemma in listed_verbs("soft"):
        return with_it or (bool(clause.receivers) and clause.role is Role.OBJECT)
    thing = clause.role is Role.OBJECT or with_it
    elsewhere = not thing and clause.via is not None and clause.via.word not in {"of", "in"}
    if elsewhere or clause.role in {Role.SUBJECT, Role.RECEIVER}:
        return False
    if clause.lemma in listed_verbs("own") or clause.lemma in listed_verbs("weak"):
        return _beside_giving(clause) or _somebody_receives(analysis, scope, clause)
    return True


def _beside_giving(clause: Clause) -> bool:
    """Say whether a verb is joined to one that clearly gives: "handed over ten scanners and installed a mast"."""
    former = grammar.first_conjunct(clause.predicate)
    clear = equipment_verbs()["give"] - listed_verbs("soft") - listed_verbs("weak")
    return former is not clause.predicate and former.lemma_.lower() in clear


def _somebody_receives(analysis: Analysis, scope: Scope, clause: Clause) -> bool:
    """Say whether somebody else gets what is sent or installed: in the sentence, before it, or by the title."""
    found = transfer_of(analysis, scope, equipment_verbs())
    givers = [mention.entity for mention in found.givers]
    if found.receivers or (givers and clause.lemma not in listed_verbs("own")):
        return True
    before = receivers_before(analysis, scope, givers, equipment_verbs())
    return bool(before) or title_state(analysis, givers) is not None


def _behind_purpose(scope: Scope) -> bool:
    """Say whether materiel stands where money goes: right behind the verb, or in the list that begins there."""
    root = scope.sentence.parsed.root
    before = [
        t for t in scope.sentence.tokens if root.i < t.i and scope.sentence.token_span(t).end <= scope.value.start
    ]
    return not any(grammar.is_verb(t) and t.tag_ not in {"VBN", "VBG"} for t in before)


def _list_verb(sentence: Sentence, span: Span) -> Token | None:
    """Return "include" or its like right in front of a list."""
    before = sentence.tokens_before(span.start)
    while before and (before[-1].text in {":", ",", "-"} or before[-1].pos_ == "DET" or before[-1].lower_ == "of"):
        before = before[:-1]
    if before and before[-1].lemma_.lower() in {"include", "comprise", "consist", "contain", "feature"}:
        return before[-1]
    return None


def _carried(analysis: Analysis, sentence: Sentence, verb: Token) -> str:
    """Judge "X includes boats" by X: a package, sales, "these"; not a fleet or an army."""
    if verb.lower_ == "including":
        return "unknown"
    front = [t for t in sentence.tokens if t.i < verb.i]
    moving = word_set(_TABLE, "words", "moving")
    lemmas = {token.lemma_.lower() for token in front}
    participle = {"VBN", "VBD"}
    passives = [t for t in sentence.tokens if t.lemma_.lower() in equipment_verbs()["give"] and t.tag_ in participle]
    goods = {"equipment", "item", "vehicle", "weapon", "materiel", "supply", "asset", "goods", "article"}
    passives = [
        t
        for t in passives
        if t.tag_ == "VBN" or t.dep_ in {"acl", "relcl"} or (t.i > 0 and t.nbor(-1).lemma_.lower() in goods)
    ]
    if lemmas & moving or any(t.i < verb.i or grammar.by_agents(t, ()) for t in passives):
        return "given"
    subjects = {token.lower_ for token in grammar.subjects_of(verb)}
    back = {"these", "this", "they", "it", "those"}
    if subjects & back or not front:
        return "given" if is_giving(sentence_before(analysis, sentence)) else "unknown"
    return "kept"


def _under_lead(analysis: Analysis, sentence: Sentence) -> bool:
    """Say whether a list's lead, or a heading over its lists, speaks of giving: "Delivered so far:"."""
    if any(is_giving(lead) for lead in analysis.lead_of(sentence)):
        return True
    return is_listed(analysis, sentence) and giving_over(analysis, sentence) is not None


def is_listed(analysis: Analysis, sentence: Sentence) -> bool:
    """Say whether a sentence is an item of a list, or a line without a verb under a heading."""
    if sentence.block.kind is BlockKind.ITEM:
        return True
    finite = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in sentence.tokens)
    line = sentence.block.kind is BlockKind.PARAGRAPH and sentence.block.span == sentence.span
    return line and not finite and bool(chain_over(analysis, sentence.block))


def giving_over(analysis: Analysis, sentence: Sentence) -> Sentence | None:
    """Return the nearest heading over a sentence that speaks of materiel that changes hands."""
    for heading in chain_over(analysis, sentence.block):
        spoken = analysis.sentence_at(heading.span.start)
        if spoken is not None and spoken is not sentence and is_giving(spoken):
            return spoken
    return None


def parties_over(analysis: Analysis, sentence: Sentence) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Return which states give and receive by the headings over a list: "Support for Ukraine from Finland"."""
    givers: list[Mention] = []
    receivers: list[Mention] = []
    for heading in chain_over(analysis, sentence.block):
        for mention in analysis.mentions_in(heading.span):
            if not is_state(analysis, mention):
                continue
            before = analysis.text[heading.span.start : mention.span.start].lower().removesuffix("the ").split()
            if before[-1:] in (["to"], ["for"]):
                receivers.append(mention)
            elif before[-1:] in (["from"], ["by"]):
                givers.append(mention)
    return tuple(givers[:1]), tuple(receivers[:1])


def is_giving(sentence: Sentence | None) -> bool:
    """Say whether a sentence speaks of materiel that changes hands."""
    if sentence is None:
        return False
    moving = word_set(_TABLE, "words", "moving")
    giving = (equipment_verbs()["give"] | equipment_verbs()["receive"]) - listed_verbs("soft")
    return any(
        token.lemma_.lower() in moving or (token.pos_ == "VERB" and token.lemma_.lower() in giving)
        for token in sentence.tokens
    )


def reason_against(analysis: Analysis, scope: Scope, group: tuple[Item, ...]) -> str | None:
    """Return why a list of materiel does not change hands, or None where it does."""
    opens = group[0].quote.start - scope.sentence.span.start < _OPENING
    before, _, last = analysis.text[scope.sentence.span.start : scope.value.start].lower().rpartition("in kind")
    in_kind = bool(before) and not last.strip(" :,-")
    if in_kind or is_on_order(analysis, group[-1].span.end) or _signed_for(scope):
        return None
    by_order = _behind_receiver(analysis, scope) or _behind_with(scope) or _sold_to(analysis, scope)
    clear = equipment_verbs()["give"] - listed_verbs("soft")
    by_order = by_order or is_handed(analysis, scope, group, clear)
    if by_order or by_phrase(analysis, scope, clear | equipment_verbs()["receive"]):
        return None
    if (opens and _under_lead(analysis, scope.sentence)) or _without_verb(analysis, scope, group):
        return None
    verdict = _verdict(analysis, scope, _root(scope, group[0]))
    if verdict == "unknown" and len(group) > 1:
        verdict = _verdict(analysis, scope, _root(scope, group[1]))
    if verdict == "given":
        return None
    if verdict == "unknown" and _under_lead(analysis, scope.sentence):
        return None
    return "not given" if verdict == "kept" else UNSAID


def is_on_order(analysis: Analysis, end: int) -> bool:
    """Say whether what ends here is ordered: "has 16 fighters on order"."""
    return analysis.text[end : end + 12].lower().split()[:2] == ["on", "order"]


def _signed_for(scope: Scope) -> bool:
    """Recognize "signed a contract with Patria for 40 trucks", "took delivery of 12" by the order of its words."""
    if _taken_over(scope):
        return True
    front = scope.sentence.tokens_before(scope.value.start)
    lemmas = {t.lemma_.lower() for t in front}
    return (
        bool(front)
        and front[-1].lower_ == "for"
        and bool(lemmas & {"sign", "conclude", "award"})
        and bool(lemmas & word_set(_TABLE, "words", "contracts"))
    )


def commissions(scope: Scope) -> bool:
    """Say whether who acts takes the materiel into service: "commissioned two boats bought from Israel"."""
    verb = next((t for t in scope.root.ancestors if grammar.is_verb(t)), None)
    return verb is not None and verb.lemma_.lower() in listed_verbs("commission") and scope.root.dep_ == "dobj"


def _without_verb(analysis: Analysis, scope: Scope, group: tuple[Item, ...]) -> bool:
    """Recognize lines without a verb: "Package for Estonia: 40 mortars", "30 scooters, donated by Malta to"."""
    sentence = scope.sentence
    if any(t.tag_ in {"VBZ", "VBP", "MD"} or t.dep_ == "nsubj" for t in sentence.tokens):
        return False
    label, colon, between = analysis.text[sentence.span.start : group[0].quote.start].rpartition(":")
    front = [t for t in sentence.tokens if sentence.token_span(t).end <= sentence.span.start + len(label)]
    moving = word_set(_TABLE, "words", "moving") - {"item", "case", "category", "help", "request"}
    if colon and not between.strip(" ,") and any(t.lemma_.lower() in moving for t in front):
        return True
    giving = equipment_verbs()["give"] - listed_verbs("soft") - listed_verbs("weak")
    behind = [t for t in sentence.tokens if t.i > group[-1].last and t.tag_ in {"VBN", "VBD"}]
    parties = [c for t in behind[:1] if t.lemma_.lower() in giving for c in t.children if c.lower_ in {"to", "by"}]
    return bool(parties)


def _taken_over(scope: Scope) -> bool:
    """Recognize "took delivery of 12 boats", "took possession of 30 trucks"."""
    front = [t for t in scope.sentence.tokens_before(scope.value.start) if t.pos_ != "DET"][-3:]
    taking = word_set(_TABLE, "words", "taking")
    return [t.lemma_.lower() for t in front[::2]] == ["take", "of"] and front[1].lower_ in taking


def verb_in_front(scope: Scope) -> Token | None:
    """Return the verb of giving right in front where the parse has lost it: "provide training and radios"."""
    before = scope.sentence.tokens_before(scope.value.start)
    verb = next((t for t in reversed(before) if t.pos_ == "VERB" and t.tag_ != "VBG"), None)
    if verb is None:
        return None
    clear = (equipment_verbs()["give"] | equipment_verbs()["receive"]) - listed_verbs("soft") - listed_verbs("weak")
    said = verb.lemma_.lower() in clear or (
        verb.lemma_.lower() == "pay" and speaks_of_money(scope.sentence) is not None
    )
    return verb if said else None


@cache
def equipment_verbs() -> Mapping[str, frozenset[str]]:
    """Return the classes of verbs around materiel."""
    verbs = load_lexicon(_TABLE)["verbs"]
    return {name: frozenset(verbs[name]) for name in ("hold", "receive", "request", "give", "carry", "other")}


@cache
def listed_verbs(name: str) -> frozenset[str]:
    """Return one list of verbs of the lexicon of equipment."""
    return frozenset(load_lexicon(_TABLE)["verbs"][name])


def sentence_before(analysis: Analysis, sentence: Sentence) -> Sentence | None:
    """Return the sentence in front of one."""
    place = analysis.place_of(sentence)
    return analysis.sentences[place - 1] if place else None
