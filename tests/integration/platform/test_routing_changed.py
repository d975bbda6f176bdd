"""A person changes how prompts are routed and sees it followed: on the command line, and by a platform that runs."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from fanar.settings import Settings
from orchestrator.cli.main import run
from orchestrator.cli.terminal import Terminal
from tests.integration.platform.conftest import Opened, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTION = "What is the capital of Qatar?"
TABLE = '[[rule]]\nuse = "{use}"\nreason = "the house rule"\n'


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(TABLE.format(use="prime"))
    return path


@pytest.fixture
def refusals(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What the reader of tables logs: a platform that opens sets up the root logger anew, without the handlers of pytest."""
    reader = logging.getLogger("orchestrator.routing.fresh")
    reader.addHandler(caplog.handler)
    yield caplog
    reader.removeHandler(caplog.handler)


async def _asked(*arguments: str) -> str:
    out = io.StringIO()
    code = await asyncio.to_thread(run, arguments, terminal=Terminal("en", out=out, err=io.StringIO(), source=io.BytesIO()))
    assert code == 0
    return out.getvalue()


async def test_the_command_follows_the_policy_table(
    bare: Opened, data: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        monkeypatch.setenv("FANAR_PORT", str(probe.getsockname()[1]))
    for name, value in {"FANAR_DATA": data, "FANAR_POLICY": table, "FANAR_DISCOVER": "false"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    first = json.loads(await _asked("route", "--json", QUESTION))
    table.write_text(TABLE.format(use="star"))
    second = json.loads(await _asked("route", "--json", QUESTION))
    assert (first["model"], second["model"]) == ("prime", "star")
    assert "policy: the house rule -> star" in second["reasons"]


async def test_a_platform_that_runs_follows_it_and_passes_over_a_table_that_is_none(
    bare: Opened, data: Path, table: Path, refusals: pytest.LogCaptureFixture
) -> None:
    async with opened(Settings(_env_file=None, data=data, discover=False, policy=table, record_decisions=True)) as found:
        assert await _model(found) == "prime"
        table.write_text("this is no table")
        async with asyncio.timeout(10):
            while "routing goes on as before" not in refusals.text:
                assert await _model(found) == "prime"
                await asyncio.sleep(0.05)
        assert await _model(found) == "prime"
        table.write_text(TABLE.format(use="star") + "\n")
        async with asyncio.timeout(10):
            while await _model(found) != "star":
                await asyncio.sleep(0.1)


async def test_feedback_on_a_real_answer_is_kept_and_replayed(
    bare: Opened, data: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(Settings(_env_file=None, data=data, discover=False, record_decisions=True)) as found:
        answered = await found.client.post(
            "/v1/chat/completions", json={"model": "Fanar", "messages": [{"role": "user", "content": "السلام عليكم"}]}
        )
        body = {"id": answered.headers["x-id"], "rating": "down", "route": "islamic"}
        assert (await found.client.post("/v1/feedback", json=body)).status_code == 200
    for name, value in {"FANAR_DATA": data, "FANAR_DISCOVER": "false"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    told = json.loads(await _asked("route", "replay", "--json"))
    assert told["replayed"] >= 1
    assert answered.headers["x-id"] not in [each["answer"] for each in told["changed"]]


async def _model(found: Opened) -> str:
    answer = await found.client.post("/v1/route", json={"messages": [{"role": "user", "content": QUESTION}]})
    return str(answer.json()["model"])
