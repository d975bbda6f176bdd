"""«Is this a verse?»: checks what the user pasted and says word by word what is right. Knows nothing of how quotations are found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict

from fanar.arabic.script import language_hint
from fanar.attribution.hadith_repair import cited
from fanar.bilingual import Bilingual, Language
from fanar.documents import Citation, Document
from fanar.errors import NotFoundError
from fanar.events import CitationAdded, Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.findings import Difference, HadithSource, QuoteFinding, QuoteStatus
from fanar.messages import ChatRequest
from fanar.protocols import AttributionVerifier, ScriptureIndex
from fanar.streams import closing
from orchestrator.handlers.factcheck import FactChecks, claimed
from orchestrator.options import refuse_generation_options

NAME = "attribution"
_CHECKING = Bilingual("Checking the quotations", "التحقق من الاقتباسات")
_NOTHING = Bilingual(
    "I found no quotation of the Quran in this text, nor of a hadith in the collections that are installed here; "
    "whose saying it is cannot be told from them.",
    "لم أجد في هذا النص اقتباسًا من القرآن الكريم ولا حديثًا في المجموعات المثبتة هنا، فلا يمكن الحكم بها على نسبته.",
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
_HADITH: dict[QuoteStatus, Bilingual] = {
    "exact": Bilingual("exactly as in the collection", "مطابق للفظ المصدر تمامًا"),
    "exact_undiacritised": Bilingual("as in the collection, without its vowel signs", "مطابق للفظ المصدر دون تشكيل"),
    "orthographic_variant": Bilingual("as in the collection, in another spelling", "مطابق للفظ المصدر برسم إملائي آخر"),
    "diacritic_conflict": Bilingual("the letters are right, vowel signs are not", "الحروف صحيحة وفي التشكيل خطأ"),
    "partial": Bilingual("as in the collections, its parts in different narrations", "أجزاؤه في روايات مختلفة في المصادر"),
    "altered": Bilingual("differs from the nearest hadith", "مخالف لأقرب حديث إليه"),
    "not_found": Bilingual("not found in the installed collections of hadith", "غير موجود في مجموعات الحديث المثبتة"),
}
_QUOTED = 200
_MOST_SOURCES = 3


class AttributionHandler:
    """Answers with a verdict for each quotation in the last message; what is asked about without one is held against `facts`' sources."""

    def __init__(self, *, verifier: AttributionVerifier, scripture: ScriptureIndex, facts: FactChecks | None = None) -> None:
        self._verifier = verifier
        self._scripture = scripture
        self._facts = facts

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield the verdicts, each with the right text and its reference."""
        refuse_generation_options(request)
        yield ProgressReported(_CHECKING)
        text = request.prompt
        report = await asyncio.to_thread(self._verifier.verify, text)
        language = language_hint(text)
        claim = claimed(text) if self._facts and not report.quotes else None
        if self._facts and claim:
            async with closing(self._facts.answer(claim)) as events:
                async for event in events:
                    yield event
            return
        if not report.quotes:
            yield TextDelta(_NOTHING.in_language(language), verbatim=True)
        written = 0
        for number, quote in enumerate(report.quotes, start=1):
            verdict = _verdict(number, text, quote, language) + self._nearest(quote, language)
            yield TextDelta(verdict, verbatim=True)
            for citation in self._citations(number, quote, at=written + verdict.find("[")):
                yield CitationAdded(citation)
            written += len(verdict)
        yield ResponseCompleted(
            NAME, metadata={"quotations": [asdict(quote) for quote in report.quotes], "versions": dict(report.versions)}
        )

    def _nearest(self, quote: QuoteFinding, language: Language) -> str:
        """Say which verse words that stand nowhere are nearest to."""
        if quote.nearest is None:
            return ""
        surah, _, ayahs = quote.nearest.partition(":")
        first, _, last = ayahs.partition("-")
        verses = " ".join(self._scripture.verse(int(surah), ayah).text for ayah in range(int(first), int(last or first) + 1))
        said = Bilingual("The nearest verse to it is", "وأقرب الآيات إليه")
        return f"{said.in_language(language)} ({quote.nearest}): ﴿{verses}﴾\n\n"

    def _citations(self, number: int, quote: QuoteFinding, *, at: int) -> Sequence[Citation]:
        if quote.reference is None:
            return ()
        if quote.type == "hadith":
            return (Citation(number, _document(quote.sources[0], quote.correction), at),) if quote.sources else ()
        surah, _, ayahs = quote.reference.partition(":")
        try:
            return (Citation(number, self._scripture.verse(int(surah), int(ayahs.partition("-")[0])), at),)
        except (NotFoundError, ValueError):
            return ()


def _verdict(number: int, text: str, quote: QuoteFinding, language: Language) -> str:
    said = text[quote.start : quote.end]
    shown = said if len(said) <= _QUOTED else said[:_QUOTED] + "…"
    lines = [f"[{number}] «{shown}»: {_verdicts(quote)[quote.status].in_language(language)}{_place(quote, language)}."]
    lines += [_difference(difference, language) for difference in quote.differences[:20]]
    if quote.correction is not None and not quote.faithful:
        lines.append(Bilingual("The text is: ", "والنص هو: ").in_language(language) + _quoted(quote))
    claim = quote.claimed_reference
    if claim is not None and claim.correct is False:
        lines.append(
            Bilingual(f"The reference given, {claim.text}, is wrong.", f"والعزو المذكور ({claim.text}) خطأ.").in_language(language)
        )
    return "\n".join(lines) + "\n\n"


def _place(quote: QuoteFinding, language: Language) -> str:
    if quote.sources:
        return " (" + "؛ ".join(dict.fromkeys(cited(source, language) for source in quote.sources[:_MOST_SOURCES])) + ")"
    return Bilingual(f" ({quote.reference})", f" ({quote.reference})").in_language(language) if quote.reference else ""


def _verdicts(quote: QuoteFinding) -> Mapping[QuoteStatus, Bilingual]:
    return _HADITH if quote.type == "hadith" else _VERDICTS


def _quoted(quote: QuoteFinding) -> str:
    return f"«{quote.correction}»" if quote.type == "hadith" else f"﴿{quote.correction}﴾"


def _document(source: HadithSource, text: str | None) -> Document:
    facts = {"collection": source.collection, "number": source.number, "grade": source.grade}
    return Document(source.reference, source.corpus, source.reference, text or "", url=source.url, metadata=facts)


def _difference(difference: Difference, language: Language) -> str:
    match difference.operation:
        case "inserted":
            said = Bilingual(f"«{difference.found}» is not in the source", f"«{difference.found}» ليست في المصدر")
        case "deleted":
            said = Bilingual(f"«{difference.expected}» is missing", f"سقطت «{difference.expected}»")
        case "substituted" | "vowels":
            found, expected = difference.found, difference.expected
            said = Bilingual(f"«{found}» stands for «{expected}»", f"«{found}» والصواب «{expected}»")
    return "- " + said.in_language(language)
