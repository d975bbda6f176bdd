"""The operator's choices for what checks claims. Read from the environment by `fanar.settings`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class AttributionSettings(BaseModel):
    """What is checked by itself, and what helps to check."""

    model_config = ConfigDict(extra="forbid")

    check: Literal["all", "documents", "never"] = Field(
        default="all",
        description="Which answers that a model wrote are checked: documents are those from passages, all the others too, by what is here",
    )
    entailment: str | None = Field(
        default=None,
        description="Folder or hub name of an entailment model in ONNX or, with the extra local, safetensors, "
        "e.g. MoritzLaurer/mDeBERTa-v3-base-xnli-multilingual-nli-2mil7",
    )
    spans: str | None = Field(
        default=None,
        description="Folder or hub name, as above, of a token classifier that marks what a source does not say, "
        "e.g. KRLabsOrg/lettucedect-v2-mmbert-base",
    )
    splitting: Literal["rules", "model"] = Field(
        default="rules",
        description="What splits sentences into claims: rules alone, or also the language model, which is asked before each check",
    )
    splitting_seconds: float = Field(default=10.0, gt=0, description="How long the language model may take; later the rules' claims stand")
    threads: int = Field(default=0, ge=0, description="Threads that such a model computes with; 0 takes one for each core")
    queue: int = Field(default=64, ge=1, description="Most calls of such a model that wait; more are answered 503 with Retry-After")
