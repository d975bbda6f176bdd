"""What stands between users and language models, both ways: the users' words stay data, and scripture in answers is the scripture.

Knows nothing of routes, nor of how quotations are judged.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from fanar.bilingual import Language
from fanar.events import ChoiceFinished, Event, ResponseCompleted, TextDelta
from fanar.messages import ChatMessage, ChatRequest, ContentPart, TextPart
from fanar.streams import closing

# Written in a prompt these would begin a turn, or another speaker, in the template of one model family or another.
_ROLE_TOKEN = re.compile(
    r"<(?=\|[^|<>\s]{1,40}\|>)"  # <|im_start|>, <|eot_id|>, <|system|>
    r"|<(?=/?(?:start_of_turn|end_of_turn|bos|eos|s|pad|unk|think|tool_call|tool_response)>)"  # Gemma, Llama 2, Qwen
    r"|<(?=/?(?:<SYS|SYS)>>)"
    r"|<(?=[\uff5c|][^>\s]{1,40}[\uff5c|]>)"  # DeepSeek's full-width bars
    r"|\[(?=/?(?:INST|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)\])",
    re.IGNORECASE,
)
_DESCRIBING = frozenset(("description", "title", "$comment"))
_BREAK = "\u2060"  # word joiner: it has no width, and no tokenizer reads a control token across it


class TextGuard(Protocol):
    """Judges text while it streams: what may become a quotation is held back until it is known to be right, or is put right."""

    @property
    def report(self) -> Sequence[Mapping[str, Any]]:
        """What was judged, and what was done about it, as JSON."""
        ...

    def push(self, text: str) -> list[str]:
        """Take the next piece in and return what may pass."""
        ...

    def finish(self) -> list[str]:
        """Return the rest."""
        ...


Guards = Callable[[Language], TextGuard]
"""Makes a guard for one answer; what it has to say stands in the language given."""


def as_data(text: str) -> str:
    """Return `text` with the control tokens of chat templates broken, so that no tokenizer takes them for its own."""
    if "<" not in text and "[" not in text:
        return text
    return _ROLE_TOKEN.sub(lambda match: match[0] + _BREAK, text)


def neutralised(request: ChatRequest) -> ChatRequest:
    """Return the request with the text of every message, of the persona and of what describes the tools as data."""
    messages = tuple(_neutralised(message) for message in request.messages)
    tools = tuple(_described(tool) for tool in request.tools)
    return replace(request, messages=messages, tools=tools, persona=request.persona and as_data(request.persona))


async def with_true_scripture(events: AsyncIterator[Event], guards: Guards, *, language: Language) -> AsyncIterator[Event]:
    """Yield a model's events with every quotation of scripture checked, and put right or taken out before anyone sees it.

    What was judged stands in the metadata, under `quotations`.
    """
    watching: dict[int, TextGuard] = {}
    async with closing(events):
        async for event in events:
            match event:
                case TextDelta(text=text, choice=choice, logprobs=logprobs):
                    guard = watching.setdefault(choice, guards(language))
                    passed = "".join(guard.push(text))
                    if passed or logprobs is not None:
                        yield TextDelta(passed, choice, logprobs)
                case ChoiceFinished(choice=choice):
                    for rest in _rest(watching, choice):
                        yield rest
                    yield event
                case ResponseCompleted():
                    for choice in sorted(watching):
                        for rest in _rest(watching, choice):
                            yield rest
                    judged = [dict(each) for guard in watching.values() for each in guard.report]
                    yield replace(event, metadata={**event.metadata, "quotations": judged}) if judged else event
                case _:
                    yield event


def _rest(watching: dict[int, TextGuard], choice: int) -> list[TextDelta]:
    guard = watching.get(choice)
    text = "".join(guard.finish()) if guard else ""
    return [TextDelta(text, choice)] if text else []


def _described(value: Any) -> Any:  # noqa: ANN401  (JSON of the client's)
    """Return a tool with its descriptions as data; names and values are the client's own, and it must find them again."""
    if isinstance(value, list):
        return [_described(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {name: as_data(inner) if name in _DESCRIBING and isinstance(inner, str) else _described(inner) for name, inner in value.items()}


def _neutralised(message: ChatMessage) -> ChatMessage:
    content = message.content
    safe = as_data(content) if isinstance(content, str) else tuple(_data_part(part) for part in content)
    calls = tuple(replace(call, arguments=as_data(call.arguments)) for call in message.tool_calls)
    return replace(message, content=safe, tool_calls=calls)


def _data_part(part: ContentPart) -> ContentPart:
    return TextPart(as_data(part.text)) if isinstance(part, TextPart) else part
