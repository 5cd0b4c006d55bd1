"""Nouns that name materiel: which words run together, which of them says what it is, and of what kind."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ssrgraph.entities.model import EntityKind
from ssrgraph.extraction.claims.nouns import word_set
from ssrgraph.extraction.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Sentence
    from ssrgraph.extraction.quantities import Quantity

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
FRONT = frozenset({"JJ", "JJR", "JJS", "HYPH", "AFX", "FW", "VBN", "VBG", "RB", "CD", "NN", "NNS", "NNP", "NNPS"})
_DESIGNATOR = re.compile(
    r"(?!COVID|FY|GAO|Shs|KSh|USh|Rs|Tk|Rp|Mr|G-?\d+$|Q\d|P-?\d$)[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z]{0,3}\d{0,2}s?"
)
_GIVING = frozenset({"supply", "equip", "export", "purchase", "transfer", "ship", "gift", "finance", "fund", "deliver"})
_BRACKETED = 3  # tokens of "(54)"


def counts_in(analysis: Analysis, sentence: Sentence) -> dict[int, Quantity]:
    """Return the counts of a sentence by the index of the token behind them."""
    found: dict[int, Quantity] = {}
    for quantity in analysis.quantities_in(sentence.span):
        if quantity.unit != "count":
            continue
        inside = sentence.tokens_meeting(quantity.span)
        if inside:
            before = inside[0].nbor(-1) if inside[0].i > sentence.parsed.start else None
            if before is not None and before.lower_ in _known() and len(inside) == 1:
                continue  # "Leopard 2": a model's number
            behind = inside[-1].i + 1
            if sentence.parsed.doc[behind : behind + 2].text.lower() == "-strong":
                continue  # "a 12-strong team"
            rest = sentence.parsed.doc[behind : min(behind + 3, sentence.parsed.end)]
            if len(rest) == _BRACKETED and rest[0].text == "(" and rest[2].text == ")" and rest[1].is_digit:
                behind += _BRACKETED  # "fifty-four (54) tanks" says one number twice
            found[behind] = quantity
    return found


def _is_strong(token: Token) -> bool:
    """Say whether a number counts a unit's people: "a 12-strong team"."""
    return token.like_num and token.doc[token.i + 1 : token.i + 3].text.lower() == "-strong"


def run_end(tokens: list[Token], start: int, counts: Mapping[int, Quantity], sentence: Sentence) -> int:
    """Return the end of the run of modifiers and nouns that begins at a token; the start where none does."""
    end = start
    while end < len(tokens):
        token = tokens[end]
        if end > start and (token.i in counts or _of_time(token, tokens[end + 1 : end + 2])):
            break
        if not _runs_on(token, tokens[end + 1] if end + 1 < len(tokens) else None):
            break
        if counts and _inside_count(sentence.token_span(token), counts):
            break
        end += 1
    while end > start and not _ends_run(tokens[end - 1]):
        end -= 1
    return end


def _of_time(token: Token, behind: list[Token]) -> bool:
    """Say whether words of time begin here that the tagger takes for nouns: "20 vehicles [last month]"."""
    timing = word_set("equipment", "words", "timing")
    return token.lower_ in timing and (not behind or behind[0].lower_ in timing or behind[0].tag_ not in FRONT)


def _inside_count(place: Span, counts: Mapping[int, Quantity]) -> bool:
    return any(quantity.span.covers(place) for quantity in counts.values())


def _ends_run(token: Token) -> bool:
    if token.lower_ in {"up", "ups"}:
        return _hyphened(token)
    return token.tag_ in NOUNS or _named(token) or (token.tag_ == "VBZ" and kind_of(token.lower_) is not None)


def _runs_on(token: Token, following: Token | None) -> bool:
    if _is_strong(token) or (token.i > 1 and token.lower_ == "strong" and _is_strong(token.nbor(-2))):
        return False
    return _of_pick_up(token, following) or _opens_compound(token) or _may_run_on(token, following)


def _opens_compound(token: Token) -> bool:
    """Say whether a small word opens a modifier with a hyphen: "[off]-road vehicles", "[over]-the-horizon radar"."""
    if token.tag_ not in {"IN", "RP", "DT", "RB"} or token.whitespace_ or token.i + 2 >= token.sent.end:
        return False
    hyphen, behind = token.nbor(), token.nbor(2)
    return hyphen.text == "-" and not hyphen.whitespace_ and (behind.tag_ in FRONT or behind.tag_ == "DT")


def _of_pick_up(token: Token, following: Token | None) -> bool:
    """Recognize the parts of "pick-up", which the tagger takes for a verb and a particle."""
    if token.lower_ == "pick":
        return following is not None and following.text == "-"
    return token.lower_ in {"up", "ups"} and _hyphened(token) and following is not None


def _may_run_on(token: Token, following: Token | None) -> bool:
    if (
        token.lower_ in {"/", "-", "\N{EN DASH}", "worth", "such", "due", "including"}
        or _named(token)
        or _inner_to(token)
    ):
        return token.lower_ not in {"worth", "such", "due", "including"}
    if token.tag_ == "VBZ" and kind_of(token.lower_) is not None:
        return token.i > token.sent.start and _named(token.nbor(-1))  # "TB2 drones" taken for a verb
    if token.tag_[:2] in {"VB", "NN"} and kind_of(token.lower_) is not None and not token.text.endswith("s"):
        return token.tag_[:2] == "NN" or (
            following is not None and following.tag_ in NOUNS
        )  # "grenade" taken for a verb
    if token.lower_ in word_set("equipment", "words", "participles") or token.tag_ == "RB":
        adverb = token.tag_ == "RB" and not (
            token.text.endswith("ly") and following and following.tag_ in {"VBN", "JJ"}
        )
        return following is not None and following.tag_ in FRONT and not adverb
    if token.tag_ in {"VBN", "VBG"}:
        return token.dep_ in {"amod", "compound", "nmod", "punct"} or token.text[:1].isupper() or _hyphened(token)
    return token.tag_ in FRONT


def _inner_to(token: Token) -> bool:
    return token.lower_ == "to" and _hyphened(token)  # "surface-to-air"


def _hyphened(token: Token) -> bool:
    return token.i > 0 and token.nbor(-1).text == "-"


def _named(token: Token) -> bool:
    """Say whether a token is the name or designator of a type: "Harpoon", "Mi-8s", "T-72"."""
    text = token.text
    if not text[:1].isupper():
        return False
    if _DESIGNATOR.fullmatch(text) and any(c.isdigit() for c in text):
        return True
    return text.lower() in _known() or text.lower().removesuffix("s") in _known()


def _after_possessive(run: list[Token]) -> list[Token]:
    places = [index for index, token in enumerate(run) if token.tag_ == "POS"]
    return run[places[-1] + 1 :] if places else run


def _without_state(analysis: Analysis, sentence: Sentence, run: list[Token]) -> list[Token]:
    """Drop a state's name in front: "provided Iraq armored vehicles" names vehicles, not Iraq's."""
    if not run:
        return run
    mention = analysis.mention_at(sentence.token_span(run[0]).start)
    if mention is None or mention.form != "name" or mention.kind is not EntityKind.ORGANIZATION:
        return run
    if sentence.token_span(run[0]).end > mention.span.end:
        return run  # "U.S.-made"
    entity = analysis.entities.get(mention.entity)
    if entity is None or entity.type != "country":
        return run
    rest = [token for token in run if sentence.token_span(token).start >= mention.span.end]
    return run if rest and rest[0].text.startswith("-") else rest


def _without_dropped(run: list[Token]) -> list[Token]:
    dropped = word_set("equipment", "words", "dropped")
    while run and not _opens_compound(run[0]) and _is_dropped(run[0], dropped):
        run = run[1:]
    return run


def _is_dropped(token: Token, dropped: frozenset[str]) -> bool:
    return token.lower_ in dropped or token.is_punct or token.tag_ == "RB"


def head_of(run: list[Token]) -> tuple[Token, str] | None:
    """Return the noun of a run that says what it is, with its kind: the last one, or one that only names follow."""
    last = run[-1]
    against = len(run) > 2 and run[-2].text == "-" and run[-3].lower_ in {"counter", "anti"}  # noqa: PLR2004 - "anti-tank"
    if against or last.lower_.startswith(("counter-", "anti-")) or last.lower_ in {"arm", "round"}:
        return None
    kind = _kind_at_end(run)
    if kind is not None:
        return last, kind
    for index in range(len(run) - 2, -1, -1):  # "patrol vessel Almirante Padilla"
        token, rest = run[index], run[index + 1 :]
        kind = kind_of(token.lemma_.lower()) or kind_of(token.lower_)
        if token.text[:1].isupper() and kind not in {"ships", "aircraft", "vehicles"}:
            continue  # "Mine Action"
        if kind not in {None, "loose", "systems"} and all(t.tag_ in {"NNP", "NNPS", "CD"} for t in rest):
            return (token, kind or "") if _ends_in_name(run) else None
    return None


def _kind_at_end(run: list[Token]) -> str | None:
    for size in (4, 3, 2, 1):
        if len(run) < size:
            continue
        words = [token.lower_ for token in run[-size:]]
        phrase = " ".join([*words[:-1], run[-1].lemma_.lower()])
        joined = phrase, " ".join(words), " ".join(words).replace(" - ", "-"), phrase.replace(" - ", "-")
        kind = next((found for each in joined if (found := kind_of(each)) is not None), None)
        if kind is not None:
            return kind
    pair = " ".join(token.lower_ for token in run[-2:])
    model = len(run) > 1 and _named(run[-2]) and run[-1].tag_ == "CD"  # "Leopard 2"
    named = _named(run[-1]) or pair in _known() or pair.removesuffix("s") in _known()
    return "named" if named or model else None


def in_name(analysis: Analysis, sentence: Sentence, head: Token) -> bool:
    """Say whether a noun is a part of the name of a body, programme or the like: "Excess Defense Articles"."""
    mention = analysis.mention_at(sentence.token_span(head).start)
    return mention is not None and mention.form == "name" and mention.kind not in {EntityKind.PLACE, EntityKind.PERSON}


def _ends_in_name(run: list[Token]) -> bool:
    """Say whether a run may end in names: not "Tank Regiment" but "frigate Mercy"."""
    bodies = {"regiment", "battalion", "brigade", "company", "force", "unit", "corps", "squadron", "command", "centre"}
    return run[-1].lower_ not in bodies and run[-1].tag_ in {"NNP", "NNPS"}


def kind_of(words: str) -> str | None:
    """Return the kind of materiel that a noun names, or None."""
    kinds = _kinds()
    return kinds.get(words) or kinds.get(words.removesuffix("s"))


@cache
def _kinds() -> Mapping[str, str]:
    heads = load_lexicon("equipment")["heads"]
    return {noun: kind for kind in reversed(list(heads)) for noun in heads[kind]}


def names_materiel(token: Token) -> bool:
    """Say whether a run may have its head at a token: one that ends a noun for materiel, a name or a designator.

    A sentence without such a token names no materiel, which is found out at a fraction of the time.
    """
    return _may_be_head(token.text, token.lemma_)


@lru_cache(maxsize=1 << 15)
def _may_be_head(text: str, lemma: str) -> bool:
    ends = _ends()
    forms = {text.lower(), lemma.lower()}
    if any(form in ends or form.removesuffix("s") in ends for form in forms):
        return True
    return text[:1].isupper() and any(map(str.isdigit, text))  # "T-72"


@cache
def _ends() -> frozenset[str]:
    """Return the words with which the nouns and names for materiel end, cut at none, some or all of their hyphens."""
    last = [words.rpartition(" ")[2].split("-") for words in (*_kinds(), *_known())]
    return frozenset("-".join(parts[place:]) for parts in last for place in range(len(parts)))


@cache
def _known() -> frozenset[str]:
    return word_set("equipment", "names", "known")


def generic_names() -> frozenset[str]:
    """Return the words that say that it is materiel and not which: "major arms"."""
    return frozenset(load_lexicon("equipment")["words"]["generic"])


def is_marked(run: list[Token]) -> bool:
    """Say whether a system or device is marked as materiel: "air defense systems", not "court system"."""
    marking = word_set("equipment", "words", "marking")
    return any(t.lower_ in marking or t.lower_.split("-")[0] in marking or _named(t) for t in run)


def is_specific(analysis: Analysis, sentence: Sentence, run: list[Token], head: Token) -> bool:
    """Say whether the words in front of "equipment" or the like say which, beyond "new" or "essential"."""
    plain = word_set("equipment", "words", "plain")
    for token in run:
        if token is head or token.is_punct or token.lower_ in plain:
            continue
        if analysis.mention_at(sentence.token_span(token).start) is None:
            return True
    return False


def trimmed(analysis: Analysis, sentence: Sentence, run: list[Token]) -> list[Token]:
    """Return a run without what says whose or which one it is: possessors, states' names, "new", "several"."""
    run = _without_dropped(_without_state(analysis, sentence, _after_possessive(run)))
    if len(run) > 1 and run[0].i > 0 and run[0].nbor(-1).lower_ == "to" and run[0].lemma_.lower() in _GIVING:
        run = run[1:]  # "to supply radios", where the parse has a noun
    return run
