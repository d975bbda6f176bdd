"""Reads tables of cases: tab-separated lines, no header. Knows nothing of what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.errors import NotFoundError, UnprocessableError

_NO_FILE = Bilingual("There is no such file.", "لا يوجد ملف كهذا.")
_NOT_TEXT = Bilingual("This file cannot be read as UTF-8 text.", "لا يمكن قراءة هذا الملف نصًا بترميز UTF-8.")


def read_table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the columns of each line that is not empty. Raises NotFoundError, UnprocessableError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as cause:
        raise NotFoundError(_NO_FILE) from cause
    except (OSError, UnicodeDecodeError) as cause:
        raise UnprocessableError(_NOT_TEXT) from cause
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r").split("\t")


def misread(number: int, form: str) -> UnprocessableError:
    """Return the error for a line that is not of the form."""
    return UnprocessableError(Bilingual(f"Line {number} is not {form}.", f"السطر {number} ليس بالصيغة {form}."))
