"""Of what sex siblings are whose noun does not tell it, by the words around it. Knows nothing of chains or stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING, Noun
from rag.islamic.inheritance.reading.modifiers import MALE_PLURAL
from rag.islamic.inheritance.reading.tokens import Token

# The numbers that count women in fusha; in the dialects they count both.
_OF_WOMEN = frozenset(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع", "عشر", "شقيقات"))
_OF_SEX = {"S": "B", "D": "Z"}


def of_told_sex(noun: Noun, sex: str, words: Sequence[Token]) -> Noun:
    """Return «اخواته» as sisters or brothers where «البنات», «الأربع» or `sex` say so, and «أخواته الأشقاء» as brothers."""
    forms = {token.form.removeprefix("و").removeprefix("ال") for token in words}
    if noun.code == "Z" and not sex and forms & MALE_PLURAL:
        return replace(noun, code="B", number=MANY)
    if noun.code != SIBLING:
        return noun
    return replace(noun, code=_OF_SEX.get(sex) or ("Z" if forms & _OF_WOMEN else SIBLING))
