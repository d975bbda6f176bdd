"""The attribution report on a text: its quotations of the Quran and the references it gives. Knows nothing of HTTP or of repair."""

from __future__ import annotations

import time
from dataclasses import replace

from fanar.arabic.script import language_hint
from fanar.attribution.quotations import QuotationFinder
from fanar.bilingual import Bilingual
from fanar.findings import AttributionReport, Check, QuoteFinding
from fanar.protocols import ScriptureIndex
from fanar.scripture.references import find_references

BOTH: frozenset[Check] = frozenset(("quran", "references"))

_NO_SUCH_VERSE = Bilingual("The text refers to a verse that does not exist.", "في النص إحالة إلى آية غير موجودة.")
_WRONG_REFERENCE = Bilingual("A quotation is ascribed to a verse in which it does not stand.", "في النص آية منسوبة إلى غير موضعها.")
_MISQUOTED = Bilingual("A quotation differs from the text of the Quran.", "في النص اقتباس يخالف نص القرآن الكريم.")
_NOWHERE = Bilingual("Words presented as the Quran stand nowhere in it.", "في النص كلام منسوب إلى القرآن الكريم وليس فيه.")


class ScriptureVerifier:
    """An AttributionVerifier for quotations of the Quran; it needs no model."""

    def __init__(self, scripture: ScriptureIndex, *, finder: QuotationFinder | None = None) -> None:
        self._version = scripture.version
        self._finder = finder or QuotationFinder(scripture)

    def verify(self, text: str, *, checks: frozenset[Check] = BOTH) -> AttributionReport:
        """Judge `text`. Without the check "references" no claimed reference is judged; without "quran", only quotations that claim one."""
        begun = time.perf_counter()
        quotes = tuple(quotation.finding for quotation in self._finder.find(text))
        judged = time.perf_counter()
        if "references" not in checks:
            quotes = tuple(replace(quote, claimed_reference=None) for quote in quotes)
        if "quran" not in checks:
            quotes = tuple(quote for quote in quotes if quote.claimed_reference is not None)
        unknown = "references" in checks and any(m.unknown and m.certain for m in find_references(text))
        ended = time.perf_counter()
        timings = {"quotations": (judged - begun) * 1e3, "references": (ended - judged) * 1e3}
        share = sum(quote.faithful for quote in quotes) / len(quotes) if quotes else None
        return AttributionReport(quotes, share, _warnings(text, quotes, unknown=unknown), timings, {"quran": self._version})


def _warnings(text: str, quotes: tuple[QuoteFinding, ...], *, unknown: bool) -> tuple[str, ...]:
    claims = [quote.claimed_reference for quote in quotes if quote.claimed_reference and quote.faithful]
    warnings = (
        (_MISQUOTED, any(quote.status in ("altered", "diacritic_conflict") for quote in quotes)),
        (_NOWHERE, any(quote.status == "not_found" for quote in quotes)),
        (_WRONG_REFERENCE, any(not claim.correct and claim.reference for claim in claims)),
        (_NO_SUCH_VERSE, unknown),
    )
    language = language_hint(text)
    return tuple(message.in_language(language) for message, applies in warnings if applies)
