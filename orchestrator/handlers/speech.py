"""Sound in and out of conversations: recordings are written down word for word, texts are read aloud. Knows nothing of models or voices."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual, Language
from fanar.errors import UnprocessableError
from fanar.events import AudioDelta, Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.media import Audio, SpeakingOptions, Transcript
from fanar.messages import ChatRequest
from fanar.streams import closing
from orchestrator.aloud import MOST_CHARACTERS, ReadingAloud, encoded
from orchestrator.handlers.dictation import text_to_read
from orchestrator.options import refuse_generation_options, refuse_source_options
from orchestrator.sounds import Sounds
from orchestrator.voicing import PLAIN, RECITING

_LISTENING = Bilingual("Listening to the recording", "أستمع إلى التسجيل")
_ATTACH = Bilingual(
    "Attach the recording to your message, and I write down what is said in it.", "أرفق التسجيل برسالتك أفرّغ لك ما يقال فيه."
)
_VOICE = "tts"
_MEDIA_TYPE = "audio/mpeg"
_VOICES: dict[Language, str] = {"ar": "Noor", "en": "Emily"}
_READING = Bilingual("Reading the text aloud", "أقرأ النص جهرًا")
_WHAT = Bilingual("Write down what I shall read aloud.", "اكتب النص الذي تريد أن أقرأه.")
_TOO_LONG = Bilingual(
    f"At most {MOST_CHARACTERS} characters are read aloud at once; send the text in parts.",
    f"يُقرأ جهرًا {MOST_CHARACTERS} محرف دفعة واحدة على الأكثر؛ أرسل النص أجزاءً.",
)
_NOTHING = Bilingual("Nobody speaks in this recording.", "لا أحد يتكلم في هذا التسجيل.")


class SpeechHandler:
    """Answers with the transcript of the sounds that are attached, or with the sound of a text."""

    def __init__(self, *, sounds: Sounds, voice: ReadingAloud) -> None:
        self._sounds = sounds
        self._aloud = voice

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield what is said, or a text and its sound.

        Raises NotConfiguredError where nothing listens or speaks, and what bringing sounds in, listening and reading raise.
        """
        refuse_generation_options(request)
        refuse_source_options(request)
        async with closing(self._read(request, decision) if decision.model == _VOICE else self._written(request, decision)) as events:
            async for event in events:
                yield event

    async def _read(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        text = text_to_read(request.messages)
        if not text:
            yield TextDelta(_WHAT.in_language(language_hint(request.prompt)))
            yield ResponseCompleted(decision.model)
            return
        if len(text) > MOST_CHARACTERS:
            raise UnprocessableError(_TOO_LONG, param="messages")
        model = RECITING if request.model == RECITING else PLAIN
        try:
            reading = await self._aloud.read(text, SpeakingOptions(_VOICES[language_hint(text)]), model=model)
        except UnprocessableError as error:
            error.param = "messages"
            raise
        encoder = self._aloud.encoder("mp3", whole=False)
        yield ProgressReported(_READING)
        yield TextDelta(text)
        async with closing(encoded(reading.sounds, encoder)) as pieces:
            async for piece in pieces:
                yield AudioDelta(Audio(piece, _MEDIA_TYPE))
        yield ResponseCompleted(decision.model, metadata={"audio": {"media_type": _MEDIA_TYPE}})

    async def _written(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        parts = self._sounds.attached(request)
        if not parts:
            yield TextDelta(_ATTACH.in_language(language_hint(request.prompt)))
            yield ResponseCompleted(decision.model)
            return
        yield ProgressReported(_LISTENING)
        transcripts = await self._sounds.written(parts)
        nothing = _NOTHING.in_language(language_hint(request.prompt))
        yield TextDelta("\n\n".join(transcript.text or nothing for transcript in transcripts))
        yield ResponseCompleted(decision.model, metadata={"transcripts": [_told(transcript) for transcript in transcripts]})


def _told(transcript: Transcript) -> dict[str, object]:
    return {
        "language": transcript.language,
        "duration": transcript.duration,
        "segments": [{"start": s.start, "end": s.end, "text": s.text.strip()} for s in transcript.segments],
    }
