from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path

import pytest
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document as LangChainDocument
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from fanar.errors import NotFoundError, UnprocessableError
from rag.chunking import split_passages
from rag.ingest import pdf as pdf_module
from rag.ingest.documents import Bounds, read_files
from rag.ingest.html import html_sections
from rag.ingest.loaders import FilesLoader, load_documents
from rag.ingest.pdf import pdf_sections
from rag.ingest.readers import BY_SUFFIX
from rag.ingest.sections import markdown_sections


def pdf(path: Path, *pages: str, password: str = "") -> None:
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    with path.open("wb") as file:
        writer.write(file)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_kind_of_file_becomes_cited_passages(tmp_path: Path) -> None:
    write(tmp_path / "guide.md", "# Leave\nThirty days.\n\n## Sick leave\nA certificate.\n")
    write(tmp_path / "sub" / "notes.txt", "Plain notes.")
    write(tmp_path / "page.html", "<title>Home</title><p>Welcome</p><h2>Hours</h2><p>Nine to five</p>")
    write(tmp_path / "data.jsonl", '{"text": "A record.", "reference": "R 1", "url": "https://example.org/1"}\n\n{"text": "سجل آخر."}\n')
    pdf(tmp_path / "paper.pdf", "First page", "Second page")
    collection = read_files(tmp_path, corpus="own")
    cited = {document.reference: document.text for document in collection.documents}
    assert cited["guide.md, § Sick leave"] == "## Sick leave\nA certificate."
    assert cited["sub/notes.txt"] == "Plain notes."
    assert cited["page.html, § Hours"] == "Hours\nNine to five"
    assert cited["data.jsonl, R 1"] == "A record."
    assert cited["data.jsonl, line 3"] == "سجل آخر."
    assert cited["paper.pdf, p. 2"] == "Second page"
    assert (collection.records, collection.rejects) == (6, ())
    assert len({document.id for document in collection.documents}) == len(collection.documents)


def test_a_file_that_cannot_be_read_is_listed_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path / "good.txt", "Good.")
    write(tmp_path / "empty.txt", "  \n")
    write(tmp_path / "picture.png", "x")
    write(tmp_path / "bad.jsonl", '{"no": "text"}\n{"none": "either"}\n')
    write(tmp_path / "broken.pdf", "%PDF-1.4 broken")
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    pdf(tmp_path / "locked.pdf", "Secret", password="x")
    (tmp_path / "large.txt").write_text("x" * 2000)
    collection = read_files(tmp_path, corpus="own", bounds=Bounds(file_bytes=1500))
    assert {reject.file for reject in collection.rejects} == {path.name for path in tmp_path.iterdir()} - {"good.txt"}
    assert collection.records == len(collection.rejects) + 1
    reasons = {reject.file: reject.reason for reject in collection.rejects}
    assert "None of its records has a text" in reasons["bad.jsonl"].en
    assert "password" in reasons["locked.pdf"].en
    assert all(reason.ar and reason.en for reason in reasons.values())


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", "Secret.")
    write(tmp_path / "own" / "a.txt", "Mine.")
    (tmp_path / "own" / "link.txt").symlink_to(tmp_path / "secret.txt")
    collection = read_files(tmp_path / "own", corpus="own")
    assert [document.text for document in collection.documents] == ["Mine."]
    assert [reject.file for reject in collection.rejects] == ["link.txt"]


def test_hidden_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / ".git" / "a.txt", "No.")
    write(tmp_path / ".env.txt", "No.")
    write(tmp_path / "a.txt", "Yes.")
    assert read_files(tmp_path, corpus="own").records == 1


def test_one_file_is_a_corpus_too_and_its_checksum_follows_its_content(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "One.")
    before = read_files(tmp_path / "a.txt", corpus="own")
    write(tmp_path / "a.txt", "Two.")
    after = read_files(tmp_path / "a.txt", corpus="own")
    assert before.checksum != after.checksum
    info = after.info("own", licence="mine")
    assert (info.name, info.title, info.licence, info.kind, info.documents) == ("own", "own", "mine", "general", 1)


def test_bounds_on_files_and_passages_are_kept(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path / f"{number}.txt", "text " * 400)
    with pytest.raises(UnprocessableError, match="files"):
        read_files(tmp_path, corpus="own", bounds=Bounds(files=3))
    with pytest.raises(UnprocessableError, match="passages"):
        read_files(tmp_path, corpus="own", bounds=Bounds(passages=3))


def test_nothing_there_and_nothing_readable_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_files(tmp_path / "absent", corpus="own")
    with pytest.raises(UnprocessableError, match="Nothing here"):
        read_files(tmp_path, corpus="own")
    write(tmp_path / "a.png", "x")
    with pytest.raises(UnprocessableError, match=r"\.md"):
        read_files(tmp_path, corpus="own")


def test_names_that_are_no_unicode_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("Text.")
    (document,) = read_files(tmp_path, corpus="own").documents
    assert document.reference == "?.txt"


def test_passages_are_verbatim_bounded_and_cover_the_text() -> None:
    text = "\n\n".join(f"فقرة رقم {number}. " + "كلمات كثيرة هنا، ثم غيرها. " * 20 for number in range(20))
    chunks = split_passages(text)
    assert all(text[chunk.start : chunk.start + len(chunk.text)] == chunk.text for chunk in chunks)
    assert all(len(chunk.text) <= 900 for chunk in chunks)
    assert all(f"فقرة رقم {number}." in " ".join(chunk.text for chunk in chunks) for number in range(20))


def test_text_without_a_space_is_cut_too() -> None:
    assert sum(len(chunk.text) for chunk in split_passages("ا" * 10_000, overlap=0)) == 10_000
    assert split_passages(" \n ") == []


def test_headings_in_code_blocks_do_not_cut_markdown() -> None:
    sections = [each for each in markdown_sections(b"intro\n# A\n```\n# not a heading\n```\ntext\n") if each.text.strip()]
    assert [section.place for section in sections] == ["", "§ A"]


HIDDEN = [
    '<p style="display: none">X</p>',
    '<p style="visibility:hidden">X</p>',
    '<p style="font-size:0">X</p>',
    '<p style="opacity: 0;">X</p>',
    '<p style="position:absolute; left:-9999px">X</p>',
    "<p hidden>X</p>",
    '<p aria-hidden="true">X</p>',
    "<!-- X -->",
    "<script>X</script>",
    "<style>X</style>",
    "<template><p>X</p></template>",
    "<noscript>X</noscript>",
    "<textarea>X</textarea>",
    "<![CDATA[X]]>",
    "<div hidden><div><p>X</p></div></div>",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_a_page_hides_is_not_read(hidden: str) -> None:
    text = "".join(section.text for section in html_sections(f"<p>seen</p>{hidden}<p>after</p>".encode()))
    assert "X" not in text
    assert text.split() == ["seen", "after"]


def test_what_a_page_shows_is_read_in_lines() -> None:
    page = '<body><p style="opacity:0.5">half <b>bold</b> text</p><ul><li>one</li><li>two</li></ul><p>a<br>b</p></body>'
    (section,) = html_sections(page.encode())
    assert section.text.split("\n") == ["half bold text", "one", "two", "a", "b"]


def test_a_page_nested_without_end_is_read() -> None:
    assert "deep" in "".join(section.text for section in html_sections(b"<div>" * 5_000 + b"deep"))


def test_control_characters_and_surrogates_are_taken_out(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", '{"text": "a\\u0000b\\ud800c\\r\\nd", "url": "javascript:alert(1)"}')
    (document,) = read_files(tmp_path, corpus="own").documents
    assert document.text == "ab\ufffdc\nd"
    assert document.url is None


@pytest.mark.parametrize("line", ["[1]", '{"text": 3}', '{"text": " "}', "{", "[" * 100_000])
def test_a_line_that_is_no_record_is_listed_and_the_others_are_taken_in(tmp_path: Path, line: str) -> None:
    write(tmp_path / "a.jsonl", f'{{"text": "one"}}\n{line}\n{{"text": "three"}}\n')
    read = read_files(tmp_path, corpus="own")
    assert [document.reference for document in read.documents] == ["a.jsonl, line 1", "a.jsonl, line 3"]
    assert [(reject.file, reject.line) for reject in read.rejects] == [("a.jsonl", 2)]
    assert read.records == len(read.documents) + len(read.rejects)


def test_a_question_is_read_with_its_answer(tmp_path: Path) -> None:
    write(tmp_path / "faq.csv", "question,answer\nHow long does delivery take?,Three days.\nAnd abroad?,\n")
    read = read_files(tmp_path / "faq.csv", corpus="own")
    assert [document.text for document in read.documents] == ["How long does delivery take?\nThree days."]
    assert [(reject.line, reject.reason.en) for reject in read.rejects] == [(3, "It has no text.")]


def test_a_file_alone_has_the_checksum_of_its_bytes(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"text": "one"}')
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    write(tmp_path / "b.md", "# Two")
    assert read_files(tmp_path / "a.jsonl.gz", corpus="own").checksum == hashlib.sha256(packed).hexdigest()
    assert read_files(tmp_path / "b.md", corpus="own").checksum == hashlib.sha256(b"# Two").hexdigest()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>"])
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UnprocessableError):
        list(pdf_sections(content))


def test_a_pdf_with_too_many_pages_or_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf(tmp_path / "a.pdf", "One page", "Another page")
    content = (tmp_path / "a.pdf").read_bytes()
    monkeypatch.setattr(pdf_module, "_MOST_CHARACTERS", 10)
    with pytest.raises(UnprocessableError, match="too much"):
        list(pdf_sections(content))
    monkeypatch.setattr(pdf_module, "_MOST_PAGES", 1)
    with pytest.raises(UnprocessableError, match="more than 1 pages"):
        list(pdf_sections(content))


def test_our_files_load_as_langchain_documents(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "# Title\nText.")
    (loaded,) = FilesLoader(tmp_path).load()
    assert loaded.page_content == "# Title\nText."
    assert loaded.metadata == {"file": "a.md", "reference": "a.md, § Title"}


class Shelf(BaseLoader):
    def lazy_load(self):
        yield LangChainDocument(page_content="One.", metadata={"source": "/home/me/a.pdf", "page": 2, "tags": ["x"]})
        yield LangChainDocument(page_content="Two.", metadata={"reference": "B 2"})
        yield LangChainDocument(page_content="Three.")


def test_what_langchain_loads_is_cited_without_its_folder() -> None:
    documents = list(load_documents(Shelf(), corpus="own"))
    assert [document.reference for document in documents] == ["a.pdf, p. 3", "B 2", "passage 3"]
    assert documents[0].metadata["page"] == 2
    assert "tags" not in documents[0].metadata


def test_every_reader_takes_an_empty_file() -> None:
    for suffix, reader in BY_SUFFIX.items():
        if suffix not in (".pdf", ".docx"):
            assert not "".join(section.text for section in reader(b"")).strip()
