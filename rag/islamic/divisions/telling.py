"""What is said of the parts of the mushaf: where they begin and end, what stands in them, where verses stand. Shows no verse itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fanar.bilingual import LANGUAGES, Bilingual, Language
from fanar.scripture.order import Place, place_at, position, references_between
from fanar.scripture.references import VerseReference
from rag.islamic import phrases
from rag.islamic.divisions.table import QUARTERS_OF_A_HIZB, Divisions, Kind, Part
from rag.islamic.exact import ExactReply
from rag.islamic.passages import Passage, named, verses_called

_MOST_SURAHS = 8
_MOST_NEXT = 10
_LINK: Mapping[Kind, str] = {
    "juz": "https://quran.com/juz/{number}",
    "hizb": "https://quran.com/hizb/{number}",
    "quarter": "https://quran.com/rub/{number}",
    "page": "https://quran.com/page/{number}",
}
_NAMES: Mapping[Kind, Bilingual] = {
    "juz": Bilingual("Juz {number}", "الجزء {number}"),
    "hizb": Bilingual("Hizb {number}", "الحزب {number}"),
    "quarter": Bilingual("Quarter {quarter} of hizb {hizb}", "الربع {quarter} من الحزب {hizb}"),
    "page": Bilingual("Page {number}", "الصفحة {number}"),
}
_EXTENT = Bilingual(
    "{part} of the Madina mushaf: from {first} to {last}, {verses} verses{pages}.",
    "{part} من مصحف المدينة: من {first} إلى {last}، وعدد آياته {verses}{pages}.",
)
_PAGES = Bilingual(", pages {first}–{last}", "، في الصفحات {first}–{last}")
_PAGE = Bilingual(", page {first}", "، في الصفحة {first}")
_SURAHS = Bilingual("Surahs: {names}.", "السور: {names}.")
_PLACED = Bilingual(
    "{verses}: {parts}, by the divisions of the Madina mushaf (604 pages).", "{verses}: {parts}، بتقسيم مصحف المدينة (604 صفحات)."
)
_SPAN = Bilingual("{first} to {last}", "{first} إلى {last}")
_HOW = Bilingual("To read on name verses, for example {example}.", "ولقراءة المزيد اذكر الآيات، مثل {example}.")


def shown(parts: Sequence[Part], passages: Sequence[Sequence[Passage]], divisions: Divisions, *, all_wanted: bool = True) -> ExactReply:
    """Return what is said of `parts`, of each of which the verses of `passages` are shown; of what `all_wanted` is of, how to read on."""
    text = Bilingual(*("\n\n".join(_extent(part, divisions, language) for part in parts) for language in LANGUAGES))
    rest = [
        after
        for part, shown_ in zip(parts, passages, strict=True)
        if all_wanted and (after := _continued(part, sum(len(each.verses) for each in shown_))) is not None
    ]
    after = Bilingual("\n".join(each.en for each in rest), "\n".join(each.ar for each in rest)) if rest else None
    data = {"divisions": [_told(part) for part in parts]}
    return ExactReply(text, data=data, passages=tuple(passage for each in passages for passage in each), after=after)


def located(verses: VerseReference, kind: Kind, divisions: Divisions) -> ExactReply:
    """Return where `verses` stand, the wanted kind of part first."""
    kinds: list[Kind] = [kind, *(other for other in _LOCATED if other != kind)]
    first, last = (verses.surah, verses.first), (verses.surah, verses.last)
    lines = [
        _PLACED.in_language(language).format(
            verses=verses_called(verses, language),
            parts=phrases.listed([_span(each, first, last, divisions, language) for each in kinds], language, most=len(kinds)),
        )
        for language in LANGUAGES
    ]
    told = {each: [divisions.holding(each, first).number, divisions.holding(each, last).number] for each in kinds}
    return ExactReply(Bilingual(*lines), data={"divisions": {"verses": str(verses), **told}})


_LOCATED: tuple[Kind, ...] = ("juz", "hizb", "page")


def called(part: Part, language: Language) -> str:
    """Return how a part is called."""
    hizb, quarter = divmod(part.number - 1, QUARTERS_OF_A_HIZB)
    return _NAMES[part.kind].in_language(language).format(number=part.number, hizb=hizb + 1, quarter=quarter + 1)


def _extent(part: Part, divisions: Divisions, language: Language) -> str:
    pages = [divisions.holding("page", place).number for place in (part.first, part.last)]
    paged = (_PAGES if pages[0] != pages[1] else _PAGE).in_language(language).format(first=pages[0], last=pages[1])
    paged = "" if part.kind == "page" else paged
    line = _EXTENT.in_language(language).format(
        part=called(part, language), first=_place(part.first, language), last=_place(part.last, language), verses=part.verses, pages=paged
    )
    names = [named(reference, language) for reference in part.references]
    if len(names) == 1:
        return line
    return f"{line} {_SURAHS.in_language(language).format(names=phrases.listed(names, language, most=_MOST_SURAHS))}"


def _continued(part: Part, shown_: int) -> Bilingual | None:
    if shown_ >= part.verses:
        return None
    url = _LINK[part.kind].format(number=part.number)
    told = phrases.CONTINUED.format(shown=shown_, total=part.verses, url=url)
    return Bilingual("{}. {}", "{}. {}").format(told, _HOW.format(example=_next_verses(part, shown_)))


def _next_verses(part: Part, shown_: int) -> VerseReference:
    """Return the next few verses behind those of a part that were shown, in one surah."""
    rest = references_between(place_at(position(part.first) + shown_), part.last)[0]
    return VerseReference(rest.surah, rest.first, min(rest.last, rest.first + _MOST_NEXT - 1))


def _span(kind: Kind, first: Place, last: Place, divisions: Divisions, language: Language) -> str:
    begin, end = divisions.holding(kind, first), divisions.holding(kind, last)
    if begin == end:
        return called(begin, language)
    return _SPAN.in_language(language).format(first=called(begin, language), last=called(end, language))


def _place(place: Place, language: Language) -> str:
    return named(VerseReference(place[0], place[1], place[1]), language)


def _told(part: Part) -> dict[str, Any]:
    first, last = (f"{surah}:{ayah}" for surah, ayah in (part.first, part.last))
    return {"kind": part.kind, "number": part.number, "first": first, "last": last, "verses": part.verses}
