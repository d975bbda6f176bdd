"""Several questions in one prompt, answered one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.events import CitationAdded, Event, ProgressReported, ResponseCompleted, RoutingDecision, Usage
from fanar.messages import ChatMessage, ChatRequest
from rag.citations import CitedText, marker
from rag.islamic.several import SeveralAnswers
from tests.unit.rag.islamic.quran import collected, completed, conversation, decided, text_of

TWO = "ما حكم صيام المسافر؟ وهات حديثًا عن الصدق"


class Citing:
    """Cites so many documents in each answer, quotes one stretch of it, and remembers what it was asked."""

    def __init__(self, cites: int, *, confident: bool = True, model: str = "Fanar-Sadiq") -> None:
        self.cites = cites
        self.asked: list[tuple[str, str | None, int]] = []
        self._confident = confident
        self._model = model

    async def answer(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        self.asked.append((request.prompt, decision.intent, len(request.messages)))
        text = CitedText([Document(str(number), "c", f"{request.prompt[:2]}{number}", "t") for number in range(self.cites)])
        yield ProgressReported(Bilingual("p", "p"))
        yield text.verbatim("said: ")
        for number in range(1, self.cites + 1):
            for part in [*text.push(marker(number)), *text.finish(), text.verbatim(" «quoted» ")]:
                yield part
        end = len("said: ") + sum(len(marker(number)) + len(" «quoted» ") for number in range(1, self.cites + 1))
        quotations = [{"start": end - len("«quoted» "), "end": end - 1}]
        metadata = {"confident": self._confident, "corpora": {"c": "1"}, "quotations": quotations, "tool": "t"}
        yield ResponseCompleted(self._model, Usage(3, 4), metadata=metadata)


async def _answers(single: Citing, prompt: str = TWO) -> list[Event]:
    return await collected(SeveralAnswers(single=single).answer(conversation(prompt), decided("ruling")))


async def test_each_question_is_asked_alone_with_its_own_intent() -> None:
    single = Citing(1)
    request = ChatRequest((ChatMessage("user", "first"), ChatMessage("assistant", "said"), ChatMessage("user", TWO)))
    await collected(SeveralAnswers(single=single).answer(request, decided("ruling")))
    assert single.asked == [("ما حكم صيام المسافر", "ruling", 3), ("هات حديثًا عن الصدق", "hadith", 3)]


async def test_answers_stand_under_their_questions_in_order() -> None:
    text = text_of(await _answers(Citing(1)))
    assert text.index("**1. ما حكم صيام المسافر**") < text.index("[1]") < text.index("**2. هات حديثًا عن الصدق**") < text.index("[2]")


async def test_citations_go_on_from_answer_to_answer_and_stand_where_their_markers_do() -> None:
    events = await _answers(Citing(7))
    text = text_of(events)
    citations = [event.citation for event in events if isinstance(event, CitationAdded)]
    assert [citation.number for citation in citations] == list(range(1, 15))
    assert all(text[each.index :].startswith(marker(each.number)) for each in citations)


async def test_quotations_keep_their_places_when_markers_grow() -> None:
    events = await _answers(Citing(7))
    quotations = completed(events).metadata["quotations"]
    assert [text_of(events)[each["start"] : each["end"]] for each in quotations] == ["«quoted»", "«quoted»"]


async def test_one_end_tells_what_went_with_each_part() -> None:
    events = await _answers(Citing(1, confident=False))
    assert [type(event) for event in events].count(ResponseCompleted) == 1
    end = completed(events)
    assert end.usage.total_tokens == 14
    assert end.metadata["confident"] is False
    assert end.metadata["corpora"] == {"c": "1"}
    assert [(part["intent"], part["tool"]) for part in end.metadata["parts"]] == [("ruling", "t"), ("hadith", "t")]


async def test_one_question_is_handed_on_as_it_is() -> None:
    single = Citing(1)
    events = await _answers(single, "ما حكم صيام المسافر؟")
    assert single.asked == [("ما حكم صيام المسافر؟", "ruling", 1)]
    assert "parts" not in completed(events).metadata


async def test_somebody_in_danger_is_not_answered_in_parts() -> None:
    single = Citing(1)
    await _answers(single, f"بدي أنتحر. {TWO}")
    assert [prompt for prompt, _, _ in single.asked] == [f"بدي أنتحر. {TWO}"]


async def test_a_reader_who_leaves_stops_the_answer() -> None:
    answers = SeveralAnswers(single=Citing(1)).answer(conversation(TWO), decided("ruling"))
    async for _ in answers:
        break
    await answers.aclose()  # type: ignore[attr-defined]
