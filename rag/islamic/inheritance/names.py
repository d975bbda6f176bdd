"""What kin are called in Arabic and English. Knows nothing of keys or shares."""

from __future__ import annotations

from functools import lru_cache

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.kin import BASES, Kin, is_male, key_of

_ARABIC = {
    "H": "الزوج",
    "W": "الزوجة",
    "S": "الابن",
    "D": "البنت",
    "F": "الأب",
    "M": "الأم",
    "FF": "الجد (أبو الأب)",
    "MF": "الجد (أبو الأم)",
    "FM": "الجدة (أم الأب)",
    "MM": "الجدة (أم الأم)",
    "Bf": "الأخ الشقيق",
    "Bp": "الأخ لأب",
    "Bm": "الأخ لأم",
    "Zf": "الأخت الشقيقة",
    "Zp": "الأخت لأب",
    "Zm": "الأخت لأم",
    "FBf": "العم الشقيق",
    "FBp": "العم لأب",
    "FBm": "العم لأم",
    "FZf": "العمة الشقيقة",
    "FZp": "العمة لأب",
    "FZm": "العمة لأم",
    "MBf": "الخال الشقيق",
    "MBp": "الخال لأب",
    "MBm": "الخال لأم",
    "MZf": "الخالة الشقيقة",
    "MZp": "الخالة لأب",
    "MZm": "الخالة لأم",
    "FFBf": "عم الأب الشقيق",
    "FFBp": "عم الأب لأب",
}
_STEPS = {"S": "ابن", "D": "بنت", "F": "أبو", "M": "أم"}
_ENGLISH_STEPS = {"S": "son", "D": "daughter", "F": "father", "M": "mother"}
_STRENGTHS = {"f": "الشقيق", "p": "لأب", "m": "لأم"}


@lru_cache(maxsize=1024)
def name_of(kin: Kin) -> Bilingual:
    """Return the name of one such heir."""
    return Bilingual(_english(kin), _arabic(kin))


def called(kin: Kin, count: int) -> Bilingual:
    """Return the name with how many there are, when there are several."""
    name = name_of(kin)
    return name if count == 1 else Bilingual(f"{name.en} ×{count}", f"{name.ar} ({count})")


def listed(kin: dict[Kin, int]) -> Bilingual:
    """Return the names of several kin."""
    names = [called(each, count) for each, count in kin.items()]
    return Bilingual(", ".join(name.en for name in names), "، ".join(name.ar for name in names))


def _english(kin: Kin) -> str:
    if kin in BASES.values():
        return key_of(kin).replace("_", " ")
    if kin[-1] in _ENGLISH_STEPS:
        return f"{_ENGLISH_STEPS[kin[-1]]} of the {_english(kin[:-1])}"
    return f"{key_of(kin[-2:]).replace('_', ' ')} of the {_english(kin[:-2])}"


def _arabic(kin: Kin) -> str:
    if kin in _ARABIC:
        return _ARABIC[kin]
    if kin[-1] in _STEPS:
        return f"{_STEPS[kin[-1]]} {_genitive(kin[:-1])}"
    return (
        f"{'أخو' if is_male(kin) else 'أخت'} {_genitive(kin[:-2])} {_STRENGTHS[kin[-1]] if is_male(kin) or kin[-1] != 'f' else 'الشقيقة'}"
    )


def _genitive(kin: Kin) -> str:
    # «أبو» and «أخو» in the second place of a construct are «أبي» and «أخي», also in brackets.
    name = _arabic(kin).replace("(أبو ", "(أبي ")
    for nominative, genitive in (("أبو ", "أبي "), ("أخو ", "أخي ")):
        if name.startswith(nominative):
            return genitive + name.removeprefix(nominative)
    return name
