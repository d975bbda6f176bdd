"""Reads the page behind a URL that a client names as a source: fetched with care, hidden HTML dropped. Knows nothing of claims."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.fetch.client import Fetcher
from rag.ingest.html import html_sections
from rag.ingest.pdf import pdf_sections
from rag.ingest.sections import Section, text_sections

MOST_BYTES = 5_000_000
_READERS: Mapping[str, Callable[[bytes], Iterator[Section]]] = {
    "text/html": html_sections,
    "application/xhtml+xml": html_sections,
    "text/plain": text_sections,
    "text/markdown": text_sections,
    "application/pdf": pdf_sections,
}
_NO_TEXT = Bilingual("This address holds no text that can be read.", "لا نص يمكن قراءته في هذا العنوان.")


class Pages:
    """Fetches pages one by one."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def read(self, url: str) -> str:
        """Return the text of a page. Raises what the fetcher raises, UnprocessableError for what holds no text."""
        fetched = await self._fetcher.fetch(url, max_bytes=MOST_BYTES)
        reader = _READERS.get(fetched.media_type)
        if reader is None:
            raise UnprocessableError(_NO_TEXT, param="sources")
        text = await asyncio.to_thread(lambda: "\n\n".join(section.text for section in reader(fetched.content)))
        if not text.strip():
            raise UnprocessableError(_NO_TEXT, param="sources")
        return text
