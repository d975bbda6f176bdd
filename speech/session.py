"""One file on its way to a transcript, a stretch at a time, so that a long one makes room for others. Knows nothing of processes."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.events import TranscriptCompleted, TranscriptDelta, TranscriptEvent, TranscriptProgressed
from fanar.media import Segment, TranscriptionOptions
from speech.audio import SoundLimits
from speech.engine import Engine
from speech.guards import Guard
from speech.listening import Listener
from speech.recording import Recording
from speech.spectrum import Tape
from speech.survey import Blocks, Surveyor, channel
from speech.vad import SpeechDetector, SpeechNetwork
from speech.voiceprints import VoicePrints, voices_of

_ALIKE = 0.5  # a correlation: microphones of their own hear less of each other
NO_LANGUAGE = "und"  # where nobody speaks, nobody speaks a language


@dataclass(frozen=True, slots=True)
class Listening:
    """What sessions share: the engine, what finds speech, the bounds, and whether only speech is listened to unless a caller says so.

    Where there are `prints`, voices that are less `alike` than that are two.
    """

    engine: Engine
    network: SpeechNetwork
    limits: SoundLimits
    name: str
    speech_only: bool = True
    guard: Guard | None = None
    prints: VoicePrints | None = None
    alike: float = 0.5

    def detector(self, options: TranscriptionOptions) -> SpeechDetector | None:
        """Return what finds speech for these options."""
        wanted = self.speech_only if options.speech_only is None else options.speech_only
        return SpeechDetector(self.network) if wanted else None


def transcribe(path: Path, options: TranscriptionOptions, shared: Listening) -> Generator[TranscriptEvent]:
    """Yield what is understood of a file, with a `TranscriptProgressed` after each stretch of work. Raises what `read_blocks` does."""
    if options.language is not None and options.language not in shared.engine.languages:
        raise UnprocessableError(
            Bilingual(
                "The model does not know this language; codes are those of ISO 639-1.", "لا يعرف النموذج هذه اللغة؛ الرموز رموز ISO 639-1."
            ),
            param="language",
        )
    limits = shared.limits if options.longest is None else replace(shared.limits, seconds=min(options.longest, shared.limits.seconds))
    recording = Recording(path, limits, split=options.channels)
    count = speakers_in(recording) if options.channels else 1
    if count > 1:
        yield from _several(recording, count, options, shared)
        return
    mixed = Recording(path, limits) if options.channels else recording
    events = listened(_blocks(mixed, 0), options, shared)
    yield from _by_voice(events, _blocks(mixed, 0), shared) if options.channels and shared.prints is not None else events


def listened(blocks: Blocks, options: TranscriptionOptions, shared: Listening, *, brief: bool = False) -> Iterator[TranscriptEvent]:
    """Yield what is understood of sound that can be gone over twice; of `brief` sound, at little cost."""
    surveyor = Surveyor(shared.engine.log_mel, detector=shared.detector(options))
    for seconds in surveyor.go(blocks()):
        yield TranscriptProgressed(0.0, seconds)
    survey = surveyor.found()
    clips = ((0, survey.frames),) if survey.clips is None else survey.clips
    windows = survey.windows(blocks, shared.engine.log_mel, shared.engine.mels)
    listener = Listener(shared.engine, guard=shared.guard, brief=brief)
    language = options.language or (listener.language_of(windows, clips[0][0]) if clips else NO_LANGUAGE)
    for seconds, segments in listener.listen(windows, clips, options, language=language):
        yield from (TranscriptDelta(segment) for segment in segments)
        yield TranscriptProgressed(min(seconds, survey.seconds), survey.seconds)
    yield TranscriptCompleted(language, survey.seconds, shared.name)


def _several(recording: Recording, count: int, options: TranscriptionOptions, shared: Listening) -> Iterator[TranscriptEvent]:
    """Listen to one channel after the other; what was said is told in the order of time, once all are heard."""
    segments: list[Segment] = []
    ending = TranscriptCompleted(options.language or NO_LANGUAGE, 0.0, shared.name)
    for number in range(count):
        for event in listened(_blocks(recording, number), options, shared):
            match event:
                case TranscriptDelta(segment):
                    segments.append(replace(segment, speaker=speaker_name(number)))
                case TranscriptCompleted():
                    ending = event if ending.language == NO_LANGUAGE else replace(ending, duration=event.duration)
                case TranscriptProgressed(seconds, duration):
                    yield TranscriptProgressed((number * duration + seconds) / count, duration)
    segments.sort(key=lambda segment: (segment.start, segment.end))
    yield from (TranscriptDelta(replace(segment, id=place)) for place, segment in enumerate(segments))
    yield ending


def _by_voice(events: Iterator[TranscriptEvent], blocks: Blocks, shared: Listening) -> Iterator[TranscriptEvent]:
    """Yield what was understood, each segment with the speaker whose voice it has, once all is understood."""
    assert shared.prints is not None  # noqa: S101 - looked at before
    segments: list[Segment] = []
    for event in events:
        match event:
            case TranscriptDelta(segment):
                segments.append(segment)
            case TranscriptCompleted():
                speakers = voices_of(
                    [(segment.start, segment.end) for segment in segments], Tape(blocks()), shared.prints, alike=shared.alike
                )
                for segment, number in zip(segments, speakers, strict=True):
                    yield TranscriptDelta(replace(segment, speaker=speaker_name(number)))
                yield event
            case _:
                yield event


def speakers_in(recording: Recording) -> int:
    """Return how many channels there are when each has sound of its own; one when they are one sound, as in stereo recordings."""
    shared = np.zeros((1, 1))
    for block in recording.blocks():
        loud = block.astype(np.float64)
        shared = shared + loud @ loud.T
    power = np.sqrt(np.diag(shared))
    alike = np.abs(shared) > _ALIKE * np.outer(power, power)
    return 1 if (alike & ~np.eye(len(shared), dtype=bool)).any() else len(shared)


def speaker_name(number: int) -> str:
    """Return the name of a speaker: A to Z, then A1 and so on."""
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else f"{letter}{number // 26}"


def _blocks(recording: Recording, number: int) -> Blocks:
    return lambda: channel(recording.blocks(), number)
