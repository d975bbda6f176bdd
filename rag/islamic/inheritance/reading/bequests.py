"""Takes out of a story what the deceased bequeathed: a part or a sum, and to whom. Knows no shares.

What it does not follow it leaves where it stands, for `doubts` to name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from rag.islamic.inheritance.choice.figures import sum_in
from rag.islamic.inheritance.choice.patterns import matching
from rag.islamic.inheritance.estate import Bequest
from rag.islamic.inheritance.kin import Kin
from rag.islamic.inheritance.reading.spans import Words, words_of
from rag.islamic.inheritance.reading.tokens import Token

_WILLED = re.compile(
    r"(?<!\S)(?:و|ف|وقد |وكان\S* |كان\S* )?(?:اوص[يت]\S*|موصي\S*|وص[يت](?:ة|ي)?|bequeath\S*|willed|"
    r"(?:he |she )?(?:had |has |left )?(?:made |wrote )?(?<!without )a (?:will|bequest) (?:of|for|giving|leaving))(?!\S)"
    r"(?: (?:قبل (?:موت|وفات)\S*|في حيات\S*))?"
)
# Where it ends: at a stop, or where the next thing is told.
_ENDS = re.compile(
    r" (?:[.،؛,;؟?!\n]|و(?:ال)?ترك[ةت]\S*|و?مجموع|و?قيمة|وعلي(?:ه|ها)|ومديون\S*|وتركت?|وخلف\S*|وساب\S*|فما|فكم|ما|كم|كيف|احسب|"
    r"and (?:left|the|(?:he |she )?ow\S+)|(?:he|she) owed|the estate|estate|his estate is|how|what)(?!\S)"
)
_PARTS = {
    "نصف": (1, 2), "النصف": (1, 2), "ثلث": (1, 3), "الثلث": (1, 3), "ربع": (1, 4), "الربع": (1, 4), "خمس": (1, 5), "الخمس": (1, 5),
    "سدس": (1, 6), "السدس": (1, 6), "سبع": (1, 7), "السبع": (1, 7), "ثمن": (1, 8), "الثمن": (1, 8), "تسع": (1, 9), "التسع": (1, 9),
    "عشر": (1, 10), "العشر": (1, 10), "ثلثي": (2, 3), "الثلثين": (2, 3), "half": (1, 2), "third": (1, 3), "quarter": (1, 4),
    "fourth": (1, 4),
    "fifth": (1, 5), "sixth": (1, 6), "tenth": (1, 10),
}  # fmt: skip
_WHOLE = re.compile(
    r"^(?:ب ?|a |one |of )?(?P<part>\S+)(?: (?:من )?(?:ال)?(?:مال\S*|ترك\S*|ميراث\S*|املاك\S*|ثروت\S*)|"
    r" (?:of )?(?:his|her|the) (?:estate|wealth|property|money|assets)"
    r"| of it)?(?P<to> .*)?$"
)
_PERCENT = re.compile(r"(?:ب ?)?(?P<number>\d{1,2}) ?(?:%|٪|بالمي[ةه]|في المي[ةه]|percent)(?P<to> .*)?")
_WITH_CONSENT = re.compile(r"(?<!\S)[وب]?(?:اجاز|موافق|وافق|رض[اي]|اذن)\S* |with (?:the )?(?:heirs'? )?consent|consented|agreed")
LIKE_AN_HEIR = re.compile(
    r"(?<!\S)[وب]?(?:ال)?مثل (?:نصيب|حظ|ما (?:ل|يأخذ|ياخذ))|(?:like|same|equal to|as much as)(?: \S+){0,4}? (?:share|portion|part)|"
    r"(?:share|portion|part) (?:like|equal to|the same as|as)|'s (?:share|portion)"
)
"""A bequest of as much as an heir takes: «بمثل نصيب ابن»."""
_WITHOUT = re.compile(r"(?<!\S)(?:بدون|دون|ولم|لم|بلا|without|not) ")
_CURRENCY = matching("currency")
# To whom, and what: «لجارنا بعشرة آلاف», "to his neighbour a third".
_TO, _BEGINS = re.compile(r"ل\w{2,}|(?:to|for)$"), re.compile(r"ب\w|ب$|مبلغ|\d|(?:a|one|half)$")
_FURTHEST = 8
# «بعشرة آلاف لخادمه و5 آلاف لجاره», «لخادمه بالربع ولجاره بالسدس», "a sixth to his aunt and a tenth to charity".
_ANOTHER = re.compile(
    rf" و ?(?=\d)| و(?=ل\w{{2,}} ب)| و(?=ب?(?:{'|'.join(part for part in _PARTS if not part.isascii())}) )"
    r"| and (?=\d|(?:an?|one) (?:half|third|quarter|fourth|fifth|sixth|tenth) )"
)


@dataclass(frozen=True, slots=True)
class Willed:
    """The other words, and the bequests, each with the kin to whom it goes."""

    words: Words
    bequests: tuple[tuple[Bequest, tuple[Kin, ...]], ...] = ()


def without_bequests(words: Words) -> Willed:
    """Take the bequests out."""
    found: list[tuple[Bequest, tuple[Kin, ...]]] = []
    while match := _WILLED.search(words.plain):
        begun = match.end() + 1
        ends = _ENDS.search(words.plain, match.end())
        stop = ends.start() if ends else len(words.plain)
        read = [_read(told) for told in _ANOTHER.split(words.plain[begun:stop])]
        bequests = [bequest for bequest in read if bequest is not None]
        if len(bequests) < len(read):
            break
        found += bequests
        start = words.within(match)[0]
        words = words.without(start, words.after(ends.start()) + (words.plain[ends.start() + 1] == "\n") if ends else len(words.found))
    return Willed(words, tuple(found))


def _read(told: str) -> tuple[Bequest, tuple[Kin, ...]] | None:
    """Read «بالثلث للمسجد», «بعشرة آلاف ريال لخادمها», "a third of his estate to charity"; or «لجارنا بعشرة آلاف», to whom first."""
    words = told.split()
    if LIKE_AN_HEIR.search(told):
        # «بمثل نصيب ابن» is no part and no sum: the schools count it in two ways.
        return None
    if not words or not _TO.match(words[0]):
        return _of_what(told)
    places = (at for at in range(1, min(len(words), _FURTHEST)) if _BEGINS.match(words[at]))
    return next((read for at in places if (read := _of_what(" ".join((*words[at:], *words[:at])))) is not None), None)


def _of_what(told: str) -> tuple[Bequest, tuple[Kin, ...]] | None:
    consent = bool(_WITH_CONSENT.search(told)) and not _WITHOUT.search(told)
    if (match := _PERCENT.match(told)) is not None:
        bequest = Bequest(fraction=Fraction(int(match["number"]), 100), consent=consent)
        return bequest, _kin(match["to"] or "")
    match = _WHOLE.match(told)
    part = _PARTS.get(match["part"]) or _PARTS.get(match["part"].removeprefix("ب")) if match else None
    if match and part:
        bequest = Bequest(fraction=Fraction(*part), consent=consent)
        return bequest, _kin(match["to"] or "")
    return _of_sum(words_of(told), consent=consent)


def _of_sum(words: Words, *, consent: bool) -> tuple[Bequest, tuple[Kin, ...]] | None:
    at = next((at for at, token in enumerate(words.found) if _is_to(token)), len(words.found))
    amount = sum_in([_plain(token) for token in words.found[:at]])
    behind = _kin(words.text(at))
    return (Bequest(amount=amount, consent=consent), behind) if amount else None


def _is_to(token: Token) -> bool:
    return token.form == "to" or (token.form.startswith("ل") and len(token.form) > 2)


def _plain(token: Token) -> Token:
    form = token.form.removeprefix("ب") if not token.form[0].isascii() else token.form
    return token._replace(form=form)


def _kin(text: str) -> tuple[Kin, ...]:
    """Return the kin to whom it goes; what is in favour of others names none."""
    words = words_of(text)
    return tuple(option for _, mention in words.mentions(0, len(words.found)) for option in mention.options)
