"""What verses mean, in the words of installed commentaries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fanar.attribution.verifier import ScriptureVerifier
from fanar.documents import CorpusInfo, Document
from fanar.scripture.references import VerseReference
from rag.chunking import split_passages
from rag.islamic import phrases
from rag.islamic.exact import ExactReply
from rag.islamic.interpretation.excerpt import excerpts, joined
from rag.islamic.interpretation.shelf import Comment, InstalledCommentaries
from rag.islamic.interpretation.talk import InterpretationTalk, quoted_verses
from rag.islamic.lexicon import load_lexicon
from rag.islamic.lookup import VerseLookup
from rag.islamic.passages import passages_of
from tests.unit.rag.islamic.quran import conversation, scripture, verse


class Books:
    """Commentaries as they are installed: by name, language and entries (id, surah, first, last, text)."""

    def __init__(self, *books: tuple[str, str, Sequence[tuple[str, int, int, int, str]]]) -> None:
        self._books = {name: (language, rows) for name, language, rows in books}

    @property
    def names(self) -> list[str]:
        return list(self._books)

    def corpora(self) -> list[CorpusInfo]:
        return [
            CorpusInfo(name, f"Title of {name}", "1", "", "", "", len(rows), 1, language, "tafsir")
            for name, (language, rows) in self._books.items()
        ]

    def fetch(self, name: str, ids: Sequence[str]) -> list[Document]:
        known = {
            id_: Document(
                id_,
                name,
                f"{s}:{first}-{last}" if last > first else f"{s}:{first}",
                text,
                metadata={"surah": s, "ayah": first, "last": last},
            )
            for id_, s, first, last, text in self._books[name][1]
        }
        return [known[id_] for id_ in ids if id_ in known]


LONG = "جملة قصيرة. " * 400
BOOKS = Books(
    ("muyassar", "ar", [("2:255", 2, 255, 255, "نص الميسر"), ("112:1", 112, 1, 4, "نص الإخلاص"), ("2:1", 2, 1, 5, "فواتح")]),
    ("saadi", "ar", [("2:255-1", 2, 255, 255, "الجزء الأول"), ("2:255-2", 2, 255, 255, "الجزء الثاني")]),
    ("english", "en", [("2:255", 2, 255, 255, "In English")]),
)


def _quoted(text: str) -> list[VerseReference]:
    return [VerseReference(112, 1, 1)] if "قل هو الله أحد" in text else []


def _talk(books: Books) -> InterpretationTalk:
    commentaries = InstalledCommentaries(repository=books, names=lambda: books.names)  # type: ignore[arg-type]
    lookup = VerseLookup(scripture=scripture(), lexicon=load_lexicon())
    return InterpretationTalk(commentaries=commentaries, lookup=lookup, quoted=_quoted)


async def _said(prompt: str, books: Books = BOOKS) -> ExactReply:
    reply = await _talk(books).answer(conversation(prompt))
    assert reply is not None
    return reply


@pytest.mark.parametrize(
    "prompt", ["ما تفسير آية الكرسي؟", "فسرلي الآية 255 من سورة البقرة", "ايه معنى 2:255", "اشرح لي آية الكرسي لو سمحت"]
)
async def test_a_verse_is_explained_by_every_installed_commentary_in_the_askers_language(prompt: str) -> None:
    reply = await _said(prompt)
    shown = [each.shown("ar") for each in reply.passages]
    assert verse("2:255").text in shown[0]
    assert shown[1:] == ["«Title of muyassar» 2:255:\nنص الميسر", "«Title of saadi» 2:255:\nالجزء الأول\nالجزء الثاني"]
    assert reply.data["commentaries"] == ["Title of muyassar", "Title of saadi"]


async def test_english_gets_the_english_commentary_alone() -> None:
    reply = await _said("What is the tafsir of 2:255?")
    assert [each.document.corpus for each in reply.passages] == ["quran", "english"]


async def test_another_language_is_better_than_nothing() -> None:
    reply = await _said("explain the meaning of 112:1")
    assert [each.document.corpus for each in reply.passages] == ["quran"]
    only_arabic = Books(("muyassar", "ar", [("112:1", 112, 1, 4, "نص الإخلاص")]))
    assert [each.document.corpus for each in (await _said("tafsir of 112:1", only_arabic)).passages] == ["quran", "muyassar"]


async def test_a_commentary_that_is_named_stands_alone_or_is_said_to_be_missing() -> None:
    books = Books(("kathir", "ar", [("2:255", 2, 255, 255, "نص")]), ("muyassar", "ar", [("2:255", 2, 255, 255, "نص الميسر")]))
    reply = await _said("ما تفسير الميسر لآية الكرسي", books)
    assert [each.document.corpus for each in reply.passages] == ["quran", "muyassar"]
    missing = await _said("ما هو تفسير القرطبي لآية الكرسي", books)
    assert [each.document.corpus for each in missing.passages] == ["quran"]
    assert "غير مثبَّت" in missing.text.ar


@pytest.mark.parametrize("prompt", ["اشرح سورة الكوثر", "explain surah al-kawthar please"])
async def test_a_surah_is_explained_by_whichever_word_asks(prompt: str) -> None:
    assert (await _said(prompt)).passages[0].document.reference == "108:1-3"


async def test_a_quoted_verse_is_explained_as_one_that_is_named() -> None:
    reply = await _said("ما تفسير قوله تعالى: قل هو الله أحد")
    assert [each.document.reference for each in reply.passages] == ["112:1", "112:1-4"]


def test_quoted_verses_are_those_that_the_verifier_finds() -> None:
    verifier = ScriptureVerifier(scripture())
    assert quoted_verses(verifier, "ما معنى ﴿قل هو الله أحد﴾؟") == [VerseReference(112, 1, 1)]
    assert quoted_verses(verifier, "ما معنى الحياة؟") == []


async def test_a_verse_inside_a_group_is_found_under_the_groups_first() -> None:
    reply = await _said("تفسير الآية 3 من سورة الإخلاص")
    assert reply.passages[1].document.text == "نص الإخلاص"
    assert reply.passages[1].document.reference == "112:1-4"


async def test_a_whole_surah_is_explained_from_its_beginning_and_says_so() -> None:
    reply = await _said("ما تفسير سورة البقرة")
    assert [each.document.corpus for each in reply.passages] == ["quran", "muyassar"]
    assert reply.after is not None
    assert "2:1-286" in reply.after.ar


async def test_without_a_commentary_the_command_that_adds_one_is_named() -> None:
    reply = await _said("ما تفسير آية الكرسي؟", Books())
    assert reply.text == phrases.NO_COMMENTARY
    assert "fanar corpora add" in reply.text.ar
    assert not reply.answered
    assert [each.document.reference for each in reply.passages] == ["2:255"]


@pytest.mark.parametrize("prompt", ["ما تفسير الأحلام", "آية الكرسي", "ما معنى كلمة الصمد", "what does riba mean", "تفسير 2:300", ""])
async def test_what_names_no_verse_or_asks_no_meaning_is_left_to_others(prompt: str) -> None:
    assert await _talk(BOOKS).answer(conversation(prompt)) is None


def test_a_long_entry_is_cut_at_a_sentence_and_says_so() -> None:
    document = Document("2:1", "long", "2:1", LONG, metadata={"surah": 2, "ayah": 1})
    excerpt = excerpts(Comment("Long", "ar", (document,)), most=1)[0]
    assert LONG.startswith(excerpt.text)
    assert excerpt.text.endswith(".")
    assert excerpt.cut
    assert excerpt.shown("ar").endswith("[اختُصر هنا، وبقيته في المصدر]")


def test_a_long_entry_without_sentences_is_cut_at_a_word() -> None:
    document = Document("2:1", "long", "2:1", "كلمة " * 600, metadata={"surah": 2, "ayah": 1})
    excerpt = excerpts(Comment("Long", "ar", (document,)), most=1)[0]
    assert excerpt.text.endswith("كلمة")
    assert len(excerpt.text) <= 1_400


def test_a_long_entry_without_a_space_is_cut_all_the_same() -> None:
    document = Document("2:1", "long", "2:1", "ك" * 3_000, metadata={"surah": 2, "ayah": 1})
    excerpt = excerpts(Comment("Long", "ar", (document,)), most=1)[0]
    assert excerpt.text == "ك" * 1_400
    assert excerpt.cut


async def test_an_entry_that_does_not_reach_the_verse_is_not_taken_for_its_own() -> None:
    commentaries = InstalledCommentaries(repository=BOOKS, names=lambda: BOOKS.names)  # type: ignore[arg-type]
    assert await commentaries.on(VerseReference(2, 7, 7), language="ar") == []


async def _of_found(prompt: str, *references: str) -> list[str] | None:
    reply = await _talk(BOOKS).explained(conversation(prompt), passages_of(map(verse, references)))
    return None if reply is None else [each.document.reference for each in reply.passages]


async def test_of_verses_that_search_found_those_are_explained_that_say_what_is_asked_about() -> None:
    found = ("112:1", "112:2", "112:3", "112:4")
    assert await _of_found("ما معنى الصمد في سورة الإخلاص", *found) == ["112:2", "112:1-4"]
    assert await _of_found("وش يعني التوحيد", *found) == ["112:1-4", "112:1-4"]


@pytest.mark.parametrize(("prompt", "found"), [("آيات عن الصمد", "112:2"), ("ما معنى القيوم", "3:2")], ids=["no meaning", "no commentary"])
async def test_other_verses_that_search_found_are_left_as_they_are(prompt: str, found: str) -> None:
    assert await _of_found(prompt, found) is None


def test_parts_of_an_entry_are_shown_as_the_text_that_they_were_cut_from() -> None:
    text = " ".join(f"جملة رقم {number} من تفسير طويل." for number in range(60))
    assert joined([chunk.text for chunk in split_passages(text)]) == text
    assert joined(["الجزء الأول", "الجزء الثاني"]) == "الجزء الأول\nالجزء الثاني"
