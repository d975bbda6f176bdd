"""Colours of patterns, by name: each set is made after a place or a material. Knows nothing of geometry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """`field` lies between stars, `tones` fill them, `strap` with its `edge` and `shine` is woven over them.

    `paper` and `ink` are for lettering, `frame` and `gilt` for what goes around.
    """

    field: str
    tones: tuple[str, ...]
    strap: str
    edge: str
    shine: str
    paper: str
    ink: str
    frame: str
    gilt: str


def _palette(field: str, tones: str, straps: str, page: str) -> Palette:
    return Palette(field, tuple(tones.split()), *straps.split(), *page.split())


PALETTES: Mapping[str, Palette] = {
    "lapis": _palette("#12305e", "#1f5fa8 #0d9aa8 #e0a526 #f3ead3 #2f80c2", "#f4e9cf #0a1a36 #d9b75f", "#f8f1df #12305e #0a1a36 #d9b75f"),
    "fez": _palette("#f1ead9", "#0f6b58 #1d3f8a #d9a520 #151a24 #8f2f22", "#fdfaf2 #3b3a34 #e3d5b3", "#fbf6ea #12211f #0f5445 #d9b25a"),
    "alhambra": _palette(
        "#d9b878", "#274b8f #2f7d54 #b9711a #fbf3df #6f8fc0", "#fffaf0 #3a2616 #dcc596", "#fbf4e4 #2b2118 #7c4a1e #e6c27a"
    ),
    "isfahan": _palette("#0b7a8c", "#0a3f73 #16a3a8 #f2c14e #f7f3e6 #08294d", "#f7efd8 #06283f #f0cd78", "#f4f0e0 #0a3f73 #06283f #e8c068"),
    "cairo": _palette("#3b2318", "#6b3f24 #8d5a31 #e8d9b8 #241510 #b5814a", "#d8b27a #1c0f09 #f0d7a6", "#f5ead3 #3b2318 #241510 #d8b27a"),
    "doha": _palette("#6e1033", "#8a1538 #a8496a #f1e6da #4d0b24 #c9a36a", "#f7efe4 #3a0719 #d7b27c", "#faf3ea #6e1033 #4d0b24 #d7b27c"),
    "desert": _palette("#d9b98a", "#b9793f #8c4a2b #f2dfbd #3f6b6b #e5a45a", "#fbf2e0 #5a3420 #e9c896", "#fbf3e2 #4f2d1b #6e3f24 #e9c896"),
    "emerald": _palette("#0c3b2e", "#146b4f #2f9a6f #e2b84a #f3ecd6 #08261e", "#f2e6c6 #051a14 #d8b254", "#f6f0de #0c3b2e #08261e #d8b254"),
    "ink": _palette("#f7f4ec", "#1a1a1a #f7f4ec #3a3a3a #1a1a1a #8a857a", "#f7f4ec #1a1a1a #f7f4ec", "#f9f6ee #161616 #161616 #cfc8b8"),
    "pearl": _palette("#cdbf9f", "#8fa3a8 #b39b6d #fbfaf6 #60777d #e3d6b8", "#ffffff #5c5546 #e8dcc0", "#fdfbf6 #3d3a34 #7d6f52 #e8dcc0"),
}
