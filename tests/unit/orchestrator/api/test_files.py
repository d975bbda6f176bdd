"""Files and collections over HTTP: what is taken in, what is refused, what comes back, and whose it is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from fanar.bilingual import Bilingual
from fanar.documents import Document, ScoredDocument
from fanar.errors import UnprocessableError
from fanar.files import Attached, FileBounds, FileKind, FilePassage
from fanar.settings import Settings
from fanar.storage.collections import SqlCollectionRepository
from fanar.storage.files import SqlFileRepository
from orchestrator.api.app import create_app
from orchestrator.api.schemas.files import plain_name
from orchestrator.library.desk import LibraryDesk
from orchestrator.library.reading import BackgroundReading
from rag.ingest.kinds import kind_of
from tests.fakes.platform import fake_platform, opener

FILES, COLLECTIONS = "/v1/files", "/v1/collections"
MOST = 2_000_000
LOCKED = "The file is locked."


class Reader:
    """Reads a text as one passage; what begins with `locked` is."""

    async def read(self, kind: FileKind, content: bytes) -> list[FilePassage]:
        if content.startswith(b"locked"):
            raise UnprocessableError(Bilingual(LOCKED, "الملف محمي."))
        return [FilePassage(content.decode(), "p. 3", 3)]


class Index:
    """An index that has all there is, and finds the first file."""

    async def ensure(self, name: str) -> bool:
        return True

    async def search(self, query: str, *, library: str, files: Sequence[str], top_k: int) -> list[ScoredDocument]:
        facts = {"file_id": files[0], "filename": "a.txt", "page": 3}
        return [ScoredDocument(Document(f"{files[0]}:0", "files", "a.txt, p. 3", query, metadata=facts), 0.5, confident=True)][:top_k]


@pytest.fixture
async def client(engine: Engine, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    bounds = FileBounds(files=3, collections=2, collected=2)
    files = SqlFileRepository(engine=engine, bounds=bounds)
    reading = BackgroundReading(files=files, reader=Reader(), index=Index(), holding=lambda _: nullcontext(True))
    desk = LibraryDesk(
        files=files,
        collections=SqlCollectionRepository(engine=engine, bounds=bounds),
        kind_of=kind_of,
        reading=reading,
        finding=Index(),
        most_bytes=MOST,
    )
    platform = replace(fake_platform(settings), library=desk)
    app = create_app(opener(platform), settings=settings)
    async with reading.running(), app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            client.asked = platform.dispatcher.requests  # type: ignore[attr-defined]
            yield client


async def handed_in(client: httpx.AsyncClient, name: str = "a.txt", content: bytes = b"text", **fields: str) -> dict[str, Any]:
    answer = await client.post(FILES, files={"file": (name, content)}, data=fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def settled(client: httpx.AsyncClient, file: str) -> dict[str, Any]:
    """Return a file once it was read: a search waits for that."""
    made = (await client.post(COLLECTIONS, json={"name": "x", "file_ids": [file]})).json()["id"]
    await client.post(f"{COLLECTIONS}/{made}/search", json={"query": "x"})
    await client.delete(f"{COLLECTIONS}/{made}")
    return dict((await client.get(f"{FILES}/{file}", headers={"accept-language": "en"})).json())


async def test_file_is_kept_read_returned_and_deleted(client: httpx.AsyncClient) -> None:
    kept = await handed_in(client, "تقرير.txt", "نص".encode(), purpose="assistants")
    assert (kept["object"], kept["status"], kept["filename"], kept["kind"]) == ("file", "uploaded", "تقرير.txt", "text")
    assert {name: value for name, value in (await settled(client, kept["id"])).items() if kept[name] != value} == {
        "status": "processed",
        "pages": 3,
        "passages": 1,
    }
    content = await client.get(f"{FILES}/{kept['id']}/content", headers={"range": "bytes=0-0", "if-none-match": "*"})
    assert (content.status_code, content.content) == (200, "نص".encode())
    assert content.headers["content-disposition"].startswith("attachment; ")
    assert content.headers["content-type"] == "application/octet-stream"
    assert content.headers["content-security-policy"].startswith("sandbox")
    assert (await client.delete(f"{FILES}/{kept['id']}")).json() == {"id": kept["id"], "object": "file", "deleted": True}
    assert (await client.get(f"{FILES}/{kept['id']}/content")).status_code == 404


async def test_file_that_cannot_be_read_says_why_in_both_languages(client: httpx.AsyncClient) -> None:
    kept = await handed_in(client, content=b"locked")
    told = await settled(client, kept["id"])
    arabic = (await client.get(f"{FILES}/{kept['id']}", headers={"accept-language": "ar"})).json()
    assert (told["status"], told["status_details"], arabic["status_details"]) == ("error", LOCKED, "الملف محمي.")


async def test_name_is_shown_without_folders_and_without_what_nobody_sees(client: httpx.AsyncClient) -> None:
    names = {"../../etc/passwd.txt": "passwd.txt", "C:\\dir\\a.md": "a.md", "x" * 3900 + ".txt": "x" * 197 + ".txt"}
    assert [(await handed_in(client, name))["filename"] for name in names] == list(names.values())
    assert plain_name("a\u202e\u200bb .txt") == "a b .txt"
    assert [plain_name(name) for name in ("con", "/", "..", "")] == ["con", "file", "file", "file"]


def form(*parts: tuple[str, bytes], boundary: str = "b") -> dict[str, Any]:
    """Return a multipart body of (disposition, content)."""
    pieces = [f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts]
    return {
        "content": b"".join(pieces) + f"--{boundary}--\r\n".encode(),
        "headers": {"content-type": f"multipart/form-data; boundary={boundary}"},
    }


FILE = ('name="file"; filename="a.txt"', b"text")


HOSTILE: list[tuple[dict[str, Any], int]] = [
    (form(FILE, ('name="purpose"', b"fine-tune")), 422),
    (form(FILE, ('name="owner"', b"local")), 422),
    (form(FILE, ('name="purpose"', b"user_data"), ('name="purpose"', b"assistants")), 422),
    (form(('name="purpose"', b"user_data")), 422),
    (form(FILE, FILE), 422),
    (form(('name="file"; filename="a\0.txt"', b"text")), 422),
    (form(('name="file"; filename="a.exe"', b"MZ")), 422),
    (form(('name="file"; filename="a.txt"', b"")), 422),
    (form(('name="file"; filename="a.pdf"', b"<svg/>")), 422),
    (form(*[('name="x"', b"")] * 70), 400),
    ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 415),
    ({"json": {"file": "x"}}, 415),
    (form(('name="file"; filename="a.txt"', b"x" * (MOST + 1))), 413),
]


async def test_hostile_upload_is_refused_and_nothing_kept(client: httpx.AsyncClient) -> None:
    for request, status in HOSTILE:
        answer = await client.post(FILES, **request)
        assert (answer.status_code, answer.json()["error"]["status"]) == (status, status), request[
            "headers" if "headers" in request else "json"
        ]
    assert (await client.get(FILES)).json()["data"] == []


async def test_files_and_collections_are_paged_and_bounded(client: httpx.AsyncClient) -> None:
    ids = [(await handed_in(client, f"{number}.txt"))["id"] for number in range(3)]
    page = (await client.get(FILES, params={"limit": 2})).json()
    rest = (await client.get(FILES, params={"limit": 2, "after": page["last_id"]})).json()
    assert [file["id"] for file in page["data"] + rest["data"]] == ids[::-1]
    assert (page["has_more"], rest["has_more"]) == (True, False)
    assert (await client.get(FILES, params={"purpose": "assistants"})).json()["data"] == []
    assert (await client.post(FILES, files={"file": ("a.txt", b"x")})).json()["error"]["code"] == "conflict"
    assert (await client.post(COLLECTIONS, json={"name": "x", "file_ids": ids})).status_code == 409


async def test_collection_is_made_filled_renamed_searched_emptied_and_deleted(client: httpx.AsyncClient) -> None:
    first, second = [(await handed_in(client, f"{number}.txt"))["id"] for number in range(2)]
    made = (await client.post(COLLECTIONS, json={"name": "عقود"})).json()
    path = f"{COLLECTIONS}/{made['id']}"
    filled = (await client.post(f"{path}/files", json={"file_ids": [first, second]})).json()
    assert (made["object"], made["status"], filled["file_counts"]["total"]) == ("collection", "completed", 2)
    found = (await client.post(f"{path}/search", json={"query": "ما المدة؟"})).json()["data"]
    assert [(hit["filename"], hit["page"], hit["text"], hit["confident"]) for hit in found] == [("a.txt", 3, "ما المدة؟", True)]
    assert (await client.patch(path, json={"name": "أخرى"})).json()["name"] == "أخرى"
    assert [file["id"] for file in (await client.get(f"{path}/files", params={"limit": 1})).json()["data"]] == [second]
    assert (await client.delete(f"{path}/files/{first}")).json()["file_counts"]["total"] == 1
    assert [each["id"] for each in (await client.get(COLLECTIONS)).json()["data"]] == [made["id"]]
    assert (await client.delete(path)).json()["deleted"] is True
    assert (await client.get(path)).status_code == 404
    assert (await client.get(f"{FILES}/{second}")).status_code == 200


async def test_search_of_a_collection_without_files_is_refused(client: httpx.AsyncClient) -> None:
    made = (await client.post(COLLECTIONS, json={"name": "x"})).json()["id"]
    answer = await client.post(f"{COLLECTIONS}/{made}/search", json={"query": "x"})
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "collections")


REACHING: list[Callable[..., Any]] = [
    lambda client, file, made: client.get(f"{FILES}/{file}"),
    lambda client, file, made: client.get(f"{FILES}/{file}/content"),
    lambda client, file, made: client.delete(f"{FILES}/{file}"),
    lambda client, file, made: client.get(f"{COLLECTIONS}/{made}"),
    lambda client, file, made: client.post(f"{COLLECTIONS}/{made}/search", json={"query": "x"}),
    lambda client, file, made: client.post(f"{COLLECTIONS}/{made}/files", json={"file_ids": [file]}),
    lambda client, file, made: client.delete(f"{COLLECTIONS}/{made}/files/{file}"),
    lambda client, file, made: client.post(COLLECTIONS, json={"name": "x", "file_ids": [file]}),
    lambda client, file, made: client.get(FILES, params={"after": file}),
]


async def test_what_another_profile_has_is_not_found(client: httpx.AsyncClient) -> None:
    file = (await handed_in(client))["id"]
    made = (await client.post(COLLECTIONS, json={"name": "x", "file_ids": [file]})).json()["id"]
    client.cookies.set("fanar_profile", "A" * 43)
    assert [(await reach(client, file, made)).status_code for reach in REACHING] == [404] * len(REACHING)
    client.cookies.clear()
    assert (await client.get(f"{FILES}/{file}")).status_code == 200


async def test_chat_hands_on_whose_files_it_names(client: httpx.AsyncClient) -> None:
    file, made = "file-" + "0" * 32, "col-" + "1" * 32
    body = {"model": "Fanar", "messages": [{"role": "user", "content": "؟"}], "files": [file], "collections": [made]}
    assert (await client.post("/v1/chat/completions", json=body)).status_code == 200
    client.cookies.set("fanar_profile", "A" * 43)
    assert (await client.post("/v1/chat/completions", json={**body, "collections": []})).status_code == 200
    local, profile = (request.attached for request in client.asked)  # type: ignore[attr-defined]
    assert local == Attached("local", (file,), (made,))
    assert profile.owner.startswith("profile:")
    refused = await client.post("/v1/chat/completions", json={**body, "files": ["../x"]})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "files[0]")
