"""A second solver, for agreement only: the chapters of al-Rahbiyya walked through fraction by fraction, person by person.

It shares nothing with the product: heirs are words, each person stands alone, amounts are whole lots of one big number. What the poem
leaves to the schools is taken from al-Sirajiyya (Hanafi), Mukhtasar Khalil (Maliki), Matn al-Rahbiyya itself (Shafi'i) and Zad
al-Mustaqni' (Hanbali). It knows no kin by the womb and no impediments.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

LOTS = 2**7 * 3**5 * 5**2 * 7 * 11 * 13
BOYS = ["son", "son_of_son", "son_of_son_2"]
GIRLS = ["daughter", "daughter_of_son", "daughter_of_son_2"]
GRANDFATHERS = ["paternal_grandfather", "paternal_grandfather_2"]
MOTHERS_SIDE = ["maternal_grandmother", "maternal_grandmother_2"]
FATHERS_SIDE = ["paternal_grandmother", "mother_of_paternal_grandmother", "mother_of_paternal_grandfather"]
HALF_MATERNAL = ["maternal_brother", "maternal_sister"]
# The chapter of the residuaries, in their order; each with the woman who shares with him.
ORDER = [
    *BOYS,
    "father",
    *GRANDFATHERS,
    "full_brother",
    "paternal_brother",
    "son_of_full_brother",
    "son_of_paternal_brother",
    "son_of_full_brother_2",
    "full_paternal_uncle",
    "paternal_paternal_uncle",
    "son_of_full_paternal_uncle",
    "son_of_paternal_paternal_uncle",
    "full_paternal_uncle_of_father",
]
VOCABULARY = ["husband", "wife", "mother", *GIRLS, *MOTHERS_SIDE, *FATHERS_SIDE, "full_sister", "paternal_sister", *HALF_MATERNAL, *ORDER]


class Estate:
    """One estate by one school."""

    def __init__(self, people: dict[str, int], school: str) -> None:
        self.people, self.school = people, school
        self.zayd = school != "hanafi"
        self.lots: dict[str, int | Fraction] = {}
        self.treasury: int | Fraction = 0

    def has(self, *names: str) -> bool:
        return any(self.people.get(name) for name in names)

    def number(self, *names: str) -> int:
        return sum(self.people.get(name, 0) for name in names)

    # --- the chapter of exclusion -------------------------------------------------------------------------------------------------------

    def drop_excluded(self) -> None:
        gone = {name for name in self.people if self.excluded(name)}
        self.alive = {name: count for name, count in self.people.items() if name not in gone}

    def excluded(self, name: str) -> bool:
        if name in BOYS or name in GIRLS:
            rank = (BOYS if name in BOYS else GIRLS).index(name)
            return self.has(*BOYS[:rank]) or (name in GIRLS and self.number(*GIRLS[:rank]) >= 2 and not self.has(*BOYS[rank:]))
        if name in GRANDFATHERS:
            return self.has("father", *GRANDFATHERS[: GRANDFATHERS.index(name)])
        if name in MOTHERS_SIDE + FATHERS_SIDE:
            return self.grandmother_excluded(name)
        if name in HALF_MATERNAL:
            return self.has(*BOYS, *GIRLS, "father", *GRANDFATHERS)
        if name in ("full_brother", "full_sister", "paternal_brother", "paternal_sister"):
            return self.sibling_excluded(name)
        if name in ORDER[ORDER.index("son_of_full_brother") :]:
            return self.has(*ORDER[: ORDER.index(name)]) or self.strong_sister() is not None
        return False

    def strong_sister(self) -> str | None:
        if not self.has(*GIRLS):
            return None
        if self.has("full_sister") and not self.has("full_brother"):
            return "full_sister"
        return "paternal_sister" if self.has("paternal_sister") and not self.has("full_brother", "paternal_brother") else None

    def sibling_excluded(self, name: str) -> bool:
        if self.has(*BOYS, "father"):
            return True
        if self.has(*GRANDFATHERS):
            return not self.zayd
        if name.startswith("full"):
            return False
        if self.has("full_brother") or self.strong_sister() == "full_sister":
            return True
        return name == "paternal_sister" and self.number("full_sister") >= 2 and not self.has("paternal_brother")

    def grandmother_excluded(self, name: str) -> bool:
        # Maliki: two lines only. Hanbali: three grandmothers. Of the five here only the grandfather's mother is in doubt.
        if self.has("mother") or (self.school == "maliki" and name == "mother_of_paternal_grandfather"):
            return True
        if self.school != "hanbali":
            if name in FATHERS_SIDE and self.has("father"):
                return True
            if name == "mother_of_paternal_grandfather" and self.has("paternal_grandfather"):
                return True
        if name in ("maternal_grandmother", "paternal_grandmother"):
            return False
        if self.has("maternal_grandmother"):
            return True
        # A near paternal one: Hanafis let even an excluded one exclude; Malikis and Shafi'is only within her own side.
        return self.has("paternal_grandmother") and (name in FATHERS_SIDE or self.school in ("hanafi", "hanbali"))

    # --- the chapters of the six shares -------------------------------------------------------------------------------------------------

    def fixed(self) -> None:
        heir = self.alive.get
        children = self.has(*BOYS, *GIRLS)
        give = self.lots.__setitem__
        for name, alone, beside in (("husband", 2, 4), ("wife", 4, 8)):
            if heir(name):
                give(name, LOTS // (beside if children else alone))
        self.mother(children)
        grandmothers = [name for name in MOTHERS_SIDE + FATHERS_SIDE if heir(name)]
        for name in grandmothers:
            give(name, LOTS // 6 // len(grandmothers))
        maternal = sum(heir(name, 0) for name in HALF_MATERNAL)
        for name in HALF_MATERNAL:
            if heir(name):
                give(name, LOTS // (6 if maternal == 1 else 3) * heir(name) // maternal)
        self.females(GIRLS, BOYS, LOTS * 2 // 3)
        if children:
            self.forefathers()
        if not self.sharing() and not (self.strong_sister() and not self.has("full_brother", "paternal_brother")):
            self.sisters()

    def forefathers(self) -> None:
        for name in ("father", *GRANDFATHERS):
            if self.alive.get(name) and not (name != "father" and self.sharing()):
                self.lots[name] = LOTS // 6

    def mother(self, children: bool) -> None:
        give = self.lots.__setitem__
        if self.alive.get("mother"):
            siblings = self.number("full_brother", "full_sister", "paternal_brother", "paternal_sister", *HALF_MATERNAL)
            if children or siblings >= 2:
                give("mother", LOTS // 6)
            elif self.has("father") and self.has("husband", "wife"):
                give("mother", (LOTS - self.lots.get("husband", 0) - self.lots.get("wife", 0)) // 3)
            else:
                give("mother", LOTS // 3)

    def females(self, women: list[str], men: list[str], left: int) -> None:
        """Fill the two thirds from above: half for one, all for more, the rest for those below."""
        first = True
        for rank, name in enumerate(women):
            if not self.alive.get(name) or self.alive.get(men[rank]):
                first = first and not self.alive.get(name)
                if self.alive.get(men[rank]):
                    return
                continue
            if left == 0:
                return
            share = LOTS // 2 if first and self.alive[name] == 1 else left
            self.lots[name] = share
            left -= share
            first = False

    def sisters(self) -> None:
        full, paternal = self.alive.get("full_sister", 0), self.alive.get("paternal_sister", 0)
        if self.alive.get("full_brother"):
            full = 0
        if self.alive.get("paternal_brother"):
            paternal = 0
        if self.strong_sister() == "full_sister":
            full = 0
        if self.strong_sister() == "paternal_sister":
            paternal = 0
        if full:
            self.lots["full_sister"] = LOTS // 2 if full == 1 else LOTS * 2 // 3
        if paternal and full < 2 and not (full == 0 and self.alive.get("full_sister")):
            self.lots["paternal_sister"] = LOTS // 6 if full else LOTS // 2 if paternal == 1 else LOTS * 2 // 3

    # --- the grandfather and the brothers -----------------------------------------------------------------------------------------------

    def sharing(self) -> bool:
        siblings = ("full_brother", "full_sister", "paternal_brother", "paternal_sister")
        return any(self.alive.get(name) for name in GRANDFATHERS) and any(self.alive.get(name) for name in siblings)

    def grandfather(self) -> None:
        name = next(name for name in GRANDFATHERS if self.alive.get(name))
        brothers = {key: self.alive.get(key, 0) for key in ("full_brother", "full_sister", "paternal_brother", "paternal_sister")}
        given = sum(self.lots.values())
        rest = LOTS - given
        malik = self.school == "maliki" and self.has("husband") and (self.has("mother", *MOTHERS_SIDE, *FATHERS_SIDE[:2]))
        if (
            malik
            and self.number(*HALF_MATERNAL) >= 2
            and not self.has(*GIRLS)
            and (brothers["full_brother"] or brothers["paternal_brother"])
        ):
            self.lots[name] = rest
            return
        # The poem's case is the one where husband and mother leave a sixth: a mother who has only a sixth leaves the sister her part.
        muddied = set(self.lots) == {"husband", "mother"} and rest == LOTS // 6
        if muddied and sum(brothers.values()) == 1 and self.has("full_sister", "paternal_sister"):
            sister = "full_sister" if brothers["full_sister"] else "paternal_sister"
            # Nine lots, times three: nine, six, eight, four.
            unit = Fraction(LOTS, 27)
            self.lots = {"husband": 9 * unit, "mother": 6 * unit, name: 8 * unit, sister: 4 * unit}
            return
        persons = [w for key, n in brothers.items() for w in [2 if key.endswith("brother") else 1] * n]
        ways = [Fraction(rest * 2, 2 + sum(persons))]
        ways += [Fraction(LOTS, 3)] if not given else [Fraction(rest, 3), Fraction(LOTS, 6)]
        mine = max(ways)
        self.lots[name] = mine
        left = rest - mine
        if left <= 0:
            return
        self.hand_over(left, brothers)

    def hand_over(self, left: Fraction, brothers: dict[str, int]) -> None:
        """Each sibling takes his lots; then those of the father's side hand theirs to the full ones until these have their due."""
        heads = sum(n * (2 if key.endswith("brother") else 1) for key, n in brothers.items())
        for key, n in brothers.items():
            if n:
                self.lots[key] = left * n * (2 if key.endswith("brother") else 1) / heads
        full = [key for key in ("full_brother", "full_sister") if brothers[key]]
        paternal = [key for key in ("paternal_brother", "paternal_sister") if brothers[key]]
        if not full or not paternal:
            return
        holds, spare = sum(self.lots[key] for key in full), sum(self.lots[key] for key in paternal)
        half = brothers["full_sister"] == 1
        due = left if brothers["full_brother"] else min(left, Fraction(LOTS, 2) if half else Fraction(LOTS * 2, 3))
        moved = max(Fraction(0), due - holds)
        for key in full:
            self.lots[key] += moved * self.lots[key] / holds
        for key in paternal:
            self.lots[key] -= moved * self.lots[key] / spare

    # --- what is left over, 'awl, radd --------------------------------------------------------------------------------------------------

    def rest(self) -> None:
        if self.sharing():
            self.grandfather()
        else:
            left = LOTS - sum(self.lots.values())
            if left > 0:
                self.residue(left)
            elif left == 0:
                self.donkey()
        total = sum(self.lots.values())
        if total > LOTS:
            self.lots = {name: Fraction(lots * LOTS) / total for name, lots in self.lots.items()}
        elif total < LOTS:
            self.left_over(LOTS - total)

    def residue(self, left: int | Fraction) -> None:
        takers: list[str] = []
        strong = self.strong_sister()
        for name in ORDER:
            if name == "full_brother" and strong == "full_sister" and self.alive.get("full_sister"):
                takers = ["full_sister"]
            elif name == "paternal_brother" and strong == "paternal_sister" and self.alive.get("paternal_sister"):
                takers = ["paternal_sister"]
            elif self.alive.get(name):
                takers = [name, *self.women_with(name)]
            if takers:
                break
        heads = sum(self.alive[name] * self.weight(name) for name in takers)
        for name in takers:
            self.lots[name] = self.lots.get(name, 0) + Fraction(left * self.alive[name] * self.weight(name), heads)

    def women_with(self, man: str) -> list[str]:
        if man in BOYS:
            rank = BOYS.index(man)
            return [girl for girl in GIRLS[: rank + 1] if self.alive.get(girl) and girl not in self.lots]
        sister = man.replace("brother", "sister")
        return [sister] if man in ("full_brother", "paternal_brother") and self.alive.get(sister) else []

    @staticmethod
    def weight(name: str) -> int:
        return 1 if name in GIRLS or name.endswith("sister") else 2

    def donkey(self) -> None:
        """«Suppose our father were a donkey»: the full ones join the maternal third."""
        maternal = [name for name in HALF_MATERNAL if name in self.lots]
        full = [name for name in ("full_brother", "full_sister") if self.alive.get(name)]
        third = sum(self.lots[name] for name in maternal)
        joined = self.school in ("maliki", "shafii") and third == LOTS // 3 and "full_brother" in full and "husband" in self.lots
        if joined:
            people = sum(self.alive[name] for name in chain(maternal, full))
            for name in chain(maternal, full):
                self.lots[name] = Fraction(third * self.alive[name], people)

    def left_over(self, left: int | Fraction) -> None:
        kin = {name: lots for name, lots in self.lots.items() if name not in ("husband", "wife")}
        if not kin or self.school == "maliki":
            self.treasury = left
            return
        for name, lots in kin.items():
            self.lots[name] += Fraction(left * lots) / sum(kin.values())


def divide(people: dict[str, int], school: str) -> tuple[dict[str, Fraction], Fraction]:
    """Return what each kind of heir takes, and what goes to the treasury."""
    estate = Estate(people, school)
    estate.drop_excluded()
    estate.fixed()
    estate.rest()
    return {name: Fraction(lots) / LOTS for name, lots in estate.lots.items() if lots}, Fraction(estate.treasury) / LOTS
