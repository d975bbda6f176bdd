"""What the owner of a speech model serves: transcripts in the making, each pulled on a stretch at a time, so that none holds up others.

The weights are loaded once, at the start, and given back after a while without work; the next recording loads them again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import faster_whisper

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, OverloadedError
from fanar.events import TranscriptEvent
from fanar.media import Sound, TranscriptionOptions
from fanar.workers.memory import give_back
from speech.audio import SoundLimits
from speech.engine import Engine
from speech.live import LiveTranscript
from speech.session import Listening, transcribe
from speech.vad import SpeechNetwork
from speech.voiceprints import VoicePrints
from speech.wire import pack_event

METHODS = ("begin", "advance", "end", "loaded", "listen", "hear")
_SLICE = 0.2  # seconds of work after which another recording has its turn
_FORGOTTEN = 120.0  # seconds after which nobody is believed to wait for a transcript any more
_FULL = Bilingual("Too many recordings are being transcribed; try again shortly.", "تُفرَّغ تسجيلات كثيرة الآن؛ أعد المحاولة بعد قليل.")
_GONE = Bilingual("This transcription is no longer there; send the recording again.", "لم يعد هذا التفريغ موجودًا؛ أعد إرسال التسجيل.")


@dataclass(slots=True)
class _Session:
    events: Generator[TranscriptEvent]
    seen: float
    live: LiveTranscript | None = None


class Desk:
    """Transcribes with the engine that `load` loads; at most `most` recordings are in progress, and `idle` seconds unload the weights."""

    def __init__(self, load: Callable[[], Listening], *, most: int, idle: float) -> None:
        self._load = load
        self._most = most
        self._idle = idle
        self._lock = threading.RLock()
        self._sessions: dict[str, _Session] = {}
        self._timer: threading.Timer | None = None
        self._shared: Listening | None = self._loaded()
        self._rest()

    def begin(self, path: str, options: dict[str, Any]) -> str:
        """Take a recording in and return the name of its transcription. Raises OverloadedError."""
        with self._lock:
            shared = self._prepared()
            return self._entered(_Session(transcribe(Path(path), TranscriptionOptions(**options), shared), time.monotonic()))

    def listen(self, options: dict[str, Any]) -> str:
        """Begin to listen to somebody who is speaking and return the name of the session. Raises OverloadedError."""
        with self._lock:
            live = LiveTranscript(TranscriptionOptions(**options), self._prepared())
            return self._entered(_Session(_nothing(), time.monotonic(), live))

    def hear(self, name: str, samples: bytes, rate: int, final: bool) -> tuple[str, float]:  # noqa: FBT001 - the wire has no keywords here
        """Take in what somebody said since, and return what is believed now and how long nobody has spoken, in seconds."""
        with self._lock:
            session = self._sessions.get(name)
            if session is None or session.live is None:
                raise NotFoundError(_GONE)
            heard = session.live.hear(Sound(samples, rate), final=final)
            session.seen = time.monotonic()
            return heard.text, heard.silence

    def advance(self, name: str) -> list[list[Any]]:
        """Work on a transcription for a while and return what came of it; nothing is the end. Raises what `transcribe` does."""
        with self._lock:
            session = self._sessions.get(name)
            if session is None:
                raise NotFoundError(_GONE)
            until = time.monotonic() + _SLICE
            found: list[list[Any]] = []
            for event in session.events:
                found.append(pack_event(event))
                if time.monotonic() >= until:
                    break
            session.seen = time.monotonic()
            return found

    def end(self, name: str) -> None:
        """Leave a transcription; one that is not there is no error."""
        with self._lock:
            self._drop(name)
            self._rest()

    def loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._shared is not None

    def close(self) -> None:
        """Leave everything."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            for name in list(self._sessions):
                self._drop(name)
            self._shared = None

    def _prepared(self) -> Listening:
        """Forget those who left, and return the engine for one more session. Raises OverloadedError."""
        now = time.monotonic()
        for name in [name for name, session in self._sessions.items() if now - session.seen > _FORGOTTEN]:
            self._drop(name)
        if len(self._sessions) >= self._most:
            raise OverloadedError(_FULL)
        if self._timer is not None:
            self._timer.cancel()
        if self._shared is None:
            self._shared = self._loaded()
        return self._shared

    def _loaded(self) -> Listening:
        """Load the weights, without what it took to read them."""
        shared = self._load()
        give_back()
        return shared

    def _entered(self, session: _Session) -> str:
        name = token_hex(8)
        self._sessions[name] = session
        return name

    def _drop(self, name: str) -> None:
        session = self._sessions.pop(name, None)
        if session is not None:
            session.events.close()

    def _rest(self) -> None:
        """Begin to wait for the time when the weights are given back."""
        if self._idle and not self._sessions:
            self._timer = threading.Timer(self._idle, self._unload)
            self._timer.daemon = True
            self._timer.start()

    def _unload(self) -> None:
        with self._lock:
            if not self._sessions:
                self._shared = None
                give_back()


def _nothing() -> Generator[TranscriptEvent]:
    """Yield nothing."""
    yield from ()


def open_desk(
    load: Callable[[], Engine],
    *,
    name: str,
    limits: Mapping[str, Any],
    speech_only: bool,
    most: int,
    idle: float,
    embedder: str | None = None,
    alike: float = 0.5,
) -> Desk:
    """Return a desk of the engine that `load` loads, and of an embedder. Raises ConfigurationError for what cannot be loaded."""
    network = SpeechNetwork(Path(faster_whisper.__file__).parent / "assets" / "silero_vad_v6.onnx")
    bounds = SoundLimits(**limits)
    prints = VoicePrints(Path(embedder)) if embedder is not None else None

    def shared() -> Listening:
        """Return what sessions share, with the weights loaded."""
        return Listening(load(), network, bounds, name, speech_only=speech_only, prints=prints, alike=alike)

    return Desk(shared, most=most, idle=idle)
