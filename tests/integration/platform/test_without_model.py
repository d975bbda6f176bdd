"""What the platform does before any language model is connected."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from orchestrator.serving.processes import identify
from orchestrator.serving.state import RunningModel, forget, write
from rag.ingest.tanzil import load_tanzil
from rag.islamic.telling import NAME_OF_ANSWERER
from tests.fakes.upstream import upstream
from tests.integration.platform.conftest import Opened

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTION = "Which verse says there is no compulsion in religion?"
VERSES = {f"{verse.surah}:{verse.ayah}": verse.text for verse in load_tanzil().verses}


async def ask(bare: Opened, text: str, **fields: Any) -> dict[str, Any]:
    body = {"model": "Fanar", "messages": [{"role": "user", "content": text}], **fields}
    answer = await bare.client.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_verse_comes_back_verbatim_with_its_reference(bare: Opened) -> None:
    body = await ask(bare, "اقرأ آية الكرسي")
    message = body["choices"][0]["message"]
    assert VERSES["2:255"] in message["content"]
    (reference,) = message["references"]
    assert reference["content"] == VERSES["2:255"]
    assert reference["url"] == "https://quran.com/2/255"
    assert message["content"][reference["index"] :].startswith("[1]")
    assert body["metadata"]["routing"]["route"] == "islamic"


async def test_every_verse_cited_for_a_question_is_tanzils(bare: Opened) -> None:
    references = (await ask(bare, "Which verse says there is no compulsion in religion?"))["choices"][0]["message"]["references"]
    assert "2:256" in [reference["reference"] for reference in references]
    assert all(reference["content"] == VERSES[reference["reference"]] for reference in references)


async def test_exact_tool_and_greeting_need_no_model(bare: Opened) -> None:
    assert "36" in (await ask(bare, "كم يساوي 15% من 240؟"))["choices"][0]["message"]["content"]
    assert (await ask(bare, "السلام عليكم"))["metadata"]["routing"]["route"] == "greeting"


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of Qatar?",
        "ترجم إلى الإنجليزية: صباح الخير",
        "اكتب لي قصيدة عن الوطن",
        "ارسم لي قطة",
    ],
)
@pytest.mark.parametrize("stream", [True, False])
async def test_what_is_missing_is_named_with_its_remedy(bare: Opened, text: str, stream: bool) -> None:
    body = {"model": "Fanar", "messages": [{"role": "user", "content": text}], "stream": stream}
    answer = await bare.client.post("/v1/chat/completions", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "model_not_configured")
    assert answer.headers["x-should-retry"] == "false"


async def test_texts_are_read_aloud_but_for_scripture(bare: Opened) -> None:
    body = {"model": "Fanar-Aura-TTS-2", "input": "مرحبا بكم", "voice": "Huda", "response_format": "wav"}
    spoken = await bare.client.post("/v1/audio/speech", json=body)
    assert (spoken.status_code, spoken.content[:4], len(spoken.content) > 20_000) == (200, b"RIFF", True)
    refused = await bare.client.post("/v1/audio/speech", json={**body, "input": "قل هو الله أحد"})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "input")
    recited = await bare.client.post("/v1/audio/speech", json={**body, "model": "Fanar-Sadiq-TTS-1", "input": "قل هو الله أحد"})
    assert (recited.status_code, "fanar recitations add" in recited.json()["error"]["message"]) == (503, True)


async def test_readiness_tells_what_is_there(bare: Opened) -> None:
    found = {each["name"]: each for each in (await bare.client.get("/readyz")).json()["capabilities"]}
    assert found["quran"]["available"]
    assert not found["star"]["available"]
    assert found["star"]["remedy"].startswith("FANAR_STAR__URL=")
    assert found["translation"]["remedy"] == "fanar corpora add quran"
    assert found["documents"]["remedy"]


async def test_only_models_that_are_there_are_listed(bare: Opened) -> None:
    listed = [model["id"] for model in (await bare.client.get("/v1/models")).json()["data"]]
    assert "Fanar" in listed
    assert "Fanar-Sadiq" in listed
    assert "Fanar-S-1-7B" not in listed


async def test_changed_word_of_a_pasted_verse_is_named(bare: Opened) -> None:
    text = "قال تعالى: ﴿إن الله مع الصادقين﴾ [البقرة: 153]"
    (quote,) = (await bare.client.post("/v1/attributions", json={"text": text})).json()["quotes"]
    assert quote["status"] == "altered"
    assert any(text[each["start"] : each["end"]] == "الصادقين" for each in quote["differences"])
    assert quote["correction"] in VERSES["2:153"]


async def test_chat_checks_a_quotation_too(bare: Opened) -> None:
    body = await ask(bare, "هل هذه الآية صحيحة؟ ﴿إن الله مع الصادقين﴾ [البقرة: 153]")
    assert "الصادقين" in body["choices"][0]["message"]["content"]
    assert body["metadata"]["quotations"][0]["status"] == "altered"


async def test_search_marks_what_is_sure(bare: Opened) -> None:
    found = (await bare.client.post("/v1/search", json={"query": "لا إكراه في الدين", "top_k": 3})).json()["results"]
    assert found[0]["id"] == "2:256"
    assert found[0]["confident"]
    missing = await bare.client.post("/v1/search", json={"query": "صلاة", "corpora": ["hadith"]})
    assert missing.status_code == 404


async def test_stream_holds_the_same_answer_as_the_whole(bare: Opened) -> None:
    whole = await ask(bare, "اقرأ سورة الإخلاص")
    body = {"model": "Fanar", "stream": True, "messages": [{"role": "user", "content": "اقرأ سورة الإخلاص"}]}
    frames = (await bare.client.post("/v1/chat/completions", json=body)).text.split("\n\n")
    chunks = [orjson.loads(frame.removeprefix("data: ")) for frame in frames if frame.startswith("data: {")]
    text = "".join(choice["delta"].get("content") or "" for chunk in chunks for choice in chunk["choices"])
    assert text == whole["choices"][0]["message"]["content"]
    assert chunks[-1]["choices"][0]["delta"]["references"] == whole["choices"][0]["message"]["references"]


@pytest.mark.parametrize(("field", "value"), [("n", 2), ("stop", ["a"]), ("logprobs", True), ("response_format", {"type": "json_object"})])
async def test_options_that_a_source_cannot_honour_are_refused_by_name(bare: Opened, field: str, value: object) -> None:
    body = {"model": "Fanar-Sadiq", "messages": [{"role": "user", "content": "ما حكم صيام المسافر؟"}], field: value}
    answer = await bare.client.post("/v1/chat/completions", json=body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, field)


async def test_a_model_that_comes_writes_from_verses_and_one_that_goes_leaves_them_to_speak(bare: Opened, data: Path) -> None:
    async def until(answered_by: str) -> None:
        async with asyncio.timeout(20):
            while (await ask(bare, QUESTION))["metadata"]["routing"]["answered_by"] != answered_by:
                await asyncio.sleep(0.1)

    me = identify(os.getpid())
    await until(NAME_OF_ANSWERER)
    async with upstream() as server:
        write(data, RunningModel("small", "Qwen3 0.6B", ("star", "prime"), "transformers", server.url, "tiny", 4096, (), "ready", me, me))
        try:
            await until("tiny")
        finally:
            forget(data, "small")
        await until(NAME_OF_ANSWERER)
