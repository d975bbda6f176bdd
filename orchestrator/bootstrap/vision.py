"""Puts together what answers for pictures: the vision model where one is set, behind a client that fetches with care; else a refusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fanar.bilingual import Bilingual
from fanar.fetch.client import Fetcher
from fanar.protocols import ChatModel, Handler
from fanar.settings import Settings
from orchestrator.guardrails import Guards
from orchestrator.handlers.refusal import RefusalHandler
from orchestrator.handlers.vision import VisionHandler
from orchestrator.pictures import Pictures

REMEDY = "FANAR_VISION__URL=http://127.0.0.1:8004/v1"
NO_VISION = Bilingual(
    "Understanding images needs a vision model, and none is connected: set FANAR_VISION__URL to a server of one.",
    "يحتاج فهم الصور إلى نموذج رؤية، ولا نموذج متصل: اضبط FANAR_VISION__URL على خادم له.",
)
_SECONDS = 10.0


@asynccontextmanager
async def open_vision(settings: Settings, model: ChatModel | None, guards: Guards | None = None) -> AsyncIterator[Handler]:
    """Yield what answers for pictures, and close its connections at the end."""
    if model is None:
        yield RefusalHandler(NO_VISION)
        return
    async with Fetcher(private_hosts=settings.fetch_private_hosts, seconds=_SECONDS) as fetcher:
        yield VisionHandler(model=model, pictures=Pictures(fetcher), guards=guards)
