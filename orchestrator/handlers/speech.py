"""Questions with sound attached: what is said in it, word for word. Knows nothing of how sound is brought in or listened to."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fanar.arabic.script import language_hint
from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.events import Event, ProgressReported, ResponseCompleted, RoutingDecision, TextDelta
from fanar.media import Transcript
from fanar.messages import ChatRequest
from orchestrator.options import refuse_generation_options, refuse_source_options
from orchestrator.sounds import Sounds

_LISTENING = Bilingual("Listening to the recording", "أستمع إلى التسجيل")
_ATTACH = Bilingual(
    "Attach the recording to your message, and I write down what is said in it.", "أرفق التسجيل برسالتك أفرّغ لك ما يقال فيه."
)
_VOICE = "tts"
NO_VOICE = Bilingual(
    "Reading aloud needs a voice, and none is connected to this platform.", "تحتاج القراءة الجهرية إلى صوت، ولا صوت متصل بهذه المنصة."
)
_NOTHING = Bilingual("Nobody speaks in this recording.", "لا أحد يتكلم في هذا التسجيل.")


class SpeechHandler:
    """Answers with the transcript of the sounds that are attached."""

    def __init__(self, *, sounds: Sounds) -> None:
        self._sounds = sounds

    async def handle(self, request: ChatRequest, decision: RoutingDecision) -> AsyncIterator[Event]:
        """Yield what is said. Raises NotConfiguredError where nothing listens, and what bringing sounds in and listening raise."""
        refuse_generation_options(request)
        refuse_source_options(request)
        if decision.model == _VOICE:
            raise NotConfiguredError(NO_VOICE)
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
