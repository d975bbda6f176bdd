"""Conversations over HTTP: branches, search, export, links, and whose they are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine

from fanar.conversations import ConversationBounds
from fanar.settings import Settings
from fanar.storage.conversations import SqlConversationRepository
from orchestrator.api.app import create_app
from orchestrator.conversations import ConversationDesk
from tests.fakes.platform import SECRET, fake_platform, opener

PATH = "/v1/conversations"
ASKED = {"role": "user", "content": "ما حُكم صيام المسافر؟"}
TOLD = {"role": "assistant", "content": "يجوز له الفطر. [1]", "metadata": {"references": [{"number": 1, "source": "quran 2:184"}]}}


@asynccontextmanager
async def served(engine: Engine, **given: Any) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, **given)
    desk = ConversationDesk(conversations=SqlConversationRepository(engine=engine, bounds=ConversationBounds(turns=6)))
    app = create_app(opener(replace(fake_platform(settings), conversations=desk)), settings=settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield client


@pytest.fixture
async def client(engine: Engine) -> AsyncIterator[httpx.AsyncClient]:
    async with served(engine) as client:
        yield client


async def kept(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await client.post(PATH, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_conversation_with_an_edit_and_a_regeneration_comes_back_as_a_tree(client: httpx.AsyncClient) -> None:
    begun = await kept(client, title="الصيام", messages=[ASKED, TOLD], metadata={"pinned": True})
    asked, told = (message["id"] for message in begun["messages"])
    again = (await client.post(f"{PATH}/{begun['id']}/messages", json={"messages": [{**TOLD, "parent_id": asked}]})).json()
    edited = (await client.post(f"{PATH}/{begun['id']}/messages", json={"messages": [{**ASKED, "parent_id": None}, TOLD]})).json()
    shown = (await client.patch(f"{PATH}/{begun['id']}", json={"current": told, "title": None})).json()
    whole = (await client.get(f"{PATH}/{begun['id']}")).json()
    ids = [asked, told, again["data"][0]["id"], *(message["id"] for message in edited["data"])]
    assert [message["id"] for message in whole["messages"]] == ids
    assert [message["parent_id"] for message in whole["messages"]] == [None, asked, asked, None, ids[3]]
    assert edited["current"] == ids[4]
    assert (shown["current"], whole["current"], whole["title"], whole["messages_count"]) == (told, told, None, 5)
    assert whole["messages"][1]["metadata"] == TOLD["metadata"]
    assert whole["metadata"] == {"pinned": True}


async def test_list_is_paged_and_search_shows_where_the_words_stand(client: httpx.AsyncClient) -> None:
    first, second = await kept(client, title="One"), await kept(client, messages=[ASKED, TOLD])
    page = (await client.get(PATH, params={"limit": 1})).json()
    rest = (await client.get(PATH, params={"limit": 1, "after": page["last_id"]})).json()
    assert ([item["id"] for item in page["data"]], page["has_more"]) == ([second["id"]], True)
    assert ([item["id"] for item in rest["data"]], rest["has_more"], rest["first_id"]) == ([first["id"]], False, first["id"])
    found = (await client.get(PATH, params={"q": "صيام المسافر"})).json()["data"]
    assert [(item["id"], item["match"]) for item in found] == [(second["id"], ASKED["content"])]
    assert (await client.get(PATH, params={"q": "؟!"})).json()["data"] == []


async def test_export_holds_one_branch_as_markdown_and_everything_as_json(client: httpx.AsyncClient) -> None:
    begun = await kept(client, title='الصيام"\r\nx', messages=[ASKED, TOLD])
    written = await client.get(f"{PATH}/{begun['id']}/export", headers={"accept-language": "ar"})
    assert (
        written.text
        == f'# الصيام" x\n\n## السؤال\n\n{ASKED["content"]}\n\n## الجواب\n\n{TOLD["content"]}\n\n### المصادر\n\n1. quran 2:184\n'
    )
    assert written.headers["content-disposition"].isascii()
    assert written.headers["content-disposition"].endswith("%22%0D%0Ax.md")
    first = begun["messages"][0]["id"]
    assert TOLD["content"] not in (await client.get(f"{PATH}/{begun['id']}/export", params={"branch": first})).text
    assert (await client.get(f"{PATH}/{begun['id']}/export", params={"format": "json"})).json()["messages"] == begun["messages"]
    assert (await client.get(f"{PATH}/{begun['id']}/export", params={"branch": "msg-" + "0" * 32})).status_code == 404


async def test_link_shows_what_stood_when_it_was_made_to_anybody_and_no_longer_when_taken_back(client: httpx.AsyncClient) -> None:
    begun = await kept(client, title="الصيام", messages=[ASKED])
    link = (await client.post(f"{PATH}/{begun['id']}/share", json={})).json()
    await client.post(f"{PATH}/{begun['id']}/messages", json={"messages": [TOLD]})
    shown = (await client.get(link["path"], headers={"sec-fetch-site": "same-origin"})).json()
    assert ([message["content"] for message in shown["messages"]], shown["title"]) == ([ASKED["content"]], "الصيام")
    assert (await client.get(f"{PATH}/{begun['id']}")).json()["shared"] == link["id"]
    assert (await client.delete(f"{PATH}/{begun['id']}/share")).json()["deleted"] is True
    assert {(await client.get(link["path"])).status_code, (await client.delete(f"{PATH}/{begun['id']}/share")).status_code} == {404}


async def test_each_browser_profile_and_each_local_program_sees_only_its_own(client: httpx.AsyncClient) -> None:
    local = await kept(client)
    client.cookies.clear()
    page = await client.get("/")
    cookie = page.headers["set-cookie"]
    assert all(part in cookie for part in ("fanar_profile=", "HttpOnly", "SameSite=Strict", "Path=/"))
    own = await kept(client)
    assert "set-cookie" not in (await client.get("/")).headers
    assert (await client.get(f"{PATH}/{local['id']}")).status_code == 404
    assert [item["id"] for item in (await client.get(PATH)).json()["data"]] == [own["id"]]
    client.cookies.clear()
    other = await client.get(PATH, headers={"sec-fetch-site": "same-origin"})
    assert (other.json()["data"], "set-cookie" in other.headers) == ([], True)
    client.cookies.clear()
    assert [item["id"] for item in (await client.get(PATH)).json()["data"]] == [local["id"]]


async def test_what_a_key_made_is_the_keys(engine: Engine) -> None:
    async with served(engine, require_key=True) as client:
        assert "set-cookie" not in (await client.get("/")).headers
        assert (await client.get(PATH)).status_code == 401
        client.headers["authorization"] = f"Bearer {SECRET}"
        begun = await kept(client, messages=[ASKED])
        link = (await client.post(f"{PATH}/{begun['id']}/share", json={})).json()["path"]
        del client.headers["authorization"]
        assert [(await client.get(path)).status_code for path in (f"{PATH}/{begun['id']}", link)] == [401, 200]


async def test_guessed_ids_are_not_found(client: httpx.AsyncClient) -> None:
    await kept(client)
    for guess in ("conv-" + "0" * 32, "conv-%25", "'%20OR%201=1--", "..%2f..%2fetc", "%00", "a" * 4096):
        for answer in (
            await client.get(f"{PATH}/{guess}"),
            await client.delete(f"{PATH}/{guess}"),
            await client.get(f"/v1/shared/{guess}"),
        ):
            assert answer.status_code == 404
            assert guess not in answer.text


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0].role"),
    ({"messages": [{**ASKED, "parent_id": "msg-" + "0" * 32}]}, "messages"),
    ({"messages": [{**ASKED, "metadata": {"x": "y" * 70_000}}]}, "messages"),
    ({"metadata": {"x": "y" * 5_000}}, "metadata"),
    ({"title": "x" * 201}, "title"),
    ({"owner": "local"}, "owner"),
]


async def test_what_cannot_be_kept_is_refused_by_name(client: httpx.AsyncClient) -> None:
    for body, param in REFUSED:
        answer = await client.post(PATH, json=body)
        assert (answer.status_code, answer.json()["error"]["param"]) == (422, param)
    assert (await client.get(PATH)).json()["data"] == []


async def test_full_conversation_and_empty_change_are_refused(client: httpx.AsyncClient) -> None:
    begun = await kept(client, messages=[ASKED] * 6)
    more = await client.post(f"{PATH}/{begun['id']}/messages", json={"messages": [TOLD]})
    assert (more.status_code, more.json()["error"]["code"]) == (409, "conflict")
    assert (await client.patch(f"{PATH}/{begun['id']}", json={})).status_code == 422
    assert (await client.patch(f"{PATH}/{begun['id']}", json={"current": "msg-" + "0" * 32})).json()["error"]["param"] == "current"
    assert (await client.delete(f"{PATH}/{begun['id']}")).json() == {"id": begun["id"], "object": "conversation", "deleted": True}
    assert (await client.get(f"{PATH}/{begun['id']}")).status_code == 404
