from __future__ import annotations

from speech.engine import Decoded
from speech.guards import Guard, compression_of, without_loops


def said(text: str, *, logprob: float = -0.3, no_speech: float = 0.1, temperature: float = 0.0) -> Decoded:
    return Decoded(tuple(text.encode()), logprob, no_speech, temperature)


def read(*answers: Decoded) -> Decoded:
    waiting = iter(answers)
    return Guard().read(lambda _: next(waiting), lambda found: bytes(found.tokens).decode(), [0.0, 0.2, 0.4][: len(answers)])


def test_a_good_reading_is_not_repeated() -> None:
    good = said("صباح الخير")
    assert read(good) is good


def test_a_loop_is_read_again_with_more_chance() -> None:
    good = said("صباح الخير", temperature=0.2)
    assert read(said("نعم " * 60), good) is good


def test_an_improbable_reading_is_read_again() -> None:
    good = said("صباح الخير", temperature=0.2)
    assert read(said("س ص ع", logprob=-1.5), good) is good


def test_when_all_fail_the_likeliest_that_does_not_loop_is_taken() -> None:
    loop, poor, poorer = said("نعم " * 60, logprob=-0.1), said("س ص ع", logprob=-1.5), said("ع ص س", logprob=-2.0)
    assert read(loop, poorer, poor) is poor


def test_what_the_model_takes_for_silence_is_not_read_again() -> None:
    silence = said("شكرا", logprob=-1.5, no_speech=0.9)
    assert read(silence) is silence
    assert Guard().is_silence(silence)
    assert not Guard().is_silence(said("شكرا", logprob=-0.2, no_speech=0.9))


def test_a_loop_is_cut_to_one_turn() -> None:
    assert without_loops([9, *([1, 2, 3] * 5), 7]) == [9, 1, 2, 3, 7]
    assert without_loops([5] * 20) == [5]


def test_what_people_repeat_stays() -> None:
    for tokens in ([4, 4, 4], [1, 2, 3] * 3, [1, 2] * 6, list(range(50)), []):
        assert without_loops(tokens) == tokens


def test_loops_compress_well() -> None:
    assert compression_of("نعم " * 60) > 2.4 > compression_of("قال المدير إن الاجتماع غدا في الساعة التاسعة")
