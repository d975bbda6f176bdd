"""Takes a prompt apart that asks several things of different kinds: «كم آية في البقرة وما حكم صيام المسافر؟». Knows no answers.

It is taken apart only where each part begins with the words that ask for its kind, where the kinds differ, and where no part leans on
another («وما حكمها»): one question that is torn in two is worse than two that are answered as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fanar.arabic.normalization import NormalizedText, normalize_with_offsets

_LONGEST = 600
_MOST = 5
_BEFORE_FIRST = 40
"""Characters of greeting or address that may stand before the first question."""
_GIVE = (
    r"(?:(?:اعطني|اعطيني|عطني|عطيني|هات|هاتلي|هاتي|جيبلي|جب لي|اذكر(?: لي)?|ابغي|ابي|بدي|عايز|عاوز|بغيت|اريد|ابحث(?: لي)? عن"
    r"|ما(?: هو| هي)?|شو|وش|ايش|شنو|ايه) )?"
)
_OFFER = r"(?:(?:please )?(?:give|tell|show|find|send|quote) me |what(?:'s| is| are) |which )?(?:an? |the |some )?"
_HEADS: Mapping[str, str] = {
    "ruling": (
        r"(?:ما(?: هو)? |وش |ايش |شو |شنو |ايه )?(?:ال)?حكم (?!علي\b)\w+|هل (?:يجوز|تجوز|يصح|يحل|يحرم|ينفع) \w+"
        r"|(?:what(?:'s| is) )?(?:the )?(?:islamic )?ruling (?:on|of|about|for) \w+|is it (?:permissible|allowed|halal|haram|lawful) \w+"
    ),
    "statistics": (
        r"كم (?:عدد )?(?:مره|ايه|سوره|كلمه|حرفا?|ايات|سور|كلمات) \w+"
        r"|كم عدد (?:ايات|سور|كلمات|مرات|حروف) \w+|عدد (?:ايات|سور|كلمات|حروف) \w+"
        r"|how many (?:times|verses|ayahs|ayat|surahs|words|letters) \w+"
    ),
    "supplication": rf"{_GIVE}(?:ال)?(?:دعا|ادعيه|اذكار) \w+|{_OFFER}(?:dua|du'a|supplication|adhkar|azkar) \w+",
    "hadith": rf"{_GIVE}(?:ال)?(?:حديث|حديثا|احاديث) \w+|{_OFFER}hadiths? \w+",
    "tafsir": (
        rf"{_GIVE}(?:ال)?تفسير (?:سوره|ايه|الايه|ايات|قوله)|(?:فسر|اشرح)(?: لي)? (?:سوره|ايه|الايه|قوله)"
        rf"|{_OFFER}tafsir of \w+|explain (?:surah|verse|ayah?t?) \w+"
    ),
    "verse": (
        rf"(?:اقرا|اتل|اعرض|هات|نص)(?: لي)? (?:سوره|ايه|الايه) \w+|{_GIVE}(?:ال)?(?:ايه|ايات) (?:عن|في فضل|تتحدث|تتكلم) \w+"
        r"|(?:read|show|recite)(?: me)? (?:surah \w|verse \w|ayah?t? \w|ayatul? \w|\d{1,3}:\d)"
        rf"|{_OFFER}(?:verses?|ayah?t?) (?:about|on) \w+"
    ),
    "zakat": r"(?:احسب|كم) (?:لي )?(?:ال)?زكاه \w+|(?:calculate|how much) (?:is )?(?:my )?zakat \w+",
    "prayer": r"متي (?:اذان|صلاه|يوذن|موعد) \w+|(?:what are the )?prayer times (?:in|for) \w+|what time is (?:fajr|dhuhr|asr|maghrib|isha)",
}
_HEAD = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _HEADS.items())
_FIRST = re.compile(rf"(?<!\w)(?:{_HEAD})")
_AND = r"وكمان |وبعدين |كمان |ثم |و|and also |and then |and |also |then |plus "
_JOINT = rf"(?:[؟?!.،,;:؛\n]+\s*(?:{_AND})?|\s+(?:{_AND}))"
_NEXT = re.compile(rf"(?P<joint>{_JOINT})(?:{_HEAD})")
_LEANS = re.compile(
    r"\w{2,}(?:ها|هما|هم|هن)(?!\w)"
    r"|(?<!\w)(?:[وفبل]?(?:حكمه|فضله|معناه|تفسيره|دليله|فيه|عنه|منه|له|عليه|به|ذلك|هذا|هذه|هالشي)"
    r"|it|its|this|that|those|these|them|their)(?!\w)"
)
_POINTING = re.compile(r"(?<!\w)[وفبل]?(?:الله|اللهم|مفهم|سهم|درهم|الدرهم|فهم|ابراهيم|منهم|جهنم)(?!\w)")


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One question of a prompt as it is written, and the kind of thing that it asks for."""

    text: str
    intent: str


def parts_of(prompt: str) -> list[AskedPart]:
    """Return the questions of a prompt in order, two or more; nothing where it is one question, or may be."""
    if len(prompt) > _LONGEST:
        return []
    form = normalize_with_offsets(prompt.lower()) if len(prompt.lower()) == len(prompt) else normalize_with_offsets(prompt)
    first = _FIRST.search(form.text)
    if first is None or first.start() > _BEFORE_FIRST:
        return []
    following = list(_NEXT.finditer(form.text, first.end()))
    kinds = [_kind(first), *map(_kind, following)]
    if not 1 < len(kinds) <= _MOST or len(set(kinds)) < 2:
        return []
    starts = [0, *(match.end("joint") for match in following)]
    ends = [*(match.start("joint") for match in following), len(form.text)]
    pieces = [form.text[start:end] for start, end in zip(starts, ends, strict=True)]
    if any(_leans(piece) for piece in pieces[1:]):
        return []
    return [AskedPart(_written(prompt, form, *place), kind) for place, kind in zip(zip(starts, ends, strict=True), kinds, strict=True)]


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _HEADS if match[kind] is not None)


def _leans(piece: str) -> bool:
    return _LEANS.search(_POINTING.sub(" ", piece)) is not None


def _written(prompt: str, form: NormalizedText, start: int, end: int) -> str:
    first, last = form.original_span(start, end)
    return prompt[first:last].strip()
