"""Answers why somebody has a share or none, from the proof of what was divided: «وليش ما ورثت بنت أخوها؟». Divides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.division import Division, Exclusion
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.names import called
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.story import read_story
from rag.islamic.inheritance.rules import RULES
from rag.islamic.inheritance.talk import wording

_WHY = re.compile(
    r"^\W*(?:طيب |طب |يعني |but |and |so |then |well )*[وف]?(?:ليش|ليه|لماذا|لم|علاش|عليش|علاه|لاش|لويش|ما (?:ال)?سبب"
    r"|(?:ايش|شو|وش) السبب|مين|من (?:الذي )?|why|how come|who)(?![^\W\d_])",
    re.IGNORECASE,
)
_OF_ESTATES = re.compile(
    r"ورث|[يت]رث|ميراث|حجب|حاجب|نصيب(?:ه|ها|هم|هن)|\b(?:inherit\w*|exclud\w*|block\w*|(?:get|gets|got|take|receive) nothing|left out)\b",
    re.IGNORECASE,
)
# Said of much else, too: only beside kin.
_OF_TAKING = re.compile(
    r"نصيب|حص[ةت]|طلع|[اأ]خ[ذد]|خدت|[بيت][اأ]خ[ذد]|[يت]ستحق|\b(?:shares?|gets?|got|receiv\w*|takes?|taken|third|sixth|half|quarter|eighth)\b",
    re.IGNORECASE,
)
_LONGEST = 25


def asks_why(text: str) -> bool:
    """Whether a short text asks why somebody inherits or does not, or who keeps somebody out."""
    if len(text.split()) > _LONGEST or not _WHY.search(text):
        return False
    return bool(_OF_ESTATES.search(text) or (_OF_TAKING.search(text) and read_story(text).mentions))


def reasons(division: Division, about: Sequence[Mention]) -> list[Bilingual]:
    """Return why those who are asked about have what they have; where nobody is named, why those have nothing who have nothing."""
    kin = [one for mention in about for one in mention.options if one in division.case.heirs]
    if about and not kin:
        return [wording.NOT_THERE]
    return list(_lines(division, kin or [exclusion.heir for exclusion in division.exclusions])) or [wording.NOBODY_OUT]


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
