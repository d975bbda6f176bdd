"""Keeps a model's tags out of its answer, and the reasoning between some of them. Knows nothing of servers or of chunks.

Fanar's models mark scripture by tags: these become the brackets that readers know, so that what stands between them is still marked.
A block that opens the answer is dropped whatever follows. A block further on is dropped once it is closed; one that is never closed
in an answer that ended by itself was only a mention of the tag, and its text is given back without the tag.

A server whose template opens the reasoning writes its end alone. What comes whole is then read from that end on; a stream is held back
until it where the server is known for that, as by the reasoning parsers of vLLM. `Reasoning` knows it from the answers before.
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


class Reasoning:
    """Whether a server's answers begin within reasoning that its template opened: as the last answer did.

    Kept apart for requests that ask for reasoning: of these it is expected until an answer ends without it.
    """

    def __init__(self) -> None:
        self._opened = {True: True, False: False}

    def expected(self, *, asked: bool) -> bool:
        """Whether the next answer is expected to begin so."""
        return self._opened[asked]

    def learn(self, *, asked: bool, opened: bool) -> None:
        """Note how an answer began."""
        self._opened[asked] = opened


def ends_reasoning(text: str) -> bool:
    """Whether a whole answer begins within reasoning: its first tag ends some, and ends a line or stands on one of its own."""
    tag = _EITHER.search(text)
    if tag is None or not _CLOSE.match(tag[0]):
        return False
    before, after = text[: tag.start()].rstrip(" "), text[tag.end() :].lstrip(" ")
    return before[-1:] in ("", "\n") or after[:1] in ("", "\n")


class ThinkingFilter:
    """Reads one choice's text piece by piece and lets through what is answer. `dropped` says whether the last piece lost anything.

    With `opened` the text is expected to begin within reasoning. Whether it did, `opened` says as soon as that is known.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self._tail = ""
        self._expected = self._inside = opened
        self.opened: bool | None = None
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

    def release(self) -> str:
        """Return what was held back for reasoning, which the server itself keeps apart."""
        if not self._expected:
            return ""
        held = "".join(self._mention) + self._tail
        self._mention.clear()
        self._tail = ""
        self._expected = self._inside = False
        self.opened = False
        return self.feed(held)

    def finish(self, *, complete: bool) -> str:
        """Return what was still held. `complete` says that the model ended by itself, not at a bound."""
        kept = not self._inside or (complete and (self._answered or self._expected))
        held = "".join(self._mention) + self._tail if kept else ""
        if self.opened is None and complete:
            self.opened = False
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
        if self.opened is None and _EITHER.match(tag[0]):
            self.opened = _CLOSE.match(tag[0]) is not None
        if bracket := _BRACKETS.get(tag[0]):
            self._answered, self._trimming = True, False
            answer.append(bracket)
            return text[tag.end() :]
        self._trimming = not self._answered
        self._inside = _OPEN.match(tag[0]) is not None
        return text[tag.end() :]

    def _skip(self, text: str) -> str:
        """Read past reasoning up to its closing tag; return what is left to read."""
        if self._expected and _OPEN.match(("".join(self._mention) + text).lstrip()):
            self._expected = self.opened = False
            self._mention.clear()
        close = _CLOSE.search(text)
        if close is None:
            cut = len(text) - _unsure(text)
            self._tail = text[cut:]
            if self._answered or self._expected:
                self._mention.append(text[:cut])
            else:
                self.dropped = True
            return ""
        if self._expected:
            self._expected, self.opened, self._trimming = False, True, True
        self.dropped = True
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
