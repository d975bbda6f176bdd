"""A guard model on any OpenAI-compatible server: Llama Guard and its kin, which answer in words, and FanarGuard, which gives scores.

Knows nothing of how the model is served.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

import aiohttp
import orjson

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, ModelUnavailableError
from fanar.llm.bodies import bounded
from fanar.llm.faults import Misset, mapped_errors, status_fault, unreadable
from fanar.llm.wire import encode
from fanar.moderation.settings import ModerationSettings
from fanar.moderation.verdict import BEST, Verdict, scale

# Llama Guard's hazards, which are MLCommons', as categories of OpenAI's; those that have none count for safety only.
HAZARDS: Mapping[str, tuple[str, ...]] = {
    "S1": ("violence", "illicit/violent"),
    "S2": ("illicit",),
    "S3": ("sexual",),
    "S4": ("sexual/minors", "sexual"),
    "S9": ("illicit/violent",),
    "S10": ("hate",),
    "S11": ("self-harm",),
    "S12": ("sexual",),
}
_WORDS = tuple(sorted({category for categories in HAZARDS.values() for category in categories}))
_VERDICT = re.compile(r"\s*(safe|unsafe)\b", re.IGNORECASE)
_HAZARD = re.compile(r"\bS\d{1,2}\b")
_CULTURAL_HAZARDS = frozenset(("S10",))
_OK = 200
_MAX_BYTES = 1_000_000
_UNSAFE_BELOW = 2.5
INCOMPLETE = Bilingual(
    "A guard server needs its URL and its model: set FANAR_MODERATION__URL and FANAR_MODERATION__MODEL.",
    "يحتاج خادم الإشراف على المحتوى إلى عنوان ونموذج: اضبط FANAR_MODERATION__URL وFANAR_MODERATION__MODEL.",
)
_REFUSED = Bilingual(
    "The guard server refused the request; correct FANAR_MODERATION__MODEL, FANAR_MODERATION__FORM or FANAR_MODERATION__API_KEY.",
    "رفض خادم الإشراف على المحتوى الطلب؛ صحّح FANAR_MODERATION__MODEL أو FANAR_MODERATION__FORM أو FANAR_MODERATION__API_KEY.",
)
_SETTINGS = Misset.of(Bilingual("guard server", "خادم الإشراف على المحتوى"), "MODERATION")
_SETTINGS_FAULTS = (400, 401, 403, 404, 422)


class GuardServer:
    """Judges with a model on a server. The session is shared and belongs to the caller."""

    def __init__(self, *, session: aiohttp.ClientSession, settings: ModerationSettings) -> None:
        """Raises ConfigurationError when the settings name no server or no model."""
        if not settings.url or not settings.model:
            raise ConfigurationError(INCOMPLETE)
        self._session = session
        self._settings = settings
        self._base = settings.url.rstrip("/")
        key = settings.api_key.get_secret_value() if settings.api_key else ""
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        self.name = settings.model
        self.supported: tuple[str, ...] = _WORDS if settings.form == "words" else ()

    async def judge(self, prompt: str, response: str = "") -> Verdict:
        """Return the model's verdict. Raises ModelUnavailableError, UpstreamTimeoutError, OverloadedError."""
        said = [("user", prompt), *([("assistant", response)] if response else [])]
        # What a model writes may hold half characters, which JSON cannot carry.
        messages = [{"role": role, "content": text.encode("utf-8", "replace").decode()} for role, text in said]
        if self._settings.form == "words":
            asked = {"model": self.name, "messages": messages, "max_tokens": 32, "temperature": 0.0, "stream": False}
            return _from_words(await self._ask(f"{self._base}/chat/completions", asked), self.name)
        # Classification is vLLM's, beside what is OpenAI's; what a regression gives is no probability.
        asked = {"model": self.name, "messages": messages, "use_activation": False}
        return _from_scores(await self._ask(f"{self._base.removesuffix('/v1')}/classify", asked), self.name)

    async def _ask(self, url: str, body: dict[str, Any]) -> Any:  # noqa: ANN401  (JSON of a server's)
        with mapped_errors(_SETTINGS):
            async with (
                asyncio.timeout(self._settings.answer_timeout),
                self._session.post(url, data=encode(body), headers=self._headers, allow_redirects=False) as response,
            ):
                told = await bounded(response, _MAX_BYTES)
        if response.status in _SETTINGS_FAULTS:
            raise ModelUnavailableError(_REFUSED)
        if response.status != _OK:
            raise status_fault(response.status, told, retry_after=response.headers.get("Retry-After"))
        try:
            return orjson.loads(told)
        except orjson.JSONDecodeError as cause:
            raise unreadable() from cause


def _from_words(answer: Any, model: str) -> Verdict:  # noqa: ANN401
    try:
        text = answer["choices"][0]["message"]["content"]
        verdict = _VERDICT.match(text)
    except (KeyError, IndexError, TypeError) as cause:
        raise unreadable() from cause
    if verdict is None:
        raise unreadable()
    if verdict[1].lower() == "safe":
        return Verdict(dict.fromkeys(_WORDS, 0.0), frozenset(), BEST, BEST, model)
    hazards = _HAZARD.findall(text)
    flagged = frozenset(category for hazard in hazards for category in HAZARDS.get(hazard, ()))
    scores = {category: float(category in flagged) for category in _WORDS}
    cultural = scale(float(not _CULTURAL_HAZARDS.isdisjoint(hazards)))
    return Verdict(scores, flagged, 0.0, cultural, model, unsafe=True)


def _from_scores(answer: Any, model: str) -> Verdict:  # noqa: ANN401
    try:
        row = answer["data"][0]
        safety, cultural = (float(number) for number in row["probs"])
    except (KeyError, IndexError, TypeError, ValueError) as cause:
        raise unreadable() from cause
    if not (isfinite(safety) and isfinite(cultural)):
        raise unreadable()
    safety, cultural = (round(min(max(number, 0.0), BEST), 3) for number in (safety, cultural))
    return Verdict({}, frozenset(), safety, cultural, model, unsafe=safety < _UNSAFE_BELOW)
