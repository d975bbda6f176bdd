"""The MCP server, over standard input and output or streamable HTTP. Knows nothing of what its tools do.

The HTTP form listens on loopback only, where the library refuses foreign Host and Origin headers: whoever reaches it asks with our key.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from importlib.metadata import version
from typing import Protocol

import uvicorn
from mcp.server.mcpserver import MCPServer

from fanar.bilingual import Language
from orchestrator.api.server import Server
from orchestrator.mcp.moderation import ModerationService, ModerationTools
from orchestrator.mcp.quran import QuranTools
from orchestrator.mcp.reckoning import ReckoningTools
from orchestrator.mcp.research import ResearchService, ResearchTools
from orchestrator.mcp.speech import SpeechService, SpeechTools
from orchestrator.mcp.tools import PlatformService, Tools
from orchestrator.platform import local_now, no_places
from rag.islamic.prayer.inquiry import OpenPlaces

HOST = "127.0.0.1"
PATH = "/mcp"
SHUTDOWN_SECONDS = 5

INSTRUCTIONS = """Tools of a Fanar platform: an Arabic-centric assistant that answers Islamic questions from cited scripture.
- Present answers of `ask` with their references, verses unchanged, and never as a fatwa.
- Rely only on search results that are marked `confident`.
- Run `verify_quotations` on any text that quotes the Quran before showing it, and replace what is not exact by its correction.
- When a tool fails its message names the command or setting that remedies it: pass that on."""


class Service(PlatformService, ResearchService, ModerationService, SpeechService, Protocol):
    """Everything that the tools ask of a platform."""


def create_server(service: Service, *, language: Language = "en", places: OpenPlaces = no_places) -> MCPServer:
    """Return a server whose tools ask `service`, or reckon by themselves with `places`; failures are told in `language`."""
    server = MCPServer("fanar", title="Fanar", instructions=INSTRUCTIONS, version=version("fanar"), log_level="WARNING")
    Tools(service, language=language).offer(server)
    ResearchTools(service, language=language).offer(server)
    QuranTools(service, language=language).offer(server)
    SpeechTools(service, language=language).offer(server)
    ModerationTools(service, language=language).offer(server)
    ReckoningTools(places=places, clock=local_now, language=language).offer(server)
    return server


async def serve_stdio(server: MCPServer) -> None:
    """Speak with the assistant that started this process, until it closes standard input."""
    await server.run_stdio_async()


async def serve_http(server: MCPServer, listener: socket.socket) -> None:
    """Answer assistants on `listener`, which is bound to loopback, until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        server.streamable_http_app(streamable_http_path=PATH, host=HOST),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    web = Server(config)

    def stop() -> None:
        """Let answers in progress finish, and end."""
        web.should_exit = True

    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop)
    await web.serve(sockets=[listener])
