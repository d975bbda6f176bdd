"""Puts what a text quotes rightly into its source's own words, between tags that name it. Knows nothing of how quotations are found.

A verse becomes the whole verse, a hadith stays in the words that were quoted; behind each stands where it can be read. What cannot be
verified stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from fanar.attribution.found import Quotation
from fanar.findings import QuoteFinding
from fanar.hadith.collections import address
from fanar.protocols import ScriptureIndex

_VERSE = "<quran_start>{text}<quran_end> [{reference}](https://quran.com/{path})"
_HADITH = "<hadith_start>{text}<hadith_end> [{reference}]({url})"
_NOWHERE_TO_READ = "<hadith_start>{text}<hadith_end> [{reference}]"
_ORNATE = "﴿﴾{}"


def marked_text(text: str, quotations: Sequence[Quotation], scripture: ScriptureIndex) -> str:
    """Return `text` with every verified quotation between tags; `quotations` are its own, in order."""
    pieces: list[str] = []
    at = 0
    for quotation in quotations:
        finding = quotation.finding
        if not finding.faithful or finding.reference is None:
            continue
        start, end = _span(text, quotation)
        if start < at:
            continue
        pieces += [text[at:start], _verse(finding.reference, scripture) if finding.type == "quran" else _hadith(text, finding)]
        at = end
    return "".join((*pieces, text[at:]))


def _span(text: str, quotation: Quotation) -> tuple[int, int]:
    """Return what the tags stand for: ornate brackets too, other quotation marks not."""
    ornate = quotation.marked and text[quotation.start] in _ORNATE and text[quotation.end - 1] in _ORNATE
    return (quotation.start, quotation.end) if ornate else (quotation.finding.start, quotation.finding.end)


def _verse(reference: str, scripture: ScriptureIndex) -> str:
    surah, _, ayahs = reference.partition(":")
    first, _, last = ayahs.partition("-")
    texts = [scripture.verse(int(surah), ayah).text for ayah in range(int(first), int(last or first) + 1)]
    return _VERSE.format(text=" ".join(texts), reference=reference, path=reference.replace(":", "/"))


def _hadith(text: str, finding: QuoteFinding) -> str:
    source = finding.sources[0]
    url = source.url or address(source.collection, source.number)
    told = {"text": text[finding.start : finding.end], "reference": f"{source.collection}:{source.number}", "url": url}
    return (_HADITH if url else _NOWHERE_TO_READ).format(**told)
