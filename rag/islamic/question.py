"""A prompt as the Islamic pipeline understands it. Knows nothing of how it is answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual, Language
from fanar.events import RoutingDecision
from fanar.messages import ChatRequest
from rag.islamic import phrases
from rag.islamic.collections.scope import Scope
from rag.islamic.conversation import asked_in, standalone_question
from rag.islamic.intents import Wish, read_wish
from rag.islamic.supplications import asks_for_supplication, words_a_supplication

_READ = 4_000
_QURANIC = frozenset(("verse", "quran_question", "tafsir", "statistics", "supplication", "validation"))
_OF_THE_QURAN = re.compile(
    r"(?<!\w)(?:[وفبل]|بال|وال|لل)?(?:ال)?(?:قران|ايه|ايات|سوره|سور|مصحف)(?!\w)|\b(?:quran|qur'an|koran|verses?|ayah|ayat|surah?)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in which language, what an answer may rest on, and what is to be noted whatever the answer."""

    request: ChatRequest
    text: str
    language: Language
    wish: Wish
    decision: RoutingDecision
    scope: Scope

    @property
    def intent(self) -> str | None:
        """The router's guess at what is wanted."""
        return self.decision.intent

    @property
    def notes(self) -> tuple[Bilingual, ...]:
        """What is to be said whatever the answer: of the filter of sources, and whom to ask about a treatment."""
        return (*self.scope.notes, phrases.ASK_DOCTOR) if self.wish.medical and not self._names_the_quran else self.scope.notes

    @property
    def notice(self) -> str | None:
        """What a program should know of the answer: that it is no ruling."""
        return "not_a_ruling" if self.wish.ruling or self.wish.grave else None

    @property
    def seeks_supplication(self) -> bool:
        """Whether it asks for a supplication, and not from the Quran alone."""
        return not self._names_the_quran and asks_for_supplication(self.request.prompt)

    @property
    def words_a_supplication(self) -> bool:
        """Whether it says words of a supplication itself, so that what quotes it has it."""
        return words_a_supplication(self.request.prompt)

    @property
    def seeks_hadith(self) -> bool:
        """Whether it asks for a hadith by that name."""
        return self.wish.missing == "hadith" or self.intent == "hadith"

    @property
    def seeks_law(self) -> bool:
        """Whether books of law may answer it: it asks what is lawful, or asks neither for verses nor for what is in the Quran."""
        return self.wish.ruling or not (self.intent in _QURANIC or self._names_the_quran)

    @property
    def _names_the_quran(self) -> bool:
        return _OF_THE_QURAN.search(normalize(self.request.prompt[:_READ]).lower()) is not None


def understood(request: ChatRequest, decision: RoutingDecision, scope: Scope) -> Question:
    """Read a prompt."""
    wish = read_wish(request.prompt, intent=decision.intent)
    return Question(request, standalone_question(request.messages), asked_in(request.prompt), wish, decision, scope)
