"""`fanar route`: where a prompt would go, and why, without answering it."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.settings import Settings, load_settings
from orchestrator.cli.ask import prompt_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.terminal import Json, Terminal

HELP = Help(
    Bilingual("Show where a prompt would go, and why, without answering it.", "اعرض إلى أين يذهب السؤال ولماذا، دون الإجابة عنه."),
    examples=(
        ('fanar route "كم عدد أركان الإسلام؟"', Bilingual("route, model, confidence, reasons", "المسار والنموذج والثقة والأسباب")),
        ('fanar route --json "Draw a falcon" | jq -r .route', Bilingual("the route alone, for programs", "المسار وحده للبرامج")),
    ),
    parameters={
        "prompt": Bilingual(
            "The prompt; - or nothing reads it from standard input.", "السؤال؛ والعلامة - أو تركه يعني القراءة من الدخل القياسي."
        ),
        "model": Bilingual("Model id that the request would name.", "معرّف النموذج الذي كان الطلب سيذكره."),
        "as_json": Bilingual("Print JSON.", "اطبع بصيغة JSON."),
        "server": Bilingual("Address of the server to ask.", "عنوان الخادم المطلوب."),
    },
)
_BECAUSE = Bilingual("because", "لأن")
_OR = Bilingual("or", "أو")


def route(
    ctx: typer.Context,
    prompt: Annotated[list[str] | None, typer.Argument(metavar="[PROMPT]...")] = None,
    model: Annotated[str, typer.Option("--model", "-m", metavar="ID")] = "Fanar",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    server: Annotated[str | None, typer.Option("--server", metavar="URL")] = None,
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
