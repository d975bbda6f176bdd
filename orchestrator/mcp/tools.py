"""The tools: ask, search, route, verify_quotations, divide_inheritance.

Each asks a platform, but for arithmetic, and hands its answer over, or says what remedies a failure. Knows nothing of where the platform
is or how assistants reach the tools.
"""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from fanar.bilingual import Language
from orchestrator.api.faults import validated
from orchestrator.api.identity import new_id
from orchestrator.api.schemas.attributions import AttributionAnswer
from orchestrator.api.schemas.inheritance import Heirs, InheritanceAnswer, InheritanceRequest, Money, Sex
from orchestrator.api.schemas.services import RouteAnswer, SearchAnswer
from orchestrator.mcp.answers import Answered, answered, read_as
from orchestrator.mcp.manners import READS, REPEATABLE, failures_told
from rag.islamic.inheritance.calculator import calculate
from rag.islamic.inheritance.schools import SchoolName
from rag.islamic.inheritance.telling import told

Json = dict[str, Any]
Prompt = Annotated[str, Field(min_length=1, max_length=100_000)]
Query = Annotated[str, Field(min_length=1, max_length=4000, description="What to look for, in Arabic or English.")]
Count = Annotated[int, Field(ge=1, le=100, description="How many passages at most.")]
Corpora = Annotated[list[str], Field(max_length=50, description="Names of corpora; none means all that are installed.")]
ModelName = Annotated[str, Field(min_length=1, max_length=128, description="A model id; `Fanar` lets the platform choose.")]
Instruction = Annotated[str | None, Field(max_length=20_000, description="An instruction for the model.")]


class PlatformService(Protocol):
    """A platform in the words of the wire contract. Each method raises FanarError for what the platform refuses."""

    async def chat(self, body: Json) -> Json:
        """Return the answer to a conversation."""
        ...

    async def search(self, query: str, *, corpora: list[str], top_k: int) -> Json:
        """Return passages for a query."""
        ...

    async def route(self, prompt: str, *, model: str) -> Json:
        """Return where a prompt would go."""
        ...

    async def attributions(self, body: Json) -> Json:
        """Return what a text quotes and whether it quotes it rightly."""
        ...


class Tools:
    """The tools over one platform; failures are told in `language`."""

    def __init__(self, service: PlatformService, *, language: Language) -> None:
        self._service = service
        self._language: Language = language

    def offer(self, server: MCPServer) -> None:
        """Make the tools known to `server`."""
        server.tool(title="Ask Fanar", annotations=READS)(self.ask)
        server.tool(title="Search the corpora", annotations=REPEATABLE)(self.search)
        server.tool(title="Route a prompt", annotations=REPEATABLE)(self.route)
        server.tool(title="Verify quotations of the Quran", annotations=REPEATABLE)(self.verify_quotations)
        server.tool(title="Divide an estate", annotations=REPEATABLE)(self.divide_inheritance)

    async def ask(self, question: Prompt, model: ModelName = "Fanar", system: Instruction = None) -> Answered:
        """Ask the platform a question in Arabic, a dialect, or English.

        Islamic questions are answered from cited scripture, or with the admission that nothing here answers them; they are never
        rulings. Show the references with the answer, and verses unchanged.
        """
        messages = [{"role": "system", "content": system}] if system else []
        with failures_told(self._language):
            return answered(await self._service.chat({"model": model, "messages": [*messages, {"role": "user", "content": question}]}))

    async def search(self, query: Query, corpora: Corpora = [], top_k: Count = 5) -> SearchAnswer:  # noqa: B006  (only read)
        """Search the installed corpora (the Quran, and documents that were added) and return passages, best first.

        Only passages marked `confident` are above the calibrated threshold; the others merely resemble the query.
        """
        with failures_told(self._language):
            return read_as(SearchAnswer, await self._service.search(query, corpora=corpora, top_k=top_k))

    async def route(self, prompt: Prompt, model: ModelName = "Fanar") -> RouteAnswer:
        """Say which route and model would answer a prompt, how sure that is and why, without answering it."""
        with failures_told(self._language):
            return read_as(RouteAnswer, await self._service.route(prompt, model=model))

    async def verify_quotations(self, text: Prompt) -> AttributionAnswer:
        """Find the quotations of the Quran in a text and compare them with their sources, word by word.

        Use it on everything that quotes scripture before it is published. `status` says how exact a quotation is, `differences` what is
        wrong, `correction` the right text. Offsets are end-exclusive code points of the text. What is not found is not verified.
        """
        with failures_told(self._language):
            return read_as(AttributionAnswer, await self._service.attributions({"text": text}))

    async def divide_inheritance(self, deceased: Sex, heirs: Heirs, madhab: SchoolName, estate: Money | None = None) -> InheritanceAnswer:
        """Divide an estate exactly by one Sunni school, with the rule of each share and a proof.

        Heirs are keys with their number: wife, husband, son, daughter, son_of_son, father, mother, paternal_grandfather,
        maternal_grandmother, full_sister, paternal_brother, maternal_sister, son_of_full_brother, full_paternal_uncle and so on. Ask
        which kind a sibling is, do not guess. Show the result as arithmetic, never as a fatwa.
        """
        body = {"deceased": deceased, "heirs": heirs, "madhab": madhab, **({} if estate is None else {"estate": estate})}
        with failures_told(self._language):
            wanted = validated(InheritanceRequest, body)
            return read_as(InheritanceAnswer, {"id": new_id("inh"), **told(calculate(wanted.inquiry()))})
