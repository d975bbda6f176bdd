"""What a story says of the unborn: whose they are to the deceased, and what they turned out to be. Knows nothing of heirs who are born."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.arabic import mention_at
from rag.islamic.inheritance.reading.lexicon import nouns
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.tokens import Token

_PREGNANT = frozenset(("حامل", "حبلي", "حامله", "حاملا", "حملها"))
_CHILD = frozenset(("حمل", "وحمل", "جنين", "وجنين"))
_OF = frozenset(("ب", "ـ", "(", "-", "/", "او", "بـ"))
_BEFORE = frozenset(("وهي", "احداهما", "احداهن", "منهن", "ـ", "مع"))
_BORN = frozenset(("ولد", "ولدت", "تبين", "ظهر", "وتبين", "وظهر", "يولد"))
_STOPS = frozenset((".", "،", ",", "؛", "\n", ":", "؟"))
_BOYS = {"ذكر": 1, "ذكرا": 1, "ذكران": 2, "ذكرين": 2, "ابن": 1, "ابنا": 1, "ابنان": 2, "ابنين": 2}
_GIRLS = {"انثي": 1, "انثيان": 2, "انثيين": 2, "بنت": 1, "بنتا": 1, "بنتان": 2, "بنتين": 2, "بنات": 2}
_NONE = frozenset(("ميت", "ميتا", "عدم", "انفش"))
_WIFE = "W"


@dataclass(frozen=True, slots=True)
class Birth:
    """A pregnancy: what a boy and what a girl would be to the deceased."""

    male: Kin
    female: Kin


@dataclass(frozen=True, slots=True)
class Unborn:
    """Words without those about the unborn, the pregnancies, and so many boys and girls where that is told."""

    words: tuple[Token, ...]
    births: tuple[Birth, ...]
    born: tuple[int, int] | None


def without_unborn(found: Sequence[Token]) -> Unborn:
    """Take out what is said of the unborn; what is not understood stays where it is."""
    kept: list[Token] = []
    births: list[Birth] = []
    born: tuple[int, int] | None = None
    at = 0
    while at < len(found):
        form = found[at].form
        if form in _BORN and _is_told(found, at) and (outcome := outcome_of(found[at : _sentence(found, at)])) is not None:
            born, at = outcome, _sentence(found, at)
            continue
        birth, end = _pregnant(found, at) if form in _PREGNANT else _child(found, at) if form in _CHILD else (None, at)
        if birth is None:
            kept.append(found[at])
            at += 1
            continue
        births.append(birth)
        while kept and (kept[-1].form in _BEFORE or (kept[-1].number and form not in _PREGNANT)):
            kept.pop()
        at = end
    return Unborn(tuple(kept), tuple(dict.fromkeys(births)), born)


def _is_told(found: Sequence[Token], at: int) -> bool:
    """«ولد» is a boy, but «حمل ولد ميتا» was born."""
    return found[at].form not in ("ولد", "ولدت") or (at > 0 and "حمل" in found[at - 1].form)


def outcome_of(found: Sequence[Token]) -> tuple[int, int] | None:
    """Return how many boys and girls were born; None where that is not told."""
    forms = [token.form if token.form in _BORN else token.form.removeprefix("و") for token in found]
    if not any("حمل" in form or form in ("ولد", "ولدت") for form in forms):
        return None
    boys, girls = sum(_BOYS.get(form, 0) for form in forms), sum(_GIRLS.get(form, 0) for form in forms)
    if boys or girls:
        return boys, girls
    return (0, 0) if any(form in _NONE for form in forms) else None


def _sentence(found: Sequence[Token], at: int) -> int:
    return next((place for place in range(at + 1, len(found)) if found[place].form in _STOPS), len(found))


def _pregnant(found: Sequence[Token], at: int) -> tuple[Birth | None, int]:
    """Read «حامل», a wife's child, and «حامل بأخ شقيق», a mother's."""
    end = at + 1
    kinds: list[Mention] = []
    place = end
    while place < len(found):
        mention = mention_at(found, place)
        if (
            mention
            and mention.head in ("B", "Z")
            and len(mention.options) == 1
            and (kinds or found[place].form.startswith("ب") or place > end)
        ):
            kinds.append(mention)
            place = end = mention.end
        elif found[place].form in _OF:
            place += 1
        else:
            break
    if kinds:
        strength = kinds[0].options[0][1:]
        return Birth(f"B{strength}", f"Z{strength}"), end
    return Birth("S", "D"), at + 1


def _child(found: Sequence[Token], at: int) -> tuple[Birth | None, int]:
    """Read «حمل لزوجة ابن الميت», a child of the son."""
    following = nouns(found[at + 1]) if at + 1 < len(found) else ()
    if following and following[0].code == _WIFE and at + 2 < len(found):
        husband = mention_at(found, at + 2)
        if husband and len(husband.options) == 1:
            end = husband.end + (husband.end < len(found) and found[husband.end].form in ("الميت", "للميت"))
            return Birth(f"{husband.options[0]}S", f"{husband.options[0]}D"), end
        if following[0].suffix in ("ه", "ها") and found[at + 1].form.startswith("زوجة"):
            return None, at
        return (Birth("S", "D"), at + 2) if following[0].suffix else (None, at)
    told = at + 1 < len(found) and found[at + 1].form in _BORN
    return (Birth("S", "D"), at + 1) if told or not following else (None, at)
