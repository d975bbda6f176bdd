"""What an operator can set about moderation. Knows nothing of how texts are judged."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from fanar.moderation.verdict import CATEGORIES


class ModerationSettings(BaseModel):
    """What judges texts, and whether conversations are judged by it."""

    model_config = ConfigDict(extra="forbid")

    guard: Literal["off", "prompts", "answers", "both"] = Field(
        default="off", description="What of conversations is judged; what is flagged is refused, or cut"
    )
    categories: list[str] = Field(
        default=["harassment", "hate", "violence", "sexual", "illicit", "illicit/violent", "sexual/minors"],
        description="Categories that are refused, as a JSON list; self-harm is left out, as who asks for help should get an answer",
    )
    url: str | None = Field(
        default=None, description="Base URL of a server of a guard model, e.g. http://127.0.0.1:8005/v1; empty is the one that ships"
    )
    model: str | None = Field(default=None, description="Model id to ask the server for, e.g. meta-llama/Llama-Guard-3-8B")
    form: Literal["words", "scores"] = Field(
        default="words", description="What it answers with: words as Llama Guard, or scores of safety and culture as FanarGuard"
    )
    api_key: SecretStr | None = Field(default=None, description="Key for the server, if it wants one")
    answer_timeout: float = Field(default=20.0, gt=0, description="Seconds that its answer may take")

    @field_validator("categories")
    @classmethod
    def _known(cls, categories: list[str]) -> list[str]:
        unknown = sorted(set(categories) - set(CATEGORIES))
        if unknown:
            raise ValueError(f"there is no category {', '.join(unknown)}")
        return categories
