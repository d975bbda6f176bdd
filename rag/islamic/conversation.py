"""Reads a follow-up question together with the one before it. Knows nothing of what is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanar.arabic.normalization import normalize
from fanar.arabic.script import language_hint
from fanar.arabic.words import normal_words
from fanar.bilingual import Language
from fanar.messages import ChatMessage
from rag.islamic.collections.words import schools_in

_LONGEST_FOLLOW_UP = 8
_LONGEST_TURN = 2_000
_REMEMBERED = 6
_SCHOOL_ALONE = 4
"""A turn of so few words that names a school of law («عند المالكية؟») asks the same of that school."""
_FOLLOWS = re.compile(
    r"^(?:طيب|طب|زين|اوكي|تمام|باهي|واخا|ok(?:ay)?|so|and|but|then|what about|how about|what if|for (?:a|the)|is it the same)\b"
    r"|^(?:و(?:ل|ب|ال|اذا|ان|لو|ماذا|ما|كيف|شو|وش|ايش|هل|في|عن|من|ش)|ماذا عن|شو عن|وش عن|بالنسبه)"
    r"|^(?:(?:ما|وش|شو|ايش|ايه|شنو|هل|من|مين|كم|اعطني|اذكر) )?(?:هو |هي |اللي )?(?:ال)?(?:حديث )?"
    r"(?:درجته|صحته|اسناده|سنده|راويه|رواه|صحيح هو|شرحه|معناه|معناها|تفسيره|تفسيرها|حكمه|حكمها|دليله|دليلها"
    r"|درجه الحديث|درجه هذا الحديث|الدليل|دليل ذلك)\W*$"
    r"|^(?:what(?:'s| is) its|who (?:narrated|reported) (?:it|this|that)|is (?:it|this|that) (?:hadith )?(?:authentic|sahih|weak))\b"
    r"|\b(?:نفس الحكم|برضه|برضو|كمان|ايضا)\b"
)


def asked_in(prompt: str) -> Language:
    """Return the language of who asks: who asks in English about an Arabic word asks in English."""
    words = normal_words(prompt[:_LONGEST_TURN])
    latin = sum(word.isascii() and word.isalpha() for word in words)
    arabic = sum(not word.isascii() for word in words)
    return "en" if arabic and latin > arabic + 1 else language_hint(prompt)


def thread(messages: Sequence[ChatMessage]) -> tuple[str, ...]:
    """Return the user's turns from the question that the last one goes on with to the last one, which is all where it stands alone."""
    turns = [message.text for message in messages if message.role == "user"][-_REMEMBERED:]
    first = len(turns) - 1
    while first > 0 and _continues(turns[first]):
        first -= 1
    return tuple(turns[max(0, first) :])


def standalone_question(messages: Sequence[ChatMessage]) -> str:
    """Return the last user turn; a short one that goes on with an earlier question comes together with that."""
    turns = thread(messages)
    if not turns:
        return ""
    return f"{turns[0][:_LONGEST_TURN]} {turns[-1]}" if len(turns) > 1 else turns[0]


def _continues(text: str) -> bool:
    if len(text) > _LONGEST_TURN:
        return False
    count = len(normal_words(text))
    if count <= _SCHOOL_ALONE and schools_in(text):
        return True
    return count <= _LONGEST_FOLLOW_UP and _FOLLOWS.search(normalize(text).strip()) is not None
