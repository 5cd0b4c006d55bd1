"""Posts that a sentence names before it names who holds them: "The Force Commander is Major General X"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ssrgraph.documents.model import Span
from ssrgraph.extraction.claims.posts import read_post
from ssrgraph.extraction.lexicon import any_of, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssrgraph.extraction.claims.officeholders import Holder, Officeholders
    from ssrgraph.extraction.model import Role

# What may stand between the beginning of a clause and the post that is its subject.
_OPENING = re.compile(
    r"\s*(?:(?:and|but|while|whereas|that|where|when|as|since|today|currently|now|then)\s+)*"
    r"(?:(?:in|since|from|by)\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d\s+)?"
    r"(?:(?:the|its|their|his|her|our|whose|a|an)\s+)?",
    re.IGNORECASE,
)
# "The commander, since May 2021, is": an aside between a post and its verb.
_ASIDE = re.compile(r"\s*,\s+(?:since|from|as of|for)\s[^,;:()]{3,30},\s*$")
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")


def named_by_verb(persons: Officeholders, holder: Holder) -> Iterator[Role]:
    """Yield the post that is the subject of "is" or "was" in front of a name."""
    start = persons.before_nation(holder)
    verb = _verb().search(persons.text, persons.sentence.span.start, start)
    if verb is None or persons.is_fronted(holder) or _POSSESSIVE.match(persons.text, holder.end):
        return
    aside = _ASIDE.search(persons.text, persons.sentence.span.start, verb.start())
    at = aside.start() if aside is not None else verb.start()
    near = Span(persons.bound_before(at), at)
    post = read_post(persons.analysis, persons.sentence, near, whole=True)
    if post is None or post.plural or post.head.split()[-1] in load_lexicon("roles")["copula"]["not_posts"]:
        return
    if _OPENING.fullmatch(persons.text, near.start, max(near.start, post.span.start)) is not None:
        persons.front(holder)
        yield persons.claim(holder, post, "post and verb in front of a name")


@cache
def _verb() -> re.Pattern[str]:
    words = load_lexicon("roles")["copula"]
    verbs, when = any_of(words["verbs"]), any_of(words["when"])
    return re.compile(
        rf"(?:\s+(?:{when}|since\s+(?:[A-Z]\w+\s+)?\d{{4}}))?\s+(?:{verbs})(?:\s+(?:{when}))?\s+(?:the\s+)?$"
    )
