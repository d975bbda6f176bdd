"""Makes an answer quote rightly: wrong words become the source's, what is no verse goes, a hadith is cited.

It knows nothing of how the answer was written. A whole text is repaired at once; a stream is repaired as it comes, and what it lets
out, put together, is the same text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fanar.arabic.script import shares
from fanar.attribution.announcements import BEFORE
from fanar.attribution.found import Quotation, moved_finding
from fanar.attribution.hadith_repair import repaired_hadith
from fanar.attribution.quotations import QuotationFinder
from fanar.bilingual import Bilingual, Language
from fanar.findings import QuoteFinding
from fanar.hadith.narrators import REACH

Action = Literal["kept", "replaced", "removed", "cited", "flagged"]

_READ_AGAIN_AFTER = 16
"""The part of what is held that must be new before it is read again, as its inverse."""
REMOVED = Bilingual(
    "[A passage ascribed to the Quran was removed here: it does not stand in it.]",
    "[حُذف هنا كلام منسوب إلى القرآن الكريم وليس فيه.]",
)


@dataclass(frozen=True, slots=True)
class RepairedQuotation:
    """One quotation within the repaired text, and what was done to it. The finding's offsets are those of the text as it came."""

    start: int
    end: int
    action: Action
    finding: QuoteFinding


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text and its quotations, in order."""

    text: str
    quotations: tuple[RepairedQuotation, ...]


def repair(text: str, quotations: Sequence[Quotation]) -> Repaired:
    """Return `text` with the verse's words where a verse is altered or wrongly vowelled, and a notice where it is none."""
    return _repaired(text, quotations, 0, len(text))


def _repaired(text: str, quotations: Sequence[Quotation], begin: int, end: int) -> Repaired:
    pieces: list[str] = []
    done: list[RepairedQuotation] = []
    length = 0
    at = begin
    for quotation in quotations:
        finding = quotation.finding
        start, stop, action, replacement = _decision(text, quotation)
        pieces += [text[at:start], replacement]
        length += start - at
        done.append(RepairedQuotation(length, length + len(replacement), action, finding))
        length += len(replacement)
        at = stop
    return Repaired("".join((*pieces, text[at:end])), tuple(done))


def _decision(text: str, quotation: Quotation) -> tuple[int, int, Action, str]:
    """Return which span is replaced, why, and by what."""
    finding = quotation.finding
    before = shares(text[max(0, quotation.start - BEFORE) : quotation.start])
    language: Language = "en" if before.latin > before.arabic else "ar"
    if finding.type == "hadith":
        return repaired_hadith(text, quotation, language)
    if finding.status == "not_found" and quotation.marked:
        return quotation.start, quotation.end, "removed", REMOVED.in_language(language)
    if finding.status in ("altered", "diacritic_conflict") and finding.correction is not None:
        return finding.start, finding.end, "replaced", finding.correction
    return finding.start, finding.end, "kept", text[finding.start : finding.end]


class StreamingGuard:
    """Repairs one stream of text. It holds back what may be a quotation until that is judged, and lets the rest pass at once.

    `quotations` grows as they are judged. What is held is bounded: a quotation that is left open for too long is judged as it stands.
    """

    def __init__(self, finder: QuotationFinder) -> None:
        self._finder = finder
        self._text = ""
        self._begin = 0
        self._dropped = 0
        self._passed = 0
        self._within_straight = False
        self._needed = 0
        self._awaits = ""
        self.quotations: list[RepairedQuotation] = []

    @property
    def findings(self) -> list[QuoteFinding]:
        """What was found so far; offsets are those of the text as it came."""
        return [quotation.finding for quotation in self.quotations]

    def push(self, text: str) -> list[str]:
        """Take the next piece and return what may pass, possibly nothing."""
        self._text += text
        if len(self._text) < self._needed and not any(mark in text for mark in self._awaits):
            return []
        return [] if text.isalpha() else self._pass(final=False)

    def finish(self) -> list[str]:
        """Return what was still held; nothing follows."""
        return self._pass(final=True)

    def _pass(self, *, final: bool) -> list[str]:
        scan = self._finder.scan(self._text, begin=self._begin, final=final, within_straight=self._within_straight)
        repaired = _repaired(self._text, scan.quotations, self._begin, scan.settled)
        for quotation in repaired.quotations:
            self.quotations.append(_moved(quotation, by=self._passed, original=self._dropped))
        self._passed += len(repaired.text)
        # What has passed is still looked at when the words before a quotation are asked who speaks.
        dropped = max(0, scan.settled - max(BEFORE, REACH))
        self._text = self._text[dropped:]
        self._begin = scan.settled - dropped
        self._dropped += dropped
        self._within_straight, self._awaits = scan.within_straight, scan.awaits
        # The more is held, the less often it is worth reading again.
        held = len(self._text) - self._begin
        self._needed = max(scan.needed - dropped, len(self._text) + held // _READ_AGAIN_AFTER)
        return [repaired.text] if repaired.text else []


def _moved(quotation: RepairedQuotation, *, by: int, original: int) -> RepairedQuotation:
    return RepairedQuotation(quotation.start + by, quotation.end + by, quotation.action, moved_finding(quotation.finding, original))
