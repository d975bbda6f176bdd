"""Who a whole that was named first consists of: «ستة أطفال: أربعة ذكور وأنثيان», «إخوة لأم (ذكران وأنثى)». Knows nothing of who died."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import SEXES
from rag.islamic.inheritance.reading.tokens import Token

_FEW = 3


def broken_down(mentions: Sequence[Mention], found: Sequence[Token]) -> list[Mention]:
    """«ستة أطفال: أربعة ذكور وأنثيين»: the second part says who the first are."""
    kept: list[Mention] = []
    whole: Mention | None = None
    part: Mention | None = None
    for mention in mentions:
        own = (_sibling_of(whole, mention) or _child_of(whole, mention)) if whole else None
        if whole and own and _explains(found, whole, part, mention):
            if whole in kept:
                kept.remove(whole)
            part = mention
            kept.append(own)
            continue
        several = mention.head in ("S", "B", "V") and mention.options and mention.count != 1
        whole, part = (mention if mention.head == "C" or several else None), None
        kept.append(mention)
    return kept


def _sibling_of(whole: Mention, part: Mention) -> Mention | None:
    """«إخوة لأم (ذكران وأنثى)», «إخوة أشقاء (منهم أختان)»: the part has the strength of the whole."""
    if (
        whole.head != "B"
        or not whole.options
        or len(whole.options[0]) != 2
        or part.strength
        or not part.options
        or len(part.options[0]) > 2
    ):
        return None
    letter = {"S": "B", "D": "Z", "B": "B", "Z": "Z"}.get(part.head)
    return replace(part, options=tuple(f"{letter}{option[1]}" for option in whole.options), head=letter) if letter else None


def _child_of(whole: Mention, part: Mention) -> Mention | None:
    """«أولاد ابن: ذكران وأنثى»: the part descends from whom the whole does; children of untold sex are sons."""
    if part.options not in (("S",), ("D",), ("S", "D")):
        return None
    above = dict.fromkeys(option[:-1] for option in whole.options)
    return replace(part, options=tuple(one + part.options[0] for one in above))


def _explains(found: Sequence[Token], whole: Mention, before: Mention | None, part: Mention) -> bool:
    between = [token.form for token in found[(before or whole).end : part.start]]
    joined = found[part.start].form.startswith("و")
    if before:
        return joined and not between
    own = bool(whole.options) and set(whole.options[0]) <= {"S", "D"} and whole.count == MANY
    sexes = any(token.form.removeprefix("و").removeprefix("ال") in SEXES for token in found[part.start : part.end])
    bracketed = whole.start > 0 and found[whole.start - 1].form == "("
    opened = between[:1] == ["("] and not bracketed and len(between) <= _FEW - 1
    if opened or (0 < len(between) <= _FEW and between[0] in ("وهم", "هم", "منهم", "عبارة")):
        return whole.head == "C" or whole.count != 1
    if whole.head == "B":
        return False
    if whole.count not in (MANY, 1) and whole.head != "C":
        return False
    return (own or whole.head == "C") and (":" in between or (not (between or joined) and (sexes or whole.head == "C" or own)))
