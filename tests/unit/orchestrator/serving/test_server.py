"""A model server's life: real processes, watched from outside through the state they leave."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from fanar.errors import ConflictError, ModelUnavailableError, NotConfiguredError, UpstreamTimeoutError
from fanar.settings import Settings
from fanar.weights.catalog import built_in
from fanar.weights.store import WeightsStore
from orchestrator.serving.processes import ProcessId, identify
from orchestrator.serving.server import ModelServer, StartProgress, log_file, stop_server
from orchestrator.serving.state import forget, known_models, running_models, serving_folder, write

PATIENCE = 20.0


def quiet(_progress: StartProgress) -> None:
    """Report to nobody."""


def server(settings: Settings, name: str = "prime", **options: Any) -> ModelServer:
    return ModelServer(built_in().find(name), settings=settings, **options)


async def until(fact: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not fact():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def kept(settings: Settings, name: str = "prime", **options: Any) -> AsyncIterator[asyncio.Task[None]]:
    """A server that answers, kept meanwhile."""
    stop = asyncio.Event()
    task = asyncio.create_task(server(settings, name, **options).run(stop, report=quiet))
    try:
        await until(lambda: task.done() or any(model.answers for model in known_models(settings.data) if model.name == name))
        yield task
    finally:
        stop.set()
        await asyncio.wait([task])
    task.result()


def called(program: Path) -> dict[str, Any]:
    return dict(json.loads((program.parent / "called.json").read_text()))


async def test_a_server_that_answers_is_found_on_its_seat_and_gone_when_stopped(settings: Settings) -> None:
    async with kept(settings):
        found = running_models(settings.data)
        assert set(found) == {"prime"}
        assert found["prime"].model == "Fanar-1-9B-Instruct"
        assert found["prime"].url.startswith("http://127.0.0.1:")
        assert found["prime"].context_tokens == 4096
        process = found["prime"].server
        assert process is not None
        assert process.alive
    assert running_models(settings.data) == {}
    assert not process.alive


async def test_the_small_model_sits_on_both_seats_under_its_own_name(settings: Settings, program: Path) -> None:
    async with kept(settings, "small"):
        found = running_models(settings.data)
        assert set(found) == {"star", "prime"}
        assert {model.title for model in found.values()} == {"Qwen3 0.6B"}
        assert found["star"].model == "small"
        assert "response_format" in found["star"].lacking
    assert called(program)["arguments"][:2] == ["serve", "small"]
    assert called(program)["folder"] == str(settings.data / "weights")


async def test_vllm_is_given_the_folder_the_profile_and_what_else_was_asked(settings: Settings, program: Path) -> None:
    async with kept(settings, "prime", options=("--quantization", "fp8")):
        pass
    arguments = called(program)["arguments"]
    assert arguments[:2] == ["serve", str(settings.data / "weights" / "prime")]
    assert arguments[arguments.index("--config") + 1].endswith("deploy/vllm/prime.yaml")
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
    assert arguments[-2:] == ["--quantization", "fp8"]


async def test_the_server_sees_none_of_our_settings_and_no_network(
    settings: Settings, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANAR_API_KEY", "secret")
    async with kept(settings):
        pass
    environment = called(program)["environment"]
    assert not [name for name in environment if name.startswith("FANAR_")]
    assert environment["HF_HUB_OFFLINE"] == "1"


async def test_a_server_that_dies_is_not_offered_and_is_started_again(settings: Settings) -> None:
    async with kept(settings):
        first = running_models(settings.data)["prime"].server
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        await until(lambda: not running_models(settings.data))
        await until(lambda: running_models(settings.data))
        second = running_models(settings.data)["prime"].server
        assert second is not None
        assert second.pid != first.pid


async def test_a_server_that_does_not_start_again_is_tried_until_it_does(settings: Settings, behave: Callable[..., None]) -> None:
    async with kept(settings):
        first = running_models(settings.data)["prime"].server
        assert first is not None
        behave(refuses=True)
        os.kill(first.pid, signal.SIGKILL)
        log = log_file(settings.data, "prime")
        await until(lambda: log.read_text().count("speaks") >= 3)
        behave()
        await until(lambda: running_models(settings.data))


async def test_a_server_that_does_not_start_names_its_log(settings: Settings, behave: Callable[..., None]) -> None:
    behave(refuses=True)
    with pytest.raises(ModelUnavailableError, match="fanar models log prime"):
        await server(settings).run(asyncio.Event(), report=quiet)
    assert known_models(settings.data) == []
    assert "the program speaks" in log_file(settings.data, "prime").read_text()


async def test_a_server_that_never_answers_is_given_up(settings: Settings, behave: Callable[..., None]) -> None:
    behave(silent=True)
    with pytest.raises(UpstreamTimeoutError):
        await server(settings, ready_seconds=0.5).run(asyncio.Event(), report=quiet)
    assert known_models(settings.data) == []


async def test_a_start_that_is_no_longer_wanted_is_ended(settings: Settings, behave: Callable[..., None]) -> None:
    behave(silent=True)
    stop = asyncio.Event()
    task = asyncio.create_task(server(settings).run(stop, report=quiet))
    await until(lambda: known_models(settings.data))
    assert running_models(settings.data) == {}
    stop.set()
    await asyncio.wait_for(task, PATIENCE)
    assert known_models(settings.data) == []


async def test_a_cancelled_start_leaves_no_process(settings: Settings, behave: Callable[..., None]) -> None:
    behave(silent=True)
    task = asyncio.create_task(server(settings).run(asyncio.Event(), report=quiet))
    await until(lambda: [model for model in known_models(settings.data) if model.server])
    process = known_models(settings.data)[0].server
    task.cancel()
    await asyncio.wait([task])
    assert process is not None
    assert not process.alive


async def test_a_server_that_does_not_end_when_asked_is_killed(settings: Settings, behave: Callable[..., None]) -> None:
    behave(stubborn=True)
    async with kept(settings, stop_seconds=0.3):
        process = running_models(settings.data)["prime"].server
    assert process is not None
    assert not process.alive


async def test_progress_is_reported_until_it_answers(settings: Settings) -> None:
    reports: list[StartProgress] = []
    stop = asyncio.Event()
    task = asyncio.create_task(server(settings).run(stop, report=reports.append))
    await until(lambda: running_models(settings.data))
    stop.set()
    await task
    assert reports
    assert "Fanar 1 9B" in reports[0].step.en


async def test_a_taken_seat_names_who_sits_there(settings: Settings) -> None:
    async with kept(settings, "prime"):
        with pytest.raises(ConflictError, match="fanar models stop prime"):
            server(settings, "small")
        server(settings, "star")


def test_weights_that_are_not_here_name_the_command_that_pulls_them(settings: Settings) -> None:
    WeightsStore(settings.data / "weights").remove("prime")
    with pytest.raises(NotConfiguredError, match="fanar models pull prime"):
        server(settings)


@pytest.mark.parametrize(("name", "remedy"), [("prime", "make run EXTRAS=serve"), ("small", "make run EXTRAS=local")])
def test_a_program_that_is_not_here_names_what_installs_it(settings: Settings, name: str, remedy: str) -> None:
    missing = settings.model_copy(update={"vllm_command": Path("/nowhere/vllm"), "transformers_command": Path("/nowhere/transformers")})
    with pytest.raises(NotConfiguredError, match=remedy):
        server(missing, name)


async def test_a_server_that_lost_its_keeper_still_answers_and_can_be_stopped(settings: Settings, program: Path) -> None:
    async with kept(settings):
        model = running_models(settings.data)["prime"]
        orphan = await asyncio.create_subprocess_exec(program, "serve", "--port", "0", start_new_session=True)
        left = replace(model, name="star", seats=("star",), keeper=ProcessId(model.keeper.pid, 1.0), server=identify(orphan.pid))
        write(settings.data, left)
        assert running_models(settings.data)["star"] == left
        stopping = asyncio.create_task(asyncio.to_thread(stop_server, settings.data, "star"))
        await orphan.wait()
        assert await stopping
        assert set(running_models(settings.data)) == {"prime"}


async def test_stopping_ends_the_keeper(settings: Settings, program: Path) -> None:
    keeper = await asyncio.create_subprocess_exec(program, "serve", "--port", "0")
    async with kept(settings):
        model = replace(running_models(settings.data)["prime"], name="star", keeper=identify(keeper.pid), server=None)
    write(settings.data, model)
    stopping = asyncio.create_task(asyncio.to_thread(stop_server, settings.data, "star"))
    await keeper.wait()
    assert await stopping
    assert known_models(settings.data) == []


def test_stopping_what_does_not_run_says_so(settings: Settings) -> None:
    assert stop_server(settings.data, "star") is False


async def test_what_neither_keeper_nor_server_stands_behind_is_forgotten(settings: Settings) -> None:
    async with kept(settings):
        model = running_models(settings.data)["prime"]
    write(settings.data, replace(model, keeper=ProcessId(model.keeper.pid, 1.0)))
    assert known_models(settings.data) == []
    forget(settings.data, "prime")
    forget(settings.data, "prime")


def test_a_file_of_another_version_is_passed_over(settings: Settings) -> None:
    serving_folder(settings.data).mkdir(parents=True)
    (serving_folder(settings.data) / "star.json").write_text('{"version": 9}')
    (serving_folder(settings.data) / "prime.json").write_text("not json")
    assert known_models(settings.data) == []


def test_a_number_that_another_process_bears_by_now_is_not_the_process() -> None:
    me = identify(os.getpid())
    assert me.alive
    assert not ProcessId(me.pid, me.started - 60).alive
    ProcessId(me.pid, me.started - 60).end(seconds=0.1)
    with pytest.raises(ProcessLookupError):
        identify(next(pid for pid in range(2**22 - 1, 1, -1) if not psutil.pid_exists(pid)))


async def test_the_log_of_the_run_before_stays_beside_the_new_one(settings: Settings) -> None:
    for _ in range(2):
        async with kept(settings):
            pass
    assert log_file(settings.data, "prime").with_suffix(".log.1").read_text()
