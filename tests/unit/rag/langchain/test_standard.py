"""LangChain's own standard tests, on our adapters."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import ChatModelIntegrationTests, RetrieversIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests

from fanar.llm.scripted import Rule, ScriptedChatModel
from rag.langchain.models import ChatFanar
from rag.langchain.retrievers import FanarRetriever
from tests.unit.rag.library import Library, open_library, rules


@lru_cache(maxsize=1)
def _library() -> Library:
    library = open_library(Path(mkdtemp()))
    asyncio.run(library.add("rules", rules()))
    return library


def _model() -> ScriptedChatModel:
    return ScriptedChatModel([Rule(reply="The answer is one of several words.")])


class TestRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return FanarRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"retriever": _library().retriever}

    @property
    def retriever_query_example(self) -> str:
        return "leave days travel hotel"


class _ChatModel:
    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ChatFanar

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {"chat_model": _model()}


class TestChatModelUnit(_ChatModel, ChatModelUnitTests):
    pass


class TestChatModelAnswers(_ChatModel, ChatModelIntegrationTests):
    # The scripted model calls the tools that its script names, not those that a question wants.
    @property
    def has_tool_calling(self) -> bool:
        return False

    @property
    def has_structured_output(self) -> bool:
        return False
