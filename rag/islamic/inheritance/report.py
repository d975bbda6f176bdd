"""A result as text for people, in both languages: a table, the excluded, the proof. Markdown without LaTeX; knows no rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fanar.bilingual import Bilingual, Language
from rag.islamic.inheritance.calculator import Result
from rag.islamic.inheritance.estate import in_money
from rag.islamic.inheritance.names import called
from rag.islamic.inheritance.uncertain import Ranged

_HEADS = Bilingual("heir|share|lots|each|rule", "الوارث|النصيب|السهام|لكل واحد|القاعدة")
_AMOUNT = Bilingual("amount", "المبلغ")
_PROOF = Bilingual("Proof", "خطوات الحل")
_SCHOOL = Bilingual("By the {school} school", "على المذهب {school}")
_RANGE_HEADS = Bilingual("heir|each at least|each at most|each now", "الوارث|أقل ما لكل واحد|أكثره|يُعطى الآن")
_KEPT = Bilingual("Kept back: {reserved}", "الموقوف: {reserved}")
_TREASURY = Bilingual("To the treasury: {part}", "لبيت المال: {part}")
_HOLDER_HEADS = Bilingual("person|share|each", "الشخص|النصيب|لكل واحد")
_LAST = Bilingual("In the end, out of {base}", "المحصلة من الجامعة {base}")


def table(result: Result) -> Bilingual:
    """Return the whole result as text."""
    return Bilingual("\n".join(_lines(result, "en")), "\n".join(_lines(result, "ar")))


def _lines(result: Result, language: Language) -> Iterator[str]:
    division = result.division
    yield _SCHOOL.in_language(language).format(school=division.case.rules.title.in_language(language)) + ":"
    yield ""
    if result.ranged:
        yield from _ranged(result.ranged, language)
    else:
        yield from _shares(result, language)
    if result.succession:
        yield ""
        yield from _succession(result, language)
    yield from _rest(result, language)


def _rest(result: Result, language: Language) -> Iterator[str]:
    division = result.division
    if division.treasury and not result.ranged:
        yield ""
        yield _TREASURY.in_language(language).format(part=division.treasury)
    if not result.ranged:
        yield ""
        yield f"**{_PROOF.in_language(language)}**"
        yield ""
        for number, step in enumerate(division.steps, 1):
            source = f" [{step.source.in_language(language)}]" if step.source else ""
            yield f"{number}. {step.text.in_language(language)}{source}"
    notes = [*result.settlement.notes, *division.notes, *(result.ranged.notes if result.ranged else ())]
    if notes:
        yield ""
        yield from (f"- {note.in_language(language)}" for note in notes)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(names: str) -> Iterator[str]:
    cells = names.split("|")
    yield _row(cells)
    yield "|" + "---|" * len(cells)


def _shares(result: Result, language: Language) -> Iterator[str]:
    division, money = result.division, result.money
    heads = _HEADS.in_language(language) + (f"|{_AMOUNT.in_language(language)}" if money is not None else "")
    yield from _head(heads)
    amounts = in_money([share.fraction for share in division.shares], money or Fraction(0))
    for share, amount in zip(division.shares, amounts, strict=True):
        lots, name = share.fraction * division.corrected, called(share.heir, share.count)
        cells: list[str | Bilingual] = [name, str(share.fraction), f"{lots}/{division.corrected}", str(share.each), share.reason]
        told = [cell.in_language(language) if isinstance(cell, Bilingual) else cell for cell in cells]
        yield _row([*told, *([f"{float(amount):,.2f} {result.inquiry.currency}".strip()] if money is not None else [])])


def _ranged(ranged: Ranged, language: Language) -> Iterator[str]:
    yield from _head(_RANGE_HEADS.in_language(language))
    for each in ranged.ranges:
        yield _row([each.name.in_language(language), str(each.least), str(each.most), str(each.now)])
    yield ""
    yield _KEPT.in_language(language).format(reserved=ranged.reserved)


def _succession(result: Result, language: Language) -> Iterator[str]:
    succession = result.succession
    if succession is None:
        return
    yield f"**{_LAST.in_language(language).format(base=succession.base)}**"
    yield ""
    yield from _head(_HOLDER_HEADS.in_language(language))
    for holder in succession.holders:
        name = holder.name.in_language(language) + (f" ({holder.count})" if holder.count > 1 else "")
        yield _row([name, str(holder.fraction), str(holder.fraction / holder.count)])
