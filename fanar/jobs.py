"""Work as jobs: what was asked, how far it has come, what came of it. Knows nothing of databases, HTTP, or how any work is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from fanar.bilingual import Bilingual
from fanar.claims import TextInquiry

Depth = Literal["quick", "standard", "comprehensive"]
JobState = Literal["queued", "running", "completed", "failed", "cancelled"]
FINISHED: frozenset[JobState] = frozenset(("completed", "failed", "cancelled"))
Json = Mapping[str, Any]
NO_SUCH_JOB = Bilingual("There is no job of this id.", "لا توجد مهمة بهذا المعرّف.")
"""Said of a job that is another key's, too."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is to be researched, under which model id, how deeply, and whether the web was to be searched too."""

    question: str
    model: str
    depth: Depth = "standard"
    web_search: bool = False


Asked = Inquiry | TextInquiry
"""What a job can be about: a question to be researched, or a text to be checked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: a step began, which `message` says, or the next piece of the report's text was written."""

    message: Bilingual | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job failed: our code, and what is said about it."""

    code: str
    message: Bilingual


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a job has come. `notes` are what its work needs to go on from here; `done` of `total` steps are behind it."""

    notes: Json = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What happened: something began (`message`), or it is done: `text` is the report's next piece, `notes` is where to go on from.

    The last step holds the `report`. `done` of `total` steps are behind it.
    """

    message: Bilingual | None = None
    text: str = ""
    notes: Json | None = None
    report: Json | None = None
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended."""

    state: JobState
    report: Json | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the key `owner`. Times are aware; `changed` is when its runner was last heard of.

    `attempts` counts how often it was taken up, `cancelling` says that it is to stop at its next step.
    """

    id: str
    owner: str
    created: datetime
    inquiry: Asked
    changed: datetime
    state: JobState = "queued"
    stage: Stage = field(default_factory=Stage)
    report: Json | None = None
    failure: Failure | None = None
    runner: str = ""
    attempts: int = 0
    cancelling: bool = False
    started: datetime | None = None
    finished: datetime | None = None

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in FINISHED


@dataclass(frozen=True, slots=True)
class QueueBounds:
    """How many jobs may wait or run in all, and how many of one key; `retry_after` is when it is worth trying again, in seconds."""

    jobs: int
    per_owner: int
    retry_after: int = 1
