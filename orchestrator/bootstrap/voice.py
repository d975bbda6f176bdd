"""Puts together what reads aloud: a server of speech where one is set, else espeak-ng in an owner process where the extra is installed.

The owner is started by the first text: a platform that is never asked to read carries no voice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.llm.catalog import ModelCatalog
from fanar.media import Maker, Sound
from fanar.media_protocols import SpeechSynthesizer
from fanar.settings import Settings
from fanar.workers.sockets import socket_path
from orchestrator.aloud import NO_VOICE, REMEDY, Encoding, SoundFormat
from orchestrator.bootstrap.late import LateOwner
from orchestrator.bootstrap.scripture import Scripture
from orchestrator.platform import Capability
from orchestrator.recital import Place, VerseWatch
from orchestrator.voicing import NO_RECITATION, RECITING, Readings, Samples
from speech.owned_voice import OwnedSynthesizer

if TYPE_CHECKING:
    from fanar.workers.supervisor import OwnerSpec

NAME = "espeak-ng"
# By name, as the owner process imports it: GPL libraries are not loaded here.
_FACTORIES = {True: "speech.vowelled_desk:open_vowelled_desk", False: "speech.voice_desk:open_voice_desk"}
_METHODS = ("begin", "advance", "end", "rate")
_SECONDS = 60.0  # that one passage may take, with all that waits before it
_NEEDED = ("av", "espeakng_loader", "numpy")


class VoiceModule:
    """What reads aloud, and how it is doing. `reciters` names whose recordings of the Quran are installed."""

    def __init__(self, readings: Readings, *, reciters: Callable[[], Sequence[str]]) -> None:
        self.readings = readings
        self._reciters = reciters

    def server_of(self, model: str) -> str | None:
        """Return what answers to a model id that speaks, if anything does."""
        if self.readings.name is None and model == RECITING:
            return next(iter(self._reciters()), None)
        return self.readings.name

    def capability(self) -> Capability:
        """Return what is there, or what would add it."""
        name = self.readings.name
        if name is None:
            return Capability("voice", available=False, detail=NO_VOICE, remedy=REMEDY)
        return Capability("voice", available=True, detail=Bilingual(f"Texts are read aloud by {name}", f"يقرأ النصوصَ جهرًا {name}"))


@asynccontextmanager
async def open_voice(settings: Settings, catalog: ModelCatalog, scripture: Scripture, personal: Samples) -> AsyncIterator[VoiceModule]:
    """Yield what reads aloud, and end it. Raises ConfigurationError for a server without a model."""
    async with AsyncExitStack() as stack:
        synthesizer = await _synthesizer(settings, stack)
        recitations = _Recitations(settings.data / "recitations")
        readings = Readings(
            catalog=catalog,
            synthesizer=synthesizer,
            watch=VerseWatch(scripture=scripture.index, verifier=scripture.verifier).find,
            mark=lambda text: scripture.verifier.mark(text).text,
            recitations=recitations,
            personal=personal,
            encode=partial(_encoder, settings.data / "provenance"),
        )
        yield VoiceModule(readings, reciters=recitations.names)


class _Recitations:
    """The recordings below a folder. What decodes them is loaded when there are any."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return whose recordings are installed."""
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def find(self, reciter: str | None, verses: Sequence[Place]) -> Callable[[], AsyncIterator[Sound]]:
        """Return what plays these verses. Raises NotConfiguredError."""
        if not self.names() or find_spec("av") is None:
            raise NotConfiguredError(NO_RECITATION)
        from speech.recitations import RecitationStore, played

        paths = RecitationStore(self._folder).find(reciter, verses)
        if paths is None:
            raise NotConfiguredError(NO_RECITATION)
        return lambda: played(paths)


def is_installed() -> bool:
    """Whether the libraries of the extra are here."""
    return all(map(find_spec, _NEEDED))


async def _synthesizer(settings: Settings, stack: AsyncExitStack) -> SpeechSynthesizer | None:
    if settings.voice.url is not None:
        from speech.remote_voice import RemoteVoice

        session = await stack.enter_async_context(aiohttp.ClientSession())
        return RemoteVoice(session=session, settings=settings.voice)
    if not is_installed():
        return None
    socket = socket_path(settings.data, "voice")
    owner = LateOwner(partial(_spec, socket, settings.voice.queue), socket, call_seconds=_SECONDS)
    stack.push_async_callback(owner.stop)
    return OwnedSynthesizer(owner=owner, name=NAME)


def _spec(socket: Path, queue: int) -> OwnerSpec:
    from fanar.workers.supervisor import OwnerSpec

    factory = _FACTORIES[find_spec("piper") is not None]
    return OwnerSpec(factory, socket, _METHODS, {"most": queue}, queue=2 * queue, grace=1.0)


def _encoder(keys: Path, form: SoundFormat, whole: bool, maker: Maker | None) -> Encoding:  # noqa: FBT001 - as its callers know it
    if find_spec("av") is None:
        raise NotConfiguredError(NO_VOICE)
    from speech.encoding import SoundEncoder

    return SoundEncoder(form, whole=whole, sign=partial(_signed, keys, maker) if maker is not None else None)


def _signed(keys: Path, maker: Maker, wave: bytes) -> bytes:
    from fanar.image.credentials import load_or_make
    from fanar.image.provenance import stated

    return stated(wave, "audio/wav", origin=maker.origin, model=maker.name, credentials=load_or_make(keys))
