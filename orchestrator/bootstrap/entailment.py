"""Puts together the entailment and the span model, where they are set, in owner processes: what runs them is loaded there alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

from fanar.attribution.claims.owned import OwnedEntailment, OwnedSpans
from fanar.attribution_protocols import EntailmentModel, SpanModel
from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec
from orchestrator.bootstrap.late import LateOwner
from orchestrator.platform import Capability

# By name, as the owner process imports them: neither onnxruntime nor torch must be loaded here.
_ONNX, _TORCH = "fanar.attribution.claims.with_onnx", "fanar.attribution.claims.with_torch"
_SECONDS = 60.0
_PLAIN = Bilingual("Claims are checked against sources by plain rules", "تُقابل الادعاءات بالمصادر بقواعد صريحة")
REMEDY = "FANAR_ATTRIBUTION__ENTAILMENT=MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7"
_SPANS_REMEDY = "FANAR_ATTRIBUTION__SPANS=KRLabsOrg/lettucedect-v2-mmbert-base"


class Entailment:
    """The models, None for one that is not set, and how they are doing."""

    def __init__(self, entailment: tuple[LateOwner, str] | None, spans: tuple[LateOwner, str] | None) -> None:
        self._owners = [(each[0], remedy) for each, remedy in ((entailment, REMEDY), (spans, _SPANS_REMEDY)) if each is not None]
        self.model: EntailmentModel | None = OwnedEntailment(owner=entailment[0], name=entailment[1]) if entailment is not None else None
        self.spans: SpanModel | None = OwnedSpans(owner=spans[0], name=spans[1]) if spans is not None else None

    def capability(self) -> Capability:
        """Return what claims are checked by, and what would add to it."""
        for owner, remedy in self._owners:
            if (failure := owner.failure) is not None:
                return Capability("attribution", available=False, detail=failure, remedy=remedy)
        names = [model.name for model in (self.model, self.spans) if model is not None]
        detail = Bilingual(", and by ".join([_PLAIN.en, *names]), "، وبالنموذج ".join([_PLAIN.ar, *names]))
        return Capability("attribution", available=True, detail=detail)


@asynccontextmanager
async def open_entailment(settings: Settings) -> AsyncIterator[Entailment]:
    """Begin to start the models' owners, and stop them at the end. Nothing waits for them: large weights take their time."""
    chosen = settings.attribution
    async with AsyncExitStack() as stack:
        entailment = await _begun(stack, settings, chosen.entailment, "entailment", "judge")
        spans = await _begun(stack, settings, chosen.spans, "spans", "mark")
        yield Entailment(entailment, spans)


async def _begun(stack: AsyncExitStack, settings: Settings, model: str | None, name: str, method: str) -> tuple[LateOwner, str] | None:
    if model is None:
        return None
    chosen = settings.attribution
    socket = socket_path(settings.data, name)

    def spec() -> OwnerSpec:
        """Return what to start. Raises ConfigurationError where the model, or what would run it, is not here."""
        options = {"model": model, "threads": chosen.threads}
        return OwnerSpec(f"{_runner(model, name)}:open_{name}", socket, (method,), options, queue=chosen.queue)

    owner = LateOwner(spec, socket, call_seconds=_SECONDS)
    stack.push_async_callback(owner.stop)
    owner.begin()
    return owner, Path(model).name


def _runner(model: str, name: str) -> str:
    """Return the module that opens a model: by what its folder holds."""
    from fanar.attribution.claims.networks import ENTAILMENT, SPANS, located, network_file, unreadable

    setting = {"entailment": ENTAILMENT, "spans": SPANS}[name]
    try:
        if network_file(located(model, setting)) is not None:
            return _ONNX
    except FileNotFoundError as cause:
        raise ConfigurationError(unreadable(setting)) from cause
    if find_spec("torch") is None or find_spec("transformers") is None:
        raise ConfigurationError(unreadable(setting))
    return _TORCH
