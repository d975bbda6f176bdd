"""What a sentence denies: "No worker was injured", «دون إصابات», "failed to win". Knows nothing of other sentences.

A denial reaches some words behind it; the word that it is about is the first of these that says something, and besides what is behind
that one where it says only that something happens: «لم يسفر عن ضحايا» is about the victims.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from fanar.arabic.words import normal_forms
from fanar.attribution.claims.lexicon import NEGATORS, NOT_NEGATING, STRONG, reach
from fanar.attribution.claims.tokens import Token, parted

_FAR = 9  # words behind a denial that what it is about may stand in
_JOINED = ("و", "ف", "ب")
_OF_NOUNS = frozenset(("no", "none", "neither"))
_OBJECTS = _OF_NOUNS | {"nobody", "nothing"}
_OPENING = frozenset(("that", "and", "but", "because", "so", "while"))
_BETWEEN = 4  # words between "failed" and "to"
_WHICH = frozenset(("that", "which", "who"))
_BEING = frozenset(("was", "were", "is", "are", "be", "been", "has", "have", "had", "will", "can"))
_ANY = normal_forms("any أي أية بأي بأية لأي")
_PASSED_OVER = _ANY | normal_forms("single ever even yet one أحد أحدا واحد واحدة قط أبدا بعد")
# What only says that there is something, or that somebody has it.
_LIGHT = normal_forms(
    "cause caused causes record recorded report reported result resulted suffer suffered happen happened occur occurred leave left get",
    "gets got take took make made win won obtain obtained receive received gain gained secure secured reach reached see saw find found",
    "يسفر تسفر أسفر أسفرت يقع تقع وقع وقعت وقوع يسجل تسجل سجل سجلت تسجيل حدوث يحدث تحدث حدث يؤد تؤد يؤدي تؤدي يوجد توجد وجود يسبب تسبب",
    "تتسبب يتسبب يخلف تخلف خلف يتعرض تتعرض يحصل تحصل الحصول حصول ينل تنل نيل يتم تتم يكن تكن يجد تجد يشهد تشهد يتكبد تتكبد يلحق تلحق",
    "ألحق ألحقت يسبق تسبق يتلق تتلق يفز تفز فاز فازت يحرز تحرز",
)
_LEADING = normal_forms("عن إلى على")
# These deny what stands behind one of the words beside them: «فشلت الشركة في الحصول على ترخيص».
_WITHOUT_SUCCESS = {
    verb: frozenset(particles.split())
    for verbs, particles in (
        ("فشل فشلت يفشل تفشل أخفق أخفقت يخفق تخفق", "في"),
        ("عجز عجزت يعجز تعجز امتنع امتنعت يمتنع تمتنع", "عن"),
        ("خلا خلت يخلو تخلو خال خالية خاليا", "من"),
        ("free", "of from"),
    )
    for verb in normal_forms(verbs)
}


@dataclass(frozen=True, slots=True)
class Denials:
    """What is denied, as positions of words: those in the reach of a denial, and for each denial those that it is about, the surest last.

    `idle` are words that only deny, and those that only say that what is denied is there.
    """

    reached: frozenset[int]
    about: Sequence[Sequence[int]]
    idle: frozenset[int]


def read_denials(found: Sequence[Token], *, numbers: Container[int]) -> Denials:
    """Read what `found` denies; the tokens in `numbers` are passed over."""
    reached: set[int] = set()
    about: list[Sequence[int]] = []
    idle: set[int] = set()
    for at, token in enumerate(found):
        begins, words = _denial(found, at, token.form)
        if not words:
            continue
        clause = _clause(found, begins)
        # Of "lost none of its games" it is the loss that is denied.
        done = [at - 1] if token.form in _OBJECTS and not _begins(found, at) and _tells(found[at - 1]) else []
        spoken = done if done and found[done[0]].form not in _LIGHT else _about(found, at, clause, numbers)
        about.append(spoken)
        reached.update(clause[:words], spoken, done, (each + 1 for each in clause[:-1] if found[each].form in _ANY))
        idle.update(spoken[:-1], [at] if STRONG & {token.form, token.form[1:]} else [])
    return Denials(frozenset(reached), about, frozenset(idle))


def _denial(found: Sequence[Token], at: int, token_form: str) -> tuple[int, int]:
    """Return where the reach of the denial at `at` begins, and how many words it has; none where there is no denial."""
    form = token_form
    if particles := _WITHOUT_SUCCESS.get(form):
        behind = range(at + 1, min(at + 1 + _BETWEEN, len(found)))
        return next(((each + 1, reach(form)) for each in behind if found[each].form in particles), (at, 0))
    if form[:1] in _JOINED and len(form) > 2 and form[1:] in NEGATORS:
        form = form[1:]
    if form not in NEGATORS or (form, found[at + 1].form if at + 1 < len(found) else "") in NOT_NEGATING:
        return at, 0
    return at + 1, reach("دون" if form == "لا" and token_form[:1] == "ب" else form)


def _begins(found: Sequence[Token], at: int) -> bool:
    """Whether a clause begins at `at`, so that what stands there is who does it."""
    return at == 0 or parted(found[at - 1], found[at]) or found[at - 1].form in _OPENING


def _about(found: Sequence[Token], at: int, words: range, numbers: Container[int]) -> Sequence[int]:
    if found[at].form in _OF_NOUNS:
        words = _behind_noun(found, at, words)
    told = [each for each in words if _tells(found[each]) and each not in numbers]
    for index, each in enumerate(told):
        if found[each].form not in _LIGHT:
            return told[: index + 1]
        # «لم يسفر انهيار الجدار عن ضحايا»: between the two stands who does it.
        if behind := _led(found, each, words, told):
            return [*told[: index + 1], behind]
    return told


def _behind_noun(found: Sequence[Token], at: int, words: range) -> range:
    """Return what is denied of whom "no" stands before: of "no worker was injured" the injury, of "none of them won" that they did."""
    if not _begins(found, at):
        return words
    whole = range(words.start, min(words.start + _FAR, len(found)))
    named = next((each for each in whole if found[each].form in _WHICH), whole.stop)
    verb = next((each for each in whole[: named - whole.start] if found[each].form in _BEING), None)
    if verb is None:
        noun = next((each for each in words if _tells(found[each])), None)
        return words if noun is None or noun + 1 == words.stop else range(noun + 1, words.stop)
    done = next((each for each in range(verb + 1, len(found)) if _tells(found[each])), len(found))
    # "No injuries were reported": that says of the injuries what "there were no injuries" says.
    return words if done == len(found) or found[done].form in _LIGHT else range(done, _clause(found, done).stop)


def _led(found: Sequence[Token], verb: int, words: range, told: Sequence[int]) -> int | None:
    """Return the first telling word behind the particle of a verb or behind "any", None where it has none."""
    particles = _LEADING | _ANY | ({"في", "ب"} if "سبب" in found[verb].form else set())
    particle = next((each for each in words if each > verb and found[each].form in particles), words.stop)
    return next((each for each in told if each > particle), None)


def _clause(found: Sequence[Token], begins: int) -> range:
    end = begins
    while end < min(begins + _FAR, len(found)) and (end == begins or not parted(found[end - 1], found[end])):
        end += 1
    return range(begins, end)


def _tells(token: Token) -> bool:
    return token.kind == "word" and not token.stop and token.form not in _PASSED_OVER
