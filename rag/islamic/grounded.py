"""Has a language model write an answer from verses, and lets no false word of scripture pass. Knows nothing of routes.

The verses reach the model fenced; what it writes passes a guard that holds back possible quotations until they are judged, then the
markers are read: one that names no passage is taken out. Where the model cites nothing, the verses follow its words.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from fanar.bilingual import Bilingual, Language
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from rag.citations import CitedText
from rag.islamic import phrases
from rag.islamic.composing import marked
from rag.islamic.exact import Showable
from rag.prompts import grounded_instruction, grounded_request

CARE = Bilingual(
    "Give no ruling of your own and no verdict on a person; say what the verses say and name the scholar for the rest. "
    "Quote a verse word for word between ﴿ and ﴾, or paraphrase without these brackets.",
    "لا تُفتِ ولا تحكم على شخص؛ بيّن ما تقوله الآيات وأحِل ما سواه إلى أهل العلم. انقل الآية بنصها بين ﴿ و﴾، أو عبّر عن معناها دون قوسين.",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is to write of passages. `always_shown`: they follow its words whatever it cites, under `rests_on`."""

    care: Bilingual = CARE
    always_shown: bool = False
    rests_on: Bilingual = phrases.RESTS_ON


class QuotationGuard(Protocol):
    """Corrects or removes what is quoted wrongly, while text streams through it."""

    def push(self, text: str) -> list[str]:
        """Take the next piece and return what may pass."""
        ...

    def finish(self) -> list[str]:
        """Return the rest."""
        ...

    @property
    def report(self) -> Sequence[Mapping[str, Any]]:
        """What was judged, and what was done about it, as JSON."""
        ...


class GroundedWriter:
    """Writes with `model`; `guard` makes a guard for one answer."""

    def __init__(self, *, model: ChatModel, guard: Callable[[Language], QuotationGuard]) -> None:
        self._model = model
        self._guard = guard

    def __bool__(self) -> bool:
        """Whether the model is there: one of this machine is false while it is not."""
        return bool(self._model)

    async def write(
        self, request: ChatRequest, passages: Sequence[Showable], *, opening: str, language: Language, manner: Manner | None = None
    ) -> AsyncGenerator[Event, None]:
        """Yield `opening` with the first words of the model, then its answer, and complete with the report on its quotations.

        Nothing is yielded before the model has begun, so that an error until then can still be answered otherwise.
        """
        manner = manner or Manner()
        documents = [passage.document for passage in passages]
        watched = _Watched(self._guard(language), passages, CitedText(documents), language, manner)
        instruction = grounded_instruction(documents, language=language, guidance=manner.care.in_language(language))
        begun = False
        async with closing(self._model.stream(grounded_request(request, instruction))) as events:
            async for event in events:
                if not begun and isinstance(event, TextDelta | ResponseCompleted):
                    begun = True
                    yield watched.cited.verbatim(opening)
                for passed in watched.read(event):
                    yield passed


class _Watched:
    """Reads the model's events through the guard and for their markers."""

    def __init__(self, guard: QuotationGuard, passages: Sequence[Showable], cited: CitedText, language: Language, manner: Manner) -> None:
        self._guard = guard
        self._passages = passages
        self._language = language
        self._manner = manner
        self.cited = cited

    def read(self, event: Event) -> list[Event]:
        match event:
            case TextDelta(text=text):
                return self._passed(self._guard.push(text))
            case ChoiceFinished():
                return []
            case ResponseCompleted():
                rest = [*self._passed(self._guard.finish()), *self.cited.finish()]
                if self._manner.always_shown or (event.finish_reason == "stop" and not self.cited.citations):
                    rest += self._what_it_rests_on()
                report = {"quotations": [dict(each) for each in self._guard.report], "citations_dropped": self.cited.dropped}
                return [*rest, replace(event, metadata={**event.metadata, **report})]
            case _:
                return [event]

    def _what_it_rests_on(self) -> list[Event]:
        # A reader must be able to look up what an answer about religion is made of, also when the model forgot to say it.
        before = self.cited.verbatim(f"\n\n{self._manner.rests_on.in_language(self._language)}")
        return [before, *marked(self.cited, self._passages, language=self._language)]

    def _passed(self, pieces: Sequence[str]) -> list[Event]:
        return [part for piece in pieces for part in self.cited.push(piece)]
