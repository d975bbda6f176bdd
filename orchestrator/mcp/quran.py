"""The tools over the text of the Quran: verses by name, and counts. Each asks a platform, which does both by rule and asks no model."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from mcp.server.mcpserver import MCPServer
from pydantic import Field

from fanar.bilingual import Language
from orchestrator.mcp.answers import Answered, answered, read_as
from orchestrator.mcp.manners import REPEATABLE, failures_told
from rag.islamic.divisions.talk import DivisionsTalk
from rag.islamic.statistics.talk import StatisticsTalk
from rag.islamic.telling import VERSES

Json = dict[str, Any]
Named = Annotated[
    str,
    Field(
        min_length=1,
        max_length=160,
        description="What to look up, in Arabic or English: 2:255, آية الكرسي, the last two verses of al-Baqarah, juz amma.",
    ),
]
Asked = Annotated[
    str,
    Field(
        min_length=1,
        max_length=240,
        description="What to count, with the word in Arabic: كم مرة وردت كلمة رحمة في القرآن, the longest surah, surahs beginning with حم.",
    ),
]
MODEL = "Fanar-Sadiq"


class QuranAnswer(Answered):
    """What the text of the Quran says: `exact` is false where something else answered, such as a search."""

    exact: bool = Field(description="Whether a rule answered, not a search: only then is a count a count.")
    data: Json = Field(description="The numbers, forms and places behind the answer.")


class ChatService(Protocol):
    """A platform's conversations. Raises FanarError for what it refuses."""

    async def chat(self, body: Json) -> Json:
        """Return the answer to a conversation."""
        ...


class QuranTools:
    """The tools over one platform; failures are told in `language`."""

    def __init__(self, service: ChatService, *, language: Language) -> None:
        self._service = service
        self._language: Language = language

    def offer(self, server: MCPServer) -> None:
        """Make the tools known to `server`."""
        server.tool(title="Look verses up", annotations=REPEATABLE)(self.look_up_verses)
        server.tool(title="Count in the Quran", annotations=REPEATABLE)(self.count_in_quran)

    async def look_up_verses(self, named: Named) -> QuranAnswer:
        """Show verses by any name: reference, surah in any spelling, range, juz, hizb, page; or say where verses stand.

        Show them unchanged. Long passages are bounded: the answer says how much is shown and how to read on.
        """
        return await self._asked(named)

    async def count_in_quran(self, question: Asked) -> QuranAnswer:
        """Count words, phrases, letters, verses or surahs, or find the longest and shortest, by a rule whose convention is stated.

        Give the Arabic word: English ones are not translated. Tell the convention with the number.
        """
        return await self._asked(question)

    async def _asked(self, text: str) -> QuranAnswer:
        with failures_told(self._language):
            body = await self._service.chat({"model": MODEL, "messages": [{"role": "user", "content": text}]})
            metadata = body.get("metadata") or {}
            found = {name: metadata[name] for name in _DATA if name in metadata}
            return read_as(QuranAnswer, {**answered(body).model_dump(), "exact": metadata.get("tool") in _EXACT, "data": found})


_EXACT = (VERSES, StatisticsTalk.name, DivisionsTalk.name)
_DATA = ("statistics", "divisions", "commentaries")
