"""The request and answer of the feedback endpoint."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from fanar.events import Route
from fanar.feedback import Opinion
from orchestrator.api.schemas.base import Answer, Strict

RouteName = Literal["greeting", "general", "islamic", "recency", "image", "speech", "translation", "poetry", "attribution"]


class FeedbackRequest(Strict):
    """What is said of an answer. `id` is the answer's, its `x-id`; `route` and `model` say where the prompt should have gone.

    Nothing of the prompt is kept unless it stands in `prompt`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": f"chatcmpl-{'0' * 32}", "rating": "down", "route": "islamic", "prompt": "ما حكم صيام المسافر؟"}]
        }
    )

    id: Annotated[str, Field(max_length=64, pattern=r"^[a-z]{1,16}-[0-9a-f]{32}$")]
    rating: Literal["up", "down"]
    route: RouteName | None = None
    model: Literal["star", "prime"] | None = None
    comment: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    prompt: Annotated[str, Field(min_length=1, max_length=8000)] | None = None

    @property
    def opinion(self) -> Opinion:
        """The same in our words."""
        corrected = None if self.route is None else Route(self.route)
        return Opinion(self.id, self.rating, corrected, self.model, self.comment, self.prompt)


class FeedbackAnswer(Answer):
    """What was kept, and its own id."""

    id: str
    object: Literal["feedback"]
    answer: str
    created: int
    rating: Literal["up", "down"]
