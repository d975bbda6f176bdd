"""`fanar eval`: over a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import NotConfiguredError
from fanar.events import Event
from fanar.messages import ChatRequest
from orchestrator.cli.exits import Exit
from tests.fakes.platform import SECRET
from tests.fixtures.speech.recordings import FOLDER, MICRO_WHISPER, recordings
from tests.unit.orchestrator.cli.conftest import Fanar, Said, Serve

RECORDINGS = FOLDER / "manifest.jsonl"


def measured(said: Said) -> dict[str, float]:
    return {measure["name"]: measure["value"] for measure in said.json[0]["measures"]}


def test_routing_is_measured_on_a_file_of_ones_own(fanar: Fanar, serve: Serve, surroundings: Path) -> None:
    serve()
    (surroundings / "greeting.tsv").write_text("msa\t-\tالسلام عليكم\nenglish\t-\thello\n")
    said = fanar("eval", "routing", "--data", "greeting.tsv")
    assert said.code == Exit.OK
    assert said.out.startswith("routing on greeting.tsv\n")
    assert "macro-F1, english" in said.out
    assert "learned from" not in said.err


def test_the_shipped_prompts_are_said_to_be_learned_from(fanar: Fanar, serve: Serve) -> None:
    serve()
    said = fanar("eval", "routing", "--limit", "18", "--json")
    assert measured(said)["accuracy"] < 0.5
    assert said.json[0]["measures"][0]["cases"] == 18
    assert "learned from" in said.json[0]["notes"][0]


def test_a_table_to_keep_says_when_and_with_which_fanar_it_was_made(fanar: Fanar, serve: Serve) -> None:
    serve()
    told = fanar("eval", "llm", "--limit", "2", "-m", "Fanar-S-1-7B", "--json").json[0]
    assert (told["fanar"], told["answered_by"]) == (version("fanar"), ["fake"])
    assert f"{told['date']} · fanar {version('fanar')}\n" in fanar("eval", "rag", "--limit", "1").out


def test_retrieval_is_measured_on_the_shipped_questions(fanar: Fanar, serve: Serve) -> None:
    serve()
    said = fanar("eval", "rag", "--limit", "10", "--json", language="ar")
    assert said.code == Exit.OK
    assert measured(said)["أسئلة لها جواب وعُرضت لها آية بثقة (التغطية)"] == 1.0


def test_models_that_are_named_are_measured_each(fanar: Fanar, serve: Serve) -> None:
    serve()
    said = fanar("eval", "llm", "--limit", "4", "-m", "Fanar-S-1-7B", "-m", "Fanar-C-2-27B")
    assert said.code == Exit.OK
    assert "llm · Fanar-S-1-7B on shipped" in said.out
    assert "llm · Fanar-C-2-27B on shipped" in said.out
    assert said.out.count("answered by fake\n") == 2
    assert "nothing of writing" in said.err


async def missing(request: ChatRequest) -> AsyncIterator[Event]:
    raise NotConfiguredError(Bilingual("Set FANAR_STAR__URL.", "اضبط FANAR_STAR__URL."))
    yield


def test_without_a_language_model_what_is_missing_is_said(fanar: Fanar, serve: Serve) -> None:
    serve(missing)
    said = fanar("eval", "llm")
    assert (said.code, said.out) == (Exit.MISSING, "")
    assert "error: Set FANAR_STAR__URL." in said.err


def test_a_key_is_sent_where_one_is_wanted(fanar: Fanar, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(require_key=True)
    assert fanar("eval", "rag", "--limit", "1").code == Exit.USAGE
    monkeypatch.setenv("FANAR_API_KEY", SECRET)
    assert fanar("eval", "rag", "--limit", "1").code == Exit.OK


def test_a_file_that_cannot_be_read_is_misuse(fanar: Fanar, serve: Serve) -> None:
    serve()
    assert fanar("eval", "rag", "--data", "none.tsv").code == Exit.USAGE


def test_without_a_model_that_listens_what_is_missing_is_said(fanar: Fanar) -> None:
    said = fanar("eval", "asr", "--data", str(RECORDINGS))
    assert (said.code, said.out) == (Exit.MISSING, "")
    assert "FANAR_SPEECH__MODEL" in said.err


def test_speech_is_measured_with_the_model_of_this_machine(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_SPEECH__MODEL", str(MICRO_WHISPER))
    said = fanar("eval", "asr", "--data", str(RECORDINGS), "--json")
    assert said.json[0]["answered_by"] == ["micro-whisper"]
    assert 0.0 < measured(said)["WER as the leaderboard counts"] < 50.0
    assert said.json[0]["measures"][0]["cases"] == len(recordings())
