"""Deep research as the whole platform does it: over the installed Quran, with a language model and without."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from orchestrator.api.schemas.research import Report
from rag.ingest.tanzil import load_tanzil
from tests.fakes.upstream import Behaviour
from tests.integration.platform.conftest import Connected, Opened

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATH = "/v1/sadiq/deep-research"
VERSES = {f"{verse.surah}:{verse.ayah}": verse.text for verse in load_tanzil().verses}


async def researched(opened: Opened, question: str, **fields: Any) -> dict[str, Any]:
    body = {"model": "Fanar-Sadiq-2", "input": question, "stream": False, **fields}
    answer = await opened.client.post(PATH, json=body)
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()["report"]
    Report.model_validate(report)
    return report


@pytest.mark.parametrize("question", ["ما حكم صيام المسافر؟ وما حكم الربا؟", "Which verse says there is no compulsion in religion?"])
async def test_every_verse_of_a_report_is_tanzils(bare: Opened, question: str) -> None:
    report = await researched(bare, question)
    verses = [reference for reference in report["references"] if reference["kind"] == "quran"]
    assert verses
    for reference in verses:
        surah, _, ayahs = reference["reference"].partition(":")
        first, _, last = ayahs.partition("-")
        places = [f"{surah}:{ayah}" for ayah in range(int(first), int(last or first) + 1)]
        assert reference["content"] == "\n".join(VERSES[place] for place in places)
        assert report["content"][reference["index"] :].startswith(f"[{reference['number']}]")
    assert report["written_by"] == []


async def test_what_no_source_answers_is_said(bare: Opened) -> None:
    report = await researched(bare, "ما أسرع لغة برمجة للحواسيب؟", depth="quick")
    assert report["references"] == []
    assert report["not_found"]


async def test_a_quick_job_in_the_background_is_done_by_itself(bare: Opened) -> None:
    job = (await bare.client.post(PATH, json={"model": "Islamic-RAG", "input": "الصبر", "depth": "quick", "background": True})).json()
    for _ in range(400):
        seen = (await bare.client.get(f"{PATH}/{job['id']}")).json()
        if seen["status"] == "completed":
            break
        assert seen["status"] in ("queued", "running")
        await asyncio.sleep(0.05)
    assert seen["report"]["question"] == "الصبر"


async def test_a_misquoting_model_is_put_right_before_its_words_are_kept(fresh: Connected) -> None:
    false = "قال تعالى: ﴿فمن كان منكم مريضا أو على سفر فعدة من أيام أخرى﴾ [1]."
    for server in (fresh.star, fresh.prime):
        server.behaviour = Behaviour(reply=false)
    report = await researched(fresh, "ما حكم صيام المسافر؟", depth="quick")
    assert report["written_by"] == ["prime-27b"]
    assert "أيام أخرى﴾" not in report["content"]
    assert report["quotations"][0]["action"] in ("replaced", "removed")


async def test_where_no_server_answers_the_sources_stand_for_themselves(fresh: Connected) -> None:
    for server in (fresh.star, fresh.prime):
        server.behaviour = Behaviour(status=500)
    report = await researched(fresh, "ما حكم صيام المسافر؟", depth="quick")
    assert report["references"]
    assert report["written_by"] == []
