"""Measures routing over labelled prompts: by variety, for Islamic prompts, confidence, and time. Knows nothing of how routing works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fanar.bilingual import Bilingual
from fanar.events import Route
from orchestrator.evaluation.asking import Answered, Json, Platform, Report, ask_all
from orchestrator.evaluation.reading import misread, read_table
from orchestrator.evaluation.report import Evaluation, Measure, calibration_error, latencies, macro_f1, share
from orchestrator.routing.prompts import TURN, VARIETIES, Prompt, read_prompts

FORM = "`route<TAB>variety<TAB>detail<TAB>text`"
_ROUTES = frozenset(map(str, Route))
_LEARNED = Bilingual(
    "These are the prompts that the router learned from: the figures say that it works here, not how it does on new ones (--data).",
    "تعلّم الموجّه من هذه الأسئلة نفسها: تدل الأرقام على أنه يعمل هنا لا على أدائه مع أسئلة جديدة (‎--data).",
)


def read_labelled(path: Path | None) -> list[Prompt]:
    """Read labelled prompts: the shipped ones, a folder or file of their form, or a file whose lines begin with the route.

    Raises NotFoundError, UnprocessableError.
    """
    if path is None:
        return read_prompts()
    if path.is_dir():
        return [prompt for file in sorted(path.rglob("*.tsv")) for prompt in read_labelled(file)]
    return [_prompt(number, columns, path.stem) for number, columns in read_table(path)]


async def evaluate_routing(platform: Platform, prompts: Sequence[Prompt], *, data: str, learned: bool, report: Report) -> Evaluation:
    """Ask where each prompt would go. `learned` says that the router may have been fitted on these."""

    async def ask(prompt: Prompt) -> Json:
        """Ask one."""
        return await platform.decide([{"role": message.role, "content": message.text} for message in prompt.messages() if message.text])

    answered = await ask_all(prompts, ask, at_once=1, report=report)
    pairs = [(each.case.route.value, str(each.answer["route"])) for each in answered]
    measures = [
        Measure(Bilingual("macro-F1", "متوسط F1"), macro_f1(pairs), len(pairs)),
        Measure(Bilingual("accuracy", "الدقة"), share([right == guessed for right, guessed in pairs]), len(pairs)),
        *_by_variety(answered),
        *_islamic(pairs),
        _calibration(answered),
        *latencies([each.seconds for each in answered]),
    ]
    return Evaluation("routing", data, tuple(measures), (_LEARNED,) if learned else ())


def _by_variety(answered: Sequence[Answered[Prompt]]) -> list[Measure]:
    found = []
    for variety in VARIETIES:
        part = [(each.case.route.value, str(each.answer["route"])) for each in answered if each.case.variety == variety]
        if part:
            found.append(Measure(Bilingual(f"macro-F1, {variety}", f"متوسط F1، {variety}"), macro_f1(part), len(part)))
    return found


def _islamic(pairs: Sequence[tuple[str, str]]) -> tuple[Measure, Measure]:
    asked = [guessed == Route.ISLAMIC for right, guessed in pairs if right == Route.ISLAMIC]
    sent = [right == Route.ISLAMIC for right, guessed in pairs if guessed == Route.ISLAMIC]
    return (
        Measure(Bilingual("Islamic recall", "استدعاء الإسلامي"), share(asked), len(asked)),
        Measure(Bilingual("Islamic precision", "إحكام الإسلامي"), share(sent), len(sent)),
    )


def _calibration(answered: Sequence[Answered[Prompt]]) -> Measure:
    judged = [(float(each.answer["confidence"]), each.answer["route"] == each.case.route) for each in answered]
    return Measure(Bilingual("expected calibration error", "خطأ المعايرة المتوقع"), calibration_error(judged), len(judged))


def _prompt(number: int, columns: list[str], stem: str) -> Prompt:
    named = columns if len(columns) == 4 else [stem, *columns]
    if len(named) != 4 or named[0] not in _ROUTES or named[1] not in VARIETIES or not named[3].strip():
        raise misread(number, FORM)
    route, variety, detail, text = named
    return Prompt(Route(route), variety, None if detail == "-" else detail, tuple(text.split(TURN)))
