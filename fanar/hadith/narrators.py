"""Whom a text names as the narrators of a hadith: «عن أبي هريرة رضي الله عنه قال: قال رسول الله ﷺ:». Knows nothing of who narrated what."""

from __future__ import annotations

import re

from fanar.arabic.normalization import normalize, normalize_with_offsets
from fanar.findings import Narrators

REACH = 220
"""A chain begins at most so many characters before the words that were narrated."""

_NAMES = (
    "أبي أبو أبا ابن بن أم عبد عبدالله عائشة أنس عمر عمرو عثمان علي معاذ جابر سعد سعيد البراء النعمان حذيفة بلال سلمان خديجة حفصة فاطمة "
    "أسماء معاوية عمران عبادة صهيب سهل عقبة تميم ثوبان المغيرة أسامة زيد جرير كعب طلحة الزبير الحسن الحسين أبيه جده ميمونة صفية سمرة "
    "بريدة جندب عدي وائل نافع سالم مالك عروة عكرمة مجاهد قتادة الزهري الأعمش سفيان شعبة هشام"
)
_NAMED = "|".join(sorted({normalize(name) for name in _NAMES.split()}, key=len, reverse=True))
_TITLES = r"(?:(?:ام المومنين|السيده|سيدنا|الصحابي|الصحابيه|الجليل|الامام|الخليفه)\W+)*"
_PROPHET = r"(?:رسول الله|النبي|الرسول)"
_A_NARRATOR = rf"{_TITLES}\W*(?:(?:{_NAMED})\b|\w+ (?:بن|بنت|ابن)\b|(?:\w+ ){{1,4}}\W?رضي الله عن)"
_FROM = rf"(?:روي\s+)?عن\s+(?:{_A_NARRATOR}|{_PROPHET})"
_TOLD = r"(?:حدثنا|حدثني|اخبرنا|اخبرني|سمعت)\s+\w"
_CHAIN = re.compile(
    rf"(?<!\w)[وف]?(?P<chain>{_FROM}|{_TOLD}|حديث\s+{_A_NARRATOR}"
    rf"|(?:يقول|يروي|تروي|روت|روي|قالت?)\s+{_A_NARRATOR}(?=[^:]{{0,40}}رضي الله عن))"
)
_BLESSING = r"\W*(?:صلي الله عليه(?: واله)?(?: وصحبه)? وسلم|عليه الصلاه والسلام|رضي الله عن(?:هما|هم|ها|ه)|\(ص\))"
_SAID = r"(?:فقال|قال|قالت|يقول|تقول|انه قال|انها قالت|سمعت|ان|انه)"
_ENDS_HEAD = re.compile(
    rf"(?:{_BLESSING}|\W(?:قال|قالت|يقول|تقول|فقال)(?!\w))(?:{_BLESSING}|\W+(?:{_SAID}|{_PROPHET}|عن {_PROPHET})(?!\w))*"
)
# «"قال رسول الله ﷺ: …"»: who speaks is said within the marks.
_SPOKEN = re.compile(rf"\W*(?:(?:و|ف)?(?:{_SAID})\W+)*{_PROPHET}(?:{_BLESSING})?\W*(?:\w+\W+){{0,4}}?(?:قال|يقول)?\s*:")
_BREAKS = re.compile(r'[؟!»”﴾}"\]]|(?<!\d)\.\s|(?<![:*])\n')
_COLON = re.compile(r"\W{0,3}:")
_TRIMMED = " \t\n\"'“«*_>([{-"


def narrators_before(text: str, start: int, *, mark: int | None = None) -> Narrators | None:
    """Return the chain that leads to the words at `start`, in the same sentence; `mark` is where their quotation mark stands."""
    begin = _sentence(text, start if mark is None else mark)
    form = normalize_with_offsets(text[begin:start])
    chain = _CHAIN.search(form.text)
    return _stretch(text, begin + form.offsets[chain.start("chain")], start) if chain else None


def narrators_within(text: str, start: int, end: int) -> Narrators | None:
    """Return the chain with which a stretch of `text` begins, or in the middle of which it begins."""
    begin = _sentence(text, start)
    form = normalize_with_offsets(text[begin : min(end, start + REACH)])
    chain = _CHAIN.search(form.text)
    if chain is None or begin + form.offsets[chain.start()] > start:
        return None
    head = _head_end(form.text, chain.end())
    stop = begin + form.original_span(0, head)[1] if head else 0
    return _stretch(text, begin + form.offsets[chain.start("chain")], stop) if stop > start else None


def _sentence(text: str, start: int) -> int:
    """Return where the sentence begins that goes on at `start`, no further back than a chain reaches."""
    begin = max(0, start - REACH)
    breaks = [match.end() for match in _BREAKS.finditer(text, begin, start) if text[match.end() : start].strip(_TRIMMED)]
    return breaks[-1] if breaks else begin


def spoken_from(text: str, start: int, end: int) -> int:
    """Return where the words themselves begin in a stretch that first says who spoke them, with a colon between; else `start`."""
    if text.find(":", start, min(end, start + REACH)) < 0:
        return start
    form = normalize_with_offsets(text[start : min(end, start + REACH)])
    spoken = _SPOKEN.match(form.text)
    at = _head_end(form.text, 0) if _CHAIN.match(form.text.lstrip()) else spoken.end() if spoken else 0
    return start + form.original_span(0, at)[1] if at and form.text[at - 1] == ":" else start


def _head_end(form: str, at: int) -> int:
    """Return where the chain that is open at `at` ends, with the colon behind it; 0 where nothing shows an end."""
    head = _ENDS_HEAD.search(form, at)
    if head is None:
        return 0
    colon = _COLON.match(form, head.end())
    return colon.end() if colon else head.end()


def _stretch(text: str, start: int, end: int) -> Narrators | None:
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return Narrators(text[start:end], start, end) if end > start else None
