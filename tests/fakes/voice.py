"""A voice that hums: as many samples as there are letters."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

from fanar.errors import FanarError
from fanar.llm.catalog import ModelCatalog
from fanar.media import Maker, Origin, Sound, SpeakingOptions, Voice
from fanar.media_protocols import SpeechSynthesizer
from orchestrator.aloud import Encoding, SoundFormat
from orchestrator.bootstrap.absent_keeping import AbsentVoices
from orchestrator.recital import Place, Recital
from orchestrator.voices import VoiceKeeping
from orchestrator.voicing import Readings
from speech.encoding import SoundEncoder
from speech.voices import VOICES, find_voice

RATE = 24_000


class FakeVoice:
    """Hums every word of a text, after that fails with `error` if there is one; `read` is what it was asked to read."""

    name = "fake-voice"
    origin: Origin = "model"
    voices: Sequence[Voice] = VOICES

    def __init__(self, *, error: FanarError | None = None, clones: bool = False) -> None:
        self._error = error
        self.clones = clones
        self.read: list[tuple[str, SpeakingOptions]] = []
        self.closed = 0

    async def speak(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        if options.sample is None:
            find_voice(options.voice)
        self.read.append((text, options))
        try:
            for word in text.split():
                if any(character.isalnum() for character in word):
                    yield Sound(b"\x00\x10" * 240 * len(word), RATE)
            if self._error is not None:
                raise self._error
        finally:
            self.closed += 1

    async def available(self) -> bool:
        return True


class FakeRecitations:
    """Plays one second of silence for each verse."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, tuple[Place, ...]]] = []

    def find(self, reciter: str | None, verses: Sequence[Place]) -> Callable[[], AsyncIterator[Sound]]:
        self.asked.append((reciter, tuple(verses)))

        async def played() -> AsyncIterator[Sound]:
            for _ in verses:
                yield Sound(b"\x00\x00" * RATE, RATE)

        return played


def encoder(form: SoundFormat, whole: bool, _maker: Maker | None) -> Encoding:
    return SoundEncoder(form, whole=whole)


def readings(
    voice: SpeechSynthesizer | None,
    *,
    watch: Callable[[str], Sequence[Recital]] = lambda _text: (),
    recitations: FakeRecitations | None = None,
    personal: VoiceKeeping | None = None,
    encode: Callable[[SoundFormat, bool, Maker | None], Encoding] = encoder,
) -> Readings:
    return Readings(
        catalog=ModelCatalog(),
        synthesizer=voice,
        watch=watch,
        mark=lambda text: f"<quran_start>{text}<quran_end>",
        recitations=recitations or FakeRecitations(),
        personal=personal or AbsentVoices(),
        encode=encode,
    )
