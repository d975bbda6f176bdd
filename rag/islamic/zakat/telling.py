"""A reckoning as data for machines and as text for people, in both languages. Numbers are exact strings; knows no rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fanar.bilingual import Bilingual, Language
from rag.islamic.calendar.hijri import to_hijri
from rag.islamic.calendar.wording import gregorian_text, hijri_text
from rag.islamic.zakat.calculator import Reckoning
from rag.islamic.zakat.line import UNITS, Amount, Choice, Line, Status, exact, readable, rounded
from rag.islamic.zakat.rules import RULES, SCHOOLS
from rag.islamic.zakat.thresholds import nisab_grams

Json = dict[str, Any]

_STATUS: dict[Status, Bilingual] = {
    "due": Bilingual("due: {due}", "الواجب: {due}"),
    "counted": Bilingual("counted", "محسوب"),
    "deducted": Bilingual("deducted", "محسوم"),
    "exempt": Bilingual("nothing due", "لا زكاة فيه"),
    "below_nisab": Bilingual("below the nisab, nothing due", "دون النصاب فلا زكاة"),
    "later": Bilingual("not yet due", "لم يحن وقتها"),
}
_NOTHING = Bilingual("nothing is due", "لا زكاة فيه")
_TITLE = Bilingual("Zakat by the {school} school:", "الزكاة على المذهب {school}:")
_NISAB = Bilingual("Nisab: {grams} g of {metal}{value}.", "النصاب: {grams} جم من {metal}{value}.")
_METALS = {"gold": Bilingual("gold", "الذهب"), "silver": Bilingual("silver", "الفضة")}
_TOTAL = Bilingual("Total due: {total}", "مجموع الواجب: {total}")
_OR = Bilingual(" or ", " أو ")
_AND = Bilingual(" and ", " و")
_IF_YEAR = Bilingual(
    "Provided that a lunar year has passed since the nisab was reached; tell that day to have it looked at. Crops, treasure and zakat "
    "al-fitr do not wait for a year.",
    "بشرط أن يحول الحول القمري على بلوغ النصاب؛ فاذكر يوم بلوغه ليُنظر فيه. ولا يُنتظر الحول في الزروع والركاز وزكاة الفطر.",
)
_YEAR = Bilingual("The lunar year is complete on {day} ({hijri}).", "يتم الحول في {day} ({hijri}).")
_STANDARD = Bilingual(
    "Weights: 85 g of gold, 595 g of silver and 653 kg of wheat are the common modern measures; others can be told.",
    "المقادير: ٨٥ جم ذهبًا و٥٩٥ جم فضة و٦٥٣ كجم قمحًا هي التقديرات المعاصرة الشائعة؛ ويُحسب بغيرها إن ذُكر.",
)
_NOT_FATWA = Bilingual(
    "A calculation by the school's well-known view, not a fatwa on your case.", "حساب على المشهور في المذهب، وليس فتوى في حالتك."
)
_KIND = Bilingual(
    "With Hanafis money may be given for the kind; the others give the kind itself.", "يجوز عند الحنفية إخراج القيمة، ويُخرج غيرهم العين."
)
_EXCESS = Bilingual(
    "Abu Hanifa counts what exceeds the nisab by whole fifths of it; this is the view of his two companions, all of it.",
    "يَعُدّ أبو حنيفة ما زاد على النصاب بالأخماس؛ والمعمول به هنا قول الصاحبين: في كل ما زاد بحسابه.",
)


def told(reckoning: Reckoning) -> Json:
    """Return the reckoning as JSON."""
    case = reckoning.case
    return {
        "madhab": case.school,
        "currency": case.currency or None,
        "nisab": _nisab(reckoning),
        "hawl": _hawl(reckoning),
        "lines": [_line(line, reckoning) for line in reckoning.lines],
        "total": [_amount(Amount(number, unit)) for unit, number in reckoning.total.items()],
        "total_money": _money(reckoning),
        "notes": [note.by_language() for note in _notes(reckoning)],
        "text": table(reckoning).by_language(),
    }


def table(reckoning: Reckoning) -> Bilingual:
    """Return the whole reckoning as text."""
    return Bilingual("\n".join(_lines(reckoning, "en")), "\n".join(_lines(reckoning, "ar")))


def conclusion(reckoning: Reckoning, language: Language) -> str:
    """Return in one line what is due by a school, or that nothing is."""
    due = [line for line in reckoning.lines if line.status == "due"]
    if not due:
        return _NOTHING.in_language(language)
    shown = " + ".join(f"{line.name.in_language(language)}: {_given(line, reckoning, language)}" for line in due)
    money = reckoning.money
    summed = f" = {readable(money)} {reckoning.case.currency}".rstrip() if money is not None and len(due) > 1 else ""
    return shown + summed


def _nisab(reckoning: Reckoning) -> Json:
    case = reckoning.case
    prices = {"gold": case.gold_price, "silver": case.silver_price}
    metals: tuple[Any, ...] = ("gold", "silver")
    values = {
        metal: {
            "grams": exact(nisab_grams(case, metal)),
            "value": None if (price := prices[metal]) is None else exact(price * nisab_grams(case, metal)),
        }
        for metal in metals
    }
    return {"basis": case.nisab, **values}


def _hawl(reckoning: Reckoning) -> Json | None:
    case, complete = reckoning.case, reckoning.complete
    if complete is None or case.since is None:
        return None
    return {
        "since": case.since.isoformat(),
        "since_hijri": str(to_hijri(case.since)),
        "complete": complete.isoformat(),
        "complete_hijri": str(to_hijri(complete)),
        "passed": reckoning.year_passed,
    }


def _line(line: Line, reckoning: Reckoning) -> Json:
    rule = RULES[line.rule]
    return {
        "item": line.item,
        "name": line.name.by_language(),
        "status": line.status,
        "base": _amount(line.base),
        "rate": None if line.rate is None else str(line.rate),
        "due": [[_amount(amount) for amount in choice] for choice in line.due],
        "worth": None if line.worth is None else {"exact": exact(line.worth), "rounded": rounded(line.worth)},
        "rule": {"id": line.rule, **rule.text.by_language(), "source": rule.source.by_language(), "school": reckoning.case.school},
    }


def _amount(amount: Amount) -> Json:
    return {"amount": exact(amount.number), "unit": amount.unit, "name": UNITS[amount.unit].by_language()}


def _money(reckoning: Reckoning) -> Json | None:
    return None if reckoning.money is None else {"exact": exact(reckoning.money), "rounded": rounded(reckoning.money)}


def _notes(reckoning: Reckoning) -> Iterator[Bilingual]:
    case = reckoning.case
    if reckoning.complete is None and not all(line.item.split(".")[0] in ("crops", "rikaz", "fitr") for line in reckoning.lines):
        yield _IF_YEAR
    if reckoning.complete is not None:
        day, hijri = gregorian_text(reckoning.complete), hijri_text(to_hijri(reckoning.complete))
        yield Bilingual(_YEAR.en.format(day=day.en, hijri=hijri.en), _YEAR.ar.format(day=day.ar, hijri=hijri.ar))
    if case.school == "hanafi" and any(line.rule == "quarter_of_tenth" for line in reckoning.lines):
        yield _EXCESS
    if case.herds or case.fitr or case.crops:
        yield _KIND
    yield _STANDARD
    yield _NOT_FATWA


def _lines(reckoning: Reckoning, language: Language) -> Iterator[str]:
    case = reckoning.case
    yield _TITLE.in_language(language).format(school=SCHOOLS[case.school].in_language(language))
    if case.nisab:
        price = case.gold_price if case.nisab == "gold" else case.silver_price
        value = "" if price is None else f" = {readable(price * nisab_grams(case, case.nisab))} {case.currency}".rstrip()
        metal = _METALS[case.nisab].in_language(language)
        yield _NISAB.in_language(language).format(grams=exact(nisab_grams(case, case.nisab)), metal=metal, value=value)
    yield ""
    for line in reckoning.lines:
        status = _STATUS[line.status].in_language(language).format(due=_given(line, reckoning, language))
        rule = RULES[line.rule]
        base = _shown((line.base,), case.currency, language)
        said, source = rule.text.in_language(language), rule.source.in_language(language)
        yield f"- {line.name.in_language(language)} ({base}): {status}. {said} [{source}]"
    yield ""
    if reckoning.total:
        total = _shown([Amount(number, unit) for unit, number in reckoning.total.items()], case.currency, language)
        worth = (
            ""
            if reckoning.money is None or set(reckoning.total) == {"money"}
            else f" = {readable(reckoning.money)} {case.currency}".rstrip()
        )
        yield f"**{_TOTAL.in_language(language).format(total=total)}{worth}**"
        yield ""
    yield from (f"- {note.in_language(language)}" for note in _notes(reckoning))


def _given(line: Line, reckoning: Reckoning, language: Language) -> str:
    currency = reckoning.case.currency
    choices = _OR.in_language(language).join(_shown(choice, currency, language) for choice in line.due)
    if line.worth is None or (line.due and line.due[0][0].unit == "money"):
        return choices
    return f"{choices} = {readable(line.worth)} {currency}".rstrip()


def _shown(choice: Choice | Sequence[Amount], currency: str, language: Language) -> str:
    shown = [f"{readable(amount.number)} {UNITS[amount.unit].in_language(language) or currency}".rstrip() for amount in choice]
    return _AND.in_language(language).join(shown)
