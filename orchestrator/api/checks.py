"""What no single field of a chat request shows: fields that contradict or need one another. Knows nothing of models or routes."""

from __future__ import annotations

from collections.abc import Callable

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.settings import LimitSettings
from orchestrator.api.schemas.chat import ChatCompletionRequest, NamedTool
from orchestrator.api.schemas.messages import Message, TextContent

Fault = Callable[[ChatCompletionRequest], bool]

_EMPTY = Bilingual("The last message says nothing.", "الرسالة الأخيرة خالية.")
_NO_USER = Bilingual("The conversation holds no message of a user.", "لا توجد في المحادثة رسالة من مستخدم.")

# field at fault, when it is, what to say
_FAULTS: tuple[tuple[str, Fault, Bilingual], ...] = (
    (
        "top_logprobs",
        lambda r: bool(r.top_logprobs) and not r.logprobs,
        Bilingual("top_logprobs needs logprobs: true.", "يحتاج top_logprobs إلى logprobs: true."),
    ),
    (
        "stream_options",
        lambda r: r.stream_options is not None and not r.stream,
        Bilingual("stream_options needs stream: true.", "يحتاج stream_options إلى stream: true."),
    ),
    (
        "best_of",
        lambda r: r.best_of is not None and r.best_of < (r.n or 1),
        Bilingual("best_of must be at least n.", "يجب ألا يقل best_of عن n."),
    ),
    (
        "max_completion_tokens",
        lambda r: r.max_tokens is not None and r.max_completion_tokens is not None and r.max_tokens != r.max_completion_tokens,
        Bilingual("max_tokens and max_completion_tokens contradict each other.", "يتعارض max_tokens مع max_completion_tokens."),
    ),
    (
        "tool_choice",
        lambda r: r.tool_choice not in (None, "none", "auto") and not r.tools,
        Bilingual("tool_choice needs tools.", "يحتاج tool_choice إلى tools."),
    ),
    (
        "tool_choice.function.name",
        lambda r: isinstance(r.tool_choice, NamedTool) and all(r.tool_choice.function.name != tool.function.name for tool in r.tools or ()),
        Bilingual("tool_choice names none of the tools.", "لا يسمّي tool_choice أيًّا من الأدوات."),
    ),
    (
        "tools",
        lambda r: len({tool.function.name for tool in r.tools or ()}) < len(r.tools or ()),
        Bilingual("Two tools have the same name.", "لأداتين الاسم نفسه."),
    ),
    (
        "prompt_logprobs",
        lambda r: bool(r.prompt_logprobs) and bool(r.stream),
        Bilingual("prompt_logprobs needs stream: false.", "يحتاج prompt_logprobs إلى stream: false."),
    ),
    (
        "response_format.json_schema",
        lambda r: (
            r.response_format is not None and (r.response_format.type == "json_schema") != (r.response_format.json_schema is not None)
        ),
        Bilingual("json_schema and the type json_schema need each other.", "يحتاج كل من json_schema والنوع json_schema إلى الآخر."),
    ),
)


def check_conversation(messages: list[Message], limits: LimitSettings) -> None:
    """Raise UnprocessableError when a conversation is too long or nobody asks anything in it."""
    if len(messages) > limits.messages:
        bound = limits.messages
        message = Bilingual(f"The conversation holds more than {bound} messages.", f"في المحادثة أكثر من {bound} رسالة.")
        raise UnprocessableError(message, param="messages")
    if not any(message.role in ("user", "thinking_user") for message in messages):
        raise UnprocessableError(_NO_USER, param="messages")
    last = messages[-1]
    # Where instructions say what to do, an empty turn may be all that is left to say.
    telling = (last, *(message for message in messages if message.role in ("system", "developer")))
    if last.role in ("user", "thinking_user") and not any(_says(message.content) for message in telling):
        raise UnprocessableError(_EMPTY, param=f"messages[{len(messages) - 1}].content")


def _says(content: object) -> bool:
    """Whether the content of a message holds a word, or something that is not text."""
    if isinstance(content, str):
        return bool(content.strip())
    return isinstance(content, list) and any(not isinstance(part, TextContent) or part.text.strip() for part in content)


def check_fields(request: ChatCompletionRequest) -> None:
    """Raise UnprocessableError for the first field that contradicts another."""
    for param, wrong, message in _FAULTS:
        if wrong(request):
            raise UnprocessableError(message, param=param)
