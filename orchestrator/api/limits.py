"""How much at once, and how often: answers in progress, and what a request is told of its window.

Knows nothing of keys' owners, of what is asked, or of where requests are counted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, MutableMapping
from typing import TypeVar

from fanar.bilingual import Bilingual
from fanar.errors import OverloadedError
from fanar.keys import ApiKey
from fanar.streams import closing
from orchestrator.limits import Admission
from orchestrator.platform import Admitting

T = TypeVar("T")

_FULL = Bilingual("Too many answers are in progress; try again shortly.", "عدد كبير من الإجابات قيد الإعداد؛ أعد المحاولة بعد قليل.")


class Slots:
    """Answers in progress, at most `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.taken = 0

    def __enter__(self) -> None:
        """Take a slot until the end of the block. Raises OverloadedError when all are taken."""
        if self.taken >= self._most:
            raise OverloadedError(_FULL)
        self.taken += 1

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.taken -= 1

    async def held(self, items: AsyncIterator[T]) -> AsyncIterator[T]:
        """Yield `items`, holding a slot from the first request for one to the end. Raises OverloadedError when all are taken."""
        with self:
            async with closing(items):
                async for item in items:
                    yield item


async def admit(limits: Admitting, key: ApiKey | None, model: str, headers: MutableMapping[str, str]) -> None:
    """Count a request and write what its answer says of the window into `headers`. Raises RateLimitedError, QuotaExceededError."""
    admission = limits.admit_at_once(key, model)
    told(await limits.admit(key, model) if admission is None else admission, headers)


def told(admission: Admission, headers: MutableMapping[str, str]) -> None:
    """Write what a request met into the headers of its answer. Raises what refused it."""
    rate = admission.rate
    if rate is not None:
        headers["x-ratelimit-limit"] = str(rate.requests)
        headers["x-ratelimit-remaining"] = str(admission.remaining)
        headers["x-ratelimit-reset"] = str(admission.reset)
        headers["ratelimit-policy"] = f"{rate.requests};w={rate.seconds}"
    if admission.refusal is not None:
        raise admission.refusal
