"""Puts a door before each language model: a bounded queue, a circuit breaker, a record; and says how those behind them do."""

from __future__ import annotations

from collections.abc import Mapping

from fanar.protocols import ChatModel
from fanar.settings import ModelSettings
from orchestrator.backends.backend import Backend, Relaying
from orchestrator.backends.breaker import CircuitBreaker
from orchestrator.backends.queue import BoundedQueue
from orchestrator.models import Seat
from orchestrator.platform import SeatStatus


def guarded(model: ChatModel, server: ModelSettings, *, relay: Relaying | None = None) -> Backend:
    """Return `model` behind a door as wide as the settings of its server say."""
    queue = BoundedQueue(places=server.concurrency, waiting=server.queue, seconds=server.queue_seconds)
    return Backend(model, queue=queue, breaker=CircuitBreaker(), relay=relay)


def statuses(seats: Mapping[Seat, ChatModel], vision: ChatModel | None = None) -> list[SeatStatus]:
    """Return how the models are doing; one that sits on both seats is told once."""
    found: dict[int, tuple[Backend, list[str]]] = {}
    placed: list[tuple[str, ChatModel]] = [*seats.items(), *([("vision", vision)] if vision is not None else [])]
    for seat, model in placed:
        if isinstance(model, Backend):
            found.setdefault(id(model), (model, []))[1].append(seat)
    return [SeatStatus(tuple(taken), backend.status()) for backend, taken in found.values()]
