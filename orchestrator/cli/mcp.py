"""`fanar mcp`: the platform's tools for assistants. Knows nothing of what the tools do."""

from __future__ import annotations

import asyncio
import socket
from importlib.util import find_spec
from typing import Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError, NotConfiguredError
from fanar.settings import Settings, load_settings
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import SERVER, Server
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual(
        "Offer the platform's tools to assistants over the Model Context Protocol.",
        "قدّم أدوات المنصة للمساعدات عبر بروتوكول سياق النماذج (MCP).",
    ),
    details=Bilingual(
        "Assistants start it by themselves and speak with it on standard input and output; --http serves it on this machine instead. "
        "The server that runs on this machine answers, or FANAR_BASE_URL's; when there is none, this process does.",
        "تشغّله المساعدات بنفسها وتخاطبه عبر الدخل والخرج القياسيين، أما --http فيقدّمه على هذا الجهاز عبر HTTP. "
        "يجيب الخادم العامل على هذا الجهاز أو خادم FANAR_BASE_URL؛ فإن لم يوجد أجابت هذه العملية نفسها.",
    ),
    examples=(
        ("claude mcp add fanar -- fanar mcp", Bilingual("give the tools to an assistant", "أعطِ الأدوات لمساعد")),
        ("fanar mcp --http --port 8765", Bilingual("on http://127.0.0.1:8765/mcp", "على http://127.0.0.1:8765/mcp")),
        (
            "FANAR_API_KEY=… fanar mcp --server https://fanar.example",
            Bilingual("the tools of a platform elsewhere", "أدوات منصة في مكان آخر"),
        ),
    ),
    parameters={
        "http": Bilingual("Serve over streamable HTTP, on loopback.", "قدّمه عبر HTTP المتدفق على هذا الجهاز وحده."),
        "port": Bilingual("Port for --http.", "المنفذ مع --http."),
        "server": SERVER,
    },
)
_HOST = "127.0.0.1"
_PORT = 8765
_LIBRARY = "mcp"
_NO_LIBRARY = Bilingual(
    "The library for the Model Context Protocol is missing: `make run EXTRAS=mcp` installs it.",
    "مكتبة بروتوكول سياق النماذج غير مثبتة: يثبّتها الأمر `make run EXTRAS=mcp`.",
)
_SERVING = Bilingual(
    "Tools for assistants: http://127.0.0.1:{port}/mcp (Ctrl-C stops it)", "أدوات المساعدات: http://127.0.0.1:{port}/mcp (يوقفها Ctrl-C)"
)


def mcp(
    ctx: typer.Context,
    http: Annotated[bool, typer.Option("--http")] = False,
    port: Annotated[int, typer.Option("--port", "-p", metavar="N", min=1, max=65535)] = _PORT,
    server: Server = None,
) -> int:
    """Offer the tools."""
    if find_spec(_LIBRARY) is None:
        raise NotConfiguredError(_NO_LIBRARY)
    terminal: Terminal = ctx.obj
    settings = load_settings()
    if not http:
        asyncio.run(_over_stdio(settings, terminal, server=server))
        return Exit.OK
    # The port is taken before anything slow begins.
    with _listening(port) as listener:
        asyncio.run(_over_http(settings, terminal, listener, server=server))
    return Exit.OK


async def _over_stdio(settings: Settings, terminal: Terminal, *, server: str | None) -> None:
    from orchestrator.bootstrap.places import LatePlaces
    from orchestrator.cli.connect import connected
    from orchestrator.mcp.server import create_server, serve_stdio

    async with connected(settings, terminal, server=server) as service:
        await serve_stdio(create_server(service, language=terminal.language, places=LatePlaces()))


async def _over_http(settings: Settings, terminal: Terminal, listener: socket.socket, *, server: str | None) -> None:
    from orchestrator.bootstrap.places import LatePlaces
    from orchestrator.cli.connect import connected
    from orchestrator.mcp.server import create_server, serve_http

    async with connected(settings, terminal, server=server) as service:
        port = listener.getsockname()[1]
        terminal.note(_SERVING.format(port=port), style="bold green")
        await serve_http(create_server(service, language=terminal.language, places=LatePlaces()), listener)


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as cause:
        raise ConfigurationError(
            Bilingual(
                f"Port {port} cannot be listened on: run fanar mcp --http with another --port.",
                f"لا يمكن الاستماع على المنفذ {port}: نفّذ fanar mcp --http مع منفذ آخر في --port.",
            )
        ) from cause
