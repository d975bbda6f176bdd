"""What a moderator says of a text, in OpenAI's categories and on Fanar's two scales. Knows nothing of how it is found out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CATEGORIES = (
    "harassment",
    "harassment/threatening",
    "hate",
    "hate/threatening",
    "illicit",
    "illicit/violent",
    "self-harm",
    "self-harm/intent",
    "self-harm/instructions",
    "sexual",
    "sexual/minors",
    "violence",
    "violence/graphic",
)
"""All categories that clients may ask for; no moderator here supports every one."""

EMBEDDED = "fanar-embedded-guard"
"""The name of the moderator that ships."""

SUPPORTED = ("harassment", "hate", "violence", "self-harm", "sexual", "illicit")
"""The categories that it tells apart."""

BEST = 5.0
"""The upper end of both scales; the lower one is 0."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A probability for each category that the moderator supports, those of them that are flagged, and the two scales, 0 to 5.

    `unsafe` is for moderators that call a text unsafe without a category, or by one that clients do not know.
    """

    scores: Mapping[str, float]
    flagged: frozenset[str]
    safety: float
    cultural_awareness: float
    model: str
    unsafe: bool = False

    @property
    def is_flagged(self) -> bool:
        """Whether anything is."""
        return self.unsafe or bool(self.flagged)

    def blocks(self, categories: Iterable[str]) -> bool:
        """Whether it flags one of these, or is unsafe in a way that has no category."""
        return not self.flagged.isdisjoint(categories) or (self.unsafe and not self.flagged)


def scale(worst: float) -> float:
    """Return where on a scale of 0 to 5 something stands whose harm has this probability."""
    return round(BEST * (1.0 - min(max(worst, 0.0), 1.0)), 3)


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on several texts as one: of each score the worst. There must be one at least."""
    first, *others = verdicts
    for other in others:
        first = Verdict(
            scores={name: max(first.scores.get(name, 0.0), other.scores.get(name, 0.0)) for name in {**first.scores, **other.scores}},
            flagged=first.flagged | other.flagged,
            safety=min(first.safety, other.safety),
            cultural_awareness=min(first.cultural_awareness, other.cultural_awareness),
            model=first.model,
            unsafe=first.unsafe or other.unsafe,
        )
    return first
