"""Puts together the entailment model, where one is set, in an owner process: its libraries are loaded there alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fanar.attribution.claims.owned import OwnedEntailment
from fanar.attribution_protocols import EntailmentModel
from fanar.bilingual import Bilingual
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from fanar.workers.supervisor import OwnerSpec
from orchestrator.bootstrap.late import LateOwner
from orchestrator.platform import Capability

# By name, as the owner process imports it: onnxruntime must not be loaded here.
_FACTORY = "fanar.attribution.claims.entailment:open_entailment"
_SECONDS = 60.0
_PLAIN = Bilingual("Claims are checked against sources by plain rules", "تُقابل الادعاءات بالمصادر بقواعد صريحة")
REMEDY = "FANAR_ATTRIBUTION__ENTAILMENT=MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7"


class Entailment:
    """The model, None where none is set, and how it is doing."""

    def __init__(self, owner: LateOwner | None, name: str) -> None:
        self._owner = owner
        self.model: EntailmentModel | None = OwnedEntailment(owner=owner, name=name) if owner is not None else None

    def capability(self) -> Capability:
        """Return what claims are checked by, and what would add to it."""
        if self._owner is None or self.model is None:
            return Capability("attribution", available=True, detail=_PLAIN, remedy=None)
        if (failure := self._owner.failure) is not None:
            return Capability("attribution", available=False, detail=failure, remedy=REMEDY)
        detail = Bilingual(f"{_PLAIN.en}, and by {self.model.name}", f"{_PLAIN.ar}، وبالنموذج {self.model.name}")
        return Capability("attribution", available=True, detail=detail)


@asynccontextmanager
async def open_entailment(settings: Settings) -> AsyncIterator[Entailment]:
    """Begin to start the model's owner, and stop it at the end. Nothing waits for it: large weights take their time."""
    chosen = settings.attribution
    if chosen.entailment is None:
        yield Entailment(None, "")
        return
    socket = socket_path(settings.data, "entailment")
    spec = OwnerSpec(_FACTORY, socket, ("judge",), {"model": chosen.entailment, "threads": chosen.threads}, queue=chosen.queue)
    owner = LateOwner(lambda: spec, socket, call_seconds=_SECONDS)
    owner.begin()
    try:
        yield Entailment(owner, Path(chosen.entailment).name)
    finally:
        await owner.stop()
