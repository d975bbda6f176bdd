"""The command as a person runs it: real processes, an empty data folder, a server that is started, asked and stopped."""

from __future__ import annotations

import json

import pytest

from rag.ingest.tanzil import load_tanzil
from tests.e2e.machine import Machine

VERSES = {(verse.surah, verse.ayah): verse.text for verse in load_tanzil().verses}
ALTERED = "قال تعالى: ﴿إن الله مع الصادقين﴾ [البقرة: 153]\n"

pytestmark = pytest.mark.e2e


def test_the_first_start_says_what_it_does_and_what_it_can_and_cannot(served: str) -> None:
    assert "Indexing words" in served
    assert "6,236 verses" in served
    assert "FANAR_STAR__URL" in served


def test_a_question_is_answered_with_a_verse_and_its_source(served: str, machine: Machine) -> None:
    said = machine.fanar("ask", "اقرأ آية الكرسي")
    assert said.returncode == 0
    assert VERSES[2, 255] in said.stdout
    assert "https://quran.com/2/255" in said.stdout
    assert said.stderr == ""


def test_a_question_that_needs_a_model_ends_with_its_remedy(served: str, machine: Machine) -> None:
    said = machine.fanar("--language", "ar", "ask", "What is the capital of Qatar?")
    assert (said.returncode, said.stdout) == (3, "")
    assert said.stderr.startswith("خطأ: ")
    assert "FANAR_STAR__URL" in said.stderr
    assert said.stderr.count("\n") == 1


def test_an_altered_word_is_named_with_the_right_one(served: str, machine: Machine) -> None:
    said = machine.fanar("verify", "-", given=ALTERED)
    assert said.returncode == 1
    assert "2:153" in said.stdout
    assert f"الصادقين [{VERSES[2, 153].split()[-1]}]" in said.stdout


def test_all_is_well_where_it_is_served(served: str, machine: Machine) -> None:
    assert machine.fanar("doctor").returncode == 0
    assert machine.fanar("corpora", "verify").returncode == 0


def test_a_second_server_on_the_port_is_refused_at_once(served: str, machine: Machine) -> None:
    said = machine.fanar("serve")
    assert said.returncode == 2
    assert "is in use" in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_folder_of_documents_is_added_beside_a_running_server_and_removed(served: str, machine: Machine) -> None:
    (machine.folder / "leave.md").write_text("# Leave\n\nEvery employee of the bank has thirty days of leave a year.\n", encoding="utf-8")
    assert machine.fanar("corpora", "add", "handbook", "leave.md").returncode == 0
    assert {each["name"] for each in json.loads(machine.fanar("corpora", "list", "--json").stdout)} == {"handbook", "quran"}
    assert machine.fanar("corpora", "remove", "handbook").returncode == 0


def test_without_a_server_this_process_answers(machine: Machine, served: str) -> None:
    elsewhere = Machine(machine.folder, {**machine.environment, "FANAR_PORT": "1"})
    (machine.folder / "data" / "server.url").rename(machine.folder / "hidden")
    try:
        said = elsewhere.fanar("verify", "--json", "-", given=ALTERED)
    finally:
        (machine.folder / "hidden").rename(machine.folder / "data" / "server.url")
    assert said.returncode == 1
    assert json.loads(said.stdout)["quotes"][0]["reference"] == "2:153"
