"""Keeps a model's tags out of its answer, and the reasoning between some of them. Knows nothing of servers or of chunks.

Fanar's models mark scripture by tags: these become the brackets that readers know, so that what stands between them is still marked.
A block that opens the answer is dropped whatever follows. A block further on is dropped once it is closed; one that is never closed
in an answer that ended by itself was only a mention of the tag, and its text is given back without the tag.
"""

from __future__ import annotations

import re

TAGS = ("think", "thinking")
_NAMES = "|".join(TAGS)
_OPEN = re.compile(rf"<(?:{_NAMES})>")
_CLOSE = re.compile(rf"</(?:{_NAMES})>")
_EITHER = re.compile(rf"</?(?:{_NAMES})>")
_BRACKETS = {"<quran_start>": "﴿", "<quran_end>": "﴾", "<hadith_start>": "«", "<hadith_end>": "»"}
_BRACKET = re.compile("|".join(_BRACKETS))
_TAG = re.compile(rf"{_EITHER.pattern}|{_BRACKET.pattern}")
_WHOLE_TAGS = (*(f"<{slash}{tag}>" for slash in ("", "/") for tag in TAGS), *_BRACKETS)
_LONGEST = max(map(len, _WHOLE_TAGS))


class ThinkingFilter:
    """Reads one choice's text piece by piece and lets through what is answer. `dropped` says whether the last piece lost anything."""

    def __init__(self) -> None:
        self._tail = ""
        self._inside = False
        self._answered = False
        self._trimming = False
        self._mention: list[str] = []
        self.dropped = False

    @property
    def holding(self) -> bool:
        """Whether text is held back that may still become answer."""
        return bool(self._tail or self._mention)

    @property
    def passing(self) -> bool:
        """Whether text without a tag now passes as it is, and changes nothing."""
        return self._answered and not (self._inside or self._tail)

    def feed(self, text: str) -> str:
        """Return the part of the answer that is now certain."""
        self.dropped = False
        if self.passing and "<" not in text:
            return text
        answer: list[str] = []
        text, self._tail = self._tail + text, ""
        while text:
            text = self._skip(text) if self._inside else self._pass(text, answer)
        return "".join(answer)

    def finish(self, *, complete: bool) -> str:
        """Return what was still held. `complete` says that the model ended by itself, not at a bound."""
        held = "".join(self._mention) + self._tail if not self._inside or (complete and self._answered) else ""
        self._mention.clear()
        self._tail = ""
        return _EITHER.sub("", _BRACKET.sub(lambda tag: _BRACKETS[tag[0]], held))

    def _pass(self, text: str, answer: list[str]) -> str:
        """Let answer through up to the next tag; return what is left to read."""
        tag = _TAG.search(text)
        cut = tag.start() if tag else len(text) - _unsure(text)
        clear = text[:cut].lstrip() if self._trimming else text[:cut]
        if clear.strip():
            self._answered, self._trimming = True, False
        elif not self._answered:
            # White space before the first letter goes with the reasoning that may follow it.
            if tag is None:
                self._tail = clear + text[cut:]
                return ""
            clear = ""
        answer.append(clear)
        if tag is None:
            self._tail = text[cut:]
            return ""
        self.dropped = True
        if bracket := _BRACKETS.get(tag[0]):
            self._answered, self._trimming = True, False
            answer.append(bracket)
            return text[tag.end() :]
        self._trimming = not self._answered
        self._inside = _OPEN.match(tag[0]) is not None
        return text[tag.end() :]

    def _skip(self, text: str) -> str:
        """Read past reasoning up to its closing tag; return what is left to read."""
        self.dropped = True
        close = _CLOSE.search(text)
        if close is None:
            cut = len(text) - _unsure(text)
            self._tail = text[cut:]
            if self._answered:
                self._mention.append(text[:cut])
            return ""
        self._inside = False
        self._mention.clear()
        return text[close.end() :]


def _unsure(text: str) -> int:
    """Return the length of the end of `text` that may be the beginning of a tag."""
    start = text.rfind("<", max(0, len(text) - _LONGEST))
    if start < 0:
        return 0
    end = text[start:]
    return len(end) if any(tag.startswith(end) for tag in _WHOLE_TAGS) else 0
