"""Answers who asks what a verse means: with the verse, and with what the installed commentaries say of it, word for word.

Where none is installed it says so and names the command that installs one. Explains nothing by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual
from fanar.messages import ChatRequest
from fanar.protocols import AttributionVerifier
from fanar.scripture.references import VerseReference, parse_reference
from rag.islamic import phrases
from rag.islamic.conversation import asked_in
from rag.islamic.exact import ExactReply, Showable, user_turns
from rag.islamic.interpretation.excerpt import excerpts
from rag.islamic.interpretation.shelf import Comment, Commentaries
from rag.islamic.lookup import Found, Lookup, VerseLookup
from rag.islamic.passages import Passage

_ASKS = normal_forms(
    "تفسير تفسيرها تفسيره تفسر فسر فسرلي فسري يفسر التفسير اشرح اشرحلي شرح تشرح معنى معاني معناها المعنى المقصود المراد مفهوم تأويل قصد",
    "tafsir tafseer tafsīr explain explanation meaning meanings interpretation interpret interpreted commentary mean means exegesis",
)
_MOST_REFERENCES, _MOST_ENTRIES = 2, 3
_SAID = Bilingual(
    "The verse, and what the installed commentaries say of it, word for word:", "الآية، وما تقوله التفاسير المثبَّتة فيها بنصها:"
)
_FIRST = Bilingual(
    "Shown for the first verses of {verses}; name a verse for its own commentary.", "هذا لأول آيات {verses}؛ واذكر آية بعينها لتفسيرها."
)


def quoted_verses(verifier: AttributionVerifier, text: str) -> list[VerseReference]:
    """Return the verses that a text quotes, as far as they are found."""
    found = [quote.reference for quote in verifier.verify(text, checks=frozenset(("quran",))).quotes if quote.type == "quran"]
    return [reference for each in found if each and (reference := parse_reference(each)) is not None]


class InterpretationTalk:
    """Shows verses with what `commentaries` say of them; `lookup` reads which verses are named, `quoted` finds those that are quoted."""

    name = "tafsir"

    def __init__(self, *, commentaries: Commentaries, lookup: VerseLookup, quoted: Callable[[str], Sequence[VerseReference]]) -> None:
        self._commentaries = commentaries
        self._lookup = lookup
        self._quoted = quoted

    async def answer(self, request: ChatRequest) -> ExactReply | None:
        """Return verses and commentaries; None where no verse is named, or its meaning not asked for."""
        turns = user_turns(request)
        found = await asyncio.to_thread(self._asked, turns[-1]) if turns and turns[-1] == request.prompt else None
        if not found:
            return None
        language = asked_in(request.prompt)
        shown: list[Showable] = []
        comments: list[Comment] = []
        for each in found:
            shown.append(Passage(each.verses[:_MOST_ENTRIES] if not each.complete else each.verses))
            own = await self._commentaries.on(each.reference, language=language)
            comments += own
            shown += [excerpt for comment in own for excerpt in excerpts(comment, most=_MOST_ENTRIES)]
        titles = list(dict.fromkeys(comment.title for comment in comments))
        return ExactReply(
            _SAID if comments else phrases.NO_COMMENTARY,
            answered=bool(comments),
            data={"commentaries": titles},
            passages=tuple(shown),
            after=_more(found) if comments else None,
        )

    def _asked(self, prompt: str) -> Sequence[Found] | None:
        if _ASKS.isdisjoint(normal_words(prompt)):
            return None
        lookup: Lookup | None = self._lookup.read(prompt, verse_wanted=True)
        if lookup is not None:
            return lookup.found[:_MOST_REFERENCES]
        return [self._lookup.found(reference) for reference in self._quoted(prompt)[:_MOST_REFERENCES]]


def _more(found: Sequence[Found]) -> Bilingual | None:
    long_ = next((each for each in found if len(each.reference.verses) > _MOST_ENTRIES), None)
    if long_ is None:
        return None
    verses = str(long_.reference)
    return Bilingual(_FIRST.en.format(verses=verses), _FIRST.ar.format(verses=verses))
