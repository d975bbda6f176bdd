"""What words name kin, and how they are put together: prefixes, suffixes, forms. Knows nothing of chains or stories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from rag.islamic.inheritance.reading.tokens import Token

MANY = 0
"""Several, nobody says how many."""
CO_WIFE = "Q"
"""Another wife of the same man: no kin of her own."""
IN_LAW = ("N", "IF", "IM", CO_WIFE)
"""Kin by marriage: a father-in-law, a mother-in-law and all others."""
SIBLING = "Y"
"""Brothers and sisters together, nobody says how many of each: «اخواته» without its hamza, siblings."""
_PREFIXES = ("", "و", "ف", "ال", "وال", "فال", "ل", "لل", "ب", "بال", "ول", "ولل", "وب", "هال", "عال", "دال")
_SUFFIXES = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم", "و", "وه", "يه", "يا")
_TWO = 2
_MY = frozenset(("ي", "نا", "يا"))


@dataclass(frozen=True, slots=True)
class Noun:
    """A word that names kin: which, how many, and what is attached to it."""

    code: str
    number: int
    prefix: str
    suffix: str
    form: str

    @property
    def joined(self) -> bool:
        """Whether «and» opens it, so that it begins anew."""
        return self.prefix.startswith(("و", "ف"))

    @property
    def mine(self) -> bool:
        """Whether it is the narrator's."""
        return self.suffix in _MY

    @property
    def definite(self) -> bool:
        """Whether it has the article or a possessor."""
        return "ال" in self.prefix or "لل" in self.prefix or bool(self.suffix)


@lru_cache(maxsize=1)
def _forms() -> dict[tuple[str, bool], list[tuple[str, int]]]:
    found: dict[tuple[str, bool], list[tuple[str, int]]] = {}
    table = files("rag.islamic.inheritance.reading").joinpath("lexicon.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, number, forms = line.split("\t")
            for form in forms.split():
                key = (form.removesuffix("-"), form.endswith("-"))
                found.setdefault(key, []).append((code, MANY if number == "*" else int(number)))
    return found


# Every step of the reading asks this of each word anew.
@lru_cache(maxsize=4096)
def _analysed(form: str, *, hamza: bool, above: bool) -> tuple[Noun, ...]:
    found = []
    for prefix in _PREFIXES:
        if not form.startswith(prefix) or len(form) <= len(prefix):
            continue
        rest = form[len(prefix) :]
        for suffix in _SUFFIXES:
            if suffix and not rest.endswith(suffix):
                continue
            core = rest.removesuffix(suffix) if suffix else rest
            readings = _forms().get((core, bool(suffix)), [])
            if suffix and not readings and core in _BARE:
                readings = _forms().get((core, False), [])
            found += [Noun(code, number, prefix, suffix, form) for code, number in readings]
    ranked = tuple(sorted(found, key=lambda noun: _rank(noun, hamza=hamza, above=above)))
    return ranked if above else tuple(map(_of_both_sexes, ranked))


# Nouns whose bare form takes suffixes too.
_BARE = frozenset(("ابن", "ولد", "بنات", "ابنا", "اخ", "بنت", "جد", "عم", "خال", "ام", "زوج"))


def _rank(noun: Noun, *, hamza: bool, above: bool) -> tuple[bool, bool, int, int]:
    core = noun.form[len(noun.prefix) : len(noun.form) - len(noun.suffix)]
    plural_brothers = core in ("اخوان", "اخوه") and noun.code == "B"
    wrong_number = plural_brothers and (noun.number == MANY) != (hamza and core == "اخوان")
    if core == "اخوي" and noun.suffix:
        # «أخويه» are his two brothers; «اخويه مات» is said in the Gulf of one's own.
        wrong_number = (noun.number == _TWO) != above
    return (wrong_number, noun.code in ("P", "S") and noun.number == 2 and noun.suffix == "ي", len(noun.prefix), len(noun.suffix))


def nouns(token: Token) -> tuple[Noun, ...]:
    """Return how the token can be read as kin, the likeliest first."""
    return _analysed(token.form, hamza=token.hamza, above="\u0623" in token.text)


def _of_both_sexes(noun: Noun) -> Noun:
    """«اخواته» and «إخواته» are brothers and sisters in the dialects; only «أخواته», with its hamza above, are sisters."""
    core = noun.form[len(noun.prefix) : len(noun.form) - len(noun.suffix)]
    return replace(noun, code=SIBLING) if noun.suffix and core == "اخوات" else noun
