"""What a file says, as sections that people can cite: Markdown and plain text. Knows nothing of folders or passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?P<title>.*?)[ \t#]*$")
_FENCE = re.compile(r"[ \t]{0,3}(```|~~~)")
_UNKEEPABLE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a file. `place` is how people find it there ("p. 3", "§ Leave"), empty when the file is one stretch; `page` its page."""

    text: str
    place: str = ""
    page: int | None = None


def cleaned(text: str) -> str:
    """Return `text` without what no database keeps: control characters and lone surrogates."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNKEEPABLE)


def decoded(content: bytes) -> str:
    """Read UTF-8, with or without a mark at its beginning. Raises UnprocessableError for any other encoding."""
    try:
        return cleaned(content.decode("utf-8-sig"))
    except UnicodeDecodeError as cause:
        raise unreadable(Bilingual("It is not UTF-8 text.", "ليس نصًا بترميز UTF-8.")) from cause


def text_sections(content: bytes) -> Iterator[Section]:
    """Yield plain text as one section."""
    yield Section(decoded(content))


def markdown_sections(content: bytes) -> Iterator[Section]:
    """Yield Markdown by its headings; a heading within a code block is none."""
    yield from by_headings(_markdown_lines(decoded(content)))


def _markdown_lines(text: str) -> Iterator[tuple[str, str | None]]:
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _HEADING.match(line)
        yield line, heading["title"] if heading else None


def by_headings(lines: Iterable[tuple[str, str | None]], *, title: str = "") -> Iterator[Section]:
    """Yield the sections of lines, each of which comes with the title that it gives, or None; what stands before the first has `title`."""
    held: list[str] = []
    for line, heading in lines:
        if heading is not None:
            yield Section("\n".join(held), _place(title))
            held, title = [], heading
        held.append(line)
    yield Section("\n".join(held), _place(title))


def unreadable(reason: Bilingual) -> UnprocessableError:
    """The file cannot be read, for a reason that its owner is told."""
    return UnprocessableError(reason, param="file")


def _place(title: str) -> str:
    return f"§ {title[:_LONGEST_TITLE]}" if title else ""
