"""What of a text to be lettered is scripture, and how it stands there: verses are drawn verbatim from the corpus or not at all.

Knows nothing of drawing.
"""

from __future__ import annotations

from dataclasses import dataclass

from fanar.arabic.normalization import compact
from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError
from fanar.findings import QuoteFinding
from fanar.protocols import AttributionVerifier, ScriptureIndex
from fanar.scripture.references import ReferenceMention, VerseReference, find_references

MOST_VERSES = 12
_FAITHFUL = ("exact", "exact_undiacritised", "orthographic_variant")
_NEAR = 0.7  # the share of words from which a text is taken for a verse that was changed; the shahada is not
_EVERYDAY = 3  # words up to which a phrase is everybody's
_PAUSES = " ۖۗۘۙۚۛۜ"
_ASIDE = " \t\n()[]«»\"'.,:;،؛ﷺ"
_NO_VERSE = Bilingual("There is no such verse.", "لا توجد آية كهذه.")
_TOO_MANY = Bilingual(f"At most {MOST_VERSES} verses are lettered in one picture.", f"تُخط في الصورة الواحدة {MOST_VERSES} آية على الأكثر.")


@dataclass(frozen=True, slots=True)
class LetteredText:
    """The words to draw; `references` are the verses in them, copied from the corpus."""

    text: str
    references: tuple[str, ...] = ()


class ScriptureCare:
    """Puts verses in their own words, by `scripture`; what else is in a text stays as it is."""

    def __init__(self, *, scripture: ScriptureIndex, verifier: AttributionVerifier) -> None:
        self._scripture = scripture
        self._verifier = verifier

    def prepared(self, text: str) -> LetteredText:
        """Return what is drawn for a text: the verses that it names, else itself with each verse that it quotes as the corpus has it.

        Raises UnprocessableError for a verse that is quoted wrongly or in part, and for references to none.
        """
        mentions = find_references(text)
        if mentions and not _beside(text, mentions):
            return self._named(mentions)
        claimed = "﴿" in text
        words = text.replace("﴿", " ").replace("﴾", " ").strip()
        whole = next(iter(self._quotes(f"﴿{words}﴾")), None)
        if whole is not None and whole.status in _FAITHFUL:
            if len(words.split()) <= _EVERYDAY and not claimed:
                return LetteredText(words)
            return LetteredText(self._verbatim(words, whole), (whole.reference or "",))
        if whole is not None and (claimed or (whole.score >= _NEAR and len(words.split()) > _EVERYDAY)):
            raise _altered(whole)
        return self._with_verses(words)

    def _quotes(self, text: str) -> list[QuoteFinding]:
        return [quote for quote in self._verifier.verify(text, checks=frozenset(("quran",))).quotes if quote.type == "quran"]

    def _verbatim(self, words: str, quote: QuoteFinding) -> str:
        """Return words that were quoted rightly as the corpus has them: the part of the verses that they are, else the verses whole."""
        surah, _, ayahs = (quote.reference or "").partition(":")
        first, _, last = ayahs.partition("-")
        whole = " ".join(self._scripture.verse(int(surah), ayah).text for ayah in range(int(first), int(last or first) + 1)).split()
        sought = compact(words)
        for start in range(len(whole)):
            end = start
            while end < len(whole) and len(compact(" ".join(whole[start:end]))) < len(sought):
                end += 1
            if compact(" ".join(whole[start:end])) == sought:
                return " ".join(whole[start:end]).strip(_PAUSES)
        return " ".join(whole)

    def _with_verses(self, text: str) -> LetteredText:
        """Return a text that quotes verses among other words."""
        quotes = self._quotes(text)
        for quote in sorted(quotes, key=lambda each: each.start, reverse=True):
            if quote.status not in _FAITHFUL:
                raise _altered(quote)
            text = text[: quote.start] + self._verbatim(text[quote.start : quote.end], quote) + text[quote.end :]
        return LetteredText(text, tuple(quote.reference or "" for quote in quotes))

    def _named(self, mentions: list[ReferenceMention]) -> LetteredText:
        found = [mention.reference for mention in mentions]
        if any(reference is None for reference in found):
            raise UnprocessableError(_NO_VERSE, param="prompt")
        references = [reference for reference in found if reference is not None]
        if sum(len(reference.verses) for reference in references) > MOST_VERSES:
            raise UnprocessableError(_TOO_MANY, param="prompt")
        return LetteredText(" ".join(self._words(each) for each in references), tuple(map(str, references)))

    def _words(self, reference: VerseReference) -> str:
        try:
            verses = [self._scripture.verse(*place).text for place in reference.verses]
        except NotFoundError:
            raise UnprocessableError(_NO_VERSE, param="prompt") from None
        opens = reference.whole_surah and reference.surah not in (1, 9)
        return " ".join([self._scripture.basmala, *verses] if opens else verses)


def _beside(text: str, mentions: list[ReferenceMention]) -> str:
    """Return what is said besides the references."""
    for mention in reversed(mentions):
        text = text[: mention.start] + text[mention.end :]
    return text.strip(_ASIDE)


def _altered(quote: QuoteFinding) -> UnprocessableError:
    place = quote.reference or quote.nearest
    right = f" ({place})" if place else ""
    return UnprocessableError(
        Bilingual(
            f"The text is near a verse{right} but not its words, and an altered verse is not drawn: name the verse, or quote it rightly.",
            f"النص قريب من آية{right} وليس لفظها، ولا تُرسم آية مغيّرة: سمِّ الآية أو اقتبسها بلفظها.",
        ),
        param="prompt",
    )
