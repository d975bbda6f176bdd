"""Cuts long text into passages at paragraphs, then sentences, then words. Knows nothing of files or of documents."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from rag.sizes import OVERLAP, PASSAGE

_CUTS = ["\n\n", "\n", ". ", "؟ ", "? ", "! ", "؛ ", "; ", "، ", ", ", " ", ""]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A verbatim stretch of a text and where it begins there."""

    text: str
    start: int


def split_passages(text: str, *, size: int = PASSAGE, overlap: int = OVERLAP) -> list[Chunk]:
    """Return passages of at most `size` characters in order, each verbatim; neighbours share up to `overlap` characters."""
    splitter = RecursiveCharacterTextSplitter(
        separators=_CUTS, chunk_size=size, chunk_overlap=min(overlap, size // 2), keep_separator="end", add_start_index=True
    )
    found = splitter.create_documents([text])
    return [Chunk(each.page_content, int(each.metadata["start_index"])) for each in found if each.page_content.strip()]
