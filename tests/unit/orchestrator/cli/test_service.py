"""What the commands ask of a platform, by both ways to it."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from fanar.errors import NotFoundError
from fanar.settings import Settings
from orchestrator.api.app import create_app
from orchestrator.cli.exits import AnsweredError
from orchestrator.cli.service import Service
from orchestrator.cli.transports import HttpTransport, InProcessTransport
from tests.fakes.platform import fake_platform, opener
from tests.unit.orchestrator.cli.conftest import Serve


async def test_without_a_model_a_recording_is_refused_by_name_on_both_ways(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / 'a "b".wav').write_bytes(b"RIFF sound")
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(opener(fake_platform(settings)), settings=settings)
    async with aiohttp.ClientSession() as session, app.router.lifespan_context(app):
        for transport in (HttpTransport(session, url=serve(), language="en"), InProcessTransport(app, language="en")):
            with pytest.raises(AnsweredError, match="fanar models pull whisper-"):
                await Service(transport).transcribe(tmp_path / 'a "b".wav', model="Fanar-Aura-STT-LF-1", language="ar")
            with pytest.raises(NotFoundError):
                await Service(transport).transcribe(tmp_path / "none.wav", model="Fanar-Aura-STT-LF-1")
