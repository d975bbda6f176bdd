"""Misspells prompts as fingers do, so that the classifier learns not to hang on one letter. Needed to fit only; the same every time."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace

from orchestrator.routing.prompts import Prompt

_LETTERS_PER_SLIP = 12
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
_BESIDE = {row[at]: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _ROWS for at in range(len(row))}


def misspelt(prompt: Prompt, *, copy: int) -> Prompt:
    """Return `prompt` with a slip for about every 12 letters of its last turn; each `copy` has other slips.

    A slip drops, doubles or swaps a letter, or hits the key beside it.
    """
    dice = random.Random(zlib.crc32(f"{copy} {prompt.text}".encode()))  # noqa: S311 - no secret is made here
    letters = list(prompt.text)
    places = [at for at, letter in enumerate(letters) if letter.isalpha()]
    own = [letters[at] for at in places]
    for at in sorted(dice.sample(places, min(len(places), 1 + len(places) // _LETTERS_PER_SLIP)), reverse=True):
        match dice.randrange(4):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, letters[at])
            case 2:
                letters[at] = dice.choice(_BESIDE.get(letters[at].lower()) or own)
            case _:
                letters[at : at + 2] = reversed(letters[at : at + 2])
    return replace(prompt, turns=(*prompt.turns[:-1], "".join(letters)))
