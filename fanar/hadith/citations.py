"""Which collections of hadith a text names as its source: «رواه البخاري ومسلم», «(صحيح مسلم: 2564)», "Sahih al-Bukhari 1".

Knows nothing of which hadith stands where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanar.arabic.normalization import normalize_with_offsets
from fanar.hadith.collections import COLLECTIONS

_BOTH = "متفق عليه|متفق علي صحته|الشيخان|الصحيحين|صحيحيهما|الصحيحان|agreed upon|muttafaqun alayh|muttafaqun 'alayh|muttafaq alayh"
_NAMES: dict[str, tuple[str, ...]] = {name: (collection.id,) for collection in COLLECTIONS for name in collection.cited}
_NAMES |= dict.fromkeys(_BOTH.split("|"), ("bukhari", "muslim"))
_SUNAN = ("abudawud", "tirmidhi", "nasai", "ibnmajah")
_NAMES |= {"اصحاب السنن": _SUNAN, "الاربعه": _SUNAN, "الخمسه": (*_SUNAN, "ahmad")}
_NAMES |= dict.fromkeys(("السته", "الجماعه"), ("bukhari", "muslim", *_SUNAN))
_NAMES["السبعه"] = ("bukhari", "muslim", *_SUNAN, "ahmad")
# A Muslim, people called Malik or Ahmad, the city of Riyadh and coming of age are no collections unless something beside them says so.
_EVERYDAY = frozenset(
    ("مسلم", "مالك", "احمد", "الاربعه", "الخمسه", "السته", "السبعه", "الجماعه", "muslim", "malik", "ahmad", "riyadh", "bulugh")
)
# «صحيح الجامع» and «الأدب المفرد للبخاري» are other books of the same people.
_OTHER_BOOKS = re.compile(
    r"صحيح الجامع|السلسله|تفسير|شرح|تخريج|فتح الباري|معجم|البيهقي|الطبراني|الحاكم|ابن حبان|الدارقطني|البزار|ابو يعلي"
    r"|سنن النسايي الكبري|السنن الكبري"
)
# «البخاري في الأدب المفرد» is not his Sahih, nor «النسائي في الكبرى» his Sunan.
_IN_ANOTHER = re.compile(
    r"\s+في\s+(?:كتابه?\s+)?(?:ال)?(?:ادب المفرد|شمايل|تاريخ|تاريخه|كبري|مراسيل|خلق افعال العباد|عمل اليوم والليله|علل)(?!\w)"
)
_EXCEPTED = re.compile(r"(?:الا|سوي|عدا|except)\s+$")
_NAME = re.compile(rf"(?<![\w])(?:و|ل|في|عند)?(?P<name>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?![\w])")
_TOLD_NUMBER = re.compile(r"(?:حديث|رقم|برقم|(?<!\w)ح|hadith|no\.?|number)\W{0,3}(?P<number>\d{1,5})(?!\d)")
_NUMBER = re.compile(r"\W{0,4}(?:رقم )?(?:حديث|الحديث|ح|hadith)?\W{0,2}(?:رقم|برقم|no\.?|number)?\W{0,3}(?P<number>\d{1,5})(?!\d|\s?/)")
_LED_BY = re.compile(
    r"(?:(?<!\w)و?(?:رواه|رواها|روياه|روي|اخرجه|اخرجها|اخرجاه|اخرج|خرجه|خرجاه|صحيح|سنن|جامع|مسند|موطا|الامام|الامامان|الشيخان|كل من|حديث"
    r"|narrated by|reported by|imam"
    r"|sahih|sunan|jami'?|musnad|muwatta'?|musnad of)\s+(?:في\s+)?)+(?:al[- ]|an[- ]|at[- ])?$"
)
_SAYS_SO = re.compile(r"(?:^|[(\[]|(?<!\w)(?:في|عند|عليه|المصدر|من|by))\W*و?$")
_JOINS = re.compile(r"[\s،,*_()\d/:]*(?:و|and |&)?\s*(?:(?:صحيح|سنن|مسند|جامع|الامام|رواه)\s+)*")
_GOES_ON = re.compile(
    r"(?:\s+في\s+(?:صحيحه|سننه|مسنده|جامعه|موطيه|الصحيح|السنن|المسند|الجامع)|[\s*_]*[،,:]?\s*(?:في\s+)?(?:كتاب|باب)\s+[^،,:.\n()\[\]*؛]{1,40}(?=[،,:.\n()\[\]*؛]|$)"
    r"|[\s,:]*(?:book\s+\d{1,3}\W+)?(?:hadith|no\.?|number)\s+(?:no\.?\s+)?\d{1,5}"
    r"|\W{0,3}(?:حديث|الحديث)?\s*(?:رقم|برقم|صفحه|الصفحه|ص|ج)?[\s.:]*\d{1,5}(?:\s*[/:،-]\s*\d{1,5})*(?!\d)|\s*\(\s*[\d/: ]+\))+"
)
_CITES = re.compile(
    r"اخرج|رواه|روي|اخرجه|خرجه|متفق علي|صحيح|سنن|جامع|مسند|موطا|حديث|الشيخان|الصحيح|البخاري|الترمذي|النسايي|ابن ماجه|ابو داود|ابي داود"
    r"|مسلم|احمد|مالك|الدارمي|الاربع|رياض|بلوغ|الادب|مشكاه|الشمايل|narrated|reported|sahih|sunan|muslim|agreed"
    r"|b[uo]kha|tirmi|termi|nasa|nisai|maja|dawud|dawood|daud|muwatta|musnad|darimi|riyad|bulugh|mufrad|mishkat|shama'il|muttafaq"
)


@dataclass(frozen=True, slots=True)
class SourceMention:
    """The collections that a stretch of text names, as written, and the number beside the first; `others`: unknown ones are among them."""

    start: int
    end: int
    text: str
    collections: tuple[str, ...]
    number: str | None
    others: bool = False


def find_sources(text: str) -> SourceMention | None:
    """Return what `text`, the words beside a quotation, names as its source; None where it names none."""
    form = normalize_with_offsets(text)
    normal = form.text.lower()
    if not _CITES.search(normal):
        return None
    others = list(_OTHER_BOOKS.finditer(normal))
    names = _named(
        normal, [match for match in _NAME.finditer(normal) if not any(o.start() <= match.start("name") < o.end() for o in others)]
    )
    if not names:
        return None
    number = _NUMBER.match(normal, names[0].end())
    extent = _extent(normal, names, number.end() if number else 0)
    number = number or _TOLD_NUMBER.search(normal, names[0].end(), extent[1])
    first, end = form.original_span(*extent)
    ids = _collections(normal, names)
    if not ids:
        return None
    return SourceMention(first, end, text[first:end], ids, number["number"] if number else None, others=bool(others))


def _collections(normal: str, names: list[re.Match[str]]) -> tuple[str, ...]:
    """Return the ids of the collections that names mean: without those excepted, and without their authors' other books."""
    excepted = {id_ for match in names for id_ in _NAMES[match["name"]] if _EXCEPTED.search(normal, 0, match.start("name"))}
    meant = (match for match in names if not _IN_ANOTHER.match(normal, match.end("name")))
    return tuple(dict.fromkeys(id_ for match in meant for id_ in _NAMES[match["name"]] if id_ not in excepted))


def _named(normal: str, matches: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the names that surely are those of collections."""
    found: list[re.Match[str]] = []
    for match in matches:
        before = normal[: match.start("name")]
        joined = found and _JOINS.fullmatch(normal, found[-1].end(), match.start("name"))
        if match["name"] not in _EVERYDAY or joined or _LED_BY.search(before) or _SAYS_SO.search(before):
            found.append(match)
    return found


def _extent(normal: str, names: list[re.Match[str]], numbered: int) -> tuple[int, int]:
    """Return the whole of a credit: with its verb, with book, chapter and number, and all that shares its brackets."""
    start = names[0].start("name")
    led = _LED_BY.search(normal[:start])
    start = led.start() if led else start
    end = max(names[-1].end(), numbered)
    goes_on = _GOES_ON.match(normal, end)
    end = goes_on.end() if goes_on else end
    if normal.count("(", start, end) > normal.count(")", start, end) and normal.startswith(")", end):
        end += 1
    opened = max(normal.rfind("(", 0, start), normal.rfind("[", 0, start))
    if opened < 0 or normal[opened:start].count(_CLOSING[normal[opened]]) or start - opened > _WIDEST:
        return start, end
    closer = _CLOSING[normal[opened]]
    close = normal.find(closer, end)
    while close >= 0 and normal.count(normal[opened], opened, close) > normal.count(closer, opened, close) + 1:
        close = normal.find(closer, close + 1)
    return (start, close) if close >= 0 and "\n" not in normal[end:close] else (start, end)


_CLOSING = {"(": ")", "[": "]"}
_WIDEST = 24
