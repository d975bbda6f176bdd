"""What two mentions share: «أخ وأخت لأم» both are the mother's, «أبناء وبنات ابن» both are a son's. Knows nothing of stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.reading.lexicon import MANY, nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import SEXES
from rag.islamic.inheritance.reading.tokens import Token

_OF_BOTH = frozenset(("اشقاء", "اشقا", "الاشقاء", "شقيقين", "شقيقان", "شقايق"))
_CHILDREN = (("S",), ("D",), ("S", "D"))


def shared(mentions: Sequence[Mention], found: Sequence[Token]) -> list[Mention]:
    """Return the mentions, the last but one with what it shares with the last."""
    if len(mentions) < 2:
        return list(mentions)
    *others, first, second = mentions
    if (of_sex := _of_sex(first, second, found)) is not None:
        return [*others, of_sex]
    if first.end != second.start or not found[second.start].form.startswith("و"):
        return list(mentions)
    if (
        first.head == second.head == "B"
        and second.strength
        and nouns(found[second.start])[:1]
        and nouns(found[second.start])[0].code == "Z"
    ):
        # «الإخوة والأخوات الأشقاء»: the second are sisters beside brothers.
        second = replace(second, options=tuple(f"Z{option[1:]}" for option in second.options), head="Z")
    if _is_sex(second, found) and (other := _other_sex(first, second, found)):
        return [*others, first, other]
    return [*others, _of_one_strength(_of_one_parent(first, second, found), second, found), second]


def _of_sex(first: Mention, second: Mention, found: Sequence[Token]) -> Mention | None:
    """«3 ذكور من أولاد الأخ» are three sons of his."""
    of = first.end + 1 == second.start and found[first.end].form == "من" and second.head == "C" and len(second.options) > 1
    if not of or found[first.end - 1].form.removeprefix("و") not in SEXES or first.options not in (("S",), ("D",)):
        return None
    options = tuple(option for option in second.options if option.endswith(first.options[0]))
    return replace(second, options=options, count=first.count, start=first.start, head=first.head, definite=False)


def _is_sex(mention: Mention, found: Sequence[Token]) -> bool:
    return found[mention.end - 1].form.removeprefix("و") in SEXES and mention.options in (("S",), ("D",))


def _other_sex(first: Mention, second: Mention, found: Sequence[Token]) -> Mention | None:
    """«أربعة إخوة ذكور وأربع إناث»: the second are of the first's kind."""
    if found[first.end - 1].form not in SEXES or not first.options or first.head not in ("B", "Z", "S", "D", "C"):
        return None
    sibling = first.head in ("B", "Z")
    letter = {"S": "B", "D": "Z"}[second.options[0]] if sibling else second.options[0]
    options = tuple(letter + option[1:] if sibling else option[:-1] + letter for option in first.options)
    return replace(second, options=options, head=letter)


def _of_one_strength(first: Mention, second: Mention, found: Sequence[Token]) -> Mention:
    both = second.strength in ("p", "m") or any(token.form in _OF_BOTH for token in found[second.start : second.end])
    if not (both and second.strength and {first.head, second.head} == {"B", "Z"} and len(first.options) == 3 and not first.strength):
        return first
    return replace(first, options=tuple(option for option in first.options if option[-1] in second.strength))


def _of_one_parent(first: Mention, second: Mention, found: Sequence[Token]) -> Mention:
    """Two plurals before one possessor are both his, and so are two nouns before one «of»."""
    above = {option[:-1] for option in second.options}
    apart = (
        first.options not in _CHILDREN
        or first.definite
        or "" in above
        or first.end - first.start != 1
        or second.head not in ("S", "D", "C")
    )
    apart = apart or {first.head, second.head} not in ({"S", "D"}, {"C", "D"})
    if apart or not ((first.count, second.count) == (MANY, MANY) or _with_of(second, found)):
        return first
    return replace(first, options=tuple(parent + child for parent in sorted(above) for child in first.options))


def _with_of(mention: Mention, found: Sequence[Token]) -> bool:
    return any(noun.prefix in ("ل", "لل") for token in found[mention.start + 1 : mention.end] for noun in nouns(token)[:1])
