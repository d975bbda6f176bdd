"""Takes out of a story who is barred from inheriting: who killed, is of another faith, or no child by blood. Knows no shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.modifiers import OPENERS, closed
from rag.islamic.inheritance.reading.tokens import Token

_BARS = re.compile(
    r"(?:ال)?(?:قاتل|قاتلة|قاتلين|كافر|كافرة|كفار|نصراني|نصرانية|نصاري|مسيحي|مسيحية|مسيحيين|يهودي|يهودية|مشرك|مشركة|مرتد|مرتدة|متبني|متبناة)"
    r"|بالتبني|بالرضاع|بالرضاعة"
)
_OF = re.compile(r"(?:ال)?(?:زنا|زني|رضاعة|رضاع|تبني)")
_FAITH = re.compile(r"(?:ال)?(?:مسلم|مسلمة|مسلمين|مسلمان|مسلمتان|مسلمات|مسلمون|مسلمتين)")
_ORDER = frozenset(("اولي", "ثانية", "الاولي", "الثانية", "ثالثة"))
_ENDS = frozenset((")", "،", ",", ".", "؛", ":", "؟", "\n", "؟"))


@dataclass(frozen=True, slots=True)
class Barred:
    """Words without the barred and without what is said of heirs' Islam, and the barred; `whole` are the words with them."""

    words: tuple[Token, ...]
    barred: tuple[Mention, ...]
    whole: tuple[Token, ...]


def without_barred(found: Sequence[Token]) -> Barred:
    """Take out who is barred; the deceased's own faith stays to be asked about."""
    kept: list[Token] = []
    whole: list[Token] = []
    barred: list[Mention] = []
    told = False
    at = 0
    while at < len(found):
        end, bars = _said(found, at)
        start = _kin_before(kept) if end > at else None
        if start is not None and (told or not bars):
            mention = mention_at(kept, start)
            if bars and mention:
                barred.append(mention)
                del kept[start:]
            at = end
            continue
        told |= found[at].form in _LEFT
        kept.append(found[at])
        whole.append(found[at])
        at += 1
    return Barred(tuple(kept), tuple(barred), tuple(whole))


_LEFT = frozenset(
    ("عن", "ترك", "وترك", "تركت", "وتركت", "خلف", "وخلف", "خلفت", "وخلفت", "له", "وله", "لها", "ولها", ":", "نصيب", "يرث", "ترث", "ميراث")
)


def _said(found: Sequence[Token], at: int) -> tuple[int, bool]:
    """Return where «(القاتل)», «غير مسلمة», «من الرضاعة» ends, and whether it bars; `at` where nothing of that is said."""
    start = at
    while start < len(found) and (found[start].form in OPENERS or found[start].form in _ORDER):
        start += 1
    if start >= len(found):
        return at, False
    form = found[start].form
    following = found[start + 1].form if start + 1 < len(found) else ""
    if form in ("غير", "الغير") and _FAITH.fullmatch(following):
        return closed(found, start + 2), True
    if form == "من" and _OF.fullmatch(following):
        return closed(found, start + 2), True
    if form in ("الزنا", "زنا"):
        return closed(found, start + 1), True
    if _BARS.fullmatch(form):
        return closed(found, start + 1), True
    return (closed(found, start + 1), False) if _FAITH.fullmatch(form) else (at, False)


def _kin_before(kept: Sequence[Token]) -> int | None:
    """Return where the mention begins that ends with the last of these words."""
    for start in range(max(0, len(kept) - 6), len(kept)):
        mention = mention_at(kept, start)
        if mention and not mention.options and mention.end == len(kept):
            # «زوجة ابن» is no heir, and her husband is not meant.
            return None
        if mention and mention.options and mention.end == len(kept):
            return start
    return None
