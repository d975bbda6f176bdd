"""The claims of a text, with their positions, and which of them can be checked at all. Arabic and English; needs no model.

A claim is a sentence, or a clause of one that could stand by itself. What asks, greets, thanks, commands or gives an opinion claims
nothing that a source could say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.arabic.sentences import each_sentence
from fanar.arabic.words import normal_forms

MARKER = re.compile(r"[ \u00a0]?[\[【](?P<name>[^\[\]【】\n]{1,64})[\]】]")
"""What may be a citation marker; whether it is one shows when its name is that of a source."""

_CLAUSE = re.compile(
    r"(?<=\w)(?:[;؛]\s+|[,،]\s+(?=(?:and|but|while|whereas|although|though|وقد|كما|بينما|في حين|فيما|لكن|ولكن|غير أن|إلا أن)\s))"
)
_FEWEST_WORDS = 4  # of a clause that could stand by itself
_ITEM = re.compile(r"[ \t]*(?:[-*•–#>]+|\d{1,3}[.)\-]|[٠-٩]{1,3}[.)\-])\s+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_LOOKED_AT = 200  # characters at the beginning of a claim, of which its form is told
_OPENERS = re.compile(
    r"(?:i think|i believe|i feel|i guess|i hope|i wish|in my opinion|in my view|personally|maybe|perhaps|we hope|we believe|"
    r"thank|thanks|please|let's|let us|hello|hi|dear|welcome|good morning|good evening|sorry|congratulations|see|note that you|you should|"
    r"you can|you may|imagine|consider|remember|click|"
    r"اعتقد|اظن|اري ان|اتمني|نتمني|ارجو|نرجو|في رايي|برايي|من وجهه نظري|ربما|لعل|شكرا|اهلا|مرحبا|السلام عليكم|من فضلك|"
    r"لو سمحت|تفضل|هيا|تخيل|انظر|اضغط|تذكر|عزيزي|صباح الخير|مساء الخير|مبروك|عفوا|لا تنس|يمكنك|ينبغي ان|يجب عليك|ليت)\b"
)
_TASTE = normal_forms(
    "beautiful wonderful amazing lovely delicious awesome boring ugly terrible fantastic charming tastier funnier prettier "
    "جميل جميلة رائع رائعة مذهل مذهلة لذيذ لذيذة ممل مملة قبيح ممتع ممتعة ساحر ساحرة"
)
_BLANKS = " \u00a0\t\n\r"
_LONGEST_MARKER = 66
_NUMBERED = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as written and its offsets in the text; markers behind it are not part of it."""

    text: str
    start: int
    end: int
    checkworthy: bool
    until: int
    """Where the markers that follow it end."""


def split_claims(text: str) -> Iterator[Claim]:
    """Yield the claims of `text` in order."""
    for sentence in each_sentence(text):
        yield from _clauses(text, sentence.start, sentence.end)


def _clauses(text: str, start: int, end: int) -> Iterator[Claim]:
    item = _ITEM.match(text, start, end)
    at = item.end() if item else start
    for match in _CLAUSE.finditer(text, at, end):
        before = _WORD.findall(text, max(at, match.start() - _LOOKED_AT), match.start())
        if len(before) >= _FEWEST_WORDS and len(_WORD.findall(text, match.end(), min(end, match.end() + _LOOKED_AT))) >= _FEWEST_WORDS:
            yield from _claim(text, at, match.start())
            at = match.end()
    yield from _claim(text, at, end)


def _claim(text: str, start: int, until: int) -> Iterator[Claim]:
    end = _without_markers(text, start, until)
    body = text[start:end].strip()
    if not _WORD.search(body):
        return
    start += len(text[start:end]) - len(text[start:end].lstrip())
    stretch = text[start : start + len(body)]
    asks = text[start:until].rstrip("\"'”’»›) ").endswith(("?", "؟", ":"))
    yield Claim(stretch, start, start + len(body), not asks and _claims(stretch), until)


def _without_markers(text: str, start: int, end: int) -> int:
    """Return where the claim ends before its final markers and stops."""
    while True:
        bare = end
        while bare > start and text[bare - 1] in _BLANKS:
            bare -= 1
        closed = bare - 1 if text[max(start, bare - 2) : bare] in ("].", "】.", "]۔", "】۔") else bare
        if text[max(start, closed - 1) : closed] not in ("]", "】"):
            return bare
        reach = max(start, closed - _LONGEST_MARKER)
        opening = max(text.rfind("[", reach, closed), text.rfind("【", reach, closed))
        marker = MARKER.fullmatch(text, opening, closed) if opening >= 0 else None
        if marker is None:
            return bare
        end = marker.start()


def _claims(stretch: str) -> bool:
    form = normalize(stretch[:_LOOKED_AT]).lower()
    spoken = _WORD.findall(form)
    if len(spoken) < 2 or _OPENERS.match(form.lstrip("\"'«“( ")):
        return False
    if "http" in spoken and len(spoken) < 8:
        return False
    taste = sum(word in _TASTE or word.removeprefix("ال") in _TASTE for word in spoken)
    return not (taste and not _NUMBERED.search(form) and taste * 7 >= len(spoken))
