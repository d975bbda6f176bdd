"""Reads the page behind a URL that a client names as a source: fetched with care, read apart. Knows nothing of claims or of formats."""

from __future__ import annotations

from collections.abc import Mapping

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.fetch.client import Fetcher
from fanar.files import FileKind
from orchestrator.library.keeping import PassageReader

MOST_BYTES = 5_000_000
_KINDS: Mapping[str, FileKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
}
_NO_TEXT = Bilingual("This address holds no text that can be read.", "لا نص يمكن قراءته في هذا العنوان.")


class Pages:
    """Fetches pages one by one; `reader` takes them apart where a hostile one can do no harm."""

    def __init__(self, fetcher: Fetcher, *, reader: PassageReader) -> None:
        self._fetcher = fetcher
        self._reader = reader

    async def read(self, url: str) -> str:
        """Return the text of a page. Raises what the fetcher raises, UnprocessableError for what holds no text."""
        fetched = await self._fetcher.fetch(url, max_bytes=MOST_BYTES)
        kind = _KINDS.get(fetched.media_type)
        if kind is None:
            raise UnprocessableError(_NO_TEXT, param="sources")
        try:
            passages = await self._reader.read(kind, fetched.content)
        except UnprocessableError as cause:
            raise UnprocessableError(cause.message, param="sources") from cause
        return "\n\n".join(passage.text for passage in passages)
