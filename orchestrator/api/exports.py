"""Conversations written down for people: Markdown of one branch, and the words around what was found. Knows nothing of HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fanar.arabic.normalization import normalize_with_offsets
from fanar.arabic.words import normal_words
from fanar.bilingual import Bilingual, Language
from fanar.conversations import Conversation, Turn

_ROLES = {
    "user": Bilingual("Question", "السؤال"),
    "assistant": Bilingual("Answer", "الجواب"),
    "system": Bilingual("Instruction", "التعليمات"),
}
_UNTITLED = Bilingual("Conversation", "محادثة")
_SOURCES = Bilingual("Sources", "المصادر")
_AROUND = 70


def markdown(conversation: Conversation, turns: Sequence[Turn], language: Language) -> str:
    """Return a branch as Markdown, each answer with its sources."""
    parts = [f"# {_line(conversation.title or _UNTITLED.in_language(language))}"]
    for turn in turns:
        parts.append(f"## {_ROLES[turn.role].in_language(language)}")
        parts.append(turn.content.strip())
        parts.append(_sources(turn, language))
    return "\n\n".join(part for part in parts if part) + "\n"


def attachment(name: str, suffix: str) -> str:
    """Return the header that has a browser save what it is sent under this name; no byte of it can end the header."""
    return f"attachment; filename=\"fanar{suffix}\"; filename*=UTF-8''{quote(name[:100] + suffix, safe='')}"


def snippet(text: str, query: str) -> str:
    """Return the words of `text` around the first of those looked for."""
    form = normalize_with_offsets(text)
    places = [at for word in normal_words(query) if (at := form.text.find(word)) >= 0]
    at = form.original_span(min(places), min(places) + 1)[0] if places else 0
    start, end = max(0, at - _AROUND), at + _AROUND
    return f"{'…' if start else ''}{_line(text[start:end])}{'…' if end < len(text) else ''}"


def _sources(turn: Turn, language: Language) -> str:
    """Return the references that a client kept with a turn; whatever is not of the form that answers have is left out."""
    references = turn.metadata.get("references")
    lines: list[str] = []
    for reference in references if isinstance(references, list) else ():
        if isinstance(reference, dict) and isinstance(reference.get("source"), str):
            lines.append(f"{reference.get('number', len(lines) + 1)}. {_line(reference['source'])}")
    return "\n".join([f"### {_SOURCES.in_language(language)}", "", *lines]) if lines else ""


def _line(text: str) -> str:
    return " ".join(text.split())
