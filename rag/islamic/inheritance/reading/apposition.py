"""Two words for one heir: «زوجته (أمي)», «بنت، بنته عمرها خمس», «أبي أخوه الشقيق». Knows nothing of what is said of heirs."""

from __future__ import annotations

from collections.abc import Sequence

from rag.islamic.inheritance.reading.lexicon import MANY, nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import strength_at
from rag.islamic.inheritance.reading.numerals import number_at
from rag.islamic.inheritance.reading.siblings import own_full
from rag.islamic.inheritance.reading.tokens import Token

_LINKS = frozenset(("هو", "هي", "وهو", "وهي", "اللي", "الذي", "التي", "يكون", "تكون", "("))
_MY_PARENTS = frozenset(("بابا", "ماما"))
_STOPS = frozenset(("،", ",", ".", "؛", "("))
_HIS = frozenset(("ه", "ها", "و"))


def is_same(mention: Mention, before: Sequence[Mention], found: Sequence[Token]) -> bool:
    """Whether who is named here was named right before: in brackets, or as the deceased's own behind a stop."""
    if not before or mention.count != 1 or before[-1].count != 1:
        return False
    return _in_brackets(mention, before[-1], found) or _told_again(mention, before[-1], found)


def _in_brackets(mention: Mention, before: Mention, found: Sequence[Token]) -> bool:
    bracketed = mention.start and found[mention.start - 1].form == "(" and mention.end < len(found) and found[mention.end].form == ")"
    return bool(bracketed and mention.mine and before.end == mention.start - 1 and before.head != "C")


def _told_again(mention: Mention, before: Mention, found: Sequence[Token]) -> bool:
    """«بنت، بنته عمرها خمس سنوات»: something is said of her."""
    noun = next(iter(nouns(found[mention.start])), None)
    own = noun is not None and not noun.joined and noun.suffix in _HIS and mention.end == mention.start + 1
    behind = found[mention.start - 1].form if mention.start else ""
    return own and mention.options == before.options and before.end == mention.start - 1 and behind in _STOPS


def is_explained(mention: Mention, before: Mention, found: Sequence[Token]) -> bool:
    """Whether the narrator's kin named before is told here as the deceased's: «أبي أخوه الشقيق», «أختها اللي هي أمي» the other way."""
    start = mention.start
    while start > before.end and found[start - 1].form in _LINKS:
        start -= 1
    noun = next(iter(nouns(found[mention.start])), None) or own_full(found[mention.start])
    theirs = noun is not None and not noun.joined and (noun.suffix in _HIS or mention.mine)
    alone = mention.count == before.count == 1 and start == before.end and bool(mention.options and before.options)
    mine = mention.mine or found[mention.start].form in _MY_PARENTS
    return alone and (theirs or mine) and mine != before.mine and (before.mine or start < mention.start)


def is_told_nearer(mention: Mention, before: Mention, found: Sequence[Token]) -> bool:
    """Whether a word without «و» says of what kind he is who was named: «أخته شقيقته», «خوه شقيقو»."""
    own = own_full(found[mention.start])
    alone = mention.count == before.count == 1 and mention.start == before.end
    return alone and own is not None and not own.joined and set(mention.options) < set(before.options)


def kind_alone(found: Sequence[Token], at: int, before: Sequence[Mention]) -> Mention | None:
    """Read «وواحد لأم» behind siblings: one more of them, of another kind."""
    if not before or before[-1].head not in ("B", "Z") or before[-1].end != at or not found[at].form.startswith("و"):
        return None
    number = number_at(found, at)
    strength, end = strength_at(found, number[1]) if number else ("", at)
    # «وأربع شقيقات» names who they are.
    if number is None or len(strength) != 1 or number[0] == MANY or own_full(found[number[1]]):
        return None
    return Mention((f"{before[-1].head}{strength}",), number[0], at, end, head=before[-1].head, strength=strength)
