"""Answers why somebody has a share or none, from the proof of what was divided: «وليش ما ورثت بنت أخوها؟». Divides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fanar.arabic.normalization import normalize
from fanar.bilingual import Bilingual
from rag.islamic.inheritance.division import Division, Exclusion
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.names import called
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import read_story
from rag.islamic.inheritance.rules import RULES
from rag.islamic.inheritance.talk import wording

# Each is held against the `search` form.
_WHY = re.compile(
    r"^\W*(?:طيب |طب |يعني |but |and |so |then |well )*[وف]?(?:ليش|ليه|لماذا|لم|علاش|عليش|علاه|لاش|لويش|ما (?:ال)?سبب"
    r"|(?:ايش|شو|وش) السبب|مي?ن|why|how come|who)(?![^\W\d_])"
)
_OF_ESTATES = re.compile(r"ورث|[يت]رث|ميراث|(?:نصيب|حجب)(?:ه|ها|هم|هن)(?!\w)|\binherit\w*")
# Said of much else, too: only beside kin.
_OF_TAKING = re.compile(
    r"نصيب|حص[هت]|طلع|اخ[ذد]|خدت|[يت]ستحق|حجو?ب|حاجب"
    r"|\b(?:shares?|gets?|got|receiv\w*|takes?|taken|third|sixth|half|quarter|eighth|exclud\w*|block\w*|left out)\b"
)
_DENYING = re.compile(r"(?<!\w)(?:ما|لم|لا|مش|مو|مب|م\w{0,4}رث\w{0,6}ش|محروم\w*|حجب\w*)(?!\w)|\b(?:not|no|nothing|never|nobody)\b|n['’]t\b")
_LONGEST = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """Those of whom it is asked why they have a share or none, nobody where none is named; `denies`: why they have none."""

    about: tuple[Mention, ...]
    denies: bool


def asks_why(text: str) -> bool:
    """Whether a short text asks why somebody inherits or does not, or who keeps somebody out."""
    plain = normalize(text)
    if len(plain.split()) > _LONGEST or not _WHY.search(plain):
        return False
    return bool(_OF_ESTATES.search(plain) or (_OF_TAKING.search(plain) and read_story(text).mentions))


def asks_of(text: str) -> Asked:
    """Return of whom a text that asks why asks, and whether it asks why not."""
    plain = normalize(text)
    return Asked(read_story(text).mentions, _DENYING.search(_WHY.sub("", plain)) is not None)


def reasons(division: Division, asked: Asked) -> list[Bilingual]:
    """Return why those who are asked about have what they have; where nobody is named, why all have it, or why not who have nothing."""
    kin = [one for mention in asked.about for one in mention.options if one in division.case.heirs]
    if asked.about and not kin:
        return [wording.NOT_THERE]
    everybody = [exclusion.heir for exclusion in division.exclusions] if asked.denies else [share.heir for share in division.shares]
    return list(_lines(division, kin or everybody)) or [wording.NOBODY_OUT]


def _lines(division: Division, kin: Sequence[Kin]) -> Iterator[Bilingual]:
    excluded = {exclusion.heir: exclusion for exclusion in division.exclusions}
    shares = {share.heir: share for share in division.shares}
    for one in dict.fromkeys(kin):
        if one in excluded:
            yield _of_excluded(excluded[one])
        elif one in shares:
            name, share = called(one, shares[one].count), shares[one]
            source = _source(share.rules[0])
            yield Bilingual(
                f"{name.en}: {share.fraction}; {share.reason.en}{source.en}", f"{name.ar}: {share.fraction}؛ {share.reason.ar}{source.ar}"
            )


def _of_excluded(exclusion: Exclusion) -> Bilingual:
    name, source = called(exclusion.heir, exclusion.count), _source(exclusion.rule)
    return Bilingual(f"{name.en}: nothing; {exclusion.reason.en}{source.en}", f"{name.ar}: لا شيء؛ {exclusion.reason.ar}{source.ar}")


def _source(rule: str) -> Bilingual:
    source = RULES[rule].source
    return Bilingual(f" [{source.en}]", f" [{source.ar}]")
