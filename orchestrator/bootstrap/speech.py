"""Starts the owner of the speech model, where one is set, and puts together what listens. The model's libraries are loaded there alone."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from hashlib import sha256
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.fetch.client import Fetcher
from fanar.llm.catalog import ModelCatalog
from fanar.media_protocols import LiveTranscriber, Transcriber
from fanar.media_settings import SpeechSettings
from fanar.protocols import Handler
from fanar.settings import Settings
from fanar.weights.store import WeightsStore
from fanar.workers.memory import KEEPING
from fanar.workers.sockets import socket_path
from orchestrator.bootstrap.late import LateOwner
from orchestrator.bootstrap.voice import VoiceModule
from orchestrator.handlers.speech import SpeechHandler
from orchestrator.platform import Capability
from orchestrator.sounds import MOST_BYTES, Sounds
from orchestrator.transcription import NO_MODEL, REMEDY, Transcriptions
from speech.instructions import computing
from speech.owned import OwnedTranscriber

if TYPE_CHECKING:
    from fanar.workers.supervisor import OwnerSpec

# By name, as the owner process imports it: neither torch nor CTranslate2 must be loaded here.
_FACTORIES = {"faster": "speech.faster_desk:open_faster_desk", "reference": "speech.reference_desk:open_reference_desk"}
_METHODS = ("begin", "advance", "end", "loaded", "listen", "hear")
_SECONDS = 900.0  # that one window may take, with all that waits before it: a large model on a small machine
_FETCH_SECONDS = 20.0
_NO_EXTRA = Bilingual(
    "Speech needs libraries that are not installed: `make run EXTRAS=speech` installs them.",
    "يحتاج الكلام إلى مكتبات غير مثبتة: يثبّتها الأمر `make run EXTRAS=speech`.",
)
_NO_SUCH_MODEL = Bilingual(
    "FANAR_SPEECH__MODEL is neither a pulled model nor a file or folder of this machine; `fanar models pull whisper-large-v3` pulls one.",
    "ليس FANAR_SPEECH__MODEL نموذجًا منزّلًا ولا ملفًا أو مجلدًا على هذا الجهاز؛ ينزّل الأمر `fanar models pull whisper-large-v3` واحدًا.",
)


class Speech:
    """What listens, and how it is doing."""

    def __init__(self, settings: Settings, catalog: ModelCatalog) -> None:
        self._settings = settings
        self._owner: LateOwner | None = None
        chosen = settings.speech
        self._session: aiohttp.ClientSession | None = None
        transcriber: Transcriber | None = None
        live: LiveTranscriber | None = None
        if chosen.url is not None:
            transcriber = self._remote()
        elif chosen.model is not None:
            self._owner = LateOwner(self._spec, socket_path(settings.data, "speech"), call_seconds=_SECONDS)
            transcriber = live = OwnedTranscriber(owner=self._owner, name=Path(chosen.model).name.removesuffix(".pt"))
        self.transcriptions = Transcriptions(
            catalog=catalog,
            transcriber=transcriber,
            live=live,
            folder=settings.data / "uploads",
            most_bytes=chosen.bytes,
            short_seconds=chosen.short_seconds,
        )

    def _remote(self) -> Transcriber:
        if find_spec("av") is None:
            raise ConfigurationError(_NO_EXTRA)
        from speech.remote_transcriber import RemoteTranscriber

        self._session = aiohttp.ClientSession()
        return RemoteTranscriber(session=self._session, settings=self._settings.speech)

    def capability(self) -> Capability:
        """Return what is there, or what would add it."""
        name = self.transcriptions.name
        if name is None:
            return Capability("speech", available=False, detail=NO_MODEL, remedy=REMEDY)
        if self._owner is not None and (failure := self._owner.failure) is not None:
            return Capability("speech", available=False, detail=failure, remedy=REMEDY)
        return Capability("speech", available=True, detail=Bilingual(f"Speech is written down by {name}", f"يفرّغ الكلامَ {name}"))

    def start(self) -> None:
        """Begin to start the owner, where a model is set."""
        if self._owner is not None:
            self._owner.begin()

    async def stop(self) -> None:
        """End the owner."""
        if self._session is not None:
            await self._session.close()
        if self._owner is not None:
            await self._owner.stop()

    def _spec(self) -> OwnerSpec:
        from fanar.workers.supervisor import OwnerSpec

        chosen = self._settings.speech
        options = {
            "model": str(_prepared(chosen, self._settings.data)),
            "device": chosen.device,
            "precision": chosen.precision,
            "beam": chosen.beam,
            "threads": chosen.threads or _cores(),
            "name": self.transcriptions.name,
            "limits": {"bytes": chosen.bytes, "seconds": chosen.seconds, "channels": chosen.channels},
            "speech_only": chosen.speech_only,
            "most": chosen.queue,
            "idle": chosen.idle_seconds,
            "embedder": str(chosen.embedder.expanduser()) if chosen.embedder else None,
            "alike": chosen.same_voice,
        }
        socket = socket_path(self._settings.data, "speech")
        environment = {**KEEPING, **computing()}
        return OwnerSpec(_FACTORIES[chosen.engine], socket, _METHODS, options, queue=2 * chosen.queue, grace=1.0, environment=environment)


@asynccontextmanager
async def open_speech(settings: Settings, catalog: ModelCatalog) -> AsyncIterator[Speech]:
    """Begin to start what listens, and stop it at the end. Nothing waits for it: large weights take their time."""
    speech = Speech(settings, catalog)
    speech.start()
    try:
        yield speech
    finally:
        await speech.stop()


@asynccontextmanager
async def open_hearing(settings: Settings, speech: Speech, voice: VoiceModule) -> AsyncIterator[Handler]:
    """Yield what answers where sound is attached or asked for, and close its connections at the end."""
    async with Fetcher(private_hosts=settings.fetch_private_hosts, max_bytes=MOST_BYTES, seconds=_FETCH_SECONDS) as fetcher:
        yield SpeechHandler(sounds=Sounds(fetcher, speech.transcriptions), voice=voice.readings)


def _cores() -> int:
    """Return how many cores this process may use; all of the machine's where the system does not bind processes to some."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def located(chosen: SpeechSettings, data: Path) -> Path:
    """Return where the model lies: a folder, or a checkpoint. Raises ConfigurationError when it, or what reads it, is not here."""
    if not all(map(find_spec, ("av", "faster_whisper", *(("whisper",) if chosen.engine == "reference" else ())))):
        raise ConfigurationError(_NO_EXTRA)
    assert chosen.model is not None  # noqa: S101 - looked at before
    given = Path(chosen.model).expanduser()
    pulled = WeightsStore(data / "weights").folder(chosen.model) if given.name == chosen.model else given
    path = given if given.exists() else pulled
    if not path.exists():
        raise ConfigurationError(_NO_SUCH_MODEL)
    if path.is_dir():
        checkpoints = sorted(path.glob("*.pt"))
        path = checkpoints[0] if checkpoints and not (path / "model.bin").exists() else path
    return path


def _prepared(chosen: SpeechSettings, data: Path) -> Path:
    """Return what the engine loads: for faster-whisper a checkpoint is converted, once. Raises ConfigurationError."""
    path = located(chosen, data)
    if path.is_dir() or chosen.engine == "reference":
        return path
    state = path.stat()
    mark = sha256(f"{path.resolve()} {state.st_size} {state.st_mtime_ns}".encode()).hexdigest()[:16]
    target = data / "speech" / f"{path.stem}-{mark}"
    if not target.exists():
        _convert(path, target)
    return target


def _convert(checkpoint: Path, target: Path) -> None:
    if not all(map(find_spec, ("torch", "whisper"))):
        raise ConfigurationError(_NO_EXTRA)
    # In a process of its own: torch is not loaded into ours.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as elsewhere:
        elsewhere.submit(_convert_here, checkpoint, target).result()


def _convert_here(checkpoint: Path, target: Path) -> None:
    from speech.conversion import convert

    convert(checkpoint, target)
