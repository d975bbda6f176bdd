"""Puts letters together that a server cut in two: an emoji whose halves, two surrogates, come in one event each. Knows no events."""

from __future__ import annotations

import json
import re
from typing import Any

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_FIRST_AT_END = re.compile("[\ud800-\udbff]\\Z")
_ANY = re.compile("[\ud800-\udfff]")
_IN_PIECES = ("content", "arguments")
"""The fields whose text comes in pieces: what ends one may be joined to what begins the next."""


def halved(payload: bytes) -> Any:  # noqa: ANN401  (JSON from a server)
    """Return the JSON of a payload that holds half a letter, which strict readers refuse; None for any other that they do.

    Half a letter where no other one can come, as in the tokens of logprobs, is shown as U+FFFD.
    """
    if not _HALF.search(payload):
        return None
    try:
        return json.loads(payload, object_pairs_hook=_shown)
    except (ValueError, RecursionError):
        return None


def _shown(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    return {_whole(name): _whole(value) if isinstance(value, str) and name not in _IN_PIECES else value for name, value in fields}


def _whole(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class HalfLetters:
    """Joins the halves that end one piece of a text and begin the next. A half whose other one never comes is shown as U+FFFD."""

    def __init__(self) -> None:
        self._first = ""

    @property
    def holding(self) -> bool:
        """Whether half a letter waits for the other."""
        return bool(self._first)

    def join(self, text: str) -> str:
        """Return the letters that are whole now."""
        if not (self._first or _ANY.search(text)) or not text:
            return text
        text, self._first = self._first + text, ""
        if _FIRST_AT_END.search(text):
            text, self._first = text[:-1], text[-1]
        return _whole(text)

    def rest(self) -> str:
        """Return what stands for a half that is left at the end."""
        left, self._first = self._first, ""
        return "\ufffd" if left else ""
