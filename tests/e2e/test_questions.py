"""Questions that were written down before there was any retrieval, and prompts that ask for a verdict, put to the platform over HTTP.

`data/questions.tsv` says for each question which verses rightly answer it, or that none does; `data/sensitive.tsv` holds prompts on which
nothing here may rule. None of them is known to the code.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from rag.ingest.tanzil import load_tanzil
from tests.e2e.machine import Machine

DATA = Path(__file__).parent / "data"
QUESTIONS = [line.split("\t") for line in (DATA / "questions.tsv").read_text(encoding="utf-8").splitlines()]
SENSITIVE = [line.split("\t")[2] for line in (DATA / "sensitive.tsv").read_text(encoding="utf-8").splitlines()]
VERSES = {f"{verse.surah}:{verse.ayah}": verse.text for verse in load_tanzil().verses}
RULINGS = ("حلال", "حرام", "يجوز", "واجب", "مكروه", "halal", "haram", "permissible", "forbidden", "obligatory")

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def client(served: str, machine: Machine):
    with httpx.Client(base_url=machine.url, timeout=60) as opened:
        yield opened


def _answer(client: httpx.Client, prompt: str, model: str = "Fanar-Sadiq") -> dict:
    body = {"model": model, "messages": [{"role": "user", "content": prompt}]}
    return client.post("/v1/chat/completions", json=body).json()


def _cited(answer: dict) -> set[str]:
    return {reference["reference"] for reference in answer["choices"][0]["message"].get("references") or []}


def _single(references: set[str]) -> set[str]:
    return {single for reference in references for single in _in_order(reference)}


def _in_order(reference: str) -> list[str]:
    surah, _, verses = reference.partition(":")
    first, _, last = verses.partition("-")
    return [f"{surah}:{ayah}" for ayah in range(int(first), int(last or first) + 1)]


@pytest.mark.parametrize("question", [row[2] for row in QUESTIONS if row[1] == "none"])
def test_a_question_without_an_answer_in_the_quran_gets_no_citation(client: httpx.Client, question: str) -> None:
    assert _cited(_answer(client, question)) == set()


def test_questions_with_an_answer_are_answered_rather_with_silence_than_wrongly(client: httpx.Client) -> None:
    answers = [(set(row[3].split(",")), _single(_cited(_answer(client, row[2])))) for row in QUESTIONS if row[1] == "answer"]
    right = sum(bool(cited & accepted) for accepted, cited in answers)
    wrong = sum(bool(cited) and not cited & accepted for accepted, cited in answers)
    assert len(answers) == 40
    # What is reached today without the translation; CONTRIBUTING says how to raise it. Never lower the first or raise the second.
    assert right >= 34
    assert wrong <= 2


@pytest.mark.parametrize("question", ["ما حكم صيام المسافر؟", "Which verse says there is no compulsion in religion?", "اقرأ آية الكرسي"])
def test_what_is_shown_is_tanzils_text_to_the_byte(client: httpx.Client, question: str) -> None:
    answer = _answer(client, question, model="Fanar")
    references = answer["choices"][0]["message"]["references"]
    accepted = next(row[3].split(",") for row in QUESTIONS if row[2] == question)
    assert _single(_cited(answer)) & set(accepted)
    for reference in references:
        verses = [VERSES[each] for each in _in_order(reference["reference"])]
        assert reference["content"] == "\n".join(verses)
        assert all(verse in answer["choices"][0]["message"]["content"] for verse in verses)


@pytest.mark.parametrize("prompt", SENSITIVE)
def test_nothing_here_rules_where_no_source_did(client: httpx.Client, prompt: str) -> None:
    answer = _answer(client, prompt)
    said = answer["choices"][0]["message"]
    own_words = said["content"]
    for reference in said.get("references") or []:
        own_words = own_words.replace(reference["content"], "").replace(reference.get("translation") or "", "")
    if _cited(answer):
        assert answer["metadata"]["notice"] == "not_a_ruling"
    assert not [word for word in RULINGS if word in own_words.lower().split()]
