"""Quoted words are judged: every edition is right, every mutation is seen."""

from __future__ import annotations

import random

import pytest

from fanar.attribution.canon import Canon
from fanar.attribution.canon_rows import joined_words
from fanar.attribution.judgement import Judge, Judgement
from fanar.attribution.written import bare
from fanar.scripture.references import VerseReference
from tests.unit.fanar.attribution.conftest import Verses, read_edition


def _judged(judge: Judge, text: str, hint: tuple[int, int] = (0, 0)) -> Judgement:
    return judge.judge(joined_words(text), hint=hint)


@pytest.mark.parametrize("edition", ["uthmani", "quran-uthmani_all", "simple", "simple-plain", "simple-minimal", "simple-clean"])
def test_no_verse_of_any_edition_is_called_wrong(judge: Judge, canon: Canon, edition: str) -> None:
    wrong = []
    for (surah, ayah), text in list(read_edition(f"{edition}.txt").items())[:: 2 if edition == "simple" else 7]:
        judgement = _judged(judge, text)
        here = VerseReference(surah, ayah, ayah)
        if not judgement.faithful or not any(here in canon.reference(*place) for place in judgement.places):
            wrong.append((here, judgement))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قُلْ هُوَ ٱللَّهُ أَحَدٌ", "exact"),
        ("قُلْ هُوَ اللَّهُ أَحَدٌ", "exact"),
        ("قل هو الله أحد", "exact_undiacritised"),
        ("لا تأخذه سنة ولا نوم", "exact_undiacritised"),
        ("ذلك الكتب لا ريب فيه هدى للمتقين", "exact_undiacritised"),
        ("وأن لو استقاموا على الطريقة", "exact_undiacritised"),
        ("وألو استقاموا على الطريقة", "exact_undiacritised"),
        ("وأ لو استقاموا على الطريقة", "altered"),
        ("يا ابن أم لا تأخذ بلحيتي ولا برأسي", "exact_undiacritised"),
        ("ان مع العسر يسرا", "orthographic_variant"),
        ("وله ما سكن في اليل والنهار", "exact_undiacritised"),
        ("ومن اليل فسبحه وأدبار السجود", "altered"),
        ("هو اللذي خلقكم فمنكم كافر ومنكم مؤمن", "altered"),
        ("جَنَّ عَلَيْهِ اللَّيْلُ رِأَىٰ كَوْكَبًا", "diacritic_conflict"),
        ("له ما في السموات وما في الارض", "orthographic_variant"),
        ("إن مع العسر يسرا إن مع العسر يسرا", "altered"),
        ("إن الله غفور رحيم", "exact_undiacritised"),
        ("إن ربي لسميع الدعاء وهو", "altered"),
        ("الذين اتقوا والذين هم محسنون", "exact_undiacritised"),
        ("إن الله وملائكته يصلون على النبي", "exact_undiacritised"),
        ("اعتصموا بحبل الله جميعا", "partial"),
        ("حَرَّمَتْ عَلَيْكُمُ الْمَيْتَةُ", "diacritic_conflict"),
        ("قل هو الله واحد", "altered"),
        ("قل الله هو أحد", "altered"),
        ("قل هو أحد", "altered"),
        ("قل هو الله الواحد أحد", "altered"),
        ("قال ربي إني ظلمت نفسي", "altered"),
        ("هذا كلام لا يوجد في المصحف أبدا", "not_found"),
        ("television is not there", "not_found"),
    ],
)
def test_words_get_the_status_that_they_deserve(judge: Judge, text: str, status: str) -> None:
    assert _judged(judge, text).status == status


def test_differences_name_the_words_and_their_places(judge: Judge, uthmani: Verses) -> None:
    text = "الله لا إله إلا هو القيوم لا تأخذه غفلة ولا نوم أبدا"
    judgement = _judged(judge, text)
    found = [(d.operation, text[d.start : d.end], d.expected) for d in judgement.differences]
    assert [(operation, written, bare(expected)) for operation, written, expected in found] == [
        ("deleted", "", "الحى"),
        ("substituted", "غفلة", "سنة"),
        ("substituted", "أبدا", "له"),
    ]
    assert judgement.correction == uthmani[2, 255][: len(judgement.correction or "")]
    assert judgement.score == round(10 / 12, 4)


@pytest.mark.parametrize(
    ("text", "reference"),
    [("ثم قد أفلح من زكاها", "91:9"), ("ربنا إنا أعطيناك الكوثر", "108:1"), ("إذ قال ألم تر كيف فعل ربك بأصحاب الفيل", "105:1")],
)
def test_words_put_before_a_verse_are_too_many_and_none_of_the_verse_before(judge: Judge, canon: Canon, text: str, reference: str) -> None:
    judgement = _judged(judge, text)
    assert {difference.operation for difference in judgement.differences} == {"inserted"}
    assert str(canon.reference(*judgement.places[0])) == reference


def test_a_vowel_conflict_is_reported_apart(judge: Judge) -> None:
    (difference,) = _judged(judge, "إِنَّمَا حُرِّمَ عَلَيْكُمُ").differences
    assert (difference.operation, difference.found, bare(difference.expected)) == ("vowels", "حُرِّمَ", "حرم")


def test_all_occurrences_are_returned_and_the_claimed_one_first(judge: Judge, canon: Canon) -> None:
    places = _judged(judge, "إن الله مع الصابرين", canon.place_of(VerseReference(8, 46, 46))).places
    assert [str(canon.reference(*place)) for place in places] == ["8:46", "2:153"]


def test_the_claimed_verse_is_compared_even_where_little_is_left_of_it(judge: Judge, canon: Canon) -> None:
    text = "والعصور إن الإنسان في خسارة"
    assert _judged(judge, text, canon.place_of(VerseReference(103, 1, 2))).status in ("altered", "not_found")


def test_an_alef_left_out_among_written_alefs_is_another_word(judge: Judge) -> None:
    assert _judged(judge, "ذلك الكتب لا ريب فيه هدى للمتقين الذين يؤمنون بالغيب ويقيمون الصلاة ومما رزقناهم ينفقون").status == "altered"


def _mutate(words: list[str], how: str, chance: random.Random, other: str) -> list[str]:
    at = chance.randrange(len(words))
    match how:
        case "word replaced":
            words[at] = other
        case "word dropped":
            del words[chance.randrange(1, len(words) - 1)]
        case "words swapped":
            at = chance.randrange(len(words) - 1)
            words[at], words[at + 1] = words[at + 1], words[at]
        case "letter changed":
            letter = chance.randrange(len(words[at]))
            words[at] = words[at][:letter] + chance.choice("بتثجحخدرزسشصضطظعغفقكلمن") + words[at][letter + 1 :]
    return words


@pytest.mark.parametrize("how", ["word replaced", "word dropped", "words swapped", "letter changed"])
def test_mutated_verses_are_never_called_right(judge: Judge, how: str) -> None:
    verses = list(read_edition("simple-clean.txt").values())
    chance = random.Random(how)
    texts = {" ".join(word.text for word in joined_words(verse)) for verse in verses}
    passed = []
    for verse in chance.sample([v for v in verses if len(v.split()) >= 4], 250):
        words = [word.text for word in joined_words(verse)]
        other = chance.choice(chance.choice(verses).split())
        mutated = " ".join(_mutate(list(words), how, chance, other))
        if mutated != " ".join(words) and _judged(judge, mutated).faithful and not any(mutated in text for text in texts):
            passed.append(mutated)
    assert len(passed) <= 2, passed


def test_editions_are_whole(uthmani: Verses) -> None:
    assert len(uthmani) == 6236
