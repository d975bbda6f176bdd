"""Kin as paths from the deceased, and the keys that name them. Knows nothing of shares.

A path is read from the deceased outwards: S son, D daughter, F father, M mother, B brother, Z sister, the last two followed by f (full),
p (by the father) or m (by the mother). `SD` is the daughter of a son, `FBfS` the son of a full paternal uncle. H and W are the spouses.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError

Kin = str

HUSBAND, WIFE, SON, DAUGHTER, FATHER, MOTHER, GRANDFATHER = "H", "W", "S", "D", "F", "M", "FF"
FULL_BROTHER, FULL_SISTER, PATERNAL_BROTHER, PATERNAL_SISTER = "Bf", "Zf", "Bp", "Zp"
MATERNAL_BROTHER, MATERNAL_SISTER = "Bm", "Zm"
SPOUSES = (HUSBAND, WIFE)
MATERNAL_SIBLINGS = (MATERNAL_BROTHER, MATERNAL_SISTER)
AGNATE_SIBLINGS = (FULL_BROTHER, FULL_SISTER, PATERNAL_BROTHER, PATERNAL_SISTER)
SIBLINGS = (*AGNATE_SIBLINGS, *MATERNAL_SIBLINGS)

_LONGEST = 12
_STRENGTHS = {"full": "f", "paternal": "p", "maternal": "m"}
BASES: dict[str, Kin] = {
    "husband": HUSBAND,
    "wife": WIFE,
    "son": SON,
    "daughter": DAUGHTER,
    "father": FATHER,
    "mother": MOTHER,
    "paternal_grandfather": "FF",
    "maternal_grandfather": "MF",
    "paternal_grandmother": "FM",
    "maternal_grandmother": "MM",
    **{f"{name}_brother": f"B{letter}" for name, letter in _STRENGTHS.items()},
    **{f"{name}_sister": f"Z{letter}" for name, letter in _STRENGTHS.items()},
    **{
        f"{name}_{side}_uncle": f"{up}B{letter}"
        for name, letter in _STRENGTHS.items()
        for side, up in (("paternal", "F"), ("maternal", "M"))
    },
    **{
        f"{name}_{side}_aunt": f"{up}Z{letter}"
        for name, letter in _STRENGTHS.items()
        for side, up in (("paternal", "F"), ("maternal", "M"))
    },
}
_BASE_NAMES = {path: name for name, path in BASES.items()}
_WHOLE = re.compile(r"[HW]|[SD]+|[FM]+|[FM]*[BZ][fpm][SD]*")
_NUMBERED = re.compile(r"(.+)_([2-9])")
_UNKNOWN = Bilingual(
    "An heir's key is not known. Keys are like wife, son_of_son, full_sister, son_of_full_paternal_uncle, son_of_son_2 (one lower).",
    "اسم وارث غير معروف. الأسماء مثل wife وson_of_son وfull_sister وson_of_full_paternal_uncle وson_of_son_2 (أنزل بدرجة).",
)
_WHICH_GRANDMOTHER = Bilingual(
    "paternal_grandmother has no number: name mother_of_paternal_grandfather or mother_of_paternal_grandmother.",
    "لا رقم لـ paternal_grandmother: سمِّ mother_of_paternal_grandfather أو mother_of_paternal_grandmother.",
)


def kin_named(key: str) -> Kin:
    """Return the kin that `key` names. Raises UnprocessableError for a key that names none."""
    kin = _read(key) if len(key) <= 120 else None
    if kin is None:
        wrong = _WHICH_GRANDMOTHER if key.startswith("paternal_grandmother_") else _UNKNOWN
        raise UnprocessableError(wrong, param="heirs")
    return kin


@lru_cache(maxsize=1024)
def _read(key: str) -> Kin | None:
    parts = [_part(part) for part in reversed(key.split("_of_"))]
    if None in parts:
        numbered = _NUMBERED.fullmatch(key)
        return _numbered(numbered[1], int(numbered[2])) if numbered else None
    path = "".join(part for part in parts if part)
    return path if is_kin(path) else None


def _part(name: str) -> Kin | None:
    numbered = _NUMBERED.fullmatch(name)
    path = BASES.get(numbered[1] if numbered else name)
    if path is None or not numbered:
        return path
    return path + path[0] * (int(numbered[2]) - 1) if path in ("FF", "MM") else None


def _numbered(name: str, number: int) -> Kin | None:
    path = _read(name)
    if path is None:
        return None
    if path == "SD":
        return "S" * number + "D"
    if path == "SS" or re.fullmatch(r"F*B[fp]S", path):
        return path + "S" * (number - 1)
    return None


@lru_cache(maxsize=1024)
def key_of(kin: Kin) -> str:
    """Return the key of `kin`."""
    if kin in _BASE_NAMES:
        return _BASE_NAMES[kin]
    ladder = re.fullmatch(r"(S)S(S+)|(S)S+(D)|(F)F(F+)|(M)M(M+)|((?:F*)B[fp]S)(S+)", kin)
    if ladder and not re.match(r"FFB", kin):
        return _ladder_key(kin)
    if kin[-1] in "SD" and len(kin) > 1:
        return f"{'son' if kin[-1] == 'S' else 'daughter'}_of_{key_of(kin[:-1])}"
    if kin[-1] in "FM":
        return f"{'father' if kin[-1] == 'F' else 'mother'}_of_{key_of(kin[:-1])}"
    return f"{_BASE_NAMES[kin[-3:]]}_of_{key_of(kin[:-3])}"


def _ladder_key(kin: Kin) -> str:
    if kin[-1] == "D":
        return f"daughter_of_son_{len(kin) - 1}"
    if kin[0] == "S":
        return f"son_of_son_{len(kin) - 1}"
    if set(kin) <= {"F"} or set(kin) <= {"M"}:
        return f"{_BASE_NAMES[kin[:2]]}_{len(kin) - 1}"
    root = kin.rstrip("S")
    return f"son_of_{key_of(root)}_{len(kin) - len(root)}"


def is_kin(path: str) -> bool:
    """Whether a path leads to kin that have a place here: up, then at most one step aside, then down."""
    return _WHOLE.fullmatch(path) is not None and links(path) <= _LONGEST


def links(kin: Kin) -> int:
    """Return how many steps `kin` is away."""
    return sum(letter.isupper() for letter in kin)


def is_male(kin: Kin) -> bool:
    """Whether `kin` is a man."""
    return kin.rstrip("fpm")[-1] in "HSFB"


def is_descendant(kin: Kin) -> bool:
    """Whether `kin` is a child, or a child of sons only."""
    return kin[-1] in "SD" and set(kin[:-1]) <= {"S"}


def is_grandfather(kin: Kin) -> bool:
    """Whether `kin` is a father's father, however high."""
    return len(kin) > 1 and set(kin) == {"F"}


@lru_cache(maxsize=1024)
def is_grandmother(kin: Kin) -> bool:
    """Whether `kin` is a sound grandmother: no man between two women."""
    return re.fullmatch(r"F*M+", kin) is not None and len(kin) > 1


@lru_cache(maxsize=1024)
def is_agnate(kin: Kin) -> bool:
    """Whether `kin` is a nephew, uncle or cousin related through men only."""
    return re.fullmatch(r"B[fp]S+|F+B[fp]S*", kin) is not None


def is_distant(kin: Kin) -> bool:
    """Whether `kin` has neither a fixed share nor a place among the residuaries."""
    return not (
        kin in (*SPOUSES, FATHER, MOTHER, *SIBLINGS) or is_descendant(kin) or is_grandfather(kin) or is_grandmother(kin) or is_agnate(kin)
    )


@lru_cache(maxsize=1024)
def nearness(kin: Kin) -> tuple[int, int, int, int]:
    """Return the place of a male agnate among the residuaries: line, height, depth, strength; the smallest inherits."""
    if is_descendant(kin):
        return (0, 0, len(kin), 0)
    if set(kin) == {"F"}:
        return (1, len(kin), 0, 0)
    height = len(kin) - len(kin.lstrip("F"))
    depth = len(kin) - len(kin.rstrip("S"))
    line = 4 if height else 3 if depth else 2
    return (line, height, depth, "fp".index(kin[height + 1]))
