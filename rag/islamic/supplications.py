"""Answers who asks for a supplication with those that installed collections have for the occasion, word for word. Makes none up.

A supplication is for an occasion if its title, its heading or its own words name it whole: a search result that merely resembles is none.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual, Language
from fanar.documents import Document
from fanar.messages import ChatRequest
from fanar.protocols import Retriever
from rag.analysis import content_words, search_words, stem, telling_roots
from rag.ingest.expansion import Expansion
from rag.islamic.collections.glossary import all_arabic, names_of, read_glossary
from rag.islamic.conversation import asked_in
from rag.islamic.exact import ExactReply, user_turns
from rag.islamic.lexicon import Lexicon, Phrase
from rag.islamic.reading import Concept

_ASKS = normal_forms(
    "دعاء دعا الدعاء أدعية الأدعية ادعيه اذكار أذكار الأذكار ذكر دعوة dua duas du'a supplication supplications "
    "dhikr adhkar azkar invocation"
)
_GIVE = "اعطني|اعطيني|عطني|عطيني|هات|هاتلي|اريد|ابغي|ابي|بدي|عايزه?|عاوزه?|بغيت|لو سمحت|ما|ماهو|وش|شو|ايش|شنو|ايه|هو|هي|في"
_WANTS = re.compile(
    rf"\W*(?:(?:{_GIVE}) )*(?:ال)?(?:دعا|دعوه|ادعيه|اذكار)\s+\w"
    r"|\W*(?:(?:please|give|tell|teach|show|send|me|us|what|is|are|the|a|an|some) )*(?:duas?|du'as?|supplications?|adhkar|azkar)\s+\w"
)
_WHAT_TO_SAY = re.compile(
    r"(?:ماذا|ما|شو|وش|ايش|ايه|شنو|اش) (?:(?:الذي|اللي) )?(?:اقول|بقول|نقول|بنقول|يقال|يقول|تقول|اقوله|نقوله)(?: (?:المسلم|الواحد|احد))?"
    r" (?:عند|اذا|لما|قبل|بعد|حين|عندما|وقت|وانا|مني|فاش|ملي)\b"
    r"|\bwhat (?:do|should|does|must|to|can) (?:(?:i|we|you|one|a muslim|muslims) )?(?:say|recite)"
    r" (?:when|before|after|upon|on|while|if|at)\b"
)
"""Who asks what to say on an occasion asks for a supplication."""
_ASKED = _ASKS | normal_forms(
    "عند قبل بعد اقول أقول نقول يقال بقول بنقول say recite for when before after on"
    " ماذا لما إذا حين عندما وقت يقول تقول أقوله نقوله المسلم الواحد what should muslim muslims upon while"
)
_SAYS = re.compile(r"(?<!\w)(?:اللهم|ربنا|يا رب|رب (?:اغفر|اشرح|زدني|ارحم)|اعوذ|سبحان|الحمد لله|بسم الله|حسبي|لا اله الا)(?!\w)")
_LONGEST = 160
_RETRIEVED, _MOST_SHOWN = 12, 3
_OCCASIONS = ("title", "occasion", "chapter", "question")
"""The metadata that say what a supplication is for."""
_SOURCES = ("book", "source", "grade")
_SAID = Bilingual("From the installed collections, word for word:", "من المجموعات المثبَّتة بنصه:")


@dataclass(frozen=True, slots=True)
class Supplication:
    """One record of a collection."""

    document: Document

    def shown(self, language: Language) -> str:
        """Return it verbatim, with where it stands, and its translation for who reads English."""
        title = _metadata(self.document, _OCCASIONS)[:1]
        place = " · ".join([self.document.corpus, self.document.reference, *_metadata(self.document, _SOURCES)])
        translated = [f"“{self.document.translation}”"] if language == "en" and self.document.translation else []
        return "\n".join([*title, self.document.text, *translated, place])


class SupplicationTalk:
    """Finds supplications with `retriever` in the collections that `names` names when it is asked."""

    name = "supplication"

    def __init__(self, *, retriever: Retriever, names: Callable[[], Sequence[str]], lexicon: Lexicon) -> None:
        self._retriever = retriever
        self._names = names
        self._lexicon = lexicon

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the supplications for what the last turn names; None where it asks for none, or where no collection has one."""
        turns = user_turns(request)
        prompt = turns[-1] if turns else ""
        names = self._names() if _asks(prompt) else ()
        wanted = self._occasion(prompt) if names else []
        if not wanted:
            return None
        chosen = await self._having([[word] for word in wanted], prompt, names) or await self._in_arabic(prompt, names)
        return ExactReply(_SAID, passages=tuple(Supplication(document) for document in chosen)) if chosen else None

    async def _having(self, wanted: Sequence[Sequence[Phrase]], text: str, names: Sequence[str]) -> list[Document]:
        """Return the supplications that name each thing that is wanted, by one of its names."""
        found = await self._retriever.retrieve(text, top_k=_RETRIEVED, corpora=names)
        documents = [each.document for each in found]
        return [document for document in documents if _names_all(document, wanted)][:_MOST_SHOWN]

    async def _in_arabic(self, prompt: str, names: Sequence[str]) -> list[Document]:
        """Return those that a collection has under the Arabic names of what is asked for in English."""
        if asked_in(prompt) != "en":
            return []
        glossary = await asyncio.to_thread(read_glossary)
        words = [word for word in content_words(prompt) if word not in _ASKED]
        things = tuple(glossary.concepts(words, lambda some: [Concept((word,)) for word in some if not self._lexicon.frames(word)]))
        if not all_arabic(things):
            return []
        wanted = [[tuple(content_words(" ".join(name))) for name, _ in thing.phrases] for thing in things]
        return await self._having(wanted, names_of(things), names)

    def _occasion(self, prompt: str) -> list[Phrase]:
        return [(word,) for word in content_words(prompt) if word not in _ASKED and not self._lexicon.frames(word)]


def asks_for_supplication(prompt: str) -> bool:
    """Whether a prompt surely wants a supplication: «دعاء دخول السوق», not «فضل الدعاء»."""
    return _asks(prompt) and (_WANTS.match(normalize(prompt).lower()) is not None or _asks_what_to_say(prompt))


def words_a_supplication(prompt: str) -> bool:
    """Whether a prompt says words of a supplication itself: «دعاء اللهم إنك عفو»."""
    return _SAYS.search(normalize(prompt)) is not None


def _asks(prompt: str) -> bool:
    return 0 < len(prompt) <= _LONGEST and (not _ASKS.isdisjoint(normal_words(prompt)) or _asks_what_to_say(prompt))


def _asks_what_to_say(prompt: str) -> bool:
    return _WHAT_TO_SAY.search(normalize(prompt).lower()) is not None


def _metadata(document: Document, names: Sequence[str]) -> list[str]:
    return [str(told) for name in names if (told := document.metadata.get(name))]


def _names_all(document: Document, wanted: Sequence[Sequence[Phrase]]) -> bool:
    """Whether a supplication names each thing by one of its names: by its words anywhere, or by their roots in its headings."""
    headings = " ".join([*(each.text for each in Expansion.decoded(document.expansion).headings), *_metadata(document, _OCCASIONS)])
    stems = {stem(word) for word in search_words(f"{document.text} {document.translation or ''} {headings}")}
    headed = set(telling_roots(search_words(headings)))
    return all(any(all(_named(word, stems, headed) for word in name) for name in thing) for thing in wanted)


def _named(word: str, stems: Collection[str], roots: Collection[str]) -> bool:
    return stem(word) in stems or any(each in roots for each in telling_roots((word,)))
