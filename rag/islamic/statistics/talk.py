"""Answers questions about how often, how many and how long in the Quran. Knows nothing of routing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import assert_never

from fanar.bilingual import LANGUAGES, Bilingual
from fanar.errors import NotFoundError
from fanar.messages import ChatRequest
from fanar.protocols import ScriptureIndex
from rag.islamic.divisions.table import Divisions
from rag.islamic.exact import ExactReply, user_turns
from rag.islamic.statistics.counting import Counting
from rag.islamic.statistics.grammar import is_guess
from rag.islamic.statistics.pairs import read_queries
from rag.islamic.statistics.queries import (
    Basmala,
    Edge,
    Extreme,
    Frequent,
    LetterCount,
    Occurrences,
    Ordinal,
    Query,
    Revealed,
    Size,
    Unavailable,
    Untranslated,
)
from rag.islamic.statistics.telling import Telling
from rag.islamic.statistics.words import QuranWords


class StatisticsTalk:
    """Counts in `scripture`, whose words are taken apart when something is first asked."""

    name = "statistics"

    def __init__(self, *, scripture: ScriptureIndex, divisions: Divisions) -> None:
        self._scripture = scripture
        self._divisions = divisions
        self._telling: Telling | None = None

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return the count that the last turn asks for; None where it asks for something else."""
        turns = user_turns(request)
        queries = read_queries(turns[-1]) if turns else ()
        if not queries:
            return None
        try:
            reply = await asyncio.to_thread(self._counted, queries)
        except NotFoundError as unknown:
            return ExactReply(unknown.message, answered=False)
        return None if is_guess(queries[0], turns[-1]) and not reply.passages else reply

    def _counted(self, queries: Sequence[Query]) -> ExactReply:
        told = [_told(self._opened(), query) for query in queries]
        if len(told) == 1:
            return told[0]
        text = Bilingual(*("\n\n".join(each.text.in_language(language) for each in told) for language in LANGUAGES))
        data = {"statistics": {"kind": "several", "each": [each.data["statistics"] for each in told]}}
        return ExactReply(text, data=data, passages=tuple(passage for each in told for passage in each.passages))

    def _opened(self) -> Telling:
        if self._telling is None:
            verses = self._scripture.verses()
            counting = Counting(words=QuranWords(verses), divisions=self._divisions)
            self._telling = Telling(counting=counting, verses=verses, divisions=self._divisions)
        return self._telling


def _told(telling: Telling, query: Query) -> ExactReply:
    match query:
        case Occurrences():
            return telling.occurrences(query)
        case LetterCount():
            return telling.letter(query)
        case Size():
            return telling.size(query)
        case Extreme():
            return telling.extreme(query)
        case Edge():
            return telling.edge(query)
        case Revealed():
            return telling.revealed(query)
        case Frequent():
            return telling.frequent(query)
        case Ordinal() | Basmala():
            return telling.ordinal(query) if isinstance(query, Ordinal) else telling.basmala(query)
        case Unavailable() | Untranslated():
            return telling.refused(query)
        case _:
            assert_never(query)
