"""Collections of others are read as what they are: counts, rejects by line, numbers and grades kept."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from fanar.errors import NotFoundError, UnprocessableError
from rag.ingest.expansion import Expansion
from rag.ingest.libraries import kind_of, read_library

MATN = "إِنَّمَا الأَعْمَالُ بِالنِّيَّاتِ"
HADITH_JSON = {
    "id": 1,
    "idInBook": 1,
    "chapterId": 3,
    "bookId": 1,
    "arabic": f"قال {MATN}",
    "english": {"narrator": "Narrated Umar:", "text": "Deeds are by intentions."},
    "chapter_title_ar": "كتاب بدء الوحى",
}
LK = {
    "Chapter_Number": "1.0",
    "Hadith_number": "7.0",
    "Arabic_Hadith": f"حدثنا فلان {MATN}",
    "Arabic_Matn": MATN,
    "English_Hadith": "Deeds are by intentions.",
    "Arabic_Grade": "ضعيف الإسناد",
    "English_Grade": "Da'if in chain",
}


def lines(path: Path, *rows: Mapping[str, object] | str) -> Path:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_hadith_json_is_known_by_its_fields_and_cited_by_chapter_where_numbers_begin_anew(tmp_path: Path) -> None:
    again = HADITH_JSON | {"chapterId": 4}
    path = lines(tmp_path / "bukhari.jsonl.gz", HADITH_JSON, again, HADITH_JSON, {**HADITH_JSON, "arabic": " "}, "not json")
    assert kind_of(path) == "hadith"
    intake = read_library(path, corpus="sunnah", kind="hadith")
    assert [document.id for document in intake.documents] == ["bukhari:3/1", "bukhari:4/1", "bukhari:3/1#2"]
    assert [(reject.file, reject.line) for reject in intake.rejects] == [("bukhari.jsonl.gz", 4), ("bukhari.jsonl.gz", 5)]
    assert intake.records == len(intake.documents) + len(intake.rejects)
    first = intake.documents[0]
    assert first.url == "https://sunnah.com/bukhari/3/1"
    assert first.translation == "Narrated Umar: Deeds are by intentions."
    assert {"collection": "bukhari", "number": "3/1", "grade": "unstated", "chapter": "كتاب بدء الوحى"}.items() <= first.metadata.items()


@pytest.mark.parametrize("name", ["nasai.csv", "nasai.csv.gz", "nasai.tsv", "nasai.tsv.gz", "nasai.TSV.GZ"])
def test_a_table_of_hadith_is_known_packed_and_unpacked(tmp_path: Path, name: str) -> None:
    between = "\t" if "tsv" in name.lower() else ","
    text = f"Hadith_number{between}Arabic_Hadith\n7{between}{MATN}\n8{between}\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.lower().endswith(".gz") else text.encode())
    assert kind_of(path) == "hadith"
    intake = read_library(path, corpus="nasai", kind="hadith")
    assert [document.text for document in intake.documents] == [MATN]
    assert [(reject.line, reject.reason.en) for reject in intake.rejects] == [(3, "It has no text.")]


def test_a_book_in_one_json_text_is_read_too(tmp_path: Path) -> None:
    book = {"metadata": {}, "hadiths": [HADITH_JSON, HADITH_JSON | {"idInBook": 2}, "nothing"]}
    path = tmp_path / "muslim.json"
    path.write_text(json.dumps(book), encoding="utf-8")
    intake = read_library(path, corpus="sunnah", kind=kind_of(path))
    assert [document.reference for document in intake.documents] == ["muslim:1", "muslim:2"]
    assert [reject.line for reject in intake.rejects] == [3]


def test_the_lk_corpus_keeps_grades_and_where_the_words_begin(tmp_path: Path) -> None:
    lines(tmp_path / "AbuDaud.jsonl", LK, LK | {"Hadith_number": "8", "Arabic_Grade": "nan", "English_Grade": "nan"})
    intake = read_library(tmp_path, corpus="six", kind=kind_of(tmp_path))
    first, second = intake.documents
    assert (first.reference, first.url) == ("abudawud:7", "https://sunnah.com/abudawud:7")
    assert (first.metadata["grade"], first.metadata["grade_text"]) == ("daif", "ضعيف الإسناد")
    assert first.text[first.metadata["matn"] :] == MATN
    assert second.metadata["grade"] == "unstated"


def test_a_hadith_is_looked_up_under_what_its_compiler_put_it_under(tmp_path: Path) -> None:
    sections = {"Chapter_Arabic": "كتاب الإيمان", "Section_Arabic": "nan", "Chapter_English": "Belief", "Section_English": "Intentions"}
    path = lines(tmp_path / "Muslim.jsonl", LK | sections)
    (document,) = read_library(path, corpus="six", kind="hadith").documents
    headings = Expansion.decoded(document.expansion).headings
    assert [(heading.language, heading.text) for heading in headings] == [("ar", "كتاب الإيمان"), ("en", "Belief"), ("en", "Intentions")]
    assert document.spelling == document.text


def test_an_unknown_collection_is_named_as_its_file_is(tmp_path: Path) -> None:
    intake = read_library(lines(tmp_path / "my_forty.jsonl", HADITH_JSON), corpus="x", kind="hadith")
    assert (intake.documents[0].reference, intake.documents[0].url) == ("myforty:1", None)


def test_a_tafsir_cites_the_verses_that_it_treats_together(tmp_path: Path) -> None:
    rows = [{"surah": 112, "ayah": n, "text": text} for n, text in enumerate(("<p>شرح</p><p>طويل</p>", "", "آخر", ""), 1)]
    path = lines(tmp_path / "tafsir.jsonl", *rows, {"surah": 200, "ayah": 1, "text": "x"}, rows[0])
    assert kind_of(path) == "tafsir"
    intake = read_library(path, corpus="t", kind="tafsir")
    assert [(d.reference, d.metadata["last"]) for d in intake.documents] == [("112:1-2", 2), ("112:3-4", 4)]
    assert "<p>" not in intake.documents[0].text
    assert (intake.records, intake.merged, [reject.line for reject in intake.rejects]) == (6, 2, [5, 6])


def test_a_translation_is_read_from_lines_csv_and_surahs_of_verses(tmp_path: Path) -> None:
    (tmp_path / "en.a.txt").write_text("# notice\n112|1|Say: He is God, One,\n112|2|God, the refuge.\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("sura,aya,text\n112,3,He begets not\n", encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps([{"id": 112, "verses": [{"id": 4, "text": "And none is like Him."}]}]), encoding="utf-8")
    intake = read_library(tmp_path, corpus="en", kind=kind_of(tmp_path), language="en")
    assert intake.info("en", licence="CC0").kind == "translation"
    assert [document.reference for document in intake.documents] == ["112:1", "112:2", "112:3", "112:4"]


def test_rulings_keep_what_their_records_state(tmp_path: Path) -> None:
    row = {"question": "ما حكم كذا؟", "answer": "حكمه كذا.", "madhab": "hanafi", "number": 12, "url": "javascript:x", "extra": [1]}
    path = lines(tmp_path / "fatwas.jsonl", row, {"question": "بلا جواب"}, "{")
    intake = read_library(path, corpus="f", kind="fatwa")
    (document,) = intake.documents
    assert (document.text, document.reference, document.url) == ("حكمه كذا.", "12", None)
    assert document.metadata == {"madhab": "hanafi", "number": "12", "question": "ما حكم كذا؟"}
    assert [reject.line for reject in intake.rejects] == [2, 3]


@pytest.mark.parametrize(
    ("name", "stated", "kind"),
    [
        ("2025.jsonl", {"mufti": "لجنة"}, "fatwa"),
        ("2025.jsonl", {"madhab": "حنفي"}, "fiqh"),
        ("fatwas-2025.jsonl", {}, "fatwa"),
        ("أذكار.jsonl", {}, "supplication"),
        ("faq.jsonl", {}, "general"),
        ("graduates.jsonl", {"school": "engineering", "occasion": "a wedding"}, "general"),
    ],
)
def test_what_records_state_says_what_they_are_else_what_their_file_is_called(
    tmp_path: Path, name: str, stated: Mapping[str, str], kind: str
) -> None:
    assert kind_of(lines(tmp_path / name, "{", {"question": "ما كذا؟", "answer": "كذا.", **stated})) == kind


def test_records_without_a_text_are_of_no_kind_and_refused_with_the_first_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "fatwas.jsonl", {"mufti": "لجنة"}, "{")
    assert kind_of(path) == "general"
    with pytest.raises(UnprocessableError, match=r"fatwas\.jsonl:1"):
        read_library(path, corpus="f", kind="fatwa")


def test_a_supplication_is_never_cut(tmp_path: Path) -> None:
    path = lines(tmp_path / "duas.jsonl", {"text": "اللهم " * 500})
    (document,) = read_library(path, corpus="d", kind="supplication").documents
    assert len(document.text) == len(("اللهم " * 500).strip())


def test_rulings_in_markdown_are_read_by_sections(tmp_path: Path) -> None:
    (tmp_path / "fiqh.md").write_text("# الوضوء\n\nمن فروض الوضوء غسل الوجه.\n", encoding="utf-8")
    intake = read_library(tmp_path, corpus="f", kind="fiqh")
    assert (intake.kind, intake.documents[0].reference) == ("fiqh", "fiqh.md, § الوضوء")


def test_one_file_has_its_own_checksum(tmp_path: Path) -> None:
    path = lines(tmp_path / "bukhari.jsonl", HADITH_JSON)
    assert read_library(path, corpus="a", kind="hadith").checksum == read_library(tmp_path, corpus="a", kind="hadith").checksum
    lines(tmp_path / "muslim.jsonl", HADITH_JSON)
    assert read_library(path, corpus="a", kind="hadith").checksum != read_library(tmp_path, corpus="a", kind="hadith").checksum


@pytest.mark.parametrize("kind", ["hadith", "tafsir", "fatwa"])
def test_a_source_that_is_not_there_is_named(tmp_path: Path, kind: str) -> None:
    with pytest.raises(NotFoundError if kind != "fatwa" else (NotFoundError, UnprocessableError)):
        read_library(tmp_path / "absent.jsonl", corpus="a", kind=kind)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"\x1f\x8b broken", b'{"other": 1}'], ids=["no text", "no sound archive", "nothing of the kind"]
)
@pytest.mark.parametrize("kind", ["hadith", "tafsir"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, kind: str, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(UnprocessableError):
        read_library(tmp_path, corpus="a", kind=kind)
