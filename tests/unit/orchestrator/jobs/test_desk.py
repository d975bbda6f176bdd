"""What may be asked, whose job is whose, and what happens when nobody waits any more."""

from __future__ import annotations

import pytest

from fanar.errors import ConflictError, ContentFilteredError, NotFoundError, OverloadedError, RateLimitedError, UnprocessableError
from fanar.jobs import Inquiry, Outcome, QueueBounds
from tests.fakes.jobs import InMemoryJobs, idle_desk

INQUIRY = Inquiry("ما الصبر؟", "Fanar-Sadiq-2")
ID = f"research-{1:032x}"


async def test_the_question_is_kept_without_what_nobody_sees() -> None:
    job = await idle_desk().submit(Inquiry("ما \u202eالصبر؟\u200b", "Fanar-Sadiq-2"), id=ID, owner="a")
    assert job.inquiry.question == "ما الصبر؟"


@pytest.mark.parametrize("question", ["", " \u200b ", "؟!", "س" * 4001])
async def test_what_holds_no_question_or_too_much_is_refused(question: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        await idle_desk().submit(Inquiry(question, "Fanar-Sadiq-2"), id=ID, owner="a")
    assert refused.value.param == "input"


async def test_what_is_not_discussed_is_not_researched() -> None:
    desk = idle_desk(discussed=lambda text: "الصبر" not in text)
    with pytest.raises(ContentFilteredError):
        await desk.submit(INQUIRY, id=ID, owner="a")


async def test_full_queues_say_when_to_come_back() -> None:
    desk = idle_desk(bounds=QueueBounds(jobs=2, per_owner=1))
    await desk.submit(INQUIRY, id=ID, owner="a")
    with pytest.raises(RateLimitedError) as own:
        await desk.submit(INQUIRY, id=ID[:-1] + "2", owner="a")
    await desk.submit(INQUIRY, id=ID[:-1] + "3", owner="b")
    with pytest.raises(OverloadedError) as everybodys:
        await desk.submit(INQUIRY, id=ID[:-1] + "4", owner="c")
    assert own.value.retry_after == everybodys.value.retry_after == 3


@pytest.mark.parametrize("job_id", ["", "x", "research-1", ID + "0", ID.upper(), "' OR 1=1", "research-*", "\0"])
async def test_guessed_ids_reach_no_database(job_id: str) -> None:
    class Untouched(InMemoryJobs):
        def find(self, *given: object, **named: object) -> None:  # type: ignore[override]
            raise AssertionError

        cancel = find  # type: ignore[assignment]

    desk = idle_desk(Untouched())
    with pytest.raises(NotFoundError):
        await desk.find(job_id, owner="a")
    with pytest.raises(NotFoundError):
        await desk.cancel(job_id, owner="a")


async def test_a_reader_that_leaves_before_the_end_cancels_what_it_waited_for() -> None:
    desk = idle_desk()
    job = await desk.submit(INQUIRY, id=ID, owner="a")
    states = desk.attended(job)
    assert await anext(states) == job
    await states.aclose()  # type: ignore[attr-defined]
    assert (await desk.find(ID, owner="a")).state == "cancelled"


async def test_a_reader_that_only_follows_cancels_nothing() -> None:
    desk = idle_desk()
    job = await desk.submit(INQUIRY, id=ID, owner="a")
    states = desk.follow(job)
    await anext(states)
    await states.aclose()  # type: ignore[attr-defined]
    assert (await desk.find(ID, owner="a")).state == "queued"


async def test_what_is_over_can_not_be_cancelled() -> None:
    jobs = InMemoryJobs()
    desk = idle_desk(jobs)
    job = await desk.submit(INQUIRY, id=ID, owner="a")
    await desk.cancel(ID, owner="a")
    assert [state.state async for state in desk.follow(await desk.find(ID, owner="a"))] == ["cancelled"]
    assert (await desk.cancel(job.id, owner="a")).state == "cancelled"
    taken = await desk.submit(INQUIRY, id=ID[:-1] + "2", owner="a")
    jobs.claim("r", now=taken.created, lapsed=taken.created, running=9, attempts=9)
    jobs.finish(taken.id, Outcome("completed", {}), runner="r", now=taken.created)
    with pytest.raises(ConflictError):
        await desk.cancel(taken.id, owner="a")
