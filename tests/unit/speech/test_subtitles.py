"""Subtitles: what is shown when, and that players read it as it was meant."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fanar.media import Segment, Word
from speech.lines import width
from speech.subtitles import LINE, LINES, LONGEST, cues, to_srt, to_vtt

LONG = "كان يا ما كان في قديم الزمان رجل يعيش في قرية صغيرة على شاطئ البحر وكان يخرج كل صباح إلى عمله قبل أن تطلع الشمس"
MARKS = "\u202b\u202c\u2060"


def segment(text: str, start: float = 0.0, end: float = 2.0, *, speaker: str | None = None, words: tuple[Word, ...] = ()) -> Segment:
    return Segment(0, start, end, text, words=words, speaker=speaker)


def timed(*words: tuple[str, float, float]) -> Segment:
    spoken = tuple(Word(text, start, end, 1.0) for text, start, end in words)
    return segment("".join(word.text for word in spoken), spoken[0].start, spoken[-1].end, words=spoken)


def test_subrip_numbers_its_cues_and_writes_thousandths_after_a_comma() -> None:
    written = to_srt([segment(" صفر واحد", 0.0, 1.5), segment(" اثنان", 3661.25, 3662.0)])

    assert written == "1\n00:00:00,000 --> 00:00:01,500\nصفر واحد\n\n2\n01:01:01,250 --> 01:01:02,000\nاثنان\n"


def test_webvtt_begins_with_its_name_and_writes_thousandths_after_a_point() -> None:
    assert to_vtt([segment(" صفر", 0.0, 1.5)]) == "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nصفر\n"


def test_nothing_said_is_an_empty_file() -> None:
    assert to_srt([]) == ""
    assert to_vtt([segment("  ")]) == "WEBVTT\n"


def test_long_segments_become_cues_of_two_short_lines() -> None:
    shown = cues([segment(LONG, 10.0, 22.0)])
    blocks = to_srt([segment(LONG, 10.0, 22.0)]).split("\n\n")

    assert len(shown) > 1
    assert " ".join(text for cue in shown for text in cue.texts) == LONG
    assert (shown[0].start, shown[-1].end) == (10.0, 22.0)
    assert all(len(block.strip().split("\n")[2:]) <= LINES for block in blocks)
    assert all(width(line.strip(MARKS)) <= LINE for block in blocks for line in block.strip().split("\n")[2:])


def test_two_lines_are_about_as_long_as_each_other() -> None:
    first, second = to_srt([segment("كلمة " * 10)]).split("\n")[2:4]

    assert (first, second) == ("كلمة كلمة كلمة كلمة كلمة",) * 2


def test_cues_are_cut_where_timed_words_pause() -> None:
    shown = cues([timed((" صفر", 0.1, 0.5), (" واحد", 0.6, 1.0), (" اثنان", 4.0, 4.5))])

    assert [(cue.start, cue.end, cue.texts) for cue in shown] == [(0.1, 1.0, ("صفر واحد",)), (4.0, 4.5, ("اثنان",))]


def test_no_cue_of_timed_words_lasts_longer_than_can_be_read_at_once() -> None:
    shown = cues([timed(*((" واحد", float(at), at + 0.9) for at in range(20)))])

    assert max(cue.end - cue.start for cue in shown) <= LONGEST


def test_words_that_are_written_without_a_space_stay_together() -> None:
    assert cues([timed((" صفر", 0.0, 0.4), ("،", 0.4, 0.5), (" واحد", 0.5, 0.9))])[0].texts == ("صفر، واحد",)


def test_words_whose_times_run_backwards_are_shown_in_the_order_said() -> None:
    shown = cues([timed((" صفر", 0.5, 0.9), (" واحد", 0.3, 0.4))])

    assert [(cue.start, cue.end, cue.texts) for cue in shown] == [(0.5, 0.9, ("صفر واحد",))]


def test_a_text_without_spaces_is_broken_into_lines_of_full_width_letters() -> None:
    shown = to_srt([segment("你好" * 40, 0.0, 8.0)])

    assert max(width(line) for line in shown.split("\n")) <= LINE
    assert shown.count("你") == 40


def test_marks_over_letters_take_no_room_and_stay_with_their_letters() -> None:
    vowelled = "بَ" * 60
    shown = [line for line in to_srt([segment(vowelled)]).split("\n") if "ب" in line]

    assert "".join(shown) == vowelled
    assert all(line.startswith("ب") and width(line) <= LINE for line in shown)


def test_a_cue_ends_when_the_next_one_begins() -> None:
    shown = cues([segment("صفر", 0.0, 3.0), segment("واحد", 2.0, 4.0)])

    assert [(cue.start, cue.end) for cue in shown] == [(0.0, 2.0), (2.0, 4.0)]


def test_those_who_begin_at_once_are_shown_together_each_on_a_line() -> None:
    both = [segment("نعم", 1.0, 2.0, speaker="أ"), segment("لا", 1.1, 2.5, speaker="ب")]

    assert to_vtt(both).endswith("00:00:01.000 --> 00:00:02.500\n\u202b- نعم\u202c\n\u202b- لا\u202c\n")


def test_a_known_speaker_is_named_in_webvtt() -> None:
    assert "<v سارة &lt;1&gt;>نعم\n" in to_vtt([segment("نعم", speaker="سارة <1>")])


def test_lines_of_arabic_letters_are_left_as_they_are() -> None:
    assert to_srt([segment("قال 15 كلمة")]).split("\n")[2] == "قال 15 كلمة"


def test_arabic_lines_with_signs_or_latin_words_run_from_right_to_left_in_every_player() -> None:
    for text in ("جاء.", "نعم،", "«نعم» قالها", "استعمل Python اليوم", "15 كلمة"):
        assert to_srt([segment(text)]).split("\n")[2] == f"\u202b{text}\u202c"


def test_lines_that_are_not_arabic_keep_their_direction() -> None:
    for text in ("Hello, world!", "15 %", "The word قلب means heart"):
        assert to_srt([segment(text)]).split("\n")[2] == text


def test_marks_of_direction_in_a_text_cannot_reach_beyond_it() -> None:
    assert to_srt([segment("صفر\u202eواحد\u2067")]).split("\n")[2] == "صفرواحد"


def test_markup_is_written_out_in_webvtt() -> None:
    written = to_vtt([segment("a < b & c --> <i>d</i>")])

    assert "a &lt; b &amp; c --&gt; &lt;i&gt;d&lt;/i&gt;" in written
    assert written.count("-->") == 1


def test_what_a_player_could_take_for_markup_is_broken_in_subrip() -> None:
    written = to_srt([segment("<i>a</i> {\\an8} 1 < 2 -->")])

    assert written.count("-->") == 1
    assert not re.search(r"</?[a-z]|\{\\", written)
    assert written.replace("\u2060", "").split("\n")[2] == "<i>a</i> {\\an8} 1 < 2 -->"


def test_line_breaks_and_control_characters_of_a_text_cannot_end_a_cue() -> None:
    assert to_srt([segment("صفر\n\n2\r\n\x00\u2028واحد")]).split("\n")[2:] == ["صفر 2 واحد", ""]


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(0, 100), st.text(max_size=200), st.sampled_from([None, "أ", "ب"])),
        max_size=6,
    )
)
def test_whatever_was_said_cues_are_in_order_and_none_overlaps(said: list[tuple[float, float, str, str | None]]) -> None:
    segments = [segment(text, start, end, speaker=speaker) for start, end, text, speaker in said]
    shown = cues(segments)
    written = to_vtt(segments)

    assert all(cue.start < cue.end for cue in shown)
    assert all(cue.end <= after.start for cue, after in pairwise(shown))
    assert written.count("-->") == len(shown)
    assert "\n\n\n" not in html.unescape(written)
