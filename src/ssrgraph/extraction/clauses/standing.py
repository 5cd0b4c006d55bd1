"""Whether what a span says is reported as done, still to come, denied, or only thought of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssrgraph.extraction.clauses import grammar
from ssrgraph.extraction.clauses.grammar import listed
from ssrgraph.extraction.clauses.model import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from ssrgraph.documents.model import Span
    from ssrgraph.extraction.analysis import Analysis, Sentence

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PERFECT = frozenset({"have", "has", "had", "'ve", "\N{RIGHT SINGLE QUOTATION MARK}ve", "having"})


def status_of(analysis: Analysis, sentence: Sentence, span: Span) -> Standing:
    """Say how what a span names stands: done, planned, negated, hypothetical or asked.

    The evidence is looked for from the span outwards: adjectives and participles on its nouns ("planned transfer",
    "boats to be delivered"), modals and tense of the verbs above it, verbs and nouns that place what they govern
    ("pledged", "plans to", "a commitment of"). A list item without evidence of its own stands as its lead does.
    """
    tokens = sentence.tokens_meeting(span)
    if not tokens:
        return Standing()
    standing = _Walk(sentence, within=tokens).up(grammar.root_of(tokens))
    if standing.explicit:
        return standing
    for lead in reversed(analysis.lead_of(sentence)):
        above = _Walk(lead).lead()
        if above.explicit and not above.planned and (before := _parcel_before(analysis, lead)) is not None:
            above = before if before.planned else above
        if above.explicit:
            return replace(above, question=False)
    return standing


def _parcel_before(analysis: Analysis, lead: Sentence) -> Standing | None:
    """Return how a parcel stands of which a lead goes on to tell: "announced a package. [The package comprises:]"."""
    nouns = {
        t.lemma_.lower() for t in grammar.subjects_of(lead.parsed.root) if any(c.dep_ == "det" for c in t.children)
    }
    place = analysis.place_of(lead)
    nouns &= listed("words", "parcels")
    if not nouns or not place:
        return None
    before = analysis.sentences[place - 1]
    parcel = next((t for t in before.tokens if t.lemma_.lower() in nouns and t.dep_ in {"dobj", "nsubjpass"}), None)
    return _Walk(before).up(parcel) if parcel is not None else None


def status_of_token(sentence: Sentence, token: Token) -> Standing:
    """Say how what a token names stands, by its sentence alone."""
    return _Walk(sentence).up(token)


class _Walk:
    """One walk from a token to the root of its sentence, collecting what places it."""

    def __init__(self, sentence: Sentence, *, within: Iterable[Token] = ()) -> None:
        self._sentence = sentence
        self._within = {token.i for token in within}
        self._found = Standing(question=_asks(sentence))
        self._settled = False

    def up(self, token: Token) -> Standing:
        below: Token | None = None
        for each in (token, *token.ancestors):
            if below is not None and (self._apart(each, below) or self._by_the_way(below)):
                break  # "it would give $5 million; nothing has been paid"
            if grammar.is_verb(each):
                if each.i not in self._within or below is None:  # "not exceeding" is a hedge
                    self._verb(each, below)
            else:
                self._noun(each, below)
            below = each
        return self._found

    @staticmethod
    def _apart(one: Token, other: Token) -> bool:
        """Say whether a semicolon lies between two tokens."""
        first, last = sorted((one.i, other.i))
        return any(token.text == ";" for token in one.doc[first:last])

    def _by_the_way(self, below: Token) -> bool:
        """Say whether a finite relative clause was left: "did not go to the border, where two men were killed"."""
        return below.dep_ == "relcl" and self._settled and not self._found.planned

    def lead(self) -> Standing:
        root = self._sentence.parsed.root
        for child in root.children:
            if child.dep_ in grammar.SUBJECTS:
                self._parcel(child)
        if self._settled:
            return self._found
        return self.up(_innermost(root))

    def _parcel(self, noun: Token) -> None:
        """A lead's subject tells old aid from new: "previous assistance includes", "the new package includes"."""
        modifiers = {child.lower_ for child in noun.children if child.i < noun.i}
        for phrase in grammar.phrases_in(noun.children):
            if phrase.word in {"in", "of"} and any(
                t.lemma_.lower() in listed("nouns", "planned") for t in phrase.objects
            ):
                self._settle(planned=phrase.objects[0])  # "the capabilities in this announcement include"
                return
        if modifiers & listed("adjectives", "done"):
            self._settle(done=noun)
            return
        announced = modifiers & listed("adjectives", "new") and noun.lemma_.lower() in listed("words", "parcels")
        if announced or modifiers & listed("adjectives", "planned"):
            self._settle(planned=noun)

    # ---- nouns

    def _noun(self, noun: Token, below: Token | None) -> None:
        for child in noun.children:
            if child.dep_ == "det" and child.lower_ in {"no", "neither"} and not _counts(child):
                self._mark(negated=child)
            elif child.lower_ in listed("adjectives", "hypothetical"):
                self._mark(hypothetical=child)
            elif child.i < noun.i and child.lower_ in listed("adjectives", "planned"):
                self._settle(planned=child)
            elif child.dep_ in {"acl", "relcl"} and below is None and grammar.is_verb(child):
                self._described(child)
        governs = below is not None and below.i > noun.i
        if governs and noun.lemma_.lower() in listed("nouns", "planned"):
            self._settle(planned=noun)
        if noun.dep_ == "pobj" and noun.head.lower_ == "without":
            self._mark(negated=noun.head)

    def _described(self, verb: Token) -> None:
        """A description right behind the counted noun: "boats to be delivered", "boats promised by Japan"."""
        if grammar.is_passive(verb) and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children):
            self._settle(planned=verb)
            return
        placing = listed("verbs", "planned") - listed("verbs", "done_when_perfect")
        if verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.lemma_.lower() in placing:
            self._settle(planned=verb)

    # ---- verbs

    def _verb(self, verb: Token, below: Token | None) -> None:
        helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
        words = {child.lower_ for child in helpers}
        self._negation(verb)
        self._condition(verb)
        if modal := next((h for h in helpers if h.lower_ in listed("modals", "planned")), None):
            self._settle(planned=modal)
        elif not self._settled:
            self._mark(hypothetical=next((h for h in helpers if h.lower_ in listed("modals", "hypothetical")), None))
        self._asked_for(verb, below)
        lemma = verb.lemma_.lower()
        governed = below is not None and self._governs(verb, below)
        lowered = lemma == "cut" and any(c.dep_ == "prep" and c.lower_ == "to" for c in verb.children)
        if governed and not lowered and {lemma, _with_particle(verb)} & listed("verbs", "negated"):
            self._mark(negated=verb)  # but not "cut the contingent to 300"
        if self._settled:
            return
        perfect = bool(words & _PERFECT)
        if "being" in words and lemma in listed("verbs", "preparing"):
            self._settle(planned=verb)  # "a contract is being negotiated"
            return
        if governed and below is not None:
            self._placed(verb, below, perfect=perfect)
        elif below is not None and self._is_to(verb, below):
            self._settle(planned=verb)  # "40 officers are to join"
        # "announced a package valued at $5 million": what happens to the package counts
        values = below is not None and verb.dep_ == "acl" and lemma in listed("words", "valuing")
        if not self._settled and not values:
            self._by_form(verb, helpers)

    def _by_form(self, verb: Token, helpers: list[Token]) -> None:
        """What a verb's own form says: an infinitive is a purpose, a finite verb or a participle reports."""
        words = {child.lower_ for child in helpers}
        if "to" in words and words & _PERFECT and self._intended(verb):
            return  # "aims to have trained": the verb above places it
        if verb.tag_ == "VB" and "to" in words:
            self._purpose(verb)
            return
        finite = words & _PERFECT or {verb.tag_, *(h.tag_ for h in helpers)} & _FINITE
        if finite or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"}):
            self._settle(done=verb)

    def _is_to(self, verb: Token, below: Token) -> bool:
        """Say whether what was walked from is the subject of "is to", "are due to"."""
        if verb.lemma_.lower() != "be" or below.dep_ != "nsubj" or below.i not in self._within:
            return False
        due = [c for c in verb.children if c.dep_ == "acomp" and c.lower_ in listed("words", "due")]
        infinitives = (c for above in (verb, *due) for c in above.children if c.dep_ in {"xcomp", "ccomp"})
        return any(
            _is_infinitive(c) and any(t.lower_ == "to" for t in c.children if t.dep_ == "aux") for c in infinitives
        )

    @staticmethod
    def _intended(verb: Token) -> bool:
        """Say whether a verb of intention governs an infinitive."""
        return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in listed("verbs", "planned")

    def _asked_for(self, verb: Token, below: Token | None) -> None:
        """A subject that places what its verb lists: "the request includes $5 million"."""
        if below is None or below.i < verb.i or verb.lemma_.lower() not in listed("words", "listing"):
            return
        for subject in grammar.subjects_of(verb):
            if subject.lemma_.lower() in listed("words", "asking"):
                self._settle(planned=subject)

    def _governs(self, verb: Token, below: Token) -> bool:
        """Whether what was walked from is what the verb is about, not who does it."""
        if below.dep_ in {"nsubj", "csubj"}:
            return grammar.is_passive(verb)
        return below.dep_ not in {"advcl", "conj", "npadvmod", "agent", "relcl", "parataxis", "advmod"} or (
            below.dep_ == "advcl" and below.tag_ == "VB" and grammar.is_passive(verb) and below.i > verb.i
        )

    def _placed(self, verb: Token, below: Token, *, perfect: bool) -> None:
        """A verb that places what it governs: "pledged $5 million", "plans to deliver", "is to receive"."""
        lemma = verb.lemma_.lower()
        clausal = grammar.is_verb(below) or below.dep_ in {"xcomp", "ccomp", "advcl"}
        if lemma in listed("verbs", "transparent") and clausal:
            return
        if clausal and lemma in listed("verbs", "wished"):
            self._mark(hypothetical=verb)
            return
        if lemma == "provide" and below.dep_ == "prep" and below.lower_ == "for":
            if any(t.lemma_.lower() in listed("words", "providing") for t in grammar.subjects_of(verb)):
                self._settle(planned=verb)  # "the plan provided for the training of"
            return
        if lemma not in listed("verbs", "planned"):
            if (
                clausal
                and lemma == "be"
                and _is_infinitive(below)
                and below.lemma_.lower() not in listed("words", "reading")
            ):
                self._settle(planned=verb)  # "is to receive", not "are to be found"
            return
        bare_object = not clausal
        if bare_object and lemma in listed("verbs", "planned_with_infinitive"):
            if lemma in {"approve", "authorize", "authorise", "agree", "order"}:
                self._settle(planned=verb)
            return
        if bare_object and lemma in listed("verbs", "done_when_perfect") and (perfect or verb.tag_ in {"VBD", "VBN"}):
            self._settle(done=verb)
            return
        self._settle(planned=verb)

    def _purpose(self, verb: Token) -> None:
        """An infinitive is a goal, unless the verb above shares its own standing with it."""
        above = verb.head
        if verb.dep_ == "conj":
            above = grammar.first_conjunct(verb).head
        shares = above.lemma_.lower() in listed("verbs", "transparent") and verb.dep_ not in {"advcl", "acl", "relcl"}
        if shares or above.lemma_.lower() in {"able", "proud", "pleased", "happy"}:
            return
        governed = listed("verbs", "planned") | listed("verbs", "wished") | listed("verbs", "negated")
        if grammar.is_verb(above) and above.lemma_.lower() in governed and self._governs(above, verb):
            return  # the verb above says more
        self._settle(planned=verb)

    def _negation(self, verb: Token) -> None:
        for child in verb.children:
            negator = child.dep_ == "neg" or child.lower_ in listed("words", "negators")
            following = child.nbor() if child.i + 1 < len(child.doc) else child
            if (
                negator
                and child.dep_ in {"neg", "advmod", "preconj"}
                and following.lower_ not in {"only", "just", "least"}
            ):
                self._mark(negated=child)
        if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
            self._mark(negated=verb.head)

    def _condition(self, verb: Token) -> None:
        for child in verb.children:
            if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether", "lest"}:
                self._mark(hypothetical=child)
            if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in child.children):
                modal = {c.lower_ for c in verb.children if c.dep_ == "aux"}
                if modal & {"would", "could", "might"}:
                    self._mark(hypothetical=child)

    # ---- what was found

    def _settle(self, *, planned: Token | None = None, done: Token | None = None) -> None:
        if self._settled:
            return
        self._settled = True
        token = planned if planned is not None else done
        self._found = replace(
            self._found,
            planned=planned is not None,
            explicit=True,
            trigger=self._sentence.token_span(token)
            if planned is not None and token is not None
            else self._found.trigger,
        )

    def _mark(self, *, negated: Token | None = None, hypothetical: Token | None = None) -> None:
        token = negated if negated is not None else hypothetical
        if token is None:
            return
        self._found = replace(
            self._found,
            negated=self._found.negated or negated is not None,
            hypothetical=self._found.hypothetical or hypothetical is not None,
            trigger=self._sentence.token_span(token),
            explicit=True,
        )


def _with_particle(verb: Token) -> str:
    """Return a verb with its particle: "turn down"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    return f"{verb.lemma_.lower()} {particle}".rstrip()


def _innermost(root: Token) -> Token:
    """Return the verb that says what is done: "are to be [delivered]", "plans to [donate] the following"."""
    verb = root
    while True:
        inner = [c for c in verb.children if c.dep_ == "xcomp" and _is_infinitive(c)]
        if len(inner) != 1:
            return verb
        verb = inner[0]


def _is_infinitive(token: Token) -> bool:
    """Recognize "to deliver" and "to be delivered"."""
    if token.tag_ == "VB":
        return grammar.is_verb(token)
    return token.tag_ in {"VBN", "VBD"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _asks(sentence: Sentence) -> bool:
    return any(token.lower_ == "?" for token in sentence.tokens[-2:])


def _counts(determiner: Token) -> bool:
    """Say whether "no" belongs to a hedge: "no less than", "no more than", "no fewer than"."""
    return determiner.i + 1 < len(determiner.doc) and determiner.nbor().lower_ in {"less", "more", "fewer", "later"}
