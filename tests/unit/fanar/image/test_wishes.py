from __future__ import annotations

import pytest

from fanar.image.wishes import MOST_TEXT, read_wish


@pytest.mark.parametrize(
    ("prompt", "style", "fold", "palette"),
    [
        ("ارسم نقش جيريه عشاري بالأزرق والذهبي", "girih", 10, "lapis"),
        ("draw an 8-fold girih pattern in blue and gold", "girih", 8, "lapis"),
        ("Draw me a Moroccan zellij", "zellij", None, "fez"),
        ("صمّم فسيفساءَ زليج مغربيةً", "zellij", None, "fez"),
        ("draw a twelve-pointed star pattern in emerald green", None, 12, "emerald"),
        ("ارسم لي زخرفة إسلامية", None, None, None),
        ("a golden geometric pattern", None, None, "lapis"),
    ],
)
def test_a_pattern_is_read_with_what_is_said_of_it(prompt: str, style: str | None, fold: int | None, palette: str | None) -> None:
    wish = read_wish(prompt)
    assert wish is not None
    assert wish.text is None
    assert (wish.pattern.style, wish.pattern.fold, wish.pattern.palette) == (style, fold, palette)


@pytest.mark.parametrize(
    ("prompt", "text", "script"),
    [
        ("اكتب بالنسخ: الجار قبل الدار", "الجار قبل الدار", "naskh"),
        ("اكتب «العلم نور» بالخط الكوفي", "العلم نور", "kufic"),
        ("ارسم لافتة مكتوب عليها «أهلا وسهلا»", "أهلا وسهلا", "naskh"),
        ("ارسم لوحة مكتوب عليها أهلا بكم", "أهلا بكم", "naskh"),
        ('write "السلام عليكم" in square kufic', "السلام عليكم", "kufic"),
        ("Draw the word سلام in kufic calligraphy", "سلام", "kufic"),
        ("ارسم اسم فاطمة بالخط الكوفي", "فاطمة", "kufic"),
        ("draw a calligraphy of بسم الله الرحمن الرحيم", "بسم الله الرحمن الرحيم", "naskh"),
        ("draw the verse 2:255 in naskh", "2:255", "naskh"),
        ("ارسم ﴿قل هو الله أحد﴾ بخط النسخ", "﴿قل هو الله أحد﴾", "naskh"),
    ],
)
def test_the_text_to_letter_is_told_from_what_asks_for_it(prompt: str, text: str, script: str) -> None:
    wish = read_wish(prompt)
    assert wish is not None
    assert (wish.text, wish.script) == (text, script)


@pytest.mark.parametrize(
    "prompt",
    [
        "draw a mosque with zellij", "a dhow", "ارسم قطة", "ارسم مسجدا بزخارف إسلامية", "draw a tiger in a mosaic style", "draw me a sign",
        "a girl wearing a dress with a floral pattern", "ارسم بحرا ونجوما", "draw a beautiful picture", 'a shop sign "خبز" beside a cat',
        f"اكتب «{'ن' * (MOST_TEXT + 1)}» بالكوفي", "",
    ],
)  # fmt: skip
def test_what_is_not_understood_whole_is_not_understood(prompt: str) -> None:
    assert read_wish(prompt) is None


def test_colours_alone_ask_for_a_pattern_where_nothing_else_is_drawn() -> None:
    assert read_wish("blue and gold") is None
    wish = read_wish("blue and gold", bare=True)
    assert wish is not None
    assert wish.pattern.palette == "lapis"


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    assert read_wish("ارسم " + "اكتب لوحة مكتوب عليها " * 5000) is None
