"""What is to be said of quoted words: their status, differences and canonical text. Knows nothing of how they were found.

`exact` and `exact_undiacritised`: the words of the verse as Uthmani or everyday spelling writes them, also where only a part of the
verse is quoted. `orthographic_variant`: the same words, spelled otherwise. `partial`: the same words, but the first one lacks the
conjunction that joins it to what stands before. `diacritic_conflict`: the letters are right and a vowel contradicts. `altered`: near
a verse, with words changed, added, left out or moved; a clause silently left out is that too. `not_found`: near nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fanar.arabic.normalization import normalize
from fanar.arabic.words import Word
from fanar.attribution.alignment import Aligner
from fanar.attribution.canonical import CanonicalText
from fanar.attribution.gaps import Alignment, Step, StepKind
from fanar.attribution.written import bare, is_vocalised, writes_small_alef
from fanar.findings import FAITHFUL, Difference, Operation, QuoteStatus

_ALTERED_SHARE = 0.6
_ALTERED_SHARE_LONG = 0.5
_LONG = 4
_MOVED = 0.75
# Widely written with fewer alefs than everyday spelling has elsewhere.
_OFTEN_SHORT = (
    "سموات",
    "اسحق",
    "ابرهيم",
    "اسمعيل",
    "هرون",
    "لقمن",
    "سليمن",
    "رحمن",
    "قيمه",
    "صلوه",
    "زكوه",
    "حيوه",
    "ملئكه",
    "ملايكه",
    "طه",
    "يس",
)


_OPERATIONS: dict[StepKind, Operation] = {
    "substituted": "substituted",
    "inserted": "inserted",
    "deleted": "deleted",
    "vowels": "vowels",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one run of quoted words. `places` are the canonical places of each occurrence, the best one first."""

    status: QuoteStatus
    score: float
    differences: tuple[Difference, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    correction: str | None = None

    @property
    def faithful(self) -> bool:
        """Whether the words are the source's words, in any accepted spelling."""
        return self.status in FAITHFUL


NOT_FOUND = Judgement("not_found", 0.0)


class Judge:
    """Judges runs of quoted words."""

    def __init__(self, canon: CanonicalText) -> None:
        self._canon = canon
        self._aligner = Aligner(canon)

    def judge(self, words: Sequence[Word], *, hint: tuple[int, int] = (0, 0)) -> Judgement:
        """Return the verdict on `words`, compared with the whole text, and with the places `hint` where they are said to stand."""
        alignments = [self._strict(words, alignment) for alignment in self._aligner.align(words, hint=hint)]
        if not alignments:
            return NOT_FOUND
        fewest = min(alignment.errors for alignment in alignments)
        alignments = [alignment for alignment in alignments if alignment.errors == fewest]
        # Where the words stand in several verses, the one that the text names is the source.
        alignments.sort(key=lambda a: not (hint[0] <= a.place < hint[1]))
        return self._verdict(words, alignments)

    def _verdict(self, words: Sequence[Word], alignments: list[Alignment]) -> Judgement:
        best = alignments[0]
        total = max(len(words), len(best.steps))
        agreeing = best.agreeing
        # The right words in another order are near too.
        near = max(agreeing + best.similar / 2, self._shared(words, best) * _MOVED) / total
        if best.errors and not (near >= _ALTERED_SHARE or (agreeing >= _LONG and near >= _ALTERED_SHARE_LONG)):
            return NOT_FOUND
        status = self._status(words, best)
        places = tuple(dict.fromkeys((a.place, a.place_end) for a in alignments if a.place < a.place_end))
        right = status in ("exact", "exact_undiacritised")
        correction = None if right else self._canon.verbatim(best.place, best.place_end)
        return Judgement(status, round(agreeing / len(words), 4), self._differences(words, best), places, correction)

    def _shared(self, words: Sequence[Word], alignment: Alignment) -> int:
        """Return how many of the words stand among the canonical ones in any order."""
        there = Counter(self._canon.keys[alignment.place : alignment.place_end])
        return (there & Counter(self._canon.key(word.text) for word in words)).total()

    def _status(self, words: Sequence[Word], alignment: Alignment) -> QuoteStatus:
        kinds = {step.kind for step in alignment.steps}
        if kinds & {"substituted", "inserted", "deleted"}:
            return "altered"
        if "vowels" in kinds:
            return "diacritic_conflict"
        if "clipped" in kinds:
            return "partial"
        if any(not self._is_standard(words, step) for step in alignment.steps):
            return "orthographic_variant"
        return "exact" if sum(is_vocalised(word.text) for word in words) * 2 >= len(words) else "exact_undiacritised"

    def _is_standard(self, words: Sequence[Word], step: Step) -> bool:
        written = "".join(bare(word.text) for word in words[step.first : step.end])
        return step.place_end - step.place > 1 or written in self._canon.spellings(step.place)

    def _strict(self, words: Sequence[Word], alignment: Alignment) -> Alignment:
        """Hold a word that lacks an alef, or the article's lam, against the spelling of its neighbours.

        Uthmani spelling without its marks writes الكتب for الكتاب, and اليل for الليل. Where all words are written so, that is a spelling;
        where the others follow everyday spelling, it is another word.
        """
        alefs = {
            i: self._whose_spelling(words[step.first].text, step.place)
            for i, step in enumerate(alignment.steps)
            if step.kind in ("same", "vowels") and step.end - step.first == 1 == step.place_end - step.place
        }
        if "everyday" not in alefs.values() and "mixed" not in alefs.values():
            return alignment
        steps = tuple(
            replace(step, kind="substituted") if alefs.get(i) in ("uthmani", "mixed") else step for i, step in enumerate(alignment.steps)
        )
        changed = sum(a is not b for a, b in zip(steps, alignment.steps, strict=True))
        return Alignment(steps, alignment.similar + changed)

    def _whose_spelling(self, written: str, place: int) -> str:
        """Say whose alefs and lams the word has, "" where that makes no difference."""
        forms = self._canon.spellings(place)
        if len(forms) < 2 or writes_small_alef(written):
            return ""
        uthmani, everyday, ours = (_left_out(normalize(form)) for form in (forms[0], forms[1], written))
        if uthmani >= everyday or ours > everyday:
            return ""
        if ours == everyday:
            return "everyday"
        if normalize(written).endswith(_OFTEN_SHORT):
            return ""
        return "uthmani" if ours <= uthmani else "mixed"

    def _differences(self, words: Sequence[Word], alignment: Alignment) -> tuple[Difference, ...]:
        found = []
        for step in alignment.steps:
            operation = _OPERATIONS.get(step.kind)
            if operation is None:
                continue
            after = words[step.first - 1].end if step.first else words[0].start
            start = words[step.first].start if step.end > step.first else after
            end = words[step.end - 1].end if step.end > step.first else after
            written = " ".join(word.text for word in words[step.first : step.end])
            expected = self._canon.verbatim(step.place, step.place_end) if step.place_end > step.place else ""
            found.append(Difference(operation, start, end, written, expected))
        return tuple(found)


def _left_out(word: str) -> int:
    """Return how many letters a word has of those that one spelling writes and the other leaves out."""
    return word.count("ا") + word.count("ل")
