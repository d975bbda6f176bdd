"""GET and POST /v1/recency/websub/{token}, from a site with a hub to what a search finds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.pushes import PushDesk
from tests.fakes.platform import echo, fake_platform, opener
from tests.unit.rag.recency.newsdesk import NOON, Desk, Site, Story, open_desk, signed

HERE = "http://127.0.0.1:8000/v1/recency/websub"
NEW = Story("9", "زلزال خفيف شمال المغرب", "ضرب زلزال خفيف شمال المغرب صباح اليوم ولم تقع أضرار بحسب المعهد الوطني.", NOON)


@dataclass
class Hub:
    """A hub's view of us, once it was asked to tell us of a feed."""

    client: httpx.AsyncClient
    desk: Desk
    site: Site

    @property
    def form(self) -> dict[str, str]:
        return self.site.subscriptions[-1]

    async def confirm(self, **query: str) -> httpx.Response:
        asked = {"hub.mode": "subscribe", "hub.topic": self.form["hub.topic"], "hub.challenge": "كلمة", "hub.lease_seconds": "864000"}
        return await self.client.get(self.form["hub.callback"], params=asked | query)

    async def tell(self, body: bytes, *, secret: str | None = None, method: str = "sha256") -> httpx.Response:
        headers = signed(body, secret or self.form["hub.secret"], method=method)
        return await self.client.post(self.form["hub.callback"], content=body, headers=headers)

    async def known(self) -> list[str]:
        return [found.article.id for found in await self.desk.store.search("زلزال المغرب")]


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    site = Site(hub=True)
    settings = Settings(_env_file=None)
    async with site.server, open_desk(tmp_path, callback=HERE) as desk:
        platform = replace(fake_platform(settings, echo), pushes=PushDesk(sources=desk.sources, newsroom=desk.room))
        app = create_app(opener(platform), settings=settings)
        await desk.add(site)
        await desk.room.poll()
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
            yield Hub(client, desk, site)


async def test_a_hub_hears_that_we_subscribed_and_what_it_tells_is_found_when_it_is_answered(hub: Hub) -> None:
    confirmed = await hub.confirm()
    assert (confirmed.status_code, confirmed.text) == (200, "كلمة")
    assert (await hub.desk.store.status()).sources[0].pushed
    assert (await hub.tell(hub.site.feed([NEW]))).status_code == 202
    assert len(await hub.known()) == 1


@pytest.mark.parametrize("query", [{"hub.topic": "http://127.0.0.1/other"}, {"hub.mode": "unsubscribe"}, {"hub.challenge": ""}])
async def test_what_we_did_not_ask_for_is_not_confirmed(hub: Hub, query: dict[str, str]) -> None:
    assert (await hub.confirm(**query)).status_code == 404
    assert not (await hub.desk.store.status()).sources[0].pushed


async def test_what_is_signed_by_another_changes_nothing(hub: Hub) -> None:
    assert (await hub.tell(hub.site.feed([NEW]), secret="another")).status_code == 202
    assert await hub.known() == []


async def test_a_push_that_says_nothing_sends_us_to_the_feed(hub: Hub) -> None:
    hub.site.publish(NEW.key, NEW.title, NEW.text)
    assert (await hub.tell(b"", method="sha1")).status_code == 202
    assert len(await hub.known()) == 1


async def test_a_pushed_story_that_the_feed_loses_again_is_gone_though_the_feed_is_as_it_was(hub: Hub) -> None:
    hub.site.publish("1", "ارتفاع أسعار القمح", "ارتفعت أسعار القمح في الأسواق العالمية هذا الأسبوع.")
    await hub.desk.room.poll()
    await hub.tell(hub.site.feed([NEW]))
    assert len(await hub.known()) == 1
    await hub.tell(b"")
    assert await hub.known() == []


async def test_who_does_not_know_the_token_is_told_that_there_is_nothing(hub: Hub) -> None:
    assert (await hub.client.get(f"{HERE}/token", params={"hub.mode": "subscribe"})).status_code == 404
    assert (await hub.client.post(f"{HERE}/token", content=b"x")).status_code == 404


async def test_a_hub_is_asked_once_until_its_lease_ends(hub: Hub) -> None:
    await hub.confirm()
    hub.site.publish("1", "خبر", "نص")
    await hub.desk.room.poll()
    assert len(hub.site.subscriptions) == 1
    hub.desk.clock.forward(days=9.5)
    hub.site.publish("2", "خبر", "نص آخر")
    await hub.desk.room.poll()
    assert len(hub.site.subscriptions) == 2
    assert hub.site.subscriptions[0]["hub.callback"] == hub.site.subscriptions[1]["hub.callback"]
