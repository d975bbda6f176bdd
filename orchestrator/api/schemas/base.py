"""What all request models share: nothing is coerced, nothing unknown is let in. Knows no field."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

BRANCH = "branch:"  # before the tags of unions, so that they can be told from field names in the location of a fault

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
ModelId = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]*$")]


class Strict(BaseModel):
    """A part of a request: no coercion (true is no 1, "1" is no 1), no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Answer(BaseModel):
    """A part of an answer; clients must bear fields that they do not know."""

    model_config = ConfigDict(extra="allow")
