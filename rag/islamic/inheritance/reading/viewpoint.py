"""Turns a narrator's kin into the deceased's: «مات أبي وترك أمي» leaves a wife. Knows nothing of languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import SIBLING
from rag.islamic.inheritance.reading.mention import Mention

# What the narrator's kin (below) are to the deceased (the narrator's kin, above).
_TABLE: dict[Kin, dict[str, tuple[Kin, ...]]] = {
    "F": {
        "M": ("W",),
        "B": ("S",),
        "Z": ("D",),
        SIBLING: ("S", "D"),
        "G": ("F",),
        "GM": ("M",),
        "U": ("Bf", "Bp", "Bm"),
        "A": ("Zf", "Zp", "Zm"),
        "S": ("SS",),
        "D": ("SD",),
    },
    "M": {"F": ("H",), "B": ("S",), "Z": ("D",), SIBLING: ("S", "D"), "K": ("Bf", "Bp", "Bm"), "L": ("Zf", "Zp", "Zm")},
    "FF": {"GM": ("W",), "F": ("S",), "U": ("S",), "A": ("D",), "M": (), "K": ("S",), "L": ("D",)},
    "FM": {"G": ("H",), "F": ("S",), "U": ("S",), "A": ("D",), "K": ("S",), "L": ("D",)},
    "B": {
        "F": ("F",),
        "M": ("M",),
        "B": ("Bf",),
        "Z": ("Zf",),
        SIBLING: ("Bf", "Zf"),
        "GM": ("FM", "MM"),
        "G": ("FF",),
        "U": ("FBf", "FBp"),
    },
    "S": {},
    "D": {},
    "H": {"S": ("S",), "D": ("D",)},
    "W": {"S": ("S",), "D": ("D",)},
}
_SPOUSES: dict[Kin, tuple[Kin, ...]] = {"H": ("W",), "W": ("H",)}
_PARTED = re.compile(r"\b(?:\w{0,3}طل[يا]?ق\w*|\w{0,3}(?:مطلق|تطلق)\w*|\w{0,3}خلع\w*|divorc\w+|ex|khula|annulled)\b")
_SAME = {"MF": "FF", "MM": "FM", "Bf": "B", "Zf": "B", "Z": "B"}


def to_deceased(mention: Mention, deceased: Kin) -> Mention:
    """Return the mention as kin of the deceased, who is `deceased` to the narrator."""
    table = _TABLE.get(_SAME.get(deceased, deceased), {})
    if not mention.mine or mention.head not in table:
        return mention
    head = "C" if mention.head == SIBLING and table[mention.head] == ("S", "D") else mention.head
    return replace(mention, options=table[mention.head], mine=False, head=head)


def narrator(deceased: Kin, *, male: bool | None) -> tuple[Kin, ...]:
    """Return what the narrator is to the deceased."""
    known = _SAME.get(deceased, deceased)
    child = ("S", "D") if male is None else ("S",) if male else ("D",)
    sibling = ("Bf", "Zf") if male is None else ("Bf",) if male else ("Zf",)
    return {"F": child, "M": child, "B": sibling, **_SPOUSES}.get(known, ())


def surviving(deceased: Kin, mentions: Sequence[Mention]) -> tuple[Kin, ...]:
    """Return the narrator whose wife or husband died, where no spouse is named: who tells it is alive, and an heir."""
    spouse = _SPOUSES.get(deceased, ())
    return () if any(mention.head in ("H", "W") or mention.note == "divorced" for mention in mentions) else spouse


def is_parted(deceased: Kin, told: str) -> bool:
    """Whether a divorce is told beside the death of the narrator's wife or husband: only who was married still inherits."""
    return deceased in _SPOUSES and _PARTED.search(told) is not None
