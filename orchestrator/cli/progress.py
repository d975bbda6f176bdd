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
    if not terminal.messages.is_terminal:
        yield _Lines(terminal)
        return
    with _Bars(terminal) as bars:
        yield bars


class _Bars:
    """Shows a bar for each step: one that tells only that it has begun moves to and fro, and ends when the next one begins."""

    def __init__(self, terminal: Terminal) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
        self._bars = Progress(*columns, console=terminal.messages)
        self._terminal = terminal
        self._said: str | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> _Bars:
        """Show what is reported from here on."""
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Leave the bars as they ended: full, unless something failed."""
        if kind is None:
            self._end()
        self._bars.stop()

    def __call__(self, progress: Step, /) -> None:
        name = self._terminal.text(progress.step)
        if self._task is None or name != self._said:
            self._end()
            self._said, self._task = name, self._bars.add_task(name, total=None, count="")
        if progress.done and progress.total:
            self._show(self._task, progress.done, progress.total)

    def _end(self) -> None:
        if self._task is None:
            return
        total = self._bars.tasks[self._task].total
        if total:
            self._show(self._task, int(total), int(total))
        else:
            # A bar without a total is never full, and its clock never stops.
            self._bars.update(self._task, completed=1, total=1)

    def _show(self, task: TaskID, done: int, total: int) -> None:
        self._bars.update(task, completed=done, total=total, count=f"{done:,}/{total:,}")


class _Lines:
    """Says each step once: logs are read later, and nobody reads a thousand lines of percentages."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._said: str | None = None

    def __call__(self, progress: Step, /) -> None:
        if self._said != progress.step.en:
            self._said = progress.step.en
            self._terminal.note(progress.step)
