"""Sounds made here: tones, noise and silence, in any container that PyAV writes."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 16_000

# name -> (container, codec, rate): what people send. mov and mp4 with pictures are made apart.
CONTAINERS = {
    "wav": ("wav", "pcm_s16le", 44_100),
    "flac": ("flac", "flac", 44_100),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "ogg": ("ogg", "libopus", 24_000),
    "opus": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
    "mp4": ("mp4", "aac", 44_100),
    "mov": ("mov", "aac", 44_100),
    "m4a": ("ipod", "aac", 22_050),
    "aac": ("adts", "aac", 44_100),
    "amr": ("amr", "libopencore_amrnb", 8_000),
    "caf": ("caf", "pcm_s16be", 44_100),
    "mkv": ("matroska", "ac3", 32_000),
}


def tone(seconds: float, *, hertz: float = 440.0, loudness: float = 0.3, rate: int = RATE) -> NDArray[np.float32]:
    times = np.arange(round(seconds * rate)) / rate
    return (loudness * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def noise(seconds: float, *, seed: int = 0, loudness: float = 0.1) -> NDArray[np.float32]:
    return (loudness * np.random.default_rng(seed).standard_normal(round(seconds * RATE))).astype(np.float32)


def wav(samples: NDArray[np.float32], *, rate: int = RATE, size: int | None = None, **fields: int) -> bytes:
    """A WAV file of 16-bit samples, (time,) or (time, channels); `size` and the fields may lie."""
    data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    channels = fields.get("channels", 1 if samples.ndim == 1 else samples.shape[1])
    return wav_of(data, rate=rate, size=size, **{**fields, "channels": channels})


def wav_of(data: bytes, *, rate: int = RATE, size: int | None = None, channels: int = 1, bits: int = 16, form: int = 1) -> bytes:
    length = len(data) if size is None else size
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", form, channels, rate, min(rate * frame, 2**32 - 1), frame & 0xFFFF, bits)
    chunks = b"WAVEfmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", length) + data
    return b"RIFF" + struct.pack("<I", min(len(chunks), 2**32 - 1)) + chunks


def write(path: Path, samples: NDArray[np.float32], name: str, *, picture: bool = False) -> Path:
    """Write mono samples of 16 kHz as one of CONTAINERS; with `picture` beside a video."""
    container, codec, rate = CONTAINERS[name]
    with av.open(str(path), "w", format=container) as output:
        video = output.add_stream("mpeg4", rate=10) if picture else None
        stream = output.add_stream(codec, rate=rate, layout="mono")
        if video is not None:
            video.width = video.height = 16
            video.pix_fmt = "yuv420p"
            for _ in range(10):
                output.mux(video.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")))
            output.mux(video.encode(None))
        frame = av.AudioFrame.from_ndarray((samples * 32767).astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size or 1024)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            if piece is not None:
                output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    return path
