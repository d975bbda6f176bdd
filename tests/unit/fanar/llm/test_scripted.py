"""The scripted model: which rule answers, and which script is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fanar.errors import ConfigurationError, ModelUnavailableError, UnprocessableError
from fanar.events import ChoiceFinished, Event, TextDelta
from fanar.llm.scripted import Rule, ScriptedChatModel, read_script
from fanar.messages import ChatMessage, ChatRequest, Sampling


def script(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "script.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


async def said(model: ScriptedChatModel, prompt: str, **sampling: object) -> list[str]:
    request = ChatRequest((ChatMessage("user", prompt),), sampling=Sampling(**sampling))  # type: ignore[arg-type]
    return [event.text async for event in model.stream(request) if isinstance(event, TextDelta)]


async def test_the_first_rule_that_fits_answers(tmp_path: Path) -> None:
    rules = [{"match": "عاصمة", "reply": "الدوحة"}, {"match": "^Hello", "reply": "Hi"}, {"match": None, "reply": "?"}]
    model = ScriptedChatModel(read_script(script(tmp_path, rules)))
    assert [await said(model, prompt) for prompt in ("ما عاصمة قطر؟", "Hello there", "Well, Hello")] == [["الدوحة"], ["Hi"], ["?"]]


async def test_a_reply_is_streamed_word_by_word_and_a_list_piece_by_piece() -> None:
    assert await said(ScriptedChatModel([Rule(reply="one two\n three ")]), "x") == ["one", " two", "\n three", " "]
    assert await said(ScriptedChatModel([Rule(reply=("on", "e t", "wo"))]), "x") == ["on", "e t", "wo"]


async def test_an_error_comes_after_what_was_said_before_it() -> None:
    model = ScriptedChatModel([Rule(reply="half an", error="unavailable")])
    seen: list[Event] = []
    with pytest.raises(ModelUnavailableError):
        await _collect(model, seen)
    assert seen == [TextDelta("half"), TextDelta(" an")]


async def _collect(model: ScriptedChatModel, seen: list[Event]) -> None:
    async for event in model.stream(ChatRequest((ChatMessage("user", "x"),))):
        seen.append(event)  # noqa: PERF401  what came before the error counts


@pytest.mark.parametrize(
    ("stop", "kept"), [(("two",), "one "), (("e t",), "on"), (("absent",), "one two"), (("two", "one"), ""), (("",), "one two")]
)
async def test_the_reply_ends_at_a_stop_sequence(stop: tuple[str, ...], kept: str) -> None:
    assert "".join(await said(ScriptedChatModel([Rule(reply="one two")]), "x", stop=stop)) == kept


async def test_a_reply_within_max_tokens_is_not_cut() -> None:
    request = ChatRequest((ChatMessage("user", "x"),), sampling=Sampling(max_tokens=2))
    events = [event async for event in ScriptedChatModel([Rule(reply="one two")]).stream(request)]
    assert ChoiceFinished("stop") in events


async def test_a_prompt_without_a_rule_is_an_error_that_says_what_to_add() -> None:
    with pytest.raises(ModelUnavailableError, match="null"):
        await said(ScriptedChatModel([Rule(match="never", reply="x")]), "hello")


async def test_log_probabilities_are_refused_not_dropped() -> None:
    with pytest.raises(UnprocessableError) as refusal:
        await said(ScriptedChatModel([Rule(reply="x")]), "hello", logprobs=True)
    assert refusal.value.param == "logprobs"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{", "JSON"),
        ({"match": None}, "array|tuple|list"),
        ([{"reply": 3}], "0.reply"),
        ([{"match": "(", "reply": "x"}], "0.match"),
        ([{"reply": "x", "temper": 1}], "0.temper"),
        ([{"reply": "x", "error": "boom"}], "0.error"),
        ([{"reply": "x", "delay": -1}], "0.delay"),
    ],
)
def test_a_script_that_cannot_be_used_is_refused_by_rule(tmp_path: Path, content: object, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named) as refusal:
        read_script(script(tmp_path, content))
    assert "FANAR_SCRIPTED_MODEL" in refusal.value.message.ar


def test_a_script_that_is_not_there_is_refused_without_its_path(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read_script(tmp_path / "absent.json")
    assert str(tmp_path) not in str(refusal.value)
