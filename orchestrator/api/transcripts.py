"""Transcripts in the words of the wire: OpenAI's forms, Fanar's forms, and OpenAI's events. Knows nothing of connections or of models."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from starlette.responses import Response

from fanar.bilingual import Language
from fanar.errors import FanarError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent
from fanar.media import Segment, Transcript, Word
from orchestrator.api.errors import envelope
from orchestrator.api.schemas.audio import TranscriptionRequest
from orchestrator.api.wire import json_answer, json_event
from orchestrator.transcription import text_of
from speech.subtitles import to_srt, to_vtt

Json = dict[str, Any]

_SPEAKER = "A"  # where nobody tells speakers apart, all is said by one


def answer(transcript: Transcript, wanted: TranscriptionRequest, *, id: str, task: str) -> Response:  # noqa: A002
    """Return a whole transcript in the form that was asked for."""
    if wanted.format is not None:
        return json_answer({"id": id, **_FANAR[wanted.format](transcript)})
    match wanted.response_format:
        case "text":
            return _plain(transcript.text + "\n")
        case "srt":
            return _plain(to_srt(transcript.segments))
        case "vtt":
            return _plain(to_vtt(transcript.segments), kind="text/vtt")
        case "verbose_json":
            return json_answer({"id": id, "task": task, **_verbose(transcript, wanted)})
        case "diarized_json":
            return json_answer({"id": id, "task": task, **_diarized(transcript)})
        case _:
            extra = {"logprobs": _logprobs(transcript.segments)} if wanted.include else {}
            return json_answer({"id": id, "text": transcript.text, **extra, "usage": _usage(transcript.duration)})


class TranscriptWriter:
    """Writes one transcription as a stream of OpenAI's events."""

    def __init__(self, wanted: TranscriptionRequest) -> None:
        self._wanted = wanted
        self._segments: list[Segment] = []

    def frames(self, event: TranscriptEvent, /) -> Iterator[bytes]:
        """Yield the frames for the next event."""
        match event:
            case TranscriptDelta(segment):
                if self._wanted.response_format == "diarized_json":
                    yield json_event({"type": "transcript.text.segment", **_turn(segment)})
                before = text_of(self._segments)
                self._segments.append(segment)
                # The pieces joined are the text: what stands before the first word is left out, what joins two segments is not.
                delta = text_of(self._segments).removeprefix(before)
                yield json_event({"type": "transcript.text.delta", "delta": delta, **self._logprobs([segment])})
            case TranscriptCompleted():
                text = text_of(self._segments)
                yield json_event(
                    {"type": "transcript.text.done", "text": text, **self._logprobs(self._segments), "usage": _usage(event.duration)}
                )
            case _:
                return

    def failure(self, error: FanarError, language: Language) -> bytes:
        """Return the frame that ends a stream that failed."""
        return json_event(envelope(error, language))

    def _logprobs(self, segments: list[Segment]) -> Json:
        return {"logprobs": _logprobs(segments)} if self._wanted.include else {}


def _verbose(transcript: Transcript, wanted: TranscriptionRequest) -> Json:
    told: Json = {"language": transcript.language, "duration": transcript.duration, "text": transcript.text}
    words = [word for segment in transcript.segments for word in segment.words]
    if "word" in wanted.timestamp_granularities:
        told["words"] = [{"word": word.text.strip(), "start": word.start, "end": word.end} for word in words]
    if "segment" in wanted.timestamp_granularities or "words" not in told:
        told["segments"] = [_segment(segment) for segment in transcript.segments]
    return told | {"usage": _usage(transcript.duration)}


def _segment(segment: Segment) -> Json:
    told = {name: getattr(segment, name) for name in ("id", "start", "end", "text", "temperature", "avg_logprob")}
    told |= {"compression_ratio": segment.compression_ratio, "no_speech_prob": segment.no_speech_prob, "tokens": list(segment.tokens)}
    return {**told, "seek": round(segment.start * 100)}


def _diarized(transcript: Transcript) -> Json:
    turns = [{"type": "transcript.text.segment", **_turn(segment)} for segment in transcript.segments]
    return {"duration": transcript.duration, "text": transcript.text, "segments": turns, "usage": _usage(transcript.duration)}


def _turn(segment: Segment) -> Json:
    speaker = segment.speaker or _SPEAKER
    return {"id": f"seg_{segment.id}", "start": segment.start, "end": segment.end, "text": segment.text.strip(), "speaker": speaker}


def _fanar_segment(segment: Segment) -> Json:
    return {
        "speaker": segment.speaker or _SPEAKER,
        "start_time": segment.start,
        "end_time": segment.end,
        "duration": round(segment.end - segment.start, 3),
        "text": segment.text.strip(),
    }


_FANAR: Mapping[str, Callable[[Transcript], Json]] = {
    "text": lambda transcript: {"text": transcript.text},
    "srt": lambda transcript: {"srt": to_srt(transcript.segments)},
    "json": lambda transcript: {"json": {"segments": [_fanar_segment(segment) for segment in transcript.segments]}},
}


def _logprobs(segments: list[Segment] | tuple[Segment, ...]) -> list[Json]:
    """Return how likely each word is: words are what is timed and weighed here, not the model's tokens."""
    return [_weighed(word) for segment in segments for word in segment.words]


def _weighed(word: Word) -> Json:
    return {"token": word.text, "logprob": math.log(max(word.probability, 1e-10)), "bytes": list(word.text.encode())}


def _usage(seconds: float) -> Json:
    return {"type": "duration", "seconds": math.ceil(seconds)}


def _plain(text: str, *, kind: str = "text/plain") -> Response:
    return Response(text, media_type=f"{kind}; charset=utf-8")
