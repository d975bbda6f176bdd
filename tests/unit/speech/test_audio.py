from __future__ import annotations

import random
import struct
from pathlib import Path

import numpy as np
import pytest

from fanar.errors import TooLargeError, UnprocessableError
from speech.audio import SAMPLE_RATE, Samples, SoundLimits, read_blocks
from speech.recording import Recording
from tests.unit.speech.sounds import CONTAINERS, noise, tone, wav, wav_of, write

LIMITS = SoundLimits(bytes=20_000_000, seconds=600.0, channels=8)


def read(path: Path, *, limits: SoundLimits = LIMITS, split: bool = False) -> Samples:
    return np.concatenate(list(read_blocks(path, limits, split=split)), axis=1)


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples[0].astype(float)))
    return float(np.argmax(spectrum) * SAMPLE_RATE / samples.shape[1])


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_sound_is_the_same_in_every_container(name: str, tmp_path: Path) -> None:
    heard = read(write(tmp_path / f"sound.{name}", tone(2.0), name))
    assert heard.shape[1] / SAMPLE_RATE == pytest.approx(2.0, abs=0.1)
    assert pitch(heard) == pytest.approx(440, abs=5)


@pytest.mark.parametrize("name", ["mp4", "mov", "mkv"])
def test_the_sound_of_a_video_is_heard(name: str, tmp_path: Path) -> None:
    assert pitch(read(write(tmp_path / "film", tone(2.0), name, picture=True))) == pytest.approx(440, abs=5)


def test_the_name_of_a_file_says_nothing_of_its_container(tmp_path: Path) -> None:
    assert read(write(tmp_path / "music.mp3", tone(1.0), "flac")).shape == (1, SAMPLE_RATE)


def test_samples_of_16_khz_come_through_unchanged(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(noise(1.0)))
    assert np.array_equal(read(tmp_path / "sound")[0], (noise(1.0) * 32767).astype(np.int16))


def test_channels_are_mixed_or_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(np.stack([tone(1.0), np.zeros(16_000, np.float32)], axis=1)))
    apart = read(tmp_path / "sound", split=True)
    assert np.abs(apart).max(axis=1).tolist() == [pytest.approx(9830, abs=2), 0]
    assert read(tmp_path / "sound").shape == (1, 16_000)


def test_a_wav_of_unknown_length_is_read_to_its_end(tmp_path: Path) -> None:
    streamed = bytearray(wav(tone(1.0), size=0xFFFFFFFF))
    streamed[4:8] = b"\xff" * 4
    (tmp_path / "sound").write_bytes(streamed)
    assert read(tmp_path / "sound").shape == (1, 16_000)


def test_blocks_are_about_a_second_however_long_the_file(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(noise(20.0)))
    assert max(block.shape[1] for block in read_blocks(tmp_path / "sound", LIMITS)) < 2 * SAMPLE_RATE


def _noisy(data: bytes) -> bytes:
    rng = random.Random(1)
    spoiled = bytearray(data)
    for _ in range(len(spoiled) // 20):
        spoiled[rng.randrange(200, len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


def _flac(folder: Path) -> bytes:
    return write(folder / "whole.flac", noise(5.0), "flac").read_bytes()


def _mp4(folder: Path) -> bytes:
    return write(folder / "whole.mp4", tone(5.0), "mp4").read_bytes()


BROKEN = {
    "nothing": lambda _: b"",
    "zeros": lambda _: bytes(50_000),
    "noise": lambda _: random.Random(2).randbytes(50_000),
    "text": lambda _: "لا صوت هنا ".encode() * 1000,
    "a web page": lambda _: b"<!doctype html><html><body>audio</body></html>" * 100,
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(2000),
    "a playlist": lambda _: b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    "a list of files": lambda _: b"ffconcat version 1.0\nfile /etc/hostname\n",
    "a session": lambda _: b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    "a header alone": lambda _: wav(np.zeros(0, np.float32)),
    "half a header": lambda _: wav(tone(1.0))[:20],
    "half a wav": lambda _: wav(tone(4.0))[:60_000],
    "a wav that says 2 GB": lambda _: wav(tone(1.0), size=2**31),
    "a wav that says 4 GB": lambda _: wav(tone(1.0), size=2**32 - 1),
    "no channels": lambda _: wav(tone(1.0), channels=0),
    "65,535 channels": lambda _: wav(tone(1.0), channels=65_535),
    "nine channels": lambda _: wav(np.zeros((16_000, 9), np.float32)),
    "4 GHz": lambda _: wav(tone(1.0), rate=4_000_000_000),
    "one sample a second": lambda _: wav(tone(1.0), rate=1),
    "an unknown code": lambda _: wav_of(bytes(32_000), form=0x9999),
    "samples that are no numbers": lambda _: wav_of(struct.pack("<f", float("nan")) * 16_000, bits=32, form=3),
    "samples without end": lambda _: wav_of(struct.pack("<f", float("inf")) * 16_000, bits=32, form=3),
    "half a flac": lambda folder: _flac(folder)[: len(_flac(folder)) // 2],
    "a spoiled flac": lambda folder: _noisy(_flac(folder)),
    "half an mp4": lambda folder: _mp4(folder)[: len(_mp4(folder)) // 2],
    "an id3 tag without end": lambda _: b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + bytes(2000),
    "an ogg page alone": lambda _: b"OggS" + bytes(200),
    "a matroska head alone": lambda _: bytes.fromhex("1a45dfa3") + bytes(500),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_whole_sound_is_refused_without_a_word_of_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(BROKEN[name](tmp_path))
    with pytest.raises(UnprocessableError) as refusal:
        read(tmp_path / "sent")
    assert refusal.value.param == "file"
    assert str(tmp_path) not in str(refusal.value)


def test_a_file_of_too_many_bytes_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(tone(1.0)))
    with pytest.raises(TooLargeError):
        read(tmp_path / "sound", limits=SoundLimits(bytes=1000))


def test_a_file_that_says_it_is_too_long_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(tone(5.0)))
    blocks = read_blocks(tmp_path / "sound", SoundLimits(seconds=4.0))
    with pytest.raises(TooLargeError):
        next(blocks)


def test_a_file_that_unpacks_to_more_than_it_says_is_left_at_the_bound(tmp_path: Path) -> None:
    sound = write(tmp_path / "bomb", np.zeros(120 * SAMPLE_RATE, np.float32), "aac")
    assert sound.stat().st_size < 100_000
    with pytest.raises(TooLargeError):
        read(sound, limits=SoundLimits(seconds=60.0))


def test_a_recording_can_be_heard_again_though_its_file_is_gone(tmp_path: Path) -> None:
    (tmp_path / "sound").write_bytes(wav(noise(3.0)))
    recording = Recording(tmp_path / "sound", LIMITS)
    first = np.concatenate(list(recording.blocks()), axis=1)
    (tmp_path / "sound").unlink()
    assert np.array_equal(np.concatenate(list(recording.blocks()), axis=1), first)


def test_of_a_long_recording_nothing_is_kept(tmp_path: Path) -> None:
    sound = write(tmp_path / "sound", np.zeros(601 * SAMPLE_RATE, np.float32), "flac")
    recording = Recording(sound, SoundLimits())
    length = sum(block.shape[1] for block in recording.blocks())
    assert sum(block.shape[1] for block in recording.blocks()) == length
    sound.unlink()
    with pytest.raises(FileNotFoundError):
        next(recording.blocks())
