"""`fanar-mcp`, a third party's MCP server for the hosted API, unmodified and driven over stdio."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.clients.observing import RECORDING, Observations, observed_in_python
from tests.clients.serving import Served
from tests.clients.upstreams import ANSWER

# The tools whose service is not there yet: what they call, and the honest error that it is answered with.
# When a service comes, its row goes, and a test of what the tool gives takes its place.
NOT_THERE_YET = {
    "translate": ("404", "Not found"),
    "poem": ("404", "Not found"),
}
WORKS = {
    "pattern",
    "image",
    "transcribe",
    "speech",
    "models",
    "chat",
    "chat_with_system",
    "chat_thinking",
    "islamic_qa",
    "islamic_qa_options",
    "validate",
    "research",
    "moderate",
}


@pytest.fixture(scope="module")
def client(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Observations:
    return observed_in_python("fanar_mcp", server, OUTPUT=str(tmp_path_factory.mktemp("fanar_mcp")), SOUND=str(RECORDING.path))


@pytest.fixture(scope="module")
def calls(client: Observations) -> dict[str, Any]:
    return dict(client.of("tools")["calls"])


def test_every_tool_is_tried(client: Observations) -> None:
    seen = client.of("tools")
    assert len(seen["names"]) == 12
    assert {call["tool"] for call in seen["calls"].values()} == set(seen["names"])


@pytest.mark.parametrize("name", sorted(WORKS))
def test_tool_works(calls: dict[str, Any], name: str) -> None:
    assert not calls[name]["failed"], calls[name]["text"]


def test_models_are_listed(calls: dict[str, Any]) -> None:
    assert {"Fanar", "Fanar-C-2-27B", "Fanar-Sadiq"} <= set(calls["models"]["value"]["models"])


def test_chat_answers(calls: dict[str, Any]) -> None:
    answer = calls["chat"]["value"]
    assert answer["answer"] == ANSWER
    assert answer["usage"]["total_tokens"] > 0
    assert calls["chat_with_system"]["value"]["answer"] == "الدوحة هي عاصمة قطر."


def test_thinking_does_not_leak_into_the_answer(calls: dict[str, Any]) -> None:
    assert calls["chat_thinking"]["value"]["answer"] == ANSWER


def test_an_unknown_model_is_named_as_the_fault(calls: dict[str, Any]) -> None:
    assert calls["chat_unknown_model"]["failed"]
    assert "no model of this id" in calls["chat_unknown_model"]["text"]


def test_islamic_answers_bear_their_references(calls: dict[str, Any]) -> None:
    answer = calls["islamic_qa"]["value"]
    assert "2:255" in [reference["reference"] for reference in answer["references"]]
    assert answer["references"][0]["content"] in answer["answer"]


def test_a_verse_is_validated_in_the_words_of_the_quran(calls: dict[str, Any]) -> None:
    validated = json.dumps(calls["validate"]["value"], ensure_ascii=False)
    assert "<quran_start>" in validated
    assert "https://quran.com/2/153" in validated


def test_speech_is_a_file_of_sound(calls: dict[str, Any]) -> None:
    spoken = calls["speech"]["value"]
    assert spoken["path"].endswith(".mp3")
    assert spoken["bytes"] > 2000


def test_sound_is_written_down(calls: dict[str, Any]) -> None:
    assert calls["transcribe"]["value"]["transcript"].split() == RECORDING.text.split()


@pytest.mark.parametrize("name", ["pattern", "image"])
def test_a_picture_is_a_file(calls: dict[str, Any], name: str) -> None:
    drawn = calls[name]["value"]
    assert drawn["path"].endswith(".png")
    assert drawn["bytes"] > 20_000


def test_research_is_a_job_and_another_ones_is_not_found(calls: dict[str, Any]) -> None:
    assert calls["research"]["value"]["job"]["status"] == "queued"
    assert calls["research"]["value"]["job"]["id"].startswith("research-")
    assert calls["research_result"]["failed"]
    assert "Fanar returned 404 (Not found)" in calls["research_result"]["text"]


def test_moderation_gives_both_scores(calls: dict[str, Any]) -> None:
    judged = calls["moderate"]["value"]
    assert 4 < judged["safety"] <= 5
    assert 4 < judged["cultural_awareness"] <= 5


@pytest.mark.parametrize("name", sorted(NOT_THERE_YET))
def test_a_service_that_is_not_there_says_so(calls: dict[str, Any], name: str) -> None:
    status, code = NOT_THERE_YET[name]
    assert calls[name]["failed"]
    assert f"Fanar returned {status} ({code})" in calls[name]["text"]


def test_a_wrong_key_fails_every_tool_and_is_not_repeated(client: Observations) -> None:
    calls = client.of("tools_with_a_wrong_key")["calls"].values()
    assert all(call["failed"] for call in calls)
    assert not [call for call in calls if "fanar-wrong" in call["text"]]
