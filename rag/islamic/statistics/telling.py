"""Tells what was counted, by which convention, and shows the first of the verses it stands in. Counts nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fanar.bilingual import LANGUAGES, Bilingual, Language
from fanar.documents import Document
from fanar.scripture.order import place_at, position
from fanar.scripture.references import VerseReference
from fanar.scripture.surahs import SURAHS
from rag.islamic.divisions.table import COUNTS, Divisions
from rag.islamic.exact import ExactReply
from rag.islamic.passages import Passage, named
from rag.islamic.phrases import listed
from rag.islamic.statistics import wording
from rag.islamic.statistics.counting import Counting, Found, Measured, both
from rag.islamic.statistics.queries import (
    Basmala,
    Edge,
    Extreme,
    Frequent,
    LetterCount,
    Occurrences,
    Ordinal,
    Revealed,
    Scope,
    Size,
    Unavailable,
    Untranslated,
)

_WITHOUT_BASMALA, _WITHIN = 9, (27, 30)
_MOST_FORMS, _MOST_PLACES, _MOST_SURAHS, _MOST_SHOWN = 12, 20, 40, 5
_LONGEST_SHOWN = 1


class Telling:
    """Tells the results of one counting. `verses` are those of the Quran, in order."""

    def __init__(self, *, counting: Counting, verses: Sequence[Document], divisions: Divisions) -> None:
        self._counting = counting
        self._verses = verses
        self._divisions = divisions

    def occurrences(self, query: Occurrences) -> ExactReply:
        """Tell how often words occur, in which verses or surahs. Raises NotFoundError for a part of the mushaf that there is not."""
        found = [self._counting.found(phrase, query.scope) for phrase in query.phrases]
        verses = both(found) if query.sought == "verses" else tuple(sorted({at for each in found for at in each.verses}))
        text = self._said(lambda language: "\n".join(self._occurrence_lines(query, found, verses, language)))
        data = {"kind": query.sought, "words": [_told(each) for each in found], "verses": len(verses)}
        return self._reply(text, wording.BY_FORM, data, verses)

    def letter(self, query: LetterCount) -> ExactReply:
        """Tell how often a letter is written."""
        count = self._counting.letter(query.letter, query.scope)
        text = self._said(lambda language: f"«{query.letter}» {self._where(query.scope, language)}: {wording.times(count, language)}.")
        return self._reply(text, wording.BY_LETTER, {"kind": "letter", "letter": query.letter, "count": count})

    def size(self, query: Size) -> ExactReply:
        """Tell how many there are."""
        count = self._counting.size(query.unit, query.scope)
        text = self._said(lambda language: f"{self._where(query.scope, language)}: {wording.counted(count, query.unit, language)}.")
        for unit in query.also:
            more = self._counting.size(unit, query.scope)
            text = Bilingual(f"{text.en} {wording.counted(more, unit, 'en')}.", f"{text.ar} {wording.counted(more, unit, 'ar')}.")
        data: dict[str, Any] = {"kind": "size", "unit": query.unit, "count": count}
        if query.unit == "word":
            everyday = self._counting.everyday_words(query.scope)
            data["everyday_spelling"] = everyday
            text = Bilingual(
                f"{text.en} In everyday spelling, which parts some of them: {everyday:,}.",
                f"{text.ar} وبالرسم الإملائي الذي يفصل بعضها: {everyday:,}.",
            )
        if query.unit == "prostration":
            return self._reply(text, wording.BY_SIGN, data, tuple(self._counting.prostrations(query.scope)))
        convention = {"word": wording.BY_WORDS, "letter": wording.BY_WORDS}.get(query.unit)
        return self._reply(text, convention or (wording.BY_DIVISIONS if query.unit in COUNTS else wording.BY_VERSES), data)

    def extreme(self, query: Extreme) -> ExactReply:
        """Tell which are longest or shortest."""
        ranked = self._counting.extreme(query)
        text = self._said(lambda language: "\n".join(self._ranked_lines(query, ranked, language)))
        data = {"kind": "extreme", "what": query.what, "by": query.by, "ranked": [_measured(query, each) for each in ranked]}
        shown = () if query.what == "surah" else tuple(each.at for each in ranked)
        return self._reply(text, wording.BY_WORDS, data, shown, listed=False)

    def edge(self, query: Edge) -> ExactReply:
        """Tell which surahs or verses begin or end so."""
        verses = self._counting.edge(query)
        words = " ".join(query.words)
        told = _ENDS if query.ending else _BEGINS
        unit = query.what
        text = self._said(
            lambda language: told.in_language(language).format(
                where=self._where(query.scope, language), count=wording.counted(len(verses), unit, language), words=words
            )
        )
        if query.what == "surah":
            names = self._said(
                lambda language: listed([wording.surah_called(place_at(at)[0], language) for at in verses], language, most=_MOST_PLACES)
            )
            text = Bilingual(f"{text.en} {names.en}".rstrip(), f"{text.ar} {names.ar}".rstrip())
        return self._reply(text, wording.BY_FORM, {"kind": "edge", "count": len(verses)}, tuple(verses), listed=query.what == "verse")

    def revealed(self, query: Revealed) -> ExactReply:
        """Tell where a surah was revealed, or which were revealed at a place."""
        if (number := query.surah) is not None:
            place = SURAHS[number - 1].place
            kinds = {"makki": Bilingual("Meccan", "مكية"), "madani": Bilingual("Medinan", "مدنية")}
            text = self._said(lambda language: f"{wording.surah_called(number, language)}: {kinds[place].in_language(language)}.")
            return self._reply(text, wording.BY_PLACE, {"kind": "revealed", "surah": number, "place": place})
        numbers = [surah.number for surah in SURAHS if surah.place == query.place]
        text = self._said(
            lambda language: (
                f"{self._where(Scope(place=query.place), language)}: {wording.counted(len(numbers), 'surah', language)}. "
                f"{listed([wording.surah_called(number, language) for number in numbers], language, most=len(SURAHS))}"
            )
        )
        return self._reply(text, wording.BY_PLACE, {"kind": "revealed", "place": query.place, "count": len(numbers)})

    def frequent(self, query: Frequent) -> ExactReply:
        """Tell which forms occur most often."""
        found = self._counting.frequent(max(query.count, _FREQUENT), query.scope)
        text = self._said(
            lambda language: (
                f"{self._where(query.scope, language)}: "
                f"{listed([f'{form} ({count:,})' for form, count in found], language, most=_MOST_PLACES)}"
            )
        )
        return self._reply(text, wording.BY_FORM, {"kind": "frequent", "forms": dict(found)})

    def ordinal(self, query: Ordinal) -> ExactReply:
        """Tell which surah it is."""
        surah = SURAHS[query.number - 1]
        text = self._said(
            lambda language: f"{wording.surah_called(surah.number, language)}: {wording.counted(surah.verses, 'verse', language)}."
        )
        return self._reply(text, wording.BY_VERSES, {"kind": "ordinal", "surah": surah.number})

    def basmala(self, query: Basmala) -> ExactReply:
        """Tell how many basmalas there are, and where none or a second one is."""
        verses = {"count": ((1, 1), _WITHIN), "without": (), "twice": (_WITHIN,)}[query.asked]
        surah = {"count": None, "without": _WITHOUT_BASMALA, "twice": _WITHIN[0]}[query.asked]
        called = self._said(lambda language: wording.surah_called(surah, language) if surah else "")
        told = wording.BASMALA[query.asked].format(surah=called)
        data = {"kind": "basmala", "surah": surah} if surah else {"kind": "basmala", "count": len(SURAHS)}
        return self._reply(told, wording.BY_BASMALA, data, tuple(position(verse) for verse in verses), listed=False)

    def refused(self, query: Unavailable | Untranslated) -> ExactReply:
        """Say which table is not there, or ask for the Arabic word."""
        if isinstance(query, Unavailable):
            return ExactReply(wording.NO_TABLE[query.table], answered=False, data={"missing": query.table})
        text = self._said(lambda language: wording.ASK_ARABIC.in_language(language).format(word=query.word))
        return ExactReply(text, answered=False, data={"missing_facts": ["arabic_word"]})

    def _occurrence_lines(self, query: Occurrences, found: Sequence[Found], verses: Sequence[int], language: Language) -> list[str]:
        place = self._where(query.scope, language)
        lines = [_occurred(each, place, language) for each in found]
        if query.sought == "verses" and len(found) > 1:
            lines.append(_TOGETHER.in_language(language).format(count=wording.counted(len(verses), "verse", language)))
        if query.sought == "surahs" and verses:
            surahs = Counter(place_at(at)[0] for at in verses)
            order = surahs.most_common() if query.ranked else list(surahs.items())
            names = listed([f"{wording.surah_called(number, language)}: {count}" for number, count in order], language, most=_MOST_SURAHS)
            count = wording.counted(len(surahs), "surah", language, inside=True)
            lines.append(_IN_SURAHS.in_language(language).format(count=count, names=names))
        return lines

    def _ranked_lines(self, query: Extreme, ranked: Sequence[Measured], language: Language) -> list[str]:
        lines = [_RANKED[query.by].in_language(language).format(where=self._where(query.scope, language))]
        for number, each in enumerate(ranked, query.rank):
            sizes = [wording.counted(each.words, "word", language), wording.counted(each.letters, "letter", language)]
            if query.what == "word":
                name, sizes = f"{each.form} ({_place(each.at)})", sizes[1:]
            elif query.what == "surah":
                name, sizes = wording.surah_called(each.at, language), [wording.counted(each.verses, "verse", language), *sizes]
            else:
                surah, ayah = place_at(each.at)
                name = named(VerseReference(surah, ayah, ayah), language)
            lines.append(f"{number}. {name}: {listed(sizes, language, most=len(sizes))}")
        return lines

    def _reply(
        self, text: Bilingual, convention: Bilingual, data: Mapping[str, Any], verses: Sequence[int] = (), *, listed: bool = True
    ) -> ExactReply:
        """Put together what was counted, where, and by which convention."""
        passages = tuple(Passage((self._verses[at],)) for at in verses[:_MOST_SHOWN])
        said = {}
        for language in LANGUAGES:
            lines = [text.in_language(language)]
            if verses and listed:
                told = wording.places(verses, language, most=_MOST_PLACES)
                lines.append(
                    wording.MANY_PLACES.in_language(language).format(count=wording.counted(len(verses), "verse", language), places=told)
                )
            lines.append(convention.in_language(language))
            if len(verses) > len(passages) > _LONGEST_SHOWN:
                lines.append(wording.SHOWN.in_language(language))
            said[language] = "\n\n".join(lines)
        return ExactReply(Bilingual(said["en"], said["ar"]), data={"statistics": dict(data)}, passages=passages)

    def _where(self, scope: Scope, language: Language) -> str:
        part = self._divisions.part(scope.part.kind, scope.part.number) if scope.part else None
        return wording.where(scope.verses, part, scope.place, language)

    def _said(self, told: Callable[[Language], str]) -> Bilingual:
        lines = Bilingual(*(told(language) for language in LANGUAGES))
        return Bilingual(lines.en[:1].upper() + lines.en[1:], lines.ar)


_FREQUENT = 10
_BEGINS = Bilingual("Beginning with «{words}» {where}: {count}.", "ما يبدأ بـ«{words}» {where}: {count}.")
_ENDS = Bilingual("Ending with «{words}» {where}: {count}.", "ما ينتهي بـ«{words}» {where}: {count}.")
_TOGETHER = Bilingual("Together in one verse: {count}.", "اجتمعت في آية واحدة: {count}.")
_IN_SURAHS = Bilingual("In {count}, by the number of verses: {names}.", "في {count}، بعدد الآيات في كل منها: {names}.")
_RANKED = {
    "verse": Bilingual("By the number of verses, {where}:", "بعدد الآيات {where}:"),
    "word": Bilingual("By the number of words, {where}:", "بعدد الكلمات {where}:"),
    "letter": Bilingual("By the number of letters, {where}:", "بعدد الحروف {where}:"),
}
_ALONE = Bilingual("«{phrase}»{spelt} occurs {times} {where} in this form", "وردت «{phrase}»{spelt} {where} بهذه الصورة {times}")
_NOT_ALONE = Bilingual("«{phrase}» does not occur {where} alone, but", "لم ترد «{phrase}» {where} مجردة، ووردت")
_AND = Bilingual(", and", "، و")
_ATTACHED = Bilingual(
    " {times} with particles before it ({forms}); together {total}, in {verses}.",
    "{times} مسبوقة بما يتصل بها من حروف ({forms})؛ والمجموع {total}، في {verses}.",
)
_ONLY = Bilingual(", in {verses}.", "، في {verses}.")


def _occurred(found: Found, place: str, language: Language) -> str:
    phrase = " ".join(found.words)
    alone, attached = sum(found.alone.values()), sum(found.attached.values())
    if not alone + attached:
        return wording.NOWHERE.in_language(language).format(phrase=phrase, where=place)
    spelt = "" if set(found.alone) <= {phrase} else f" ({_forms(found.alone, language)})"
    head = (_ALONE if alone else _NOT_ALONE).in_language(language)
    told = head.format(phrase=phrase, spelt=spelt, where=place, times=wording.times(alone, language))
    verses = wording.counted(len(found.verses), "verse", language, inside=True)
    if not attached:
        return told + _ONLY.in_language(language).format(verses=verses)
    rest = _ATTACHED.in_language(language).format(
        times=wording.times(attached, language), forms=_forms(found.attached, language), total=f"{alone + attached:,}", verses=verses
    )
    joint = _AND.in_language(language) if alone else " " * (language == "ar")
    return f"{told}{joint}{rest}"


def _forms(forms: Mapping[str, int], language: Language) -> str:
    return listed([f"{form} {count:,}" for form, count in forms.items()], language, most=_MOST_FORMS)


def _place(at: int) -> str:
    surah, ayah = place_at(at)
    return f"{surah}:{ayah}"


def _told(found: Found) -> dict[str, Any]:
    alone, attached = sum(found.alone.values()), sum(found.attached.values())
    return {
        "phrase": " ".join(found.words),
        "alone": alone,
        "with_particles": attached,
        "total": alone + attached,
        "forms": {**found.alone, **found.attached},
        "verses": len(found.verses),
        "surahs": len(found.surahs),
    }


def _measured(query: Extreme, each: Measured) -> dict[str, Any]:
    name = {"surah": str(each.at), "word": each.form}.get(query.what) or _place(each.at)
    return {"name": name, "verses": each.verses, "words": each.words, "letters": each.letters}
