"""Makes up cases by chance, for properties, for agreement, and for speed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.unit.rag.islamic.inheritance.rahbiyya import FATHERS_SIDE, GRANDFATHERS, MOTHERS_SIDE, VOCABULARY

SCHOOLS = ("hanafi", "maliki", "shafii", "hanbali")
ALONE = frozenset(("husband", "mother", "father", *GRANDFATHERS, *MOTHERS_SIDE, *FATHERS_SIDE))
# A son or a father leaves nothing to settle, so most cases have neither.
_RARE = frozenset(("son", "father", "son_of_son"))
_MOST_OF_A_KIND = 6


def made_up(number: int, *, seed: int) -> Iterator[tuple[bool, dict[str, int]]]:
    """Yield `number` cases: whether the deceased is a man, and the heirs by key."""
    chance = random.Random(seed)
    made = 0
    while made < number:
        male = chance.random() < 0.5
        pool = [name for name in VOCABULARY if name != ("husband" if male else "wife") and (name not in _RARE or chance.random() < 0.25)]
        names = chance.sample(pool[: chance.choice((18, 26, 40))], chance.choice((1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8)))
        yield male, {name: _how_many(name, chance) for name in names}
        made += 1


def _how_many(name: str, chance: random.Random) -> int:
    if name in ALONE:
        return 1
    return chance.randint(1, 4 if name == "wife" else _MOST_OF_A_KIND)
