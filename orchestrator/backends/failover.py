"""Which requests the other model may answer when the first one cannot: the `failover` part of the policy table. Knows nothing of models."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError


class Failover(BaseModel):
    """Whether the other model may answer what was routed, and what named a model."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    routed: bool = True
    addressed: bool = False


def load_failover(path: Path) -> Failover:
    """Read the table at `path`. Raises ConfigurationError naming the fault; a table that says nothing leaves the defaults."""
    try:
        return Failover.model_validate(tomllib.loads(path.read_text(encoding="utf-8")).get("failover", {}))
    except ValidationError as cause:
        faults = "; ".join(f"failover.{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in cause.errors(include_input=False))
        raise _unusable(faults) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise _unusable("it cannot be read as TOML") from cause


def _unusable(fault: str) -> ConfigurationError:
    return ConfigurationError(
        Bilingual(
            f"The policy table (FANAR_POLICY) cannot be used: {fault}.",
            f"لا يمكن استعمال جدول السياسة (‎FANAR_POLICY): {fault}.",
        )
    )
