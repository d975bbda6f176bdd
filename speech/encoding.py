"""Sound as files and streams: wav, mp3, opus, flac, aac, and plain samples. Knows nothing of who spoke."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer

from fanar.media import Sound
from speech.riff import HEAD, UNKNOWN, wave_head

SoundFormat = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
RATE = 24_000  # of everything that is sent: what OpenAI's clients take plain samples for
MEDIA_TYPES: Mapping[SoundFormat, str] = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}


@dataclass(frozen=True, slots=True)
class _Codec:
    container: str
    name: str
    bits: int
    options: Mapping[str, str]


_CODECS: Mapping[str, _Codec] = {
    "mp3": _Codec("mp3", "libmp3lame", 64_000, {"write_xing": "0", "id3v2_version": "0"}),
    "opus": _Codec("ogg", "libopus", 32_000, {"page_duration": "100000"}),
    "aac": _Codec("adts", "aac", 64_000, {}),
    "flac": _Codec("flac", "flac", 0, {}),
}


class SoundEncoder:
    """Writes one sound, piece by piece. Of a `whole` sound all is written at the end, with its true length in its head.

    `sign` is given a whole WAV and returns it signed.
    """

    def __init__(self, form: SoundFormat, *, whole: bool = False, sign: Callable[[bytes], bytes] | None = None) -> None:
        self._written = _Pipe()
        self._whole = whole
        self._resampler: AudioResampler | None = None
        self._rate = 0
        self._sink: _Plain | _Compressed
        self._sink = _Compressed(self._written, _CODECS[form]) if form in _CODECS else _Plain(self._written, head=form == "wav", sign=sign)

    def add(self, sound: Sound) -> bytes:
        """Take a piece in and return what can be sent; nothing is sent of a whole sound before its end."""
        if sound.rate != self._rate:
            self._drain()
            self._rate, self._resampler = sound.rate, AudioResampler(format="s16", layout="mono", rate=RATE)
        assert self._resampler is not None  # noqa: S101 - made above
        samples = np.frombuffer(sound.samples, "<i2").reshape(1, -1)
        if samples.size:
            frame = AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate = sound.rate
            for out in self._resampler.resample(frame):
                self._sink.write(out)
        return b"" if self._whole else self._written.taken()

    def finish(self) -> bytes:
        """Return the rest."""
        self._drain()
        self._sink.close()
        rest = self._written.taken()
        return self._sink.completed(rest) if self._whole else rest

    def _drain(self) -> None:
        if self._resampler is not None:
            for out in self._resampler.resample(None):
                self._sink.write(out)


class _Pipe:
    """A file that is written to, front to back, and taken from."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take bytes in."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since this was asked last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


class _Plain:
    def __init__(self, pipe: _Pipe, *, head: bool, sign: Callable[[bytes], bytes] | None) -> None:
        self._pipe = pipe
        self._sign = sign
        self._head = head
        if head:
            pipe.write(wave_head(UNKNOWN, rate=RATE))

    def write(self, frame: AudioFrame) -> None:
        self._pipe.write(frame.to_ndarray().astype("<i2", copy=False).tobytes())

    def close(self) -> None:
        """All is written already."""

    def completed(self, written: bytes) -> bytes:
        if not self._head:
            return written
        wave = wave_head(len(written) - HEAD, rate=RATE) + written[HEAD:]
        return self._sign(wave) if self._sign is not None else wave


class _Compressed:
    def __init__(self, pipe: _Pipe, codec: _Codec) -> None:
        self._container: OutputContainer = av.open(pipe, "w", format=codec.container, options=dict(codec.options))
        stream = self._container.add_stream(codec.name, rate=RATE, layout="mono")
        assert isinstance(stream, AudioStream)  # noqa: S101 - the codec is one of sound
        self._stream = stream
        if codec.bits:
            self._stream.codec_context.bit_rate = codec.bits
        self._stream.codec_context.thread_count = 1
        self._place = 0

    def write(self, frame: AudioFrame) -> None:
        frame.pts, frame.time_base = self._place, Fraction(1, RATE)
        self._place += frame.samples
        self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def completed(self, written: bytes) -> bytes:
        return written
