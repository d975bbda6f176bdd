"""Counts requests in Redis, so that all workers and machines count together and restarts forget nothing. Knows nothing of keys or models.

One script looks and counts in one step. A window is a list of times by Redis' own clock, a quota a number that ends with its period.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from time import time

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, StorageError
from fanar.limits.allowance import Allowance, Count, Period, Reason, ends

_PERIODS: tuple[Period, ...] = ("day", "month")
_REASONS: tuple[Reason | None, ...] = (None, "rate", "day", "month")
# KEYS: the window, the day's count, the month's count. ARGV: the window's requests and microseconds, then for each quota the most and the
# Unix second at which it ends; last the time in microseconds, or nothing for Redis' own.
# What was written while the clock stood ahead is dropped like what has aged: it would never age.
_SCRIPT = """
local now = tonumber(ARGV[7])
if not now then
  local told = redis.call('TIME')
  now = told[1] * 1000000 + told[2]
end
local most, span = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest, counted = now, 0
if most > 0 then
  local first = redis.call('LINDEX', KEYS[1], 0)
  while first and (tonumber(first) <= now - span or tonumber(first) > now) do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
  end
  if first then oldest = tonumber(first) end
  counted = redis.call('LLEN', KEYS[1])
  if counted >= most then return {1, counted, string.format('%.0f', oldest + span - now)} end
end
for i = 1, 2 do
  local quota = tonumber(ARGV[2 * i + 1])
  if quota > 0 and tonumber(redis.call('GET', KEYS[i + 1]) or 0) >= quota then
    return {i + 1, counted, string.format('%.0f', oldest + span - now)}
  end
end
if most > 0 then
  redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(span / 1000))
  counted = counted + 1
end
for i = 1, 2 do
  if tonumber(ARGV[2 * i + 1]) > 0 then
    redis.call('INCR', KEYS[i + 1])
    redis.call('EXPIREAT', KEYS[i + 1], ARGV[2 * i + 2])
  end
end
return {0, counted, string.format('%.0f', oldest + span - now)}
"""


class RedisRequestCounter:
    """A RequestCounter over Redis 6 or newer. `clock` tells Unix seconds; without one, windows go by Redis' own."""

    def __init__(self, *, url: str, seconds: float = 0.25, prefix: str = "fanar", clock: Callable[[], float] | None = None) -> None:
        """`seconds` bounds an exchange with Redis. Raises ConfigurationError for what is no URL of a Redis."""
        try:
            self._redis = Redis.from_url(
                url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0), decode_responses=True
            )
        except ValueError as cause:
            raise ConfigurationError(
                Bilingual(
                    "FANAR_REDIS_URL is no URL of a Redis, such as redis://127.0.0.1:6379/0.",
                    "قيمة FANAR_REDIS_URL ليست عنوان Redis، مثل redis://127.0.0.1:6379/0.",
                )
            ) from cause
        self._script = self._redis.register_script(_SCRIPT)
        self._prefix = prefix
        self._clock = clock

    async def count(self, subject: str, allowance: Allowance) -> Count:
        """Count one request of `subject`; see RequestCounter. Raises StorageError when Redis does not answer."""
        at = time() if self._clock is None else self._clock()
        ended = {period: ends(period, datetime.fromtimestamp(at, UTC)).timestamp() for period in _PERIODS}
        # The braces keep what belongs together on one node of a cluster.
        keys = [f"{self._prefix}:{{{subject}}}:{name}" for name in ("window", *(f"{period}:{ended[period]:.0f}" for period in _PERIODS))]
        rate = allowance.rate
        arguments = [rate.requests, rate.seconds * 1_000_000] if rate else [0, 0]
        for period, most in zip(_PERIODS, (allowance.daily, allowance.monthly), strict=True):
            arguments += [most or 0, int(ended[period])]
        try:
            told = await self._script(keys=keys, args=[*arguments, "" if self._clock is None else int(at * 1_000_000)])
        except (RedisError, OSError) as cause:
            raise StorageError(Bilingual("Redis does not answer.", "خادم Redis لا يجيب.")) from cause
        refused, counted = _REASONS[told[0]], int(told[1])
        reset = max(1, ceil(int(told[2]) / 1_000_000)) if counted else 0
        if refused is None or refused == "rate":
            return Count(counted, reset, refused, reset if refused else 0)
        return Count(counted, reset, refused, max(1, ceil(ended[refused] - at)))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
