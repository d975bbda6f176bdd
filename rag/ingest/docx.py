"""What a Word document says, by its pages where Word noted them, else by its headings. Knows nothing of layout, headers or footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import LxmlError

from rag.ingest.kinds import NO_WORD, require_word
from rag.ingest.sections import Section, by_headings, cleaned, unreadable

_DEEPEST_TABLE = 5
_HEADINGS = ("heading", "title")
# What python-docx lets through besides its own errors when a file contradicts itself.
_BROKEN = (OpcError, LxmlError, BadZipFile, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError)


def docx_sections(content: bytes) -> Iterator[Section]:
    """Yield the text by pages, or by headings. Raises UnprocessableError for what is no Word document, broken or too large."""
    require_word(content)
    try:
        lines = list(_lines(Document(BytesIO(content)).iter_inner_content(), depth=0))
    except _BROKEN as cause:
        raise unreadable(NO_WORD) from cause
    if any(page for page, _, _ in lines):
        for page, group in groupby(_numbered(lines), key=lambda line: line[0]):
            yield Section("\n".join(text for _, text in group), f"p. {page}", page=page)
        return
    yield from by_headings((text, text if heading else None) for _, heading, text in lines)


def _lines(blocks: Iterator[Paragraph | Table], *, depth: int) -> Iterator[tuple[int, bool, str]]:
    """Yield (page breaks within, whether a heading, text) of each paragraph and table row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            heading = str(block.style.name if block.style else "").lower().startswith(_HEADINGS)
            text = _shown(block)
            yield len(block.rendered_page_breaks), heading and bool(text), text
        elif depth < _DEEPEST_TABLE:
            for row in block.rows:
                # A cell that spans columns is named once for each.
                cells = [cell for _, (cell, *_) in groupby(row.cells, key=lambda cell: cell._tc)]
                parts = [list(_lines(cell.iter_inner_content(), depth=depth + 1)) for cell in cells]
                yield sum(breaks for part in parts for breaks, _, _ in part), False, " | ".join(_joined(part) for part in parts)


def _joined(part: list[tuple[int, bool, str]]) -> str:
    return " ".join(text for _, _, text in part if text)


def _shown(paragraph: Paragraph) -> str:
    """Return the text that a reader sees: what is marked as hidden is not part of it."""
    pieces = []
    for part in paragraph.iter_inner_content():
        runs = [part] if isinstance(part, Run) else part.runs
        pieces += [run.text for run in runs if not run.font.hidden]
    return cleaned("".join(pieces)).strip()


def _numbered(lines: list[tuple[int, bool, str]]) -> Iterator[tuple[int, str]]:
    """Yield each line with the page on which it begins."""
    page = 1
    for breaks, _, text in lines:
        if text:
            yield page, text
        page += breaks
