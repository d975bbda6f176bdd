"""Sees word by word which of the exact readers a prompt may concern at all: most concern none. Knows nothing of what they read.

What a reader is not asked it cannot answer: a word that one comes to understand has to have a stem here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from fanar.arabic.words import normal_words
from orchestrator.tools.units import begins_unit

_HEAD = 4_000
_LONGEST_WORD = 40
Reader = Literal["tools", "estate", "calendar", "prayer", "zakat", "statistics", "division", "reference", "danger"]

# Searched for in normalised words, so without spaces, hamza or ta marbuta. Each begins with a letter, or with one that opens the word.
_STEMS: tuple[tuple[Reader, str], ...] = (
    (
        "tools",
        # What every question without a number has that names no unit.
        r"هجري|^ه$|تاريخ|نهار|كبيس|زا[يء]?د|ناقص|ضرب|قسم|جذر|ماي|المي|مي[هوتا]|"
        r"hijri|islamic|date|time|leap|plus|minus|divided|root|percent|squared",
    ),
    ("estate", r"مات|توف|هلك|هالك|متوف|ميت|ميراث|ترك|ورث|die|dying|passed|decease|death|inherit|estate|heir|surviv"),
    (
        "calendar",
        r"شعبان|رمضان|قدر|حج|اواخر|عيد|عرف|تاسوع|عاشور|سنه|هجري|مولد|اسرا|معراج|تشريق|ترويه|"
        r"sha'?b|ramad|nights?$|days$|qadr|hij|eid|fitr|adha|bakrid|araf|tasu|ashur|year|ma[wu]l|birthday|isra|tashriq|hajj",
    ),
    (
        "prayer",
        r"فجر|صبح|امساك|سحور|شروق|ظهر|جمع|عصر|مغرب|فطار|غروب|عشا|ليل|ثلث|ذان|ذن|دن|صلا|صلو|قبله|"
        r"fajr|suh|dawn|imsak|sun|dh?[ou]h?r|zh?[ou]h?r|noon|jum|asr|maghrib|iftar|isha|night|third|pray|sala|a[dz]h?an|ibl|direction|way",
    ),
    ("zakat", r"زك|zak"),
    (
        "statistics",
        r"سور|اي|قران|مصحف|كتاب|نزل|مكي|مدني|ركوع|حرف|كلم|مر[اه]|ذكر|كرر|ورد|سجد|"
        r"sura|soora|vers|ay[ae]|qur|koran|chapter|reveal|mecca|makk|medin|madin|ruku|letter|word|times|often|mention|occur|appear|sajd",
    ),
    ("division", r"جز|حزب|حزا|ربع|رباع|صفح|وجه|juz|joz|djuz|par|ajza|h[ie]z|ahzab|quarter|rub|pag|pg"),
    ("reference", r"سور|اي[اه]|قران|مصحف|كرسي|خوات|فواتح|sura|soora|ay[ae]|verse|quran|qur'an|koran|chapter"),
    (
        "danger",
        r"نتحر|نتحار|موت|قتل|ذبح|حياه|حيات|عمري$|عيش|نفسي$|حالي$|روحي$|راسي$|ضرب|عنف|عتد[يت]|غتصب|خنق|حرش|"
        r"myself|life|^all$|die$|dead|suicid|^be$|liv[ei]|^go$|overdos|nta[7h]|inti[7h]|m[ou]+t$|3(?:[iy]|ee|ei)+[cs]h$|9t[eio]?l$|2t[eio]?l$|qt[eio]?l$|"
        r"^hit|^beat|^abus|^rap|^chok|^strang|^punch|^slap|^molest",
    ),
)
_STEM = re.compile(r"(?:\([^()]*\)|\[[^\]]*\]|[^|(\[])+")


def _by_first_letter(stems: str) -> re.Pattern[str]:
    """Return the expression of `stems` with those together that begin alike, which finds them in a quarter of the time."""
    beginning: dict[str, list[str]] = {}
    for stem in dict.fromkeys(_STEM.findall(stems)):
        first, rest = stem.removeprefix("^")[0], stem.removeprefix("^")[1:]
        beginning.setdefault(first, []).append(f"(?<=^{first}){rest}" if stem.startswith("^") else rest)
    return re.compile("|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in beginning.items()))


_PATTERNS = tuple((reader, _by_first_letter(stems)) for reader, stems in _STEMS)
_ANY = _by_first_letter("|".join(stems for _, stems in _STEMS))
_DIGIT = re.compile(r"\d")
# A number that is no Arabizi word.
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_]{3})")


def concerned(text: str) -> frozenset[Reader]:
    """Return the readers that one of the words of `text` may be for; no reader looks further than its head."""
    return _kept(text[:_HEAD])


# The last turn is asked about twice.
@lru_cache(maxsize=8)
def _kept(text: str) -> frozenset[Reader]:
    return frozenset().union(*map(_concerned, {word[:_LONGEST_WORD] for word in normal_words(text)}))


def warm(words: Iterable[str]) -> None:
    """Look at `words` now, so that none of them has to be when it is read."""
    for word in words:
        _concerned(word)


@lru_cache(maxsize=32_768)
def _concerned(word: str) -> frozenset[Reader]:
    found: set[Reader] = {reader for reader, pattern in _PATTERNS if pattern.search(word)} if _ANY.search(word) else set()
    if _DIGIT.search(word):
        found.add("reference")
    if begins_unit(word) or _NUMBER.search(word):
        found.add("tools")
    return frozenset(found)
