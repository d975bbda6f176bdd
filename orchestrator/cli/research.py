"""`fanar research`: a report on a question from the installed sources, as it is written. Knows nothing of how research is done."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from fanar.bilingual import Bilingual
from fanar.errors import UnprocessableError
from fanar.settings import Settings, load_settings
from orchestrator.cli.ask import prompt_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.help import Help
from orchestrator.cli.options import SERVER, AsJson, Server
from orchestrator.cli.terminal import Json, Terminal

HELP = Help(
    Bilingual("Research a question in the installed sources and read the report.", "ابحث سؤالًا في المصادر المثبَّتة واقرأ التقرير."),
    details=Bilingual(
        "The report quotes every source word for word and names what was not found. Ctrl-C cancels the research. The server that runs on "
        "this machine does it, or FANAR_BASE_URL's; when there is none, this process does.",
        "ينقل التقرير كل مصدر بلفظه ويسمّي ما لم يوجد. يلغي Ctrl-C البحث. يجريه الخادم العامل على هذا الجهاز أو خادم FANAR_BASE_URL؛ "
        "فإن لم يوجد أجرته هذه العملية نفسها.",
    ),
    examples=(
        ('fanar research "ما حكم صيام المسافر؟"', Bilingual("a report, streamed", "تقرير يظهر وهو يُكتب")),
        ('fanar research --depth comprehensive "Patience"', Bilingual("from more sides", "من جوانب أكثر")),
        ("fanar research --json < topic.txt | jq .report.references", Bilingual("its sources, for programs", "مراجعه للبرامج")),
    ),
    parameters={
        "question": Bilingual(
            "The question; - or nothing reads it from standard input.", "السؤال؛ والعلامة - أو تركه يعني القراءة من الدخل القياسي."
        ),
        "depth": Bilingual("How deeply: quick, standard or comprehensive.", "العمق: quick أو standard أو comprehensive."),
        "model": Bilingual("Model id.", "معرّف النموذج."),
        "as_json": Bilingual("Print the finished job with its report as JSON.", "اطبع المهمة المنتهية مع تقريرها بصيغة JSON."),
        "server": SERVER,
    },
)
_DEPTHS = ("quick", "standard", "comprehensive")
_NO_DEPTH = Bilingual("--depth takes quick, standard or comprehensive.", "يأخذ --depth القيمة quick أو standard أو comprehensive.")


def research(
    ctx: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(metavar="[QUESTION]...")] = None,
    depth: Annotated[str, typer.Option("--depth", "-d", metavar="DEPTH")] = "standard",
    model: Annotated[str, typer.Option("--model", "-m", metavar="ID")] = "Fanar-Sadiq-2",
    as_json: AsJson = False,
    server: Server = None,
) -> int:
    """Research a question."""
    terminal: Terminal = ctx.obj
    if depth not in _DEPTHS:
        raise UnprocessableError(_NO_DEPTH, param="depth")
    settings = load_settings()
    body = {"model": model, "input": prompt_of(question or [], terminal, settings), "depth": depth}
    return asyncio.run(_research(body, settings, terminal, as_json=as_json, server=server))


async def _research(body: Json, settings: Settings, terminal: Terminal, *, as_json: bool, server: str | None) -> int:
    from orchestrator.cli.connect import connected

    async with connected(settings, terminal, server=server) as service:
        if as_json:
            with terminal.waiting():
                job = await service.research(body)
            terminal.json(job)
            return Exit.OK
        async for chunk in service.stream_research(body):
            message = (chunk.get("progress") or {}).get("message")
            if message:
                terminal.note(Bilingual(str(message.get("en", "")), str(message.get("ar", ""))))
            for choice in chunk.get("choices") or []:
                terminal.write((choice.get("delta") or {}).get("content") or "")
        return Exit.OK
