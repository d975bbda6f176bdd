"""Answers who asks what a verse means: with the verse, and with what the installed commentaries say of it, word for word.

Where none is installed it says so and names the command that installs one. Explains nothing by itself.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence

from fanar.arabic.normalization import normalize
from fanar.arabic.words import normal_forms, normal_words
from fanar.bilingual import Bilingual
from fanar.documents import Document
from fanar.messages import ChatRequest
from fanar.protocols import AttributionVerifier
from fanar.scripture.references import VerseReference, parse_reference
from rag.analysis import content_words, search_words, stem
from rag.islamic import phrases
from rag.islamic.conversation import asked_in
from rag.islamic.exact import ExactReply, Showable, user_turns
from rag.islamic.interpretation.excerpt import excerpts
from rag.islamic.interpretation.shelf import Comment, Commentaries
from rag.islamic.lookup import Found, Lookup, VerseLookup
from rag.islamic.passages import Passage

_ASKS = normal_forms(
    "تفسير تفسيرها تفسيره تفسر فسر فسرلي فسري يفسر التفسير اشرح اشرحلي شرح تشرح",
    "معنى معاني معناها معناته معناتها يعني المعنى المقصود المراد مفهوم تأويل قصد",
    "tafsir tafseer tafsīr explain explanation meaning meanings interpretation interpret interpreted commentary mean means exegesis",
)
_ASKING = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_ASKS, key=len, reverse=True))})(?!\w)")
# Commentaries by the names that are asked for; the words of one name are alternatives.
_NAMES = (
    "ابن كثير|ibn kathir|ibn katheer",
    "الطبري|tabari",
    "القرطبي|qurtubi",
    "السعدي|saadi|sa'di",
    "الميسر|muyassar",
    "الجلالين|jalalayn|jalalain",
    "البغوي|baghawi",
    "الرازي|razi",
    "ابن عاشور|ibn ashur",
    "الشوكاني|shawkani",
    "الزمخشري|zamakhshari",
)
_COMMENTATORS = re.compile(rf"(?<!\w)(?:عند |لل?امام |according to |by |al-)?(?:{'|'.join(map(normalize, _NAMES))})(?!\w)")
_BOOKS = tuple(re.compile(rf"(?<!\w)(?:{normalize(name)})(?!\w)") for name in _NAMES)
_MOST_REFERENCES, _MOST_ENTRIES = 2, 3
_SAID = Bilingual(
    "The verse, and what the installed commentaries say of it, word for word:", "الآية، وما تقوله التفاسير المثبَّتة فيها بنصها:"
)
_NO_SUCH_BOOK = Bilingual(
    "The commentary that you name is not installed here, or says nothing of this verse, so I give the text and no explanation; "
    "`fanar corpora add NAME FILE --kind tafsir` adds one.",
    "التفسير الذي سمّيته غير مثبَّت لدي أو لا كلام فيه عن هذه الآية، فأورد النص دون شرح؛ "
    "ويضيف تفسيرًا الأمر ‎`fanar corpora add NAME FILE --kind tafsir`‎.",
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
        found = await asyncio.to_thread(self._asked, turns[-1]) if turns else None
        return await self._explained(request, found) if found else None

    async def explained(self, request: ChatRequest, passages: Sequence[Passage]) -> ExactReply | None:
        """Return what the commentaries say of those verses of `passages` that say most of what is asked about, else of the first passage.

        None where no meaning is asked for, or no commentary is installed that treats them.
        """
        turns = user_turns(request)
        if not turns or not passages or not _asks_meaning(turns[-1]):
            return None
        references = _saying(turns[-1], [verse for passage in passages for verse in passage.verses]) or [passages[0].reference]
        reply = await self._explained(request, [self._lookup.found(each) for each in references[:_MOST_REFERENCES]])
        return reply if reply is not None and reply.answered else None

    async def _explained(self, request: ChatRequest, found: Sequence[Found]) -> ExactReply:
        language, book = asked_in(request.prompt), _book(request.prompt)
        shown: list[Showable] = []
        comments: list[Comment] = []
        for each in found:
            shown.append(Passage(each.verses[:_MOST_ENTRIES] if not each.complete else each.verses))
            own = _of_book(await self._commentaries.on(each.reference, language=language), book)
            comments += own
            shown += [excerpt for comment in own for excerpt in excerpts(comment, most=_MOST_ENTRIES)]
        titles = list(dict.fromkeys(comment.title for comment in comments))
        return ExactReply(
            _SAID if comments else _NO_SUCH_BOOK if book else phrases.NO_COMMENTARY,
            answered=bool(comments),
            data={"commentaries": titles},
            passages=tuple(shown),
            after=_more(found) if comments else None,
        )

    def _asked(self, prompt: str) -> Sequence[Found] | None:
        if not _asks_meaning(prompt):
            return None
        rest = _ASKING.sub(" ", _COMMENTATORS.sub(" ", normalize(prompt).lower()))
        lookup: Lookup | None = self._lookup.read(prompt, verse_wanted=True) or self._lookup.read(rest, verse_wanted=True)
        if lookup is not None:
            return lookup.found[:_MOST_REFERENCES]
        return [self._lookup.found(reference) for reference in self._quoted(prompt)[:_MOST_REFERENCES]]


def _asks_meaning(prompt: str) -> bool:
    return not _ASKS.isdisjoint(normal_words(prompt))


def _saying(prompt: str, verses: Sequence[Document]) -> list[VerseReference]:
    """Return the verses that say the most of a prompt's words, in their order."""
    asked = {stem(word) for word in content_words(prompt) if word not in _ASKS}
    said = [len(asked & {stem(word) for word in search_words(f"{verse.spelling} {verse.translation or ''}")}) for verse in verses]
    best = max(said, default=0)
    places = [(int(verse.metadata["surah"]), int(verse.metadata["ayah"])) for verse in verses]
    return [VerseReference(surah, ayah, ayah) for (surah, ayah), shared in zip(places, said, strict=True) if best and shared == best]


def _book(prompt: str) -> re.Pattern[str] | None:
    """Return what finds the name of the commentary that a prompt asks for."""
    normal = normalize(prompt).lower()
    return next((book for book in _BOOKS if book.search(normal)), None)


def _of_book(comments: Sequence[Comment], book: re.Pattern[str] | None) -> list[Comment]:
    return [comment for comment in comments if book is None or book.search(normalize(comment.title).lower())]


def _more(found: Sequence[Found]) -> Bilingual | None:
    long_ = next((each for each in found if len(each.reference.verses) > _MOST_ENTRIES), None)
    return None if long_ is None else _FIRST.format(verses=long_.reference)
