"""The moderator that ships: linear models on words and letters, for insults, hate, threats, self-harm, sexual talk and illicit requests.

It knows words, not meaning: irony, quotation and what is said between the lines pass it by. Threats and calls for violence are what it
means by violence, not reports of it.
"""

from __future__ import annotations

import asyncio

from fanar.moderation.examples import STEREOTYPE
from fanar.moderation.linear import LinearModels
from fanar.moderation.verdict import EMBEDDED, SUPPORTED, Verdict, scale

_OFF_LOOP_CHARACTERS = 4_000
_CULTURAL = frozenset((STEREOTYPE, "hate"))


class EmbeddedModerator:
    """Judges with `models`, in this process."""

    def __init__(self, models: LinearModels) -> None:
        self._models = models
        self.name = EMBEDDED
        self.supported = SUPPORTED

    async def judge(self, prompt: str, response: str = "") -> Verdict:
        """Return the verdict on both texts; the worse counts."""
        if len(prompt) + len(response) > _OFF_LOOP_CHARACTERS:
            return await asyncio.to_thread(self.verdict, prompt, response)
        return self.verdict(prompt, response)

    def verdict(self, prompt: str, response: str = "") -> Verdict:
        """Return the verdict at once: for short texts, and where nothing else waits."""
        worst = self._models.probabilities(prompt)
        if response:
            worst = worst.clip(self._models.probabilities(response))
        found = dict(zip(self._models.labels, worst.tolist(), strict=True))
        over = {label for label, far in zip(self._models.labels, (worst >= self._models.thresholds).tolist(), strict=True) if far}
        scores = {label: round(found[label], 6) for label in self.supported}
        return Verdict(
            scores=scores,
            flagged=frozenset(over - {STEREOTYPE}),
            safety=scale(max(scores.values(), default=0.0)),
            cultural_awareness=scale(max((found[label] for label in found if label in _CULTURAL), default=0.0)),
            model=self.name,
        )
