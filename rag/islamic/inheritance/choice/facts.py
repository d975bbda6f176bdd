"""What a division says of some heirs together: how they inherit, what was asked for them, what they get. Knows nothing of options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.division import Division
from rag.islamic.inheritance.kin import MATERNAL_BROTHER, Kin
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention

_RESIDUE = ("residue", "all", "muqasama", "with_grandfather", "muadda", "malikiyya", "grandfather_third")
_ASKED = {
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "eighth": Fraction(1, 8),
    "two_thirds": Fraction(2, 3),
    "sixth": Fraction(1, 6),
    "completes": Fraction(1, 6),
    "third": Fraction(1, 3),
    "mushtaraka": Fraction(1, 3),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """`asked` is the fixed share before 'awl and radd; None where there is none. `rest`: they are residuaries. `total` is what they get."""

    kin: tuple[Kin, ...]
    count: int
    asked: Fraction | None
    rest: bool
    total: Fraction
    excluders: tuple[Kin, ...]
    whole: Division

    @property
    def each(self) -> Fraction:
        """What one of them gets, were they all alike."""
        return self.total / self.count

    @property
    def empty_handed(self) -> bool:
        """Whether nobody excludes them: the fixed shares have left them nothing."""
        return any(exclusion.heir in self.kin and exclusion.rule == "nothing_left" for exclusion in self.whole.exclusions)

    @property
    def of_rest(self) -> bool:
        """Whether they have a third of what a spouse leaves ('umariyyatan)."""
        return any(share.heir in self.kin and "umariyya" in share.rules for share in self.whole.shares)

    @property
    def with_daughters(self) -> bool:
        """Whether they are residuaries because daughters are there."""
        return any(share.heir in self.kin and "residue_with_daughters" in share.rules for share in self.whole.shares)

    @property
    def alike(self) -> bool:
        """Whether each of them gets the same."""
        fractions = self.whole.fractions
        counts = self.whole.case.heirs
        return len({fractions.get(kin, Fraction(0)) / counts[kin] for kin in self.kin}) == 1


def other_sex(kin: Kin) -> Kin:
    """Return who shares with `kin` as the other sex."""
    swapped = {"S": "D", "D": "S", "B": "Z", "Z": "B"}
    return kin[:-1] + swapped.get(kin[-1], "") if kin[-1] in "SD" else swapped.get(kin[0], "") + kin[1:]


def facts_of(division: Division, about: Sequence[Mention]) -> Facts | None:
    """Return the facts about those who are asked about; None where it is not plain who they are."""
    kin = meant(division, about)
    if not kin:
        return None
    shares = {share.heir: share for share in division.shares}
    rules = [rule for each in kin if each in shares for rule in shares[each].rules]
    fixed = [rule for rule in dict.fromkeys(rules) if _fraction(rule)]
    asked = _fraction(fixed[0]) if len(fixed) == 1 else None
    if asked is not None and fixed[0] == "umariyya":
        asked = None
    rest = any(rule.startswith(_RESIDUE) or rule.endswith("_and_rest") for rule in rules)
    excluders = tuple(by for exclusion in division.exclusions if exclusion.heir in kin for by in exclusion.by)
    total = sum((shares[each].fraction for each in kin if each in shares), Fraction(0))
    if asked is not None and any(fixed[0] in share.rules for heir, share in shares.items() if heir not in kin):
        # One of two grandmothers, or brothers without their sisters: what the law names is for all of them.
        asked *= total / sum((share.fraction for share in shares.values() if fixed[0] in share.rules), Fraction(0))
    return Facts(tuple(kin), sum(division.case.heirs[each] for each in kin), asked, rest, total, excluders, division)


def _fraction(rule: str) -> Fraction | None:
    if rule.startswith(_RESIDUE):
        return None
    words = rule.removesuffix("_child").removesuffix("_siblings").removesuffix("_and_rest").removesuffix("_of_all")
    return next((value for word, value in _ASKED.items() if words.endswith(word)), None)


def _with_sisters(kin: Kin, mention: Mention, division: Division) -> list[Kin]:
    """«الإخوة» are the sisters too where they share alike (by the mother), and where there is but one brother."""
    sisters = "Z" + kin[1:]
    plural = mention.head == "B" and len(kin) == len("Bf") and mention.count == MANY and sisters in division.case.heirs
    return [sisters] if plural and (kin == MATERNAL_BROTHER or division.case.heirs[kin] == 1) else []


def meant(division: Division, about: Sequence[Mention]) -> list[Kin]:
    """Return the heirs of the case who are meant: of «the sister» the only one there is, or the nearest kind."""
    found: list[Kin] = []
    for mention in about:
        there = [kin for kin in mention.options if kin in division.case.heirs]
        if mention.head in ("C", "V"):
            found += there
        elif there:
            found += [there[0], *_with_sisters(there[0], mention, division)]
        elif mention.head == "U" and (further := [kin for kin in division.case.heirs if kin.endswith(mention.options)]):
            # «العم» is the father's uncle where no other is there.
            found += further if len(further) == 1 else []
        elif mention.head == "S" and mention.options == ("S",) and mention.count != 1 and "D" in division.case.heirs:
            found.append("D")
    return list(dict.fromkeys(found))
