"""Feedback that was acknowledged survives a kill of the server."""

from __future__ import annotations

from pathlib import Path

from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository
from tests.integration.api.programs import served

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from fanar.settings import Settings
from fanar.storage.decisions import SqlDecisionRepository
from fanar.storage.engine import open_engine
from fanar.storage.feedback import SqlFeedbackRepository
from fanar.storage.migrate import upgrade
from orchestrator.feedback import FeedbackDesk
from tests.fakes.platform import fake_platform, opener
from tests.integration.api.programs import serve

settings = Settings(_env_file=None, data=Path(sys.argv[1]))
engine = open_engine(settings.database)
upgrade(engine)
desk = FeedbackDesk(feedback=SqlFeedbackRepository(engine=engine, per_owner=100), decisions=SqlDecisionRepository(engine=engine, most=100))
platform = replace(fake_platform(settings), feedback=desk)
serve(opener(platform), settings)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with served(PROGRAM, tmp_path) as (_, client):
        bodies = [{"id": f"chatcmpl-{number:032x}", "rating": "up", "comment": "شكرًا"} for number in range(10)]
        acknowledged = [client.post("/v1/feedback", json=body).json()["id"] for body in bodies]
    kept = SqlFeedbackRepository(engine=open_engine(f"sqlite:///{tmp_path}/fanar.db"), per_owner=100).feedback()
    assert [said.id for said in kept] == acknowledged
    assert {said.comment for said in kept} == {"شكرًا"}
