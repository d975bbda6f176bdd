"""Words what was done to an estate, each line with its rule: the shares, the exclusions, the proof. Knows no arithmetic but sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fanar.bilingual import Bilingual
from rag.islamic.inheritance.base import Bases
from rag.islamic.inheritance.case import Case
from rag.islamic.inheritance.division import Division, Exclusion, Share, Step
from rag.islamic.inheritance.impediments import Admitted
from rag.islamic.inheritance.kin import SPOUSES, Kin
from rag.islamic.inheritance.leftover import Settled
from rag.islamic.inheritance.names import called, listed, name_of
from rag.islamic.inheritance.parts import Part
from rag.islamic.inheritance.rules import REASONS, RULES

_NOBODY: tuple[Kin, ...] = ()
_TREASURY = Bilingual(
    'The school\'s other view, where the treasury is not in order, returns it to the heirs: ask with treasury "disordered".',
    "وفي المذهب قول آخر عند عدم انتظام بيت المال برده على الورثة: اسأل مع treasury بقيمة disordered.",
)
_DISORDERED = Bilingual(
    'Where the treasury is in order, the school gives what is left over to it: ask with treasury "orderly".',
    "وإذا انتظم بيت المال فالباقي له في المذهب: اسأل مع treasury بقيمة orderly.",
)
_ONE_LINE = Bilingual(
    "Kin by the womb of one path are taken to come through the same relative.", "حُمل ذوو الأرحام المتحدون في الجهة على أنهم من واسطة واحدة."
)
_ACCIDENT = Bilingual("Who killed by accident inherits from the estate, not from the blood money.", "القاتل خطأ يرث من المال دون الدية.")


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found out about a case."""

    case: Case
    admitted: Admitted
    kindred: Mapping[Kin, int]
    asked: list[Part]
    parts: list[Part]
    settled: Settled
    excluded: Mapping[Kin, tuple[Kin, ...]]
    bases: Bases


def worded(found: Found) -> Division:
    """Return the division with its proof."""
    shares = tuple(_shares(found))
    exclusions = tuple(_exclusions(found, {share.heir for share in shares}))
    numbers = found.bases
    return Division(
        found.case,
        shares,
        exclusions,
        numbers.base,
        numbers.raised,
        numbers.returned,
        numbers.corrected,
        found.settled.treasury,
        tuple(_steps(found, shares, exclusions)),
        tuple(_notes(found)),
    )


def _shares(found: Found) -> Iterator[Share]:
    for kin, count in found.admitted.heirs.items():
        parts = [part for part in found.parts if kin in part.heirs]
        if parts:
            rules = tuple(dict.fromkeys(part.rule for part in parts))
            reason = _wording(parts[0])
            yield Share(kin, count, sum((part.of(kin) for part in parts), Fraction(0)), rules, reason)


def _wording(part: Part) -> Bilingual:
    rule = RULES[part.rule].text
    names = {slot: name_of(kin) for slot, kin in (part.detail or {}).items()}
    return Bilingual(
        rule.en.format(**{slot: f"the {name.en}" for slot, name in names.items()}),
        rule.ar.format(**{slot: name.ar for slot, name in names.items()}),
    )


def _exclusions(found: Found, served: set[Kin]) -> Iterator[Exclusion]:
    for kin, count in found.admitted.heirs.items():
        if kin in served:
            continue
        if kin in found.excluded:
            yield _exclusion(kin, count, found.excluded[kin], "blocked")
        elif kin in found.kindred:
            to_treasury = "treasury" in found.settled.rules
            by = (
                ()
                if to_treasury
                else tuple(other for other in found.admitted.heirs if other in served - found.kindred.keys() - set(SPOUSES))
            )
            by = by or (() if to_treasury else tuple(other for other in found.admitted.heirs if other in served))
            yield _exclusion(kin, count, by, "treasury" if to_treasury else "kindred_excluded")
        else:
            yield _exclusion(kin, count, _NOBODY, "nothing_left")
    for each in found.admitted.barred:
        text, reason = RULES["impeded"].text, REASONS[each.reason]
        yield Exclusion(each.heir, each.count, (), "impeded", Bilingual(text.en.format(reason=reason.en), text.ar.format(reason=reason.ar)))


def _exclusion(kin: Kin, count: int, by: tuple[Kin, ...], rule: str) -> Exclusion:
    names, text = listed(dict.fromkeys(by, 1)), RULES[rule].text
    return Exclusion(kin, count, by, rule, Bilingual(text.en.format(by=names.en), text.ar.format(by=names.ar)))


def _steps(found: Found, shares: tuple[Share, ...], exclusions: tuple[Exclusion, ...]) -> Iterator[Step]:
    for each in found.admitted.harmless:
        text, reason = RULES["not_impeded"].text, REASONS[each.reason]
        name = called(each.heir, each.count)
        yield _step("not_impeded", f"{name.en}: {text.en.format(reason=reason.en)}", f"{name.ar}: {text.ar.format(reason=reason.ar)}")
    for exclusion in exclusions:
        name = called(exclusion.heir, exclusion.count)
        yield _step(exclusion.rule, f"{name.en}: {exclusion.reason.en}", f"{name.ar}: {exclusion.reason.ar}")
    for part in found.asked:
        yield _given(part)
    yield from _numbers(found)
    for part in found.parts[len(found.settled.parts) :]:
        yield _given(part)
    yield _lots(found, shares)


def _step(rule: str, english: str, arabic: str) -> Step:
    return Step(rule, Bilingual(english, arabic), RULES[rule].source)


def _given(part: Part) -> Step:
    names, wording = listed(dict(part.heirs)), _wording(part)
    return _step(part.rule, f"{names.en}: {part.fraction}; {wording.en}", f"{names.ar}: {part.fraction}؛ {wording.ar}")


def _numbers(found: Found) -> Iterator[Step]:
    numbers = found.bases
    yield Step("base", Bilingual(f"Base of the case: {numbers.base}", f"أصل المسألة: {numbers.base}"))
    for rule in found.settled.rules:
        text = RULES[rule].text
        to = {"awl": numbers.raised, "radd": numbers.returned}.get(rule)
        arrow = f": {numbers.base} → {to}" if to else f": {found.settled.treasury}" if rule == "treasury" else ""
        yield _step(rule, f"{text.en}{arrow}", f"{text.ar}{arrow}")
    last = numbers.raised or numbers.returned or numbers.base
    if numbers.corrected != last:
        yield Step(
            "corrected",
            Bilingual(
                f"Corrected so that each head has a whole number: {last} × {numbers.corrected // last} = {numbers.corrected}",
                f"التصحيح ليصح لكل رأس عدد صحيح: {last} × {numbers.corrected // last} = {numbers.corrected}",
            ),
        )


def _lots(found: Found, shares: tuple[Share, ...]) -> Step:
    whole = found.bases.corrected
    rows = [(called(share.heir, share.count), share.fraction * whole) for share in shares]
    if found.settled.treasury:
        rows.append((Bilingual("treasury", "بيت المال"), found.settled.treasury * whole))
    english = " + ".join(f"{lots} ({name.en})" for name, lots in rows)
    arabic = " + ".join(f"{lots} ({name.ar})" for name, lots in rows)
    return Step("proof", Bilingual(f"Lots: {english} = {whole}", f"السهام: {arabic} = {whole}"))


def _notes(found: Found) -> Iterator[Bilingual]:
    school = found.case.rules
    if "treasury" in found.settled.rules and not school.returns and school.treasury == "orderly":
        yield _TREASURY
    if "radd" in found.settled.rules and not school.returns:
        yield _DISORDERED
    if any(kin in found.kindred for part in found.parts for kin in part.heirs) and sum(found.kindred.values()) > 1:
        yield _ONE_LINE
    if any(each.reason == "killing_accidental" for each in found.admitted.harmless):
        yield _ACCIDENT
