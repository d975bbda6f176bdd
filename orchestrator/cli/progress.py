"""Shows how far long work has come: a bar on a terminal, a line at each step elsewhere. Knows nothing of the work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from fanar.bilingual import Bilingual
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from rich.progress import TaskID


class Step(Protocol):
    """How far a step has come; `total` 0 when nobody knows how much there is."""

    @property
    def step(self) -> Bilingual:
        """What is being done."""
        ...

    @property
    def done(self) -> int:
        """How much of it is done."""
        ...

    @property
    def total(self) -> int:
        """How much there is."""
        ...


class Reporter(Protocol):
    """Takes reports of progress in."""

    def __call__(self, progress: Step, /) -> None:
        """Take in how far the work has come."""
        ...


@contextmanager
def reporting(terminal: Terminal) -> Iterator[Reporter]:
    """Yield what long work reports to. Progress is a message, so it goes to standard error and never into a pipe."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    if not terminal.messages.is_terminal:
        yield _Lines(terminal)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal.messages) as bars:
        tasks: dict[str, TaskID] = {}

        def report(progress: Step) -> None:
            name = terminal.text(progress.step)
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=progress.total or None)
            bars.update(tasks[name], completed=progress.done, total=progress.total or None)

        yield report


class _Lines:
    """Says each step once: logs are read later, and nobody reads a thousand lines of percentages."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._said: str | None = None

    def __call__(self, progress: Step, /) -> None:
        if self._said != progress.step.en:
            self._said = progress.step.en
            self._terminal.note(progress.step)
