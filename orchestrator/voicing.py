"""Reading aloud: which model id speaks, what may be spoken, and whose voice it is. Knows nothing of HTTP or of how a voice speaks.

The Quran is never synthesised: where a text holds a verse, a recording of a reciter is played, or the text is refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError, NotFoundError, UnprocessableError
from fanar.llm.catalog import ModelCatalog, Service
from fanar.media import Maker, Origin, Sound, SpeakingOptions, Voice, VoiceSample
from fanar.media_protocols import SpeechSynthesizer
from fanar.streams import closing
from orchestrator.aloud import NO_VOICE, Encoding, Reading, SoundFormat
from orchestrator.recital import Place, Recital, Watch
from speech.voices import is_public

PLAIN = "Fanar-Aura-TTS-2"
RECITING = "Fanar-Sadiq-TTS-1"
RECITATION_REMEDY = "fanar recitations add DIR --reciter mahmoud-al-husary"
_NO_SPEAKER = Bilingual("No model of this id speaks; Fanar-Aura-TTS-2 does.", "لا نموذج بهذا المعرّف يتكلم؛ يتكلم Fanar-Aura-TTS-2.")
_SCRIPTURE = Bilingual(
    "The text holds a verse of the Quran, which no synthetic voice reads here; Fanar-Sadiq-TTS-1 plays a reciter's recording of it.",
    "في النص آية من القرآن الكريم، ولا يقرؤها هنا صوت مصطنع؛ يشغّل Fanar-Sadiq-TTS-1 تسجيلًا لقارئ.",
)
_MISQUOTED = Bilingual(
    "The text holds words given as the Quran that are not its words; they are not read aloud. POST /v1/sadiq/validate says which.",
    "في النص كلام منسوب إلى القرآن الكريم وليس لفظه، فلا يُقرأ. يبيّنه ‎POST /v1/sadiq/validate.",
)
NO_RECITATION = Bilingual(
    f"The text holds a verse of the Quran of which no recording is installed: `{RECITATION_REMEDY}` adds a reciter's recordings.",
    f"في النص آية من القرآن الكريم لا تسجيل لها مثبَّت: يضيف الأمر `{RECITATION_REMEDY}` تسجيلات قارئ.",
)


_NO_CLONING = Bilingual(
    "What reads aloud here cannot take on a personal voice: FANAR_VOICE__URL names a server that can, FANAR_VOICE__CLONES=true says so.",
    "لا يستطيع ما يقرأ هنا أن يتخذ صوتًا شخصيًا: يسمّي FANAR_VOICE__URL خادمًا يستطيع، ويُعلن ذلك FANAR_VOICE__CLONES=true.",
)


class Samples(Protocol):
    """How people's own voices sound."""

    async def sample(self, name: str, *, owner: str) -> VoiceSample:
        """Return how a voice sounds. Raises NotFoundError."""
        ...


class Recitations(Protocol):
    """Recordings of verses by reciters."""

    def find(self, reciter: str | None, verses: Sequence[Place]) -> Callable[[], AsyncIterator[Sound]]:
        """Return what plays these verses, by `reciter` or else by one who has them all. Raises NotConfiguredError."""
        ...


class Readings:
    """Reads texts aloud with `synthesizer`, where there is one, and plays verses from `recitations`."""

    def __init__(
        self,
        *,
        catalog: ModelCatalog,
        synthesizer: SpeechSynthesizer | None,
        watch: Watch,
        mark: Callable[[str], str],
        recitations: Recitations,
        personal: Samples,
        encode: Callable[[SoundFormat, bool, Maker | None], Encoding],
    ) -> None:
        self._catalog = catalog
        self._synthesizer = synthesizer
        self._watch = watch
        self._mark = mark
        self._recitations = recitations
        self._personal = personal
        self._encode = encode

    @property
    def name(self) -> str | None:
        """What really speaks, if anything does."""
        return self._synthesizer.name if self._synthesizer is not None else None

    @property
    def voices(self) -> Sequence[Voice]:
        """The voices that can be asked for."""
        return self._synthesizer.voices if self._synthesizer is not None else ()

    def require(self, model: str) -> None:
        """Raise NotFoundError for a model id that does not speak, NotConfiguredError when nothing does."""
        if self._catalog.find(model).service is not Service.TTS:
            raise NotFoundError(_NO_SPEAKER, param="model")
        if self._synthesizer is None and self._catalog.find(model).id != RECITING:
            raise NotConfiguredError(NO_VOICE)

    async def read(
        self, text: str, options: SpeakingOptions, *, model: str, reciter: str | None = None, owner: str | None = None
    ) -> Reading:
        """Return the sound of a text, of which nothing is made yet. `owner` may have voices of their own.

        Raises what `require` raises, NotFoundError for an unknown voice, UnprocessableError for scripture that may not be read as it
        stands, NotConfiguredError for verses of which there is no recording and for a personal voice that nothing can take on. What
        the voice raises comes with the sounds.
        """
        self.require(model)
        options = await self._as_sampled(options, owner)
        verses = await asyncio.to_thread(self._watch, text)
        if not verses:
            return Reading(self._spoken(text, options), maker=self._maker())
        if any(not verse.faithful for verse in verses):
            raise UnprocessableError(_MISQUOTED, param="input")
        if self._catalog.find(model).id != RECITING:
            raise UnprocessableError(_SCRIPTURE, param="input")
        parts = self._parts(text, verses, options, reciter)
        maker = self._maker("composite") if len(parts) > len(verses) else None
        return Reading(_one_after_another(parts), await asyncio.to_thread(self._mark, text), maker)

    def encoder(self, form: SoundFormat, *, whole: bool, maker: Maker | None = None) -> Encoding:
        """Return what writes one sound in this form; a whole WAV states, signed, what its `maker` is."""
        return self._encode(form, whole, maker)

    async def _as_sampled(self, options: SpeakingOptions, owner: str | None) -> SpeakingOptions:
        """Return the options with how the voice sounds, where it is the owner's own."""
        if owner is None or is_public(options.voice) or self._synthesizer is None:
            return options
        try:
            sample = await self._personal.sample(options.voice, owner=owner)
        except NotFoundError as error:
            error.param = "voice"
            raise
        if not self._synthesizer.clones:
            raise NotConfiguredError(_NO_CLONING)
        return replace(options, sample=sample)

    def _parts(
        self, text: str, verses: Sequence[Recital], options: SpeakingOptions, reciter: str | None
    ) -> list[Callable[[], AsyncIterator[Sound]]]:
        """Return what is heard: words between verses by the voice, verses by the reciter."""
        parts: list[Callable[[], AsyncIterator[Sound]]] = []
        place = 0
        for verse in verses:
            parts += self._words(text[place : verse.start], options)
            parts.append(self._recitations.find(reciter, verse.verses))
            place = verse.end
        return parts + self._words(text[place:], options)

    def _maker(self, origin: Origin | None = None) -> Maker | None:
        return Maker(self._synthesizer.name, origin or self._synthesizer.origin) if self._synthesizer is not None else None

    def _words(self, text: str, options: SpeakingOptions) -> list[Callable[[], AsyncIterator[Sound]]]:
        if not any(character.isalnum() for character in text):
            return []
        if self._synthesizer is None:
            raise NotConfiguredError(NO_VOICE)
        return [lambda: self._spoken(text, options)]

    def _spoken(self, text: str, options: SpeakingOptions) -> AsyncIterator[Sound]:
        if self._synthesizer is None:
            raise NotConfiguredError(NO_VOICE)
        return self._synthesizer.speak(text, options)


async def _one_after_another(parts: Sequence[Callable[[], AsyncIterator[Sound]]]) -> AsyncIterator[Sound]:
    for part in parts:
        async with closing(part()) as sounds:
            async for sound in sounds:
                yield sound
