"""The request and answers of the deep research endpoints, in the hosted API's form, with the report's own parts besides."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from fanar.bilingual import Language
from fanar.hadith.grades import Grade
from fanar.jobs import Depth, Inquiry
from orchestrator.api.schemas.base import Answer, ModelId, Strict
from orchestrator.api.schemas.completions import ChatCompletionChunk, Reference
from orchestrator.api.schemas.jobs import JobAnswer
from rag.islamic.research.plan import Why
from rag.islamic.research.scope import LONGEST_QUESTION
from rag.islamic.research.sources import Kind


class ResearchRequest(Strict):
    """What is to be researched. `background` answers at once with a job; else the answer is the report, streamed or whole.

    `web_search` is taken note of: a platform without a web search says in the report that it did not search the web.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"model": "Fanar-Sadiq-2", "input": "ما حكم صيام المسافر؟ وما فضل الصيام؟", "depth": "standard", "background": True},
                {"model": "Fanar-Sadiq-2", "input": "Patience in hardship", "depth": "quick", "stream": True},
            ]
        }
    )

    model: ModelId
    input: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
    depth: Depth = "standard"
    web_search: bool = False
    stream: bool = True
    background: bool = False

    @property
    def inquiry(self) -> Inquiry:
        """The request as ours."""
        return Inquiry(self.input, self.model, self.depth, self.web_search)


class ReportReference(Reference):
    """A source of the report. `score` is a calibrated probability for verses, else the share of the question that the passage holds.

    `grade` is what its collection says of a hadith, `school` what its record says of a ruling.
    """

    kind: Kind
    kind_name: str
    label: str
    grade: Grade | None = None
    school: str | None = None
    score: float


class PlannedQuestion(Answer):
    """One question that was looked into, and why it was."""

    question: str
    kind: Why


class ReportSection(Answer):
    """What was found for one question: one that was `asked`, one `thing` or `aspect` of it, or one that a model `proposed`.

    `references` are numbers of sources, `missing` the installed kinds of sources in which nothing was found.
    """

    heading: str
    kind: Why
    content: str
    references: list[int]
    answered: bool
    missing: list[Kind]
    written: bool


class Position(Answer):
    """What sources state as the school they speak for, by their numbers."""

    school: str | None
    name: str
    references: list[int]


class StatedDisagreement(Answer):
    """A sentence of a source, verbatim, that speaks of disagreement."""

    text: str
    reference: int


class Disagreement(Answer):
    """Schools side by side, and what sources say themselves of disagreement; nothing is weighed."""

    heading: str
    positions: list[Position]
    stated: list[StatedDisagreement]


class Report(Answer):
    """A report: `content` is all of it as Markdown, the rest is the same as data. Every passage in it is its source's, word for word.

    `written_by` names the language models that wrote around the passages; empty where none did.
    """

    title: str
    question: str
    language: Language
    depth: Depth
    plan: list[PlannedQuestion]
    summary: str
    sections: list[ReportSection]
    disagreements: list[Disagreement]
    not_found: list[str]
    limitations: list[str]
    references: list[ReportReference]
    quotations: list[dict[str, Any]]
    content: str
    corpora: dict[str, str]
    written_by: list[str]
    notice: Literal["not_a_ruling", "safety"] | None


class ResearchMetadata(Answer):
    """What is said about a finished research besides its report."""

    depth: Depth
    elapsed_seconds: float
    total_sources: int
    web_search_used: bool


class ResearchJob(JobAnswer):
    """A research job. `report` and `metadata` are there when it is completed, `error` when it has failed."""

    object: Literal["research"]
    model: str
    depth: Depth
    report: Report | None = None
    metadata: ResearchMetadata | None = None


class ResearchChunk(ChatCompletionChunk):
    """One event of streamed research: progress, text, the `report`, and last the metadata; then comes `data: [DONE]`."""

    report: Report | None = None
