"""References to verses are read in the spellings people use, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from fanar.scripture.references import ReferenceMention, VerseReference, find_references, parse_reference, run_together
from fanar.scripture.surahs import SURAHS
from tests.timing import cpu_seconds


def _read(text: str) -> list[tuple[str, str, bool]]:
    return [(m.text, "unknown" if m.unknown else str(m.reference), m.certain) for m in find_references(text)]


def _one(text: str) -> ReferenceMention:
    (mention,) = find_references(text)
    return mention


@pytest.mark.parametrize(
    "text",
    [
        "2:255",
        "٢:٢٥٥",
        "[2:255]",
        "(البقرة: 255)",
        "البقرة ٢٥٥",
        "البقرة/255",
        "{البقرة:255}",
        "سورة البقرة آية 255",
        "سُورَةُ البَقَرَةِ، الآية رقم ٢٥٥",
        "سورة البقرة في الآية 255",
        "سورة البقرة (2): آية 255",
        "**سورة البقرة، الآية 255**",
        "الآية 255 من سورة البقرة",
        "الآية (255) من البقرة",
        "سورة 2 آية 255",
        "سورة رقم 2 الآية 255",
        "Al-Baqarah 255",
        "al baqara: 255",
        "Albaqara [2:255]",
        "Surat al-Baqara verse 255",
        "Surah Al-Baqarah (2), verse 255",
        "Surah Al-Baqarah (2:255)",
        "Surah 2, verse 255",
        "Verse 255 of al-Baqara",
        "the 255th verse of Surah Al-Baqarah",
        "verse 2:255",
        "Q 2:255",
        "QS. Al-Baqarah: 255",
        "Quran (2:255)",
        "https://quran.com/2/255",
        "chapter 2 verse 255 of the Quran",
        "آية الكرسي",
        "Ayat al-Kursi",
        "Ayatul-Kursi",
        "the Throne Verse",
    ],
)
def test_usual_spellings_of_a_verse_are_read(text: str) -> None:
    mention = _one(text)
    assert (str(mention.reference), mention.certain, mention.unknown) == ("2:255", True, False)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("2:255-257", "2:255-257"),
        ("aya 255 mn sorat el ba2ara", "2:255"),
        ("surat al ma2ida 5", "5:5"),
        ("sourat al fati7a", "1:1-7"),
        ("surah al 3ankabut 5", "29:5"),
        ("al ra7man 13", "55:13"),
        ("Qur'an 112", "112:1-4"),
        ("القرآن ١١٢", "112:1-4"),
        ("Quran 2.255", "2:255"),
        ("Quran 2/255", "2:255"),
        ("2:255-2:257", "2:255-257"),
        ("البقرة 184–185", "2:184-185"),
        ("سورة البقرة: ٢٥٥ - ٢٥٧", "2:255-257"),
        ("سورة البقرة من 1 إلى 5", "2:1-5"),
        ("سورة البقرة من الآية 1 إلى الآية 5", "2:1-5"),
        ("الآيات من 1 إلى 5 من سورة العلق", "96:1-5"),
        ("الآيتان 1 و2 من سورة الفلق", "113:1-2"),
        ("Surah al-Mu’minūn, 1–11", "23:1-11"),
        ("verses 1 to 5 of Surah Al-Kahf", "18:1-5"),
        ("سورة الإخلاص", "112:1-4"),
        ("Surah Ikhlas", "112:1-4"),
        ("Surah The Cow", "2:1-286"),
        ("Surah 36", "36:1-83"),
        ("سورة البقرة 286 آية", "2:1-286"),
        ("سورة البقرة\n\n2. أمر آخر", "2:1-286"),
        ("خواتيم سورة البقرة", "2:285-286"),
        ("الآية الأولى من سورة العلق", "96:1"),
        ("الآية الثانية عشرة من سورة يوسف", "12:12"),
        ("الآية العشرون من سورة مريم", "19:20"),
        ("سورة البقرة الآية الأولى", "2:1"),
        ("سورة الناس الآية الأخيرة", "114:6"),
        ("آخر آيتين من سورة البقرة", "2:285-286"),
        ("أول خمس آيات من سورة الكهف", "18:1-5"),
        ("the last two verses of Surah Al-Baqarah", "2:285-286"),
        ("آية الدين", "2:282"),
        ("سورة براءة آية 5", "9:5"),
        ("سورة بني إسرائيل: 23", "17:23"),
        ("Surah Ali 'Imran 3:103", "3:103"),
        ("(Al-'Alaq: 1)", "96:1"),
        ("سورة ص آية 35", "38:35"),
    ],
)
def test_runs_surahs_and_named_verses_are_read(text: str, reference: str) -> None:
    assert [str(m.reference) for m in find_references(text)] == [reference]


@pytest.mark.parametrize("number", range(1, 115))
def test_verses_of_each_surah_round_trip_in_several_spellings(number: int) -> None:
    surah = SURAHS[number - 1]
    for ayah in {1, surah.verses // 2 + 1, surah.verses}:
        for text in (
            f"{number}:{ayah}",
            f"سورة {surah.name} آية {ayah}",
            f"الآية {ayah} من سورة {surah.name}",
            f"({surah.name}: {ayah})",
            f"Surah {surah.transliteration}, verse {ayah}",
        ):
            assert parse_reference(text) == VerseReference(number, ayah, ayah), text


@pytest.mark.parametrize(
    "text", ["2:300", "115:1", "(البقرة: 300)", "سورة الكوثر آية 4", "Surah 200", "2:0", "[البقرة: 280-290]", "9999999:1", "البقرة ٢٨٧"]
)
def test_a_reference_to_no_verse_says_so(text: str) -> None:
    mention = _one(text)
    assert mention.unknown
    assert mention.reference is None


@pytest.mark.parametrize(
    "text",
    [
        "the meeting is at 2:30 pm",
        "الساعة 2:30",
        "موعدنا 2:30 م",
        "wake me at 02:05",
        "final score 2:1",
        "the ratio 3:1 is",
        "John 3:16",
        "سفر التكوين 1:1",
        "12:30:45",
        "1:2:3:4",
        "الحج 2024",
        "النساء 50% من السكان",
        "سورة من الغضب",
        "الآية ٢٥٥",
        "chapter 7 of the novel",
        "verse of a poem",
        "the first of May",
        "at 5 o'clock",
        "",
    ],
)
def test_times_scores_and_quantities_are_no_references(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize("text", ["فاز فريقنا 3:1 على ضيفه", "محمد 5 سنوات", "أراه في الدقيقة 3:45 من المقطع", "ص 35"])
def test_what_may_be_something_else_is_uncertain(text: str) -> None:
    assert [m.certain for m in find_references(text)] == [False]


def test_brackets_after_a_quotation_or_talk_of_the_quran_make_it_certain() -> None:
    assert _one("«الحمد لله رب العالمين» (1:2) هنا").certain
    assert _one("قال تعالى في كتابه 2:30 ذلك").certain


def test_references_are_told_apart_and_keep_their_places() -> None:
    text = "انظر (البقرة: 255، 256) و[آل عمران: 18]، وسورتي الفلق والناس."
    mentions = find_references(text)
    assert [str(m.reference) for m in mentions] == ["2:255", "2:256", "3:18", "113:1-5", "114:1-6"]
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_verses_listed_one_by_one_are_several_mentions() -> None:
    assert [r for _, r, _ in _read("الآيات 1 و3 من سورة الفلق")] == ["113:1", "113:3"]
    assert [r for _, r, _ in _read("سورتا الفلق، الناس")] == ["113:1-5", "114:1-6"]
    assert [r for _, r, _ in _read("verse 2:255, 3:18 and 4:1")] == ["2:255", "3:18", "4:1"]


def test_a_span_closes_the_bracket_it_opened() -> None:
    assert _one("See Surah Al-Baqarah (2:255) now").text == "Surah Al-Baqarah (2:255)"


def test_a_reference_knows_its_verses() -> None:
    run = VerseReference(2, 255, 257)
    assert (str(run), run.ids, VerseReference(2, 256, 256) in run) == ("2:255-257", ("2:255", "2:256", "2:257"), True)
    assert VerseReference(3, 256, 256) not in run
    assert VerseReference(112, 1, 4).whole_surah
    assert not run.whole_surah


@pytest.mark.parametrize(
    "unit", ["سورة ", "2:2:2:2", "((((", "2:255 ", "البقرة 3 ", "al-", "verse 1,", "آية ", "9", "1-", "سورتي الفلق و", "a2b", "a2"]
)
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    small, large = (cpu_seconds(lambda size=size: find_references(unit * (size // len(unit)))) for size in (1_000, 10_000))
    assert large < 40 * small + 0.02


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("آخر سورة الحشر", "59:22-24"),
        ("آخر سورة البقرة", "2:285-286"),
        ("نهاية سورة يس", "36:81-83"),
        ("أول سورة الكهف", "18:1-10"),
        ("بداية سورة مريم", "19:1-3"),
        ("the end of surah al-kahf", "18:108-110"),
        ("the beginning of Surah Ya-Sin", "36:1-3"),
        ("آخر سورة البقرة آية 286", "2:286"),
        ("tafsir of 112:1", "112:1"),
        ("ما تفسير ابن كثير لآية الكرسي", "2:255"),
        ("the third verse of surah al-ikhlas", "112:3"),
        ("ثاني آية من سورة البقرة", "2:2"),
        ("chapter 112 of the Quran", "112:1-4"),
        ("read chapter Al-Kahf from the Quran", "18:1-110"),
        ("last two verses of al-Baqara", "2:285-286"),
    ],
)
def test_the_ends_of_surahs_are_references(text: str, reference: str) -> None:
    assert str(parse_reference(text)) == reference


@pytest.mark.parametrize(
    "text",
    ["chapter 112 of my thesis", "read chapter 5", "آخر سورة نزلت", "آخر سورة في القرآن", "أول سورة في المصحف", "the end of the surah"],
)
def test_the_last_of_all_surahs_is_no_reference(text: str) -> None:
    assert find_references(text) == []


def test_verses_that_follow_one_another_in_a_list_are_one_reference_of_one_quotation() -> None:
    text = "انظر (البقرة: 255، 256) ثم (الكهف: 1، 5)."
    mentions = run_together(text, find_references(text))
    assert [str(mention.reference) for mention in mentions] == ["2:255-256", "18:1", "18:5"]
    assert text[mentions[0].start : mentions[0].end] == mentions[0].text == "البقرة: 255، 256"


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("سورة الناس والفلق", ["114:1-6", "113:1-5"]),
        ("surah nas and falaq", ["114:1-6", "113:1-5"]),
        ("سورة الكهف والنور الذي بين الجمعتين", ["18:1-110"]),
    ],
)
def test_a_second_surah_is_one_only_where_the_text_ends_with_it(text: str, references: list[str]) -> None:
    assert [str(mention.reference) for mention in find_references(text)] == references


@pytest.mark.parametrize(
    "text", ["Quran 2.5 million copies", "Quran 112 pages", "مريم 1990", "3verses", "an mp3 and a 7pm call", "the 2nd of may"]
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        # Names with one slip of the pen, where only a name can stand.
        ("سورة ال عمرن آية ٣", "3:3"),
        ("سورة الكحف آية 10", "18:10"),
        ("سورة يوصف آية 4", "12:4"),
        ("سورة الحجورات آية 13", "49:13"),
        ("الآية 12 من سورة لقمن", "31:12"),
        ("surat al hujrat 13", "49:13"),
        # Numbers in words.
        ("الآية مئتان وخمس وخمسون من البقرة", "2:255"),
        ("الآية المئتان والخامسة والخمسون من سورة البقرة", "2:255"),
        ("الآية الخامسة والخمسون بعد المئتين من سورة البقرة", "2:255"),
        ("سورة البقرة آية مية وتلاتة وتمانين", "2:183"),
        ("الآية الحادية والعشرون من سورة الروم", "30:21"),
        ("الآية الحادية عشرة من سورة الرعد", "13:11"),
        ("verse two hundred fifty-five of the Cow", "2:255"),
        ("the twenty-first verse of surah rum", "30:21"),
        ("surah al-kahf verses ten to twenty", "18:10-20"),
        ("الآيات من عشرة إلى عشرين من سورة الكهف", "18:10-20"),
        ("surah two verse five", "2:5"),
        # Verses that are counted, before a name and behind it.
        ("surah hashar last ayat", "59:24"),
        ("سورة الحشر آخر ثلاث آيات", "59:22-24"),
        ("البقرة آخر آيتين", "2:285-286"),
        ("surah kahf first ten ayat", "18:1-10"),
        ("Surah al-Mulk, the second verse", "67:2"),
        ("الآيات العشر الأولى من سورة الكهف", "18:1-10"),
        ("سورة الكهف، الآيات العشر الأواخر", "18:101-110"),
        # Slashes for colons.
        ("quran 3/26", "3:26"),
        ("Quran: 3/26", "3:26"),
        ("سورة آل عمران 3/26", "3:26"),
        ("آل عمران ٣/٢٦", "3:26"),
    ],
)
def test_references_are_read_as_people_say_them(text: str, reference: str) -> None:
    assert [(str(mention.reference), mention.certain) for mention in find_references(text)] == [(reference, True)]


@pytest.mark.parametrize(
    "text",
    [
        "آية واحدة من سورة الملك تكفي",
        "تكررت آية ثلاث مرات في سورة الرحمن",
        "في سورة الملك ثلاث آيات عن الخلق",
        "سورة قرآنية آية فيها 5 كلمات",
        "one verse of surah al-mulk is enough",
        "سورة الرحمن آيات ثلاث منها عن الميزان",
    ],
)
def test_how_many_verses_is_no_number_of_a_verse(text: str) -> None:
    assert all(mention.reference is None or mention.reference.whole_surah for mention in find_references(text))


@pytest.mark.parametrize(
    "text", ["سورة جميلة: 5 فوائد", "سورة بعد الآية 5", "a surah about 5 verses", "the first verse of the song", "verse 5 of the Quran"]
)
def test_no_name_is_guessed_from_words_that_are_none(text: str) -> None:
    assert find_references(text) == []
