"""Hears that a turn asks whether a claim is true: "true or false: …", «صح ولا غلط: …», «… حقيقة ولا إشاعة؟». Knows no routes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanar.arabic.normalization import normalize

_OR = r" ?(?:/|\b(?:ولا|والا|ام|او|لو|ولي|or|wala|walla|wela|wella|wla|am|aw|lo)\b) ?"
_YES = "sa7|sah|s7|sa7i7|sa7ee7|9a7"
_UNTRUE = normalize("كذب|كذبة|كدب|كدبة|إشاعة|شائعة|إشاعات|خرافة|وهم|مفبرك|مفبركة|فبركة|مزيف|مزيفة|ملفق|فيك")
_UNTRUE_EN = "false|fiction|fake|myth|rumor|rumour|hoax|lie|not true"
_UNTRUE_ARABIZI = "kezb|kizb|kedb|kidb|kdb|kezba|esha3a|isha3a|khorafa|fake"
_WRONG = normalize("غلط|خطأ|خاطئ|خاطئة|لا|مو صحيح|مش صحيح|مب صحيح|ماشي صحيح|مو|مش")
_WRONG_EN = "wrong|incorrect|not"
_WRONG_ARABIZI = "ghalat|ghlat|8alat|khata|khata2|la|la2|fals|mesh sa7"
# What is asked of what is told, and never of what is done.
_TOLD = (
    rf"(?:(?:صحيح|صحيحه|صح|صواب|حقيقه|حقيقي|حقيقيه|صدق|صج|صدك|واقع){_OR}(?:{_UNTRUE})|"
    rf"(?:true|fact|facts|real|truth){_OR}(?:{_UNTRUE_EN})|"
    rf"(?:{_UNTRUE_EN}){_OR}(?:fact|true|truth)|"
    rf"(?:{_YES}|7a2i2a|7a2e2a|7a9i9a|sed9|sod2){_OR}(?:{_UNTRUE_ARABIZI}))"
)
# What may be asked of what one does («صح ولا غلط أن أترك عملي؟»), unless a claim is set off from it.
_RIGHT = (
    rf"(?:(?:صحيح|صحيحه|صح|صواب|حقيقه|حقيقي|صج){_OR}(?:{_WRONG})|"
    rf"(?:right|correct|true){_OR}(?:{_WRONG_EN})|t{_OR}f|"
    rf"(?:{_YES}){_OR}(?:{_WRONG_ARABIZI}))"
)
_BEFORE = (
    r"(?:(?:هل|واش|هذا|هذه|هذي|هاذ|هاد|هاي|ده|دي|هو|هي|يا تري|قولي|قل لي|قلي|الشي|الكلام|الخبر|المعلومه|معلومه|خبر|الحكي|"
    r"هالحكي|هالكلام|هالخبر|هالمعلومه|هالشي|الهضره|الحاجه|please|tell me|quick|is|it|this|hada|hal|el kalam|da|dah|7aki) ){0,4}"
)
_SET_OFF = r" ?(?:[:،,;؛\n.…?؟–—]|-{1,2} )\s*|\s+(?:that|if|ان|انه|انها|بان)\s+"
_FIRST = re.compile(rf"{_BEFORE}(?:{_TOLD}|{_RIGHT})(?:{_SET_OFF})(?!\s*(?:and|و(?:لماذا|ليش|ليه))\b)(?P<claim>.+)", re.DOTALL)
_LAST = re.compile(rf"(?P<claim>.*[^\s:،,;؛.…–—-])[\s:،,;؛.…–—-]++{_TOLD}[\s؟?!.]*", re.DOTALL)
_FEWEST = 3
# One of these stands in every such question, and in few others.
_LISTS = (_UNTRUE, _UNTRUE_EN, _UNTRUE_ARABIZI, _WRONG, _WRONG_EN, _WRONG_ARABIZI, "f")
_OPPOSITES = frozenset(phrase.split()[0] for phrases in _LISTS for phrase in phrases.split("|"))


def asks_whether_true(normal: str, words: Sequence[str]) -> bool:
    """Whether a normalised text of these words is a claim and the question whether it is true, and nothing else."""
    if _OPPOSITES.isdisjoint(words):
        return False
    found = _FIRST.fullmatch(normal) or _LAST.fullmatch(normal)
    return found is not None and len(found["claim"].split()) >= _FEWEST
