"""The weights there are to have: where they are, whose they are, what they need. Knows nothing of what is installed or running."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError

TABLE = Path(__file__).with_name("catalog.toml")
SPEECH = Path(__file__).with_name("speech.toml")
IMAGES = Path(__file__).with_name("images.toml")

Engine = Literal["vllm", "transformers", "whisper", "diffusers"]
SeatName = Literal["star", "prime"]


class Shape(BaseModel):
    """What a model's memory is computed from.

    `full_layers` look at the whole context, the others at the last `window` tokens; `embedding` counts the parameters of the vocabulary,
    which are never quantised. `source` says where this was read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: Annotated[int, Field(ge=1)]
    full_layers: Annotated[int, Field(ge=0)]
    window: Annotated[int, Field(ge=0)]
    kv_heads: Annotated[int, Field(ge=1)]
    head_dim: Annotated[int, Field(ge=1)]
    embedding: Annotated[int, Field(ge=0)]
    source: str


@dataclass(frozen=True, slots=True)
class Weights:
    """One model's weights. `bytes` is about what a pull fetches, `context` what it is served with, `seats` what it answers as.

    `base` names the weights that these are laid over, and that are pulled with them.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    name: str
    title: str
    repository: str
    revision: str
    licence: str
    licence_url: str
    seats: tuple[SeatName, ...]
    engine: Engine
    context: int
    parameters: int
    bytes: int
    why: Bilingual
    shape: Shape
    base: str | None = None


class WeightsCatalog:
    """All weights that have a name here."""

    def __init__(self, rows: dict[str, Any]) -> None:
        """Raises pydantic's ValidationError: the table is part of the program."""
        self._weights = TypeAdapter(dict[str, Weights]).validate_python({name: {"name": name, **row} for name, row in rows.items()})

    def __iter__(self) -> Iterator[Weights]:
        """Iterate over the weights in the order of the table."""
        return iter(self._weights.values())

    def __contains__(self, name: object) -> bool:
        """Whether there are weights of this name."""
        return name in self._weights

    def find(self, name: str) -> Weights:
        """Return the weights of a name. Raises NotFoundError."""
        found = self._weights.get(name)
        if found is None:
            names = ", ".join(self._weights)
            raise NotFoundError(
                Bilingual(
                    f"There are no weights of this name; there are: {names}. `fanar models list` says what they are.",
                    f"لا أوزان بهذا الاسم؛ المتاح: {names}. ويصفها الأمر `fanar models list`.",
                )
            )
        return found


@cache
def speech() -> WeightsCatalog:
    """Return the models that write speech down: the platform loads them itself, and no server serves them."""
    return WeightsCatalog(tomllib.loads(SPEECH.read_text(encoding="utf-8")))


@cache
def images() -> WeightsCatalog:
    """Return the models that draw: the platform loads them itself, and no server serves them."""
    return WeightsCatalog(tomllib.loads(IMAGES.read_text(encoding="utf-8")))


@cache
def built_in() -> WeightsCatalog:
    """Return the catalogue of language models that ships."""
    return WeightsCatalog(tomllib.loads(TABLE.read_text(encoding="utf-8")))
