"""Where the command speaks: answers to standard output, everything else to standard error. Knows nothing of commands.

What comes from models and files is stripped of control characters first: a terminal would obey them.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from fanar.bilingual import Bilingual, Language
from fanar.errors import TooLargeError, UnprocessableError

if TYPE_CHECKING:  # rich takes longer to import than most commands to run
    from rich.console import Console, RenderableType

Json = dict[str, Any]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORKING = Bilingual("Working", "جارٍ العمل")


def printable(text: str) -> str:
    """Return `text` without what a terminal would obey rather than show."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


class Terminal:
    """One run's way to the person in front of it, in `language`."""

    def __init__(self, language: Language, *, out: TextIO | None = None, err: TextIO | None = None, source: BinaryIO | None = None) -> None:
        self.language: Language = language
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._source = source

    @cached_property
    def console(self) -> Console:
        """Rich's console on standard output: colours on a terminal, plain text in a pipe."""
        return _console(self._out)

    @cached_property
    def messages(self) -> Console:
        """Rich's console on standard error."""
        return _console(self._err)

    @property
    def interactive(self) -> bool:
        """Whether a person, not a program or a file, gives the input."""
        return self._source is None and sys.stdin.isatty()

    def text(self, message: Bilingual) -> str:
        """Return the message in the language of this run."""
        return message.in_language(self.language)

    def write(self, text: str) -> None:
        """Write a piece of an answer as it comes."""
        self._out.write(printable(text))
        self._out.flush()

    def show(self, *parts: RenderableType) -> None:
        """Write lines or tables to standard output."""
        self.console.print(*parts, soft_wrap=True)

    def json(self, value: Json | list[Json]) -> None:
        """Write one JSON value on standard output; letters stay letters."""
        self._out.write(_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, indent=2)) + "\n")

    def note(self, message: Bilingual, *, style: str = "dim") -> None:
        """Say something about the work, on standard error."""
        self.messages.print(printable(self.text(message)), style=style, soft_wrap=True)

    def error(self, message: Bilingual) -> None:
        """Say in one line what went wrong and what remedies it."""
        label = "خطأ" if self.language == "ar" else "error"
        line = " ".join(printable(self.text(message)).split())
        self.messages.print(f"[bold red]{label}:[/] ", end="", markup=True)
        self.messages.print(line, soft_wrap=True)

    def read(self, *, limit: int) -> str:
        """Return all of standard input as text of at most `limit` characters. Raises TooLargeError, or UnprocessableError if not UTF-8."""
        # A character takes at most four bytes.
        return decoded((self._source or sys.stdin.buffer).read(4 * limit + 1), limit=limit)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Show that something is happening, on a terminal, until the block ends."""
        if not self.messages.is_terminal:
            yield
            return
        with self.messages.status(self.text(_WORKING)):
            yield


def decoded(content: bytes, *, limit: int) -> str:
    """Return bytes as text. Raises TooLargeError beyond `limit` characters, UnprocessableError for what is not UTF-8."""
    try:
        text = content[: 4 * limit + 1].decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        if len(content) > 4 * limit:
            raise _too_long(limit) from cause
        raise UnprocessableError(
            Bilingual("The input is not UTF-8 text: convert it with iconv first.", "المُدخل ليس نصًا بترميز UTF-8: حوّله بالأمر iconv أولًا.")
        ) from cause
    if len(text) > limit:
        raise _too_long(limit)
    return text


def _too_long(limit: int) -> TooLargeError:
    return TooLargeError(
        Bilingual(
            f"The input is longer than {limit:,} characters: split it, or raise FANAR_LIMITS__TEXT_CHARACTERS.",
            f"المُدخل أطول من {limit:,} محرف: قسّمه أو ارفع FANAR_LIMITS__TEXT_CHARACTERS.",
        )
    )


def _console(file: TextIO) -> Console:
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, emoji=False)
