"""Who sits on Star's and Prime's seats right now: models that the operator set, then models that are being served on this machine.

What is served is looked up again once a second, when somebody asks; so a model that appears or goes is noticed without a restart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from fanar.protocols import ChatModel
from fanar.weights.catalog import SeatName
from orchestrator.serving.state import RunningModel, running_models

FRESH_SECONDS = 1.0


class Seats(Mapping[SeatName, ChatModel]):
    """The models by seat. `fixed` ones stay; `spare` ones sit where nobody else does; `connect` makes a model of one that is served."""

    def __init__(
        self,
        *,
        data: Path,
        fixed: Mapping[SeatName, ChatModel],
        connect: Callable[[RunningModel], ChatModel],
        spare: Mapping[SeatName, ChatModel] | None = None,
        clock: Callable[[], float] = time.monotonic,
        fresh_seconds: float = FRESH_SECONDS,
    ) -> None:
        self._data = data
        self._fixed = fixed
        self._spare = spare or {}
        self._connect = connect
        self._clock = clock
        self._fresh_seconds = fresh_seconds
        self._looked: float | None = None
        self._connected: dict[str, ChatModel] = {}
        self._now: dict[SeatName, ChatModel] = {}

    def __getitem__(self, seat: SeatName) -> ChatModel:
        """Return who sits there as of the last look, so that a seat just seen does not vanish under the hand."""
        if self._looked is None:
            self._look()
        return self._now[seat]

    def __contains__(self, seat: object) -> bool:
        """Whether anybody sits there."""
        self._look()
        return seat in self._now

    def __iter__(self) -> Iterator[SeatName]:
        """Iterate over the seats that are taken."""
        self._look()
        return iter(tuple(self._now))

    def __len__(self) -> int:
        """Return how many seats are taken."""
        self._look()
        return len(self._now)

    def _look(self) -> None:
        now = self._clock()
        if self._looked is not None and now - self._looked < self._fresh_seconds:
            return
        self._looked = now
        served = running_models(self._data)
        # A server that was started again has another address, and is another model to us; one on two seats is one.
        self._connected = {model.url: self._connected.get(model.url) or self._connect(model) for model in served.values()}
        self._now = {**self._spare, **{seat: self._connected[model.url] for seat, model in served.items()}, **self._fixed}
