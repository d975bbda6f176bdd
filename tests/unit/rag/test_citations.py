from __future__ import annotations

import pytest

from fanar.documents import Document
from fanar.events import CitationAdded, TextDelta
from rag.citations import CitedText

DOCUMENTS = [Document(id=str(n), corpus="c", reference=f"r{n}", text=f"t{n}") for n in (1, 2, 3)]


def cited(*pieces: str) -> tuple[str, CitedText, list[CitationAdded]]:
    cited_text = CitedText(DOCUMENTS)
    parts = [part for piece in pieces for part in cited_text.push(piece)] + cited_text.finish()
    text = "".join(part.text for part in parts if isinstance(part, TextDelta))
    return text, cited_text, [part for part in parts if isinstance(part, CitationAdded)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A [1] b.", "A [1] b."),
        ("A [1, 2].", "A [1][2]."),
        ("A [1][3].", "A [1][3]."),
        ("نعم [١، ٢].", "نعم [1][2]."),
        ("A 【2】.", "A [2]."),
        ("A [4].", "A."),
        ("A [0] b [99].", "A b."),
        ("A [1, 9].", "A [1]."),
        ("A [1](https://evil.example/x) b", "A [1] b"),
        ("See [link] and array[i] and [a1].", "See [link] and array[i] and [a1]."),
        ("open [1", "open [1"),
        ("open [", "open ["),
        ("", ""),
    ],
)
def test_markers_come_out_in_one_form_and_only_those_that_resolve(written: str, read: str) -> None:
    assert cited(written)[0] == read


@pytest.mark.parametrize(
    "text", ["One [1] two [2, 3] three [7] four [1].", "ثلاثة [١،٢] ثم [9](https://x.example) انتهى [3", "spaces  [1]  and [ 1 ]"]
)
def test_the_cuts_of_a_stream_make_no_difference(text: str) -> None:
    whole = cited(text)
    for size in (1, 2, 3, 7):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        again = cited(*pieces)
        assert again[0] == whole[0]
        assert again[1].citations == whole[1].citations


def test_a_citation_tells_where_its_first_marker_stands() -> None:
    text, cited_text, added = cited("Alpha [2], beta [1], gamma [2].")
    assert [(each.citation.number, each.citation.document.id) for each in added] == [(2, "2"), (1, "1")]
    for citation in cited_text.citations:
        assert text[citation.index :].startswith(f"[{citation.number}]")


def test_dropped_markers_are_counted() -> None:
    assert cited("a [4] b [1, 8] c [1]")[1].dropped == 2


def test_text_that_can_be_no_marker_passes_at_once() -> None:
    cited_text = CitedText(DOCUMENTS)
    assert cited_text.push("Hello") == [TextDelta("Hello")]
    assert cited_text.push(" [") == []
    assert cited_text.push("x") == [TextDelta(" [x")]


def test_what_is_held_back_is_bounded() -> None:
    cited_text = CitedText(DOCUMENTS)
    held = "[" + "1" * 500
    passed = "".join(part.text for part in cited_text.push(held) if isinstance(part, TextDelta))
    assert passed == held


def test_verbatim_text_is_not_read_for_markers_but_counted() -> None:
    cited_text = CitedText(DOCUMENTS)
    before = cited_text.verbatim("As in footnote [7]: ").text
    cited_text.push("[1]")
    cited_text.finish()
    assert cited_text.citations[0].index == len(before)
