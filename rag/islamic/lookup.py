"""Answers a prompt that names verses: which, and how much of them is shown. Knows nothing of searching or of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.stopwords import STOPWORDS
from fanar.arabic.words import normal_forms
from fanar.documents import Document
from fanar.protocols import ScriptureIndex
from fanar.scripture.names import is_everyday_word, surah_number
from fanar.scripture.references import ReferenceMention, VerseReference, find_references
from fanar.scripture.surahs import SURAHS
from rag.analysis import search_words
from rag.islamic.lexicon import Lexicon

_MOST_REFERENCES = 5
_MOST_VERSES = 30
_SHOWN_OF_MORE = 10
_MOST_TEXT = 4_000
_LONGEST_MENTION = 60
# What asks for the text itself, beyond the words that the lexicon knows to frame any question.
_RECITES = normal_forms(
    "اقرالي اقرأ اقرا اقرئي اقروا اتل اتلو تلاوة نقرا نقرأ سمعني هاتلي جيبلي جبلي اكتبلي عطني عطيني اعطيني وريني ورني فرجيني ابعتلي ارسللي "
    "نص كاملة كامل كلها كله recite recitation whole full complete entire entirety show send bring please text arabic english beginning end"
)
_TOGETHER = dict.fromkeys(normal_forms("المعوذتين المعوذتان معوذتين معوذتان"), (113, 114)) | dict.fromkeys(
    normal_forms("المعوذات معوذات"), (112, 113, 114)
)
"""Surahs that go by one name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reference and the verses shown for it, fewer than it names when it is long. `opens` says that a basmala stands before them."""

    reference: VerseReference
    verses: tuple[Document, ...]
    opens: bool

    @property
    def complete(self) -> bool:
        """Whether all its verses are shown."""
        return len(self.verses) == len(self.reference.verses)


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a prompt names: verses there are, and references, as written, to none there is."""

    found: tuple[Found, ...]
    unknown: tuple[str, ...]


class VerseLookup:
    """Finds the verses that a prompt names."""

    def __init__(self, *, scripture: ScriptureIndex, lexicon: Lexicon) -> None:
        self._scripture = scripture
        self._lexicon = lexicon

    def read(self, prompt: str, *, verse_wanted: bool = False) -> Lookup | None:
        """Return what `prompt` names, or None when it asks something else: names nothing, or asks about a whole surah.

        What may as well be a time or a score is taken for a reference where nothing else is said, or where a verse is wanted for sure.
        """
        prompt = prompt[:_MOST_TEXT]
        mentions = find_references(prompt)
        asks_more = self._asks_more(prompt, mentions)
        mentions = [mention for mention in mentions if mention.certain or verse_wanted or not asks_more]
        if not mentions and (surah := _surah_alone(prompt)) is not None:
            return Lookup((self.found(surah),), ())
        if not mentions and (together := self._together(prompt)):
            return Lookup(tuple(self.found(_whole_surah(number)) for number in together), ())
        if not mentions or (asks_more and all(_whole(mention) for mention in mentions)):
            return None
        references = dict.fromkeys(mention.reference for mention in mentions if mention.reference)
        unknown = dict.fromkeys(mention.text for mention in mentions if mention.unknown and len(mention.text) <= _LONGEST_MENTION)
        return Lookup(tuple(self.found(each) for each in list(references)[:_MOST_REFERENCES]), tuple(unknown)[:_MOST_REFERENCES])

    def found(self, reference: VerseReference) -> Found:
        """Return the verses that are shown for a reference."""
        places = reference.verses
        shown = places if len(places) <= _MOST_VERSES else places[:_SHOWN_OF_MORE]
        opens = reference.whole_surah and reference.surah not in (1, 9)
        return Found(reference, tuple(self._scripture.verse(*place) for place in shown), opens)

    def _together(self, prompt: str) -> tuple[int, ...]:
        """Return the surahs that go by one name where the prompt is that name and what frames it."""
        if len(prompt) > _LONGEST_MENTION:
            return ()
        return _TOGETHER.get(" ".join(self._beyond_frames(prompt)), ())

    def _asks_more(self, prompt: str, mentions: Sequence[ReferenceMention]) -> bool:
        """Whether the prompt says anything beside the references and words that only frame a question."""
        rest, done = "", 0
        for mention in mentions:
            rest += prompt[done : mention.start] + " "
            done = mention.end
        rest += prompt[done:]
        return bool(self._beyond_frames(rest))

    def _beyond_frames(self, text: str) -> list[str]:
        return [
            word
            for word in search_words(text)
            if word not in STOPWORDS and word not in _RECITES and not self._lexicon.frames(word) and not word.isdigit()
        ]


def _surah_alone(prompt: str) -> VerseReference | None:
    """Return the surah whose usual name a prompt is, and nothing else; names that are everyday words are none."""
    number = surah_number(prompt.strip(" \t\n؟?.!"), introduced=False) if len(prompt) <= _LONGEST_MENTION else None
    if number is None or is_everyday_word(number):
        return None
    return _whole_surah(number)


def _whole_surah(number: int) -> VerseReference:
    return VerseReference(number, 1, SURAHS[number - 1].verses)


def _whole(mention: ReferenceMention) -> bool:
    return mention.reference is not None and mention.reference.whole_surah
