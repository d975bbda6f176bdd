"""Reads sound out of the files that people send: any container, streamed, as 16 kHz samples in blocks. Knows nothing of speech.

Nobody has vouched for the files. What a file says of itself is checked before memory is taken, what it decodes to is counted as it
comes, and only containers of the list are opened: none of them names other files or addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError
from speech.riff import missing_bytes

SAMPLE_RATE = 16_000
Samples = NDArray[np.int16]  # (channels, time)

_CONTAINERS = (
    "wav,w64,aiff,au,caf,flac,mp3,aac,adts,ac3,eac3,amr,amrnb,amrwb,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "asf,avi,flv,mpegts,mpeg,ape,wv,tta,ircam,gsm,opus"
)
# In these the header says how many samples there are, and says so exactly.
_EXACT = frozenset(("wav", "w64", "aiff", "au", "caf", "flac", "mov,mp4,m4a,3gp,3g2,mj2"))
_RATES = range(1_000, 768_001)
_BLOCK = SAMPLE_RATE  # samples that are gathered before they are handed on
_MISSING_SECONDS = 0.5
_MISSING_BYTES = 4096  # less than that is a recorder that rounds
_MISSING_SHARE = 0.02
_BAD_PACKETS = 2
_BAD_SHARE = 20  # one in so many may be bad: recordings that begin or end in the middle of a packet are common

_NO_SOUND = Bilingual(
    "The file is no sound in a format that is read here; wav, flac, mp3, ogg, opus, webm, mp4, m4a, mov, aac, amr, caf and mkv are.",
    "ليس الملف صوتًا بصيغة مقروءة هنا؛ تُقرأ wav وflac وmp3 وogg وopus وwebm وmp4 وm4a وmov وaac وamr وcaf وmkv.",
)
_NO_STREAM = Bilingual("The file holds no sound.", "لا صوت في الملف.")
_ODD = Bilingual("The sound has a sample rate or channels that no recording has.", "في الصوت معدل عيّنات أو قنوات لا تكون في تسجيل.")
_INCOMPLETE = Bilingual(
    "The sound ends before its own header says: the file is incomplete.", "ينتهي الصوت قبل ما تذكره ترويسته: الملف ناقص."
)
_DAMAGED = Bilingual("The sound is damaged.", "الصوت تالف.")


@dataclass(frozen=True, slots=True)
class SoundLimits:
    """Bounds on a file: its bytes, the seconds it lasts, the channels it has."""

    bytes: int = 512 * 1024 * 1024
    seconds: float = 12 * 3600.0
    channels: int = 16


def read_blocks(path: Path, limits: SoundLimits, *, split: bool = False) -> Iterator[Samples]:
    """Yield the sound of a file in blocks of about a second: mixed to one channel, or with `split` each channel by itself.

    Raises UnprocessableError for what is no sound, is damaged or incomplete, TooLargeError beyond the limits.
    """
    if path.stat().st_size > limits.bytes:
        raise too_many_bytes(limits.bytes)
    with path.open("rb") as file:
        if missing_bytes(file) > _MISSING_BYTES:
            raise _wrong(_INCOMPLETE)
        file.seek(0)
        yield from _read(file, limits, split=split)


def _read(file: BinaryIO, limits: SoundLimits, *, split: bool) -> Iterator[Samples]:
    with _opened(file) as container:
        stream = _sound_of(container)
        _check(container, stream, limits)
        seen = 0
        for block in _gathered(_resampled(container, stream, limits, split=split)):
            seen += block.shape[1]
            if seen > limits.seconds * SAMPLE_RATE:
                raise _too_long(limits)
            yield block
        if not seen:
            raise _wrong(_NO_STREAM)
        if _declared(container, stream) * (1 - _MISSING_SHARE) - _MISSING_SECONDS > seen / SAMPLE_RATE:
            raise _wrong(_INCOMPLETE)


def too_many_bytes(most: int) -> TooLargeError:
    """Return the refusal of a file with more bytes than `most`."""
    megabytes = f"{most / 1_000_000:g}"
    return TooLargeError(Bilingual(f"The file is larger than {megabytes} megabytes.", f"الملف أكبر من {megabytes} ميغابايت."), param="file")


@contextmanager
def _opened(file: BinaryIO) -> Iterator[InputContainer]:
    """Open a container; what av raises within is an error of ours."""
    try:
        with av.open(file, mode="r", options={"format_whitelist": _CONTAINERS, "protocol_whitelist": "none"}) as container:
            yield container
    except (av.FFmpegError, ValueError, OverflowError) as cause:
        # av's errors are also ValueError or OSError, after what ffmpeg said.
        raise _wrong(_NO_SOUND) from cause


def _sound_of(container: InputContainer) -> AudioStream:
    streams = container.streams.audio
    if not streams:
        raise _wrong(_NO_STREAM)
    stream = streams[0]
    if stream.codec_context is None:
        raise _wrong(_NO_SOUND)
    stream.codec_context.thread_count = 1
    return stream


def _check(container: InputContainer, stream: AudioStream, limits: SoundLimits) -> None:
    if stream.codec_context.sample_rate not in _RATES or not 1 <= stream.codec_context.channels <= limits.channels:
        raise _wrong(_ODD)
    if _declared(container, stream) > limits.seconds:
        raise _too_long(limits)


def _declared(container: InputContainer, stream: AudioStream) -> float:
    """Return how many seconds an exact header says there are; nothing where it says nothing."""
    if container.format.name not in _EXACT or stream.duration is None or stream.time_base is None:
        return 0.0
    return float(stream.duration * stream.time_base)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    good = bad = 0
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError as cause:
            bad += 1
            if bad > _BAD_PACKETS + good // _BAD_SHARE:
                raise _wrong(_DAMAGED) from cause
            continue
        good += 1
        yield from (frame for frame in frames if isinstance(frame, AudioFrame))


def _resampled(container: InputContainer, stream: AudioStream, limits: SoundLimits, *, split: bool) -> Iterator[Samples]:
    resampling: _Resampling | None = None
    numbers = stream.codec_context.name.startswith("pcm_f")  # only these can hold what is no number
    for frame in _frames(container, stream):
        if frame.sample_rate not in _RATES or frame.layout.nb_channels > limits.channels:
            raise _wrong(_ODD)
        if numbers and not np.isfinite(frame.to_ndarray()).all():
            raise _wrong(_DAMAGED)
        resampling = resampling or _Resampling(frame.layout if split else AudioLayout("mono"))
        yield from resampling.feed(frame)
    if resampling is not None:
        yield from resampling.drain()


class _Resampling:
    """Turns frames into 16-bit samples at our rate. A stream may change its form on the way; ours stays."""

    def __init__(self, layout: AudioLayout) -> None:
        self._layout = layout
        self._resampler: AudioResampler | None = None
        self._form: tuple[str, str, int] | None = None

    def feed(self, frame: AudioFrame) -> Iterator[Samples]:
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._form:
            yield from self.drain()
            self._form = form
            self._resampler = AudioResampler(format="s16", layout=self._layout, rate=SAMPLE_RATE)
        frame.pts = None  # stamps that jump are no reason to invent or to drop sound
        yield from self._out(frame)

    def drain(self) -> Iterator[Samples]:
        """Yield what the resampler holds back."""
        if self._resampler is not None:
            yield from self._out(None)

    def _out(self, frame: AudioFrame | None) -> Iterator[Samples]:
        assert self._resampler is not None  # noqa: S101 - made before it is asked
        for out in self._resampler.resample(frame):
            yield out.to_ndarray().astype(np.int16, copy=False).reshape(-1, self._layout.nb_channels).T


def _gathered(pieces: Iterator[Samples]) -> Iterator[Samples]:
    waiting: list[Samples] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += piece.shape[1]
        if length >= _BLOCK:
            yield np.concatenate(waiting, axis=1)
            waiting, length = [], 0
    if length:
        yield np.concatenate(waiting, axis=1)


def _too_long(limits: SoundLimits) -> TooLargeError:
    seconds = f"{limits.seconds:g}"
    return TooLargeError(Bilingual(f"The sound is longer than {seconds} seconds.", f"الصوت أطول من {seconds} ثانية."), param="file")


def _wrong(message: Bilingual) -> UnprocessableError:
    return UnprocessableError(message, param="file")
