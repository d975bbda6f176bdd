"""Turns a narrator's kin into the deceased's: «مات أبي وترك أمي» leaves a wife. Knows nothing of languages.

Of whom it does not know what he is to the deceased he is asked about; the narrator is alive, and left out of no division.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.islamic.inheritance.kin import Kin, is_kin
from rag.islamic.inheritance.reading.lexicon import CO_WIFE, MANY, SIBLING
from rag.islamic.inheritance.reading.mention import UNPLACED, Mention

_BROTHER, _SISTER = ("Bf", "Bp", "Bm"), ("Zf", "Zp", "Zm")
_NOBODY: tuple[Kin, ...] = ()
_MARRIED: dict[str, tuple[Kin, ...]] = {"W": _NOBODY, "H": _NOBODY}
_OF_CHILDREN: dict[str, tuple[Kin, ...]] = {"S": ("SS", "DS"), "D": ("SD", "DD"), "B": ("S",), "Z": ("D",)}
_BY_FATHER, _BY_MOTHER = dict.fromkeys(("Bp", "Zp"), _NOBODY), dict.fromkeys(("Bm", "Zm"), _NOBODY)
_OF_DAUGHTER: dict[str, tuple[Kin, ...]] = {**_BY_FATHER, "M": ("D",), "MB": ("S",), "MZ": ("D",), "B": ("DS",), "Z": ("DD",)}
_OF_SON: dict[str, tuple[Kin, ...]] = {**_BY_MOTHER, "F": ("S",), "FB": ("S",), "FZ": ("D",), "B": ("SS",), "Z": ("SD",)}
_FATHERS_SIDE, _MOTHERS_SIDE = (dict.fromkeys((side, f"{side}F", f"{side}M", f"{side}B", f"{side}Z"), _NOBODY) for side in "FM")
_OF_CHILD: dict[str, tuple[Kin, ...]] = {"F": ("FF", "MF"), "M": ("FM", "MM"), "W": ("M",), "H": ("F",), "S": _BROTHER, "D": _SISTER}
# What the narrator's kin (below, of siblings their kind only where it matters) are to the deceased (the narrator's kin, above).
_TABLE: dict[Kin, dict[str, tuple[Kin, ...]]] = {
    "F": {**_MOTHERS_SIDE, **_MARRIED, **_OF_CHILDREN, "M": ("W",), "FF": ("F",), "FM": ("M",), "FB": _BROTHER, "FZ": _SISTER,
          **_BY_MOTHER},
    "M": {**_FATHERS_SIDE, **_MARRIED, **_OF_CHILDREN, **_BY_FATHER, "F": ("H",), "MF": ("F",), "MM": ("M",), "MB": _BROTHER,
          "MZ": _SISTER},
    "FF": {**_MOTHERS_SIDE, **_OF_SON, "FM": ("W",)},
    "FM": {**_MOTHERS_SIDE, **_OF_SON, "FF": ("H",)},
    "MF": {**_FATHERS_SIDE, **_OF_DAUGHTER, "MM": ("W",)},
    "MM": {**_FATHERS_SIDE, **_OF_DAUGHTER, "MF": ("H",)},
    "B": {**_MARRIED, "F": ("F",), "M": ("M",), "B": ("Bf",), "Z": ("Zf",)},
    "Bp": {**_MARRIED, "F": ("F",), "M": _NOBODY},
    "Bm": {**_MARRIED, "M": ("M",), "F": _NOBODY},
    "S": _OF_CHILD,
    "D": _OF_CHILD,
    "H": {"S": ("S",), "D": ("D",)},
    "W": {"S": ("S",), "D": ("D",)},
    "U": {**_MOTHERS_SIDE, **_MARRIED, "F": _BROTHER, "FB": _BROTHER, "FZ": _SISTER, "FF": ("F",), "FM": ("M",), "B": ("BfS", "BpS", "BmS"),
          "Bm": _NOBODY},
    "K": {**_FATHERS_SIDE, **_MARRIED, "M": _SISTER, "MB": _BROTHER, "MZ": _SISTER, "MF": ("F",), "MM": ("M",)},
}  # fmt: skip
_SPOUSES: dict[Kin, tuple[Kin, ...]] = {"H": ("W",), "W": ("H",)}
_CHILD = ("S", "D")
_NARRATORS: dict[Kin, tuple[Kin, ...]] = {
    **dict.fromkeys(("F", "M"), _CHILD), **dict.fromkeys(("FF", "FM"), ("SS", "SD")), **dict.fromkeys(("MF", "MM"), ("DS", "DD")),
    **{f"B{kind}": (f"B{kind}", f"Z{kind}") for kind in "pm"}, "B": ("Bf", "Zf"), **dict.fromkeys(_CHILD, ("F", "M")), **_SPOUSES,
}  # fmt: skip
_IN_LAW: dict[str, tuple[Kin, ...]] = {"IF": ("F",), "IM": ("M",), CO_WIFE: ("W",)}
_PARTED = re.compile(r"\b(?:\w{0,3}طل[يا]?ق\w*|\w{0,3}(?:مطلق|تطلق)\w*|\w{0,3}خلع\w*|divorc\w+|ex|khula|annulled)\b")
_PATH = re.compile("(?P<base>[FM]{2}|[FM]?[BZ][fpm]|[FMSDHW])(?P<below>[SD]*)")
_SAME = {"Bf": "B", "Zf": "B", "Z": "B", "Zp": "Bp", "Zm": "Bm"}
_SIDES = {"FF?": ("FF", "MF"), "FM?": ("FM", "MM")}
_OF_FATHER, _OF_MOTHER = frozenset("FUA"), frozenset("MKL")
_NEARER = frozenset(("S", "SS", "F"))


def to_deceased(mention: Mention, deceased: Kin) -> Mention:
    """Return the mention as kin of the deceased, who is `deceased` to the narrator; UNPLACED where that is not known."""
    known = _known(deceased)
    if not mention.mine or deceased == "?":
        return mention
    if not mention.options:
        return _of_marriage(mention, known)
    options = ("FF", "MF") if mention.options == ("FF",) and not mention.strength else mention.options
    if known == "B" and (mention.strength or all(kin[0] in "FM" and len(kin) > 1 for kin in options)):
        # Full siblings have the same half-siblings, grandparents, uncles and aunts.
        return replace(mention, mine=False)
    places = [_placed(kin, known) for kin in options]
    if any(place is None for place in places):
        return replace(mention, options=(), mine=False, head=UNPLACED)
    placed = tuple(dict.fromkeys(kin for place in places for kin in place or ()))
    return replace(mention, options=placed, mine=False, head="C" if mention.head == SIBLING and placed == _CHILD else mention.head)


def _of_marriage(mention: Mention, known: Kin) -> Mention:
    """«حماتي» is the mother of my husband who died, «زوجة أبي» the widow of my father; of other kin by marriage it must be asked."""
    if mention.head in _IN_LAW and known in _SPOUSES:
        options = _IN_LAW[mention.head] if (mention.head, known) != (CO_WIFE, "W") else ()
        return replace(mention, options=options, mine=False, head=mention.head.removeprefix("I"))
    if mention.head.startswith("N") and len(mention.head) > 1:
        male = mention.head[1] in "FBS"
        own = mention.head[1] == known or (mention.head[1] in "BZ" and known in ("B", "Bp", "Bm"))
        return replace(mention, options=(("W" if male else "H"),) if own else (), mine=False, head="W" if male else "H")
    return replace(mention, head=UNPLACED) if mention.head in ("N", *_IN_LAW) and known in ("H", "W", "S", "D") else mention


def _placed(kin: Kin, known: Kin) -> tuple[Kin, ...] | None:
    """Return what kin of the narrator may be to the deceased; None where that is not known."""
    match = _PATH.fullmatch(kin)
    if match is None:
        return None
    base, table = match["base"], _TABLE.get(known, {})
    to = table.get(base, table.get(base.rstrip("fpm"), _NOBODY if known in _SPOUSES else None))
    return None if to is None else tuple(filter(is_kin, (above + match["below"] for above in to)))


def _known(deceased: Kin) -> Kin:
    """Return the deceased as the tables name him: uncles and aunts of one side are one."""
    if re.fullmatch("[FM][BZ][fpm]", deceased):
        return "U" if deceased[0] == "F" else "K"
    return _SAME.get(deceased, deceased)


def of_side(deceased: Kin, mentions: Sequence[Mention]) -> Kin:
    """Return which grandparent "FF?" is, by those of the narrator's kin whom he names: the mother's, or else the father's.

    Where kin of both sides are named nobody is kin of the deceased for sure.
    """
    if deceased not in _SIDES:
        return deceased
    heads = {mention.head for mention in mentions if mention.mine or mention.head in ("U", "A", "K", "L")}
    if heads & _OF_FATHER and heads & _OF_MOTHER:
        return "??"
    return _SIDES[deceased][bool(heads & _OF_MOTHER)]


def narrator(deceased: Kin, mentions: Sequence[Mention], *, told: bool) -> tuple[tuple[Kin, ...], bool]:
    """Return what the narrator is to the deceased, nothing where he is named already, and whether that must be asked about.

    `mentions` are the others as he calls them; `told` says that he names himself beside them.
    """
    known = _known(deceased)
    options = _NARRATORS.get(known, ())
    named = {option for mention in mentions for option in mention.options}
    if known in _SPOUSES:
        return surviving(deceased, mentions), False
    if told:
        return options, not options
    if known in ("S", "D"):
        there = named & set(options)
        return ((), len(there) == 1) if there else (options, False)
    if known in ("F", "M"):
        return _child_beside(mentions), False
    if known not in ("B", "Bp", "Bm"):
        return (), False
    beside = any(mention.head in ("B", "Z", SIBLING) and not mention.mine for mention in mentions)
    return ((), False) if named & _NEARER else ((), True) if beside else (options, False)


def _child_beside(mentions: Sequence[Mention]) -> tuple[Kin, ...]:
    """Return who tells of his father or mother beside brothers and sisters of his own, or beside no child of them at all."""
    children = [mention for mention in mentions if mention.head in ("S", "D", "C") and not mention.mine]
    own = [mention for mention in mentions if mention.head in ("B", "Z", SIBLING) and mention.mine]
    return () if children or any(mention.count == MANY for mention in own) else _CHILD


def surviving(deceased: Kin, mentions: Sequence[Mention]) -> tuple[Kin, ...]:
    """Return the narrator whose wife or husband died, where no spouse is named: who tells it is alive, and an heir."""
    spouse = _SPOUSES.get(deceased, ())
    return () if any(mention.head in ("H", "W") or mention.note == "divorced" for mention in mentions) else spouse


def is_parted(deceased: Kin, told: str) -> bool:
    """Whether a divorce is told beside the death of the narrator's wife or husband: only who was married still inherits."""
    return deceased in _SPOUSES and _PARTED.search(told) is not None
