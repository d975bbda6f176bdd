"""The language models that are there, and which of them are tried for a decision, in order. Knows nothing of servers or prompts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from typing import Literal

from fanar.bilingual import Bilingual
from fanar.errors import FanarError, ModelUnavailableError, NotConfiguredError, OverloadedError, UpstreamTimeoutError
from fanar.events import Event
from fanar.messages import ChatRequest
from fanar.protocols import ChatModel
from fanar.streams import closing
from orchestrator.backends.failover import Failover
from orchestrator.options import refuse_media, refuse_unheard, with_media_noted
from rag.watching import watched

# A seat is a place in the house; which server sits on it, and under what name, is the operator's matter.
Seat = Literal["star", "prime"]
SEATS: tuple[Seat, ...] = ("star", "prime")
Rewrite = Callable[[AsyncIterator[Event]], AsyncIterator[Event]]
_ORDERS: Mapping[str, tuple[Seat, ...]] = {"star": ("star", "prime"), "prime": ("prime", "star")}
ANSWERING_SECONDS = 1.0

_NO_MODEL = Bilingual(
    "No language model is connected. `fanar models pull small && fanar models serve small` runs one here, without a restart; or set "
    "FANAR_STAR__URL or FANAR_PRIME__URL to an OpenAI-compatible server, or start one on this machine (Ollama, LM Studio, llama.cpp, "
    "vLLM), and restart Fanar. `fanar doctor` shows what is there.",
    "لا يوجد نموذج لغوي متصل. يشغّل الأمر `fanar models pull small && fanar models serve small` نموذجًا هنا دون إعادة تشغيل المنصة؛ "
    "أو اضبط FANAR_STAR__URL أو FANAR_PRIME__URL على خادم متوافق مع OpenAI، أو شغّل خادمًا على هذا الجهاز (Ollama أو LM Studio أو llama.cpp "
    "أو vLLM)، ثم أعد تشغيل فنار. يعرض الأمر `fanar doctor` ما هو متاح.",
)

_EMPTY_SEAT = Bilingual(
    "No server is connected for this model: set FANAR_{SEAT}__URL to an OpenAI-compatible server, or run "
    "`fanar models pull {seat} && fanar models serve {seat}`. Who names Fanar is answered by the model that is there.",
    "لا خادم متصلًا لهذا النموذج: اضبط FANAR_{SEAT}__URL على خادم متوافق مع OpenAI، أو شغّل "
    "`fanar models pull {seat} && fanar models serve {seat}`. ومن سمّى Fanar أجابه النموذج المتاح.",
)
_COMING = Bilingual("The language model is being started; try again shortly.", "النموذج اللغوي قيد البدء؛ أعد المحاولة بعد قليل.")
_COMING_SECONDS = 5


def add_a_model(seat: Seat = "star") -> str:
    """Return the setting that puts a model on a seat."""
    return f"FANAR_{seat.upper()}__URL=http://127.0.0.1:8001/v1"


def _unchanged(events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    return events


class LanguageModels:
    """Star and Prime, as far as they are there.

    `addressed` maps the model ids that mean one of them; such a request is answered by that one, and by the other only where `failover`
    allows it, which may be set anew at any time. `coming` names the seats whose model is being started.
    """

    def __init__(
        self,
        seats: Mapping[Seat, ChatModel],
        *,
        addressed: Mapping[str, Seat] | None = None,
        failover: Failover | None = None,
        coming: Callable[[], Collection[Seat]] = tuple,
    ) -> None:
        self._seats = seats
        self._coming = coming
        self._addressed = addressed or {}
        self.failover = failover or Failover()

    def __bool__(self) -> bool:
        """Whether any is there."""
        return bool(self._seats)

    async def answering(self) -> frozenset[Seat]:
        """Return the seats whose server answers now."""
        seats = list(self._seats)
        answers = await asyncio.gather(*(_answers(self._seats[seat]) for seat in seats))
        return frozenset(seat for seat, answers_now in zip(seats, answers, strict=True) if answers_now)

    def is_addressed(self, model: str) -> bool:
        """Whether this id means Star or Prime."""
        return model in self._addressed

    def order(self, model: str, *, preferred: str) -> Sequence[ChatModel]:
        """Return the models to try for a request that names `model`: the one addressed or preferred, then the other where allowed."""
        addressed = self._addressed.get(model)
        if addressed is not None and addressed not in self._seats:
            return []
        models = self.seated(preferred=addressed or preferred)
        again = self.failover.routed if addressed is None else self.failover.addressed
        return models if again else models[:1]

    def seated(self, *, preferred: str) -> Sequence[ChatModel]:
        """Return the models that are there, the preferred one first."""
        found = [self._seats[seat] for seat in _ORDERS.get(preferred, SEATS) if seat in self._seats]
        # One server may sit on both seats; asking it twice helps nobody.
        return [model for i, model in enumerate(found) if model not in found[:i]]

    async def stream(self, request: ChatRequest, *, preferred: str, through: Rewrite = _unchanged) -> AsyncIterator[Event]:
        """Yield the answer of the first model that begins one, or that completes it when nobody sees its pieces.

        What a model says goes `through` what may hold it back: it has begun when something comes out there. Raises NotConfiguredError when
        none is there, OverloadedError when one is being started, UnprocessableError when one was named and shown more than text, else the
        last one's error.
        """
        if self.is_addressed(request.model):
            refuse_media(request)
        refuse_unheard(request)
        request = with_media_noted(request)
        models = self.order(request.model, preferred=preferred)
        if not models:
            raise self._absence(self._addressed.get(request.model))
        for model in models:
            begun = False
            try:
                async with closing(through(_seen(model, request))) as events:
                    async for event in events:
                        begun = True
                        yield event
            except (ModelUnavailableError, UpstreamTimeoutError, OverloadedError):
                if begun or model is models[-1]:
                    raise
            else:
                return

    def _absence(self, named: Seat | None) -> FanarError:
        """Return the error for a request that nobody is there to answer; `named` is the seat that it addresses, if any."""
        coming = self._coming()
        if named in coming or (named is None and coming):
            return OverloadedError(_COMING, retry_after=_COMING_SECONDS)
        if named is not None and self._seats:
            return NotConfiguredError(_EMPTY_SEAT.format(seat=named, SEAT=named.upper()), param="model")
        return NotConfiguredError(_NO_MODEL, param=None if named is None else "model")


async def _seen(model: ChatModel, request: ChatRequest) -> AsyncIterator[Event]:
    """Yield the events as they come, or all at the end when nobody sees them before."""
    async with closing(model.stream(request)) as events:
        if request.streamed:
            async for event in events:
                yield event
            return
        whole = [event async for event in events]
    for event in whole:
        yield event


async def _answers(model: ChatModel) -> bool:
    try:
        async with asyncio.timeout(ANSWERING_SECONDS):
            return await model.available()
    except TimeoutError:
        return False


class SeatedModel:
    """The language models as one ChatModel that prefers a seat, for those who need only one. False while none is there."""

    def __init__(self, models: LanguageModels, *, preferred: Seat) -> None:
        self._models = models
        self._preferred = preferred

    def __bool__(self) -> bool:
        """Whether any is there: one may come and go while the platform runs."""
        return bool(self._models)

    @property
    def name(self) -> str:
        """The id of the model that is asked first; what really answers stands in the answer."""
        first = next(iter(self._models.seated(preferred=self._preferred)), None)
        return first.name if first else self._preferred

    def stream(self, request: ChatRequest) -> AsyncIterator[Event]:
        """Yield the answer of the first model that begins one, watched where passages were shown to it; see ChatModel."""
        return watched(self._models.stream(request, preferred=self._preferred), request, model=self.name)

    async def available(self) -> bool:
        """Whether any of them answers now."""
        return bool(await self._models.answering())
