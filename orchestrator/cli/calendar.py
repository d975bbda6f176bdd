"""`fanar calendar`: a day in both calendars, or how many days are left until an occasion. Asks no server: it is a table."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fanar.bilingual import Bilingual
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import AS_THE_API, AsJson
from orchestrator.cli.terminal import Terminal

HELP = Help(
    Bilingual(
        "Look a day up in the Hijri calendar, or count the days until an occasion.",
        "ابحث عن يوم في التقويم الهجري، أو احسب كم بقي على مناسبة.",
    ),
    details=Bilingual(
        "By the Umm al-Qura calendar; where you live it may differ by a day. Occasions: new_year tasua ashura mawlid isra_miraj mid_shaban "
        "ramadan last_ten_nights night_27_ramadan eid_al_fitr dhu_al_hijjah tarwiyah arafa eid_al_adha tashriq.",
        "بتقويم أم القرى، وقد يختلف يومًا في بلدك. المناسبات: new_year tasua ashura mawlid isra_miraj mid_shaban "
        "ramadan last_ten_nights night_27_ramadan eid_al_fitr dhu_al_hijjah tarwiyah arafa eid_al_adha tashriq.",
    ),
    examples=(
        ("fanar calendar", Bilingual("today", "اليوم")),
        ("fanar calendar 1447-09-01 --hijri", Bilingual("a Hijri date", "تاريخ هجري")),
        ("fanar calendar --until ramadan", Bilingual("the days that are left", "الأيام الباقية")),
    ),
    parameters={
        "day": Bilingual("YYYY-MM-DD; today if left out.", "YYYY-MM-DD؛ واليوم إن تُرك."),
        "hijri": Bilingual("The date is Hijri.", "التاريخ هجري."),
        "until": Bilingual("An occasion to count to.", "مناسبة يُحسب ما بقي عليها."),
        "year": Bilingual(
            "A Hijri year whose months and occasions are wanted (with --json).", "سنة هجرية تُطلب أشهرها ومناسباتها (مع ‎--json)."
        ),
        "as_json": AS_THE_API,
    },
)


def calendar(
    ctx: typer.Context,
    day: Annotated[str | None, typer.Argument(metavar="[DATE]")] = None,
    hijri: Annotated[bool, typer.Option("--hijri")] = False,
    until: Annotated[str | None, typer.Option("--until", metavar="OCCASION")] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR")] = None,
    as_json: AsJson = False,
) -> int:
    """Look a day up."""
    from orchestrator.api.faults import validated
    from orchestrator.api.schemas.calendar import CalendarRequest
    from orchestrator.platform import local_now
    from rag.islamic.calendar.telling import told

    terminal: Terminal = ctx.obj
    given: dict[str, Any] = {"date": day, "occasion": until, "year": year, "calendar": "hijri" if hijri else "gregorian"}
    wanted = validated(CalendarRequest, {name: value for name, value in given.items() if value is not None})
    today = local_now().date()
    show(told(wanted.day(today), today=today, occasion=wanted.occasion, year=wanted.year), terminal, as_json=as_json)
    return Exit.OK


def show(result: dict[str, Any], terminal: Terminal, *, as_json: bool) -> None:
    """Print a result of a calculator: its text, or all of it as JSON."""
    if as_json:
        terminal.json(result)
    else:
        terminal.write(terminal.text(Bilingual(**result["text"])) + "\n")
