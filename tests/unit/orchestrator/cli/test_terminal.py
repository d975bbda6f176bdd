"""What may reach a person's terminal, and what may come in from it."""

from __future__ import annotations

import io
import json

import pytest

from fanar.bilingual import Bilingual
from fanar.errors import TooLargeError, UnprocessableError
from orchestrator.cli.progress import reporting
from orchestrator.cli.terminal import Terminal, decoded, printable
from rag.ingest.indexer import IndexingProgress


def _terminal(language: str = "en", given: bytes = b"", err: io.StringIO | None = None) -> tuple[Terminal, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), err or io.StringIO()
    return Terminal(language, out=out, err=err, source=io.BytesIO(given)), out, err  # type: ignore[arg-type]


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    assert printable("a\x1b[2Jb\rc\x9bd\u202ee\ttab\nline") == "a[2Jbcde\ttab\nline"


def test_half_characters_are_replaced_by_something_that_can_be_written() -> None:
    printable("\ud83d").encode()


def test_arabic_and_its_marks_pass_unchanged() -> None:
    verse = "ٱلۡحَمۡدُ لِلَّهِ رَبِّ ٱلۡعَٰلَمِينَ"
    assert printable(verse) == verse


def test_json_keeps_letters_as_letters() -> None:
    terminal, out, _ = _terminal()
    terminal.json({"text": "سلام \ud83d"})
    assert "سلام" in out.getvalue()
    assert json.loads(out.getvalue())["text"].startswith("سلام")


def test_errors_are_one_line_on_standard_error_in_the_readers_language() -> None:
    terminal, out, err = _terminal("ar")
    terminal.error(Bilingual("one\ntwo [bold]", "واحد\nاثنان [bold]"))
    assert (out.getvalue(), err.getvalue()) == ("", "خطأ: واحد اثنان [bold]\n")


def test_input_may_begin_with_a_byte_order_mark() -> None:
    assert _terminal(given=b"\xef\xbb\xbfabc")[0].read(limit=3) == "abc"


@pytest.mark.parametrize(("content", "limit"), [(b"abcd", 3), ("سلام".encode() * 10, 3), (b"x" * 100, 3)])
def test_input_over_the_bound_is_refused(content: bytes, limit: int) -> None:
    with pytest.raises(TooLargeError):
        decoded(content, limit=limit)


def test_a_bound_that_cuts_a_letter_is_still_the_bound_that_is_named() -> None:
    with pytest.raises(TooLargeError):
        decoded("😀".encode() * 3 + b"\xf0", limit=2)


def test_input_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(UnprocessableError):
        decoded("سلام".encode("cp1256"), limit=100)


def test_progress_in_a_log_names_each_step_once() -> None:
    terminal, out, err = _terminal()
    with reporting(terminal) as report:
        for done in range(3):
            report(IndexingProgress(Bilingual("Indexing", "فهرسة"), done, 3))
        report(IndexingProgress(Bilingual("Storing", "حفظ"), 0, 0))
    assert (out.getvalue(), err.getvalue()) == ("", "Indexing\nStoring\n")


def test_progress_on_a_terminal_is_a_bar_with_counts() -> None:
    screen = _Screen()
    terminal, out, _ = _terminal("ar", err=screen)
    with reporting(terminal) as report:
        report(IndexingProgress(Bilingual("Indexing", "فهرسة"), 3, 3))
        report(IndexingProgress(Bilingual("Indexing", "فهرسة"), 3, 3))
    assert "فهرسة" in screen.getvalue()
    assert "3/3" in screen.getvalue()
    assert out.getvalue() == ""


def test_a_step_that_only_begins_is_shown_without_a_count_and_ends_with_the_next_one() -> None:
    screen = _Screen()
    terminal, _, _ = _terminal(err=screen)
    with reporting(terminal) as report:
        report(IndexingProgress(Bilingual("Indexing", "فهرسة"), 0, 6236))
        report(IndexingProgress(Bilingual("Storing", "حفظ"), 1000, 6236))
    *_, indexing, storing = (line for line in screen.getvalue().splitlines() if "Indexing" in line or "Storing" in line)
    assert "/" not in indexing
    assert "6,236/6,236" in storing
    # One that still moves is drawn piece by piece, each in a colour of its own.
    assert "━" * 20 in indexing


def test_waiting_is_shown_on_a_terminal_only() -> None:
    screen, quiet = _Screen(), io.StringIO()
    for place in (screen, quiet):
        with _terminal(err=place)[0].waiting():
            pass
    assert "Working" in screen.getvalue()
    assert quiet.getvalue() == ""
