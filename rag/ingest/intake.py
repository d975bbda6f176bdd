"""What was read from somebody's collection: what is taken in, what is not and why, and how much there was. Knows no format."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fanar.bilingual import Bilingual
from fanar.documents import CorpusInfo, Document
from fanar.errors import NotFoundError, UnprocessableError
from rag.ingest.sections import cleaned

HADITH, TAFSIR, TRANSLATION, SUPPLICATION, GENERAL = "hadith", "tafsir", "translation", "supplication", "general"
KINDS = (HADITH, TAFSIR, TRANSLATION, "fiqh", "fatwa", SUPPLICATION, GENERAL)
"""What a collection may be; answers about religion rest on all but the last."""
LARGEST_FILE = 500_000_000
ROWS = (".jsonl", ".json", ".csv", ".tsv")
"""How files of records end, `.gz` apart."""
ROWS_OR_LINES = (*ROWS, ".txt")
"""The same with files of lines `surah|ayah|text`."""
_NO_OBJECT = Bilingual("It is no JSON object.", "ليس كائن JSON.")
_NO_TEXT = Bilingual("It has no text.", "لا نص فيه.")
_TOO_LARGE = Bilingual("A file is larger than 500 MB.", "ملف أكبر من 500 ميغابايت.")
_NOT_UTF8 = Bilingual("It is not UTF-8 text.", "ليس نصًا بترميز UTF-8.")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A record that was not taken in: its file, its line (or its number, in a file that is one JSON list), and why."""

    file: str
    line: int
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Intake:
    """A collection as it was read. `records` counts those that were found, rejected ones too."""

    documents: tuple[Document, ...]
    rejects: tuple[RejectedLine, ...]
    records: int
    checksum: str
    kind: str
    language: str = "ar"
    merged: int = 0
    """Records that are part of another one's document."""

    def info(self, name: str, *, title: str = "", licence: str = "", language: str = "", source: str = "files") -> CorpusInfo:
        """Describe the corpus. The licence is what its owner says it is."""
        return CorpusInfo(
            name=name,
            title=title or name,
            version=self.checksum[:12],
            licence=licence or "not stated",
            source=source,
            checksum=self.checksum,
            documents=len(self.documents),
            generation=0,
            language=language or self.language,
            kind=self.kind,
        )


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of records, its name, and the checksum of its bytes, packed as they may be."""

    name: str
    checksum: str
    rows: tuple[tuple[int, Row | None], ...]
    """Line and record; None for a line that is none."""


def row_files(path: Path) -> Iterator[RowFile]:
    """Yield the files of records at `path`, a file or a folder, by name: JSONL, JSON, CSV, TSV or lines `surah|ayah|text`, also gzipped.

    Raises NotFoundError when there is nothing there, UnprocessableError for what is too large, or not text.
    """
    if not path.exists():
        raise NotFoundError(Bilingual("There is no such file or folder.", "لا يوجد ملف أو مجلد كهذا."), param="path")
    files = (
        [path]
        if path.is_file()
        else sorted(each for each in path.rglob("*") if each.is_file() and plain_suffix(each.name) in ROWS_OR_LINES)
    )
    for file in files:
        if file.stat().st_size > LARGEST_FILE:
            raise UnprocessableError(_TOO_LARGE, param="path")
        yield row_file(file.name, file.read_bytes())


def row_file(name: str, content: bytes) -> RowFile:
    """Read one file of records, packed or not. Raises UnprocessableError for what is too large, no sound archive, or no text."""
    return RowFile(name, hashlib.sha256(content).hexdigest(), tuple(_rows(_decoded(_unpacked(content)), plain_suffix(name))))


def combined(files: Mapping[str, str]) -> str:
    """Return one checksum for all files: a single one's own, which its publisher may have stated."""
    if len(files) == 1:
        return next(iter(files.values()))
    return hashlib.sha256("".join(f"{name}\0{checksum}\n" for name, checksum in sorted(files.items())).encode()).hexdigest()


def texts_of(file: RowFile, *names: str) -> Iterator[tuple[int, Row, str] | RejectedLine]:
    """Yield of each record its line, the record and the text that `text_of` finds; or that it is not taken in, and why."""
    for line, row in file.rows:
        if row is None:
            yield RejectedLine(file.name, line, _NO_OBJECT)
        elif text := text_of(row, *names):
            yield line, row, text
        else:
            yield RejectedLine(file.name, line, _NO_TEXT)


def text_of(row: Row, *names: str) -> str:
    """Return the first of these fields that holds text, the empty string where none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value.strip() and value.strip() != "nan":
            return cleaned(value).strip()
    return ""


def scalar(row: Row, *names: str) -> str:
    """Return the first of these fields that holds a number or text, as text; whole numbers without a fraction."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        text = " ".join(cleaned(str(value)).split())
        if text and text.lower() != "nan":
            return text.removesuffix(".0") if text.removesuffix(".0").isdigit() else text
    return ""


def file_key(name: str) -> str:
    """Return what the ids of a file's passages begin with: its own, whatever was read before it."""
    return hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:16]


def plain_suffix(name: str) -> str:
    """Return the end of a file's name in small letters, `.gz` apart."""
    return Path(name.lower().removesuffix(".gz")).suffix


def _unpacked(content: bytes) -> bytes:
    if content[:2] != b"\x1f\x8b":
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            unpacked = packed.read(LARGEST_FILE + 1)
    except (OSError, EOFError) as cause:
        raise UnprocessableError(Bilingual("A file is no sound gzip archive.", "ملف gzip تالف."), param="path") from cause
    if len(unpacked) > LARGEST_FILE:
        raise UnprocessableError(_TOO_LARGE, param="path")
    return unpacked


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise UnprocessableError(_NOT_UTF8, param="path") from cause


def _rows(text: str, suffix: str) -> Iterator[tuple[int, Row | None]]:
    if suffix in (".csv", ".tsv"):
        reader = csv.DictReader(io.StringIO(text), delimiter="\t" if suffix == ".tsv" else ",")
        yield from ((reader.line_num, row) for row in reader)
    elif suffix == ".json":
        yield from enumerate(_listed(text), 1)
    else:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                yield number, _line(line)


def _listed(text: str) -> Iterator[Row | None]:
    """Yield the records of one JSON text: a list, an object that holds one under `hadiths`, `verses` or `data`, or surahs of verses."""
    value = _json(text)
    if isinstance(value, dict):
        value = next((value[name] for name in ("hadiths", "verses", "data") if isinstance(value.get(name), list)), [value])
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and isinstance(item.get("verses"), list):
            surah = item.get("id", item.get("surah"))
            yield from ({"surah": surah, **verse, "ayah": verse.get("ayah", verse.get("id"))} for verse in item["verses"])
        else:
            yield item if isinstance(item, dict) else None


def _line(line: str) -> Row | None:
    if line.lstrip()[:1] == "{":
        value = _json(line)
        return value if isinstance(value, dict) else None
    surah, _, rest = line.partition("|")
    ayah, bar, text = rest.partition("|")
    return {"surah": surah.strip(), "ayah": ayah.strip(), "text": text.strip()} if bar else None


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
