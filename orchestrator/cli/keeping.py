"""Keeps a model server running from the command line: in front of the person, or apart from the command that started it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fanar.bilingual import Bilingual
from fanar.errors import ModelUnavailableError
from fanar.settings import Settings
from fanar.weights.catalog import Weights
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal

if TYPE_CHECKING:
    from orchestrator.serving.server import ModelServer
    from orchestrator.serving.state import RunningModel

_LOOK_SECONDS = 0.25
_WATCH_SECONDS = 1.0
_READY = Bilingual(
    "{title} answers at {url} as {seats}. Ctrl-C or `fanar models stop {name}` stops it.",
    "يجيب {title} على {url} في موضع {seats}. يوقفه Ctrl-C أو `fanar models stop {name}`.",
)
_READY_APART = Bilingual(
    "{title} answers at {url} as {seats}. `fanar models stop {name}` stops it.",
    "يجيب {title} على {url} في موضع {seats}. يوقفه `fanar models stop {name}`.",
)
STOPPED = Bilingual("{name} has stopped.", "توقف {name}.")


async def keep(server: ModelServer, weights: Weights, settings: Settings, terminal: Terminal, *, while_pid: int | None) -> None:
    """Serve until a signal comes, or the process `while_pid` has ended. Raises what the server raises."""
    wanted = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, wanted.set)
    watching = [asyncio.create_task(_announce(weights, settings, terminal))]
    if while_pid is not None:
        watching.append(asyncio.create_task(_follow(while_pid, wanted)))
    try:
        with reporting(terminal) as report:
            await server.run(wanted, report=report)
    finally:
        for task in watching:
            task.cancel()
    terminal.note(STOPPED.format(name=weights.name), style="")


async def _announce(weights: Weights, settings: Settings, terminal: Terminal) -> None:
    while (model := _answering(settings, weights.name)) is None:  # noqa: ASYNC110  (told through a file)
        await asyncio.sleep(_LOOK_SECONDS)
    _say_ready(_READY, model, terminal)


async def _follow(pid: int, stop: asyncio.Event) -> None:
    from orchestrator.serving.processes import identify

    try:
        process = identify(pid)
        while process.alive:  # noqa: ASYNC110  (another's process)
            await asyncio.sleep(_WATCH_SECONDS)
    except ProcessLookupError:
        pass
    stop.set()


def keep_apart(weights: Weights, settings: Settings, terminal: Terminal, *, options: Sequence[str], while_pid: int | None) -> None:
    """Start a keeper that outlives this command and return when its server answers. Raises what it said when it ended instead."""
    from orchestrator.serving.processes import identify
    from orchestrator.serving.server import log_file

    said = log_file(settings.data, weights.name).with_suffix(".keeper.log")
    said.parent.mkdir(parents=True, exist_ok=True)
    # -P: what lies in the folder we happen to be started in must not be imported.
    command = [sys.executable, "-P", "-c", "from orchestrator.cli.main import main; main()", "models", "serve", weights.name]
    command += ["--while-pid", str(while_pid)] if while_pid is not None else []
    # The shell ends at once and leaves the keeper to the system, which also clears it away one day.
    shell = ["/bin/sh", "-c", '"$@" >"$0" 2>&1 </dev/null & echo $!', str(said), *command, "--", *options]
    started = subprocess.run(shell, capture_output=True, check=True, start_new_session=True)  # noqa: S603  (our own program)
    keeper = identify(int(started.stdout))
    with terminal.waiting():
        while (model := _answering(settings, weights.name)) is None and keeper.alive:
            time.sleep(_LOOK_SECONDS)
    if model is None:
        last = said.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2].removeprefix("error: ")
        raise ModelUnavailableError(Bilingual(last, last))
    _say_ready(_READY_APART, model, terminal)


def _answering(settings: Settings, name: str) -> RunningModel | None:
    from orchestrator.serving.state import running_models

    return next((model for model in running_models(settings.data).values() if model.name == name), None)


def _say_ready(message: Bilingual, model: RunningModel, terminal: Terminal) -> None:
    facts = {"title": model.title, "url": model.url, "name": model.name, "seats": ", ".join(model.seats)}
    terminal.note(message.format(**facts), style="bold green")
