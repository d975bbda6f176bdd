"""How each kind of file is read, by the kind and by the end of its name. Knows nothing of where files come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rag.ingest.docx import docx_sections
from rag.ingest.html import html_sections
from rag.ingest.kinds import SUFFIXES
from rag.ingest.pdf import pdf_sections
from rag.ingest.sections import Section, markdown_sections, text_sections

Reader = Callable[[bytes], Iterator[Section]]

READERS: Mapping[str, Reader] = {
    "pdf": pdf_sections,
    "docx": docx_sections,
    "html": html_sections,
    "markdown": markdown_sections,
    "text": text_sections,
}
"""By what `kinds` calls the kind."""
BY_SUFFIX: Mapping[str, Reader] = {suffix: READERS[kind] for kind, suffixes in SUFFIXES.items() for suffix in suffixes}
