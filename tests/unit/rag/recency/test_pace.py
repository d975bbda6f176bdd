"""When a source is looked at again, and what robots.txt lets us read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from fanar.bilingual import Bilingual
from fanar.fetch.client import Fetcher
from fanar.news import Look
from rag.recency.pace import Pace, retry_after
from rag.recency.robots import Robots
from tests.unit.rag.recency.newsdesk import NOON

PACE = Pace(shortest=30, longest=300)
ERROR = Bilingual("No.", "لا.")


def test_news_brings_the_next_look_forward_and_silence_puts_it_off_within_bounds() -> None:
    look, intervals = Look(), []
    for news in (True, True, True, True, True, False, False, False, False, False, False, False):
        look = PACE.heard(look, now=NOON, news=news)
        intervals.append(look.interval)
    assert intervals[:5] == [150.0, 75.0, 37.5, 30.0, 30.0]
    assert intervals[-1] == 300.0
    assert look.due == NOON + timedelta(seconds=300)


def test_the_rest_that_a_source_wants_is_kept_up_to_the_longest() -> None:
    look = Look(interval=30)
    assert PACE.heard(look, now=NOON, news=True, rest=120).interval == 120
    assert PACE.heard(look, now=NOON, news=True, rest=86_400).interval == 300


def test_failures_double_the_wait_up_to_an_hour_and_success_forgets_them() -> None:
    look, waits = Look(), []
    for _ in range(9):
        look = PACE.failed(look, ERROR, now=NOON, url="u")
        assert look.due is not None
        waits.append((look.due - NOON).total_seconds())
    assert waits[1] == pytest.approx(2 * waits[0])
    assert waits[-1] <= 3600 * 1.1
    assert (look.state, look.failures) == ("failing", 9)
    assert PACE.heard(look, now=NOON, news=False).failures == 0


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("Sun, 01 Mar 2026 13:00:00 GMT", 3600), ("Sun, 01 Mar 2026 11:00:00 GMT", 0), ("soon", 0), ("", 0), ("٣", 0)],
)
def test_what_a_server_asks_for_is_read_in_both_forms(said: str, seconds: float) -> None:
    assert retry_after({"retry-after": said}, now=NOON) == seconds


@pytest.mark.parametrize(
    ("status", "text", "allowed"),
    [
        (200, "User-agent: *\nDisallow: /private", True),
        (200, "User-agent: fanar\nDisallow: /", False),
        (200, "User-agent: other\nDisallow: /", True),
        (404, "", True),
        (403, "", True),
        (503, "", False),
        (200, "\0\xff" * 100, True),
        (200, "x" * 600_000, True),
    ],
)
async def test_robots_are_asked_once_an_hour_and_obeyed(status: int, text: str, allowed: bool) -> None:
    asked, now = [], [0.0]

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=status, text=text)

    app = web.Application()
    app.router.add_get("/{tail:.*}", answer)
    async with TestServer(app) as server, Fetcher(private_hosts=["127.0.0.1"], seconds=5) as fetcher:
        robots = Robots(fetcher=fetcher, clock=lambda: now[0])
        for second in (0.0, 3599.0, 3601.0):
            now[0] = second
            assert await robots.allow(str(server.make_url("/a"))) is allowed
    assert asked == ["/robots.txt", "/robots.txt"]


async def test_a_server_that_does_not_answer_lets_nothing_be_read() -> None:
    async with Fetcher(private_hosts=["127.0.0.1"], seconds=5) as fetcher:
        assert not await Robots(fetcher=fetcher, clock=lambda: 0.0).allow("http://127.0.0.1:9/a")
