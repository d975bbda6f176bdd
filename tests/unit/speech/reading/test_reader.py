"""Texts on their way to a voice."""

from __future__ import annotations

import time

import pytest

from speech.espeak import Espeak, load_espeak
from speech.reading.reader import FIRST, LONGEST, Reader
from speech.vocaliser import load_vocaliser
from tests.benchmarks.speech_voice import is_right, sentences


@pytest.fixture(scope="module")
def voice() -> Espeak:
    return load_espeak()


@pytest.fixture(scope="module")
def vowelled() -> Reader:
    return Reader(vocalise=load_vocaliser())


def read(text: str) -> list[tuple[str, str, bool]]:
    return [(passage.language, passage.text, passage.pause) for passage in Reader().read(text)]


def test_each_stretch_is_read_in_its_own_language() -> None:
    assert read("وصل Ali Smith اليوم.") == [("ar", "وصل ", False), ("en", "Ali Smith", False), ("ar", " اليوم.", True)]
    assert read("He once said مرحبا to all of us.") == [
        ("en", "He once said ", False),
        ("ar", "مرحبا", False),
        ("en", " to all of us.", True),
    ]


def test_abbreviations_are_written_out_and_markup_is_not_said() -> None:
    (english,) = read("Dr. Smith, see [the **page**](https://example.com/a?b=c), e.g. <b>this</b>")
    assert " ".join(english[1].split()) == "Doctor Smith, see the page , for example this"
    (arabic,) = read("قال د. سالم ﷺ")
    assert arabic[1] == "قال الدكتور سالم صلى اللاه عليه وسلم"


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("الله", "ʔallˈaːh"),
        ("والله", "wˈallaːh"),
        ("لله", "lillˌaːh"),
        ("بالله", "billˌaːh"),
        ("هذا", "hˈaːðaː"),
        ("الرحمن", "ʔarrˈaħmaːn"),
        ("طه", "t̪ˈa.ːhaː"),
        ("مدرسة", "mˈadrasˌah"),
        ("مُحَمَّد", "muħˈammad"),
    ],
)
def test_words_are_pronounced_as_they_are_heard(voice: Espeak, vowelled: Reader, text: str, phonemes: str) -> None:
    (passage,) = vowelled.read(text)
    assert voice.phonemes(passage.text, voice="ar") == phonemes


def test_nineteen_of_twenty_sentences_are_read_as_was_written_beside_them() -> None:
    listed = sentences()
    assert len(listed) == 300
    assert sum(is_right(each, Reader()) for each in listed) >= 0.95 * len(listed)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("دفع 100 USD لأحمد", "دفع مِئَة دُولار أَمْرِيكِيّ لأحمد"),
        ("اتصل على +974 4455", "اتصل على تِسْعَة سَبْعَة أَرْبَعَة أَرْبَعَة أَرْبَعَة خَمْسَة خَمْسَه"),
        ("انظر ص 5 و #7", "انظر صفحة خَمْسَة و رقم سَبْعَه"),
        ("هكذا 5+3", "هاكَذا خَمْسَة زائد ثَلاثَه"),
    ],
)
def test_signs_and_codes_are_read_in_the_language_of_their_figures(text: str, said: str) -> None:
    (passage,) = read(text)
    assert " ".join(passage[1].split()) == said


def test_long_sentences_are_read_in_breaths_of_which_the_first_is_short() -> None:
    breaths = read("كلمة، " * 300)
    assert len(breaths[0][1]) <= FIRST
    assert all(len(text) <= LONGEST for _, text, _ in breaths)
    assert sum(text.count("كلم") for _, text, _ in breaths) == 300


@pytest.mark.parametrize("text", ["", "   ", "***", "…!؟", "\u202e\u200f", "😀"])
def test_what_has_no_words_has_no_passages(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("unit", ["سورة ", "(((((", "a", "1", "1,", "[a", "<a ", "و\u064e", "1-", "5 م ", "12:30 ", "a a a, "])
def test_hostile_texts_cost_no_more_than_their_length(unit: str) -> None:
    def cost(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        assert sum(len(passage.text) for passage in Reader().read(text)) <= 40 * length
        return time.process_time() - begun

    cost(500)
    assert cost(16_000) < 30 * cost(2_000) + 0.2
