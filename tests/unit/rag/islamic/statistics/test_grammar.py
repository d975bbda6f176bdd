"""Which statistic a prompt asks for, and which prompts ask for none."""

from __future__ import annotations

import pytest

from fanar.scripture.references import VerseReference
from rag.islamic.statistics.grammar import asks_for_statistics, read_query
from rag.islamic.statistics.queries import (
    Edge,
    Extreme,
    Frequent,
    LetterCount,
    Occurrences,
    Ordinal,
    Revealed,
    Scope,
    Size,
    Unavailable,
    Untranslated,
)

BAQARAH = Scope(verses=(VerseReference(2, 1, 286),))


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("كم مرة ذكرت كلمة الصبر في القرآن", "الصبر"),
        ("كام مرة اتذكرت كلمة الصبر في القرآن؟", "الصبر"),
        ("شحال من مرة تذكرات كلمة الصبر فالقرآن", "الصبر"),
        ("قديش انذكرت كلمة الصبر بالقرآن", "الصبر"),
        ("عدد مرات ورود كلمة «الصبر» في القرآن الكريم", "الصبر"),
        ("كم تكرر لفظ الصبر في المصحف", "الصبر"),
        ("كم مرة جاء ذكر الصبر في القرآن", "الصبر"),
        ('how many times does the word "الصبر" occur in the Quran?', "الصبر"),
        ("how often is sabr mentioned in the Quran", "الصبر"),
        ("How many times is Moses mentioned in the Quran?", "موسى"),
        ("how many times has Prophet Moses (pbuh) been named in the quran", "موسى"),
        ("كم مرة ورد اسم النبي موسى عليه السلام في القرآن", "موسى"),
        ("كم مرة وردت كلمة من في القرآن", "من"),
    ],
)
def test_a_word_is_counted_however_it_is_asked_for(prompt: str, word: str) -> None:
    assert read_query(prompt) == Occurrences(((word,),))
    assert asks_for_statistics(prompt)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("كم تكررت عبارة يا أيها الذين آمنوا في القرآن", Occurrences((("يا", "أيها", "الذين", "آمنوا"),))),
        ("كم مرة ذكر الله في سورة البقرة", Occurrences((("الله",),), scope=BAQARAH)),
        ("كم مرة ذكرت الدنيا والآخرة في القرآن", Occurrences((("الدنيا",), ("الآخرة",)))),
        ("الآيات التي تجمع بين الصلاة والزكاة", Occurrences((("الصلاة",), ("الزكاة",)), "verses")),
        ("verses containing both الصلاة and الزكاة", Occurrences((("الصلاة",), ("الزكاة",)), "verses")),
        ("كم آية فيها كلمة الصبر", Occurrences((("الصبر",),), "verses")),
        ("in how many verses is Mary mentioned", Occurrences((("مريم",),), "verses")),
        ("الآيات التي ذكر فيها إبليس", Occurrences((("إبليس",),), "verses")),
        ("أكثر سورة ذكر فيها موسى", Occurrences((("موسى",),), "surahs", ranked=True)),
        ("Is surah al-Baqarah Meccan or Medinan?", Revealed(surah=2)),
        ("how many verses does the longest surah have", Extreme("surah", "verse", most=True)),
        ("how many times is Muhammad mentioned by name in the Quran", Occurrences((("محمد",),))),
        ("which verse has the most words", Extreme("verse", "word", most=True)),
        ("ايش اكثر سورة فيها سجدات", None),
        ("آخر سورة في القرآن", Ordinal(114)),
        ("what is the 36th surah", Ordinal(36)),
        ("أول سورة نزلت", None),
        ("كلمة الدنيا وكلمة الآخرة كل واحدة اتذكرت كام مرة في المصحف", Occurrences((("الدنيا",), ("الآخرة",)))),
        ("شحال من مرة تذكر سيدنا موسى", Occurrences((("موسى",),))),
        ("كم جزء وكم حزب المصحف", Size("juz", also=("hizb",))),
        ("شحال من آية فالبقرة؟", Size("verse", BAQARAH)),
        ("kam aya fi sourat al baqara", Size("verse", BAQARAH)),
        ("how many sajdahs in total", Size("prostration")),
        ("كم سورة بلشت بالحمد لله", Edge("surah", ("الحمد", "لله"))),
        ("كم مرة وردت كلمة الحب في رواية زينب", None),
        ("which surahs mention Mary?", Occurrences((("مريم",),), "surahs")),
        ("ما السور التي ذكر فيها موسى", Occurrences((("موسى",),), "surahs")),
        ("How many times does the word patience occur in the Quran?", Untranslated("patience")),
        ("كم مرة تكرر حرف القاف في سورة الإخلاص", LetterCount("ق", Scope(verses=(VerseReference(112, 1, 4),)))),
        ("how many times does the letter ن occur in surah al-baqarah", LetterCount("ن", BAQARAH)),
        ("كم عدد آيات سورة البقرة", Size("verse", BAQARAH)),
        ("كم آية في البقرة", Size("verse", BAQARAH)),
        ("how many words are there in Surah Al-Baqarah", Size("word", BAQARAH)),
        ("عدد حروف القرآن", Size("letter")),
        ("كم سورة في القرآن", Size("surah")),
        ("how many juz are in the quran", Size("juz")),
        ("كم عدد السجدات في القرآن", Size("prostration")),
        ("ايه أطول سورة في القرآن", Extreme("surah", "word", most=True)),
        ("ما أطول آية", Extreme("verse", "word", most=True)),
        ("what is the shortest verse in the Quran?", Extreme("verse", "letter", most=False)),
        ("أطول آية بالحروف", Extreme("verse", "letter", most=True)),
        ("أقصر 3 سور", Extreme("surah", "word", most=False, count=3)),
        ("ثاني أطول سورة", Extreme("surah", "word", most=True, rank=2)),
        ("surahs with the most verses", Extreme("surah", "verse", most=True, count=5)),
        ("ما أطول سورة مكية", Extreme("surah", "word", most=True, scope=Scope(place="makki"))),
        ("أطول كلمة في القرآن", Extreme("word", "letter", most=True)),
        ("السور التي تبدأ بالحمد لله", Edge("surah", ("الحمد", "لله"))),
        ("surahs that begin with Alif Lam Mim", Edge("surah", ("الم",))),
        ("كم سورة تبدأ بـ«حم»", Edge("surah", ("حم",))),
        ("آيات تنتهي بكلمة غفور رحيم", Edge("verse", ("غفور", "رحيم"), ending=True)),
        ("هل سورة الرعد مكية أم مدنية", Revealed(surah=13)),
        ("where was surah Al-Baqarah revealed", Revealed(surah=2)),
        ("كم عدد السور المدنية", Revealed(place="madani")),
        ("كم سورة نزلت في مكة", Revealed(place="makki")),
        ("how many surahs were revealed in Medina", Revealed(place="madani")),
        ("how many times is Mecca mentioned in the Quran", Occurrences((("مكة",),))),
        ("ما ترتيب نزول سورة العلق", Unavailable("order")),
        ("the surahs in order of revelation", Unavailable("order")),
        ("كم ركوع في القرآن", Unavailable("ruku")),
        ("ما أكثر كلمة تكررت في القرآن", Frequent()),
        ("top 5 most frequent words in the quran", None),
        ("most frequent words in the quran", Frequent()),
    ],
)
def test_each_kind_of_statistic_is_read(prompt: str, query: object) -> None:
    assert read_query(prompt) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "كم عدد أصحاب الكهف",
        "كم عدد آيات الصيام",
        "كم مرة في اليوم نصلي",
        "كم مرة حج النبي صلى الله عليه وسلم",
        "كم نبي ذكر في القرآن",
        "كم عدد السماوات المذكورة في القرآن",
        "كم كلمة في هذه الجملة",
        "كم عدد صفحات الكتاب",
        "how many verses are there about patience",
        "which surah mentions the elephant",
        "longest river in the world",
        "what is the shortest prayer",
        "ما هي الآية التي فيها ذكر الصبر والصلاة",
        "ما حكم من أفطر في رمضان",
        "كم مرة ذكرت كلمة الصبر " * 30,
    ],
)
def test_what_asks_for_no_statistic_is_left_to_others(prompt: str) -> None:
    assert read_query(prompt) is None


def test_a_word_without_the_quran_is_counted_but_not_surely_of_the_quran() -> None:
    assert read_query("كام مرة اتكررت كلمة يوم") is not None
    assert not asks_for_statistics("كام مرة اتكررت كلمة يوم")
    assert asks_for_statistics("كم مرة ذكر اسم موسى؟")
