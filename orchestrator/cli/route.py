"""`fanar route`: where a prompt would go, and why, without answering it; and the commands that change that."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from fanar.bilingual import Bilingual
from fanar.settings import Settings, load_settings
from orchestrator.cli import refit
from orchestrator.cli.ask import prompt_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help, documented, documented_group
from orchestrator.cli.options import AS_JSON, SERVER, AsJson, Server
from orchestrator.cli.terminal import Json, Terminal

HELP = Help(
    Bilingual("Show where a prompt would go, and why, without answering it.", "اعرض إلى أين يذهب السؤال ولماذا، دون الإجابة عنه."),
    details=Bilingual(
        "`fanar route PROMPT` is short for `fanar route prompt PROMPT`. FANAR_POLICY names the table that chooses between Star and Prime; "
        "a change of it takes effect within a second.",
        "الأمر `fanar route PROMPT` اختصار `fanar route prompt PROMPT`. ويحدد FANAR_POLICY الجدول الذي يختار بين ستار وبرايم، "
        "ويسري تغييره خلال ثانية.",
    ),
    examples=(
        ('fanar route "كم عدد أركان الإسلام؟"', Bilingual("route, model, confidence, reasons", "المسار والنموذج والثقة والأسباب")),
        ('fanar route --json "Draw a falcon" | jq -r .route', Bilingual("the route alone, for programs", "المسار وحده للبرامج")),
        ("fanar route replay", Bilingual("what would change for recorded prompts", "ما الذي سيتغير للأسئلة المسجلة")),
        ("fanar route fit", Bilingual("learn from corrections", "تعلّم من التصحيحات")),
        (
            "fanar route policy > policy.toml",
            Bilingual("the table, to change and to name in FANAR_POLICY", "الجدول، لتغييره وتسميته في FANAR_POLICY"),
        ),
    ),
)
_PROMPT = Help(
    Bilingual("Show where a prompt would go; the word `prompt` may be left out.", "اعرض إلى أين يذهب السؤال؛ وكلمة prompt يجوز تركها."),
    examples=HELP.examples[:2],
    parameters={
        "prompt": Bilingual(
            "The prompt; - or nothing reads it from standard input.", "السؤال؛ والعلامة - أو تركه يعني القراءة من الدخل القياسي."
        ),
        "model": Bilingual("Model id that the request would name.", "معرّف النموذج الذي كان الطلب سيذكره."),
        "as_json": AS_JSON,
        "server": SERVER,
    },
)
_POLICY = Help(
    Bilingual("Print the table that chooses between Star and Prime, checked.", "اطبع جدول الاختيار بين ستار وبرايم بعد فحصه."),
    details=Bilingual(
        "It is the one that FANAR_POLICY names, else the built-in one. Keep it in a file of your own, name the file in FANAR_POLICY and "
        "start Fanar: from then on a change of the file is followed while Fanar runs.",
        "هو الجدول الذي يسميه FANAR_POLICY، وإلا فالجدول المضمَّن. احفظه في ملف لك، وسمِّ الملف في FANAR_POLICY ثم شغّل فنار: "
        "ومنذئذ يُتبع كل تغيير في الملف دون إعادة تشغيل.",
    ),
    examples=(
        ("fanar route policy > policy.toml", Bilingual("a table to change", "جدول لتغييره")),
        ("FANAR_POLICY=policy.toml fanar route policy", Bilingual("whether a changed table can be used", "هل يصلح الجدول المغيَّر")),
    ),
)
_BECAUSE = Bilingual("because", "لأن")
_OR = Bilingual("or", "أو")

app = typer.Typer()


class RouteGroup(documented_group(HELP)):  # type: ignore[misc]  # the class is made with its help
    """The commands around routing; what names none of them is a prompt."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  (typer keeps the type to itself)
        """Read the arguments, the left-out word added."""
        named = bool(args) and (args[0] == "--help" or (args[0] in self.commands and _is_command(args)))
        read: list[str] = super().parse_args(ctx, args if named else ["prompt", *args])
        return read


def _is_command(arguments: list[str]) -> bool:
    """Whether the first word is a command: «fit my desk into the room» is a prompt."""
    return arguments[0] == "prompt" or all(word.startswith("-") or word.replace(".", "", 1).isdigit() for word in arguments[1:])


@app.command("prompt", cls=documented(_PROMPT))
def route(
    ctx: typer.Context,
    prompt: Annotated[list[str] | None, typer.Argument(metavar="[PROMPT]...")] = None,
    model: Annotated[str, typer.Option("--model", "-m", metavar="ID")] = "Fanar",
    as_json: AsJson = False,
    server: Server = None,
) -> int:
    """Show where a prompt would go."""
    terminal: Terminal = ctx.obj
    settings = load_settings()
    decision = asyncio.run(_route(prompt_of(prompt or [], terminal, settings), model, settings, terminal, server=server))
    if as_json:
        terminal.json(decision)
    else:
        _show(decision, terminal)
    return Exit.OK


async def _route(prompt: str, model: str, settings: Settings, terminal: Terminal, *, server: str | None) -> Json:
    from orchestrator.cli.connect import connected

    async with connected(settings, terminal, server=server) as service:
        return await service.route(prompt, model=model)


def _show(decision: Json, terminal: Terminal) -> None:
    from rich.text import Text

    line = Text.assemble((str(decision["route"]), "bold cyan"), f"  {decision['confidence']:.2f}  → {decision['model']}")
    terminal.show(line)
    for reason in decision["reasons"]:
        terminal.show(Text(f"  {terminal.text(_BECAUSE)} {reason}"))
    for other in decision["alternatives"]:
        terminal.show(Text(f"  {terminal.text(_OR)} {other['route']}  {other['confidence']:.2f}", style="dim"))


@app.command(cls=documented(_POLICY))
def policy(ctx: typer.Context) -> int:
    """Print the policy table."""
    from orchestrator.backends.failover import load_failover
    from orchestrator.routing.policy import SHIPPED, load_rules

    table = load_settings().policy or SHIPPED
    load_rules(table)
    load_failover(table)
    terminal: Terminal = ctx.obj
    terminal.write(table.read_text(encoding="utf-8"))
    return Exit.OK


app.command("replay", cls=documented(refit.REPLAY))(refit.replay)
app.command("fit", cls=documented(refit.FIT))(refit.fit)
