"""Takes an inquiry apart into the questions it asks, and names what each is about. Knows nothing of sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fanar.arabic.sentences import sentences
from rag.analysis import search_words
from rag.islamic.collections.words import without_names
from rag.islamic.reading import Concept, QuestionReader

_SHORTEST = 2
_LONGEST_TOPIC = 8
_ASKS = "ما|ماذا|ماهو|ماهي|كيف|هل|متى|لماذا|كم|أين|شو|وش|ايش|ليش|ازاي|كيفاش|أي"
_BREAKS = re.compile(
    rf"[؟?;؛\n]+|[،,]?\s+(?=و(?:{_ASKS})\s)|[,]?\s+(?=and\s+(?:what|how|when|why|who|which|is|are|does|do|can|may|should)\b)"
    r"|,\s+and\s+(?=(?:on|about|of|for)\s)",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"^(?:and\s+|ثم\s+|و(?=(?:{_ASKS})\s))", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:its?|they|them|their|this|that)\b|(?<=\w\w)(?:ه|ها|هم|هما|هن)(?!\w)", re.IGNORECASE)
_NOT_POINTING = re.compile(r"\b\w{0,2}(?:الله|لله|إله|وجه|فقه|شبه|هذه|انتبه|مكروه|ه)\b")
_JOINED = re.compile(r"\b(?:and|or|versus|vs)\b|(?<=\s)(?:و\w|أو\s|أم\s)", re.IGNORECASE)
_ALONE = re.compile(r"^و(?=ال)")
_NO_THINGS = frozenset(("while", "during", "when", "between", "الفرق", "بين", "اعرف", "أعرف", "know"))
_EDGES = ' \t.,،:؛;!؟?«»"“”()[]-–'


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an inquiry, as it was asked and as it is looked up.

    `topic` is the stretch that says what it is about, `things` what it names, one by one. `within` is the topic it leans on, if it does.
    """

    text: str
    query: str
    topic: str
    things: tuple[str, ...]
    within: str = ""
    several: bool = False
    """Whether it is about several things side by side, so that each is worth a look of its own."""


def split_inquiry(inquiry: str, reader: QuestionReader) -> list[Asked]:
    """Return the questions in order, none twice. One that leans on the first («وما شروطه؟») is looked up together with its topic."""
    found: list[Asked] = []
    for part in _parts(inquiry):
        concepts = reader.concepts(without_names(part))
        if not concepts:
            continue
        words = _as_written(part, concepts)
        topic = _topic(part, words)
        own = sum(not concept.weak for concept in concepts)
        leans = bool(found) and (not own or (own < _SHORTEST and _points_back(part)))
        query = f"{found[0].topic} {part}" if leans else part
        if all(part != each.text for each in found):
            strong = [word for word, concept in zip(words, concepts, strict=True) if word and not concept.weak]
            things = tuple(_ALONE.sub("", word) for word in strong if word.casefold() not in _NO_THINGS and not word.isdecimal())
            within = found[0].topic if leans else ""
            several = len(things) > 1 and _JOINED.search(part) is not None
            found.append(Asked(part, query, topic, things, within, several))
    return found


def _parts(inquiry: str) -> list[str]:
    pieces = [piece for sentence in sentences(inquiry) for piece in _BREAKS.split(sentence.text)]
    parts = [_JOINT.sub("", piece.strip(_EDGES)) for piece in pieces]
    return [" ".join(part.split()) for part in parts if part]


def _points_back(part: str) -> bool:
    return _POINTS_BACK.search(_NOT_POINTING.sub(" ", part)) is not None


def _as_written(part: str, concepts: Sequence[Concept]) -> list[str]:
    """Return of each concept the stretch of the question that names it, as it is written; the empty string where it cannot be told."""
    written = [(token, search_words(token)) for token in part.split()]
    known = {found[0]: token.strip(_EDGES) for token, found in reversed(written) if found}
    return [" ".join(known.get(word, "") for word in concept.words).strip() for concept in concepts]


def _topic(part: str, words: Sequence[str]) -> str:
    places = [(at, at + len(word)) for word in words if word and (at := part.find(word)) >= 0]
    if not places:
        return part
    topic = part[min(start for start, _ in places) : max(end for _, end in places)]
    return topic if len(topic.split()) <= _LONGEST_TOPIC else " ".join(word for word in words if word)
