"""What is being served on this machine: one small file for each model, in the data folder. Knows nothing of how it is served.

A platform that runs reads this again and again, so a model that appears is used without a restart. A file whose process has died says
nothing any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from fanar.weights.catalog import Engine, SeatName
from orchestrator.serving.processes import ProcessId

State = Literal["starting", "ready", "restarting"]


@dataclass(frozen=True, slots=True)
class RunningModel:
    """A model and the server that answers for it.

    `url` and `model` are what to ask; `title` names the model to people; `lacking` are the request fields its server does not honour.
    """

    name: str
    title: str
    seats: tuple[SeatName, ...]
    engine: Engine
    url: str
    model: str
    context_tokens: int
    lacking: tuple[str, ...]
    state: State
    keeper: ProcessId
    server: ProcessId | None = None

    @property
    def answers(self) -> bool:
        """Whether it can be asked now."""
        return self.state == "ready" and self.server is not None and self.server.alive


def serving_folder(data: Path) -> Path:
    """Return where the files are."""
    return data / "serving"


def running_models(data: Path) -> dict[SeatName, RunningModel]:
    """Return the model that answers on each seat now, as far as one does; cheap enough to be asked every second."""
    return {seat: model for model in known_models(data) if model.answers for seat in model.seats}


def coming_seats(data: Path) -> frozenset[SeatName]:
    """Return the seats whose model is being started, for the first time or again."""
    return frozenset(seat for model in known_models(data) if not model.answers for seat in model.seats)


def known_models(data: Path) -> list[RunningModel]:
    """Return what is served or being started, by name; what lost its keeper and its server is forgotten."""
    found = (_read(path) for path in sorted(serving_folder(data).glob("*.json")))
    return [model for model in found if model is not None and (model.keeper.alive or (model.server is not None and model.server.alive))]


def write(data: Path, model: RunningModel) -> None:
    """Keep what is known of a model; readers see the old or the new, never half."""
    path = serving_folder(data) / f"{model.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{model.keeper.pid}.new")
    new.write_text(json.dumps(asdict(model), ensure_ascii=False, indent=2), encoding="utf-8")
    new.replace(path)


def forget(data: Path, name: str) -> None:
    """Remove what is known of a model."""
    (serving_folder(data) / f"{name}.json").unlink(missing_ok=True)


def _read(path: Path) -> RunningModel | None:
    try:
        told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        server = told["server"]
        return RunningModel(
            **{
                **told,
                "seats": tuple(told["seats"]),
                "lacking": tuple(told["lacking"]),
                "keeper": ProcessId(**told["keeper"]),
                "server": ProcessId(**server) if server else None,
            }
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        # Gone since it was listed, or left by another version of the program.
        return None
