"""Files handed in to a real platform: read, searched, asked about and cited by page, without a language model and with one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fakes.upstream import Behaviour
from tests.integration.platform.conftest import Connected, Opened
from tests.unit.rag.ingest.test_documents import pdf

pytestmark = pytest.mark.asyncio(loop_scope="session")
GUIDE = "# الإجازات\n\nللموظف إجازة سنوية مدتها ثلاثون يومًا مدفوعة الأجر.\n\n# الدوام\n\nيبدأ الدوام في الساعة السابعة صباحًا.\n"
QUESTION = {"role": "user", "content": "How many cooling towers does the Lusail plant operate?"}


async def handed_in(client: httpx.AsyncClient, name: str, content: bytes) -> str:
    answer = await client.post("/v1/files", files={"file": (name, content)}, data={"purpose": "user_data"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def read(client: httpx.AsyncClient, file: str) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while (told := (await client.get(f"/v1/files/{file}")).json())["status"] == "uploaded":
            await asyncio.sleep(0.1)
    return dict(told)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def files(bare: Opened, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, str]]:
    """A report of two pages and a guide in Arabic, by name."""
    folder = tmp_path_factory.mktemp("files")
    pdf(folder / "r.pdf", "The Lusail plant was opened in 2019.", "The Lusail plant operates fourteen cooling towers.")
    ids = {
        "report": await handed_in(bare.client, "../../تقرير المحطة.pdf", (folder / "r.pdf").read_bytes()),
        "guide": await handed_in(bare.client, "guide.md", GUIDE.encode()),
    }
    for file in ids.values():
        assert (await read(bare.client, file))["status"] == "processed"
    yield ids
    for file in ids.values():
        await bare.client.delete(f"/v1/files/{file}")


async def asked(client: httpx.AsyncClient, message: dict[str, str], **fields: Any) -> dict[str, Any]:
    answer = await client.post("/v1/chat/completions", json={"model": "Fanar", "messages": [message], **fields})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_question_is_answered_from_the_file_and_cited_with_its_name_and_page(bare: Opened, files: dict[str, str]) -> None:
    told = await asked(bare.client, QUESTION, files=list(files.values()))
    message = told["choices"][0]["message"]
    assert "fourteen cooling towers" in message["content"]
    assert "[1]" in message["content"]
    reference = message["references"][0]
    assert (reference["source"], reference["filename"], reference["page"]) == ("تقرير المحطة.pdf, p. 2", "تقرير المحطة.pdf", 2)
    assert reference["file_id"] == files["report"]
    assert told["metadata"]["confident"] is True
    assert told["metadata"]["routing"]["model"] == "documents"


async def test_answer_keeps_to_the_files_that_are_named_and_says_when_they_hold_none(bare: Opened, files: dict[str, str]) -> None:
    told = await asked(bare.client, QUESTION, files=[files["guide"]])
    assert "fourteen" not in told["choices"][0]["message"]["content"]
    assert told["metadata"]["confident"] is False


async def test_collection_is_searched_and_asked_in_arabic(bare: Opened, files: dict[str, str]) -> None:
    made = (await bare.client.post("/v1/collections", json={"name": "العمل", "file_ids": list(files.values())})).json()
    assert (made["status"], made["file_counts"]["completed"]) == ("completed", 2)
    path = f"/v1/collections/{made['id']}"
    found = (await bare.client.post(f"{path}/search", json={"query": "ما الاجازه السنويه للموظف", "top_k": 1})).json()["data"]
    assert [(hit["file_id"], hit["reference"], hit["confident"]) for hit in found] == [(files["guide"], "guide.md, § الإجازات", True)]
    told = await asked(bare.client, {"role": "user", "content": "ما الإجازة السنوية للموظف؟"}, collections=[made["id"]])
    assert "ثلاثون يومًا" in told["choices"][0]["message"]["content"]
    await bare.client.delete(f"{path}/files/{files['guide']}")
    rest = (await bare.client.post(f"{path}/search", json={"query": "ما الاجازه السنويه للموظف"})).json()["data"]
    assert all(hit["file_id"] == files["report"] for hit in rest)


async def test_removed_file_is_found_no_more(bare: Opened) -> None:
    secret = await handed_in(bare.client, "secret.txt", b"The access code of the vault is heliotrope.")
    kept = await handed_in(bare.client, "kept.txt", b"The canteen opens at noon.")
    made = (await bare.client.post("/v1/collections", json={"name": "x", "file_ids": [secret, kept]})).json()["id"]
    search = {"query": "access code of the vault"}
    found = await bare.client.post(f"/v1/collections/{made}/search", json=search)
    assert found.json()["data"][0]["file_id"] == secret
    assert (await bare.client.delete(f"/v1/files/{secret}")).status_code == 200
    assert "heliotrope" not in (await bare.client.post(f"/v1/collections/{made}/search", json=search)).text
    refused = await bare.client.post("/v1/chat/completions", json={"model": "Fanar", "messages": [QUESTION], "files": [secret]})
    assert (refused.status_code, refused.json()["error"]["param"]) == (404, "files")
    await bare.client.delete(f"/v1/files/{kept}")


async def test_file_that_cannot_be_read_says_why_and_is_not_asked(bare: Opened) -> None:
    broken = await handed_in(bare.client, "broken.pdf", b"%PDF-1.7\nnothing")
    told = await read(bare.client, broken)
    assert (told["status"], told["status_details"]) == ("error", "It is not a PDF that can be read.")
    refused = await bare.client.post("/v1/chat/completions", json={"model": "Fanar", "messages": [QUESTION], "files": [broken]})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "files")
    await bare.client.delete(f"/v1/files/{broken}")


@pytest.mark.parametrize("question", [QUESTION["content"], "Summarise this."])
async def test_with_a_language_model_the_answer_is_written_from_fenced_passages(
    fresh: Connected, files: dict[str, str], question: str
) -> None:
    fresh.star.behaviour = Behaviour(reply=("Fourteen", " towers", " [1]."))
    told = await asked(fresh.client, {"role": "user", "content": question}, files=[files["report"]])
    message = told["choices"][0]["message"]
    assert message["content"] == "Fourteen towers [1]."
    assert message["references"][0]["file_id"] == files["report"]
    assert "fourteen cooling towers" in str(fresh.star.requests[-1])


async def test_question_that_follows_up_finds_what_the_one_before_was_about(fresh: Connected, files: dict[str, str]) -> None:
    turns = [QUESTION, {"role": "assistant", "content": "Fourteen."}, {"role": "user", "content": "And since when?"}]
    body = {"model": "Fanar", "messages": turns, "files": list(files.values())}
    assert (await fresh.client.post("/v1/chat/completions", json=body)).status_code == 200
    assert "The Lusail plant was opened in 2019." in str(fresh.star.requests[-1])


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"model": "Fanar-Sadiq"}, "model"),
        ({"stop": ["x"]}, "stop"),
    ],
)
async def test_what_an_answer_from_files_cannot_honour_is_refused(
    bare: Opened, files: dict[str, str], fields: dict[str, Any], param: str
) -> None:
    body = {"model": "Fanar", "messages": [QUESTION], "files": [files["report"]], **fields}
    refused = await bare.client.post("/v1/chat/completions", json=body)
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, param)
