"""What is done about a hadith in an answer: a near quotation gets its source's words, and each gets its collection, number and grade.

Knows nothing of streams. That no installed collection has some words does not make them false: they stay, and that is said.
"""

from __future__ import annotations

from typing import Literal

from fanar.attribution.found import Quotation
from fanar.bilingual import Bilingual, Language
from fanar.findings import HadithSource
from fanar.hadith.collections import collection_name
from fanar.hadith.grades import stated

HadithAction = Literal["kept", "cited", "replaced", "flagged"]

_SURELY_THIS_ONE = 0.75
_FLAG = Bilingual(" [These words were found in no installed collection of hadith.]", " [لم يوجد هذا اللفظ في مجموعات الحديث المثبتة.]")
_DIFFERS = Bilingual(" [This is not the wording of the source: {source}.]", " [ليس هذا لفظ المصدر: {source}.]")


def repaired_hadith(text: str, quotation: Quotation, language: Language) -> tuple[int, int, HadithAction, str]:
    """Return which span is replaced, why, and by what."""
    finding = quotation.finding
    said = text[quotation.start : quotation.end]
    if not quotation.marked:
        return quotation.start, quotation.end, "kept", said
    if not finding.sources:
        return quotation.start, quotation.end, "flagged", said + _FLAG.in_language(language)
    source = cited(finding.sources[0], language)
    right = finding.correction
    if finding.faithful or right is None:
        return quotation.start, quotation.end, "cited", f"{said} [{source}]"
    if finding.score < _SURELY_THIS_ONE:
        return quotation.start, quotation.end, "flagged", said + _DIFFERS.in_language(language).format(source=source)
    before, after = text[quotation.start : finding.start], text[finding.end : quotation.end]
    return quotation.start, quotation.end, "replaced", f"{before}{right}{after} [{source}]"


def cited(source: HadithSource, language: Language) -> str:
    """Return a source as readers cite it: collection, number, grade."""
    name = collection_name(source.collection).in_language(language)
    return f"{name} {source.number} · {stated(source.grade).in_language(language)}".replace("  ", " ")
