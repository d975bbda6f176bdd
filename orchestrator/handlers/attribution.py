"""«Is this a verse?»: checks what the user pasted and says word by word what is right. Knows nothing of how quotations are found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual, Language
from fanar.documents import Citation
from fanar.errors import NotFoundError
from fanar.events import CitationAdded, Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.findings import Difference, QuoteFinding, QuoteStatus
from fanar.messages import ChatRequest
from fanar.protocols import AttributionVerifier, ScriptureIndex
from orchestrator.options import refuse_generation_options

NAME = "attribution"
_CHECKING = Bilingual("Checking the quotations", "التحقق من الاقتباسات")
_NOTHING = Bilingual(
    "I found no quotation of the Quran in this text. Only the Quran can be checked with the sources here: "
    "whether it is a hadith or a saying of someone cannot be told from them.",
    "لم أجد في هذا النص اقتباسًا من القرآن الكريم. المصادر المتاحة هنا لا تتيح التحقق إلا من القرآن، "
    "فلا يمكن الحكم بها على نسبة حديث أو قول.",
)
_VERDICTS: dict[QuoteStatus, Bilingual] = {
    "exact": Bilingual("exactly as in the Quran", "مطابق لنص القرآن تمامًا"),
    "exact_undiacritised": Bilingual("as in the Quran, without its vowel signs", "مطابق لنص القرآن دون تشكيل"),
    "orthographic_variant": Bilingual("as in the Quran, in another spelling", "مطابق لنص القرآن برسم إملائي آخر"),
    "diacritic_conflict": Bilingual("the letters are right, vowel signs are not", "الحروف صحيحة وفي التشكيل خطأ"),
    "partial": Bilingual("part of a verse, with words left out", "جزء من آية حُذفت منه كلمات"),
    "altered": Bilingual("differs from the Quran", "مخالف لنص القرآن"),
    "not_found": Bilingual("not found in the Quran", "غير موجود في القرآن"),
}
_QUOTED = 200


class AttributionHandler:
    """Answers with a verdict for each quotation in the last message."""

    def __init__(self, *, verifier: AttributionVerifier, scripture: ScriptureIndex) -> None:
        self._verifier = verifier
        self._scripture = scripture

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the verdicts, each with the right text and its reference."""
        refuse_generation_options(request)
        yield ProgressReported(_CHECKING)
        text = request.prompt
        report = await asyncio.to_thread(self._verifier.verify, text)
        language = language_hint(text)
        if not report.quotes:
            yield TextDelta(_NOTHING.in_language(language))
        written = 0
        for number, quote in enumerate(report.quotes, start=1):
            verdict = _verdict(number, text, quote, language)
            yield TextDelta(verdict)
            for citation in self._citations(number, quote, at=written + verdict.find("[")):
                yield CitationAdded(citation)
            written += len(verdict)
        yield ResponseCompleted(
            NAME, metadata={"quotations": [asdict(quote) for quote in report.quotes], "versions": dict(report.versions)}
        )

    def _citations(self, number: int, quote: QuoteFinding, *, at: int) -> Sequence[Citation]:
        if quote.reference is None:
            return ()
        surah, _, ayahs = quote.reference.partition(":")
        try:
            return (Citation(number, self._scripture.verse(int(surah), int(ayahs.partition("-")[0])), at),)
        except (NotFoundError, ValueError):
            return ()


def _verdict(number: int, text: str, quote: QuoteFinding, language: Language) -> str:
    said = text[quote.start : quote.end]
    shown = said if len(said) <= _QUOTED else said[:_QUOTED] + "…"
    lines = [f"[{number}] «{shown}»: {_VERDICTS[quote.status].in_language(language)}{_place(quote, language)}."]
    lines += [_difference(difference, language) for difference in quote.differences[:20]]
    if quote.correction is not None and not quote.faithful:
        lines.append(Bilingual("The text is: ", "والنص هو: ").in_language(language) + f"﴿{quote.correction}﴾")
    claim = quote.claimed_reference
    if claim is not None and not claim.correct:
        lines.append(
            Bilingual(f"The reference given, {claim.text}, is wrong.", f"والعزو المذكور ({claim.text}) خطأ.").in_language(language)
        )
    return "\n".join(lines) + "\n\n"


def _place(quote: QuoteFinding, language: Language) -> str:
    return Bilingual(f" ({quote.reference})", f" ({quote.reference})").in_language(language) if quote.reference else ""


def _difference(difference: Difference, language: Language) -> str:
    match difference.operation:
        case "inserted":
            said = Bilingual(f"«{difference.found}» is not in the verse", f"«{difference.found}» ليست في الآية")
        case "deleted":
            said = Bilingual(f"«{difference.expected}» is missing", f"سقطت «{difference.expected}»")
        case "substituted" | "vowels":
            found, expected = difference.found, difference.expected
            said = Bilingual(f"«{found}» stands for «{expected}»", f"«{found}» والصواب «{expected}»")
    return "- " + said.in_language(language)
