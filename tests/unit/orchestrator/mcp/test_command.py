"""`fanar mcp` as assistants run it: a process of its own, over stdio and over HTTP, in front of a real server."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from tests.integration.api.serving import Running, serving

COMMAND = str(Path(sys.executable).parent / "fanar")


@pytest.fixture
async def platform() -> AsyncIterator[Running]:
    async with serving() as running:
        yield running


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("FANAR_", "LC_", "LANG"))}
    return {**inherited, "FANAR_DATA": str(tmp_path)}


def _tools(platform_url: str, surroundings: dict[str, str]) -> StdioServerParameters:
    return StdioServerParameters(command=COMMAND, args=["mcp", "--server", platform_url], env=surroundings)


@asynccontextmanager
async def over_http(url: str, surroundings: dict[str, str]) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    arguments = ("mcp", "--http", "--port", str(port), "--server", url)
    process = await asyncio.create_subprocess_exec(COMMAND, *arguments, env=surroundings, stderr=asyncio.subprocess.PIPE)
    try:
        assert process.stderr
        assert str(port).encode() in await process.stderr.readline()
        await _accepting(port)
        yield process, port
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def _accepting(port: int) -> None:
    # The socket listens from the start, so this waits in its queue until the server takes it.
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


async def test_all_tools_answer_over_stdio(platform: Running, surroundings: dict[str, str]) -> None:
    async with Client(_tools(f"http://127.0.0.1:{platform.port}", surroundings)) as client:
        asked = await client.call_tool("ask", {"question": "hello there"})
        found = await client.call_tool("search", {"query": "الصبر", "corpora": ["quran"]})
        routed = await client.call_tool("route", {"prompt": "hello"})
        checked = await client.call_tool("verify_quotations", {"text": "إن الله مع الصابرين"})
    assert asked.structured_content
    assert asked.structured_content["answer"] == "hellothere"
    assert found.structured_content
    assert found.structured_content["results"][0]["reference"] == "2:153"
    assert routed.structured_content
    assert routed.structured_content["route"] == "greeting"
    assert checked.structured_content
    assert checked.structured_content["quotes"][0]["status"] == "exact"


async def test_a_refusal_of_the_platform_is_a_tool_error(platform: Running, surroundings: dict[str, str]) -> None:
    async with Client(_tools(f"http://127.0.0.1:{platform.port}/v1", surroundings)) as client:
        told = await client.call_tool("search", {"query": "الصبر", "corpora": ["no-such-corpus"]})
    assert told.is_error
    assert "No such corpus." in told.content[0].text  # type: ignore[union-attr]


async def test_without_a_server_the_tools_name_the_remedy(surroundings: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}"
    async with Client(_tools(nobody, surroundings)) as client:
        told = await client.call_tool("ask", {"question": "hello"})
    assert told.is_error
    assert "fanar serve" in told.content[0].text  # type: ignore[union-attr]


async def test_tools_answer_over_http_and_the_server_stops_when_told(platform: Running, surroundings: dict[str, str]) -> None:
    async with over_http(f"http://127.0.0.1:{platform.port}", surroundings) as (process, port):
        async with Client(f"http://127.0.0.1:{port}/mcp") as client:
            names = [tool.name for tool in (await client.list_tools()).tools]
            told = await client.call_tool("ask", {"question": "hello"})
        process.send_signal(signal.SIGTERM)
        await process.communicate()
        assert process.returncode == 0
    assert names[:5] == ["ask", "search", "route", "verify_quotations", "divide_inheritance"]
    assert names[5:7] == ["deep_research", "deep_research_result"]
    assert names[7:9] == ["look_up_verses", "count_in_quran"]
    assert names[9:] == ["transcribe_audio", "moderate", "reckon_zakat", "hijri_calendar", "prayer_times", "qibla"]
    assert told.structured_content
    assert told.structured_content["answer"] == "hello"


async def test_pages_of_foreign_sites_cannot_reach_the_tools(platform: Running, surroundings: dict[str, str]) -> None:
    async with over_http(f"http://127.0.0.1:{platform.port}", surroundings) as (_, port):
        for head in (f"Host: evil.example:{port}\r\n", f"Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            asked = f"POST /mcp HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
            writer.write(asked.encode())
            assert (await reader.readline()).split()[1] in (b"403", b"421")
            writer.close()


async def test_a_port_in_use_is_named(surroundings: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            COMMAND, "mcp", "--http", "--port", str(port), env=surroundings, stderr=asyncio.subprocess.PIPE
        )
        _, said = await process.communicate()
    assert process.returncode == 2
    assert f"Port {port}".encode() in said
