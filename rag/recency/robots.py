"""What robots.txt lets us read (RFC 9309). Knows nothing of what is read."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from fanar.errors import FanarError, TooLargeError
from fanar.fetch.client import Fetcher

_AGENT = "fanar"
_LARGEST = 500_000
_REMEMBERED = 1_000
_SECONDS = 3_600.0
_REFUSED = range(400, 500)


class Robots:
    """Asks each server once an hour. One that fails is read as one that forbids everything, one that has no rules as one that has none."""

    def __init__(self, *, fetcher: Fetcher, clock: Callable[[], float]) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, RobotFileParser]] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def allow(self, url: str) -> bool:
        """Whether we may read a page."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._asking.setdefault(origin, asyncio.Lock()):
            asked, rules = self._known.get(origin, (float("-inf"), RobotFileParser()))
            if self._clock() - asked >= _SECONDS:
                rules = await self._rules(origin)
                self._known[origin] = self._clock(), rules
                self._known.move_to_end(origin)
        while len(self._known) > _REMEMBERED:
            self._asking.pop(self._known.popitem(last=False)[0], None)
        return rules.can_fetch(_AGENT, url)

    async def _rules(self, origin: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            reply = await self._fetcher.ask(f"{origin}/robots.txt", max_bytes=_LARGEST)
        except TooLargeError:
            rules.parse(())
            return rules
        except FanarError:
            rules.parse(("User-agent: *", "Disallow: /"))
            return rules
        forbidden = reply.status not in _REFUSED and not 200 <= reply.status < 300
        text = "User-agent: *\nDisallow: /" if forbidden else reply.content.decode("utf-8", "replace")
        rules.parse(text.splitlines())
        return rules
