"""Error rates over recordings whose words are known, heard by a listener whose answers are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fanar.errors import NotFoundError, UnprocessableError
from orchestrator.evaluation.asr import Clip, evaluate_asr, read_clips
from orchestrator.evaluation.report import Evaluation


class KnownListener:
    """Hears what it was told to."""

    def __init__(self, **heard: str) -> None:
        self.heard = heard
        self.asked: list[str | None] = []

    async def transcribe(self, recording: Path, *, language: str | None) -> dict[str, Any]:
        self.asked.append(language)
        return {"text": self.heard[recording.stem]}


def silent(_: object) -> None:
    """Take no notice."""


def values(evaluation: Evaluation) -> dict[str, tuple[float | None, int]]:
    return {measure.name.en: (measure.value, measure.cases) for measure in evaluation.measures}


async def test_errors_are_counted_over_all_words_and_both_ways() -> None:
    clips = [Clip(Path("a.wav"), "أربعة خمسة ستة", "ar"), Clip(Path("b.wav"), "نعم", "ar")]
    listener = KnownListener(a="اربعة، خمسة", b="نعم")

    evaluation = await evaluate_asr(listener, clips, data="x", model="tiny", report=silent)

    measured = values(evaluation)
    assert evaluation.answered_by == ("tiny",)
    assert measured["word error rate (WER), strict"] == (50.0, 2)
    assert measured["WER as the leaderboard counts"] == (25.0, 2)
    assert measured["CER as the leaderboard counts"] == (pytest.approx(100 * 4 / 17), 2)
    assert measured["recordings without an error, as the leaderboard counts"] == (0.5, 2)
    assert listener.asked == ["ar", "ar"]


async def test_sorts_of_recordings_are_told_apart_where_there_are_several() -> None:
    clips = [Clip(Path("a.wav"), "نعم", kind="single"), Clip(Path("b.wav"), "لا نعم", kind="connected")]

    several = values(await evaluate_asr(KnownListener(a="لا", b="لا نعم"), clips, data="x", model="tiny", report=silent))
    one = values(await evaluate_asr(KnownListener(a="لا"), clips[:1], data="x", model="tiny", report=silent))

    assert several["WER as the leaderboard counts, single"] == (100.0, 1)
    assert several["WER as the leaderboard counts, connected"] == (0.0, 1)
    assert "WER as the leaderboard counts, single" not in one


async def test_words_heard_where_nothing_is_said_are_counted_apart() -> None:
    clips = [Clip(Path("a.wav"), "نعم"), Clip(Path("b.wav"), ""), Clip(Path("c.wav"), "")]

    measured = values(await evaluate_asr(KnownListener(a="نعم", b=" ", c="شكرا"), clips, data="x", model="tiny", report=silent))

    assert measured["word error rate (WER), strict"] == (0.0, 1)
    assert measured["recordings without speech in which words were heard"] == (0.5, 2)


async def test_without_speech_there_is_no_rate() -> None:
    measured = values(await evaluate_asr(KnownListener(a=""), [Clip(Path("a.wav"), "")], data="x", model="tiny", report=silent))

    assert measured["word error rate (WER), strict"] == (None, 0)


def test_lists_are_read_as_json_or_as_tables_from_their_own_folder(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    row = {"path": "a.wav", "text": " نعم\tلا ", "lang": "ar", "kind": "single", "licence": "CC BY 4.0"}
    (tmp_path / "list.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n\n")
    (tmp_path / "list.tsv").write_text("a.wav\tنعم لا\n")

    assert read_clips(tmp_path / "list.jsonl") == [Clip(tmp_path / "a.wav", "نعم لا", "ar", "single")]
    assert read_clips(tmp_path / "list.tsv") == [Clip(tmp_path / "a.wav", "نعم لا")]


@pytest.mark.parametrize("line", ["{", '{"path": "a.wav"}', '{"path": 1, "text": ""}', "a.wav", "\tنعم", '{"path": "a.wav", "text": null}'])
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.wav").touch()
    (tmp_path / "list").write_text(f"a.wav\tنعم\n{line}\n")

    with pytest.raises(UnprocessableError, match="Line 2"):
        read_clips(tmp_path / "list")


def test_a_recording_that_is_not_there_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("gone.wav\tنعم\n")

    with pytest.raises(NotFoundError, match="Line 1"):
        read_clips(tmp_path / "list")
