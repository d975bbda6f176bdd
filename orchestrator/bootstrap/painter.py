"""The image model, where one is set: found, started in a process of its own, which alone loads diffusers and torch."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.image.painting import OwnedPainter
from fanar.settings import Settings
from fanar.weights.catalog import images
from fanar.weights.store import WeightsStore
from fanar.workers.memory import KEEPING
from fanar.workers.sockets import socket_path
from orchestrator.bootstrap.late import LateOwner
from orchestrator.drawing import NO_PAINTER, REMEDY
from orchestrator.platform import Capability

if TYPE_CHECKING:
    from fanar.workers.supervisor import OwnerSpec

_FACTORY = "fanar.image.diffusion.desk:open_desk"
_METHODS = ("begin", "advance", "end", "loaded")
_SECONDS = 60.0  # that one call may take; a drawing takes many calls
_START_SECONDS = 1800.0  # that large weights may take to come into memory
_NO_EXTRA = Bilingual(
    "Image models need libraries that are not installed: `make run EXTRAS=image` installs them.",
    "تحتاج نماذج الصور إلى مكتبات غير مثبتة: يثبّتها الأمر `make run EXTRAS=image`.",
)
_NO_SUCH_MODEL = Bilingual(
    "FANAR_IMAGE__MODEL, FANAR_IMAGE__LORA or FANAR_IMAGE__CLASSIFIER is neither pulled nor a folder of this machine; "
    "`fanar models pull oryx` pulls Fanar's model, `fanar models pull nsfw-classifier` a classifier.",
    "ليس FANAR_IMAGE__MODEL أو FANAR_IMAGE__LORA أو FANAR_IMAGE__CLASSIFIER منزّلًا ولا مجلدًا على هذا الجهاز؛ "
    "ينزّل الأمر `fanar models pull oryx` نموذج فنار، و`fanar models pull nsfw-classifier` مصنّفًا.",
)


class Painter:
    """What draws everything that is no pattern. `generator` is None where no model is set."""

    def __init__(self, settings: Settings, *, tools: LateOwner) -> None:
        self._settings = settings
        self._socket = socket_path(settings.data, "painter")
        self._owner = LateOwner(self._spec, self._socket, call_seconds=_SECONDS, start_seconds=_START_SECONDS)
        self.generator: OwnedPainter | None = None
        if settings.image.model is not None:
            self.generator = OwnedPainter(owner=self._owner, tools=tools, name=Path(settings.image.model).name)

    def begin(self) -> None:
        """Begin to bring the model into memory, where one is set. What is missing is told to those who ask for pictures."""
        if self.generator is not None:
            self._owner.begin()

    def capability(self) -> Capability:
        """Return what is there, or what would add it."""
        if self.generator is None:
            return Capability("image", available=False, detail=NO_PAINTER, remedy=REMEDY)
        failed = self._owner.failure
        name = self.generator.name
        detail = failed or Bilingual(f"Pictures are drawn by {name}", f"يرسم الصورَ {name}")
        return Capability("image", available=failed is None, detail=detail, remedy=REMEDY if failed else None)

    async def stop(self) -> None:
        """End the model's process."""
        await self._owner.stop()

    def _spec(self) -> OwnerSpec:
        from fanar.workers.supervisor import OwnerSpec

        chosen = self._settings.image
        folder, lora = located(self._settings)
        classifier = _place(chosen.classifier, WeightsStore(self._settings.data / "weights")) if chosen.classifier else None
        options = {
            "folder": str(folder),
            "lora": str(lora) if lora else None,
            "classifier": str(classifier) if classifier else None,
            "device": chosen.device,
            "precision": chosen.precision,
            "offload": chosen.offload,
            "most": chosen.queue,
            "batch": chosen.batch,
            "steps": chosen.steps,
            "threads": chosen.threads,
        }
        # Each picture in the making has a call that waits, in a thread of its own.
        threads = chosen.queue + 2
        return OwnerSpec(_FACTORY, self._socket, _METHODS, options, queue=2 * chosen.queue, threads=threads, grace=2.0, environment=KEEPING)


def located(settings: Settings) -> tuple[Path, Path | None]:
    """Return the model's folder, and that of what is laid over it. Raises ConfigurationError when it, or what loads it, is not here."""
    if not all(map(find_spec, ("diffusers", "torch", "transformers"))):
        raise ConfigurationError(_NO_EXTRA)
    chosen, store = settings.image, WeightsStore(settings.data / "weights")
    model, lora = chosen.model or "", chosen.lora
    if model in images() and (base := images().find(model).base) is not None:
        model, lora = base, model
    return _place(model, store), _place(lora, store) if lora else None


def _place(name: str, store: WeightsStore) -> Path:
    given = Path(name).expanduser()
    pulled = store.folder(name) if given.name == name else given
    path = pulled if pulled.exists() else given
    if not path.exists():
        raise ConfigurationError(_NO_SUCH_MODEL)
    return path.absolute()
