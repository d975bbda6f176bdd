"""Reads what a chat request asks and how it is told to a model's server: the same as the endpoint does, by a shorter way where that can be.

Most requests are a few messages of text and some numbers. They need no objects of ours in between: what was checked is sent on as it
is. Knows nothing of connections, nor of which server is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, UnprocessableError
from fanar.llm.fit import ANSWER_SHARE, MESSAGE_TOKENS, fit_request
from fanar.llm.wire import request_body
from fanar.messages import ChatMessage, ChatRequest
from fanar.settings import LimitSettings
from orchestrator.api.body import parse_object
from orchestrator.api.checks import check_conversation, check_fields
from orchestrator.api.schemas.chat import ChatCompletionRequest
from orchestrator.guardrails import as_data, neutralised
from orchestrator.options import refuse_media, refuse_source_options, refuse_unheard, with_persona

Json = dict[str, Any]

# What servers are told in the client's own words, what only changes its name, and what says nothing when it has one of these values.
_TOLD = ("temperature", "top_p", "seed", "presence_penalty", "frequency_penalty", "user")
_RENAMED = frozenset(("model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "stop"))
_SILENT: Mapping[str, tuple[object, ...]] = {
    "n": (None, 1),
    "logprobs": (None, False),
    "tools": (None, []),
    "enable_thinking": (None, False),
}
_ROLES = frozenset(("system", "user", "assistant"))
_TEXT = {"role", "content"}
_FILES = Bilingual("A model's server has no files of ours.", "لا ملفات لدينا عند خادم النموذج.")


class Asked:
    """A request that holds what the contract asks of one."""

    def __init__(self, data: Json, wanted: ChatCompletionRequest, *, size: int) -> None:
        """Raises UnprocessableError for what no language model can honour."""
        self._data = data
        self._wanted = wanted
        self._size = size
        self._plain = _plain_messages(data)
        self.model = wanted.model
        self.streamed = bool(wanted.stream)
        self.choices = wanted.n or 1
        self.thinking = bool(wanted.enable_thinking)
        self.include_usage = bool(wanted.stream_options and wanted.stream_options.include_usage)
        if wanted.names_files:
            raise UnprocessableError(_FILES, param="files")
        if self._plain is None:
            refuse_source_options(self.request)
            refuse_media(self.request)
            refuse_unheard(self.request)

    @cached_property
    def request(self) -> ChatRequest:
        """The request as ours, its texts data."""
        return with_persona(neutralised(self._wanted.request()))

    @property
    def messages(self) -> Sequence[ChatMessage]:
        """The conversation as ours."""
        if self._plain is None:
            return self.request.messages
        return [ChatMessage(message["role"], message["content"]) for message in self._plain]

    def body(self, model: str, tokens: int) -> Json:
        """Return the body that asks a server for its answer, when its model has this name and reads so many tokens."""
        longest = self._wanted.max_completion_tokens if self._wanted.max_tokens is None else self._wanted.max_tokens
        if self._plain is None or not self._surely_fits(longest or tokens // ANSWER_SHARE, tokens):
            return request_body(fit_request(self.request, context_tokens=tokens), model=model)
        data, stop = self._data, self._wanted.stop
        body: Json = {name: data[name] for name in _TOLD if data.get(name) is not None}
        if longest is not None:
            body["max_tokens"] = longest
        if stop:
            body["stop"] = [stop] if isinstance(stop, str) else stop
        if self.streamed:
            body["stream_options"] = {"include_usage": True}
        return {**body, "model": model, "messages": self._plain, "stream": self.streamed}

    def _surely_fits(self, answer: int, tokens: int) -> bool:
        """Whether nothing need be left out, because no text has more tokens than its JSON has bytes."""
        messages = self._plain or ()
        return self._size + len(messages) * MESSAGE_TOKENS + min(answer, tokens // 2) <= tokens


def read_asked(body: bytes, limits: LimitSettings) -> Asked | None:
    """Return what `body` asks; None when something is wrong with it, which is for the endpoint to say."""
    try:
        data = parse_object(body, limits)
        wanted = ChatCompletionRequest.model_validate(data)
        check_conversation(wanted.messages, limits)
        check_fields(wanted)
        return Asked(data, wanted, size=len(body))
    except (FanarError, ValidationError):
        return None


def _plain_messages(data: Json) -> list[Json] | None:
    """Return the messages as servers are told them, None when the request holds more than texts and numbers."""
    for name, value in data.items():
        if name not in _RENAMED and name not in _TOLD and value not in _SILENT.get(name, (None,)):
            return None
    messages: list[Json] = []
    for message in data["messages"]:
        text = message["content"] if message.keys() == _TEXT and message["role"] in _ROLES else None
        if not isinstance(text, str):
            return None
        messages.append({"role": message["role"], "content": as_data(text)})
    return messages
