"""openai-whisper's checkpoints as folders for faster-whisper: the same text, times and words from both."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper
from faster_whisper import WhisperModel
from whisper.model import ModelDimensions, Whisper

from fanar.errors import ConfigurationError, StorageError
from speech.conversion import convert
from tests.unit.speech.checkpoints import random_checkpoint

GREEDY: dict[str, Any] = {"language": "ar", "temperature": 0.0, "condition_on_previous_text": False, "no_speech_threshold": None}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_checkpoint(tmp_path_factory.mktemp("checkpoint") / "random.pt")


@pytest.fixture(scope="module")
def folder(checkpoint: Path) -> Path:
    target = checkpoint.parent / "converted"
    convert(checkpoint, target)
    return target


def loaded(folder: Path) -> WhisperModel:
    return WhisperModel(str(folder), device="cpu", compute_type="float32", cpu_threads=1)


@pytest.mark.parametrize("seed", range(3))
def test_both_engines_read_the_same_text_with_the_same_times(checkpoint: Path, folder: Path, seed: int) -> None:
    sound = np.random.default_rng(seed).standard_normal(16000 * 4).astype(np.float32) * 0.1

    reference = whisper.load_model(str(checkpoint)).transcribe(sound, fp16=False, **GREEDY)["segments"]
    segments, _ = loaded(folder).transcribe(sound, beam_size=1, **GREEDY)

    read = [(segment.text, segment.tokens) for segment in segments]
    # faster-whisper leaves out what has no text.
    assert read == [(each["text"], each["tokens"]) for each in reference if each["text"]]
    assert read


def test_a_checkpoint_that_was_compressed_is_read_too(checkpoint: Path, folder: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.pt"
    with zipfile.ZipFile(checkpoint) as whole, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in whole.infolist():
            packed.writestr(entry.filename, whole.read(entry))

    convert(small, tmp_path / "made")

    assert (tmp_path / "made" / "model.bin").read_bytes() == (folder / "model.bin").read_bytes()


def test_half_precision_stays_half_precision(checkpoint: Path, folder: Path, tmp_path: Path) -> None:
    read = torch.load(checkpoint)
    read["model_state_dict"] = {name: weight.half() for name, weight in read["model_state_dict"].items()}
    torch.save(read, tmp_path / "half.pt")

    convert(tmp_path / "half.pt", tmp_path / "made")

    assert (tmp_path / "made" / "model.bin").stat().st_size < 0.6 * (folder / "model.bin").stat().st_size


def test_the_largest_models_have_more_bands_and_a_language_more(tmp_path: Path) -> None:
    convert(random_checkpoint(tmp_path / "large.pt", mels=128), tmp_path / "made")

    model = loaded(tmp_path / "made")
    assert (model.model.n_mels, model.feature_extractor.mel_filters.shape[0]) == (128, 128)
    assert len(json.loads((tmp_path / "made" / "config.json").read_text())["lang_ids"]) == 100
    assert model.hf_tokenizer.token_to_id("<|yue|>") == 50358


def test_models_of_english_alone_have_no_languages(tmp_path: Path) -> None:
    dimensions = ModelDimensions(80, 1500, 16, 1, 1, 51864, 448, 16, 1, 1)
    torch.save({"dims": asdict(dimensions), "model_state_dict": Whisper(dimensions).state_dict()}, tmp_path / "english.pt")

    convert(tmp_path / "english.pt", tmp_path / "made")

    model = loaded(tmp_path / "made")
    assert (model.model.is_multilingual, model.supported_languages) == (False, ["en"])
    assert model.hf_tokenizer.token_to_id("<|startoftranscript|>") == 50257


def test_heads_that_time_words_are_those_named_or_the_upper_half(checkpoint: Path, folder: Path, tmp_path: Path) -> None:
    convert(checkpoint, tmp_path / "made", heads=[(0, 1)])

    assert json.loads((tmp_path / "made" / "config.json").read_text())["alignment_heads"] == [[0, 1]]
    assert json.loads((folder / "config.json").read_text())["alignment_heads"] == [[0, 0], [0, 1]]


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\x03\x04 torn"])
def test_a_file_that_is_no_checkpoint_is_refused_and_nothing_is_written(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.pt").write_bytes(content)

    with pytest.raises(ConfigurationError) as refusal:
        convert(tmp_path / "model.pt", tmp_path / "made")

    assert "fanar models pull" in refusal.value.message.en
    assert [path.name for path in tmp_path.iterdir()] == ["model.pt"]


def test_a_checkpoint_without_all_its_weights_is_refused(checkpoint: Path, tmp_path: Path) -> None:
    read = torch.load(checkpoint)
    del read["model_state_dict"]["encoder.ln_post.weight"]
    torch.save(read, tmp_path / "torn.pt")

    with pytest.raises(ConfigurationError):
        convert(tmp_path / "torn.pt", tmp_path / "made")


def test_a_checkpoint_that_would_run_code_is_refused(tmp_path: Path) -> None:
    torch.save({"dims": {}, "model_state_dict": Path}, tmp_path / "evil.pt")

    with pytest.raises(ConfigurationError):
        convert(tmp_path / "evil.pt", tmp_path / "made")


def test_what_stood_at_the_target_is_replaced_whole(checkpoint: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "old").write_text("old")

    convert(checkpoint, tmp_path / "made")

    assert {path.name for path in (tmp_path / "made").iterdir()} == {path.name for path in folder.iterdir()}
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_disk_that_refuses_is_an_error_of_storage(checkpoint: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError):
        convert(checkpoint, tmp_path / "file" / "made")
