"""The router follows its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.messages import ChatMessage
from fanar.protocols import Router
from orchestrator.routing.fresh import FreshRouter
from tests.fakes.platform import FakeRouter

ASKED = [ChatMessage("user", "x")]


class Workshop:
    """Builds routers and counts them; a file that says «bad» cannot be used."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.built = 0
        self.now = 0.0

    def build(self) -> Router:
        if self.file.exists() and self.file.read_text() == "bad":
            raise ConfigurationError(Bilingual("The table cannot be used.", "لا يمكن استعمال الجدول."))
        self.built += 1
        return FakeRouter()

    def router(self) -> FreshRouter:
        return FreshRouter(build=self.build, files=[self.file], seconds=1.0, clock=lambda: self.now)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "policy.toml")


async def test_a_changed_file_is_followed(workshop: Workshop) -> None:
    router = workshop.router()
    for content in ("a", "bb", None):
        workshop.file.write_text(content) if content else workshop.file.unlink()
        workshop.now += 2
        await router.route(ASKED)
    assert workshop.built == 4


async def test_files_that_stay_as_they_are_cost_nothing(workshop: Workshop) -> None:
    router = workshop.router()
    for _ in range(3):
        workshop.now += 2
        await router.route(ASKED)
    assert workshop.built == 1


async def test_it_looks_at_most_once_in_its_time(workshop: Workshop) -> None:
    router = workshop.router()
    workshop.file.write_text("a")
    workshop.now = 0.5
    await router.route(ASKED)
    assert workshop.built == 1


async def test_what_cannot_be_used_leaves_the_router_in_place(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    router = workshop.router()
    workshop.file.write_text("bad")
    workshop.now = 2
    assert (await router.route(ASKED)).route == "greeting"
    assert "The table cannot be used." in caplog.text


def test_at_the_start_what_cannot_be_used_is_refused(workshop: Workshop) -> None:
    workshop.file.write_text("bad")
    with pytest.raises(ConfigurationError):
        workshop.router()
