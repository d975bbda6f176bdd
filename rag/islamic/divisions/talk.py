"""Answers who asks for a juz, hizb, quarter or page of the mushaf, or where in them verses stand. Knows nothing of routing.

A prompt is understood only if nothing is left of it beside the parts and the words of such a question: «فضل جزء عم» is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms, normal_words
from fanar.errors import NotFoundError
from fanar.messages import ChatRequest
from fanar.protocols import ScriptureIndex
from fanar.scripture.order import place_at, position, references_between
from fanar.scripture.references import VerseReference, find_references
from rag.islamic.divisions.reading import Named, edge_named, kind_asked, named_parts
from rag.islamic.divisions.table import Divisions, Kind, Part
from rag.islamic.divisions.telling import located, shown
from rag.islamic.exact import ExactReply, user_turns
from rag.islamic.passages import Passage

_LONGEST = 160
_MOST_PARTS = 3
_MOST_VERSES, _SHOWN_OF_MORE = 30, 10
_FRAME = normal_forms(
    "ما هو هي وش شو ايش اش شنو ايه من في إلى على عن أين وين فين منين يبدأ يبدا تبدأ بيبدأ ينتهي تنتهي بيخلص يبتدي بداية نهاية",
    "حدود أول آخر",
    "اقرأ اقرا اقرالي اقرأ لي هات هاتلي جيب جيبلي اعرض اعرضلي اكتب اكتبلي اعطني أعطني اعطيني عطني عطيني وريني ورني فرجيني ابغى",
    "ابي بدي عايز عاوز",
    "بغيت أريد اريد نص آيات ايات الآيات آية سورة سور كامل كاملا كاملة كله كلها كلو من فضلك لو سمحت ممكن يا القرآن قران القران",
    "الكريم المصحف مصحف",
    "المدينة الشريف بتاع ديال تاع تبع هذا ده هاد لي ليا و أيضا الثلاثين تلاوة اتل رقم",
    "what's whats what is are the of in from to on and where does do start starts begin begins end ends show me read recite give get",
    "please text verses verse",
    "quran qur'an koran holy mushaf full whole entire i want would like can you could list open up s it which",
)
_PLACED = _FRAME | normal_forms(
    "أي اي أيّ انهي أنهي انهو أنهو اني أنو آني فأي بأي تقع يقع توجد يوجد موجودة موجود موجوده مكان موقع تجي تيجي كاينة كاين جات",
    "وردت جاءت ضمن",
    "which what where find found located page juz hizb come comes appear appears number under belong belongs contain contains has have",
)
# Without any of these no part of the mushaf is named.
_MAY_NAME = re.compile(r"جز|حزب|حزا|ربع|رباع|صفح|وجه|juz|joz|djuz|par|ajza|h[ie]z|ahzab|quarter|rub|pag|pg")
_ASKS_WHICH = normal_forms("أي اي انهي أنهي انهو أنهو اني أنو كم which what where أين وين فين بأي فأي")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a prompt asks of the mushaf's parts: some of them, or in which of `kind` the verses stand.

    `edge` is how many of the parts' first verses, or as a negative number of their last ones; 0 for all.
    """

    parts: tuple[Named, ...] = ()
    edge: int = 0
    kind: Kind = "juz"
    verses: VerseReference | None = None


def read_asked(text: str) -> Asked | None:
    """Return what a prompt asks, None where it asks something else as well."""
    if len(text) > _LONGEST or not _MAY_NAME.search(normalize(text)):
        return None
    words = normal_words(text)
    parts = named_parts(words)
    if parts:
        taken = {at for part in parts for at in range(part.start, part.end)}
        edge, said = edge_named(words, taken)
        rest = [word for at, word in enumerate(words) if at not in taken and at not in said]
        return Asked(parts=tuple(parts[:_MOST_PARTS]), edge=edge) if _FRAME.issuperset(rest) else None
    return _placed(text, words)


def asks_for_division(text: str) -> bool:
    """Whether a prompt asks for parts of the mushaf, or for where verses stand in it, and nothing else."""
    return read_asked(text) is not None


def _placed(text: str, words: Sequence[str]) -> Asked | None:
    """«في أي جزء سورة الملك», "what page is ayat al-kursi on"."""
    kind = next((kind for word in words if (kind := kind_asked(word))), None)
    if kind is None or _ASKS_WHICH.isdisjoint(words):
        return None
    mention = next((mention for mention in find_references(text) if mention.reference is not None), None)
    if mention is None:
        return None
    rest = [word for word in normal_words(f"{text[: mention.start]} {text[mention.end :]}") if kind_asked(word) is None]
    return Asked(kind=kind, verses=mention.reference) if _PLACED.issuperset(rest) else None


class DivisionsTalk:
    """Shows parts of the mushaf, the long ones by their first verses, and says where verses stand."""

    name = "divisions"

    def __init__(self, *, scripture: ScriptureIndex, divisions: Divisions) -> None:
        self._scripture = scripture
        self._divisions = divisions

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the parts that the last turn asks for; None where it asks for something else."""
        turns = user_turns(request)
        asked = read_asked(turns[-1]) if turns else None
        if asked is None:
            return None
        if asked.verses is not None:
            return located(asked.verses, asked.kind, self._divisions)
        try:
            parts = [self._divisions.part(named.kind, named.number) for named in asked.parts]
        except NotFoundError as unknown:
            return ExactReply(unknown.message, answered=False)
        if asked.edge:
            passages = [self._passages(_at_the_edge(part, asked.edge), _MOST_VERSES) for part in parts]
            return shown(parts, passages, self._divisions, all_wanted=False)
        whole = len(parts) == 1 and parts[0].verses <= _MOST_VERSES
        return shown(parts, [self._passages(part.references, _MOST_VERSES if whole else _SHOWN_OF_MORE) for part in parts], self._divisions)

    def _passages(self, references: Sequence[VerseReference], most: int) -> list[Passage]:
        passages: list[Passage] = []
        for reference in references:
            verses = reference.verses[:most]
            most -= len(verses)
            if verses:
                passages.append(Passage(tuple(self._scripture.verse(*place) for place in verses)))
        return passages


def _at_the_edge(part: Part, edge: int) -> tuple[VerseReference, ...]:
    """Return the first verses of a part, or for a negative number its last ones, surah by surah."""
    size = min(abs(edge), part.verses, _MOST_VERSES)
    first, last = position(part.first), position(part.last)
    return references_between(*map(place_at, (first, first + size - 1) if edge > 0 else (last - size + 1, last)))
