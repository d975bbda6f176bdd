"""What people say of answers, and which decisions stood behind these. Knows nothing of databases, HTTP, or how routing works.

A prompt is part of it only where the client sent it or the operator asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fanar.events import Route, RoutingDecision
from fanar.messages import ChatMessage

Rating = Literal["up", "down"]
Tier = Literal["star", "prime"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says of the answer whose id is `answer`.

    `route` and `model` are corrections: where the prompt should have gone. `prompt` is what the client sent of it, if anything.
    """

    answer: str
    rating: Rating
    route: Route | None = None
    model: Tier | None = None
    comment: str | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """An Opinion as it is kept; `owner`, an API key's id, is whose it is."""

    id: str
    answer: str
    owner: str
    created: datetime
    rating: Rating
    route: Route | None = None
    model: Tier | None = None
    comment: str | None = None
    prompt: str | None = None

    @property
    def corrects(self) -> bool:
        """Whether it says where the prompt should have gone."""
        return self.route is not None or self.model is not None


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision of the router and the conversation it was made for, kept to be replayed.

    `answer` is the id of the answer, `model` the id that the request named. A conversation too long to keep is not `whole`: its last
    turns are there. Of attachments only the kind is kept.
    """

    answer: str
    owner: str
    created: datetime
    model: str
    messages: tuple[ChatMessage, ...]
    decision: RoutingDecision
    whole: bool = True
