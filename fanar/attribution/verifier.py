"""The attribution report on a text: its quotations of the Quran and hadith, and their references. Knows nothing of HTTP or of repair."""

from __future__ import annotations

import time
from dataclasses import replace

from fanar.arabic.script import language_hint
from fanar.attribution.found import Quotation
from fanar.attribution.marking import marked_text
from fanar.attribution.quotations import QuotationFinder
from fanar.bilingual import Bilingual
from fanar.findings import AttributionReport, Check, MarkedText, QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import find_references

ALL: frozenset[Check] = frozenset(("quran", "hadith", "references"))

_NO_SUCH_VERSE = Bilingual("The text refers to a verse that does not exist.", "في النص إحالة إلى آية غير موجودة.")
_WRONG_REFERENCE = Bilingual("A quotation is ascribed to a verse in which it does not stand.", "في النص آية منسوبة إلى غير موضعها.")
_MISQUOTED = Bilingual("A quotation differs from the text of the Quran.", "في النص اقتباس يخالف نص القرآن الكريم.")
_NOWHERE = Bilingual("Words presented as the Quran stand nowhere in it.", "في النص كلام منسوب إلى القرآن الكريم وليس فيه.")
_ALTERED_HADITH = Bilingual("A hadith differs from the installed collections.", "في النص حديث يخالف لفظه في المجموعات المثبتة.")
_NO_SUCH_HADITH = Bilingual(
    "Words presented as a hadith stand in none of the installed collections.", "في النص كلام منسوب إلى الحديث وليس في المجموعات المثبتة."
)
_WRONG_COLLECTION = Bilingual("A hadith is credited to a collection that does not hold it.", "في النص حديث منسوب إلى كتاب ليس فيه.")
_WEAK_HADITH = Bilingual("A hadith is graded weak or fabricated by its source.", "في النص حديث حكم عليه مصدره بالضعف أو الوضع.")
_UNSOUND = frozenset(("daif", "mawdu"))


class ScriptureVerifier:
    """An AttributionVerifier for quotations of the Quran, and of hadith where `finder` has collections; it needs no model."""

    def __init__(self, scripture: ScriptureIndex, *, finder: QuotationFinder | None = None) -> None:
        self._scripture = scripture
        self._finder = finder or QuotationFinder(scripture)

    def verify(self, text: str, *, checks: frozenset[Check] = ALL) -> AttributionReport:
        """Judge `text`. Without the check "references" no claimed reference is judged; without "quran", only verses that claim one."""
        return self._report(text, checks)[1]

    def mark(self, text: str) -> MarkedText:
        """Return `text` with every verified quotation between tags, and the report on it."""
        quotations, report = self._report(text, ALL)
        return MarkedText(marked_text(text, quotations, self._scripture), report)

    def _report(self, text: str, checks: frozenset[Check]) -> tuple[list[Quotation], AttributionReport]:
        begun = time.perf_counter()
        quotations = self._finder.find(text) or self._finder.verse_alone(text)
        quotes = tuple(quotation.finding for quotation in quotations)
        judged = time.perf_counter()
        if "references" not in checks:
            quotes = tuple(replace(quote, claimed_reference=None) for quote in quotes)
        quotes = tuple(quote for quote in quotes if quote.type in checks or quote.claimed_reference is not None)
        unknown = "references" in checks and any(m.unknown and m.certain for m in find_references(text))
        ended = time.perf_counter()
        timings = {"quotations": (judged - begun) * 1e3, "references": (ended - judged) * 1e3}
        share = sum(quote.faithful for quote in quotes) / len(quotes) if quotes else None
        versions = {"quran": self._scripture.version, **self._finder.collections}
        warnings = _warnings(text, quotes, unknown=unknown)
        return quotations, AttributionReport(quotes, share, warnings, timings, versions)


def _warnings(text: str, quotes: tuple[QuoteFinding, ...], *, unknown: bool) -> tuple[str, ...]:
    verses = [quote for quote in quotes if quote.type == "quran"]
    hadith = [quote for quote in quotes if quote.type == "hadith"]
    claims = [quote.claimed_reference for quote in verses if quote.claimed_reference and quote.faithful]
    credits_ = [quote.claimed_reference for quote in hadith if quote.claimed_reference and quote.status != "not_found"]
    warnings = (
        (_MISQUOTED, any(quote.status in ("altered", "diacritic_conflict") for quote in verses)),
        (_NOWHERE, any(quote.status == "not_found" for quote in verses)),
        (_WRONG_REFERENCE, any(claim.correct is False and claim.reference for claim in claims)),
        (_NO_SUCH_VERSE, unknown),
        (_ALTERED_HADITH, any(quote.status in ("altered", "diacritic_conflict") for quote in hadith)),
        (_NO_SUCH_HADITH, any(quote.status == "not_found" for quote in hadith)),
        (_WRONG_COLLECTION, any(claim.correct is False for claim in credits_)),
        (_WEAK_HADITH, any(quote.sources and all(source.grade in _UNSOUND for source in quote.sources) for quote in hadith)),
    )
    language = language_hint(text)
    return tuple(message.in_language(language) for message, applies in warnings if applies)
