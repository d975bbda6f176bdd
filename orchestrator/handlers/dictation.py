"""Finds what is to be read aloud in a conversation: the text behind the command, or the answer before it. Knows nothing of voices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fanar.messages import ChatMessage

_PLEASE = r"(?:(?:من فضلك|لو سمحت|رجاءً|رجاء|please|kindly|can you|could you|هل يمكنك أن|ممكن)\s*[،,]?\s*){0,2}"
_READ = r"(?:اقرأ|إقرأ|اقرا|أقرأ|اقرئي|تقرأ|تقرا|انطق|ألق|القي|أسمعني|اسمعني|حول|حوّل|read|say|speak|pronounce|narrate|turn|convert)"
_ALOUD = r"(?:بصوت\s+(?:عال|مرتفع|مسموع|جهور)[\w\u064b-\u0652]{0,4}|جهر[\w\u064b-\u0652]{0,4}|بصوتك|out\s+loud|aloud|out)"
_THIS = r"(?:لي|هذا|هذه|ذلك|النص|الجملة|الفقرة|التالي|التالية|ما يلي|this|that|it|the|following|text|sentence|paragraph)"
_BEFORE = (
    r"(?:this|that|it|the (?:above|last|previous)(?: \w{1,20})?|your (?:last |previous )?(?:answer|reply|message)|"
    r"هذا|هذه|ذلك|جوابك|إجابتك|الإجابة|الجواب|ما سبق|النص السابق|إجابتك السابقة|جوابك السابق|إجابتك الأخيرة)"
)
# The command stands at the beginning; what it asks to have read stands behind "aloud", a colon, a line's end, or quotation marks.
_COMMAND = re.compile(
    rf"\A{_PLEASE}{_READ}(?:"
    rf"(?:\s{_THIS}){{0,4}}\s{_ALOUD}(?:\s(?:لي|هذا|هذه|النص|الجملة|الفقرة|التالي|التالية|ما يلي)){{0,3}}(?=[\s:،,.-]|\Z)[:،,.-]?"
    rf"|[^:\n\"“«‘]{{0,80}}(?:[:\n]|(?=[\"“«‘]))"
    rf"|\s(?={_BEFORE}[ .؟?!]{{0,3}}\Z))",
    re.IGNORECASE,
)
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}
_POINTING = re.compile(rf"{_BEFORE}?(?: please| من فضلك)?[ .؟?!،,:]{{0,3}}", re.IGNORECASE)


def text_to_read(messages: Sequence[ChatMessage]) -> str:
    """Return the text that the last user message asks to have read: its own, or the last answer; empty where there is neither."""
    turns = [message for message in messages if message.role in ("user", "assistant", "thinking_user")]
    if not turns:
        return ""
    asked = turns[-1].text.strip()
    own = _unquoted(_COMMAND.sub("", asked, count=1).strip())
    if not _POINTING.fullmatch(own):
        return own
    return next((turn.text.strip() for turn in reversed(turns[:-1]) if turn.role == "assistant" and turn.text.strip()), "")


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    return text[1:-1].strip() if closing and len(text) > 2 and text.endswith(closing) else text
