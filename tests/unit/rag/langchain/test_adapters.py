"""What goes through the adapters comes out as it was meant."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler, BaseCallbackHandler, CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.outputs import ChatResult
from langchain_core.retrievers import BaseRetriever

from fanar.errors import ModelUnavailableError, NotFoundError
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta, ToolCalled
from fanar.llm.scripted import Rule, ScriptedCall, ScriptedChatModel
from fanar.messages import AudioPart, ChatMessage, ChatRequest, ImagePart, Sampling, TextPart, ToolCall, VideoPart
from fanar.protocols import ChatModel
from rag.langchain.messages import from_langchain, to_langchain
from rag.langchain.models import ChatFanar, LangChainChatModel
from rag.langchain.retrievers import FanarRetriever, LangChainRetriever
from tests.unit.rag.library import open_library, rules

TOOL = {"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": {"type": "object", "properties": {}}}}


class Recording:
    """A ChatModel that remembers what it was asked."""

    name = "recording"

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.requests: list[ChatRequest] = []

    async def available(self) -> bool:
        return True

    async def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        self.requests.append(request)
        async for event in self._model.stream(request):
            yield event


def scripted(*rules_: Rule) -> Recording:
    return Recording(ScriptedChatModel(rules_ or [Rule(reply="سلام عليكم and welcome")]))


def asking(**sampling: Any) -> ChatRequest:
    return ChatRequest((ChatMessage("user", "Hello?"),), sampling=Sampling(**sampling))


async def events_of(model: ChatModel, request: ChatRequest) -> list[Event]:
    return [event async for event in model.stream(request)]


async def test_an_answer_survives_both_adapters() -> None:
    there_and_back = LangChainChatModel(ChatFanar(chat_model=scripted()), name="both")
    *deltas, finished, completed = await events_of(there_and_back, asking())
    assert "".join(event.text for event in deltas if isinstance(event, TextDelta)) == "سلام عليكم and welcome"
    assert finished == ChoiceFinished("stop")
    assert isinstance(completed, ResponseCompleted)
    assert (completed.model, completed.usage.completion_tokens) == ("both", 4)


async def test_tool_calls_survive_both_adapters() -> None:
    model = scripted(Rule(tool_calls=(ScriptedCall(name="weather", arguments='{"city": "الدوحة"}'),)))
    there_and_back = LangChainChatModel(ChatFanar(chat_model=model), name="both")
    request = ChatRequest((ChatMessage("user", "Weather?"),), tools=(TOOL,), tool_choice="required")
    events = await events_of(there_and_back, request)
    (call,) = [event for event in events if isinstance(event, ToolCalled)]
    assert (call.name, call.arguments) == ("weather", '{"city": "الدوحة"}')
    assert ChoiceFinished("tool_calls") in events
    assert model.requests[0].tools == (TOOL,)
    assert model.requests[0].tool_choice == "required"


async def test_sampling_reaches_the_model_through_both_adapters() -> None:
    model = scripted()
    await events_of(
        LangChainChatModel(ChatFanar(chat_model=model), name="both"), asking(temperature=0.1, max_tokens=2, seed=4, stop=("x",))
    )
    assert model.requests[0].sampling == Sampling(temperature=0.1, max_tokens=2, seed=4, stop=("x",))


async def test_each_choice_is_asked_for() -> None:
    events = await events_of(LangChainChatModel(ChatFanar(chat_model=scripted()), name="both"), asking(n=2))
    assert [event.choice for event in events if isinstance(event, ChoiceFinished)] == [0, 1]


async def test_our_errors_pass_through_langchain() -> None:
    model = ChatFanar(chat_model=scripted(Rule(reply="Half", error="unavailable")))
    with pytest.raises(ModelUnavailableError):
        await model.ainvoke("Hello?")


class Broken(BaseChatModel):
    """Its server is gone."""

    @property
    def _llm_type(self) -> str:
        return "broken"

    def _generate(self, messages: list[BaseMessage], *arguments: Any, **options: Any) -> ChatResult:
        raise ConnectionRefusedError


async def test_a_failure_of_langchains_model_becomes_ours() -> None:
    with pytest.raises(ModelUnavailableError):
        await events_of(LangChainChatModel(Broken(), name="broken"), asking())


async def test_a_model_of_langchains_that_counts_nothing_still_completes() -> None:
    model = LangChainChatModel(GenericFakeChatModel(messages=iter([AIMessage("Welcome home")])), name="fake")
    *_, completed = await events_of(model, asking())
    assert isinstance(completed, ResponseCompleted)
    assert completed.usage.total_tokens == 0
    assert await model.available()


class Tokens(BaseCallbackHandler):
    def __init__(self) -> None:
        self.seen: list[str] = []

    def on_llm_new_token(self, token: str, **options: Any) -> None:
        self.seen.append(token)


class AsyncTokens(AsyncCallbackHandler):
    def __init__(self) -> None:
        self.seen: list[str] = []

    async def on_llm_new_token(self, token: str, **options: Any) -> None:
        self.seen.append(token)


async def test_callbacks_hear_every_token() -> None:
    here, there = Tokens(), AsyncTokens()
    list(ChatFanar(chat_model=scripted()).stream("Hello?", config={"callbacks": [here]}))
    async for _ in ChatFanar(chat_model=scripted()).astream("Hello?", config={"callbacks": [there]}):
        pass
    assert "".join(here.seen) == "".join(there.seen) == "سلام عليكم and welcome"


def test_a_stream_that_is_left_is_closed() -> None:
    stream = ChatFanar(chat_model=scripted(Rule(reply="word " * 1000))).stream("Hello?")
    assert isinstance(stream, Iterator)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert next(stream, None) is None


@pytest.mark.parametrize(
    ("wanted", "sent"), [("any", "required"), ("auto", "auto"), ("weather", {"type": "function", "function": {"name": "weather"}})]
)
def test_the_choice_of_a_tool_is_sent_as_servers_know_it(wanted: str, sent: object) -> None:
    model = scripted()
    ChatFanar(chat_model=model).bind_tools([TOOL], tool_choice=wanted).invoke("Weather?")
    assert model.requests[0].tool_choice == sent


def test_turns_are_the_same_in_both_worlds() -> None:
    turns = (
        ChatMessage("system", "Be brief."),
        ChatMessage("user", (TextPart("What is this?"), ImagePart("https://example.org/a.png"))),
        ChatMessage("assistant", "", tool_calls=(ToolCall("1", "look", '{"at": "it"}'),)),
        ChatMessage("tool", "A cat.", tool_call_id="1"),
    )
    assert from_langchain(to_langchain(turns)) == turns


def test_thoughts_stay_here_and_foreign_roles_speak_as_the_user() -> None:
    assert to_langchain([ChatMessage("thinking", "hm"), ChatMessage("developer", "Be kind.")]) == [SystemMessage("Be kind.")]
    assert [turn.role for turn in from_langchain([HumanMessage("a"), ToolMessage("b", tool_call_id="1")])] == ["user", "tool"]


def test_sound_film_and_loose_blocks_are_carried_over() -> None:
    (sent,) = to_langchain([ChatMessage("user", (AudioPart(data="AA", format="wav"), VideoPart("https://example.org/v.mp4")))])
    assert [block["type"] for block in sent.content] == ["input_audio", "video_url"]  # type: ignore[index]
    (got,) = from_langchain([HumanMessage(["plain", {"type": "image_url", "image_url": "https://example.org/b.png"}, {"type": "other"}])])
    assert got.content == (TextPart("plain"), ImagePart("https://example.org/b.png"))


@pytest.mark.parametrize("arguments", ["not json", "[1]"])
def test_arguments_that_are_no_object_become_an_empty_one(arguments: str) -> None:
    (sent,) = to_langchain([ChatMessage("assistant", "", tool_calls=(ToolCall("1", "look", arguments),))])
    assert isinstance(sent, AIMessage)
    assert sent.tool_calls[0]["args"] == {}


class Shelf(BaseRetriever):
    found: list[LangChainDocument]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[LangChainDocument]:
        return self.found


SHELF = Shelf(
    found=[
        LangChainDocument(page_content="one", metadata={"source": "a.txt", "year": 2020, "score": 0.2}),
        LangChainDocument(id="b", page_content="two", metadata={"reference": "B, p. 2", "year": 2021, "score": 0.9, "tags": ["x"]}),
        LangChainDocument(page_content="three", metadata={"year": 2021}),
    ]
)


async def test_langchains_documents_come_with_reference_and_score() -> None:
    found = await LangChainRetriever(SHELF, corpus="shelf").retrieve("anything")
    assert [(each.document.reference, each.score) for each in found] == [("B, p. 2", 0.9), ("3", 1 / 3), ("a.txt", 0.2)]
    assert found[0].document.corpus == "shelf"
    assert "tags" not in found[0].document.metadata


async def test_langchains_retriever_keeps_to_filters_and_number() -> None:
    retriever = LangChainRetriever(SHELF, corpus="shelf")
    assert {each.document.text for each in await retriever.retrieve("x", filters={"year": 2021})} == {"two", "three"}
    assert {each.document.text for each in await retriever.retrieve("x", filters={"year": (2020, 2022)})} == {"one"}
    assert len(await retriever.retrieve("x", top_k=1)) == 1


async def test_langchains_retriever_knows_one_corpus() -> None:
    with pytest.raises(NotFoundError):
        await LangChainRetriever(SHELF, corpus="shelf").retrieve("x", corpora=["other"])


async def test_our_documents_carry_what_a_citation_needs(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    await library.add("rules", rules())
    (found,) = await FanarRetriever(retriever=library.retriever, k=1, corpora=("rules",)).ainvoke("annual leave")
    assert found.page_content == rules()[0].text
    assert found.metadata["reference"] == "leave.md, § Annual leave"
    assert found.metadata["corpus"] == "rules"
