"""The tools that research: one begins, one comes back for the report. Knows nothing of how research is done."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from fanar.bilingual import Language
from fanar.jobs import FINISHED, Depth
from orchestrator.api.schemas.research import ResearchJob
from orchestrator.mcp.answers import read_as
from orchestrator.mcp.manners import READS, failures_told
from rag.islamic.research.scope import LONGEST_QUESTION

Json = dict[str, Any]
Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, description="The question, or several, in Arabic or English.")]
JobId = Annotated[str, Field(min_length=1, max_length=64, description="The id of a job that `deep_research` began.")]
MODEL = "Fanar-Sadiq-2"
LOOK_SECONDS = 0.5


class ResearchService(Protocol):
    """Research in the words of the wire contract. Each method raises FanarError for what the platform refuses."""

    async def research(self, body: Json) -> Json:
        """Return a research job: finished, or with `background` as it begins."""
        ...

    async def research_job(self, job_id: str) -> Json:
        """Return how a research job is doing, and its report."""
        ...


class ResearchTools:
    """The tools over one platform; `waits` is how long the first one waits for a report, failures are told in `language`."""

    def __init__(self, service: ResearchService, *, language: Language, waits: float = 20.0) -> None:
        self._service = service
        self._language: Language = language
        self._waits = waits

    def offer(self, server: MCPServer) -> None:
        """Make the tools known to `server`."""
        server.tool(title="Research a question in depth", annotations=READS)(self.deep_research)
        server.tool(title="Read a research report", annotations=READS)(self.deep_research_result)

    async def deep_research(self, question: Question, depth: Depth = "standard") -> ResearchJob:
        """Research an Islamic question in every installed source: Quran, commentary, hadith with grades, law by school.

        Returns the finished job, or one that still runs: then come back with `deep_research_result`. Show passages of the report
        unchanged with their references, schools side by side, and what was not found; never as a fatwa.
        """
        with failures_told(self._language):
            job = await self._service.research({"model": MODEL, "input": question, "depth": depth, "background": True})
            for _ in range(round(self._waits / LOOK_SECONDS)):
                if job.get("status") in FINISHED:
                    break
                await asyncio.sleep(LOOK_SECONDS)
                job = await self._service.research_job(str(job.get("id")))
            return read_as(ResearchJob, job)

    async def deep_research_result(self, job_id: JobId) -> ResearchJob:
        """Return how a research job is doing, and its report when it is completed."""
        with failures_told(self._language):
            return read_as(ResearchJob, await self._service.research_job(job_id))
