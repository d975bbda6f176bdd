"""`fanar research`: over a real server, and over the application in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import UpstreamTimeoutError
from fanar.jobs import QueueBounds
from fanar.settings import Settings
from orchestrator.cli import platforms
from orchestrator.cli.exits import Exit
from orchestrator.jobs.bells import Bells
from orchestrator.jobs.research import ResearchDesk
from orchestrator.jobs.runner import JobRunner, Terms
from orchestrator.platform import Platform
from tests.fakes.jobs import CountingResearcher, InMemoryJobs
from tests.fakes.platform import fake_platform
from tests.unit.orchestrator.cli.conftest import Fanar


def opening(researcher: CountingResearcher) -> Callable[[Settings, object], Callable[[], AbstractAsyncContextManager[Platform]]]:
    @asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Platform]:
        jobs, bells = InMemoryJobs(), Bells()
        runner = JobRunner(jobs=jobs, work=researcher.research, bells=bells, terms=Terms(beat=0.02, poll=0.02))
        async with runner.running():
            desk = ResearchDesk(jobs=jobs, runner=runner, bells=bells, bounds=QueueBounds(9, 9))
            yield replace(fake_platform(settings), research=desk)

    return lambda settings, terminal: lambda: opened(settings)


@pytest.fixture
def researching(monkeypatch: pytest.MonkeyPatch) -> Callable[[CountingResearcher], None]:
    return lambda researcher: monkeypatch.setattr(platforms, "opener", opening(researcher))


def test_the_report_is_printed_and_progress_is_said_beside_it(fanar: Fanar, researching: Callable[..., None]) -> None:
    researching(CountingResearcher())
    said = fanar("research", "what", "of", "patience", language="ar")
    assert (said.code, said.out) == (Exit.OK, "1 2 3 ")
    assert said.err.splitlines() == ["عدّ 1", "عدّ 2", "عدّ 3"]


def test_json_is_the_finished_job(fanar: Fanar, researching: Callable[..., None]) -> None:
    researching(CountingResearcher())
    job = fanar("research", "--json", "--depth", "quick", given="ما الصبر؟").json
    assert (job["status"], job["depth"], job["report"]["question"]) == ("completed", "quick", "ما الصبر؟")


def test_what_failed_ends_with_its_code(fanar: Fanar, researching: Callable[..., None]) -> None:
    researching(CountingResearcher(breaks=1, error=UpstreamTimeoutError(Bilingual("Too slow.", "بطيء."))))
    for said in (fanar("research", "patience"), fanar("research", "--json", "patience")):
        assert said.code == Exit.UNREACHABLE
        assert "Too slow." in said.err


def test_a_depth_that_is_none_is_named(fanar: Fanar) -> None:
    said = fanar("research", "--depth", "deepest", "patience")
    assert said.code == Exit.USAGE
    assert "comprehensive" in said.err
