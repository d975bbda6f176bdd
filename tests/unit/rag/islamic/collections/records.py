"""Small collections for tests. The hadith are invented and say so; the law is letters."""

from __future__ import annotations

from dataclasses import replace

from fanar.documents import CorpusInfo, Document
from fanar.messages import ChatMessage
from rag.ingest.expansion import Expansion, Heading
from rag.islamic.collections.bounds import Bound, Bounds
from rag.islamic.collections.judging import GROUNDS
from rag.islamic.collections.library import Volume
from tests.unit.rag.library import info

TRUSTED = dict.fromkeys(GROUNDS, Bound(100, 100))
BOUNDS: Bounds = {"hadith": TRUSTED, "law": TRUSTED}


def hadith(number: str, text: str, *, section: str = "", grade: str = "sahih", english: str | None = None, matn: int = 0) -> Document:
    collection, _, place = number.partition(":")
    facts = {"collection": collection, "title": collection, "number": place, "grade": grade, "grade_text": "", "matn": matn}
    expansion = Expansion("", (Heading("ar", section),)).encoded() if section else ""
    return Document(number, "sunnah", number, text, english, expansion=expansion, metadata=facts)


def law(id_: str, question: str, text: str, *, school: str = "", book: str = "كتاب", corpus: str = "fiqh") -> Document:
    stated = {"madhab": school} if school else {}
    expansion = Expansion("", (Heading("ar", question),)).encoded()
    return Document(id_, corpus, id_, text, expansion=expansion, metadata={"question": question, "book": book, **stated})


HADITH = (
    hadith(
        "bukhari:1",
        "سند مخترع عن فلان: نص مخترع في إكرام الجار والإحسان إليه",
        section="حق الجار",
        matn=15,
        english="Invented: the neighbour",
    ),
    hadith("bukhari:2", "نص مخترع فيه أن القنفذ لا يطير في الهواء أبدا", section="باب القنفذ"),
    hadith("muslim:2", "نص مخترع آخر فيه أن القنفذ حيوان", section="باب القنفذ", grade="daif"),
    hadith("muslim:3", "نص مخترع مكذوب في الببغاء", section="باب الببغاء", grade="mawdu"),
)
LAW = (
    law("1", "مسح القبعة", "قول مخترع في مسح القبعة هو ألف", school="حنفي", book="كتاب الألف"),
    law("2", "مسح القبعة", "قول مخترع في مسح القبعة هو باء", school="maliki", book="كتاب الباء"),
    law("3", "لبس الجورب", "قول مخترع في لبس الجورب هو جيم", school="شافعي", book="كتاب الجيم"),
    law("4", "لبس النظارة", "قول مخترع في لبس النظارة لا يذكر مذهبا"),
)
CAGE = (
    law("5", "الببغاء في القفص", "قول مخترع نصه أن الببغاء في القفص هو ألف", school="حنفي"),
    law("6", "القفص والببغاء", "قول مخترع في القفص والببغاء وما معه هو باء", school="maliki"),
)


def described(name: str, kind: str) -> CorpusInfo:
    return replace(info(name, kind), title=f"عنوان {name}")


def volume(name: str, kind: str, **facts: set[str]) -> Volume:
    return Volume(described(name, kind), {fact: frozenset(values) for fact, values in facts.items()})  # type: ignore[misc]


def asked(*turns: str) -> list[ChatMessage]:
    """Turns of a user, each but the last answered."""
    return [message for turn in turns for message in (ChatMessage("user", turn), ChatMessage("assistant", "جواب"))][:-1]
