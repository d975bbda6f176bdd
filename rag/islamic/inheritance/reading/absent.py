"""Takes out of a story heirs who are missing and those who died together with the deceased, where words say so plainly.

Knows no shares. What it does not follow it leaves where it stands, for `doubts` to name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.lexicon import MANY
from rag.islamic.inheritance.reading.mention import Mention
from rag.islamic.inheritance.reading.spans import Words
from rag.islamic.inheritance.reading.story import Story

_MISSING = re.compile(
    r"(?<!\S)(?:(?:who|that) (?:is|are|has been) |وهو |وهي |، |\( )?(?:(?:ال)?مفقود(?:ه|ة|ا|ين|ون|ان|تين|تان|ات)?|missing)(?: \))?(?!\S)"
)
_MISSING_BEFORE = re.compile(r"(?<!\S)missing(?!\S)")
_DIED = r"(?:(?:و|ف)?(?:ات|ا)?توف\S*|(?:و|ف)?مات\S*|(?:و|ف)?هلك\S*|غرق\S*|died|dies|passed away|were killed|killed)"
_TOGETHER = (
    r"(?:معا|سويا|مع بعض|في وقت واحد|في نفس الوقت|(?:في|ب) (?:نفس )?(?:ال)?(?:حادث|حريق|غرق|زلزال|سقوط|انهيار|حرب)\S*"
    r"(?: (?!و?ترك|و?خلف|و?له|عن)\S+){0,2}?"
    r"|together|at the same time|in (?:a|an|the|one) (?:\S+ ){0,2}?(?:accident|crash|fire|flood|earthquake))"
)
_FIRST = (
    r"(?:(?:،|,|\.) )?(?:و)?(?:لا|لم|ولا|ولم|ما|nobody|no one|it is not) (?:\S+ ){0,2}?"
    r"(?:يعلم|يعرف|يعرفون|ندري|يدري|نعرف|يدر|knows?|known)(?: \S+){0,5}?"
)
_LEAVES = r"(?= (?:و?ترك\S*|و?خلف\S*|و?ساب\S*|و?خل[اي]\S*|و?له(?:ا|م)?|عن|،|,|\.|;|leaving|left|he|she|and left)(?!\S))"
# «مات رجل وابنه معا في حادث ولا يعلم أيهما أولا وترك …», "a man and his son died together in an accident; he left …"
_DIED_TOGETHER = re.compile(
    rf"(?<!\S){_DIED} (?:رجل|هو|امراة|هي|شخص|اب|زوج) (?P<arabic>و\S+(?: \S+){{0,4}}?) {_TOGETHER}(?: {_TOGETHER})?(?: {_FIRST})?{_LEAVES}|"
    rf"(?:man|woman|he|she) and (?P<english>(?:his|her) \S+(?: \S+)?) (?:both )?{_DIED} {_TOGETHER}(?: {_TOGETHER})?(?: {_FIRST})?{_LEAVES}"
)
_AT_ONCE = re.compile(rf"(?<!\S){_TOGETHER}(?!\S)")
_WITH = re.compile(r" (?:as|with|together with|مع|هو و\S*) ?(?=\S)")
_LEFT = re.compile(r" (?:عن|و?ترك\S*|و?خلف\S*|و?ساب\S*|leaving|left)(?= )")


@dataclass(frozen=True, slots=True)
class Absent:
    """The other words, the missing, and who died together with the deceased; `again` are missing who are named among the heirs too."""

    words: Words
    missing: Mapping[Kin, int] = field(default_factory=dict)
    together: Mapping[Kin, int] = field(default_factory=dict)
    again: frozenset[Kin] = frozenset()

    def left(self, story: Story) -> Story:
        """Return the story of the other words without those missing whom it names: «زوجة … الزوجة مفقودة» is one wife."""
        left = []
        for mention in story.mentions:
            twice = len(mention.options) == 1 and mention.options[0] in self.again and mention.count != MANY
            others = mention.count - self.missing[mention.options[0]] if twice else mention.count
            if not twice or others > 0:
                left.append(replace(mention, count=others))
        return replace(story, mentions=tuple(left))


def without_absent(words: Words) -> Absent:
    """Take both out."""
    together: dict[Kin, int] = {}
    if match := _DIED_TOGETHER.search(words.plain):
        name = "arabic" if match["arabic"] else "english"
        start, end = words.within(match, name)
        named = [mention for _, mention in words.mentions(start, end)]
        if named and all(map(_plain, named)) and sum(mention.end - mention.start for mention in named) == end - start:
            together = {mention.options[0]: mention.count for mention in named}
            # The verb stays, and what was left behind it.
            words = words.without(start, words.within(match)[1]) if name == "arabic" else _without_english(words, match, start, end)
    missing: dict[Kin, int] = {}
    again: set[Kin] = set()
    while match := _MISSING.search(words.plain):
        start, end = words.within(match)
        place = _named(words, start, end)
        if place is None:
            break
        mention, first, last = place
        if not mention.options:
            # «زوج بنتها مفقود» is no heir.
            words = words.without(first, last)
            continue
        if mention.definite and mention.head in ("H", "W", "F", "M", "S", "D", "B", "Z"):
            again.add(mention.options[0])
        missing[mention.options[0]] = missing.get(mention.options[0], 0) + mention.count
        words = words.without(first, last)
    return Absent(words, missing, together, frozenset(again))


def leaves_open(words: Words) -> bool:
    """Whether it is told that others died at once with the deceased, and not followed who."""
    left = _LEFT.search(words.plain)
    match = _AT_ONCE.search(words.plain, 0, left.start() if left else len(words.plain))
    if match is None:
        return False
    before = any(mention.options for _, mention in words.mentions(0, words.within(match)[0]))
    return before or _WITH.match(words.plain, match.end()) is not None


def _named(words: Words, start: int, end: int) -> tuple[Mention, int, int] | None:
    """Return who is missing, named right before the word, or in English behind it; and the words that say so."""
    for at, mention in words.mentions(max(0, start - 6), start):
        if mention.end == start and (_plain(mention) or not mention.options):
            return mention, at, end
    behind = next(words.mentions(end, len(words.found)), None) if _MISSING_BEFORE.fullmatch(words.text(start, end)) else None
    return (behind[1], start, behind[1].end) if behind and behind[0] == end and _plain(behind[1]) else None


def _without_english(words: Words, match: re.Match[str], start: int, end: int) -> Words:
    """Of "a man and his son died together in an accident" leave "a man died"."""
    verb = next(at for at in range(end, len(words.found)) if re.fullmatch(_DIED, words.found[at].form) or words.found[at].form == "passed")
    return Words((*words.found[: start - 1], words.found[verb], *words.found[words.within(match)[1] :]))


def _plain(mention: Mention) -> bool:
    return len(mention.options) == 1 and mention.count != MANY
