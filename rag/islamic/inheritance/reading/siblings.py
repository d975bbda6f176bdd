"""Siblings by other words than «أخ» and «أخت»: «شقيق» alone, and those whose sex only the words around them tell. Knows no chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.reading.lexicon import MANY, SIBLING, Noun
from rag.islamic.inheritance.reading.modifiers import MALE_PLURAL
from rag.islamic.inheritance.reading.tokens import Token

# The numbers that count women in fusha; in the dialects they count both.
_OF_WOMEN = frozenset(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع", "عشر", "شقيقات"))
_OF_SEX = {"S": "B", "D": "Z"}


_OWN_FULL = {
    "شقيق": ("B", 1),
    "شقيقا": ("B", 1),
    "شقيقة": ("Z", 1),
    "شقيقان": ("B", 2),
    "شقيقين": ("B", 2),
    "شقيقتان": ("Z", 2),
    "شقيقتين": ("Z", 2),
    "شقيقات": ("Z", MANY),
    "اشقا": ("B", MANY),
    "اشقاء": ("B", MANY),
    "شقيقت": ("Z", 1),
    "شقيقتي": ("Z", 2),
    "شقيقي": ("B", 2),
}


def own_full(token: Token) -> Noun | None:
    """Read «شقيق» that stands alone: a full brother."""
    form = token.form
    if "شقي" not in form and "اشقا" not in form:
        return None
    for prefix in ("وال", "ال", "و", "ل", "لل", ""):
        if not form.startswith(prefix):
            continue
        rest = form[len(prefix) :]
        for suffix in ("", "ه", "ها", "ي", "و"):
            core = rest.removesuffix(suffix) if suffix else rest
            if (suffix == "" or rest.endswith(suffix)) and core in _OWN_FULL:
                code, number = _OWN_FULL[core]
                return Noun(code, number, prefix, suffix, form)
    return None


def of_told_sex(noun: Noun, sex: str, words: Sequence[Token]) -> Noun:
    """Return «اخواته» as sisters or brothers where «البنات», «الأربع» or `sex` say so, and «أخواته الأشقاء» as brothers."""
    forms = {token.form.removeprefix("و").removeprefix("ال") for token in words}
    if noun.code == "Z" and not sex and forms & MALE_PLURAL:
        return replace(noun, code="B", number=MANY)
    if noun.code != SIBLING:
        return noun
    return replace(noun, code=_OF_SEX.get(sex) or ("Z" if forms & _OF_WOMEN else SIBLING))
