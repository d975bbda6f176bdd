"""What an evaluation reports: measures, the number of cases behind each, what they do not say. Knows nothing of what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from fanar.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured number over `cases` cases; `None` when there was nothing to measure."""

    name: Bilingual
    value: float | None
    cases: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of one run. `notes` says what they rest on and what they do not measure, `answered_by` which models answered."""

    benchmark: str
    data: str
    measures: tuple[Measure, ...]
    notes: tuple[Bilingual, ...] = ()
    answered_by: tuple[str, ...] = ()


def share(hits: Sequence[bool]) -> float | None:
    """Return the share of hits."""
    return sum(hits) / len(hits) if hits else None


def latencies(seconds: Sequence[float]) -> tuple[Measure, ...]:
    """Return the median and the 99th percentile of times, as the client saw them."""
    if len(seconds) < 2:
        return ()
    cuts = quantiles(seconds, n=100, method="inclusive")
    return (
        Measure(Bilingual("latency, p50", "زمن الرد، الوسيط"), cuts[49] * 1000, len(seconds), "ms"),
        Measure(Bilingual("latency, p99", "زمن الرد، المئين 99"), cuts[98] * 1000, len(seconds), "ms"),
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the mean F1 over the labels that are right for some case; a pair is (right, guessed)."""
    scores = []
    for label in sorted({right for right, _ in pairs}):
        hits = sum(right == guessed == label for right, guessed in pairs)
        total = sum((right == label) + (guessed == label) for right, guessed in pairs)
        scores.append(2 * hits / total)
    return sum(scores) / len(scores) if scores else None


def calibration_error(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> float | None:
    """Return how far confidence and truth lie apart on average; a pair is (confidence, whether it was right)."""
    if not judged:
        return None
    gaps = [0.0] * bins
    for confidence, right in judged:
        gaps[min(int(confidence * bins), bins - 1)] += confidence - right
    return sum(map(abs, gaps)) / len(judged)
