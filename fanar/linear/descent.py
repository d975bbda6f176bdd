"""Limited-memory BFGS in plain numpy. Knows nothing of what is minimised.

Sums are taken by `einsum`, which keeps to one thread: threaded BLAS makes the result depend on the number of cores, and on a busy
machine its waiting threads cost a hundred times the work itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Objective = Callable[[Vector], tuple[float, Vector]]

_MEMORY = 8
_SUFFICIENT, _SHRINK, _SMALLEST_STEP = 1e-4, 0.5, 1e-10


def minimise(objective: Objective, start: Vector, *, iterations: int, tolerance: float = 1e-5) -> Vector:
    """Return a minimum of a smooth convex `objective`, which returns its value and gradient.

    Stops after `iterations` steps, or when a whole step gains less than `tolerance` of the value.
    """
    at, (value, gradient) = start, objective(start)
    history: deque[tuple[Vector, Vector]] = deque(maxlen=_MEMORY)
    for _ in range(iterations):
        direction = _direction(gradient, history)
        slope = dot(direction, gradient)
        step = 1.0 if history else 1.0 / max(1.0, float(np.abs(gradient).sum()))
        while True:
            moved = at + step * direction
            reached, turned = objective(moved)
            if reached <= value + _SUFFICIENT * step * slope or step < _SMALLEST_STEP:
                break
            step *= _SHRINK
        shift, change = moved - at, turned - gradient
        gain = value - reached
        if gain <= 0:
            return at
        if dot(shift, change) > 0:
            history.append((shift, change))
        at, value, gradient = moved, reached, turned
        # The first step is short by design, and a shortened one may land as high beyond the valley: what these gain says nothing.
        if gain <= tolerance * abs(value) and step == 1.0 and len(history) > 1:
            break
    return at


def dot(a: Vector, b: Vector) -> float:
    """Return the inner product, in one thread."""
    return float(np.einsum("i,i->", a, b))


def _direction(gradient: Vector, history: deque[tuple[Vector, Vector]]) -> Vector:
    direction = -gradient
    shares = []
    for shift, change in reversed(history):
        share = dot(shift, direction) / dot(shift, change)
        direction = direction - share * change
        shares.append(share)
    if history:
        shift, change = history[-1]
        direction = direction * (dot(shift, change) / dot(change, change))
    for (shift, change), share in zip(history, reversed(shares), strict=True):
        direction = direction + shift * (share - dot(change, direction) / dot(shift, change))
    return direction
