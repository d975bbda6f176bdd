"""Opens the whole platform for a command, with its progress shown. Knows nothing of how a platform is put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fanar.settings import Settings
from orchestrator.cli.progress import Reporter, reporting
from orchestrator.cli.terminal import Terminal
from orchestrator.platform import Platform


def open_platform(settings: Settings, *, progress: Reporter) -> AbstractAsyncContextManager[Platform]:
    """Return the whole platform, or the part of it that the settings ask for, to be entered. Only what is needed is imported."""
    if settings.only == "gateway":
        from orchestrator.bootstrap.gateway import open_gateway

        return open_gateway(settings)
    from orchestrator.bootstrap.platform import open_platform as open_all

    return open_all(settings, progress=progress)


def opener(settings: Settings, terminal: Terminal) -> Callable[[], AbstractAsyncContextManager[Platform]]:
    """Return what opens the platform; the first time it installs the Quran, and the bar shows how far that has come."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Platform]:
        """Open it, and close it at the end."""
        async with AsyncExitStack() as stack:
            with reporting(terminal) as progress:
                platform = await stack.enter_async_context(open_platform(settings, progress=progress))
            yield platform

    return opened
