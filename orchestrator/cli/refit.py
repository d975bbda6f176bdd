"""`fanar route fit` and `fanar route replay`: learning from corrections, and what the present router would decide of old prompts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from fanar.bilingual import Bilingual, Language
from fanar.errors import NotFoundError
from fanar.settings import Settings, load_settings
from orchestrator.cli.encoder import FIGURES, fit_head, show_head, told_head
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_JSON, AsJson
from orchestrator.cli.terminal import Json, Terminal, printable

if TYPE_CHECKING:
    from fanar.events import RoutingDecision
    from fanar.feedback import RecordedDecision
    from orchestrator.routing.prompts import Prompt
    from orchestrator.routing.refit import Refit
    from orchestrator.routing.replay import Replayed

FIT = Help(
    Bilingual(
        "Fit the router again, to the shipped prompts and to those that were corrected.",
        "درّب الموجّه من جديد على الأمثلة المرفقة والأسئلة المصحَّحة.",
    ),
    details=Bilingual(
        "Figures are out of fold on the shipped prompts, before and after. When one falls by more than the margin nothing is written and "
        "the exit code is 1. A platform that runs here uses the new weights at once. It takes some minutes of computing. "
        "With FANAR_ROUTING__ENCODER set, what routes by it is fitted too, and it is fetched from the hub if it is not here.",
        "الأرقام على أمثلة مرفقة لم يُدرَّب عليها، قبلُ وبعدُ. فإن هبط أحدها بأكثر من الهامش لم يُكتب شيء ورمز الخروج 1. "
        "وتستعمل المنصة العاملة هنا الأوزان الجديدة فورًا. ويستغرق الحساب بضع دقائق. "
        "وإن ضُبط FANAR_ROUTING__ENCODER دُرِّب التوجيه به أيضًا، وجُلب المُرمِّز من المستودع إن لم يكن هنا.",
    ),
    examples=(
        ("fanar route fit", Bilingual("learn from POST /v1/feedback", "تعلّم مما جاء عبر ‎POST /v1/feedback")),
        ("fanar route fit --reset", Bilingual("go back to the weights that ship", "عد إلى الأوزان المرفقة")),
    ),
    parameters={
        "reset": Bilingual("Go back to the weights that ship.", "عد إلى الأوزان المرفقة."),
        "margin": Bilingual("How much a figure may fall.", "كم يجوز أن يهبط أي رقم."),
        "as_json": AS_JSON,
    },
)
REPLAY = Help(
    Bilingual("Show which recorded prompts would now go elsewhere.", "اعرض أي الأسئلة المسجلة سيذهب الآن إلى مسار آخر."),
    details=Bilingual(
        "FANAR_RECORD_DECISIONS=true records them; FANAR_DECISIONS_KEPT and FANAR_DECISIONS_DAYS bound how many and how long.",
        "تُسجَّل مع FANAR_RECORD_DECISIONS=true؛ ويحدّ FANAR_DECISIONS_KEPT عددها وFANAR_DECISIONS_DAYS مدتها.",
    ),
    examples=(
        ("FANAR_POLICY=new.toml fanar route replay", Bilingual("what a new table would change", "ما الذي سيغيره جدول جديد")),
        ("fanar route replay --json | jq '.changed[].now.route'", Bilingual("for programs", "للبرامج")),
    ),
    parameters={"as_json": AS_JSON},
)
_COLUMNS = (Bilingual("out of fold", "دون تدريب عليها"), Bilingual("before", "قبل"), Bilingual("after", "بعد"))
_CORRECTED = Bilingual("corrected prompts routed as corrected", "أسئلة مصحَّحة وُجّهت كما صُحّحت")
_WRITTEN = Bilingual(
    "The new weights are in use: `fanar route fit --reset` goes back.",
    "الأوزان الجديدة مستعملة الآن: يعيد `fanar route fit --reset` السابقة.",
)
_WORSE = Bilingual(
    "Nothing is written: {names} fell by more than {margin:g}. Look at the corrections, or give a larger --margin.",
    "لم يُكتب شيء: هبط {names} بأكثر من {margin:g}. راجع التصحيحات أو أعط ‎--margin أكبر.",
)
_RESET = Bilingual("The router uses the weights that ship.", "يستعمل الموجّه الأوزان المرفقة.")
_SUMMARY = Bilingual("{changed} of {all} recorded prompts would go elsewhere.", "{changed} من {all} سؤالًا مسجلًا سيذهب إلى مسار آخر.")
_SHORTENED = Bilingual("{count} of them were too long to keep whole.", "منها {count} أطول من أن تُحفظ كاملة.")
_NOTHING = Bilingual("Nothing is recorded: set FANAR_RECORD_DECISIONS=true.", "لا شيء مسجل: اضبط FANAR_RECORD_DECISIONS=true.")
_GONE = Bilingual("its model is not there any more", "لم يعد نموذجه موجودًا")
_SHOWN = 100


@dataclass(slots=True)
class _Replay:
    """What came of a replay: how many decisions, how many of them shortened, and those that change."""

    count: int = 0
    shortened: int = 0
    changed: list[Replayed] = field(default_factory=list)


def fit(
    ctx: typer.Context,
    reset: Annotated[bool, typer.Option("--reset")] = False,
    margin: Annotated[float, typer.Option("--margin", metavar="SHARE", min=0.0, max=1.0)] = 0.01,
    as_json: AsJson = False,
) -> int:
    """Fit the router again, or go back."""
    from orchestrator.routing import own

    terminal: Terminal = ctx.obj
    settings = load_settings()
    if reset:
        own.reset(settings.data)
        terminal.note(_RESET, style="")
        return Exit.OK
    from orchestrator.routing.classifier import load_classifier
    from orchestrator.routing.refit import refit, write

    corrected = asyncio.run(_corrected(settings))
    head = fit_head(settings, corrected, terminal) if settings.routing.encoder else None
    if head is not None and not as_json:
        show_head(head, terminal)
    told: Json = {"encoder": told_head(head)} if head is not None else {}
    if head is not None and not corrected:
        # The encoder was what there was to fit.
        if as_json:
            terminal.json(told)
        return Exit.OK
    with terminal.waiting():
        made = refit(corrected, before=load_classifier(own.chosen_weights(settings.data)))
    worse = made.worse(margin=margin)
    if not worse:
        write(made, settings.data)
    if as_json:
        terminal.json({"written": not worse, "worse": list(worse), **_told(made), **told})
    else:
        _show_fit(made, terminal)
    if worse:
        en, ar = (", ".join(FIGURES[name].in_language(language) for name in worse) for language in ("en", "ar"))
        terminal.error(_WORSE.format(names=Bilingual(en, ar), margin=margin))
        return Exit.FINDING
    terminal.note(_WRITTEN, style="green")
    return Exit.OK


def replay(ctx: typer.Context, as_json: AsJson = False) -> int:
    """Show what the present router would decide otherwise."""
    terminal: Terminal = ctx.obj
    found = asyncio.run(_replayed(load_settings()))
    if as_json:
        terminal.json({"replayed": found.count, "changed": [_change(each, terminal.language) for each in found.changed]})
        return Exit.OK
    if not found.count:
        terminal.note(_NOTHING)
        return Exit.OK
    for each in found.changed[:_SHOWN]:
        _show_change(each, terminal)
    facts = {"changed": f"{len(found.changed):,}", "all": f"{found.count:,}"}
    terminal.note(_SUMMARY.format(**facts), style="")
    if found.shortened:
        terminal.note(_SHORTENED.format(count=found.shortened))
    return Exit.OK


async def _corrected(settings: Settings) -> list[Prompt]:
    from orchestrator.bootstrap.storage import open_storage
    from orchestrator.routing.refit import corrected_prompts

    async with open_storage(settings) as storage:

        def find(answer: str) -> RecordedDecision | None:
            try:
                return storage.decisions.find(answer)
            except NotFoundError:
                return None

        return corrected_prompts(storage.feedback.feedback(), find)


async def _replayed(settings: Settings) -> _Replay:
    from orchestrator.bootstrap.models import open_models
    from orchestrator.bootstrap.routing import build_router, build_tools
    from orchestrator.bootstrap.storage import open_storage
    from orchestrator.routing.replay import replay as replayed

    async with open_storage(settings) as storage, open_models(settings) as models:
        found = _Replay()
        async for each in replayed(storage.decisions.decisions(), build_router(settings, models, build_tools())):
            found.count += 1
            found.shortened += not each.recorded.whole
            found.changed += [each] if each.changed else []
        return found


def _show_fit(made: Refit, terminal: Terminal) -> None:
    from rich.table import Table

    table = Table(*(terminal.text(column) for column in _COLUMNS), box=None, pad_edge=False)
    for name, label in FIGURES.items():
        table.add_row(terminal.text(label), f"{made.before[name]:.4f}", f"{made.after[name]:.4f}")
    table.add_row(terminal.text(_CORRECTED), *(f"{right}/{made.corrected}" for right in (made.right_before, made.right_after)))
    terminal.show(table)


def _told(made: Refit) -> Json:
    right = {"before": made.right_before, "after": made.right_after}
    return {"before": dict(made.before), "after": dict(made.after), "corrected": made.corrected, "corrected_right": right}


def _change(each: Replayed, language: Language) -> Json:
    recorded = each.recorded
    told = {"answer": recorded.answer, "created": recorded.created.isoformat(), "prompt": _prompt(each), "whole": recorded.whole}
    return {**told, "before": _decision(recorded.decision, language), "now": each.now and _decision(each.now, language)}


def _decision(decision: RoutingDecision, language: Language) -> Json:
    facts = {"route": decision.route.value, "model": decision.model, "confidence": decision.confidence}
    return {**facts, "reasons": decision.reasons_in(language)}


def _prompt(each: Replayed) -> str:
    return next((message.text for message in reversed(each.recorded.messages) if message.role in ("user", "thinking_user")), "")


def _show_change(each: Replayed, terminal: Terminal) -> None:
    from rich.text import Text

    before, now = each.recorded.decision, each.now
    then = terminal.text(_GONE) if now is None else f"{now.route} {now.model} ({'; '.join(now.reasons_in(terminal.language))})"
    flat = " ".join(printable(_prompt(each)).split())
    terminal.show(Text.assemble((flat[:100], "bold"), f"\n  {before.route} {before.model} → {printable(then)}"))
