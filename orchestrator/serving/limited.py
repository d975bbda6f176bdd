"""A model whose server does not honour some fields: they are refused by name, instead of being dropped in silence."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import Event
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel

# What no row names is one of the sampling fields that travel by name.
_ASKED: Mapping[str, Callable[[ChatRequest], bool]] = {
    "response_format": lambda r: r.response_format is not None and r.response_format.get("type") != "text",
    "tool_choice": lambda r: r.tool_choice not in (None, "auto", "none"),
    "n": lambda r: r.sampling.n > 1,
    "logprobs": lambda r: r.sampling.logprobs,
    "presence_penalty": lambda r: bool(r.sampling.presence_penalty),
}


class LimitedChatModel:
    """A ChatModel that refuses the fields in `lacking` and leaves the rest to `model`."""

    def __init__(self, model: ChatModel, *, lacking: Collection[str]) -> None:
        self._model = model
        self._lacking = tuple(lacking)

    @property
    def name(self) -> str:
        """The id under which its server knows it."""
        return self._model.name

    async def available(self) -> bool:
        """Whether its server answers now."""
        return await self._model.available()

    def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer; see ChatModel. Raises UnprocessableError naming the first field that would be dropped."""
        for field in self._lacking:
            asked = _ASKED.get(field)
            if asked(request) if asked else request.sampling.extra.get(field) is not None:
                raise UnprocessableError(
                    Bilingual(f"The model that is served here cannot honour {field}.", f"النموذج المشغّل هنا لا يدعم {field}."), param=field
                )
        return self._model.stream(request)
