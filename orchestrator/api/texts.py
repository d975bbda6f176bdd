"""Says which characters no honest text holds: they hide instructions, reorder what is read, or break what stores them.

Marks that Arabic needs (joiners, direction marks, embeddings, isolates) are text; so are tags that spell a region's flag.
"""

from __future__ import annotations

import re

from fanar.bilingual import Bilingual

MAX_MARKS = 32  # the Quran's richest letters bear five

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_CONTROLS, _SURROGATES, _OVERRIDES, _TAGS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f",
    "\ud800-\udfff",
    "\u202d\u202e",
    "\U000e0000-\U000e007f",
)
_CONTROL, _SURROGATE, _OVERRIDE, _TAG = (re.compile(f"[{each}]") for each in (_CONTROLS, _SURROGATES, _OVERRIDES, _TAGS))
_SUSPICIOUS = re.compile(f"[{_CONTROLS}{_SURROGATES}{_OVERRIDES}{_TAGS}]")
_MARK = re.compile(f"[{_MARKS}]")
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f")
_PILE = re.compile(f"(?<![{_MARKS}])[{_MARKS}]{{{MAX_MARKS + 1},}}")

_CONTROLS_FOUND = Bilingual("The text holds control characters.", "في النص محارف تحكم.")
_SURROGATES_FOUND = Bilingual("The text holds halves of characters.", "في النص أنصاف محارف.")
_OVERRIDES_FOUND = Bilingual("The text holds characters that override its direction.", "في النص محارف تقلب اتجاهه قسرًا.")
_TAGS_FOUND = Bilingual("The text holds invisible tag characters.", "في النص محارف وسوم خفية.")
_PILE_FOUND = Bilingual(f"A letter bears more than {MAX_MARKS} marks.", f"في النص حرف عليه أكثر من {MAX_MARKS} علامة.")


def forbidden_characters(text: str) -> Bilingual | None:
    """Return what is wrong with `text`, or `None`; linear in its length."""
    # Nearly all texts are honest, so one look at each character must do for them.
    if _SUSPICIOUS.search(text) is None and (text.isascii() or _MARK.search(text) is None or _PILE.search(text) is None):
        return None
    if _CONTROL.search(text):
        return _CONTROLS_FOUND
    if _SURROGATE.search(text):
        return _SURROGATES_FOUND
    if _OVERRIDE.search(text):
        return _OVERRIDES_FOUND
    if _TAG.search(text) and _TAG.search(_FLAG.sub("", text)):
        return _TAGS_FOUND
    return _PILE_FOUND if _PILE.search(text) else None
