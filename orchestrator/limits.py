"""How often a key may ask for a model: which words hold for it, and what the count of its requests says. Knows nothing of HTTP.

The operator's words for one key go before those for one model, and these before the default. An alias counts as the model it means, and
what is no model's id is not counted: nobody gets anything by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fanar.bilingual import Bilingual
from fanar.errors import QuotaExceededError, RateLimitedError
from fanar.keys import ApiKey
from fanar.limits.allowance import Allowance, Count, Period, Rate
from fanar.limits.memory import MemoryRequestCounter
from fanar.protocols import RequestCounter

NOBODY = "anonymous"
FEEDBACK, KEEPING, FILES, VOICES = "feedback", "conversations", "files", "voices"
"""What requests are counted as that ask for no model."""
_PERIODS: Mapping[Period, Bilingual] = {"day": Bilingual("day", "اليوم"), "month": Bilingual("month", "الشهر")}


@dataclass(frozen=True, slots=True)
class Admission:
    """What a request met: the window it was counted in, if there is one, and how many more would be let in."""

    rate: Rate | None = None
    remaining: int = 0
    reset: int = 0
    refusal: RateLimitedError | None = None


_SAID_NOTHING = Allowance()
FREE = Admission()
"""Nothing was counted."""


class RequestLimits:
    """Lets requests in. `counter` keeps the counts; one that counts in memory is asked without waiting.

    `nothing` says that everybody may ask without limit, unless a key's own allowance says otherwise.
    """

    def __init__(
        self,
        *,
        counter: RequestCounter,
        default: Allowance,
        models: Mapping[str, Allowance] | None = None,
        known: Callable[[str], str | None] = lambda model: model,
    ) -> None:
        """`known` returns the id that a model's id or alias means, None for what is neither."""
        self._counter = counter
        self._memory = counter if isinstance(counter, MemoryRequestCounter) else None
        self._default = default
        self._models = {known(model) or model: allowance.otherwise(default) for model, allowance in (models or {}).items()}
        self._known = known
        self.nothing = default.unlimited and not self._models

    def admit_at_once(self, key: ApiKey | None, model: str) -> Admission | None:
        """Count a request where that needs no waiting, and return what it met; None when `admit` must be awaited instead."""
        if self.nothing and (key is None or key.allowance == _SAID_NOTHING):
            return FREE
        if self._memory is None:
            return None
        asked = self._asked(key, model)
        return FREE if asked is None else _admission(asked[1], self._memory.count_now(*asked))

    async def admit(self, key: ApiKey | None, model: str) -> Admission:
        """Count a request and return what it met."""
        asked = self._asked(key, model)
        return FREE if asked is None else _admission(asked[1], await self._counter.count(*asked))

    def _asked(self, key: ApiKey | None, model: str) -> tuple[str, Allowance] | None:
        named = self._known(model)
        if named is None:
            return None
        general = self._models.get(named, self._default)
        allowance = general if key is None else key.allowance.otherwise(general)
        return None if allowance.unlimited else (f"{key.id if key else NOBODY}:{named}", allowance)


def _admission(allowance: Allowance, count: Count) -> Admission:
    rate = allowance.rate if allowance.rate and allowance.rate.requests else None
    remaining = max(0, rate.requests - count.counted) if rate else 0
    return Admission(rate, remaining, count.reset, _refusal(allowance, count))


def _refusal(allowance: Allowance, count: Count) -> RateLimitedError | None:
    match count.refused:
        case None:
            return None
        case "rate":
            assert allowance.rate is not None, "what is not set refuses nothing"  # noqa: S101
            return RateLimitedError(_too_many(allowance.rate), retry_after=count.retry_after)
        case period:
            return QuotaExceededError(_used_up(period), retry_after=count.retry_after)


def _too_many(rate: Rate) -> Bilingual:
    return Bilingual(
        f"More than {rate.requests} requests for this model within {rate.seconds} seconds.",
        f"أكثر من {rate.requests} طلبًا لهذا النموذج خلال {rate.seconds} ثانية.",
    )


def _used_up(period: Period) -> Bilingual:
    name = _PERIODS[period]
    return Bilingual(f"This {name.en}'s quota of the key for this model is used up.", f"استُنفدت حصة المفتاح من هذا النموذج لهذا {name.ar}.")
