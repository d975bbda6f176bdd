"""What a request asks for that only a language model can give, and how it is told.

Elsewhere such a request is refused by name: nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.messages import AudioPart, ChatMessage, ChatRequest, ImagePart, TextPart, VideoPart

# field, whether it is asked for. Tools that may be called, but need not be, are honoured by an answer that calls none.
_GENERATION: tuple[tuple[str, Callable[[ChatRequest], bool]], ...] = (
    ("tools", lambda r: bool(r.tools) and r.tool_choice not in (None, "auto", "none")),
    ("response_format", lambda r: r.response_format is not None and r.response_format.get("type") != "text"),
    ("n", lambda r: r.sampling.n > 1),
    ("logprobs", lambda r: r.sampling.logprobs),
    ("stop", lambda r: bool(r.sampling.stop)),
    ("logit_bias", lambda r: bool(r.sampling.extra.get("logit_bias"))),
    ("prompt_logprobs", lambda r: bool(r.sampling.extra.get("prompt_logprobs"))),
    ("best_of", lambda r: (r.sampling.extra.get("best_of") or 1) > 1),
)
_SOURCES: tuple[tuple[str, Callable[[ChatRequest], bool]], ...] = (
    ("book_names", lambda r: bool(r.sources.book_names)),
    ("preferred_sources", lambda r: bool(r.sources.preferred)),
    ("exclude_sources", lambda r: bool(r.sources.excluded)),
    ("filter_sources", lambda r: bool(r.sources.only)),
    ("madhab", lambda r: bool(r.sources.madhabs)),
    ("restrict_to_islamic", lambda r: r.restrict_to_islamic),
)


# No server samples more answers than it gives, or searches by beams, for conversations; those of today drop such a wish without a word.
_UNHEARD = ("best_of", "early_stopping", "length_penalty")
_READS_TEXT = Bilingual(
    "Star and Prime read text only; name Fanar or Fanar-Oryx-IVU-2 to have pictures understood.",
    "يقرأ ستار وبرايم النص وحده؛ سمِّ Fanar أو Fanar-Oryx-IVU-2 لفهم الصور.",
)
_STOOD_HERE: Mapping[type, str] = {ImagePart: "[image]", VideoPart: "[video]", AudioPart: "[audio]"}


def with_persona(request: ChatRequest) -> ChatRequest:
    """Return the request with its persona as the first thing the model is told."""
    if not request.persona:
        return request
    return replace(request, messages=(ChatMessage("system", request.persona), *request.messages))


def wants_generation(request: ChatRequest) -> bool:
    """Whether the request asks for anything that only a language model can give."""
    return bool(request.tools) or any(asked(request) for _, asked in _GENERATION)


def refuse_generation_options(request: ChatRequest) -> None:
    """Raise UnprocessableError naming the first option that an answer without free generation cannot honour."""
    for field, asked in _GENERATION:
        if asked(request):
            raise UnprocessableError(
                Bilingual(
                    f"{field} is not possible for this kind of question; name a language model, such as Fanar-C-2-27B, to use it.",
                    f"لا يمكن استخدام {field} مع هذا النوع من الأسئلة؛ سمِّ نموذجًا لغويًا مثل Fanar-C-2-27B لاستخدامه.",
                ),
                param=field,
            )


def refuse_source_options(request: ChatRequest) -> None:
    """Raise UnprocessableError naming the first option that only answers from religious sources can honour."""
    for field, asked in _SOURCES:
        if asked(request):
            raise UnprocessableError(
                Bilingual(f"{field} is for Fanar and Fanar-Sadiq only.", f"الحقل {field} خاص بالنموذجين Fanar وFanar-Sadiq."), param=field
            )


def refuse_unheard(request: ChatRequest) -> None:
    """Raise UnprocessableError naming the first field that no model server of today honours."""
    for field in _UNHEARD:
        if field in request.sampling.extra:
            raise UnprocessableError(
                Bilingual(
                    f"{field} is honoured by no model server here; leave it out.", f"لا يعمل بالحقل {field} أي خادم نماذج هنا؛ احذفه."
                ),
                param=field,
            )


def refuse_media(request: ChatRequest) -> None:
    """Raise UnprocessableError when anything but text stands in the conversation: a model's server would fetch it, from anywhere."""
    if any(
        not isinstance(part, TextPart) for message in request.messages if not isinstance(message.content, str) for part in message.content
    ):
        raise UnprocessableError(_READS_TEXT, param="messages")


def with_media_noted(request: ChatRequest) -> ChatRequest:
    """Return the conversation with a word in the place of each picture, sound and video, for models that read text only."""
    return replace(request, messages=tuple(map(_noted, request.messages)))


def _noted(message: ChatMessage) -> ChatMessage:
    if isinstance(message.content, str):
        return message
    parts = tuple(part if isinstance(part, TextPart) else TextPart(_STOOD_HERE[type(part)]) for part in message.content)
    return replace(message, content=parts)
