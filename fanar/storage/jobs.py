"""Jobs in the database. Knows nothing of who runs them or of what their work is.

A job belongs to the runner that claimed it for as long as that is heard of; whoever was silent too long has lost it, and is told so.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, delete, func, insert, or_, select, text, update

from fanar.bilingual import Bilingual
from fanar.errors import ConflictError, NotFoundError, OverloadedError, RateLimitedError, StorageError
from fanar.jobs import FINISHED, NO_SUCH_JOB, Asked, Entry, Failure, Job, JobState, Outcome, QueueBounds, Stage
from fanar.storage.engine import reading, writing
from fanar.storage.models import JobRow

_TABLE = JobRow
_COLUMNS = [getattr(_TABLE, name) for name in Job.__dataclass_fields__]
_ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
_LOCK = 0x4A6F6273  # "Jobs"
_OPEN: tuple[JobState, ...] = ("queued", "running")

_LOST = Bilingual("The job was taken over by another worker.", "تولّى المهمة عامل آخر.")
_OVER = Bilingual("The job is over already.", "انتهت المهمة من قبل.")
_FULL = Bilingual("Too many jobs are waiting; try again later.", "عدد كبير من المهام في الانتظار؛ أعد المحاولة لاحقًا.")
_TOO_MANY = Bilingual(
    "This key has as many unfinished jobs as it may have; wait for one to end, or cancel one.",
    "لهذا المفتاح أقصى ما يُسمح به من المهام غير المنتهية؛ انتظر انتهاء إحداها أو ألغها.",
)
_UNREADABLE = Bilingual(
    "The job was stored by another version of Fanar and cannot be read; ask again.",
    "حفظ إصدارٌ آخر من فنار هذه المهمة ولا يمكن قراءتها؛ أعد طلبها.",
)
_GIVEN_UP = Failure(
    "internal_server_error",
    Bilingual("The job was interrupted too often and was given up.", "انقطعت المهمة مرات كثيرة فتُركت."),
)


class SqlJobRepository:
    """A JobRepository over SQLite or Postgres."""

    def __init__(self, *, engine: Engine) -> None:
        self._engine = engine

    def add(self, job: Job, *, bounds: QueueBounds) -> None:
        """Keep a new job. Raises RateLimitedError, OverloadedError when there are too many unfinished ones of its owner, or in all."""
        with writing(self._engine) as connection:
            _in_turn(connection)
            unfinished = _TABLE.state.in_(_OPEN)
            if _count(connection, and_(unfinished, _TABLE.owner == job.owner)) >= bounds.per_owner:
                raise RateLimitedError(_TOO_MANY, retry_after=bounds.retry_after)
            if _count(connection, unfinished) >= bounds.jobs:
                raise OverloadedError(_FULL, retry_after=bounds.retry_after)
            connection.execute(insert(_TABLE).values(_row(job)))

    def find(self, job_id: str, *, owner: str) -> Job:
        """Return a job of `owner`. Raises NotFoundError."""
        with reading(self._engine) as connection:
            return _own(connection, job_id, owner)

    def claim(self, runner: str, *, now: datetime, lapsed: datetime, running: int, attempts: int) -> Job | None:
        """Give `runner` the oldest job that nobody runs, None when there is none or `running` jobs run.

        Who was not heard of since `lapsed` has lost its job; one taken up `attempts` times is given up.
        """
        waiting = or_(_TABLE.state == "queued", and_(_TABLE.state == "running", _TABLE.changed < lapsed))
        with reading(self._engine) as connection:
            if not _count(connection, waiting):
                return None
        with writing(self._engine) as connection:
            _in_turn(connection)
            if _count(connection, and_(_TABLE.state == "running", _TABLE.changed >= lapsed)) >= running:
                return None
            while (
                row := connection.execute(select(*_COLUMNS).where(waiting).order_by(_TABLE.position).limit(1)).one_or_none()
            ) is not None:
                try:
                    job = _job(row)
                except StorageError as unreadable:
                    # It must not stand before all others for ever.
                    _end(connection, row.id, Outcome("failed", failure=Failure("internal_server_error", unreadable.message)), now)
                    continue
                if job.cancelling:
                    _end(connection, job.id, Outcome("cancelled"), now)
                elif job.attempts >= attempts:
                    _end(connection, job.id, Outcome("failed", failure=_GIVEN_UP), now)
                else:
                    return _taken(connection, job, runner, now)
        return None

    def hear(self, job_id: str, *, runner: str, now: datetime, stage: Stage | None = None) -> bool:
        """Note that `runner` is at it, and how far it has come; return whether it is to go on. Raises ConflictError when it lost it."""
        values: dict[str, Any] = {"changed": now}
        if stage is not None:
            values["stage"] = asdict(stage)
        with writing(self._engine) as connection:
            connection.execute(update(_TABLE).where(*_held(job_id, runner)).values(values))
            cancelling = connection.execute(select(_TABLE.cancelling).where(*_held(job_id, runner))).scalar_one_or_none()
        if cancelling is None:
            raise ConflictError(_LOST)
        return not cancelling

    def finish(self, job_id: str, outcome: Outcome, *, runner: str, now: datetime, stage: Stage | None = None) -> None:
        """End a job. Raises ConflictError when `runner` lost it."""
        with writing(self._engine) as connection:
            held = connection.execute(select(_TABLE.id).where(*_held(job_id, runner)).with_for_update()).scalar_one_or_none()
            if held is None:
                raise ConflictError(_LOST)
            _end(connection, job_id, outcome, now, stage=stage)

    def release(self, job_id: str, *, runner: str, now: datetime) -> None:
        """Put a job back that `runner` cannot finish now; it was no attempt. One that was lost meanwhile is left alone."""
        with writing(self._engine) as connection:
            values = {"state": "queued", "runner": "", "changed": now, "attempts": _TABLE.attempts - 1}
            connection.execute(update(_TABLE).where(*_held(job_id, runner)).values(values))

    def cancel(self, job_id: str, *, owner: str, now: datetime) -> Job:
        """End a job that waits, have one that runs stop at its next step, and return it. Raises NotFoundError, ConflictError when over."""
        with writing(self._engine) as connection:
            _in_turn(connection)
            job = _own(connection, job_id, owner)
            if job.state in ("completed", "failed"):
                raise ConflictError(_OVER)
            if job.state == "queued":
                _end(connection, job_id, Outcome("cancelled"), now)
            elif job.state == "running":
                connection.execute(update(_TABLE).where(_TABLE.id == job_id).values(cancelling=True))
            return _own(connection, job_id, owner)

    def forget(self, *, before: datetime) -> int:
        """Forget jobs that ended before this, and return how many."""
        with reading(self._engine) as connection:
            if not _count(connection, _TABLE.finished < before):
                return 0
        with writing(self._engine) as connection:
            return int(connection.execute(delete(_TABLE).where(_TABLE.finished < before)).rowcount)


def _in_turn(connection: Connection) -> None:
    # SQLite's write lock is ours already; on Postgres two claims at once would both see the same job free.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(_TABLE).where(condition)).scalar_one())


def _held(job_id: str, runner: str) -> tuple[ColumnElement[bool], ...]:
    return _TABLE.id == job_id, _TABLE.state == "running", _TABLE.runner == runner


def _own(connection: Connection, job_id: str, owner: str) -> Job:
    row = connection.execute(select(*_COLUMNS).where(_TABLE.id == job_id, _TABLE.owner == owner)).one_or_none()
    if row is None:
        raise NotFoundError(NO_SUCH_JOB, param="id")
    return _job(row)


def _taken(connection: Connection, job: Job, runner: str, now: datetime) -> Job:
    taken = replace(job, state="running", runner=runner, changed=now, attempts=job.attempts + 1, started=job.started or now)
    facts = {name: getattr(taken, name) for name in ("state", "runner", "changed", "attempts", "started")}
    connection.execute(update(_TABLE).where(_TABLE.id == job.id).values(facts))
    return taken


def _end(connection: Connection, job_id: str, outcome: Outcome, now: datetime, *, stage: Stage | None = None) -> None:
    assert outcome.state in FINISHED, "a job ends in a state that is an end"  # noqa: S101
    values: dict[str, Any] = {"state": outcome.state, "changed": now, "finished": now, "cancelling": False}
    values |= {"report": outcome.report, "failure": None if outcome.failure is None else asdict(outcome.failure)}
    if stage is not None:
        values["stage"] = asdict(stage)
    connection.execute(update(_TABLE).where(_TABLE.id == job_id).values(values))


def _row(job: Job) -> dict[str, Any]:
    facts = {name: getattr(job, name) for name in Job.__dataclass_fields__}
    failure = None if job.failure is None else asdict(job.failure)
    return facts | {"inquiry": _ASKED.dump_python(job.inquiry, mode="json"), "stage": asdict(job.stage), "failure": failure}


def _job(row: Row[Any]) -> Job:
    facts = dict(row._mapping)
    failure = facts["failure"]
    try:
        read = {"inquiry": _ASKED.validate_python(facts["inquiry"]), "stage": _stage(facts["stage"])}
        return Job(**facts | read | {"failure": failure and Failure(failure["code"], Bilingual(**failure["message"]))})
    except (TypeError, KeyError, ValidationError) as cause:
        raise StorageError(_UNREADABLE) from cause


def _stage(facts: dict[str, Any]) -> Stage:
    entries = tuple(Entry(each["message"] and Bilingual(**each["message"]), each["text"]) for each in facts["entries"])
    return Stage(**facts | {"entries": entries})
