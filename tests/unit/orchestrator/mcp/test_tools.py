"""The tools as an assistant meets them, over a platform that is a fake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotConfiguredError
from orchestrator.mcp.server import create_server

REFERENCE = {
    "index": 0,
    "number": 1,
    "source": "https://quran.com/2/153",
    "content": "إِنَّ ٱللَّهَ مَعَ ٱلصَّٰبِرِينَ",
    "corpus": "quran",
    "reference": "2:153",
    "translation": None,
    "url": "https://quran.com/2/153",
}
COMPLETION = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "sadiq",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "نعم [1]", "references": [REFERENCE]}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    "metadata": {"routing": {"route": "islamic"}},
}
RESULT = {
    "id": "2:153",
    "corpus": "quran",
    "reference": "2:153",
    "text": "نص",
    "translation": None,
    "url": None,
    "score": 0.9,
    "confident": True,
}
REPORT = {
    "id": "attr-1",
    "support_score": 1.0,
    "quotes": [],
    "claims": [],
    "warnings": [],
    "timings_ms": {"all": 1.0},
    "versions": {"quran": "1"},
}


class FakeService:
    """Answers with what it was given, or raises it; remembers what it was asked."""

    def __init__(self, answer: dict[str, Any] | FanarError) -> None:
        self._answer = answer
        self.asked: list[Any] = []

    async def chat(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._told(body)

    async def search(self, query: str, *, corpora: list[str], top_k: int) -> dict[str, Any]:
        return self._told((query, corpora, top_k))

    async def route(self, prompt: str, *, model: str) -> dict[str, Any]:
        return self._told((prompt, model))

    async def attributions(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._told(body)

    async def transcribe(self, sound: Path, *, model: str, language: str | None = None) -> dict[str, Any]:
        return self._told((sound, model, language))

    async def research(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._told(body)

    async def research_job(self, job_id: str) -> dict[str, Any]:
        return self._told(job_id)

    def _told(self, asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        if isinstance(self._answer, FanarError):
            raise self._answer
        return self._answer


async def test_every_tool_says_what_it_does_takes_and_returns() -> None:
    async with Client(create_server(FakeService(COMPLETION))) as client:
        tools = (await client.list_tools()).tools
    names = [tool.name for tool in tools]
    assert names[:5] == ["ask", "search", "route", "verify_quotations", "divide_inheritance"]
    assert names[5:7] == ["deep_research", "deep_research_result"]
    assert names[7:9] == ["look_up_verses", "count_in_quran"]
    assert names[9:] == ["transcribe_audio", "moderate", "reckon_zakat", "hijri_calendar", "prayer_times", "qibla"]
    for tool in tools:
        assert tool.description
        assert tool.input_schema["properties"]
        assert tool.output_schema
        assert tool.annotations
        assert tool.annotations.read_only_hint


async def test_an_answer_comes_with_its_references_and_its_route() -> None:
    service = FakeService(COMPLETION)
    async with Client(create_server(service)) as client:
        told = await client.call_tool("ask", {"question": "أيهما؟", "system": "Be brief."})
    assert told.structured_content is not None
    assert told.structured_content["answer"] == "نعم [1]"
    assert told.structured_content["references"][0]["reference"] == "2:153"
    assert told.structured_content["routing"] == {"route": "islamic"}
    (asked,) = service.asked
    assert asked["model"] == "Fanar"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]


async def test_search_passes_corpora_and_count_on() -> None:
    service = FakeService({"results": [RESULT]})
    async with Client(create_server(service)) as client:
        told = await client.call_tool("search", {"query": "الصبر", "corpora": ["quran"], "top_k": 3})
    assert told.structured_content is not None
    assert told.structured_content["results"][0]["confident"] is True
    assert service.asked == [("الصبر", ["quran"], 3)]


async def test_a_route_bears_its_reasons() -> None:
    decision = {"route": "islamic", "model": "sadiq", "confidence": 0.9, "reasons": ["rule:verse"], "alternatives": []}
    async with Client(create_server(FakeService(decision))) as client:
        told = await client.call_tool("route", {"prompt": "2:255"})
    assert told.structured_content == decision


async def test_a_report_on_quotations_is_handed_over_whole() -> None:
    service = FakeService(REPORT)
    async with Client(create_server(service)) as client:
        told = await client.call_tool("verify_quotations", {"text": "نص"})
    assert told.structured_content == REPORT
    assert service.asked == [{"text": "نص"}]


@pytest.mark.parametrize(("language", "said"), [("en", "Set FANAR_STAR__URL."), ("ar", "اضبط FANAR_STAR__URL.")])
async def test_a_refusal_is_a_tool_error_with_its_remedy(language: Any, said: str) -> None:
    error = NotConfiguredError(Bilingual("Set FANAR_STAR__URL.", "اضبط FANAR_STAR__URL."))
    async with Client(create_server(FakeService(error), language=language)) as client:
        told = await client.call_tool("ask", {"question": "What is the capital of Qatar?"})
    assert told.is_error
    assert told.content[0].text.endswith(said)  # type: ignore[union-attr]


@pytest.mark.parametrize("answer", [{"nonsense": True}, {**COMPLETION, "choices": []}])
async def test_an_answer_of_something_else_is_a_tool_error(answer: dict[str, Any]) -> None:
    async with Client(create_server(FakeService(answer))) as client:
        told = await client.call_tool("ask", {"question": "Hello"})
    assert told.is_error
    assert "not one of this API" in told.content[0].text  # type: ignore[union-attr]


async def test_a_platform_that_went_away_is_a_tool_error_and_the_next_call_is_served() -> None:
    service = FakeService(ModelUnavailableError(Bilingual("It does not answer.", "لا يجيب.")))
    async with Client(create_server(service)) as client:
        assert (await client.call_tool("route", {"prompt": "2:255"})).is_error
        assert (await client.call_tool("route", {"prompt": "2:255"})).is_error
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("ask", {"question": ""}), ("ask", {}), ("search", {"query": "x", "top_k": 0}), ("search", {"query": "x" * 4001})],
)
async def test_arguments_out_of_bounds_are_refused_before_the_platform_is_asked(tool: str, arguments: dict[str, Any]) -> None:
    service = FakeService(COMPLETION)
    async with Client(create_server(service)) as client:
        assert (await client.call_tool(tool, arguments)).is_error
    assert not service.asked


async def test_an_estate_is_divided_as_the_api_does() -> None:
    async with Client(create_server(FakeService({}))) as client:
        told = await client.call_tool(
            "divide_inheritance", {"deceased": "female", "heirs": {"husband": 1, "full_sister": 2}, "madhab": "maliki"}
        )
    assert told.structured_content["corrected_base"] == 7
    assert [share["fraction"] for share in told.structured_content["shares"]] == ["3/7", "4/7"]


async def test_heirs_that_cannot_be_are_refused_with_the_reason() -> None:
    async with Client(create_server(FakeService({}), language="ar")) as client:
        told = await client.call_tool("divide_inheritance", {"deceased": "male", "heirs": {"husband": 1}, "madhab": "maliki"})
    assert told.is_error
    assert "لا يخلّف الرجل زوجًا" in told.content[0].text


async def test_a_recording_is_written_down() -> None:
    heard = {"text": "نعم", "segments": [{"start": 0.0, "end": 1.0, "speaker": "A", "text": "نعم"}]}
    service = FakeService(heard)
    async with Client(create_server(service)) as client:
        told = await client.call_tool("transcribe_audio", {"path": "/tmp/a.wav", "language": "ar"})
    assert told.structured_content == heard
    assert service.asked == [(Path("/tmp/a.wav"), "Fanar-Aura-STT-LF-1", "ar")]
