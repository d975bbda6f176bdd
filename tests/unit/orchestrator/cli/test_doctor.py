"""`fanar doctor`: what it finds on machines of several kinds, changing none of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from fanar.documents import CorpusInfo
from orchestrator.cli import examination
from orchestrator.cli.exits import Exit
from rag.ingest.corpora import InstalledCorpus
from tests.fakes.upstream import upstream
from tests.unit.orchestrator.cli.conftest import Fanar, Said, Serve


@pytest.fixture(autouse=True)
def no_discovery(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens to run on this machine is none of the tests' business."""
    monkeypatch.setenv("FANAR_DISCOVER", "false")


def _found(said: Said) -> dict[str, dict[str, object]]:
    return {each["name"]: each for each in said.json}


def test_an_empty_machine_is_told_the_one_command_and_left_empty(fanar: Fanar, surroundings: Path) -> None:
    said = fanar("doctor", "--json")
    found = _found(said)
    assert said.code == Exit.MISSING
    assert (found["database"]["remedy"], found["quran"]["remedy"]) == ("fanar serve", "fanar serve")
    assert found["language model"]["remedy"] == "FANAR_STAR__URL=http://127.0.0.1:8001/v1"
    assert not (surroundings / "data").exists()


def test_the_picture_for_people_is_in_their_language(fanar: Fanar) -> None:
    said = fanar("doctor", language="ar")
    assert "✗ quran" in said.out
    assert "→ fanar serve" in said.out
    assert "لم يُثبَّت بعد" in said.out


def test_every_missing_thing_is_named_with_its_remedy(fanar: Fanar) -> None:
    missing = {name: each for name, each in _found(fanar("doctor", "--json")).items() if not each["there"]}
    assert missing["vision"]["remedy"] == "FANAR_VISION__URL=http://127.0.0.1:8004/v1"
    assert all(each["remedy"] for each in missing.values())


def test_a_folder_that_cannot_be_written_is_named(fanar: Fanar, surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (surroundings / "file").write_text("")
    monkeypatch.setenv("FANAR_DATA", str(surroundings / "file"))
    found = _found(fanar("doctor", "--json"))
    assert not found["data"]["there"]
    assert "FANAR_DATA" in str(found["data"]["remedy"])


def test_a_database_that_does_not_answer_is_needed_and_missing(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_DATABASE_URL", "postgresql://127.0.0.1:9/none")
    said = fanar("doctor", "--json")
    assert said.code == Exit.MISSING
    assert not _found(said)["database"]["there"]


async def test_models_are_asked_whether_they_answer(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    async with upstream(model="star-7b") as star:
        monkeypatch.setenv("FANAR_STAR__URL", star.url)
        monkeypatch.setenv("FANAR_STAR__MODEL", "star-7b")
        monkeypatch.setenv("FANAR_PRIME__URL", "http://127.0.0.1:9/v1")
        found = _found(await asyncio.to_thread(fanar, "doctor", "--json"))
    assert (found["star"]["there"], found["star"]["detail"]) == (True, "star-7b · FANAR_STAR")
    assert found["prime"]["there"] is False
    assert "FANAR_PRIME__URL" in str(found["prime"]["remedy"])


def test_a_script_that_cannot_be_read_is_said(fanar: Fanar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANAR_SCRIPTED_MODEL", "absent.json")
    assert _found(fanar("doctor", "--json"))["language model"]["there"] is False


def test_a_running_server_is_named(fanar: Fanar, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    url = serve(named=False)
    monkeypatch.setenv("FANAR_PORT", url.rpartition(":")[2])
    assert _found(fanar("doctor", "--json"))["server"] == {"name": "server", "there": True, "needed": False, "detail": url, "remedy": None}


def test_what_is_installed_needs_no_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        examination, "EXTRAS", {"here": ("json", examination._same("x")), "absent": ("no_such.module", examination._same("x"))}
    )
    here, absent = examination._extras()
    assert (here.there, here.remedy) == (True, None)
    assert (absent.there, absent.remedy) == (False, "make run EXTRAS=absent")


def test_without_npm_the_translation_names_what_fetches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        def fetched_translation(self) -> None:
            return None

    monkeypatch.setenv("PATH", "")
    assert "npm" in str(examination._translation(Without()).remedy)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "missing"), [("scripture", ["documents"]), ("general", [])])
def test_documents_of_ones_own_are_missing_where_only_others_are_installed(kind: str, missing: list[str]) -> None:
    info = CorpusInfo("one", "One", "1", "free", "here", "0", documents=1, generation=1, language="ar", kind=kind)
    found = list(examination._documents([InstalledCorpus(info, indexed=True)]))
    assert [each.name for each in found if not each.there and each.remedy == "fanar corpora add FILE"] == missing
