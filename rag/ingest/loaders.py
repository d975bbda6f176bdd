"""Our readers as a LangChain loader, and any LangChain loader as a source of ours. Knows nothing of what is done with the documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document as LangChainDocument

from fanar.documents import Document
from rag.chunking import split_passages
from rag.ingest.documents import BOUNDS, Bounds, read_files
from rag.ingest.sections import cleaned


class FilesLoader(BaseLoader):
    """Loads a file or folder as LangChain documents, a passage each; files that cannot be read are left out."""

    def __init__(self, path: Path, *, bounds: Bounds = BOUNDS) -> None:
        self._path = path
        self._bounds = bounds

    def lazy_load(self) -> Iterator[LangChainDocument]:
        """Yield the passages. Raises what `read_files` raises."""
        for document in read_files(self._path, corpus="files", bounds=self._bounds).documents:
            yield LangChainDocument(
                id=document.id, page_content=document.text, metadata={**document.metadata, "reference": document.reference}
            )


def load_documents(loader: BaseLoader, *, corpus: str) -> Iterator[Document]:
    """Yield the passages of whatever `loader` loads; the reference is its metadata's `reference`, else `source` and page."""
    number = 0
    for loaded in loader.lazy_load():
        for chunk in split_passages(cleaned(loaded.page_content)):
            number += 1
            yield Document(
                id=f"{number}",
                corpus=corpus,
                reference=_reference(loaded, number),
                text=chunk.text,
                metadata={key: value for key, value in loaded.metadata.items() if isinstance(value, str | int | float | bool)},
            )


def _reference(loaded: LangChainDocument, number: int) -> str:
    if "reference" in loaded.metadata:
        return str(loaded.metadata["reference"])
    source = Path(str(loaded.metadata.get("source", f"passage {number}"))).name
    page = loaded.metadata.get("page")
    # LangChain's loaders count pages from zero.
    return f"{source}, p. {page + 1}" if isinstance(page, int) else source
