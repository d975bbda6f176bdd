"""Which collections of hadith a text names as its source: «رواه البخاري ومسلم», «(صحيح مسلم: 2564)», "Sahih al-Bukhari 1".

Knows nothing of which hadith stands where.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanar.arabic.normalization import normalize_with_offsets
from fanar.hadith.collections import COLLECTIONS

_BOTH = "متفق عليه|متفق علي صحته|الشيخان|الصحيحين|صحيحيهما|الصحيحان|agreed upon"
_NAMES: dict[str, tuple[str, ...]] = {name: (collection.id,) for collection in COLLECTIONS for name in collection.cited}
_NAMES |= dict.fromkeys(_BOTH.split("|"), ("bukhari", "muslim"))
# «صحيح الجامع» and «الأدب المفرد للبخاري» are other books of the same people.
_OTHER_BOOKS = re.compile(r"صحيح الجامع|السلسله|تفسير|شرح|تخريج|فتح الباري|معجم|البيهقي|الطبراني|الحاكم|ابن حبان|الدارقطني|البزار|ابو يعلي")
_NAME = re.compile(rf"(?<![\w])(?:و|ل|في|عند)?(?P<name>{'|'.join(sorted(map(re.escape, _NAMES), key=len, reverse=True))})(?![\w])")
_NUMBER = re.compile(r"\W{0,4}(?:حديث|الحديث)?\W{0,2}(?:رقم|برقم|no\.?|number)?\W{0,3}(?P<number>\d{1,5})(?!\d)")
_CITES = re.compile(
    r"رواه|روي|اخرجه|خرجه|متفق علي|صحيح|سنن|جامع|مسند|موطا|حديث|الشيخان|الصحيح|البخاري|الترمذي|النسايي|ابن ماجه|ابو داود|ابي داود"
    r"|مسلم|احمد|مالك|الدارمي|الاربع|رياض|بلوغ|الادب|مشكاه|الشمايل|narrated|reported|sahih|sunan|bukhari|muslim|agreed"
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
    names = [match for match in _NAME.finditer(normal) if not any(other.start() <= match.start("name") < other.end() for other in others)]
    if not names:
        return None
    number = _NUMBER.match(normal, names[0].end())
    ends = [names[-1].end(), number.end() if number else 0]
    first, end = form.original_span(names[0].start("name"), max(ends))
    ids = tuple(dict.fromkeys(id_ for match in names for id_ in _NAMES[match["name"]]))
    return SourceMention(first, end, text[first:end], ids, number["number"] if number else None, others=bool(others))
