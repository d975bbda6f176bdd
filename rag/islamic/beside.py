"""Shows the verse before or after the one that a conversation shows or names: «والآية التي بعدها؟», "the verse after 2:255".

Knows nothing of searching.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual
from fanar.messages import ChatMessage, ChatRequest
from fanar.protocols import ScriptureIndex
from fanar.scripture.order import VERSES, place_at, position, references_between
from fanar.scripture.references import VerseReference, find_references, parse_reference
from fanar.scripture.tokens import COUNTS, DUAL_VERSE_WORDS, PLURAL_VERSE_WORDS, VERSE_WORDS
from rag.islamic.exact import ExactReply
from rag.islamic.passages import Passage, named

_LONGEST, _MOST_WORDS, _FEW_WORDS = 120, 12, 4
_REMEMBERED = 12
_MOST = 10
_AFTER = normal_forms(
    "بعدها بعدهم بعدهما وبعدها بعد بعده تليها يليها يلي التالية تالية والتالية اللاحقة الموالية القادمة الجاية next after following"
)
_BEFORE = normal_forms("قبلها قبلهم قبلهما وقبلها قبل قبله تسبقها يسبقها السابقة والسابقة سابقة previous before preceding prior")
_FRAME = normal_forms(
    "ما وما هي هو وش شو ايش اش ايه طيب طب تمام اقرأ اقرا اقرالي هات هاتلي جيب اعرض اعطني أعطني اعطيني عطني وريني ورني فرجيني اكتب",
    "اريد أريد ابغى بدي عايز نص من فضلك لو سمحت ممكن التي والتي اللي واللي الي الذي لي يا تأتي تجي بتيجي تيجي مباشرة رقم في القرآن",
    "سورة هذه الآن ثم و and the what what's whats is are show read give tell me please it its that this one ones verse ayah comes come",
    "that's which ok then now right immediately of from surah quran can you i want to",
)
_NAMES_ONE = normal_forms("بعد قبل رقم after before") | (VERSE_WORDS - PLURAL_VERSE_WORDS)
_SHOWN = re.compile(r"https://quran\.com/(\d{1,3})/(\d{1,3})(?:-(\d{1,3}))?")
_BEHIND = Bilingual("After {verse}:", "بعد {verse}:")
_AHEAD = Bilingual("Before {verse}:", "قبل {verse}:")
_NONE_BEHIND = Bilingual("{verse} is the last verse of the Quran.", "{verse} آخر آية في القرآن الكريم.")
_NONE_AHEAD = Bilingual("{verse} is the first verse of the Quran.", "{verse} أول آية في القرآن الكريم.")


@dataclass(frozen=True, slots=True)
class _Step:
    """How many verses on, or back for a negative number; from `start` where the turn names it. `plainly`: it speaks of verses."""

    verses: int
    start: VerseReference | None
    plainly: bool


def asks_for_verse_beside(messages: Sequence[ChatMessage]) -> bool:
    """Whether the last turn asks for the verse before or after one that the conversation shows or names, and for nothing else."""
    return _asked(messages) is not None


class BesideTalk:
    """Shows the verses beside others."""

    name = "beside"

    def __init__(self, *, scripture: ScriptureIndex) -> None:
        self._scripture = scripture

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the verses before or after those that the conversation shows last; None where it asks for something else."""
        asked = _asked(request.messages)
        if asked is None:
            return None
        start, verses = asked
        edge = position((start.surah, start.last if verses > 0 else start.first))
        first, last = (edge + 1, edge + verses) if verses > 0 else (edge + verses, edge - 1)
        first, last = max(first, 0), min(last, VERSES - 1)
        said = (_BEHIND if verses > 0 else _AHEAD) if first <= last else _NONE_BEHIND if verses > 0 else _NONE_AHEAD
        text = Bilingual(said.en.format(verse=named(start, "en")), said.ar.format(verse=named(start, "ar")))
        references = references_between(place_at(first), place_at(last)) if first <= last else ()
        return ExactReply(text, passages=tuple(Passage(tuple(self._scripture.verse(*each) for each in one.verses)) for one in references))


def _asked(messages: Sequence[ChatMessage]) -> tuple[VerseReference, int] | None:
    """Return the verses from which to go, and how many on or back."""
    turns = [message for message in messages if message.role in ("user", "assistant")][-_REMEMBERED:]
    step = _step(turns[-1].text) if turns and turns[-1].role == "user" else None
    if step is None:
        return None
    if step.start is not None:
        return step.start, step.verses
    shown = _shown(turns[:-1])
    return (shown, step.verses) if shown and (step.plainly or turns[-2].role == "assistant") else None


def _shown(turns: Sequence[ChatMessage]) -> VerseReference | None:
    """Return the verses that the last answer shows, or the last question names where no answer is told; None for none, or several."""
    if not turns:
        return None
    text = turns[-1].text
    if turns[-1].role == "assistant":
        links = {f"{surah}:{first}-{last or first}" for surah, first, last in _SHOWN.findall(text)}
        found = {verses for link in links if (verses := parse_reference(link)) is not None}
    else:
        found = {mention.reference for mention in find_references(text) if mention.reference and mention.certain}
    return found.pop() if len(found) == 1 else None


def _step(text: str) -> _Step | None:
    """Read a turn that says nothing else."""
    if len(text) > _LONGEST or (_AFTER | _BEFORE).isdisjoint(normal_words(text)):
        return None
    mentions = find_references(text)
    start = mentions[0].reference if len(mentions) == 1 else None
    if start is not None and start.whole_surah:
        return None
    words = normal_words(f"{text[: mentions[0].start]} {text[mentions[0].end :]}" if start else text)
    after, before = _AFTER.intersection(words), _BEFORE.intersection(words)
    counted = [count for word in words if (count := COUNTS.get(word.removeprefix("ال"), 0) or (int(word) if word.isdecimal() else 0))]
    told = _AFTER | _BEFORE | _FRAME | VERSE_WORDS
    plainly = start is not None or not VERSE_WORDS.isdisjoint(words)
    few = len(words) <= (_MOST_WORDS if plainly else _FEW_WORDS)
    others = [word for word in words if not (word in told or word.removeprefix("ال") in COUNTS or word.isdecimal())]
    if bool(after) is bool(before) or not few or others or _is_numbered(words):
        return None
    size = 2 if DUAL_VERSE_WORDS.intersection(words) else max(counted, default=1)
    return _Step(min(size, _MOST) if after else -min(size, _MOST), start, plainly) if size else None


def _is_numbered(words: Sequence[str]) -> bool:
    """Whether digits name a verse, and do not say how many: «الآية بعد 255», not «3 آيات بعدها»."""
    around = zip(words, words[1:], [*words[2:], ""], strict=False)
    return any(word.isdecimal() and before in _NAMES_ONE and behind not in VERSE_WORDS for before, word, behind in around)
