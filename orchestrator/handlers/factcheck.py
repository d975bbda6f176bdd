"""«هل صحيح أن …»: holds what the user asks about against the installed sources. Knows nothing of how claims are judged.

What no source here speaks of is said to be just that; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from fanar.arabic.normalization import normalize_with_offsets
from fanar.arabic.script import language_hint
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual, Language
from fanar.claims import ClaimFinding, TextInquiry
from fanar.documents import Citation
from fanar.events import CitationAdded, Event, ProgressReported, ResponseCompleted, TextDelta
from orchestrator.attributions import whole
from orchestrator.platform import Attributing
from orchestrator.verified import document_of, report_of

NAME = "attribution"
_FRAME = re.compile(
    r"^\W*(?:(?:please|من فضلك|لو سمحت)\W+)?(?:"
    r"(?:حقيقه|صحيح)\s+ام\s+(?:خرافه|خطا|خيال|كذب)|صح\s+(?:ام|ولا|او)\s+(?:خطا|غلط)|صحيح\s+ولا\s+لا|"
    r"(?:هل|وهل)?\s*(?:صحيح|صح|حقيقي|فعلا|حقا)(?:\s+(?:ان|انه|ما يقال ان|القول ان|القول بان|خبر ان))?|"
    r"هل\s+(?:من الصحيح|يصح)\s+(?:ان|القول ان)|"
    r"(?:تحقق|تاكد|تحققوا)\s+(?:لي\s+)?من\s+(?:صحه\s+|ان\s+)?(?:(?:هذا|هذه)\s+)?(?:الخبر|المعلومه|المعلومات|الادعاء|النص|الجمله|العباره|ان)?|"
    r"fact[- ]?check(?:\s+(?:this|that|the following))?(?:\s+claim)?|(?:is|was)\s+it\s+(?:really\s+)?(?:true|correct|a fact)\s+(?:that)?|"
    r"true or false|verify(?:\s+(?:this|that|the following))?(?:\s+claim)?|check\s+(?:this|the following)\s+claim|is\s+this\s+true"
    r")\s*[:،,\-–؟?]*\s*"
)
_TAIL = re.compile(
    r"(?<=\S)[\s.,;:!?؟،\-–]{1,8}(?:please\s+)?(?:"
    r"fact[- ]?check(?:\s+(?:this|that|it))?|(?:is\s+(?:this|that|it)|true)\s+(?:true|correct|right|or\s+false)|"
    r"هل\s+(?:هذا|ذلك|هذه المعلومه)\s+(?:صحيح|صحيحه|صح)|(?:صح|صحيح)\s+(?:ام|ولا|او)\s+(?:خطا|غلط|لا)|تحقق\s+من\s+(?:هذا|ذلك)"
    r")(?:\s+(?:please|من فضلك|لو سمحت))?\W*$"
)
_SCRIPTURE = normal_forms(
    "آية الآية آيات حديث الحديث أحاديث قرآن القرآن سورة نبوي النبي الرسول رسول الله تعالى verse verses hadith hadiths quran qur'an surah "
    "prophet scripture"
)
_CHECKING = Bilingual("Looking in the sources", "البحث في المصادر")
_UNKNOWN = Bilingual(
    "This cannot be checked with the sources here: none of them says or denies it. `fanar corpora add FILE` adds sources.",
    "لا يمكن التحقق من هذا بالمصادر المتاحة هنا: لا مصدر منها يقوله أو ينفيه. يضيف الأمر `fanar corpora add FILE` مصادر.",
)
_VERDICTS = {
    "supported": Bilingual("Supported by a source", "يؤيده مصدر"),
    "contradicted": Bilingual("Contradicted by a source", "يخالفه مصدر"),
}
_SURE = Bilingual("confidence {:.0%}", "درجة الثقة {:.0%}")
_QUOTES = Bilingual("“{}”", "«{}»")


def claimed(prompt: str) -> str | None:
    """Return what a prompt asks to have checked, without the words that ask; None where it asks about scripture, or asks nothing so."""
    form = normalize_with_offsets(prompt)
    text = form.text.lower()
    frame, tail = _FRAME.match(text), _TAIL.search(text)
    if (frame is None and tail is None) or _SCRIPTURE & set(normal_words(prompt)):
        return None
    places = (*form.offsets, len(prompt))
    start = places[frame.end()] if frame else 0
    end = places[tail.start()] if tail and (frame is None or tail.start() > frame.end()) else len(prompt)
    claim = prompt[start:end].strip().rstrip("؟?").strip(" \"'«»“”")
    return claim or None


class FactChecks:
    """Answers what the user asks to have checked, from the installed corpora."""

    def __init__(self, *, attributions: Attributing) -> None:
        self._attributions = attributions

    async def answer(self, claim: str) -> AsyncIterator[Event]:
        """Yield a verdict for each claim, with its evidence, or the admission that nothing here speaks of it."""
        yield ProgressReported(_CHECKING)
        language = language_hint(claim)
        checked = await whole(self._attributions.check(TextInquiry(claim, checks=frozenset(("claims",)))))
        told = [finding for finding in checked.claims if finding.verdict in _VERDICTS and finding.citations]
        if not told:
            yield TextDelta(_UNKNOWN.in_language(language), verbatim=True)
        written = 0
        for number, finding in enumerate(told, 1):
            text = _told(finding, number, language)
            yield TextDelta(text, verbatim=True)
            yield CitationAdded(Citation(number, document_of(finding.citations[0]), written + text.index(f"[{number}]")))
            written += len(text)
        yield ResponseCompleted(NAME, metadata={"attribution": report_of(checked), "versions": dict(checked.versions)})


def _told(finding: ClaimFinding, number: int, language: Language) -> str:
    quote, cited = _QUOTES.in_language(language), finding.citations[0]
    sure = _SURE.in_language(language).format(finding.score)
    verdict = _VERDICTS[finding.verdict].in_language(language)
    told = f"{quote.format(finding.text)}: {verdict} ({sure}) [{number}]\n{quote.format(' '.join(cited.quote.split()))}"
    # Of an article the title names its outlet and its day.
    return f"{told}{f' — {cited.title}' if cited.title else ''}\n\n"
