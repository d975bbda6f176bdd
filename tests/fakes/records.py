"""Feedback and decisions in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError
from fanar.feedback import Feedback, RecordedDecision
from fanar.messages import AudioPart, ChatMessage, ContentPart, ImagePart, TextPart, VideoPart


class InMemoryFeedback:
    """A FeedbackRepository that forgets with its process."""

    def __init__(self, *, per_owner: int = 1000) -> None:
        self._per_owner = per_owner
        self._said: list[Feedback] = []

    def add(self, feedback: Feedback) -> None:
        self._said = [each for each in self._said if (each.owner, each.answer) != (feedback.owner, feedback.answer)] + [feedback]
        own = [each for each in self._said if each.owner == feedback.owner]
        self._said = [each for each in self._said if each.owner != feedback.owner or each in own[-self._per_owner :]]

    def feedback(self) -> list[Feedback]:
        return list(self._said)


class InMemoryDecisions:
    """A DecisionRepository that forgets with its process."""

    def __init__(self, *, most: int = 1000) -> None:
        self._most = most
        self._recorded: list[RecordedDecision] = []

    def record(self, decisions: Sequence[RecordedDecision], *, since: datetime) -> None:
        bare = [replace(each, messages=tuple(map(_bare, each.messages))) for each in decisions]
        self._recorded = [each for each in [*self._recorded, *bare] if each.created >= since][-self._most :]

    def find(self, answer: str) -> RecordedDecision:
        found = next((each for each in self._recorded if each.answer == answer), None)
        if found is None:
            raise NotFoundError(Bilingual("None.", "لا يوجد."), param="id")
        return found

    def decisions(self) -> Iterator[RecordedDecision]:
        yield from self._recorded


def _bare(message: ChatMessage) -> ChatMessage:
    if isinstance(message.content, str):
        return message
    return replace(message, content=tuple(map(_kind, message.content)))


def _kind(part: ContentPart) -> ContentPart:
    match part:
        case TextPart():
            return part
        case ImagePart():
            return ImagePart("")
        case AudioPart():
            return AudioPart()
        case VideoPart():
            return VideoPart("")
